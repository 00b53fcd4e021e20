"""What a name does where it stands in a text, told by place and grammar rather than by phrases.

At the end or on a line of its own a name signs, whatever the closing before it; beside "I" or the course
it introduces; behind a greeting or at the head of a letter it is spoken to; as the subject or object of a
sentence, or a possessor, it is spoken of; beside an address it is a label. A name that does none of these
is unclear: nobody is credited for it, and whoever else seems to write is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.matching.borrowed_form import OF_THE_FORM
from tracker.matching.closings import CONNECTS, OPENS_WITH_MARK, find_closings, signs_in
from tracker.matching.mentions import EVERYDAY, NameHit, NamePart, is_set_off
from tracker.matching.scene import OF_OTHERS, Mention, Role, Scene
from tracker.matching.word_tables import any_of, compile_any, read_tables
from tracker.text.passages import Stretch

WORDS_BEFORE_COURSE = 5
WORDS_BEFORE_GIVEN = 3
WORDS_OF_ADDRESS = 4
WORDS_BEHIND_NAME = 3
HEAD_SENTENCES = 2
LONGEST_MARKS = 6
"""Characters of marks and blanks between a quotation and a name."""
WORDS_IN_FRAGMENT = 2

_TABLES = read_tables("roles")
_NAMING = re.compile(rf"(?:{any_of(_TABLES['naming'])}|\bI\b\s*[,(])[\s,:;=\"'(“‘–—-]*$", re.IGNORECASE)
_POINTING = re.compile(rf"{any_of(_TABLES['pointing'])}[\s,:\"'(“‘–—-]*$", re.IGNORECASE)
_COPULA = re.compile(rf"{any_of(_TABLES['copulas'])}\s*[\"'“‘]?$", re.IGNORECASE)
_ASCRIBING = re.compile(rf"{any_of(_TABLES['ascribing'])}\s*[:,]?\s*[\"'“‘]?$", re.IGNORECASE)
_SPEAKING = re.compile(rf"^[\s,(–—-]*(?:(?:over|right|up) )?{any_of(_TABLES['speaking'])}", re.IGNORECASE)
_JOINING = re.compile(rf"^\s*{any_of([*_TABLES['joining'], *_TABLES['fillers']])}", re.IGNORECASE)
_ADVERB = compile_any(_TABLES["adverbs"])
_OF_AUTHORSHIP = compile_any(_TABLES["of authorship"])
_GREETED = re.compile(rf"{any_of(_TABLES['greetings'])}[\s.,!:]*$", re.IGNORECASE)
_SAYS_OF_ANOTHER = re.compile(
    r"\b(?:I|we|you|he|she|they|who|somebody|someone)\b"
    r"|\b(?:an?|the|your|my|our|another|some|that|what|every) (?:\w+ ){0,2}" + any_of(_TABLES["things said"]),
    re.IGNORECASE,
)
_AS_ITSELF = re.compile(
    r"\b(?:I|me|myself|you|known|sign\w*|log\w*|post\w*|comment\w*|writ\w*|follower|visitor|student)\b[^,.;]*"
    r"\b(?:called|named|as)\s*[:,]?\s*[\"'“‘]?$",
    re.IGNORECASE,
)
_IS_MY_NAME = re.compile(
    r"^\s+(?:is|was) (?:my (?:\w+ )?name|me\b|who (?:I|is)\b|(?:what|how) (?:\w+ ){1,3}(?:calls?|knows?) me)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*(?:[^\W\d_]+\s){0,2}[^\W\d_]+\s?[:=]\s*$")
_POSSESSIVE = re.compile(r"^\s?['’´`]s?\b|^['’](?:\s|$)")
_IS_WHOSE = re.compile(r"^\s?['’´`]s?\s*(?:[.!?,;)]|$)")
_AND_I = re.compile(r"^\s*,?\s*(?:and|&|\+|y|et|und|e)\s+(?:I|me|i|yo|moi|ich|io)\b")
_AND_MORE = re.compile(r"^\s*,?\s*(?:and|&|or|y|et|und|e)\s+[a-z]")
_AND_ME = re.compile(r"\b(?:and|&) (?:me|I|myself)\b")
_WHO = re.compile(r"^\s*,?\s*(?:who|whose|whom)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[a-z]\s*[(\[]\s*$")
_VERB = re.compile(r"\s+(?!here\b|again\b|[a-z]+ing\b)[a-z]+\b")
_LABEL_OF_ANOTHER = re.compile(r"(?<!to)(?<!cc)(?<!attn)\s?[:=]\s*$", re.IGNORECASE)
_THIRD_PERSON = re.compile(r"\b(?:me|us|he|she|him|her|his)\b", re.IGNORECASE)
_SPEAKS_TO = re.compile(
    r"^\s*[,:;–—-]+\s*(?:[^\W\d_]+\s+){0,2}?(?:I|i|you|your|we|what|how|thank\w*|do|did|is|are|yes|no)\b"
)
_YOU_BEYOND = re.compile(r"\s*[)\]]?\s*(?::|[,;–—-]+\s*(?:\w+\s+){0,2}?you\b)", re.IGNORECASE)
_ENDS_HERE = re.compile(r"^\s+here\s*[,.!:;–—-]", re.IGNORECASE)
_HERE_BEYOND = re.compile(r"[\s,)\]]*here\b", re.IGNORECASE)
_I_OR_YOU = re.compile(r"\b(?:I|me|my|we|us|our|you|your|you['’]\w+)\b", re.IGNORECASE)
_I_TO_YOU = re.compile(r"\b(?:I|we)\b.*\byou\w*\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:I|we|you|your|he|she|they|it)\b", re.IGNORECASE)
_APPOSITION = re.compile(
    r"^\s*[,(–—-]\s*(?:my|our|another|one of|(?:a|the) (?:\w+ )?(?:friend|classmate)\b)"
    r"|^\s+(?:from|in|of) (?:my|our)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^\s*[(\[][^()\[\]\n]*[)\]]")
_WORD_BEFORE = re.compile(r"(?<![\w'’])([^\W\d_][\w'’]*)\s+(?:[\"'“‘]\s*)?$")
_WORD_BEHIND = re.compile(r"\s+([^\W\d_][\w'’]*)")
_OPEN_QUOTE = re.compile(r"[\"“‘«„]\s*$")
_QUOTED_BEHIND = re.compile(r"(?:\s*:\s*|\)\s+)(?=\w+\W+\w+)")
_ATTRIBUTES = re.compile(r"[\"”»]\s*[(\[]\s*$")
_NEXT_SENTENCE = re.compile(r"\s*(?:[A-Z]|\n|$)")
_BESIDE = " ,([–—-"
_FROM_A_COURSE = frozenset({"", "from", "in", "of", "at"})


def read_roles(scene: Scene) -> tuple[Mention, ...]:
    """What each name of a text does, in reading order."""
    closings = find_closings(scene) if scene.hits else ()
    found: list[Mention] = []
    for hit in scene.hits:
        partner = found[-1] if found and _is_coupled(scene, found[-1].hit, hit) else None
        role = _role_of(scene, hit, closings, partner)
        if partner is not None and (
            role is Role.SIGNS or (role in OF_OTHERS and partner.role is Role.UNCLEAR)
        ):
            found[-1] = replace(partner, role=role)
        found.append(Mention(hit, role, " ".join(scene.text[hit.start : hit.end].split())))
    return tuple(found)


@dataclass(frozen=True)
class _Place:
    """A name in its sentence: the words around it."""

    scene: Scene
    hit: NameHit
    partner: Mention | None
    """The name right before it, with "and" or a comma between."""

    @cached_property
    def sentence(self) -> Stretch:
        return self.scene.passages.sentence_at(self.hit.start)

    @cached_property
    def before(self) -> str:
        return self.scene.text[self.sentence.start : self.hit.start]

    @cached_property
    def after(self) -> str:
        return self.scene.text[self.hit.end : self.sentence.end]

    @property
    def rest_of_line(self) -> str:
        return self.scene.text[self.hit.end : self.line_end]

    @property
    def line_end(self) -> int:
        return self.scene.passages.line_at(self.hit.start).end

    @cached_property
    def word_before(self) -> str:
        """The word right before the name, with nothing but a blank between; "" where there is none."""
        found = _WORD_BEFORE.search(self.before)
        return found[1] if found else ""

    @cached_property
    def word_behind(self) -> str:
        """The word right behind the name, or behind a bracket that follows it."""
        rest = _BRACKET.sub("", self.rest_of_line)
        found = _WORD_BEHIND.match(rest)
        if found and found[1][0].isupper() and found[1].lower() not in EVERYDAY:
            found = _WORD_BEHIND.match(rest, found.end()) or found  # a second surname
        return found[1] if found else ""

    @property
    def is_whole(self) -> bool:
        return self.hit.part in {NamePart.FULL, NamePart.INITIAL}

    @cached_property
    def in_course(self) -> bool:
        return self.scene.names_course_in(self.sentence)

    @cached_property
    def beyond_course(self) -> str:
        """What follows on the line behind the course that stands next to a name: "Jane from EDT 320 here"."""
        for one in self.scene.course:
            if (
                one.start >= self.hit.end
                and one.end <= self.line_end
                and self.scene.text[self.hit.end : one.start].strip(_BESIDE) in _FROM_A_COURSE
            ):
                return self.scene.text[one.end : self.line_end]
        return ""

    @property
    def is_about_the_form(self) -> bool:
        """Whether the sentence speaks of accounts, devices, or who wrote this comment."""
        text, start, end = self.scene.text, self.sentence.start, self.sentence.end
        return any(one.search(text, start, end) is not None for one in (OF_THE_FORM, _OF_AUTHORSHIP))

    @property
    def is_head(self) -> bool:
        return self.scene.passages.number_of_sentence(self.hit.start) < HEAD_SENTENCES

    @property
    def goes_on(self) -> bool:
        """Whether a verb or another small word continues the sentence behind the name; "Jane stopping by"
        and "Jane from" are no sentences about her."""
        word = self.word_behind
        return word[:1].islower() and not word.endswith("ing") and not _JOINING.match(" " + word)


def _role_of(scene: Scene, hit: NameHit, closings: Sequence[Stretch], partner: Mention | None) -> Role:
    text = scene.text
    if scene.passages.link_at(hit.start) is not None:
        return Role.LABELS
    if _is_quoted(scene, hit):
        return Role.QUOTED
    if text[: hit.start].rstrip().endswith("@"):
        return Role.ADDRESSED
    rest = text[hit.end : scene.passages.line_at(hit.start).end]
    place = _Place(scene, hit, partner)
    if hit.possessive or _POSSESSIVE.match(_BRACKET.sub("", rest)):
        is_claimed = place.is_about_the_form and _IS_WHOSE.match(rest) is not None
        return Role.UNCLEAR if is_claimed else Role.MENTIONED
    if _signs(scene, hit, closings, partner):
        return Role.SIGNS
    by_default = Role.MENTIONED if hit.part is NamePart.SURNAME else Role.UNCLEAR
    return next((role for applies, role in _RULES if applies(place)), by_default)


def _signs(scene: Scene, hit: NameHit, closings: Sequence[Stretch], partner: Mention | None) -> bool:
    text = scene.text
    if is_set_off(text, hit.start) and (_NEXT_SENTENCE.match(text, hit.end) or text[hit.start].islower()):
        return True
    for closing in closings:
        with_partner = partner is not None and partner.hit.start >= closing.start
        signs = True if with_partner and partner is not None and partner.role is Role.SIGNS else None
        if closing.holds(hit.start) and signs_in(scene, hit, closing, signs):
            return True
    return False


def _is_coupled(scene: Scene, first: NameHit, second: NameHit) -> bool:
    return CONNECTS.match(scene.text[first.end : second.start]) is not None


def _is_quoted(scene: Scene, hit: NameHit) -> bool:
    """Whether a name stands in a quotation, or says whose a quotation is: "…" (Jane Doe), "Jane Doe: …"."""
    before = scene.text[max(0, hit.start - LONGEST_MARKS) : hit.start]
    if scene.passages.is_quoted(hit.start) or _OPEN_QUOTE.search(before):
        return True
    line = scene.passages.line_at(hit.start)
    lead = scene.text[line.start : hit.start]
    rest = scene.text[hit.end : line.end]
    if hit.part is NamePart.FULL and lead.strip() in {"", "("} and _QUOTED_BEHIND.match(rest):
        return True
    return _ATTRIBUTES.search(before) is not None and rest.lstrip().startswith((")", "]"))


def _names_themselves(place: _Place) -> bool:
    """ "I am Jane", "Jane is my name"; an everyday word behind "I am" goes on as a sentence."""
    if place.hit.is_word and place.goes_on:
        return False
    return bool(_NAMING.search(place.before) or _IS_MY_NAME.match(place.after))


def _speaks_here(place: _Place) -> bool:
    """ "Jane here", "Jane from EDT 320 here", "this is Jane writing": with nothing that she completes."""
    before = place.before
    is_free = not place.word_before or _GREETED.search(before) or _POINTING.search(before)
    if not is_free and (_PRONOUN.search(before) or not _ENDS_HERE.match(place.after)):
        return False
    return bool(_SPEAKING.match(place.after) or _HERE_BEYOND.match(place.beyond_course))


def _is_pointed_at(place: _Place) -> bool:
    """ "This is Jane." """
    return _POINTING.search(place.before) is not None and not place.goes_on and not _WHO.match(place.after)


def _is_addressed(place: _Place) -> bool:
    """Behind a greeting, or at the head of a letter, or before words to "you"."""
    before, after = place.before, place.after
    is_greeted = _GREETED.search(before) is not None
    if (_SPEAKS_TO.match(after) and not place.word_before) or _YOU_BEYOND.match(place.beyond_course):
        return True
    if not place.is_whole and _I_TO_YOU.search(after):
        return True
    if _has_course_next(place):
        return is_greeted and before[-1] != "," and after.lstrip()[:1] in {",", "!", "–", "—", "-"}
    return is_greeted or (not place.is_about_the_form and (_heads_letter(place) or _is_called_upon(place)))


def _is_called_upon(place: _Place) -> bool:
    """ "Jane: I agree", "Jane, what you say is true", "I agree with you, Jane"."""
    before, after = place.before, place.after
    if not any(map(str.isalnum, before)):
        mark = after.lstrip()[:1]
        return mark in {":", ">"} or (mark == "," and not place.in_course and bool(_I_OR_YOU.search(after)))
    ends = place.hit.end + len(after.rstrip(" .!?…:;)-")) >= len(place.scene.text.rstrip(" .!?…:;)-"))
    if place.in_course or ends:  # "I'm a student of EDT 320, Jane", "Looking forward to your next post, Jane"
        return False
    return before.rstrip().endswith(",") and not place.word_behind and bool(_I_OR_YOU.search(before))


def _heads_letter(place: _Place) -> bool:
    """Whether a name with a mark behind it and at most a few words before it begins a text: "Wow, Jane!" """
    before = place.before
    if place.sentence.start > 0 or place.in_course or place.word_behind:
        return False
    if place.is_whole and not before.strip():
        return False
    if any(one.search(before) for one in (_COPULA, _ASCRIBING, _PRONOUN)) or _LABEL_OF_ANOTHER.search(before):
        return False
    return place.scene.count_words(Stretch(0, place.hit.start)) <= WORDS_OF_ADDRESS


def _is_spoken_of(place: _Place) -> bool:
    """As subject, object or one of several people in a sentence that is not about who fills in the form."""
    if place.hit.is_word and (place.goes_on or (place.word_before and not _COPULA.search(place.before))):
        return True
    if place.partner is not None and place.partner.role in OF_OTHERS:
        return True
    return not place.is_about_the_form and (
        _is_one_of_several(place) or _is_subject(place) or _is_object(place)
    )


def _is_one_of_several(place: _Place) -> bool:
    """ "Jane and I", "Jane, my classmate", "my partner (Jane) read it", "Jane and the others said it"."""
    before, rest = place.before, place.rest_of_line
    return (
        any(one.match(rest) is not None for one in (_AND_I, _APPOSITION, _WHO))
        or _AND_MORE.match(_BRACKET.sub("", rest)) is not None
        or _IN_BRACKETS.search(before) is not None
        or _AND_ME.search(place.after) is not None
    )


def _is_subject(place: _Place) -> bool:
    """A verb behind the name, or behind where she is from. One that ends in the course may be about the
    writer, who speaks of themselves by name."""
    if _COPULA.search(place.before):
        return place.goes_on and _POINTING.search(place.before) is None
    if place.goes_on and not place.scene.names_course_in(Stretch(place.hit.end, place.sentence.end)):
        return True
    return (place.goes_on and _THIRD_PERSON.search(place.after) is not None) or (
        _JOINING.match(place.after) is not None and _VERB.match(place.beyond_course) is not None
    )


def _is_object(place: _Place) -> bool:
    before = place.before
    if _ASCRIBING.search(before):
        return place.scene.has_link_in(place.sentence) or (
            _SAYS_OF_ANOTHER.search(before) is not None and _AS_ITSELF.search(before) is None
        )
    if _COPULA.search(before) or _is_fragment_at_end(place):
        return False
    in_sentence = place.scene.count_words(place.sentence) > WORDS_BEFORE_GIVEN
    if _ADVERB.fullmatch(place.word_before):
        return False
    return place.word_before[:1].islower() or (bool(place.word_before) and in_sentence)


def _is_fragment_at_end(place: _Place) -> bool:
    """Whether a word or two and the name are the last of a text, as somebody closes without any mark."""
    end = place.scene.passages.lines[-1].end
    few = place.scene.count_words(place.sentence) <= WORDS_IN_FRAGMENT
    return few and not any(map(str.isalnum, place.scene.text[place.hit.end : end]))


def _introduces(place: _Place) -> bool:
    """A whole name beside the course, as "Name: Jane Doe", or first in the text; a given name at the head
    of a text with the course next to it."""
    if not place.is_whole:
        ahead = place.scene.count_words(Stretch(place.sentence.start, place.hit.start))
        return (place.is_head or not ahead) and ahead <= WORDS_BEFORE_GIVEN and _has_course_next(place)
    if not _ends_name(place):
        return False
    before, after = place.before, place.after
    if place.in_course:
        return not re.search(r"\byou\w*\b", after[:40], re.IGNORECASE)
    if _LABEL.match(before) and not any(map(str.isalnum, after)):
        return True
    return (
        place.is_head
        and not place.scene.text[place.hit.start].islower()
        and not any(map(str.isalnum, before))
        and not after.lstrip().startswith(":")
        and place.scene.count_words(Stretch(place.hit.end, place.sentence.end)) <= WORDS_BEHIND_NAME
    )


def _ends_name(place: _Place) -> bool:
    """Whether a sentence stops behind a name or goes on with a mark, a place or the course; not with a
    verb, which would make it a sentence about somebody."""
    after = place.after
    if not any(map(str.isalnum, after)) or OPENS_WITH_MARK.match(after) or _JOINING.match(after):
        return True
    return any(
        not any(map(str.isalnum, place.scene.text[place.hit.end : one.start]))
        for one in place.scene.course
        if one.start >= place.hit.end
    )


def _has_course_next(place: _Place) -> bool:
    """Whether a name is followed by the course, with a few words of no person between them."""
    end = place.sentence.end
    course = next((one for one in place.scene.course if place.hit.end <= one.start < end), None)
    if course is None:
        return False
    between = Stretch(place.hit.end, course.start)
    return (
        not any(between.holds(one.start) for one in place.scene.hits)
        and place.scene.count_words(between) <= WORDS_BEFORE_COURSE
        and _PRONOUN.search(place.scene.text[place.hit.end : course.start]) is None
    )


_RULES: Sequence[tuple[Callable[[_Place], bool], Role]] = (
    (_names_themselves, Role.INTRODUCES),
    (_speaks_here, Role.INTRODUCES),
    (_is_pointed_at, Role.INTRODUCES),
    (_is_addressed, Role.ADDRESSED),
    (_is_spoken_of, Role.MENTIONED),
    (_introduces, Role.INTRODUCES),
)
"""The first rule that applies tells; a name that none applies to is unclear."""
