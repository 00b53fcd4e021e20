"""The gradebook: what a person recorded comes before what the rule proposes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.classroom import Classroom, fill
from tests.support.queries import counted_queries
from tracker.extensions import db
from tracker.models import GradeDecision
from tracker.queries.verdicts.gradebook import load_gradebook


def _grades(room: Classroom, sections: set[int] | None = None) -> dict[int, tuple[Any, ...]]:
    found = load_gradebook(db.session(), room.course.id, sections)
    return {line.student.enrollment_id: line.grades for line in found.lines}


def _decide(room: Classroom, n: int, **values: Any) -> GradeDecision:
    made = GradeDecision(
        **{
            "assignment_id": room.assignments[0].id,
            "enrollment_id": room.students[n].id,
            "kind": "override",
            "at": make.NOW,
            **values,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


def test_all_met_is_proposed_as_satisfactory_and_undecided_as_nothing(context: Flask) -> None:
    room = fill(make.add_course(), students=9, assignments=2)
    grades = _grades(room)
    assert grades[room.students[0].id] == (True, True), "the summary of the newest round is in"
    assert grades[room.students[1].id] == (True, None), "its summary is not due yet"
    assert grades[room.students[8].id] == (True, None), "its comments are in review"


def test_part_not_found_is_proposed_as_not_yet(context: Flask) -> None:
    room = fill(make.add_course(), students=7, assignments=1)
    assert _grades(room)[room.students[6].id] == (False,)


def test_points_are_proposed_where_the_rule_has_them(context: Flask) -> None:
    course = make.add_course()
    student = make.add_enrollment(course)
    rule = make.terms(summary=None, points=Decimal("7.5"))
    made = make.add_assignment(course, "c4t-1", rule)
    for requirement in ("comment-1", "comment-2"):
        make.add_verdict(made, student, requirement, "met")
    (line,) = load_gradebook(db.session(), course.id).lines
    assert line.grades == (Decimal("7.5"),)


@pytest.mark.one_database
def test_excuse_is_no_grade_and_lacks_nothing_in_the_total(context: Flask) -> None:
    course = make.add_course(settings={"totals": {"required": ["c4t-1"], "passed": "A"}})
    student = make.add_enrollment(course)
    made = make.add_assignment(course, "c4t-1", make.terms(points=Decimal(10)))
    for requirement in ("comment-1", "comment-2", "summary"):
        make.add_verdict(made, student, requirement, "excused")
    (line,) = load_gradebook(db.session(), course.id).lines
    assert (line.grades, line.total) == ((None,), "A")


def test_recorded_grade_stands_whatever_the_rule_proposes(context: Flask) -> None:
    room = fill(make.add_course(), students=2, assignments=1)
    _decide(room, 0, satisfactory=False)
    _decide(room, 1, value=Decimal("3.25"))
    grades = _grades(room)
    assert grades[room.students[0].id] == (False,)
    assert grades[room.students[1].id] == (Decimal("3.25"),)


def test_undone_decision_gives_the_proposal_back(context: Flask) -> None:
    room = fill(make.add_course(), students=1, assignments=1)
    decided = _decide(room, 0, satisfactory=False)
    _decide(room, 0, kind="undo", undoes_id=decided.id)
    assert _grades(room)[room.students[0].id] == (True,)


def test_assistant_takes_own_sections_only(context: Flask) -> None:
    room = fill(make.add_course(), students=6, assignments=1)
    own = room.sections[0].id
    assert set(_grades(room, {own})) == {one.id for one in room.students if one.section_id == own}


def test_questions_asked_do_not_grow_with_the_class(context: Flask) -> None:
    asked = {}
    for key, students, assignments in (("few", 15, 2), ("many", 150, 2), ("long", 15, 12)):
        room = fill(make.add_course(key), students=students, assignments=assignments)
        course_id = room.course.id
        with counted_queries() as sent:
            load_gradebook(db.session(), course_id)
        asked[key] = len(sent)
    assert len(set(asked.values())) == 1
    assert asked["few"] <= 5
