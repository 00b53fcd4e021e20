"""One entry read once: its names, links, accounts and claims, before anybody is weighed.

A text is scanned a single time for the names of the roster; all else asks what was found.

Tested in tests/matching/test_roles.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from tracker.domain.feed import Entry
from tracker.domain.roster import BlogProfile
from tracker.matching.borrowed_form import find_borrowed_form
from tracker.matching.candidates import RosterIndex
from tracker.matching.lives import COURSE_CODE, Life, find_lives
from tracker.matching.mentions import NamePart, find_names, read_words
from tracker.matching.names import WrittenName, read_name
from tracker.matching.roles import read_roles
from tracker.matching.scene import MAY_BE_OWN, OF_OTHERS, OWN_ROLES, Mention, Role, Scene
from tracker.matching.text_links import TextLink, Whose, read_links, read_tails
from tracker.text.addresses import account_key
from tracker.text.cleaning import CleanText, clean
from tracker.text.hosts import LINKS_ITS_READERS
from tracker.text.passages import Passages, Stretch, read_passages

_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us|soy|mi|je|ich|ik|io|eu|jag)\b|\b[Ii]['’]?m\b")
_COURSEWORK = re.compile(
    r"\b(?:my|our) (?:\w+ )?(?:professor|instructor|teacher|class|course)\b"
    r"|\b(?:assign\w+|required|requirement)\b|\basked (?:me|us)\b"
    r"|\bfor (?:a|my|our|the) (?:\w+ )?(?:class|course)\b",
    re.IGNORECASE,
)
_COUPLES = re.compile(r"\s*(?:[&+/]|,?\s*(?:and|with|y|e|et|und|og|och|i|con|mit))\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"://|www\.|\.\w+/")
_SPEAKS_OF_NAME = frozenset({Role.INTRODUCES, Role.UNCLEAR, Role.MENTIONED})
MOST_WORDS_ABOUT_A_NAME = 16
NO_SCENE = Scene(Passages(""), (), (), ())


@dataclass(frozen=True)
class Reading:
    """What one entry tells about its writer. Keys are as `text.addresses` and `names` make them.

    `speaks_of_course`: the course is named by somebody who speaks of themselves in it;
    `course_in_name`: the course or the college in the name field; `is_course_in_name`, `course_itself`:
    more than the college is named, and where in the text; `has_profile_link`: the author link is what
    the blog's platform shows of everybody who is signed in.
    """

    author: WrittenName
    at: datetime | None
    author_link: str = ""
    author_key: str = ""
    accounts: tuple[str, ...] = ()
    avatar: str = ""
    twitter: tuple[str, ...] = ()
    tails: tuple[TextLink, ...] = ()
    links: tuple[TextLink, ...] = ()
    mentions: tuple[Mention, ...] = ()
    text: str = ""
    course_words: str = ""
    course_in_name: str = ""
    is_course_in_name: bool = False
    course_itself: tuple[Stretch, ...] = ()
    has_profile_link: bool = False
    speaks_of_course: bool = False
    scene: Scene = NO_SCENE

    @property
    def own_names(self) -> tuple[Mention, ...]:
        """The names by which the writer signs or introduces themselves."""
        return tuple(one for one in self.mentions if one.speaks_of_writer)

    @property
    def names_in_doubt(self) -> tuple[Mention, ...]:
        """The whole names that may be the writer's own or somebody else's, as a quotation's."""
        whole = {NamePart.FULL, NamePart.INITIAL}
        return tuple(one for one in self.mentions if one.role is Role.UNCLEAR and one.hit.part in whole)

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """What the writer tells of a life that no student of the course leads; looked for where it is
        asked only."""
        return find_lives(
            self.scene.passages,
            self.scene.course,
            self.mentions,
            names_course=bool(self.course_itself),
            year=self.at.year if self.at else None,
        )

    @cached_property
    def borrowed_form(self) -> str:
        """Where the writer says that the form's name, account or device is somebody else's."""
        return find_borrowed_form(self.scene.passages)

    @cached_property
    def is_in_course(self) -> bool:
        """Whether the writer speaks of themselves in the course and, in that sentence, of no life
        beside it: "I read this for EDT 320", not "My daughter is in EDT 320"."""
        return self.is_course_in_name or any(
            not any(life.holds(one.start) for life in self.lives)
            for one in self.course_itself
            if _is_spoken_of(one, self.scene.passages, self.mentions)
        )

    @property
    def only_gives_a_name(self) -> bool:
        """Whether a text is one sentence about who writes it, without the course: as jokers write it."""
        texts = self.scene.passages
        return (
            not self.course_words
            and any(one.hit.part is NamePart.FULL and one.role in _SPEAKS_OF_NAME for one in self.mentions)
            and texts.number_of_sentence(len(self.text)) <= 1
            and len(self.text.split()) <= MOST_WORDS_ABOUT_A_NAME
        )

    @property
    def own_links(self) -> tuple[TextLink, ...]:
        """The addresses that the writer gives as their own beside the author link."""
        return (*self.tails, *(link for link in self.links if link.whose is Whose.OWN))

    def is_coupled_with(self, who: int) -> Mention | None:
        """The name that stands beside a student's own with "and" between: who writes "Jane and Tom" where
        Jane is her name, writes for two."""
        for first, second in pairwise(self.mentions):
            if _COUPLES.fullmatch(self.text, first.hit.end, second.hit.start) is None:
                continue
            holders = first.hit.holders, second.hit.holders
            if (who in holders[0]) != (who in holders[1]):
                return second if who in holders[0] else first
        return None

    @property
    def spoken_of(self) -> frozenset[int]:
        """Everybody whose name stands in the text as somebody else's than the writer's."""
        return frozenset(
            who
            for one in self.mentions
            if not one.speaks_of_writer and not _is_in_address(one.hit.start, self.scene.passages)
            for who in one.hit.holders
        )


