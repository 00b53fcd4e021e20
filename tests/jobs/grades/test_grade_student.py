"""What people say about a grade is kept, all of it, and nobody overwrites what they had not seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tracker.domain.act import Act
from tracker.domain.assignment import Criterion, Level
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.record import GradeKind, GradeRecord
from tracker.extensions import db
from tracker.jobs.grades import grade_student
from tracker.models import AuditEntry, GradeDecision, RequirementVerdict
from tracker.queries.grade_records import load_records
from tracker.wording.grades import say_rule_now

LATER = make.NOW + timedelta(minutes=2)
ASKED = ("comment-1", "comment-2", "summary")


@dataclass(frozen=True)
class Room:
    course_id: int
    assignment_id: int
    student_id: int
    rosa: int
    ifeoma: int

    def record(self) -> GradeRecord:
        return load_records(db.session(), self.course_id)[self.assignment_id, self.student_id]

    def act(self, by: int | None = None, seen: int | None = None) -> Act:
        return Act(make.NOW, self.rosa if by is None else by, self.record().latest if seen is None else seen)

    def accept(self, **said: Any) -> int:
        return grade_student.accept(self.course_id, "c4t-2", self.student_id, self.act(), **said)

    def override(self, value: str | None = "95", **said: Any) -> int:
        values = {
            "value": Decimal(value) if value else None,
            "satisfactory": True,
            "reason": "Talked it over.",
            "act": self.act(),
            **said,
        }
        return grade_student.override(self.course_id, "c4t-2", self.student_id, **values)

    def judge(self, state: str, requirement: str = "comment-2") -> None:
        for row in db.session.scalars(select(RequirementVerdict)):
            if row.requirement == requirement:
                row.state = state
        db.session.commit()


def _room(points: int | None = 100, state: str = "met", rubric: tuple[Criterion, ...] = ()) -> Room:
    course = make.add_course()
    rosa, ifeoma = make.add_user("Rosa Achterberg"), make.add_user("Ifeoma Nwachukwu-Hale")
    student = make.add_enrollment(course)
    rule = make.terms(points=None if points is None else Decimal(points), rubric=rubric)
    assignment = make.add_assignment(course, rule=rule)
    for requirement in ASKED:
        make.add_verdict(assignment, student, requirement, state)
    db.session.commit()
    return Room(course.id, assignment.id, student.id, rosa.id, ifeoma.id)


def test_accepting_records_what_the_rule_proposes_with_its_version(context: Flask) -> None:
    room = _room()
    number = room.accept(seen_proposal="100")
    row = db.session.get_one(GradeDecision, number)
    assert (row.kind, row.value, row.satisfactory, row.by_user_id) == (
        "accept",
        Decimal(100),
        True,
        room.rosa,
    )
    assert (row.proposed_value, row.proposed_satisfactory, row.terms_version) == (Decimal(100), True, 1)
    record = room.record()
    grade = record.grade
    assert grade is not None
    assert (grade.value, grade.by, record.rule_now) == (Decimal(100), "Rosa Achterberg", None)


def test_accepting_twice_is_accepting_once(context: Flask) -> None:
    room = _room()
    assert room.accept() == room.accept()
    assert len(db.session.scalars(select(GradeDecision)).all()) == 1


@pytest.mark.one_database
def test_nothing_is_accepted_while_the_rule_proposes_nothing(context: Flask) -> None:
    room = _room()
    room.judge("in_review")
    with pytest.raises(TrackerError, match="proposes no grade yet"):
        room.accept()


@pytest.mark.one_database
def test_proposal_that_changed_since_the_page_was_made_is_not_accepted_blindly(context: Flask) -> None:
    room = _room()
    room.judge("not_found_yet")
    with pytest.raises(ConflictError, match="The rule now proposes 0, not 100"):
        room.accept(seen_proposal="100")
    assert room.record().grade is None


def test_override_stays_whatever_the_rule_comes_to_say(context: Flask) -> None:
    room = _room()
    room.judge("not_found_yet")
    room.override("95")
    assert room.record().grade is not None
    room.judge("met")
    grade = room.record().grade
    assert grade is not None
    assert (grade.value, grade.kind, grade.reason) == (Decimal(95), GradeKind.OVERRIDE, "Talked it over.")
    assert say_rule_now(room.record()) == "The rule now says 100."


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("said", "says"),
    [
        pytest.param({"reason": "  "}, "Enter a reason", id="no-reason"),
        pytest.param({"value": None}, "how many of the 100 points", id="no-points"),
        pytest.param({"value": Decimal("-1")}, "0 or more", id="below-nothing"),
        pytest.param({"value": Decimal("NaN")}, "0 or more", id="no-number"),
        pytest.param({"value": Decimal(950)}, "950 is more than the maximum of 100", id="a-nought-too-many"),
        pytest.param({"value": Decimal("9.125")}, "two decimals", id="thousandths"),
        pytest.param({"reason": "x" * 501}, "Use at most 500", id="too-long"),
        pytest.param({"levels": {"depth": "good"}}, "rubric changed", id="no-such-level"),
    ],
)
def test_override_that_lacks_something_is_refused_with_a_sentence(
    context: Flask, said: dict[str, Any], says: str
) -> None:
    room = _room()
    with pytest.raises(TrackerError, match=says):
        room.override(**said)
    assert db.session.scalars(select(GradeDecision)).all() == []


@pytest.mark.one_database
def test_assignment_without_points_takes_satisfactory_or_not_yet(context: Flask) -> None:
    room = _room(points=None)
    with pytest.raises(TrackerError, match="has no points"):
        room.override("5")
    with pytest.raises(TrackerError, match="Choose satisfactory or not yet"):
        room.override(None, satisfactory=None)
    room.override(None, satisfactory=False)
    grade = room.record().grade
    assert grade is not None
    assert grade.satisfactory is False


def test_whoever_was_slower_is_told_by_whom_and_writes_nothing(context: Flask) -> None:
    room = _room()
    room.override("95", act=room.act(room.ifeoma))
    with pytest.raises(
        ConflictError, match=r"Ifeoma Nwachukwu-Hale set 95 by hand in the meantime, Mon, Oct 26, 8:00 AM"
    ):
        room.override("60", act=room.act(room.rosa, seen=0))
    grade = room.record().grade
    assert grade is not None
    assert grade.value == Decimal(95)


@pytest.mark.one_database
def test_own_second_window_is_no_second_grader(context: Flask) -> None:
    room = _room()
    first = room.override("95", act=room.act(seen=0))
    assert room.override("95", act=room.act(seen=0)) == first
    room.override("90", act=room.act(seen=0))
    grade = room.record().grade
    assert grade is not None
    assert grade.value == Decimal(90)


def test_of_two_graders_at_one_instant_exactly_one_is_heard(context: Flask) -> None:
    room = _room()
    db.session.remove()
    together = Barrier(2)

    def say(by: int) -> str:
        with context.app_context():
            together.wait(timeout=30)
            try:
                room.override("90" if by == room.rosa else "70", act=room.act(by, seen=0))
            except ConflictError as conflict:
                return str(conflict)
            finally:
                db.session.remove()
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(say, (room.rosa, room.ifeoma)))
    assert answers.count("kept") == 1
    assert any("by hand in the meantime" in one for one in answers)
    assert len(db.session.scalars(select(GradeDecision)).all()) == 1


def test_undo_gives_back_what_stood_before_and_is_a_row_of_its_own(context: Flask) -> None:
    room = _room()
    accepted = room.accept()
    override = room.override("95")
    grade_student.undo(room.course_id, override, room.act())
    grade = room.record().grade
    assert grade is not None
    assert grade.number == accepted
    assert [row.kind for row in db.session.scalars(select(GradeDecision).order_by(GradeDecision.id))] == [
        "accept",
        "override",
        "undo",
    ]
    with pytest.raises(ConflictError, match="already undone"):
        grade_student.undo(room.course_id, override, room.act())


@pytest.mark.one_database
def test_release_needs_a_recorded_grade_and_can_be_taken_back(context: Flask) -> None:
    room = _room()
    with pytest.raises(TrackerError, match="No grade is recorded yet"):
        grade_student.release(room.course_id, "c4t-2", room.student_id, room.act())
    room.accept()
    number = grade_student.release(room.course_id, "c4t-2", room.student_id, room.act(), words="Well done.")
    found = room.record()
    assert found.shown_to_student is not None
    assert found.released is not None
    assert found.released.reason == "Well done."
    grade_student.undo(room.course_id, number, room.act())
    assert room.record().shown_to_student is None


@pytest.mark.one_database
def test_note_is_kept_and_changes_no_grade(context: Flask) -> None:
    room = _room()
    grade_student.note(
        room.course_id, "c4t-2", room.student_id, room.act(), text="Ask about the second blog."
    )
    found = room.record()
    assert [one.reason for one in found.notes] == ["Ask about the second blog."]
    assert found.grade is None
    with pytest.raises(TrackerError, match="Enter a note"):
        grade_student.note(room.course_id, "c4t-2", room.student_id, room.act(), text=" ")


RUBRIC = (
    Criterion("depth", "Depth", (Level("good", "Good", 100), Level("thin", "Thin", 60))),
    Criterion("kind", "Kindness", (Level("good", "Good", 100), Level("curt", "Curt", 50))),
)


@pytest.mark.one_database
def test_levels_of_a_rubric_make_the_grade_that_is_accepted(context: Flask) -> None:
    room = _room(rubric=RUBRIC)
    assert room.record().needs_levels
    with pytest.raises(TrackerError, match="a level in every line"):
        room.accept(levels={"depth": "thin"})
    with pytest.raises(TrackerError, match="rubric changed"):
        room.accept(levels={"depth": "thin", "kind": "sweet"})
    number = room.accept(levels={"depth": "thin", "kind": "good"})
    record = room.record()
    grade = record.grade
    assert grade is not None
    assert (grade.value, grade.levels, record.rule_now) == (
        Decimal(80),
        {"depth": "thin", "kind": "good"},
        None,
    )
    assert not room.record().needs_levels
    assert room.accept(levels={"depth": "thin", "kind": "good"}) == number
    room.accept(levels={"depth": "good", "kind": "good"})
    grade = room.record().grade
    assert grade is not None
    assert grade.value == Decimal(100)


@pytest.mark.one_database
def test_log_says_from_what_to_what_without_names_and_words(context: Flask) -> None:
    room = _room()
    accepted = room.accept()
    override = room.override("95", reason="Noor was in hospital.")
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(one.action, one.subject_id) for one in entries] == [
        ("grade-accept", accepted),
        ("grade-override", override),
    ]
    assert entries[1].before == {"value": "100", "satisfactory": True, "decision": accepted}
    assert entries[1].after is not None
    assert entries[1].after["value"] == "95"
    assert "hospital" not in str(entries[1].after)


@pytest.mark.one_database
def test_other_courses_and_people_do_not_exist(context: Flask) -> None:
    room = _room()
    number = room.accept()
    other = make.add_course("edt110")
    stranger = make.add_enrollment(other)
    db.session.commit()
    act = room.act()
    with pytest.raises(NotFoundError):
        grade_student.accept(room.course_id, "c4t-2", stranger.id, act)
    with pytest.raises(NotFoundError):
        grade_student.accept(room.course_id, "c4t-9", room.student_id, act)
    with pytest.raises(NotFoundError):
        grade_student.undo(other.id, number, act)
