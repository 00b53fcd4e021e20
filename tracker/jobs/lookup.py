"""Students by their enrollment, if they are of the course.

Tested in tests/jobs/review/test_decisions.py.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFoundError
from tracker.models import Enrollment


def find_student(session: Session, course_id: int, enrollment_id: int) -> Enrollment:
    student = session.get(Enrollment, enrollment_id)
    if student is None or student.course_id != course_id or student.role != "student":
        raise NotFoundError("That student is not enrolled in this course.")
    return student
