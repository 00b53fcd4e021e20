"""When a blog was last checked: one definition, and every page that says it goes by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support import factories as make
from tests.support.cast import COURSE, gather, sign_in
from tracker.domain.feed import FeedKind
from tracker.domain.locale import CourseLocale
from tracker.domain.missing_comment import Question
from tracker.extensions import db
from tracker.models import Assignment, Blog, Course, Enrollment, Feed, Poll, Run
from tracker.queries.blogs.blog_page import load_blog
from tracker.queries.blogs.board import load_board
from tracker.queries.blogs.explain_rows import load_held
from tracker.queries.checks import load_checks, load_last_run
from tracker.queries.course.dashboard import load_dashboard
from tracker.queries.grades.why import load_why
from tracker.queries.status.student_status import load_status
from tracker.queries.verdicts.facts import load_sights
from tracker.wording.times import say_instant

LOCALE = CourseLocale(ZoneInfo("America/Chicago"))
NOW = make.NOW
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Scene:
    """A student's round on a WordPress blog with many feeds, and their class blog.

    The comments were read whole six hours ago; since then the blog said "not modified" and, last, did not
    answer on the feed of one post. Feeds of single posts, of a receipt's page and of the blog's posts were
    read at other times, and one that ended is long past.
    """

    course: Course
    student: Enrollment
    assignment: Assignment
    blog: Blog
    class_blog: Blog


COMMENTS_AT, ANSWERED_AT, POSTS_AT = NOW - 6 * HOUR, NOW - HOUR, NOW - 2 * HOUR
CLASS_POSTS_AT = NOW - 3 * HOUR


def add_poll(run: Run, feed: Feed, at: datetime, outcome: str) -> None:
    db.session.add(Poll(run_id=run.id, feed_id=feed.id, at=at, outcome=outcome, seconds=0.1))


@pytest.fixture
def scene(context: Flask) -> Scene:
    course = make.add_course()
    student = make.add_enrollment(course, name="Noor Haddad")
    blog, class_blog = make.add_blog("Half Past Recess"), make.add_blog("Noor Writes")
    make.follow(course, blog)
    make.follow(course, class_blog, role="class-blog")
    nightly = Run(trigger="nightly", started_at=COMMENTS_AT, ended_at=COMMENTS_AT + HOUR, due=4, done=4)
    button = Run(trigger="button", started_at=ANSWERED_AT, ended_at=ANSWERED_AT, due=1, done=1)
    db.session.add_all([nightly, button])
    comments = make.add_feed(blog, fully_checked_at=COMMENTS_AT, next_poll_at=NOW + HOUR)
    ended = make.add_feed(blog, fully_checked_at=NOW - timedelta(days=30))
    ended.ended_at = NOW - timedelta(days=29)
    one_post = make.add_feed(blog, "post-comments", fully_checked_at=NOW - 20 * HOUR)
    page = make.add_feed(blog, "page", fully_checked_at=None)
    page.from_receipt = True
    make.add_feed(blog, "posts", fully_checked_at=POSTS_AT)
    make.add_feed(class_blog, "posts", fully_checked_at=CLASS_POSTS_AT)
    make.add_feed(class_blog, fully_checked_at=NOW - 50 * HOUR)
    db.session.flush()
    add_poll(nightly, comments, COMMENTS_AT, "ok")
    add_poll(button, comments, ANSWERED_AT, "not-modified")
    add_poll(button, comments, COMMENTS_AT - HOUR, "not-modified")
    add_poll(button, one_post, NOW - HOUR / 2, "error")
    one_post.state.failing_since = NOW - HOUR / 2
    one_post.state.failures = 1
    assignment = make.add_assignment(course)
    make.allocate(assignment, student, blog)
    make.add_verdict(assignment, student, "comment-1", "not_found_yet", evidence={"blog_ids": [blog.id]})
    make.add_verdict(
        assignment,
        student,
        "summary",
        "not_due",
        due_at=NOW + timedelta(days=7),
        evidence={"blog_ids": [class_blog.id]},
    )
    db.session.commit()
    return Scene(course, student, assignment, blog, class_blog)


def said(at: datetime) -> str:
    return say_instant(at, LOCALE)


def test_all_pages_agree_on_the_last_full_check_of_a_blog_s_comments(scene: Scene) -> None:
    session, course_id = db.session(), scene.course.id
    held = load_held(session, course_id, Question(""), now=NOW, blog_id=scene.blog.id)
    (line,) = load_board(session, course_id, NOW).lines
    comment_sights, _ = load_sights(session, course_id)
    assert held.blog is not None
    assert {
        "board": line.seen.fully_checked_at,
        "blog": load_blog(session, course_id, scene.blog, NOW).seen.fully_checked_at,
        "missing comment": held.blog.fully_checked_at,
        "verdicts": comment_sights[scene.blog.id].fully_checked_at,
        "student": load_checks(session, [scene.blog.id])[0][scene.blog.id].last_full_check,
    } == dict.fromkeys(("board", "blog", "missing comment", "verdicts", "student"), COMMENTS_AT)
    why = load_why(session, course_id, scene.student.id, scene.assignment.key)
    assert why is not None
    checks = {check.blog_id: check.says for check in why.checks}
    assert checks[scene.blog.id] == f"Last full check {said(COMMENTS_AT)}."


def test_all_pages_agree_on_the_last_full_check_of_a_class_blog_s_posts(scene: Scene) -> None:
    session, course_id = db.session(), scene.course.id
    (line,) = load_board(session, course_id, NOW, "class-blog").lines
    _, post_sights = load_sights(session, course_id)
    assert line.seen.fully_checked_at == CLASS_POSTS_AT
    assert load_blog(session, course_id, scene.class_blog, NOW).seen.fully_checked_at == CLASS_POSTS_AT
    assert post_sights[scene.class_blog.id].fully_checked_at == CLASS_POSTS_AT
    why = load_why(session, course_id, scene.student.id, scene.assignment.key)
    assert why is not None
    checks = {check.blog_id: check.says for check in why.checks}
    assert checks[scene.class_blog.id] == f"Last full check {said(CLASS_POSTS_AT)}."


def test_a_student_is_told_the_last_answer_of_the_blog(scene: Scene) -> None:
    """WordPress says "not modified" although comments may have come: an answer, and no full check."""
    check = load_checks(db.session(), [scene.blog.id])[0][scene.blog.id]
    assert (check.last_answer, check.last_full_check) == (ANSWERED_AT, COMMENTS_AT)
    page = load_status(db.session(), scene.student.id, NOW)
    assert page.round is not None
    assert page.round.looked == "Last checked at 7:00 AM, next check at 9:00 AM."
    assert [card.looked for card in page.round.cards if card.key == "summary"] == [
        "Your class blog was last checked at 5:00 AM, next check soon."
    ]


def test_a_failing_main_feed_is_failing_everywhere_with_the_same_last_full_check(scene: Scene) -> None:
    main = next(feed for feed in scene.blog.feeds if feed.kind == FeedKind.COMMENTS and not feed.ended_at)
    main.state.failing_since, main.state.failures = NOW - HOUR / 2, 1
    db.session.commit()
    session, course_id = db.session(), scene.course.id
    (line,) = load_board(session, course_id, NOW).lines
    sight = load_sights(session, course_id)[0][scene.blog.id]
    check = load_checks(session, [scene.blog.id])[0][scene.blog.id]
    assert line.health.word == "No response last time"
    assert sight.failing_since == check.failing_since == NOW - HOUR / 2
    assert line.seen.fully_checked_at == sight.fully_checked_at == check.last_full_check == COMMENTS_AT
    assert not check.is_seen


def test_a_feed_that_ended_counts_only_where_no_other_is_left(scene: Scene) -> None:
    for feed in scene.blog.feeds:
        feed.ended_at = NOW
    db.session.commit()
    check = load_checks(db.session(), [scene.blog.id])[0][scene.blog.id]
    assert check.last_full_check == NOW - timedelta(days=30)


def test_a_feed_that_was_never_read_leaves_its_blog_unchecked(scene: Scene) -> None:
    make.add_feed(scene.blog, fully_checked_at=None)
    db.session.commit()
    check = load_checks(db.session(), [scene.blog.id])[0][scene.blog.id]
    assert (check.last_full_check, check.last_answer, check.is_seen) == (None, None, False)


def test_course_page_and_foot_say_the_same_run(app: Flask, client: FlaskClient) -> None:
    """Also while one is under way, and although somebody pressed a button since."""
    with app.app_context():
        cast = gather()
        course = db.session.get_one(Course, cast.course_id)
        db.session.add_all(
            [
                Run(trigger="nightly", started_at=NOW - 30 * HOUR, ended_at=NOW - 29 * HOUR, due=9, done=9),
                Run(trigger="nightly", started_at=NOW - 6 * HOUR, ended_at=NOW - 5 * HOUR, due=9, done=8),
                Run(trigger="button", started_at=NOW - HOUR, ended_at=NOW - HOUR, due=1, done=1),
            ]
        )
        db.session.commit()
        last = load_dashboard(db.session(), course.id, NOW).checks.last
    assert last == f"Last check: {said(NOW - 6 * HOUR)} to 3:00 AM, 8 feeds."
    sign_in(client, cast.instructor)
    assert last in client.get(f"/courses/{COURSE}/blogs").text


def test_a_button_s_run_is_the_last_one_where_there_was_no_other(context: Flask) -> None:
    assert load_last_run(db.session()) is None
    db.session.add(Run(trigger="button", started_at=NOW, ended_at=NOW, due=3, done=3))
    db.session.commit()
    found = load_last_run(db.session())
    assert found is not None
    assert found.done == 3
