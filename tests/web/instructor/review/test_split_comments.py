"""Split comments: suggested, counted as one, counted as two again, and the course's switch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import Cast, post, sign_in
from tracker.extensions import db
from tracker.models import CommentJoin, Course, Enrollment

HERE = "/courses/edt320/review/split-comments"

pytestmark = pytest.mark.one_database


@pytest.fixture
def pair(app: Flask, cast: Cast) -> dict[str, str]:
    """Noor's comment broken off in a sentence, and its end three minutes later, as the form names them."""
    with app.app_context():
        course = db.session.get_one(Course, cast.course_id)
        noor = db.session.get_one(Enrollment, cast.student_id)
        blog = make.add_blog("Room Fourteen")
        make.follow(course, blog)
        where = make.add_post(blog)
        numbers = []
        for minute, text in enumerate(("<p>Chalk on the</p>", "<p>pavement, all of it.</p>")):
            at = make.DUE - timedelta(days=3, minutes=-minute)
            comment = make.add_comment(where, "Noor", text, posted_at=at)
            make.add_linkage(course, comment, noor)
            numbers.append(str(comment.id))
        db.session.commit()
        return {"first": numbers[0], "second": numbers[1]}


def row_id(app: Flask) -> str:
    with app.app_context():
        return str(db.session.scalars(select(CommentJoin.id).order_by(CommentJoin.id.desc())).first())


def test_two_parts_are_counted_as_one_and_as_two_again(
    app: Flask, client: FlaskClient, cast: Cast, pair: dict[str, str]
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "1 comment looks split in two." in page
    assert "Count as one (7 words)" in page
    post(client, HERE, **pair, seen="", say="one")
    page = client.get(HERE).text
    assert "No split comments to decide." in page
    assert '<b class="strong">Counted as one.</b>' in page
    post(client, HERE, **pair, seen=row_id(app), say="two")
    assert '<b class="strong">Counted as two.</b>' in client.get(HERE).text


def test_somebody_elses_word_is_not_overwritten(
    client: FlaskClient, cast: Cast, pair: dict[str, str]
) -> None:
    sign_in(client, cast.instructor)
    post(client, HERE, **pair, seen="", say="two")
    post(client, HERE, **pair, seen="", say="one")
    page = client.get(HERE).text
    assert "Someone decided about these two comments in the meantime" in page
    assert '<b class="strong">Counted as two.</b>' in page


def test_comments_that_do_not_read_as_one_cannot_be_joined(
    client: FlaskClient, cast: Cast, pair: dict[str, str]
) -> None:
    sign_in(client, cast.instructor)
    fields = {"first": pair["second"], "second": pair["first"], "seen": "", "say": "one"}
    assert post(client, HERE, **fields).status_code == 404


def test_the_course_can_count_them_as_one_by_itself_and_a_person_still_parts_them(
    client: FlaskClient, cast: Cast, pair: dict[str, str]
) -> None:
    sign_in(client, cast.instructor)
    post(client, f"{HERE}/switch", HERE, wanted="on")
    page = client.get(HERE).text
    assert "Automatically, by the setting below." in page
    post(client, HERE, **pair, seen="", say="two")
    assert '<b class="strong">Counted as two.</b>' in client.get(HERE).text
    post(client, f"{HERE}/switch", HERE, wanted="off")
    assert "now off" in client.get(HERE).text


def test_staff_of_single_sections_find_no_parts(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.assistant)
    assert client.get(HERE).status_code == 404
