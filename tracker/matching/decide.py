"""All evidence for an entry -> Match: accept, review or ignore, with reasons. Storing is left to `jobs`."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.feed import Entry, EntryKind
from tracker.domain.linkage import OF_OTHERS, Candidate, EvidenceKind, Match, MatchLevel, MatchVerdict
from tracker.domain.roster import BlogProfile
from tracker.matching.candidates import RosterIndex
from tracker.matching.counter_evidence import common_doubts, find_doubts, identity_claims
from tracker.matching.evidence import context_clues, find_clues, proposed
from tracker.matching.evidence_kinds import Clue, Fact, without_repeats
from tracker.matching.non_students import reason_to_ignore
from tracker.matching.reading import Reading, read_entry

RULES_VERSION = "2026.3"

ACCEPT_GAP_BITS = 4.0
MAX_CANDIDATES = 4

_PROOFS = frozenset({Fact.PROOF_BY_LINK, Fact.PROOF_BY_ACCOUNT})
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
    def is_vetoed(self) -> bool:
        return any(clue.evidence.veto for clue in self.clues)

    @property
    def has_half_name(self) -> bool:
        """Whether the author name is a whole one of which only a part is this student's."""
        return any(clue.evidence.kind is EvidenceKind.HALF_NAME for clue in self.clues)

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
    reading = read_entry(entry, index.shared_hosts, index.course_words)
    clues = find_clues(reading, blog, index)
    reason = reason_to_ignore(entry, reading, blog, index, clues)
    if reason:
        return _ignore(reason)
    cases = _weigh(reading, blog, index, clues)
    if not cases:
        return _ignore("nobody")
    best = cases[0]
    shown = tuple(_as_candidate(case) for case in cases[:MAX_CANDIDATES])
    if _may_accept(best, cases, reading, index.course.accept_at):
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
    common, claims = common_doubts(reading), identity_claims(clues)
    own: dict[int, list[Clue]] = {who: [] for who in people}
    for clue in clues:
        own[clue.enrollment_id].append(clue)
    counted = {
        who: (
            *without_repeats(found),
            *context_clues(reading, blog, index, who),
            *find_doubts(who, found, claims, common, reading, blog, index),
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


def _may_accept(best: _Case, cases: list[_Case], reading: Reading, accept_at: float) -> bool:
    second = cases[1].bits if len(cases) > 1 else float("-inf")
    if best.is_vetoed or best.probability < accept_at or best.bits - second < ACCEPT_GAP_BITS:
        return False
    facts = best.facts
    if Fact.PROOF_BY_ACCOUNT in facts and not best.has_stranger:
        return True
    if reading.author.says_nothing or best.has_stranger:
        return False
    return (
        Fact.PROOF_BY_LINK in facts
        or (Fact.UNIQUE_FULL_NAME in facts and bool(facts & {Fact.ALLOCATED, Fact.COURSE_NAMED}))
        or (Fact.OWN_LINK in facts and bool(facts & _NAMES))
        or (Fact.UNIQUE_INITIAL in facts and Fact.ALLOCATED in facts)
        or (Fact.REGISTERED_HANDLE in facts and Fact.ALLOCATED in facts)
        or (facts >= {Fact.UNIQUE_FIRST_NAME, Fact.ALLOCATED, Fact.COURSE_NAMED} and not best.has_half_name)
    )


def _needs_a_person(case: _Case) -> bool:
    """Whether a case is worth a person's time however improbable: proof, or a full name that another
    student's name or link contradicts. One of the two wrote it."""
    if case.facts & _PROOFS:
        return True
    contradicted = any(clue.evidence.kind in OF_OTHERS for clue in case.clues)
    return contradicted and bool(case.facts & {Fact.UNIQUE_FULL_NAME, Fact.FULL_NAME})


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
