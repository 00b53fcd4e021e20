"""The grades that a student may see: those released to them, as they stand; nothing that is for staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.grading.rules.document import terms_from_document
from tracker.models import Enrollment
from tracker.queries.coursework import load_assignments
from tracker.queries.grade_records import load_records
from tracker.wording.grades import say_grade, say_value


@dataclass(frozen=True, slots=True)
class ReleasedGrade:
    """`grade` in words ("9.5 of 10", "satisfactory"), `words` those that staff left for the student."""

    grade: str
    released_at: datetime
    words: str = ""


def load_released(session: Session, enrollment: Enrollment) -> dict[str, ReleasedGrade]:
    """Assignment's key -> the grade released to this student; three questions."""
    points: dict[int, tuple[str, Decimal | None]] = {
        row.id: (row.key, terms_from_document(row.document).points)
        for row in load_assignments(session, enrollment.course_id)
    }
    found = {}
    records = load_records(session, enrollment.course_id, enrollment_ids={enrollment.id})
    for (assignment_id, _), record in records.items():
        grade = record.shown_to_student
        if grade is None or record.released is None:
            continue
        key, of = points[assignment_id]
        says = say_grade(grade.value, grade.satisfactory)
        if grade.value is not None and of is not None:
            says += f" of {say_value(of)}"
        found[key] = ReleasedGrade(says, record.released.at, record.released.reason)
    return found
