"""A missed night is visible next morning, whatever ran or did not run (reliability S10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.support import factories as make
from tracker.domain.locale import CourseLocale
from tracker.extensions import db
from tracker.models import Course, Run
from tracker.queries.polling.last_checked import load_check_lines, say_last

NIGHTLY = datetime.fromisoformat("2026-10-26T07:15:00+00:00")
MORNING = NIGHTLY + timedelta(hours=6)


@pytest.fixture
def course(context: Flask) -> Course:
    """Three blogs that were due at 2:15 AM on Monday morning, and one whose next check is to come."""
    course = make.add_course()
    for planned in (NIGHTLY, NIGHTLY, NIGHTLY + timedelta(hours=1), NIGHTLY + timedelta(days=1)):
        blog = make.add_blog()
        make.follow(course, blog)
        make.add_feed(blog, next_poll_at=planned)
    add_run(NIGHTLY - timedelta(days=1), done=5)
    return course


def add_run(at: datetime, *, done: int, reason: str = "", **values: object) -> None:
    ended = {"ended_at": at + timedelta(minutes=9)} if "leased_until" not in values else {}
    db.session.add(Run(trigger="nightly", started_at=at, due=5, done=done, reason=reason, **ended, **values))
    db.session.commit()


def missed(course: Course, now: datetime = MORNING) -> str:
    return load_check_lines(db.session(), course, now).missed


def test_night_without_a_run_is_said_with_the_blogs_that_wait(course: Course) -> None:
    assert missed(course) == (
        "Last night’s check did not run: 3 of 4 blogs have been due since Mon, Oct 26, 2:15 AM CDT."
    )
    later = missed(course, MORNING + timedelta(days=2))
    assert later.startswith("The checks of several nights did not run: 4 of 4 blogs have been due since")


def test_last_run_says_its_end_unless_it_took_less_than_a_minute() -> None:
    run = Run(started_at=NIGHTLY, ended_at=NIGHTLY + timedelta(minutes=9), done=5, reason="")
    locale = CourseLocale(ZoneInfo("America/Chicago"))
    assert say_last(run, MORNING, locale) == "Last check: Mon, Oct 26, 2:15 AM CDT to 2:24 AM, 5 feeds."
    run.ended_at = NIGHTLY + timedelta(seconds=40)
    assert say_last(run, MORNING, locale) == "Last check: Mon, Oct 26, 2:15 AM CDT, 5 feeds."


def test_run_that_was_cut_off_is_said_with_how_far_it_came(course: Course) -> None:
    add_run(NIGHTLY, done=2, reason="The process ended unexpectedly after 2 of 5 feeds.")
    assert missed(course) == (
        "The last check was interrupted. The process ended unexpectedly after 2 of 5 feeds. "
        "3 of 4 blogs have been due since Mon, Oct 26, 2:15 AM CDT."
    )
    assert "it was interrupted" in load_check_lines(db.session(), course, MORNING).last


def test_run_for_another_course_does_not_hide_a_missed_night(course: Course) -> None:
    add_run(NIGHTLY + timedelta(minutes=2), done=5)
    assert "3 of 4 blogs have been due" in missed(course)


@pytest.mark.parametrize(
    "hours",
    [pytest.param(-1, id="before-the-night"), pytest.param(1.9, id="a-slow-night-is-given-its-time")],
)
def test_nothing_is_said_while_nothing_is_missing(course: Course, hours: float) -> None:
    assert missed(course, NIGHTLY + timedelta(hours=hours)) == ""


def test_look_that_is_under_way_is_no_missed_one(course: Course) -> None:
    add_run(MORNING - timedelta(minutes=1), done=1, leased_until=MORNING + timedelta(minutes=14))
    checks = load_check_lines(db.session(), course, MORNING)
    assert (checks.missed, "in progress, 1 of 5 feeds so far" in checks.last) == ("", True)


def test_blogs_nobody_waits_for_are_not_missed(context: Flask) -> None:
    course = make.add_course()
    add_run(NIGHTLY - timedelta(days=9), done=5)
    left, asked, ended = (make.add_blog() for _ in range(3))
    for blog in (left, asked, ended):
        followed = make.follow(course, blog)
        feed = make.add_feed(blog, next_poll_at=NIGHTLY)
        if blog is left:
            followed.ended_at = NIGHTLY
        if blog is ended:
            feed.ended_at = NIGHTLY
    asked.opted_out_at = NIGHTLY
    db.session.commit()
    assert missed(course) == ""
