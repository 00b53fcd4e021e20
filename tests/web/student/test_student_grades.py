"""A student sees a grade once it is released, with the words meant for them and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import COURSE, Cast, sign_in
from tracker.domain.act import Act
from tracker.domain.record import ExceptionKind
from tracker.extensions import db
from tracker.jobs.grades import exceptions, grade_student
from tracker.models import Course, Enrollment
from tracker.queries.grade_records import load_records

PAGE = f"/courses/{COURSE}/me/"


@pytest.mark.one_database
def test_grade_is_seen_once_released_without_notes_and_reasons(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    def act() -> Act:
        records = load_records(db.session(), cast.course_id, enrollment_ids={cast.student_id})
        return Act(make.NOW, seen=max(one.latest for one in records.values()))

    key = "c4t-2"
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        made = make.add_assignment(course, key, make.terms(points=Decimal(10)))
        make.add_verdict(made, db.session.get_one(Enrollment, cast.student_id), "comment-1")
        db.session.commit()
        who = (cast.course_id, key, cast.student_id)
        grade_student.note(*who, act(), text="Ask the tutor.")
        grade_student.override(
            *who, act(), value=Decimal("9.5"), satisfactory=True, reason="Was in hospital."
        )
    sign_in(client, cast.student)
    assert "Grade:" not in client.get(PAGE).text
    with app.app_context():
        number = grade_student.release(*who, act(), words="Well argued.")
    page = client.get(PAGE).text
    assert "Grade: 9.5 of 10" in page
    assert "Well argued." in page
    assert "hospital" not in page
    assert "tutor" not in page
    with app.app_context():
        grade_student.undo(cast.course_id, number, act())
    assert "Grade:" not in client.get(PAGE).text


@pytest.mark.one_database
def test_why_something_was_taken_as_done_is_for_staff_only(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        make.add_assignment(db.session.get_one(Course, cast.course_id))
        db.session.commit()
        exceptions.grant(
            cast.course_id,
            "c4t-2",
            cast.student_id,
            ExceptionKind.SUBSTITUTE,
            Act(make.NOW),
            reason="A note from the hospital.",
        )
    sign_in(client, cast.student)
    page = client.get(PAGE).text
    assert page.count("Counts") >= 3
    assert "hospital" not in page