NO_BLOG = BlogProfile(0)


def read_entry(entry: Entry, index: RosterIndex, blog: BlogProfile = NO_BLOG) -> Reading:
    """Take an entry's evidence apart. "" and () mean the form it came in does not tell."""
    body = clean(entry.html)
    accounts = tuple(dict.fromkeys(key for key in map(account_key, (entry.account, entry.author_url)) if key))
    field = index.read_field(entry.author)
    author = read_name(field.name)
    passages = read_passages(body.layout)
    course = _find_course(passages, index.course_words, (*blog.owner_names, field.name))
    scene = _read_scene(passages, course, index)
    mentions = _without_owners(_doubt_quoted(read_roles(scene), passages), blog, author)
    known = index.known_blogs
    return Reading(
        author=author,
        at=entry.posted.at,
        author_link=entry.author_url.strip(),
        author_key=known.find(entry.author_url),
        accounts=tuple(key for key in accounts if not key.startswith("avatar:")),
        avatar=entry.avatar_hash.strip().lower(),
        twitter=tuple(_twitter_names(accounts, body)),
        tails=tuple(read_tails(body, known)),
        links=tuple(read_links(passages, known)),
        mentions=mentions,
        text=passages.text,
        course_words=passages.text[course[0].start : course[0].end] if course else "",
        has_profile_link=_is_profile_link(known.find(entry.author_url), blog),
        course_in_name=field.course,
        is_course_in_name=bool(
            field.course and index.course_itself and index.course_itself.search(field.course)
        ),
        speaks_of_course=any(_is_spoken_of(one, passages, mentions) for one in course),
        course_itself=_course_itself(passages, course, index),
        scene=scene,
    )


def _read_scene(passages: Passages, course: Sequence[Stretch], index: RosterIndex) -> Scene:
    words = read_words(passages.text, index.name_words)
    return Scene(passages, words, find_names(passages.text, words, index, course), course)


def _is_profile_link(author_key: str, blog: BlogProfile) -> bool:
    """Whether an author link is an address on the platform of the blog, and that links its readers so."""
    return any(
        author_key.endswith(f".{platform}") and any(key.endswith(f".{platform}") for key in blog.address_keys)
        for platform in LINKS_ITS_READERS
    )


