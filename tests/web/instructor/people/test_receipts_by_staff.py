"""Staff save a receipt for a student who sent it by another way; a grader only for the own sections."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.cast import COURSE, Cast, gather, post, sign_in
from tests.support.evening import live_through
from tracker import clock
from tracker.extensions import db
from tracker.models import AuditEntry, Course, Receipt

WORDS = "I would like to try the mural in our corridor."


@pytest.fixture
def cast(app: Flask) -> Cast:
    with app.app_context():
        return gather()


@pytest.fixture
def a_post(app: Flask, cast: Cast) -> str:
    """The address of a post on the evening of a round, Noor's second comment not seen yet."""
    with app.app_context():
        url = live_through(cast, clock.now()).posts[0].url
        db.session.commit()
        return url


def page_of(enrollment_id: int) -> str:
    return f"/courses/{COURSE}/students/{enrollment_id}"


def kept(app: Flask) -> list[Receipt]:
    with app.app_context():
        rows = list(db.session.scalars(select(Receipt)))
        db.session.expunge_all()
        return rows


def seen(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("who", ["instructor", "assistant", "admin"])
def test_staff_save_a_receipt_that_says_so_and_is_audited(
    app: Flask, client: FlaskClient, cast: Cast, a_post: str, who: str
) -> None:
    sign_in(client, getattr(cast, who))
    page = page_of(cast.student_id)
    made = (clock.now() - timedelta(hours=1)).astimezone(ZoneInfo("America/Chicago")).replace(second=0)
    answer = post(
        client,
        f"{page}/receipts",
        page,
        link=a_post,
        text=WORDS,
        made=f"{made:%Y-%m-%dT%H:%M}",
        assignment="c4t-2",
    )
    assert answer.status_code == 302, answer.text
    (receipt,) = kept(app)
    assert (receipt.by_staff, receipt.text) == (True, WORDS)
    assert receipt.made_at == made.replace(microsecond=0)
    text = seen(client.get(page).text)
    assert "Saved by staff" in text
    assert "on time for C4T #2, by the time that staff noted" in text
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "receipt")).one()
        assert (entry.action, entry.subject_id) == ("save-for-student", receipt.id)
        assert WORDS not in str(entry.after)
    other = app.test_client()
    sign_in(other, cast.student)
    assert "Saved by your instructor" in seen(other.get(f"/courses/{COURSE}/me/").text)


def test_grader_saves_none_for_students_of_other_sections(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.assistant)
    mine, others = page_of(cast.student_id), page_of(cast.other_student_id)
    answer = post(client, f"{others}/receipts", mine, link=a_post, text=WORDS)
    assert answer.status_code == 404
    assert kept(app) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param({"link": "nowhere"}, "Paste the post’s address", id="no link"),
        pytest.param({"text": "  "}, "Paste the comment’s text", id="no words"),
        pytest.param({"made": "2099-01-01T10:00"}, "in the future", id="ahead"),
        pytest.param({"made": "last Sunday"}, "last Sunday", id="no time"),
        pytest.param({"assignment": "c4t-99"}, "Not a valid choice", id="other assignment"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(
    app: Flask, client: FlaskClient, cast: Cast, fields: dict[str, str], says: str
) -> None:
    sign_in(client, cast.instructor)
    page = page_of(cast.student_id)
    typed = {"link": "http://a.example/post/", "text": WORDS, "made": "2026-10-25T22:11", "assignment": ""}
    typed |= fields
    answer = post(client, f"{page}/receipts", page, **typed)
    assert answer.status_code == 422
    assert says in answer.text
    for name in ("link", "text", "made"):
        assert typed[name].strip() in answer.text
    assert "<details open>" in answer.text
    assert kept(app) == []


def test_course_that_is_over_takes_none(app: Flask, client: FlaskClient, cast: Cast, a_post: str) -> None:
    sign_in(client, cast.instructor)
    page = page_of(cast.student_id)
    with app.app_context():
        db.session.get_one(Course, cast.course_id).archived_at = clock.now()
        db.session.commit()
    assert "Save one for them" not in client.get(page).text
    answer = post(client, f"{page}/receipts", "/courses", link=a_post, text=WORDS)
    assert answer.status_code == 409
    assert kept(app) == []
