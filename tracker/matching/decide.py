"""All evidence for an entry -> Match: accept, review or ignore, with reasons. Storing is left to `jobs`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tracker.domain.feed import Entry, EntryKind
from tracker.domain.linkage import (
    OF_OTHERS,
    Candidate,
    EvidenceKind,
    Match,
    MatchLevel,
    MatchVerdict,
)
from tracker.domain.roster import BlogProfile, HandleKind
from tracker.matching import weights
from tracker.matching.candidates import RosterIndex
from tracker.matching.counter_evidence import find_doubts, identity_claims
from tracker.matching.evidence import context_clues, find_clues, proposed
from tracker.matching.evidence_kinds import IDENTIFIERS, PROOFS, Clue, Fact, Topic, without_repeats
from tracker.matching.names import WrittenName, nickname_forms, read_name
from tracker.matching.non_students import reason_to_ignore
from tracker.matching.reading import Reading, read_entry

RULES_VERSION = "2026.4"

COURSE_NAMED = "course-named"
"""The reason of a comment that names the course and fits nobody: a list of its own for staff."""
ACCEPT_GAP_BITS = 4.0
MAX_CANDIDATES = 4
MOST_INITIALS = 3
""" "P.R.", "PPR": an author name of so many letters."""

_ON_FORM = frozenset({"author", "author-link", "account", "avatar", "tail"})
_OF_PEOPLE = IDENTIFIERS | {Topic.NAME}
_COURSE = frozenset({Fact.COURSE_NAMED, Fact.COLLEGE_NAMED})
_BEYOND_A_NAME = PROOFS | _COURSE | {Fact.OWN_LINK, Fact.REGISTERED_HANDLE}
_WORTH_ASKING = frozenset(
    {
        Fact.UNIQUE_FULL_NAME,
        Fact.FULL_NAME,
        Fact.UNIQUE_INITIAL,
        Fact.REGISTERED_HANDLE,
        Fact.OWN_LINK,
    }
)
_BEYOND_A_PART = _BEYOND_A_NAME | {Fact.FULL_NAME, Fact.UNIQUE_FULL_NAME, Fact.UNIQUE_INITIAL}
_NAMES = frozenset(
    {
        Fact.FULL_NAME,
        Fact.UNIQUE_FULL_NAME,
        Fact.UNIQUE_INITIAL,
        Fact.FIRST_NAME,
        Fact.UNIQUE_FIRST_NAME,
        Fact.REGISTERED_HANDLE,
    }
)


@dataclass(frozen=True, slots=True)
class _Case:
    """One student's case: what counts for and against, and what it amounts to."""

    enrollment_id: int
    clues: tuple[Clue, ...]
    bits: float
    probability: float

    @property
    def facts(self) -> frozenset[Fact]:
        return frozenset(clue.fact for clue in self.clues)

    @property
    def is_on_form(self) -> bool:
        """Whether the author name, a link or an account says it, not the text alone."""
        return any(clue.evidence.where in _ON_FORM and clue.group in _OF_PEOPLE for clue in self.clues)

    @property
    def is_vetoed(self) -> bool:
        return any(clue.evidence.veto for clue in self.clues)

    @property
    def has_half_name(self) -> bool:
        """Whether the author name is a whole one of which only a part is this student's."""
        return any(clue.evidence.kind is EvidenceKind.HALF_NAME for clue in self.clues)

    @property
    def has_shared_surname(self) -> bool:
        """Whether a whole author name has a surname of several students, and a given name of none of them."""
        return self.is_relatives and all(
            clue.evidence.bits < weights.HALF_NAME
            for clue in self.clues
            if clue.evidence.kind is EvidenceKind.HALF_NAME
        )

    @property
    def is_half_a_name(self) -> bool:
        """Whether nothing but half of a whole name points at this student."""
        return all(
            clue.evidence.kind is EvidenceKind.HALF_NAME or clue.group in {Topic.CONTEXT, Topic.CONTRADICTION}
            for clue in self.clues
        )

    @property
    def is_relatives(self) -> bool:
        """Whether the author name is a whole one that has no more than the surname in common."""
        halves = [clue.evidence for clue in self.clues if clue.evidence.kind is EvidenceKind.HALF_NAME]
        return bool(halves) and all(piece.params.get("fits") == "family" for piece in halves)

    @property
    def has_stranger(self) -> bool:
        return any(clue.evidence.kind is EvidenceKind.STRANGER for clue in self.clues)


