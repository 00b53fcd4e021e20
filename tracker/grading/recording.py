"""What people said about a grade -> the grade that stands, and whether the rule agrees with it.

A person's word stays until a person says something else: no rule, check or deadline moves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tracker.domain.grade import Score
from tracker.domain.record import GradeKind, GradeRecord, GradeWord

HUNDREDTH = Decimal("0.01")
_GRADES = (GradeKind.ACCEPT, GradeKind.OVERRIDE)


def record_of(words: Sequence[GradeWord], proposal: Score) -> GradeRecord:
    """Where a grade stands, by everything said of it, oldest first, and what the rule says now."""
    taken_back = {word.undoes for word in words if word.undoes is not None}
    standing = [word for word in words if word.number not in taken_back and word.kind is not GradeKind.UNDO]
    grades = [word for word in standing if word.kind in _GRADES]
    grade = grades[-1] if grades else None
    disagrees = grade is not None and is_certain(proposal) and not _same(grade, proposal)
    known = grade is not None and grade.proposed is not None and _same_proposals(grade.proposed, proposal)
    releases = [word for word in standing if word.kind is GradeKind.RELEASE]
    return GradeRecord(
        proposal=proposal,
        grade=grade,
        disagrees=disagrees,
        rule_now=proposal if disagrees and not known else None,
        latest=words[-1].number if words else 0,
        released=releases[-1] if releases else None,
        notes=tuple(word for word in standing if word.kind is GradeKind.NOTE),
    )


def levels_of(words: Sequence[GradeWord]) -> Mapping[str, str]:
    """Criterion -> the level of the rubric by which the grade that stands was given."""
    grade = record_of(words, Score(None)).grade
    return {} if grade is None else grade.levels


def is_certain(proposal: Score) -> bool:
    """Whether the rule has an answer that nothing still open can change."""
    return proposal.satisfactory is not None and not proposal.provisional


def waits_for_acceptance(record: GradeRecord, *, satisfactory: bool) -> bool:
    """Whether a certain answer of the rule, of this kind, is not recorded yet; what bears a mark waits for
    a look at it."""
    proposal = record.proposal
    is_plain = record.grade is None and not record.has_marks
    return is_plain and is_certain(proposal) and proposal.satisfactory is satisfactory


def waits_for_release(record: GradeRecord) -> bool:
    return record.grade is not None and record.released is None


def in_hundredths(points: Decimal | None) -> Decimal | None:
    """Points as they are recorded: rounded once, half up."""
    return None if points is None else points.quantize(HUNDREDTH, ROUND_HALF_UP)


def _same(word: GradeWord, proposal: Score) -> bool:
    """By points where both have them, else by satisfactory or not yet."""
    if word.value is not None and proposal.points is not None:
        return word.value == in_hundredths(proposal.points)
    return word.satisfactory is proposal.satisfactory


def _same_proposals(one: Score, other: Score) -> bool:
    return (one.satisfactory, in_hundredths(one.points)) == (other.satisfactory, in_hundredths(other.points))