def _find_course(
    passages: Passages, course_words: re.Pattern[str] | None, people: Iterable[str]
) -> tuple[Stretch, ...]:
    """Where a text names the course or its instructor. Addresses are left out, since a college's host is
    no course, and so is an instructor's surname that one of the people has, too: owner or writer."""
    spans = (
        [found.span() for found in course_words.finditer(passages.text)] if course_words is not None else []
    )
    if not spans:
        return ()
    surnames = {read_name(name).tokens[-1:] for name in people}
    return tuple(
        Stretch(start, end)
        for start, end in spans
        if not _is_in_address(start, passages)
        and not passages.is_quoted(start)
        and not (
            " " in passages.text[start:end] and read_name(passages.text[start:end]).tokens[-1:] in surnames
        )
    )


def _is_in_address(position: int, passages: Passages) -> bool:
    link = passages.link_at(position)
    return link is not None and _ADDRESS.search(passages.text, link.start, link.end) is not None


def _course_itself(passages: Passages, course: Sequence[Stretch], index: RosterIndex) -> tuple[Stretch, ...]:
    """Where the course is named, or the college beside words of a course: "my professor at Harlan State"."""
    if index.course_itself is None:
        return ()
    return tuple(
        one
        for one in course
        if index.course_itself.fullmatch(passages.text, one.start, one.end) or _is_of_a_course(one, passages)
    )


def _is_of_a_course(college: Stretch, passages: Passages) -> bool:
    sentence = passages.sentence_at(college.start)
    words = passages.text[sentence.start : sentence.end]
    return bool(_COURSEWORK.search(words) and _FIRST_PERSON.search(words)) and not COURSE_CODE.search(words)


def _twitter_names(accounts: Iterable[str], body: CleanText) -> Iterator[str]:
    for key in accounts:
        if key.startswith("twitter:"):
            yield key.removeprefix("twitter:")
    for line in body.plugin_lines:
        service, _, handle = line.partition(":")
        if service.strip().lower() == "twitter":
            yield handle.strip().lstrip("@").rsplit("/", 1)[-1].lower()


def _doubt_quoted(mentions: tuple[Mention, ...], passages: Passages) -> tuple[Mention, ...]:
    """The mentions, unclear where a text does not tell whether they are quoted or the writer's own. Of
    those spoken of, whole names only: a single word may be no name at all."""
    return tuple(
        replace(one, role=Role.UNCLEAR)
        if (one.role in OWN_ROLES or (one.role in OF_OTHERS and _is_whole(one)))
        and passages.may_be_quoted(one.hit.start)
        else one
        for one in mentions
    )


def _is_whole(one: Mention) -> bool:
    return one.hit.part is NamePart.FULL and len(one.hit.keys) > 1


def _without_owners(
    mentions: tuple[Mention, ...], blog: BlogProfile, author: WrittenName
) -> tuple[Mention, ...]:
    """The name of the blog's owner is spoken to, unless the author name agrees; below a text it may be a
    student's of the same given name as well."""
    if not mentions or not blog.owner_names:
        return mentions
    owners = [read_name(name) for name in blog.owner_names]
    whole = {owner.squeezed for owner in owners}
    given = {owner.tokens[0] for owner in owners if owner.tokens and not owner.titled} - set(
        author.tokens[:1]
    )
    surnames = {owner.tokens[-1] for owner in owners if owner.tokens}

    def is_owners(one: Mention) -> bool:
        name = "".join(one.hit.keys)
        if one.hit.part is NamePart.SURNAME:
            return one.hit.keys[-1] in surnames
        if one.hit.part is NamePart.FULL:
            return name in whole and name != author.squeezed
        return one.hit.part is NamePart.GIVEN and one.role is not Role.INTRODUCES and name in given

    def role_of(one: Mention) -> Role:
        signs = one.role is Role.SIGNS and one.hit.part is NamePart.GIVEN
        return Role.UNCLEAR if signs else Role.ADDRESSED

    return tuple(
        replace(one, role=role_of(one)) if one.role in MAY_BE_OWN and is_owners(one) else one
        for one in mentions
    )


def _is_spoken_of(one: Stretch, passages: Passages, mentions: Collection[Mention]) -> bool:
    """Whether a sentence that names the course has "I" or "my" in it, or introduces or signs."""
    sentence = passages.sentence_at(one.start)
    return _FIRST_PERSON.search(passages.text, sentence.start, sentence.end) is not None or any(
        sentence.holds(mention.hit.start) and mention.role in OWN_ROLES for mention in mentions
    )