def match_entry(entry: Entry, blog: BlogProfile, index: RosterIndex) -> Match:
    """Decide which enrolled student wrote an entry on a blog, if any.

    A handle counts while it is valid at `entry.posted.at` (always, when that is unknown). Accept
    needs probability, distance to the next student, no veto, and one of the grounds in `_may_accept`.
    """
    if entry.kind is not EntryKind.COMMENT:
        return _ignore(entry.kind.value)
    reading = read_entry(entry, index, blog)
    clues = find_clues(reading, blog, index)
    reason = reason_to_ignore(entry, reading, blog, index, clues)
    if reason:
        return _ignore(reason)
    cases = _weigh(reading, blog, index, clues)
    if not proposed(clues):
        return _answer_nobody(cases, reading, blog, index)
    reason = _reason_to_set_aside(cases[0], reading, index)
    return _ignore(reason) if reason else _answer(cases, reading, blog, index)


def _answer(cases: list[_Case], reading: Reading, blog: BlogProfile, index: RosterIndex) -> Match:
    """Accept, review or ignore, by the cases of everybody whom something points at, best first."""
    best = cases[0]
    may_accept = _may_accept(best, cases, reading, blog, index)
    may_accept = may_accept and not reading.only_gives_a_name
    shown = tuple(_as_candidate(case) for case in cases[:MAX_CANDIDATES])
    if may_accept:
        certain = (_as_candidate(best, MatchLevel.CERTAIN), *shown[1:])
        return Match(MatchVerdict.ACCEPT, "accepted", best.enrollment_id, certain, RULES_VERSION)
    if best.probability >= index.course.review_at or any(_needs_a_person(case) for case in cases):
        return Match(MatchVerdict.REVIEW, _why_undecided(best, cases), None, shown, RULES_VERSION)
    return Match(MatchVerdict.IGNORE, "weak", None, shown, RULES_VERSION)


def _weigh(reading: Reading, blog: BlogProfile, index: RosterIndex, clues: list[Clue]) -> list[_Case]:
    """Every proposed student's case, best first, with probabilities that sum to at most one."""
    people = proposed(clues) or _proposed_by_context(reading, blog, index)
    if not people:
        return []
    claims = identity_claims(clues)
    own: dict[int, list[Clue]] = {who: [] for who in people}
    for clue in clues:
        own[clue.enrollment_id].append(clue)
    counted = {
        who: (
            *without_repeats(found),
            *context_clues(reading, blog, index, who),
            *find_doubts(who, found, claims, reading, blog, index),
        )
        for who, found in own.items()
    }
    prior = index.course.prior_bits
    bits = {who: prior + sum(clue.evidence.bits for clue in found) for who, found in counted.items()}
    total = 1.0 + sum(2.0**each for each in bits.values())
    cases = [_Case(who, found, bits[who], 2.0 ** bits[who] / total) for who, found in counted.items()]
    return sorted(cases, key=lambda case: (-case.bits, case.enrollment_id))


def _proposed_by_context(reading: Reading, blog: BlogProfile, index: RosterIndex) -> tuple[int, ...]:
    """A comment that names the course and nobody: whoever was given the blog then could have written it."""
    if not reading.course_words:
        return ()
    given = index.allocated.get(blog.blog_id, {})
    return tuple(sorted(who for who in given if index.allocation_of(blog.blog_id, who, reading.at)))


