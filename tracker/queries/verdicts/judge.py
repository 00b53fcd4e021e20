"""A course's verdicts, judged afresh from its facts as of an instant; nothing is written.

Tested in tests/jobs/verdicts/test_grading_scenarios.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.grade import Judgment
from tracker.grading.judging.credit import judge_student
from tracker.models import Course
from tracker.queries import coursework as queries
from tracker.queries.verdicts.facts import load_course_facts


@dataclass(frozen=True)
class Judged:
    """One student's judgment for one assignment."""

    assignment: queries.AssignmentRow
    enrollment_id: int
    judgment: Judgment


Cell = tuple[int, int]
"""(assignment, enrollment)"""


def judge_course(
    session: Session,
    course_id: int,
    as_of: datetime,
    *,
    enrollment_ids: Collection[int] | None = None,
    cells: Collection[Cell] | None = None,
) -> Iterator[Judged]:
    """Judge all (or some) students of a course as of an instant. Writes nothing. `cells`: these only."""
    course = session.get_one(Course, course_id)
    assignments = queries.load_assignments(session, course_id)
    if cells is not None:
        assignments = [row for row in assignments if row.id in {cell[0] for cell in cells}]
        enrollment_ids = {cell[1] for cell in cells}
    if not assignments:
        return
    facts = load_course_facts(session, course_id, [row.id for row in assignments], enrollment_ids)
    for row in assignments:
        for enrollment_id in facts.student_ids:
            if cells is not None and (row.id, enrollment_id) not in cells:
                continue
            student = facts.of_student(row.id, row.terms, enrollment_id)
            judgment = judge_student(row.terms, student, facts.sights, facts.class_sights, as_of, course.zone)
            yield Judged(row, enrollment_id, judgment)
