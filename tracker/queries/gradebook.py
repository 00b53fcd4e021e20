"""The gradebook as it is handed out: what a person recorded, else what the rule proposes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.record import GradeRecord
from tracker.grading.recording import in_hundredths
from tracker.queries.coursework import load_assignments
from tracker.queries.grades import load_records
from tracker.queries.standing import Student, load_students


@dataclass(frozen=True, slots=True)
class GradebookLine:
    """A student's grades in the order of the assignments; None while nothing is proposed."""

    student: Student
    grades: tuple[Decimal | bool | None, ...]


@dataclass(frozen=True, slots=True)
class Gradebook:
    assignments: tuple[str, ...]
    lines: tuple[GradebookLine, ...]


def load_gradebook(session: Session, course_id: int, section_ids: Collection[int] | None = None) -> Gradebook:
    """Recorded grades, else proposed ones from the stored verdicts, of these sections (None: all).

    Assignments stand in the order in which they were made, students by family name.
    """
    assignments = load_assignments(session, course_id)
    records = load_records(session, course_id, section_ids=section_ids)
    lines = [
        GradebookLine(
            student,
            tuple(_grade(records.get((row.id, student.enrollment_id))) for row in assignments),
        )
        for student in load_students(session, course_id, section_ids)
    ]
    return Gradebook(tuple(row.title for row in assignments), tuple(lines))


def _grade(record: GradeRecord | None) -> Decimal | bool | None:
    if record is None:
        return None
    if record.grade is not None:
        return record.grade.satisfactory if record.grade.value is None else record.grade.value
    points = in_hundredths(record.proposal.points)
    return record.proposal.satisfactory if points is None else points