def _may_accept(
    best: _Case, cases: list[_Case], reading: Reading, blog: BlogProfile, index: RosterIndex
) -> bool:
    second = cases[1].bits if len(cases) > 1 else float("-inf")
    if best.is_vetoed or best.probability < index.course.accept_at or best.bits - second < ACCEPT_GAP_BITS:
        return False
    facts = best.facts
    if Fact.PROOF_BY_ACCOUNT in facts and not best.has_stranger:
        return True
    if (
        reading.author.says_nothing
        or best.has_stranger
        or _is_on_anothers_form(best, cases, reading, blog, index)
    ):
        return False
    if (
        Fact.PROOF_BY_LINK in facts
        or (Fact.OWN_LINK in facts and bool(facts & _NAMES))
        or (Fact.LEARNED_LINK in facts and bool(facts & _WORTH_ASKING))
    ):
        return True
    is_doubtful = _is_seen_with_unknown(best, reading, index) or (
        blog.blog_id in _blogs_of_nobody(reading, index) and Fact.REGISTERED_HANDLE not in facts
    )
    names_course = bool(facts & _COURSE)
    if is_doubtful and not facts >= {Fact.ALLOCATED, Fact.COURSE_NAMED}:
        return False
    return (
        (Fact.UNIQUE_FULL_NAME in facts and bool(facts & {Fact.ALLOCATED, Fact.COURSE_NAMED}))
        or (facts >= {Fact.UNIQUE_INITIAL, Fact.ALLOCATED} and _is_known_initial(best, reading, index))
        or facts >= {Fact.REGISTERED_HANDLE, Fact.ALLOCATED}
        or (facts >= {Fact.UNIQUE_FIRST_NAME, Fact.ALLOCATED} and names_course and not best.has_half_name)
    )


def _answer_nobody(cases: list[_Case], reading: Reading, blog: BlogProfile, index: RosterIndex) -> Match:
    """The answer where nothing points at anybody. A comment that names the course stands in a list of its
    own for staff, with those who were assigned the blog then, until a person says that the author name
    is no student's on this blog."""
    if blog.blog_id in _blogs_of_nobody(reading, index):
        return _ignore("outsider")
    if not (cases or reading.speaks_of_course) or reading.lives:
        return _ignore("nobody")
    shown = tuple(_as_candidate(case) for case in cases[:MAX_CANDIDATES])
    return Match(MatchVerdict.IGNORE, COURSE_NAMED, None, shown, RULES_VERSION)


def _reason_to_set_aside(best: _Case, reading: Reading, index: RosterIndex) -> str:
    """Why a comment needs nobody's attention although something points at a student; "" if it does."""
    if _is_nobodys_name(best, reading, index):
        return "outsider"
    if best.is_half_a_name and (Fact.ALLOCATED not in best.facts or best.has_shared_surname):
        return "weak"
    return "foreign-link" if _advertises(best, reading, index) else ""


def _advertises(best: _Case, reading: Reading, index: RosterIndex) -> bool:
    """Whether a comment links a site that nobody of the course has, under a name that is at most a part of
    a student's, and names neither the course nor itself: advertising, as a rule."""
    if any(clue.fact in _BEYOND_A_PART or clue.group in IDENTIFIERS for clue in best.clues):
        return False
    known = index.followed_keys | {index.course_blog_key}
    keys = [link.key for link in reading.links]
    keys += [reading.author_key] if reading.author_key and not reading.has_profile_link else []
    return not reading.own_names and any(
        key not in known
        and not index.ever_held(HandleKind.BLOG, key)
        and not index.is_named_for(best.enrollment_id, key)
        for key in keys
    )


def _is_nobodys_name(best: _Case, reading: Reading, index: RosterIndex) -> bool:
    """Whether a person said that whoever writes under this name is no student, and nothing but the name
    points at one who was assigned the blog."""
    if any(clue.fact in _BEYOND_A_NAME or clue.evidence.where == "text" for clue in best.clues):
        return False
    return bool(_blogs_of_nobody(reading, index)) and Fact.ALLOCATED not in best.facts


def _blogs_of_nobody(reading: Reading, index: RosterIndex) -> Collection[int | None]:
    """The blogs on which a person said that the author name is no student's."""
    return index.nobodys_names.get(reading.author.key.replace(" ", ""), ())


