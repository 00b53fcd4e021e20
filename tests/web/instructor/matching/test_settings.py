"""How we match: a course's signs and thresholds, previewed on all comments before they are saved."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import Cast, post, sign_in
from tracker.extensions import db
from tracker.jobs.matching.rematch import rematch_course
from tracker.models import Course, Enrollment, Linkage
from tracker.queries.matching.match_inputs import load_signs

HERE = "/courses/edt320/matching"
FIELDS = {
    "words": "EDT 320\n\nEDT 320",
    "staff_names": "Pia Achterberg",
    "course_blog": "http://edt320.blogspot.com/",
    "one_in": "512",
    "accept_at": "90",
    "review_at": "2",
    "learns": "y",
}

pytestmark = pytest.mark.one_database


@pytest.fixture
def comment(app: Flask, cast: Cast) -> int:
    """Signed with Noor's full name on the blog given to her: linked by the rules alone."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor = db.session.get_one(Enrollment, cast.student_id)
        blog = make.add_blog("Room Fourteen")
        make.follow(course, blog)
        make.allocate(make.add_assignment(course), noor, blog)
        number = make.add_comment(make.add_post(blog), f"{noor.given_name} {noor.family_name}").id
        db.session.commit()
        rematch_course(cast.course_id, make.NOW)
        return number


def verdict(app: Flask, comment_id: int) -> str:
    with app.app_context():
        return db.session.scalars(select(Linkage.verdict).where(Linkage.comment_id == comment_id)).one()


def test_a_change_is_previewed_first_and_then_saved(
    app: Flask, client: FlaskClient, cast: Cast, comment: int
) -> None:
    assert verdict(app, comment) == "accept"
    sign_in(client, cast.instructor)
    assert 'value="512"' in client.get(HERE).text
    fields = {**FIELDS, "one_in": "100000"}
    page = post(client, HERE, **fields).text
    assert "1 comment would be matched differently" in page
    assert "1 now matched automatically, then waiting for a person" in page
    assert "Nothing is saved yet." in page
    assert "after: waiting for a person." in page.partition("Affected comments")[2]
    assert 'aria-current="page">Review' in page
    assert verdict(app, comment) == "accept"
    post(client, HERE, **fields, save="y")
    assert verdict(app, comment) == "review"
    page = client.get(HERE).text
    assert "Saved. 1 comment is now matched differently and 2 requirements changed." in page
    assert 'value="100000"' in page
    with app.app_context():
        signs = load_signs(db.session(), cast.course_id)
    assert (signs.words, signs.staff_names) == (("EDT 320",), ("Pia Achterberg",))
    assert signs.accept_at == 0.90


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        pytest.param("accept_at", "50", "Enter a number from 80 to 99.99.", id="too sure of too little"),
        pytest.param(
            "review_at", "0", "Enter a number from 0.1 to 50.", id="everybody asked about everything"
        ),
        pytest.param("one_in", "1", "Enter a number from 8 to 100,000.", id="no prior at all"),
        pytest.param("one_in", "many", "Not a valid integer value", id="not a number"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused(
    client: FlaskClient, cast: Cast, name: str, value: str, says: str
) -> None:
    sign_in(client, cast.instructor)
    answer = post(client, HERE, **{**FIELDS, name: value, "save": "y"})
    assert (answer.status_code, says in answer.text) == (422, True)


def test_staff_of_single_sections_cannot_change_how_all_are_matched(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.assistant)
    assert client.get(HERE).status_code == 404
