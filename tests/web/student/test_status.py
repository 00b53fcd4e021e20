"""The student's own page as its reader has it: signed in, with a real form and token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import factories as make
from tests.support.cast import Cast, gather, post, sign_in
from tests.support.evening import live_through
from tracker import clock
from tracker.domain.locale import CourseLocale
from tracker.extensions import db
from tracker.models import Course, Enrollment, Post, Receipt
from tracker.wording.times import say_instant

ME = "/courses/edt320/me/"
SAVE = "/courses/edt320/me/receipts"
WORDS = "I would like to try the mural in our corridor."


@dataclass(frozen=True)
class Story:
    """Noor is signed in; half an hour ago the job checked the blog given to her and to Bart."""

    client: FlaskClient
    cast: Cast
    post_id: int
    post_url: str
    bart_post_url: str

    def page(self, url: str = ME) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200
        return answer.text

    def save(self, **fields: object) -> str:
        answer = post(self.client, SAVE, ME, **fields)
        assert answer.status_code == 302, answer.text
        return self.page(answer.location)


@pytest.fixture
def story(app: Flask, client: FlaskClient) -> Story:
    with app.app_context():
        cast = gather()
        evening = live_through(cast, clock.now())
        newest, older, _ = evening.posts
        words = make.add_comment(
            older, "Bartholomew", "<p>Only Bart.</p>", posted_at=evening.now - timedelta(days=2)
        )
        make.add_linkage(evening.course, words, evening.bart)
        evening.judge(evening.now - timedelta(minutes=20))
        told = Story(client, cast, newest.id, newest.url, words.permalink)
        db.session.remove()
    sign_in(client, cast.student)
    return told


def receipts(app: Flask, enrollment_id: int) -> list[Receipt]:
    with app.app_context():
        rows = db.session.scalars(select(Receipt).where(Receipt.enrollment_id == enrollment_id)).all()
        db.session.expunge_all()
        return list(rows)


def seen(page: str) -> str:
    """What a reader sees: without tags, blanks run together."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_page_opens_with_the_answer_the_evidence_and_the_receipt(story: Story) -> None:
    text = seen(story.page())
    order = [
        "C4T #2",
        "Kia Ora, Room Nine",
        "One comment counts. One has not been seen yet.",
        "Last checked",
        "Comment 1 Counts 71 words,",
        "“Twenty-two ways to say sorry”",
        "Comment 2, on another post Not seen yet Left it already?",
        "Save a receipt",
        "Summary post on your class blog",
        "The assignment’s rule Write two comments on two different posts",
    ]
    places = [text.find(one) for one in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_page_says_nothing_of_other_students(story: Story) -> None:
    page = story.page()
    for word in ("Bart", "Featherstonehaugh", "Robin", "Tallis", "Wren", story.bart_post_url):
        assert word not in page


def test_page_paints_nothing_red_and_scolds_nobody(story: Story) -> None:
    page = story.page()
    assert not re.search(r"danger|s-trouble|btn-danger", page)
    assert not re.search(r"\b(missing|failed|invalid|flagged|violation)\b", seen(page).lower())


def test_each_student_sees_their_own_verdicts(app: Flask, story: Story) -> None:
    other = app.test_client()
    sign_in(other, story.cast.other_student)
    page = other.get(ME).text
    assert "What the caretaker knows" in page
    assert "“Twenty-two ways to say sorry”" not in page
    assert "Noor" not in page


@pytest.mark.parametrize(
    "person", ["instructor", "assistant", "admin", "outsider", "other_instructor"], ids=str
)
def test_whoever_is_no_student_of_the_course_finds_nothing(app: Flask, story: Story, person: str) -> None:
    other = app.test_client()
    sign_in(other, getattr(story.cast, person))
    assert other.get(ME).status_code == 404


def test_who_is_not_signed_in_is_asked_to(app: Flask, story: Story) -> None:
    answer = app.test_client().get(ME)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_receipt_for_an_offered_post_is_saved_shown_and_said_with_its_time(app: Flask, story: Story) -> None:
    before = clock.now()
    page = story.save(post=str(story.post_id), text=WORDS)
    (kept,) = receipts(app, story.cast.student_id)
    assert (kept.url, kept.text) == (story.post_url, WORDS)
    assert before <= kept.saved_at <= clock.now()
    saved = say_instant(kept.saved_at, CourseLocale(ZoneInfo("America/Chicago")))
    text = seen(page)
    assert f"Receipt saved, {saved}." in text
    assert f"“ {WORDS} ”" in text
    assert "Saved; not checked since" in text
    assert "One counts for now." in text


def test_receipt_for_another_post_goes_by_its_link(app: Flask, story: Story) -> None:
    page = story.save(post="other", link="https://elsewhere.example/a-post/", text=WORDS)
    (kept,) = receipts(app, story.cast.student_id)
    assert kept.url == "https://elsewhere.example/a-post/"
    assert "not on a blog this course follows" in page
    assert "Not on a blog we follow" in page


def test_same_receipt_again_keeps_the_first_time_and_says_so(app: Flask, story: Story) -> None:
    story.save(post=str(story.post_id), text=WORDS)
    page = story.save(post=str(story.post_id), text=WORDS)
    assert "You already saved this receipt," in page
    assert len(receipts(app, story.cast.student_id)) == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param(
            {"post": "other", "link": "nowhere", "text": WORDS},
            "Paste the post’s address",
            id="no-address",
        ),
        pytest.param({"post": "other", "text": WORDS}, "Paste the post’s address", id="no-link"),
        pytest.param(
            {"post": "other", "link": "javascript:alert(1)", "text": WORDS},
            "Paste the post’s address",
            id="script",
        ),
        pytest.param({"post": "999999", "text": WORDS}, "Paste the post’s address", id="post-not-on-offer"),
    ],
)
def test_link_that_leads_nowhere_is_asked_for_again_and_the_text_stays(
    app: Flask, story: Story, fields: dict[str, str], says: str
) -> None:
    answer = post(story.client, SAVE, ME, **fields)
    assert answer.status_code == 422
    assert says in answer.text
    assert f">{WORDS}</textarea>" in answer.text
    assert fields.get("link", "") in answer.text
    assert re.search(r'<details class="receipt" id="receipt" open>', answer.text)
    assert not receipts(app, story.cast.student_id)


