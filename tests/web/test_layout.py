"""The bar and the foot of the pages, and errors as pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import COURSE, Cast, sign_in
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.models import Course, Enrollment, Run
from tracker.web.access import public

PAGE = f"/courses/{COURSE}/students/invitations"


@pytest.mark.parametrize(("who", "count"), [("instructor", 2), ("assistant", 1)])
def test_the_bar_counts_what_waits_for_this_person(
    app: Flask, client: FlaskClient, cast: Cast, who: str, count: int
) -> None:
    """A comment of Noor's (section 1) waits, the date of one of Bart's (section 2), and one is settled; what
    decides nobody's standing is not counted."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        post, asked = make.add_post(make.add_blog()), make.add_assignment(course)
        people = [db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id)]
        for student, state in zip(people, ("in_review", "date_questionable"), strict=True):
            make.add_verdict(asked, student, "comment-1", state)
            make.add_verdict(asked, student, "comment-2", "met")
        for _ in range(3):
            make.add_linkage(course, make.add_comment(post), candidates=people[:1])
        db.session.commit()
    sign_in(client, getattr(cast, who))
    assert f'<span class="count">{count}<' in client.get(PAGE).text


def test_the_foot_says_zone_and_last_check(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        started = make.NOW - timedelta(hours=5, minutes=45)
        ended = started + timedelta(minutes=16)
        db.session.add(Run(trigger="timer", started_at=started, ended_at=ended, due=477, done=477))
        db.session.add(Run(trigger="button", started_at=make.NOW, ended_at=make.NOW, due=1, done=1))
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(PAGE).text
    assert "Times are course time, America/Chicago" in page
    assert "Last check: Mon, Oct 26, 2:15 AM CDT to 2:31 AM, 477 feeds." in page


def test_names_are_shown_and_never_run(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        make.add_enrollment(course, name="<script>alert(1)</script> O'Hara")
        db.session.commit()
    sign_in(client, cast.instructor)
    page = client.get(PAGE).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(NotFoundError("There is no such thing."), 404, id="not there"),
        pytest.param(ConflictError("Somebody changed it."), 409, id="changed in the meantime"),
        pytest.param(TrackerError("Write it like this."), 400, id="can be put right"),
    ],
)
def test_an_error_a_person_can_act_on_is_said_in_its_own_words(
    own_app: Flask, error: TrackerError, status: int
) -> None:
    def fail() -> str:
        raise error

    own_app.add_url_rule("/fail", "fail", public(fail))
    client = own_app.test_client()
    answer = client.get("/fail")
    assert answer.status_code == status
    assert str(error) in answer.text


def test_an_error_of_ours_shows_a_page_and_no_details(own_app: Flask) -> None:
    def fail() -> str:
        raise ZeroDivisionError("secret detail")

    own_app.add_url_rule("/fail", "fail", public(fail))
    client = own_app.test_client()
    own_app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/fail")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "secret detail" not in answer.text
