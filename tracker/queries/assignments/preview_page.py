"""A preview of a rule as its page shows it: counts beside counts, and who changes from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.domain.grade import Verdict
from tracker.domain.grouping import grouped
from tracker.domain.states import Bucket, Summary
from tracker.grading.preview_rule import Comparison, StudentChange, StudentResult
from tracker.grading.round_summary import summarize
from tracker.models import Course
from tracker.queries.class_standing import Student, fold, load_students
from tracker.queries.phrasing import load_phrasing
from tracker.queries.verdicts.preview_rule import say_comparison
from tracker.wording.numbers import say_percent
from tracker.wording.rule_preview import say_standing
from tracker.wording.sentences import Phrasing
from tracker.wording.states import Cell, show
from tracker.wording.verdicts import say_verdict

WORDS: Mapping[Bucket, str] = {
    Bucket.ALL_MET: "All met",
    Bucket.LATE: "All found, some late",
    Bucket.SOME_FOUND: "Some found",
    Bucket.NONE_FOUND: "None found yet",
    Bucket.NOT_COUNTING: "Something does not count",
    Bucket.EXCUSED: "Excused",
    Bucket.NEEDS_REVIEW: "Need you",
    Bucket.CANNOT_SEE: "Can’t be seen yet",
    Bucket.IN_MODERATION: "In moderation",
    Bucket.NOT_DUE: "Not due",
}


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many students stand so; `now` None where no rule is in force yet."""

    what: str
    now: int | None
    then: int


@dataclass(frozen=True, slots=True)
class ChangedStudent:
    student: Student
    says: str


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Students who change from one to the other; their icon is "" where it is the grade that changes."""

    before: Cell
    after: Cell
    students: tuple[ChangedStudent, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    says: str
    rows: tuple[CountRow, ...]
    groups: tuple[ChangeGroup, ...]


def show_preview(session: Session, course_id: int, comparison: Comparison) -> PreviewPage:
    """Rows add up to the class; the largest group comes first, names in the order of the register."""
    students = {one.enrollment_id: one for one in load_students(session, course_id)}
    verdicts = [change.verdict for change in comparison.changes if change.verdict is not None]
    phrasing = load_phrasing(session, session.get_one(Course, course_id), verdicts)
    groups = grouped(
        (
            _shown(change.before, change.after),
            ChangedStudent(students[change.enrollment_id], _say(change, phrasing)),
        )
        for change in comparison.changes
        if change.enrollment_id in students
    )
    return PreviewPage(
        says=say_comparison(comparison),
        rows=tuple(
            CountRow(
                WORDS[one], None if comparison.now is None else comparison.now[one], comparison.then[one]
            )
            for one in Bucket
            if comparison.then[one] or (comparison.now or {}).get(one)
        ),
        groups=tuple(
            ChangeGroup(before, after, tuple(sorted(some, key=lambda one: fold(one.student.sort_name))))
            for (before, after), some in sorted(groups.items(), key=lambda item: -len(item[1]))
        ),
    )


def _shown(before: StudentResult, after: StudentResult) -> tuple[Cell, Cell]:
    """The whole of it; where that looks the same, the grade, else the first requirement that changes."""
    was, now = (show(summarize([one.state for one in each.verdicts])) for each in (before, after))
    if was != now:
        return was, now
    grades = _grade(before), _grade(after)
    if grades[0] != grades[1]:
        return Cell(was.state, grades[0], ""), Cell(now.state, grades[1], "")
    known = {one.requirement: one for one in before.verdicts}
    for one in after.verdicts:
        old = known.get(one.requirement)
        if old is not None and old.state is not one.state:
            return show(Summary(old.state)), show(Summary(one.state))
        if old is not None and old.credit != one.credit:
            return _percent(old), _percent(one)
    return was, now


def _say(change: StudentChange, phrasing: Phrasing) -> str:
    return _grade(change.after) if change.verdict is None else say_verdict(change.verdict, phrasing)


def _grade(standing: StudentResult) -> str:
    return say_standing(standing.score.points, standing.outcome)


def _percent(verdict: Verdict) -> Cell:
    return replace(show(Summary(verdict.state)), word=say_percent(verdict.credit))