@pytest.mark.parametrize("text", ["", "   \n "], ids=["empty", "blank"])
def test_receipt_without_words_is_asked_for_them_and_the_link_stays(
    app: Flask, story: Story, text: str
) -> None:
    link = "https://elsewhere.example/a-post/"
    answer = post(story.client, SAVE, ME, post="other", link=link, text=text)
    assert answer.status_code == 422
    assert "Paste the text of your comment too" in answer.text
    assert f'value="{link}"' in answer.text
    assert not receipts(app, story.cast.student_id)


def test_receipt_without_the_token_is_refused(app: Flask, story: Story) -> None:
    answer = story.client.post(SAVE, data={"post": str(story.post_id), "text": WORDS})
    assert answer.status_code == 400
    assert not receipts(app, story.cast.student_id)


def test_receipt_cannot_be_saved_for_somebody_else(app: Flask, story: Story) -> None:
    story.save(
        post=str(story.post_id), text=WORDS, enrollment_id=story.cast.other_student_id, saved_at="2020-01-01"
    )
    assert not receipts(app, story.cast.other_student_id)


def test_what_was_written_is_shown_as_text_never_as_a_page(story: Story) -> None:
    page = story.save(post=str(story.post_id), text="<script>alert(1)</script> and more")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; and more" in page


def test_another_round_can_be_opened_and_leads_back(app: Flask, story: Story) -> None:
    with app.app_context():
        course = db.session.get_one(make.Course, story.cast.course_id)
        make.add_assignment(course, "c4t-1", make.terms("C4T #1"))
        db.session.commit()
    assert 'href="/courses/edt320/me/?round=c4t-1"' in story.page()
    page = story.page(f"{ME}?round=c4t-1")
    assert "<b>C4T #1</b>" in page
    assert 'href="/courses/edt320/me/?round=c4t-2"' in page


def test_course_that_asks_nothing_yet_says_so(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        cast = gather()
        db.session.remove()
    sign_in(client, cast.student)
    text = seen(client.get(ME).text)
    assert "No assignments yet." in text
    assert "Save a receipt" in text


def test_archived_course_takes_no_more_receipts(app: Flask, story: Story) -> None:
    with app.app_context():
        db.session.get_one(make.Course, story.cast.course_id).archived_at = clock.now()
        db.session.commit()
    page = story.page()
    assert "One comment counts." in page
    assert "Save a receipt" not in page
    answer = post(story.client, SAVE, ME, post=str(story.post_id), text=WORDS)
    assert "This course is over" in story.page(answer.location)
    assert not receipts(app, story.cast.student_id)


def unmatched(app: Flask, story: Story) -> int:
    """A comment of nobody's on the blog given to Noor, within her window."""
    with app.app_context():
        near = db.session.get_one(Post, story.post_id)
        words = make.add_comment(
            near, "Secret Author", "<p>Chalk on the pavement.</p>", posted_at=clock.now()
        )
        course = db.session.get_one(Course, story.cast.course_id)
        make.add_linkage(course, words, verdict="ignore").reason = "nobody"
        db.session.commit()
        return words.id


@pytest.mark.one_database
def test_unmatched_comment_is_shown_without_its_author_claimed_and_taken_back(
    app: Flask, story: Story
) -> None:
    number = unmatched(app, story)
    page = story.page()
    assert "Did you write this comment on " in page
    assert "Chalk on the pavement." in page
    assert "Secret Author" not in page
    say = f"{ME}comments/{number}"
    post(story.client, say, ME, word="mine")
    assert "You said you wrote this." in story.page()
    post(story.client, say, ME, word="take-back")
    assert "You said you wrote this." not in story.page()


@pytest.mark.one_database
def test_word_about_a_comment_that_is_not_there_for_her_finds_nothing(app: Flask, story: Story) -> None:
    number = unmatched(app, story)
    assert post(story.client, f"{ME}comments/999999", ME, word="mine").status_code == 404
    assert post(story.client, f"{ME}comments/{number}", ME, word="not-mine").status_code == 404
    assert post(story.client, f"{ME}comments/{number}", ME, word="anything").status_code == 404


@pytest.mark.one_database
def test_not_mine_can_be_taken_back(app: Flask, story: Story) -> None:
    with app.app_context():
        student = db.session.get_one(Enrollment, story.cast.student_id)
        course = db.session.get_one(Course, story.cast.course_id)
        words = make.add_comment(db.session.get_one(Post, story.post_id), "Noor", "<p>Chalk.</p>")
        make.add_linkage(course, words, student)
        db.session.commit()
        number = words.id
    say = f"{ME}comments/{number}"
    post(story.client, say, word="not-mine")
    page = story.page()
    assert "Comments you said you didn’t write" in page
    assert page.count('value="take-back"') == 1
    post(story.client, say, ME, word="take-back")
    assert "Comments you said you didn’t write" not in story.page()
