"""Many grades at once: exactly those that are certain, counted, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.states import State
from tracker.extensions import db
from tracker.jobs.grades import grade_round, grade_student
from tracker.models import Assignment, AuditEntry, Course, Enrollment, GradeDecision, RequirementVerdict
from tracker.queries.grade_records import load_records
from tracker.queries.grades.grade_round import digest_of

S1 = (("met", "met", 124), ("met", "not_found_yet", 9), ("not_found_yet", "not_found_yet", 6),
      ("met", "in_review", 4), ("met", "cannot_see", 6), ("met", "in_moderation", 1))  # fmt: skip
"""PRODUCT S1: how the comments of 150 students stand, the summaries being in."""
SMALL = tuple((first, second, max(1, number // 25)) for first, second, number in S1)
KEY = "c4t-2"


def _class(course: Course, standing: Sequence[tuple[str, str, int]]) -> tuple[Assignment, list[Enrollment]]:
    sections = [make.add_section(course, name) for name in ("1", "2")]
    assignment = make.add_assignment(course)
    people: list[Enrollment] = []
    rows: list[RequirementVerdict] = []
    for first, _, number in standing:
        for n in range(number):
            people.append(
                Enrollment(
                    course_id=course.id, role="student", given_name="Noor", family_name=f"{first} {n}",
                    external_id=f"x{len(people)}", created_at=make.NOW,
                    section_id=sections[len(people) % 2].id,
                )
            )  # fmt: skip
    db.session.add_all(people)
    db.session.flush()
    states = [states for *states, number in standing for _ in range(number)]
    for student, (first, second) in zip(people, states, strict=True):
        for key, state in (("comment-1", first), ("comment-2", second), ("summary", "met")):
            rows.append(
                RequirementVerdict(
                    assignment_id=assignment.id, enrollment_id=student.id, requirement=key, state=state,
                    reason=make.REASONS[State(state)][0], due_at=make.DUE, terms_version=1,
                    rules_version="test", as_of=make.NOW, credit=Decimal(100 if state == "met" else 0),
                )
            )  # fmt: skip
    db.session.add_all(rows)
    db.session.commit()
    return assignment, people


def _recorded(course_id: int) -> int:
    return sum(one.grade is not None for one in load_records(db.session(), course_id).values())


def test_the_round_that_works_accepts_124_at_once_and_leaves_26(context: Flask) -> None:
    """PRODUCT S1, with its exact numbers."""
    course = make.add_course()
    _class(course, S1)
    report = grade_round.accept_certain(course.id, KEY, Act(make.NOW))
    assert report.count == 124
    assert _recorded(course.id) == 124
    again = grade_round.accept_certain(course.id, KEY, Act(make.NOW))
    assert again.count == 0, "running it again changes nothing"
    lacking = grade_round.accept_certain(course.id, KEY, Act(make.NOW), satisfactory=False)
    assert lacking.count == 15, "9 with one comment found and 6 with none"
    assert _recorded(course.id) == 139, "4 in review, 6 unseen and 1 held stay open"


def test_bulk_is_taken_back_as_a_whole_but_for_what_was_said_since(context: Flask) -> None:
    course = make.add_course()
    assignment, people = _class(course, SMALL)
    report = grade_round.accept_certain(course.id, KEY, Act(make.NOW))
    first = people[0].id
    seen = load_records(db.session(), course.id)[assignment.id, first].latest
    grade_student.override(
        course.id, KEY, first, Act(make.NOW, seen=seen), satisfactory=False, reason="Copied."
    )
    undone = grade_round.undo_batch(course.id, report.batch, Act(make.NOW + timedelta(minutes=1)))
    assert undone.count == report.count == 4
    records = load_records(db.session(), course.id)
    assert [who for (_, who), one in records.items() if one.grade is not None] == [first]
    with pytest.raises(ConflictError, match="already undone"):
        grade_round.undo_batch(course.id, report.batch, Act(make.NOW))
    with pytest.raises(NotFoundError):
        grade_round.undo_batch(course.id, "", Act(make.NOW))


@pytest.mark.one_database
def test_class_that_changed_since_the_page_was_made_is_not_accepted_blindly(context: Flask) -> None:
    course = make.add_course()
    assignment, people = _class(course, SMALL)
    records = load_records(db.session(), course.id)
    shown = {one.id: records[assignment.id, one.id] for one in people[:4]}
    seen = digest_of(shown)
    row = db.session.scalars(
        select(RequirementVerdict).where(RequirementVerdict.enrollment_id == people[0].id)
    ).first()
    assert row is not None
    row.state = "in_review"
    db.session.commit()
    with pytest.raises(ConflictError, match="changed after you opened this page"):
        grade_round.accept_certain(course.id, KEY, Act(make.NOW), expected=seen)
    row.state = "met"
    db.session.commit()
    assert grade_round.accept_certain(course.id, KEY, Act(make.NOW), expected=seen).count == 4


@pytest.mark.one_database
def test_grade_set_by_hand_is_left_alone_by_the_bulk(context: Flask) -> None:
    course = make.add_course()
    assignment, people = _class(course, SMALL)
    grade_student.override(
        course.id, KEY, people[0].id, Act(make.NOW, seen=0), satisfactory=False, reason="Copied."
    )
    assert grade_round.accept_certain(course.id, KEY, Act(make.NOW)).count == 3
    grade = load_records(db.session(), course.id)[assignment.id, people[0].id].grade
    assert grade is not None
    assert grade.satisfactory is False


@pytest.mark.one_database
def test_release_shows_all_that_is_recorded_and_can_be_taken_back_at_once(context: Flask) -> None:
    course = make.add_course()
    _class(course, SMALL)
    grade_round.accept_certain(course.id, KEY, Act(make.NOW))
    report = grade_round.release_all(course.id, KEY, Act(make.NOW), words="Thank you all.")
    shown = [one.released for one in load_records(db.session(), course.id).values() if one.shown_to_student]
    assert report.count == len(shown) == 4
    assert {one.reason for one in shown if one is not None} == {"Thank you all."}
    grade_round.undo_batch(course.id, report.batch, Act(make.NOW))
    assert not any(one.shown_to_student for one in load_records(db.session(), course.id).values())


@pytest.mark.one_database
def test_assistant_speaks_for_own_sections_only_and_dropped_students_are_left_out(context: Flask) -> None:
    course = make.add_course()
    _, people = _class(course, SMALL)
    people[0].is_active = False
    db.session.commit()
    own = {people[0].section_id or 0}
    report = grade_round.accept_certain(course.id, KEY, Act(make.NOW), section_ids=own)
    rows = db.session.scalars(select(GradeDecision)).all()
    assert [row.enrollment_id for row in rows] == [people[2].id]
    elsewhere = {people[1].section_id or 0}
    with pytest.raises(NotFoundError):
        grade_round.undo_batch(course.id, report.batch, Act(make.NOW), section_ids=elsewhere)


@pytest.mark.one_database
def test_one_entry_in_the_log_stands_for_all_of_them(context: Flask) -> None:
    course = make.add_course()
    _class(course, SMALL)
    report = grade_round.accept_certain(course.id, KEY, Act(make.NOW))
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.after) == ("grades-accept", {"batch": report.batch, "count": 4})


@pytest.mark.one_database
def test_points_are_accepted_as_the_rule_has_them(context: Flask) -> None:
    course = make.add_course()
    student = make.add_enrollment(course)
    assignment = make.add_assignment(course, rule=make.terms(points=Decimal("7.5")))
    for key in ("comment-1", "comment-2", "summary"):
        make.add_verdict(assignment, student, key)
    db.session.commit()
    grade_round.accept_certain(course.id, KEY, Act(make.NOW))
    grade = load_records(db.session(), course.id)[assignment.id, student.id].grade
    assert grade is not None
    assert grade.value == Decimal("7.5")
