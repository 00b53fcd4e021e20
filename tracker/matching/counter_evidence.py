"""Evidence against a proposed student: another student's name or link, another life, another site.

A veto stops an automatic answer whatever else is known; the comment then goes to a person.

Tested in tests/matching/test_evidence.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tracker.domain.linkage import NO_PARAMS, Evidence, EvidenceKind
from tracker.domain.reason import Param
from tracker.domain.roster import BlogProfile, HandleKind
from tracker.matching import weights
from tracker.matching.candidates import RosterIndex
from tracker.matching.evidence_kinds import Clue, Fact, Topic
from tracker.matching.full_names import find_full
from tracker.matching.lives import FORMER_STUDENT, OTHER_COURSE, Life
from tracker.matching.mentions import NamePart
from tracker.matching.names import WrittenName
from tracker.matching.reading import Reading
from tracker.matching.scene import Mention, Role
from tracker.matching.text_links import Whose

_FILLED_IN = frozenset({"author-link", "account", "avatar"})
_CLAIMS_IDENTITY = frozenset(
    {Fact.PROOF_BY_LINK, Fact.LEARNED_LINK, Fact.PROOF_BY_ACCOUNT, Fact.OWN_LINK, Fact.UNCLAIMED_LINK}
)
_SIGNATURES = frozenset({EvidenceKind.SIGNATURE, EvidenceKind.SIGNATURE_INITIAL})
_OF_FORMS = frozenset({Topic.NAME, Topic.LINK, Topic.ACCOUNT, Topic.AVATAR})
_PROFESSION: Mapping[str, Param] = {"life": "profession"}
_SAID_OF_LINKS = frozenset({"agrees", "origin"})
_SAID = _SIGNATURES | {EvidenceKind.INTRODUCTION, EvidenceKind.INTRODUCTION_INITIAL}


def identity_claims(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    """The clues by which a writer claims to be somebody: against everybody else, where they go on."""
    return tuple(clue for clue in clues if clue.fact in _CLAIMS_IDENTITY)


def find_doubts(
    who: int,
    own: Sequence[Clue],
    claims: Sequence[Clue],
    reading: Reading,
    blog: BlogProfile,
    index: RosterIndex,
) -> list[Clue]:
    """All evidence against one proposed student. `own` are the clues for them, `claims` the
    `identity_claims` for anybody."""
    doubts = [
        *_claim_doubts(reading, own),
        *_others_identity(who, own, claims),
        *_author_name_doubts(who, reading, blog, own, index),
        *_said_name_doubts(who, reading, index),
        *_borrowed_form_doubts(who, reading, own),
        *_coupled_doubts(who, reading),
        *_address_doubts(who, reading, own, index),
        *_account_doubts(who, reading, index),
    ]
    return [Clue(who, Topic.CONTRADICTION, Fact.DOUBT, doubt) for doubt in dict.fromkeys(doubts)]


def _doubt(
    kind: EvidenceKind,
    seen: str,
    where: str,
    bits: float,
    params: Mapping[str, Param] = NO_PARAMS,
    *,
    veto: bool = True,
) -> Evidence:
    return Evidence(kind, seen, "", where, bits, veto, params)


def _claim_doubts(reading: Reading, own: Sequence[Clue]) -> Iterator[Evidence]:
    """Claims against every student alike: another life, course or school, and a faked name."""
    life = _life_of_another(reading, own)
    if life is not None and life.code == OTHER_COURSE:
        yield _doubt(EvidenceKind.OTHER_COURSE, life.words, "text", weights.OTHERS)
    elif life is not None:
        yield _doubt(EvidenceKind.OTHER_LIFE, life.words, "text", weights.OTHERS, {"life": life.code})
    elif (
        reading.author.is_full
        and reading.author.degree
        and not any(clue.identifies for clue in own)
        and not reading.is_in_course
    ):
        yield _doubt(EvidenceKind.OTHER_LIFE, reading.author.shown, "author", weights.OTHERS, _PROFESSION)
    if reading.author.mixed_script:
        yield _doubt(EvidenceKind.MIXED_SCRIPT, reading.author.shown, "author", weights.OTHERS)


def _life_of_another(reading: Reading, own: Sequence[Clue]) -> Life | None:
    """What the writer tells of a life no student leads, where nothing but a name speaks for the student:
    in the course the course in the past alone is such a life."""
    if any(clue.identifies for clue in own):
        return None
    lives = reading.lives
    if reading.is_in_course:
        lives = tuple(life for life in lives if life.code == FORMER_STUDENT)
    return next(iter(lives), None)


def _others_identity(who: int, own: Sequence[Clue], claims: Sequence[Clue]) -> Iterator[Evidence]:
    """Another student's link, picture or account, given as the writer's own."""
    for clue in claims:
        if clue.enrollment_id == who or any(clue.evidence.seen == one.evidence.seen for one in own):
            continue
        seen, where = clue.evidence.seen, clue.evidence.where
        params: dict[str, Param] = {"other": clue.enrollment_id}
        params |= {name: value for name, value in clue.evidence.params.items() if name in _SAID_OF_LINKS}
        if clue.fact is Fact.UNCLAIMED_LINK:
            yield _doubt(EvidenceKind.OTHERS_LINK, seen, where, weights.UNCLAIMED, {**params, "own": False})
            continue
        bits = weights.FILLED_IN if where in _FILLED_IN and _has_signed(own) else weights.OTHERS
        yield _doubt(EvidenceKind.OTHERS_LINK, seen, where, bits, params)


def _author_name_doubts(
    who: int, reading: Reading, blog: BlogProfile, own: Sequence[Clue], index: RosterIndex
) -> Iterator[Evidence]:
    author = reading.author
    if author.says_nothing or not author.tokens:
        return
    fitting = _author_clue_kinds(own)
    if fitting - {EvidenceKind.HALF_NAME}:
        return
    if fitting:
        is_given_blog = index.allocation_of(blog.blog_id, who, reading.at) is True
        yield from _half_name_doubts(who, author, own, index, is_given_blog=is_given_blog)
        return
    full = find_full(author, index)
    if full:
        bits = weights.FILLED_IN if _has_signed(own) else weights.OTHERS
        yield _doubt(EvidenceKind.OTHERS_NAME, author.shown, "author", bits, {"other": min(full)})
    elif len(author.tokens) == 1 and not author.is_handle and author.tokens[0] in index.by_given:
        yield _doubt(EvidenceKind.OTHERS_NAME, author.shown, "author", weights.STRANGER)
    elif author.titled and _is_initial_of(who, author, index):
        return
    elif (author.is_full or author.titled) and not _is_made_up(author, index):
        yield _doubt(EvidenceKind.STRANGER, author.shown, "author", weights.STRANGER)


def _half_name_doubts(
    who: int, author: WrittenName, own: Sequence[Clue], index: RosterIndex, *, is_given_blog: bool
) -> Iterator[Evidence]:
    """A whole name of which one half is this student's, where nothing but the account says the rest: a
    brother or a wife may post under it too (S7). A person looks, unless she says her name in the text
    or gives her own blog; one who has her given name, on the blog she was given, has married."""
    if not author.is_full or _is_made_up(author, index) or not _is_known_by_account_only(own):
        return
    forms = index.names[who]
    has_given = any(token in forms.given or _is_short_for(token, forms.given) for token in author.tokens)
    has_family = any(token in forms.surname for token in author.tokens)
    if has_given == has_family or (has_given and is_given_blog):
        return
    fits: dict[str, Param] = {"fits": "given" if has_given else "family"}
    yield _doubt(EvidenceKind.STRANGER, author.shown, "author", weights.STRANGER, fits)


def _is_short_for(token: str, given: Collection[str]) -> bool:
    """Whether a token is the first three letters of a given name ("Kat"), on no list of nicknames."""
    return len(token) == 3 and any(form.startswith(token) for form in given)


def _is_known_by_account_only(own: Sequence[Clue]) -> bool:
    is_said = any(clue.evidence.kind in _SAID for clue in own)
    facts = {clue.fact for clue in own}
    return Fact.PROOF_BY_ACCOUNT in facts and Fact.PROOF_BY_LINK not in facts and not is_said


def _is_made_up(author: WrittenName, index: RosterIndex) -> bool:
    """Whether a name is a handle ("SunnyApple", "kitchen.table", "Umbrella Stand") rather than somebody's
    ("AnnSmith"): two words are no given name and surname for being joined, unless the first is a known given
    name. Nor has a person a number, or a name of everyday words only that nobody on the roster has."""
    if author.is_handle:
        return True
    is_joined = author.is_joined or "_" in author.shown
    return (is_joined or author.is_of_everyday_words) and author.tokens[0] not in index.by_given


def _is_initial_of(who: int, author: WrittenName, index: RosterIndex) -> bool:
    """Whether a titled letter may stand for a student's surname, as teachers of small children sign."""
    letter = author.squeezed
    return len(letter) == 1 and index.names[who].fits_surname_initial(letter)


