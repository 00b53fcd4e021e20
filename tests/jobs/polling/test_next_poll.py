"""What is remembered after a check, and what it means for the next: real checks of real servers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support import factories as make
from tests.support.blog_server import BlogServer
from tests.support.nights import FEED, NIGHT, comments, course_that_follows, live, state_of, tools
from tracker.domain.assignment import Window
from tracker.domain.feed import FeedKind
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.next_poll import explain_due
from tracker.jobs.polling.poll import run_poll
from tracker.models import (
    Assignment,
    Blog,
    BlogAddress,
    Course,
    Enrollment,
    FeedState,
    Handle,
    RequirementException,
)
from tracker.queries.polling.deadlines import load_deadlines
from tracker.queries.polling.poll_inputs import load_feeds
from tracker.text.addresses import home_key

__all__ = ["tools"]  # a fixture

CHICAGO = ZoneInfo("America/Chicago")
POSTS = "http://room37.example/feed/"
DUE = make.DUE
"""Sunday, October 25, 23:59 in Chicago: the whole minute counts."""
NOON = DUE - timedelta(hours=12)


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        running.set("/comments/feed/", comments(3, 2, 1, at=NOON - 9 * NIGHT))
        yield running


@pytest.fixture
def course(context: Flask) -> Course:
    return course_that_follows(NOON)


def give(course: Course, *, due: datetime = DUE) -> tuple[Assignment, Enrollment]:
    """A round whose comments are due then on the blog; its summaries never."""
    rule = make.terms("C4T #2", Window(due), Window(due + 90 * NIGHT))
    assignment = make.add_assignment(course, "c4t-2", rule)
    student = make.add_enrollment(course)
    make.allocate(assignment, student, db.session.scalars(select(Blog)).one())
    db.session.commit()
    return assignment, student


def check(tools: Tools, at: datetime) -> FeedState:
    run_poll(tools, lambda: at, trigger="test", everything=True)
    return state_of(FEED)


def in_chicago(instants: list[datetime]) -> list[str]:
    return [at.astimezone(CHICAGO).strftime("%a %H:%M") for at in instants]


@pytest.mark.one_database
def test_blog_is_checked_every_half_hour_of_the_deadline_evening(course: Course, tools: Tools) -> None:
    give(course)
    runs = in_chicago(live(tools, NOON, DUE + timedelta(hours=3)))
    assert runs == [
        "Sun 12:00",
        "Sun 20:00", "Sun 20:30", "Sun 21:00", "Sun 21:30",
        "Sun 22:00", "Sun 22:30", "Sun 23:00", "Sun 23:30",
        "Mon 00:15",
        "Mon 02:15",
    ]  # fmt: skip


def test_only_feeds_that_verdicts_rest_on_are_checked_in_the_evening(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    give(course)
    server.set("/feed/", comments(at=NOON).replace(b"Comments for ", b""))
    follow_feed(course.id, POSTS, now=NOON, kind=FeedKind.POSTS)
    check(tools, NOON)
    assert state_of(FEED).next_poll_at == DUE - timedelta(hours=4)
    assert state_of(POSTS).next_poll_at == datetime(2026, 10, 26, 7, 15, tzinfo=UTC)


def test_deadlines_are_those_of_students_extended_or_not(course: Course) -> None:
    assignment, student = give(course)
    blog = db.session.scalars(select(Blog)).one()
    extension = RequirementException(
        assignment_id=assignment.id,
        enrollment_id=student.id,
        kind="extension",
        requirement="comment-2",
        due_at=DUE + NIGHT,
        at=NOON,
    )
    db.session.add(extension)
    db.session.commit()

    def dues(now: datetime) -> list[datetime]:
        return [one.due_at for one in load_deadlines(db.session(), now).get((blog.id, False), ())]

    assert dues(NOON) == [DUE, DUE + NIGHT]
    assert dues(DUE + timedelta(hours=2)) == [DUE + NIGHT]
    assert dues(DUE - 5 * NIGHT) == []
    extension.revoked_at = NOON
    db.session.commit()
    assert dues(NOON) == [DUE]
    course.archived_at = NOON
    db.session.commit()
    assert dues(NOON) == []


def test_summaries_are_due_on_class_blogs(course: Course) -> None:
    _, student = give(course, due=DUE - 30 * NIGHT)
    rule = make.terms("C4T #3", summary=Window(DUE))
    make.add_assignment(course, "c4t-3", rule)
    own = make.add_blog("Noor writes")
    make.follow(course, own, "class-blog")
    key = home_key(own.home_url)
    db.session.add_all(
        [
            BlogAddress(blog_id=own.id, key=key),
            Handle(enrollment_id=student.id, kind="blog", key=key, shown=own.home_url),
        ]
    )
    db.session.commit()
    deadlines = load_deadlines(db.session(), NOON)
    assert {place: [one.title for one in found] for place, found in deadlines.items()} == {
        (own.id, True): ["C4T #3"]
    }


def test_busy_blog_is_checked_twice_while_its_window_passes(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    numbers = range(40, 30, -1)
    server.set("/comments/feed/", comments(*numbers, at=NOON, apart=timedelta(minutes=40)))
    assert check(tools, NOON).next_poll_at == NOON + timedelta(hours=3)  # 10 comments in 6 hours
    unchanged = check(tools, NOON + timedelta(hours=2))
    assert unchanged.next_poll_at == NOON + timedelta(hours=6)  # the same window, 8 hours by now


@pytest.mark.one_database
def test_failing_blog_is_asked_no_more_often_on_a_deadline_evening(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    give(course)
    server.set("/comments/feed/", status=404)
    checks = live(tools, NOON, DUE)
    assert len(checks) <= 7
    waits = [after - before for before, after in pairwise(checks)]
    assert waits[-1] >= timedelta(hours=2)


def test_look_that_the_server_put_off_is_no_failure(course: Course, server: BlogServer, tools: Tools) -> None:
    check(tools, NOON)
    before = state_of(FEED)
    seen = (before.fully_checked_at, before.failures, before.failing_since, before.etag)
    busy = "http://room37.example/other/feed/"
    follow_feed(course.id, busy, now=NOON)
    db.session.execute(update(FeedState).values(next_poll_at=None))
    db.session.commit()
    server.set("/comments/feed/", status=429, headers={"Retry-After": "3300"})
    server.set("/other/feed/", status=429, headers={"Retry-After": "3300"})
    report = run_poll(tools, lambda: NOON + NIGHT, trigger="test")
    assert sorted(poll.outcome for poll in report.polls) == ["error", "skipped"]
    (put_off,) = [poll for poll in report.polls if poll.outcome == "skipped"]
    assert put_off.error == "room37.example:80 asked us to wait until 2026-10-26 17:55 UTC."
    state = state_of(put_off.url)
    assert state.next_poll_at == NOON + NIGHT + timedelta(seconds=3300)
    if put_off.url == FEED:
        assert (state.fully_checked_at, state.failures, state.failing_since, state.etag) == seen
    assert state.failures == 0


@pytest.mark.one_database
def test_plan_made_by_a_clock_that_was_far_ahead_is_not_waited_for(course: Course, tools: Tools) -> None:
    assert check(tools, NOON + 300 * NIGHT).next_poll_at is not None
    report = run_poll(tools, lambda: NOON, trigger="test")
    assert (report.due, state_of(FEED).fully_checked_at) == (1, NOON)


def test_why_each_feed_is_due_is_told(course: Course, server: BlogServer, tools: Tools) -> None:
    give(course)

    def why(at: datetime) -> str:
        (said,) = explain_due(db.session(), load_feeds(db.session()), at).values()
        db.session.rollback()
        return said

    assert why(NOON) == "never checked"
    check(tools, NOON)
    assert why(NOON) == "not due until 2026-10-26 01:00 UTC (deadline evening of C4T #2)"
    server.set("/comments/feed/", status=410)
    check(tools, DUE + timedelta(hours=3))
    assert why(DUE + 2 * NIGHT) == "retry after trouble (number 1)"
    check(tools, DUE + timedelta(hours=27))
    assert why(DUE + 9 * NIGHT) == "weekly check of a blog that is gone"
