"""Similar text, side by side, with the numbers of PRODUCT S10. Names and texts are invented."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import Cast, sign_in
from tests.support.queries import counted_queries
from tracker.extensions import db
from tracker.models import Comment, Course, Enrollment, Post

HERE = "/courses/edt320/review/similar-text"
FIRST = make.DUE - timedelta(days=9)

pytestmark = pytest.mark.one_database


def words(first: int, count: int) -> str:
    return " ".join(f"w{n}" for n in range(first, first + count))


TWICE, SAID = words(0, 85), words(200, 79)
LIKE_IT = words(900, 6) + " " + words(206, 73)
POST, OWN = words(400, 100), words(600, 30)
INTRODUCTION = "I am a student in EDT 320 at Harlan State."


class Room:
    """Two students' comments on posts of one blog."""

    def __init__(self, cast: Cast) -> None:
        self.course = db.session.get_one(Course, cast.course_id)
        self.course.words = ["EDT 320", "Harlan State"]
        self.noor, self.bart = (
            db.session.get_one(Enrollment, one) for one in (cast.student_id, cast.other_student_id)
        )
        blog = make.add_blog()
        make.follow(self.course, blog)
        self.one, self.other = (
            make.add_post(blog, "Chalk"),
            make.add_post(blog, "Tides", html=f"<p>{POST}</p>"),
        )

    def say(self, who: Enrollment, post: Post, text: str, *, days: int = 0) -> Comment:
        comment = make.add_comment(
            post, "Noor", f"<p>{INTRODUCTION} {text}</p>", posted_at=FIRST + timedelta(days=days)
        )
        make.add_linkage(self.course, comment, who)
        return comment


@pytest.fixture
def said(app: Flask, cast: Cast) -> None:
    with app.app_context():
        room = Room(cast)
        room.say(room.noor, room.one, TWICE)
        room.say(room.noor, room.other, TWICE, days=1)
        room.say(room.noor, room.one, SAID, days=2)
        like = room.say(room.bart, room.one, LIKE_IT, days=4)
        room.say(room.bart, room.other, f"{words(400, 70)}. {OWN}", days=5)
        make.add_verdict(make.add_assignment(room.course), room.bart, comment_id=like.id)
        make.add_assignment(room.course, "c4t-3")
        db.session.commit()


def test_the_three_kinds_are_shown_with_what_both_texts_have(
    client: FlaskClient, cast: Cast, said: None
) -> None:
    sign_in(client, cast.instructor)
    page = client.get(HERE).text
    assert "3 pairs of similar texts." in page
    assert '<b class="strong">92 %</b> of its five-word phrases' in page
    assert f"{words(900, 6)} <mark>{words(206, 73)}</mark>" in page
    assert f"<mark>{TWICE}</mark>" in page
    assert '<b class="strong">70 %</b> of its words are quoted or pasted from the post' in page
    assert f"<mark>{words(400, 70)}</mark>. {OWN}" in page
    assert INTRODUCTION not in page


def test_assignment_shows_its_own_comments_only(client: FlaskClient, cast: Cast, said: None) -> None:
    sign_in(client, cast.instructor)
    page = client.get(f"{HERE}?assignment=c4t-2").text
    assert "1 pair of similar texts in" in page
    assert "92 %" in page
    assert "No similar texts in" in client.get(f"{HERE}?assignment=c4t-3").text
    assert client.get(f"{HERE}?assignment=nothing").status_code == 404


def test_nobody_kept_to_a_section_sees_the_page(client: FlaskClient, cast: Cast, said: None) -> None:
    sign_in(client, cast.assistant)
    assert client.get(HERE).status_code == 404
    assert "review/similar-text" not in client.get("/courses/edt320/review").text


def test_review_page_leads_here(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    assert HERE in client.get("/courses/edt320/review").text
    assert "No similar texts." in client.get(HERE).text


def test_questions_asked_do_not_grow_with_the_texts(
    app: Flask, client: FlaskClient, cast: Cast, said: None
) -> None:
    sign_in(client, cast.instructor)
    asked = []
    for more in (0, 6):
        with app.app_context():
            room = Room(cast)
            for n in range(more):
                room.say(room.noor, make.add_post(room.one.blog), words(3000 + 90 * n, 20), days=n)
            db.session.commit()
        with app.app_context(), counted_queries() as sent:
            assert client.get(HERE).status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_page_is_part_of_the_review(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.instructor)
    assert re.search(r'<a [^>]*href="/courses/edt320/review"[^>]* aria-current', client.get(HERE).text)