def _said_name_doubts(who: int, reading: Reading, index: RosterIndex) -> Iterator[Evidence]:
    """A signature or introduction with another student's name. Where the student signs, too, two write."""
    both_sign = any(one.role is Role.SIGNS and who in one.hit.holders for one in reading.own_names)
    for one in reading.mentions:
        if who in one.hit.holders or not (one.speaks_of_writer or one.role is Role.UNCLEAR):
            continue
        if one.role is Role.UNCLEAR:
            params: dict[str, Param] = {"other": min(one.hit.holders), "sure": False}
            yield _doubt(EvidenceKind.OTHERS_INTRODUCTION, one.shown, "text", weights.STRANGER, params)
            continue
        signs = one.role is Role.SIGNS
        kind = EvidenceKind.OTHERS_SIGNATURE if signs else EvidenceKind.OTHERS_INTRODUCTION
        if one.hit.part is NamePart.FULL:
            bits = weights.OTHERS_FULL_SIGNATURE if signs else weights.OTHERS
            other: dict[str, Param] = {"other": min(one.hit.holders)}
            yield _doubt(kind, one.shown, "text", weights.FILLED_IN if both_sign else bits, other)
        elif one.hit.part is NamePart.SURNAME:
            if signs:
                yield _doubt(kind, one.shown, "text", weights.FILLED_IN, {"part": "surname"})
        elif not _is_own_given(who, one, index):
            bits = weights.OTHERS_SIGNATURE if signs else weights.STRANGER
            yield _doubt(kind, one.shown, "text", weights.FILLED_IN if both_sign else bits)


