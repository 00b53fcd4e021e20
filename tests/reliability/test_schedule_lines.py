"""The lines about when to look, at their numbers: reliability F7, F8, S8 and PRODUCT S15 (health, 410)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.blog_server import BlogServer
from tests.support.nights import (
    FEED,
    NIGHT,
    comments,
    course_that_follows,
    live,
    polls_of,
    state_of,
    tools,
    tools_for,
)
from tracker.domain.assignment import Window
from tracker.domain.blog import HealthLevel
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.poll import run_poll
from tracker.models import Blog, Course, FeedState
from tracker.queries.blogs.board import BlogLine, load_board

__all__ = ["tools"]  # a fixture

pytestmark = pytest.mark.one_database

CHICAGO = ZoneInfo("America/Chicago")
OCT_20 = datetime(2026, 10, 20, 7, 15, tzinfo=UTC)
"""02:15 in Chicago, the course's nightly time."""


def night(number: int) -> datetime:
    """02:15 in Chicago so many days after October 20, in UTC; clocks go back on November 1."""
    local = datetime(2026, 10, 20, 2, 15, tzinfo=CHICAGO) + timedelta(days=number)
    return local.astimezone(UTC)


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        running.set("/comments/feed/", comments(3, 2, 1, at=OCT_20 - 9 * NIGHT))
        yield running


@pytest.fixture
def course(context: Flask) -> Course:
    return course_that_follows(OCT_20 - 5 * NIGHT)


def line(course: Course, at: datetime) -> BlogLine:
    """The blog's line on the health board at an instant."""
    db.session.expire_all()
    (found,) = load_board(db.session(), course.id, at).lines
    db.session.rollback()
    return found