def _is_known_initial(best: _Case, reading: Reading, index: RosterIndex) -> bool:
    """Whether a name with an initial is more than one: the course is named or an account known beside
    it, or a person confirmed it before, in either order, and nobody said it is no student's."""
    if best.facts & _COURSE or any(clue.group in IDENTIFIERS for clue in best.clues):
        return True
    tokens = reading.author.tokens
    orders = (reading.author.key.replace(" ", ""), "".join(tokens), "".join(reversed(tokens)))
    is_confirmed = any(index.has_written_as(best.enrollment_id, name) for name in orders)
    return is_confirmed and not _blogs_of_nobody(reading, index)


def _is_on_anothers_form(
    best: _Case, cases: list[_Case], reading: Reading, blog: BlogProfile, index: RosterIndex
) -> bool:
    """Whether only the text speaks for a student, and something on the form for somebody else, however
    weakly: whoever fills in a form for another says so, or is taken for the other."""
    names_course = Fact.COURSE_NAMED in best.facts
    if not best.is_on_form and _is_owners_form(reading.author, blog):
        return True
    if best.is_on_form:
        is_sure = names_course or bool(best.facts & _BEYOND_A_NAME)
        return best.is_relatives and not is_sure
    initials = reading.author.squeezed
    if 1 < len(initials) <= MOST_INITIALS and initials.isalpha():
        forms = index.names[best.enrollment_id]
        return not (forms.fits_given_initial(initials[0]) and forms.fits_surname_initial(initials[-1]))
    is_sure = names_course or Fact.OWN_LINK in best.facts
    return any(case.is_on_form for case in cases) or (_is_given_name(reading.author) and not is_sure)


def _is_owners_form(author: WrittenName, blog: BlogProfile) -> bool:
    """Whether an author name is the owner's given name, or a login with the owner's surname in it."""
    owners = [read_name(name).tokens for name in blog.owner_names]
    return any(
        owner and (author.squeezed == owner[0] or (len(owner[-1]) > 3 and owner[-1] in author.squeezed))
        for owner in owners
    )


def _is_given_name(author: WrittenName) -> bool:
    """Whether an author name is one given name, of the kinds that have short forms, not a made-up one."""
    return len(author.tokens) == 1 and not author.is_handle and bool(nickname_forms(author.tokens[0]))


def _is_seen_with_unknown(best: _Case, reading: Reading, index: RosterIndex) -> bool:
    """Whether beside a name stands an address of the writer's own that nobody registered."""
    if any(clue.identifies for clue in best.clues):
        return False
    given = (reading.author_key,) if reading.author_key and not reading.has_profile_link else ()
    own = [
        key
        for key in (*given, *(link.key for link in reading.own_links))
        if not index.is_named_for(best.enrollment_id, key)
    ]
    return bool(reading.twitter) or any(
        key != index.course_blog_key and not index.ever_held(HandleKind.BLOG, key) for key in own
    )


def _needs_a_person(case: _Case) -> bool:
    """Whether a case is worth a person's time however improbable: proof, or a full name or the like that
    another student's name or link contradicts. One of the two wrote it."""
    if case.facts & PROOFS:
        return True
    contradicted = any(clue.evidence.kind in OF_OTHERS for clue in case.clues)
    return contradicted and bool(case.facts & _WORTH_ASKING)


def _why_undecided(best: _Case, cases: list[_Case]) -> str:
    if best.is_vetoed:
        return "contradicted"
    if len(cases) > 1 and best.bits - cases[1].bits < ACCEPT_GAP_BITS:
        return "several"
    return "undecided"


def _as_candidate(case: _Case, level: MatchLevel | None = None) -> Candidate:
    """The case as it is shown: contradictions first, then by weight."""
    evidence = sorted(
        (clue.evidence for clue in case.clues),
        key=lambda piece: (piece.bits >= 0, -abs(piece.bits), piece.kind, piece.where),
    )
    if level is None:
        level = MatchLevel.LIKELY if case.probability >= 0.5 else MatchLevel.POSSIBLE
    return Candidate(
        case.enrollment_id, round(case.bits, 2), round(case.probability, 4), level, tuple(evidence)
    )


def _ignore(reason: str) -> Match:
    return Match(MatchVerdict.IGNORE, reason, rules_version=RULES_VERSION)