def _borrowed_form_doubts(who: int, reading: Reading, own: Sequence[Clue]) -> Iterator[Evidence]:
    """A form of which the writer says that it is somebody else's, where only the form speaks for this one."""
    if any(clue.evidence.kind in _SAID for clue in own) or not any(clue.group in _OF_FORMS for clue in own):
        return
    denied = (one.shown for one in reading.mentions if one.role is Role.DENIED and who in one.hit.holders)
    borrowed = reading.borrowed_form
    seen = borrowed or next(denied, "")
    if seen:
        params: dict[str, Param] = {} if borrowed else {"denied": True}
        yield _doubt(EvidenceKind.BORROWED_FORM, seen, "text", weights.FILLED_IN, params)


def _coupled_doubts(who: int, reading: Reading) -> Iterator[Evidence]:
    """Another student's name with "and" beside this one's: two write, wherever it stands."""
    other = reading.is_coupled_with(who)
    if other is not None and not other.speaks_of_writer:
        yield _doubt(EvidenceKind.OTHERS_SIGNATURE, other.shown, "text", weights.COUPLED, {"coupled": True})


def _is_own_given(who: int, one: Mention, index: RosterIndex) -> bool:
    """Whether a given name that a text gives is one of a student's names after all."""
    forms = index.names[who]
    given = one.hit.keys[0]
    if one.hit.part is NamePart.INITIAL:
        return False
    return given in forms.given or given in forms.surname


def _address_doubts(
    who: int, reading: Reading, own: Sequence[Clue], index: RosterIndex
) -> Iterator[Evidence]:
    """An own address nobody on the roster holds: made like the course's (a former student?), or unrelated."""
    given = [(reading.author_key, "author-link", reading.author_link)] if reading.author_key else []
    given += [(link.key, "tail", link.url) for link in reading.tails]
    given += [(link.key, "text", link.url) for link in reading.links if link.whose is Whose.OWN]
    for key, where, shown in given:
        if (
            key == index.course_blog_key
            or index.ever_held(HandleKind.BLOG, key)
            or who in index.near_blog(key)
        ):
            continue
        if any(code in key.replace("-", "") for code in index.course_codes):
            # Whoever posts with a student's own account or email address is no namesake of another year,
            # and a student who registered no blog may have one all the same.
            kind = EvidenceKind.UNREGISTERED_ADDRESS
            veto = index.has_blog(who) and not any(clue.fact is Fact.PROOF_BY_ACCOUNT for clue in own)
            yield _doubt(kind, shown, where, weights.OTHER_SITE, veto=veto)
        elif (
            where == "author-link"
            and not any(clue.group is Topic.LINK for clue in own)
            and not reading.has_profile_link
            and not index.is_named_for(who, key)
        ):
            yield _doubt(EvidenceKind.OTHER_SITE, shown, where, weights.OTHER_SITE, veto=False)


def _account_doubts(who: int, reading: Reading, index: RosterIndex) -> Iterator[Evidence]:
    """An account of a kind this student has another one of: a new account, or somebody of the same name."""
    known = index.accounts.get(who, set())
    for key in reading.accounts:
        kind = key.partition(":")[0] + ":"
        if kind in {"twitter:", "wordpress:"} or key in known:
            continue
        if any(each.startswith(kind) for each in known):
            yield _doubt(EvidenceKind.NEW_ACCOUNT, key, "account", weights.NEW_ACCOUNT)
    pictures = index.pictures.get(who, set())
    if reading.avatar and pictures and not index.holders(HandleKind.AVATAR, reading.avatar, reading.at):
        seen = reading.avatar[:12]
        yield _doubt(EvidenceKind.NEW_AVATAR, seen, "avatar", weights.NEW_AVATAR, veto=False)


def _has_signed(own: Sequence[Clue]) -> bool:
    """Whether the name under the text is this student's: it overrules what a browser filled in."""
    return any(clue.evidence.kind in _SIGNATURES for clue in own)


def _author_clue_kinds(own: Sequence[Clue]) -> set[EvidenceKind]:
    """The kinds of name evidence that the author name gives for this student."""
    return {
        clue.evidence.kind for clue in own if clue.group is Topic.NAME and clue.evidence.where == "author"
    }
