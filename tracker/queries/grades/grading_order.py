"""From one student of a round to the next: in the order of the roster, and in that of who needs a person.

Tested in tests/web/instructor/grades/test_grade_student.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.domain.record import GRADES
from tracker.models import Course, Enrollment, GradeDecision
from tracker.queries.class_standing import GradedUnit, Student, in_sections, load_students
from tracker.queries.grades.attention import Need, Needs, load_open, load_undecided
from tracker.queries.standings import load_standings
from tracker.wording.grades import say_grade
from tracker.wording.sentences import Phrasing


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a page stands in the round. `place` counts from 1 among those waiting, None outside of
    them; the enrollments before and after are None at the ends."""

    waiting: tuple[Need, ...]
    place: int | None
    next_waiting: int | None
    before: int | None
    after: int | None
    number: int
    students: int


_UNDO = aliased(GradeDecision)


def load_steps(
    session: Session,
    course_id: int,
    unit: GradedUnit,
    enrollment_id: int,
    section_ids: Collection[int] | None = None,
) -> Steps:
    """The steps from one student to the next in what gets one grade; the same few questions for any class."""
    students = load_students(session, course_id, section_ids)
    waiting = load_waiting(session, course_id, unit, students, section_ids)
    ids = [one.student.enrollment_id for one in waiting]
    people = [one.enrollment_id for one in students]
    place = ids.index(enrollment_id) + 1 if enrollment_id in ids else None
    here = people.index(enrollment_id) if enrollment_id in people else None
    return Steps(
        waiting=tuple(waiting),
        place=place,
        next_waiting=_next(ids, place),
        before=people[here - 1] if here else None,
        after=people[here + 1] if here is not None and here + 1 < len(people) else None,
        number=0 if here is None else here + 1,
        students=len(people),
    )


def load_waiting(
    session: Session,
    course_id: int,
    unit: GradedUnit,
    students: Sequence[Student],
    section_ids: Collection[int] | None = None,
) -> list[Need]:
    """Who of these needs a person, as the course page has it: those that settle most first."""
    assignment_id = unit.columns[0].assignment_id
    standings = load_standings(session, course_id, section_ids, assignment_id)
    opened = [one for one in load_open(session, course_id, section_ids) if one.assignment_id == assignment_id]
    phrasing = Phrasing(session.get_one(Course, course_id).locale)  # questions name no blog
    needs = Needs(opened, students, standings, load_undecided(session, course_id), phrasing)
    found: dict[int, Need] = {}
    for need in needs.find(unit.columns):
        found.setdefault(need.student.enrollment_id, need)
    return list(found.values())


def _next(ids: Sequence[int], place: int | None) -> int | None:
    """The one after this place, else from the beginning; None when only this one waits."""
    if place is None:
        return ids[0] if ids else None
    others = [*ids[place:], *ids[: place - 1]]
    return others[0] if others else None


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last decision of a person about a single grade of a round, for the undo button; `part` as of
    `domain.record.GradeWord`."""

    number: int
    part: str | None
    enrollment_id: int
    name: str
    says: str


def load_last(
    session: Session, assignment_id: int, user_id: int, section_ids: Collection[int] | None = None
) -> LastWord | None:
    """The last grade that this person accepted or set, one at a time, and that still stands."""
    found = session.execute(
        select(GradeDecision, Enrollment)
        .join(Enrollment, Enrollment.id == GradeDecision.enrollment_id)
        .outerjoin(_UNDO, _UNDO.undoes_id == GradeDecision.id)
        .where(
            GradeDecision.assignment_id == assignment_id,
            GradeDecision.by_user_id == user_id,
            GradeDecision.kind.in_(GRADES),
            GradeDecision.batch == "",
            _UNDO.id.is_(None),
            in_sections(section_ids),
        )
        .order_by(GradeDecision.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    row, student = found
    name = f"{student.preferred_name or student.given_name} {student.family_name}".strip()
    return LastWord(row.id, row.part, student.id, name, say_grade(row.value, row.satisfactory))
