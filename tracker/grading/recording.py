"""What people said about a grade -> the grade that stands, and whether the rule agrees with it.

A person's word stays until a person says something else: no rule, check or deadline moves it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tracker.domain.assignment import AssignmentTerms
from tracker.domain.grade import PartGrade, Score
from tracker.domain.record import GRADES, GradeKind, GradeRecord, GradeWord
from tracker.domain.states import Bucket
from tracker.grading.round_summary import DECIDED
from tracker.grading.score import add_by_hand, full_share

HUNDREDTH = Decimal("0.01")


def record_of(words: Sequence[GradeWord], proposal: Score) -> GradeRecord:
    """Where a grade stands, by everything said of it, oldest first, and what the rule says now."""
    taken_back = {word.undoes for word in words if word.undoes is not None}
    standing = [word for word in words if word.number not in taken_back and word.kind is not GradeKind.UNDO]
    grades = [word for word in standing if word.kind in GRADES]
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
    """Whether a certain answer of the rule, of this kind, is not recorded yet. Who needs a person or can't
    be seen is not decided (`round_summary`), and so not certain."""
    proposal = record.proposal
    is_plain = not record.is_recorded and record.place in DECIDED and record.place is not Bucket.EXCUSED
    return is_plain and is_certain(proposal) and proposal.satisfactory is satisfactory


def waits_for_release(record: GradeRecord) -> bool:
    """Whether there is a grade of its own that its student does not see yet; one that is made of its parts'
    is released with them."""
    return record.grade is not None and record.released is None and not record.follows


def part_grade(terms: AssignmentTerms, key: str, word: GradeWord) -> PartGrade:
    """What a part's recorded grade makes in the whole. Points without a word are satisfactory in full."""
    exact = word.exact
    if exact is None:
        exact = add_by_hand(terms, key, word.value, word.satisfactory)
    if word.satisfactory is not None:
        return PartGrade(word.satisfactory, exact)
    return PartGrade(exact >= full_share(terms, key) * Fraction(terms.points or 1), exact)


def whole_of_parts(
    record: GradeRecord, parts: Mapping[str, GradeRecord], combined: Score, keys: Collection[str]
) -> GradeRecord:
    """The record of an assignment whose parts (`keys`) are all graded, or excused: its grade follows from
    them, `combined`, and is released once all of them are. `parts` are the records of the parts."""
    graded = {key: parts[key] for key in keys if parts[key].grade is not None}
    words = [one.grade for one in graded.values() if one.grade is not None]
    releases = [one.released for one in graded.values() if one.released is not None]
    last = max(words, key=lambda word: word.number)
    grade = replace(
        last,
        kind=GradeKind.ACCEPT,
        value=in_hundredths(combined.points),
        satisfactory=combined.satisfactory,
        reason="",
        part=None,
        exact=combined.exact,
        batch="",
    )
    is_released = len(releases) == len(graded)
    return replace(
        record,
        proposal=combined,
        grade=grade,
        follows=True,
        released=max(releases, key=lambda word: word.number) if is_released else None,
        disagrees=any(one.disagrees for one in graded.values()),
    )


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
