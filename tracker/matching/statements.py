"""What people said about one comment, weighed on top of what the rules found in it.

Claims, refusals and keys that several people were seen with. A person's decision about the writer
is no evidence but an answer; following it is left to `jobs`.

Tested in tests/matching/test_evidence.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.domain.linkage import Candidate, Evidence, EvidenceKind, Match, MatchLevel, MatchVerdict
from tracker.matching import weights
from tracker.matching.candidates import RosterIndex
from tracker.matching.decide import ACCEPT_GAP_BITS, COURSE_NAMED, MAX_CANDIDATES, RULES_VERSION

CLAIM_BITS = 6.0
FITS_BITS = 5.0
FITS = frozenset(
    {
        EvidenceKind.NAME, EvidenceKind.INTRODUCTION, EvidenceKind.SIGNATURE, EvidenceKind.NAME_INITIAL,
        EvidenceKind.HANDLE, EvidenceKind.TWITTER, EvidenceKind.AUTHOR_LINK, EvidenceKind.NEAR_LINK,
        EvidenceKind.TAIL, EvidenceKind.TEXT_LINK, EvidenceKind.ACCOUNT, EvidenceKind.AVATAR,
    }
)  # fmt: skip
"""Evidence that a name or link fits, from `FITS_BITS` on: what a claim needs beside it."""

_UNSURE = frozenset({"nobody", COURSE_NAMED, "weak", "outsider"})
"""Reasons to leave a comment alone that an account seen with several people outweighs."""


@dataclass(frozen=True, slots=True)
class Said:
    """By enrollment: who claims a comment, who says it is not theirs, whose a person said it is not;
    `contested`: the holders of the account it was posted under, which was seen with others too."""

    claimed: frozenset[int] = frozenset()
    disclaimed: frozenset[int] = frozenset()
    rejected: frozenset[int] = frozenset()
    contested: frozenset[int] = frozenset()


def weigh_said(match: Match, said: Said, index: RosterIndex) -> Match:
    """The match with what people said taken into account; the same match when nobody said anything.

    An automatic answer stands against a claim of somebody else, until a person decides, and falls
    with a word of the student's own that the comment is not hers. A claim is accepted only where a
    full name or a link fits besides, and nobody else could be meant.
    """
    said = _of_roster(said, index)
    if said == Said():
        return match
    candidates = _weigh(match, said, index)
    if match.verdict is MatchVerdict.ACCEPT and match.enrollment_id not in said.rejected | said.disclaimed:
        return replace(match, candidates=_standing(candidates, match))
    if not candidates:
        reason = "rejected" if said.rejected else match.reason
        return replace(match, verdict=MatchVerdict.IGNORE, reason=reason, enrollment_id=None, candidates=())
    if _may_follow_claim(candidates, said, index):
        best = replace(candidates[0], level=MatchLevel.CERTAIN)
        return Match(
            MatchVerdict.ACCEPT, "claimed", best.enrollment_id, (best, *candidates[1:]), RULES_VERSION
        )
    reason = _why(match, said)
    # That a comment is not hers is no news of one that was nobody's.
    is_lifted = bool(said.claimed) or (bool(said.contested) and match.reason in _UNSURE)
    if match.verdict is MatchVerdict.IGNORE and (reason == match.reason or not is_lifted):
        return replace(match, candidates=candidates)
    return Match(MatchVerdict.REVIEW, reason, None, candidates, RULES_VERSION)


def _of_roster(said: Said, index: RosterIndex) -> Said:
    """What was said by and of those who are on the roster now."""
    here = index.enrollees.keys()
    return Said(said.claimed & here, said.disclaimed & here, said.rejected & here, said.contested & here)


def _weigh(match: Match, said: Said, index: RosterIndex) -> tuple[Candidate, ...]:
    """The candidates with the new evidence, those added by it included, best first."""
    cases: dict[int, tuple[float, tuple[Evidence, ...]]] = {
        one.enrollment_id: (one.bits, one.evidence) for one in match.candidates
    }
    for who in sorted(said.claimed | said.disclaimed | said.contested):
        bits, evidence = cases.get(who, (index.course.prior_bits, ()))
        new = tuple(_evidence(who, said))
        cases[who] = (bits + sum(piece.bits for piece in new), (*evidence, *new))
    for who in said.rejected:
        cases.pop(who, None)
    return _ranked(cases, match)


def _evidence(who: int, said: Said) -> Iterable[Evidence]:
    if who in said.claimed:
        yield Evidence(EvidenceKind.CLAIM, "", "", "claim", CLAIM_BITS)
    if who in said.disclaimed:
        yield Evidence(EvidenceKind.DISCLAIM, "", "", "claim", weights.OTHERS, veto=True)
    if who in said.contested:
        yield Evidence(EvidenceKind.CONTESTED, "", "", "account", 0.0)


def _ranked(cases: Mapping[int, tuple[float, tuple[Evidence, ...]]], match: Match) -> tuple[Candidate, ...]:
    levels = {one.enrollment_id: one.level for one in match.candidates}
    total = 1.0 + sum(2.0**bits for bits, _ in cases.values())
    ranked = sorted(cases.items(), key=lambda case: (-case[1][0], case[0]))
    found = []
    for who, (bits, evidence) in ranked[:MAX_CANDIDATES]:
        probability = 2.0**bits / total
        level = MatchLevel.LIKELY if probability >= 0.5 else MatchLevel.POSSIBLE
        if match.verdict is MatchVerdict.ACCEPT and who == match.enrollment_id:
            level = levels[who]
        shown = sorted(
            evidence, key=lambda piece: (piece.bits >= 0, -abs(piece.bits), piece.kind, piece.where)
        )
        found.append(Candidate(who, round(bits, 2), round(probability, 4), level, tuple(shown)))
    return tuple(found)


def _standing(candidates: tuple[Candidate, ...], match: Match) -> tuple[Candidate, ...]:
    """The accepted student first, whatever others claim."""
    return tuple(sorted(candidates, key=lambda one: one.enrollment_id != match.enrollment_id))


def _may_follow_claim(candidates: tuple[Candidate, ...], said: Said, index: RosterIndex) -> bool:
    best = candidates[0]
    second = candidates[1].bits if len(candidates) > 1 else float("-inf")
    return (
        said.claimed == {best.enrollment_id}
        and not said.contested
        and not any(piece.veto for piece in best.evidence)
        and any(piece.kind in FITS and piece.bits >= FITS_BITS for piece in best.evidence)
        and not index.has_namesake(best.enrollment_id)
        and best.probability >= index.course.accept_at
        and best.bits - second >= ACCEPT_GAP_BITS
    )


def _why(match: Match, said: Said) -> str:
    """Why it goes to a person: a stable code; the rules' own reason when nothing outweighs it."""
    if len(said.claimed) > 1:
        return "claims"
    for reason, people in (("disclaimed", said.disclaimed), ("contested", said.contested)):
        if people:
            return reason
    if said.claimed:
        return "claimed"
    return "rejected" if match.verdict is MatchVerdict.ACCEPT else match.reason


def flag_of(
    match: Match,
    said: Said,
    *,
    decided: bool,
    enrollment_id: int | None,
    rules_enrollment_id: int | None = None,
    students: Collection[int] = (),
    asked: bool = False,
) -> str:
    """Why a person should check an answer that stands: a stable code, "" for nothing.

    `enrollment_id` is whose the comment is now; `decided` by a person, whom the rules then
    contradicted with `rules_enrollment_id`; `students` are those on the roster. `said` holds what
    was said since.
    """
    if said.claimed - {enrollment_id} and (decided or match.verdict is MatchVerdict.ACCEPT):
        return "claimed"
    if decided and enrollment_id is not None and enrollment_id in said.disclaimed:
        return "disclaimed"
    if decided and enrollment_id is not None and enrollment_id not in students:
        return "former-student"
    if decided and match.enrollment_id not in (None, enrollment_id, rules_enrollment_id):
        return "rules-disagree"
    return "asked" if asked and not decided and match.verdict is not MatchVerdict.ACCEPT else ""