def test_s15_blog_that_is_gone_is_red_from_the_second_night_and_comes_back_by_itself(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    rule = make.terms(comments=Window(OCT_20 + 5 * NIGHT))
    assignment = make.add_assignment(course, rule=rule)
    blog = db.session.scalars(select(Blog)).one()
    for _ in range(4):
        make.allocate(assignment, make.add_enrollment(course), blog)
    db.session.commit()
    live(tools, OCT_20 - NIGHT, OCT_20)
    assert line(course, OCT_20 - timedelta(hours=1)).health.level is HealthLevel.FINE

    server.set("/comments/feed/", status=410)
    live(tools, OCT_20, OCT_20 + NIGHT)
    for hours in (1, 6, 21, 23):  # one failed night, however late in the day
        assert line(course, OCT_20 + timedelta(hours=hours)).health.level is HealthLevel.PARTLY

    live(tools, OCT_20 + NIGHT, OCT_20 + NIGHT + timedelta(hours=1))
    red = line(course, OCT_20 + NIGHT + timedelta(hours=6))
    assert (red.health.level, red.health.word) == (HealthLevel.TROUBLE, "Gone for good")
    assert red.students == 4

    checks = live(tools, night(1) + timedelta(hours=1), night(29) + timedelta(hours=1))
    assert checks == [night(n) for n in (8, 15, 22, 29)]

    server.set("/comments/feed/", comments(4, 3, 2, 1, at=night(30)))
    revived = live(tools, night(29) + timedelta(hours=1), night(36) + timedelta(hours=1))
    assert revived == [night(36)]
    back = line(course, night(36) + timedelta(hours=1))
    assert (back.health.level, back.seen.next_at) == (HealthLevel.FINE, night(37))
    assert polls_of(FEED)[-1].new == 1


def test_f7_f8_failing_blog_is_asked_ever_less_and_never_given_up(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    server.set("/comments/feed/", status=404)
    checks = live(tools, night(0), night(27) + timedelta(hours=1))
    assert server.paths().count("/comments/feed/") == len(checks)
    nights = [check for check in checks if check in {night(n) for n in range(28)}]
    assert nights == [night(n) for n in (*range(14), 20, 27)]
    by_night = Counter(sum(check >= night(n) for n in range(1, 28)) for check in checks)
    assert by_night[0] <= 8
    assert all(by_night[n] <= 1 for n in range(2, 28))

    server.set("/comments/feed/", comments(1, at=OCT_20))
    assert live(tools, night(27) + timedelta(hours=1), night(34) + timedelta(hours=1)) == [night(34)]
    state = state_of(FEED)
    assert (state.next_poll_at, state.failures, state.failing_since) == (night(35), 0, None)


@pytest.mark.parametrize("status", [401, 404, 503])
def test_f7_refusals_back_off_alike_and_end_nothing(
    course: Course, server: BlogServer, tools: Tools, status: int
) -> None:
    server.set("/comments/feed/", status=status)
    checks = live(tools, night(0), night(0) + timedelta(hours=5))
    waits = [after - before for before, after in pairwise(checks)]
    assert waits == sorted(waits)
    assert waits[-1] >= timedelta(hours=1)
    assert server.paths().count("/comments/feed/") == len(checks) <= 6
    assert polls_of(FEED)[0].feed.ended_at is None


def test_f8_refusal_of_one_blog_spares_its_whole_host_for_as_long_as_it_asked(
    context: Flask, server: BlogServer
) -> None:
    course = make.add_course()
    db.session.commit()
    urls = [f"http://room{n}.blogspot.com/feeds/comments/default" for n in range(6)]
    for url in urls:
        follow_feed(course.id, url, now=OCT_20)
    other = "http://elsewhere.example/comments/feed/"
    follow_feed(course.id, other, now=OCT_20)
    server.set("/feeds/comments/default", status=429, headers={"Retry-After": "3300"})
    with tools_for(context, server, FETCH_PER_UPSTREAM=1) as tools:
        first = run_poll(tools, lambda: OCT_20, trigger="test")
        asked = [request.host for request in server.requests]
        early = run_poll(tools, lambda: OCT_20 + timedelta(minutes=10), trigger="test")
    outcomes = {poll.url: poll.outcome for poll in first.polls}
    assert sorted(outcomes[url] for url in urls) == ["error", *["skipped"] * 5]
    assert outcomes[other] == "ok"
    assert sum(host.endswith("blogspot.com") for host in asked) == 1
    assert {poll.error for poll in first.polls if poll.outcome == "skipped"} == {
        "blogspot asked us to wait until 2026-10-20 08:10 UTC."
    }
    assert early.due == 0
    wish = OCT_20 + timedelta(seconds=3300)
    assert {state_of(url).next_poll_at for url in urls} == {wish}
    assert sum(state_of(url).failures for url in urls) == 1


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        pytest.param("1", timedelta(minutes=12), id="less than a minute: the back-off is longer"),
        pytest.param("7200", timedelta(hours=2), id="seconds"),
        pytest.param("99999999999999999999", timedelta(days=7), id="overflow"),
        pytest.param("-5", timedelta(minutes=12), id="negative"),
        pytest.param("in a while", timedelta(minutes=12), id="garbage"),
    ],
)
def test_f8_wish_of_the_server_is_kept_within_a_minute_and_a_week(
    course: Course, server: BlogServer, tools: Tools, text: str, wait: timedelta
) -> None:
    server.set("/comments/feed/", status=429, headers={"Retry-After": text})
    run_poll(tools, lambda: OCT_20, trigger="test")
    planned = state_of(FEED).next_poll_at
    assert planned is not None
    assert wait <= planned - OCT_20 <= wait + timedelta(minutes=3)


@pytest.mark.parametrize(
    "wrong_by",
    [
        pytest.param(timedelta(hours=-1), id="back an hour"),
        pytest.param(timedelta(days=1), id="forward a day"),
        pytest.param(timedelta(days=400), id="forward a year"),
    ],
)
def test_s8_feed_is_checked_again_soon_after_a_clock_was_wrong(
    course: Course, tools: Tools, wrong_by: timedelta
) -> None:
    run_poll(tools, lambda: OCT_20, trigger="test")
    run_poll(tools, lambda: OCT_20 + wrong_by, trigger="test", everything=True)
    checks = live(tools, OCT_20 + timedelta(hours=1), OCT_20 + 4 * NIGHT)
    assert checks
    assert checks[0] <= OCT_20 + 2 * NIGHT
    assert checks[-1] == OCT_20 + 3 * NIGHT
    state = db.session.scalars(select(FeedState)).one()
    assert (state.fully_checked_at, state.fully_read_at) == (OCT_20 + 3 * NIGHT, OCT_20 + 3 * NIGHT)
