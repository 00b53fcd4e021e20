"""A course's total is kept in its settings and stands in the gradebook, only where it is wanted."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from tests.support import factories as make
from tests.support.classroom import Classroom, fill
from tracker.domain.act import Act
from tracker.domain.errors import TrackerError
from tracker.extensions import db
from tracker.jobs.grades import grade_student
from tracker.jobs.grades.export_gradebook import export_gradebook
from tracker.jobs.verdicts.totals import set_totals
from tracker.models import Course
from tracker.queries.verdicts.gradebook import load_student_grades

pytestmark = pytest.mark.one_database


@pytest.fixture
def room(context: Flask) -> Classroom:
    """Nine students with two rounds: the older is met by all, the newer open or not found."""
    return fill(make.add_course(settings={"learns": True}), students=9, assignments=2)


def _rows(course_id: int) -> list[list[str]]:
    made = export_gradebook(course_id, Act(make.NOW))
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))


def test_without_a_rule_there_is_no_column(room: Classroom) -> None:
    assert _rows(room.course.id)[0][3:] == ["C4T #1", "C4T #2"]


def test_gate_over_all_bundles_stands_in_the_last_column(room: Classroom) -> None:
    set_totals(room.course.id, {"required": "all", "passed": "A", "otherwise": "D"}, Act(make.NOW))
    rows = _rows(room.course.id)
    assert rows[0][3:] == ["C4T #1", "C4T #2", "Total"]
    by_number = {row[1]: row[3:] for row in rows[1:]}
    assert by_number["edt320-0"] == ["satisfactory", "satisfactory", "A"]
    assert by_number["edt320-1"] == ["satisfactory", "", "A so far"]
    assert by_number["edt320-6"] == ["satisfactory", "not yet", "D: c4t-2 not yet"]


def test_grade_that_a_person_set_counts_in_the_total(room: Classroom) -> None:
    set_totals(room.course.id, {"required": "all", "passed": "A"}, Act(make.NOW))
    who = room.students[6].id
    grade_student.override(
        room.course.id, "c4t-2", who, Act(make.NOW, seen=0), satisfactory=True, reason="Seen in class."
    )
    said, total, rule = load_student_grades(db.session(), room.course.id, who)
    assert said == {"c4t-1": "satisfactory proposed", "c4t-2": "satisfactory, recorded"}
    assert total == "A"
    assert rule == "c4t-1 and c4t-2 must be satisfactory, for A; otherwise D."


def test_rule_is_kept_beside_the_other_settings_and_cleared_alone(room: Classroom) -> None:
    set_totals(room.course.id, {"required": "all"}, Act(make.NOW))
    kept = db.session.get_one(Course, room.course.id).settings
    assert kept == {"learns": True, "totals": {"required": ["c4t-1", "c4t-2"]}}
    with pytest.raises(TrackerError, match="no assignment c4t-9"):
        set_totals(room.course.id, {"required": ["c4t-9"]}, Act(make.NOW))
    set_totals(room.course.id, None, Act(make.NOW))
    assert db.session.get_one(Course, room.course.id).settings == {"learns": True}
