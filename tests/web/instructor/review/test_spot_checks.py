"""Spot checks: drawn by a button, marked one by one, for staff who see the whole course."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import Cast, post, sign_in
from tracker import clock
from tracker.extensions import db
from tracker.models import AcceptSample, Course, Enrollment

HERE = "/courses/edt320/review/spot-checks"


@pytest.fixture
def accepted(app: Flask, cast: Cast) -> None:
    """One automatic answer a week ago."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        blog = make.add_blog("Room Fourteen")
        make.follow(course, blog)
        then = clock.now() - timedelta(days=7)
        words = make.add_comment(make.add_post(blog), "Noor", "<p>Chalk.</p>", first_seen_at=then)
        make.add_linkage(course, words, db.session.get_one(Enrollment, cast.student_id))
        db.session.commit()


@pytest.mark.one_database
@pytest.mark.usefixtures("accepted")
def test_sample_is_drawn_marked_and_counted(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    assert "No spot check for last week yet" in client.get(HERE).text
    post(client, f"{HERE}/draw", HERE)
    page = client.get(HERE).text
    assert "0 of 1 checked." in page
    assert "Chalk." in page
    assert "Noor Haddad-Lindström" in page
    with app.app_context():
        number = db.session.scalars(select(AcceptSample.id)).one()
    post(client, HERE, sample=str(number), seen="", mark="wrong")
    assert "1 of 1 checked, 1 incorrect." in client.get(HERE).text
    post(client, HERE, sample=str(number), seen="", mark="right")
    page = client.get(HERE).text
    assert "Someone marked this match in the meantime" in page
    assert "1 of 1 checked, 1 incorrect." in page


@pytest.mark.one_database
@pytest.mark.usefixtures("accepted")
def test_the_latest_week_drawn_is_shown_here_as_on_the_course_page_and_others_are_kept(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    with app.app_context():
        for week in ("2025-W40", "2025-W41"):
            comment = make.add_comment(make.add_post(make.add_blog()), "Noor", f"<p>Of {week}.</p>")
            make.add_linkage(
                db.session.get_one(Course, cast.course_id),
                comment,
                db.session.get_one(Enrollment, cast.student_id),
            )
            drawn = AcceptSample(
                course_id=cast.course_id, week=week, place=1, comment_id=comment.id,
                enrollment_id=cast.student_id, rules_version="test", drawn_at=make.NOW,
            )  # fmt: skip
            db.session.add(drawn)
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "in the week of Mon, Oct 6" in page
    assert "Of 2025-W41." in page
    assert "Start last week’s spot check" in page
    assert "Of 2025-W40." in client.get(f"{HERE}?week=2025-W40").text
    assert "Of 2025-W41." in client.get(f"{HERE}?week=none").text


@pytest.mark.one_database
@pytest.mark.parametrize("person", ["assistant", "student"])
def test_staff_of_single_sections_and_students_find_no_sample(
    client: FlaskClient, cast: Cast, person: str
) -> None:
    sign_in(client, getattr(cast, person))
    assert client.get(HERE).status_code == 404
