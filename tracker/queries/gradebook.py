"""The gradebook as it is handed out: what a person recorded, else what the rule proposes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.grade import Score, State, Verdict
from tracker.grading.score import propose
from tracker.grading.terms_document import terms_from_document
from tracker.queries.coursework import load_assignments
from tracker.queries.grades import RecordedGrade, load_recorded_grades
from tracker.queries.standing import Student, load_states, load_students

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


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
    states = load_states(session, course_id, section_ids)
    recorded = load_recorded_grades(session, course_id)
    asked = [(row.id, terms_from_document(row.document)) for row in assignments]
    lines = []
    for student in load_students(session, course_id, section_ids):
        grades = []
        for assignment_id, terms in asked:
            key = (assignment_id, student.enrollment_id)
            if key in recorded:
                grades.append(_grade(recorded[key]))
            else:
                grades.append(_grade(propose(terms, _verdicts(states.get(key, {})))))
        lines.append(GradebookLine(student, tuple(grades)))
    return Gradebook(tuple(terms.title for _, terms in asked), tuple(lines))


def _grade(grade: Score | RecordedGrade) -> Decimal | bool | None:
    points = grade.points if isinstance(grade, Score) else grade.value
    return grade.satisfactory if points is None else points


def _verdicts(states: dict[str, State]) -> list[Verdict]:
    """Stored states as verdicts; a proposal looks at nothing else of them."""
    return [Verdict(key, state, "", "", _NO_TIME) for key, state in states.items()]
