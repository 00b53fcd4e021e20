"""One grade opened to say something about it: who was faster, what may be said, the row that says it.

Tested in tests/jobs/grades/test_grade_student.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.grade import Score
from tracker.domain.record import GradeKind, GradeRecord
from tracker.grading.recording import in_hundredths
from tracker.jobs.audit import record as audit
from tracker.jobs.lookup import find_student
from tracker.jobs.transaction import one_at_a_time
from tracker.models import Course, GradeDecision
from tracker.queries.coursework import AssignmentRow, load_assignments
from tracker.queries.grade_records import load_all_records, load_words, without_words
from tracker.wording.grades import say_value, say_who_was_faster

MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class OpenGrade:
    """One student and one assignment, or a part of it, opened to say something about it."""

    course_id: int
    row: AssignmentRow
    terms: AssignmentTerms
    enrollment_id: int
    record: GradeRecord
    part: str | None = None


def open_grade(
    session: Session, course_id: int, key: str, enrollment_id: int, act: Act, part: str | None = None
) -> OpenGrade:
    """Open the grade of a part, or (None) of the whole, to say something about it. ConflictError when another
    person said something of either since `seen`; NotFoundError when the part is not graded by itself."""
    row = find_assignment(session, course_id, key)
    find_student(session, course_id, enrollment_id)
    one_at_a_time(session, f"grades:{row.id}")
    found = load_all_records(session, course_id, assignment_key=key, enrollment_ids={enrollment_id})
    records = found.get((row.id, enrollment_id)) or without_words(row.terms)
    opened = OpenGrade(course_id, row, row.terms, enrollment_id, records.of(part), part)
    if opened.record.latest != (act.seen or 0):
        _refuse_if_others_spoke(session, opened, act)
    return opened


def _refuse_if_others_spoke(session: Session, opened: OpenGrade, act: Act) -> None:
    """One's own later words are no reason to stop: a button pressed twice, a second window."""
    others = session.scalars(
        select(GradeDecision.id).where(
            GradeDecision.assignment_id == opened.row.id,
            GradeDecision.enrollment_id == opened.enrollment_id,
            GradeDecision.id > (act.seen or 0),
            GradeDecision.by_user_id.is_distinct_from(act.by),
        )
    ).all()
    if not others:
        return
    words = load_words(session, opened.course_id, opened.row.id, opened.enrollment_id)
    last = next(word for word in reversed(words) if word.number in set(others))
    raise ConflictError(say_who_was_faster(last, session.get_one(Course, opened.course_id).locale))


def say(session: Session, opened: OpenGrade, kind: GradeKind, act: Act, **values: Any) -> GradeDecision:
    before = opened.record.grade
    row = row_of(opened, kind, act, **values)
    session.add(row)
    session.flush()
    was = None if before is None else _codes(before.value, before.satisfactory, before.number)
    after = {
        "assignment": opened.row.id,
        "enrollment": opened.enrollment_id,
        "part": row.part,
        "undoes": row.undoes_id,
        **_codes(row.value, row.satisfactory, row.id),
    }
    audit(session, act, f"grade-{kind}", "grade", row.id, course_id=opened.course_id, before=was, after=after)
    return row


def row_of(opened: OpenGrade, kind: GradeKind, act: Act, **values: Any) -> GradeDecision:
    proposal = opened.record.proposal
    return GradeDecision(
        assignment_id=opened.row.id,
        enrollment_id=opened.enrollment_id,
        kind=kind.value,
        by_user_id=act.by,
        at=act.now,
        proposed_value=in_hundredths(proposal.points),
        proposed_satisfactory=proposal.satisfactory,
        terms_version=opened.row.version,
        part=opened.part,
        **values,
    )


def _codes(value: Decimal | None, satisfactory: bool | None, number: int) -> dict[str, Any]:
    points = None if value is None else say_value(value)
    return {"value": points, "satisfactory": satisfactory, "decision": number}


def proposed_grade(proposal: Score, part: str | None) -> dict[str, Any]:
    """The columns of an accepted proposal; of a part also what it adds to the whole, exactly."""
    exact = None if part is None or proposal.exact is None else str(proposal.exact)
    return {
        "value": in_hundredths(proposal.points),
        "satisfactory": proposal.satisfactory,
        "exact": exact,
    }


def find_assignment(session: Session, course_id: int, key: str) -> AssignmentRow:
    rows = load_assignments(session, course_id, key)
    if not rows:
        raise NotFoundError("There is no such assignment in this course.")
    return rows[0]


def checked_points(
    value: Decimal | None, satisfactory: bool | None, points: Decimal | None
) -> Decimal | None:
    """Points as they can be recorded. TrackerError with a sentence for the person who typed them."""
    if points is None:
        if value is not None:
            raise TrackerError("This assignment has no points. Choose satisfactory or not yet.")
        if satisfactory is None:
            raise TrackerError("Choose satisfactory or not yet.")
        return None
    if value is None:
        raise TrackerError(f"Enter how many of the {say_value(points)} points.")
    if not value.is_finite() or value < 0:
        raise TrackerError("Enter a number of points, 0 or more.")
    if value > points:
        raise TrackerError(f"{say_value(value)} is more than the maximum of {say_value(points)} points.")
    if value != in_hundredths(value):
        raise TrackerError("Use at most two decimals.")
    return in_hundredths(value)


def checked_levels(terms: AssignmentTerms, levels: Mapping[str, str] | None) -> dict[str, str]:
    """Criterion -> level as chosen; nothing that the rubric does not have."""
    known = {criterion.key: {level.key for level in criterion.levels} for criterion in terms.rubric}
    chosen = {key: level for key, level in (levels or {}).items() if level}
    for key, level in chosen.items():
        if level not in known.get(key, ()):
            raise TrackerError("The rubric changed in the meantime. Choose its levels again.")
    return chosen


def checked_words(text: str, *, if_none: str = "") -> str:
    """Words as they can be kept. `if_none` says what is wrong where some are needed."""
    words = text.strip()
    if if_none and not words:
        raise TrackerError(if_none)
    if len(words) > MOST_WORDS:
        raise TrackerError(f"Use at most {MOST_WORDS} characters. You entered {len(words)}.")
    return words


def taken_back(session: Session, ids: Collection[int]) -> set[int]:
    undone = select(GradeDecision.undoes_id).where(GradeDecision.undoes_id.in_(sorted(ids)))
    return {one for one in session.scalars(undone) if one is not None}
