"""The page on which a course says what its grades make together."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.cast import COURSE, Cast, post, sign_in
from tests.support.classroom import fill
from tracker import clock
from tracker.extensions import db
from tracker.models import Course

PAGE = f"/courses/{COURSE}/totals"
pytestmark = pytest.mark.one_database


@pytest.fixture
def room(app: Flask, cast: Cast) -> None:
    with app.app_context():
        fill(db.session.get_one(Course, cast.course_id), students=9, assignments=2, now=clock.now())


def test_gate_and_mean_are_kept_shown_and_taken_away(
    app: Flask, client: FlaskClient, cast: Cast, room: None
) -> None:
    sign_in(client, cast.instructor)
    assert "This course has no total" in client.get(PAGE).text
    fields = {"required": ["c4t-1", "c4t-2"], "passed": "A", "otherwise": "D", "group-c4t-1": "1"}
    assert (
        post(client, PAGE, **fields, **{"title-1": "C4T", "weight-1": "2", "drop-1": "0"}).status_code == 302
    )
    page = client.get(PAGE).text
    assert "c4t-1 and c4t-2 must be satisfactory, for A; otherwise D." in page
    assert "C4T: the average of c4t-1, weight 2." in page
    assert "A so far" in page
    assert "Total" in client.get(f"/courses/{COURSE}/gradebook.csv").text
    assert post(client, PAGE, passed="", otherwise="").status_code == 302
    assert "This course has no total" in client.get(PAGE).text


def test_what_cannot_be_is_said_with_what_was_typed(
    app: Flask, client: FlaskClient, cast: Cast, room: None
) -> None:
    sign_in(client, cast.instructor)
    answer = post(client, PAGE, **{"group-c4t-1": "1", "title-1": "Weekly", "weight-1": "heavy"})
    assert answer.status_code == 422
    assert "“heavy” is not a whole number" in answer.text
    assert 'value="Weekly"' in answer.text


def test_assistant_kept_to_sections_finds_no_such_page(client: FlaskClient, cast: Cast, room: None) -> None:
    sign_in(client, cast.assistant)
    assert client.get(PAGE).status_code == 404
