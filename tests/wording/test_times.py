from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.locale import LOCALES, CourseLocale
from tracker.grading.windows import parse_local
from tracker.wording.times import (
    say_ago,
    say_clock_change,
    say_date,
    say_day,
    say_due,
    say_field,
    say_instant,
    say_long_due,
    say_minutes,
    say_short,
    say_span,
    say_time,
)

CHICAGO = CourseLocale(ZoneInfo("America/Chicago"))
LONDON = CourseLocale(ZoneInfo("Europe/London"), "en_GB")
DUE = datetime(2026, 10, 26, 5, tzinfo=UTC)
"""The minute after 11:59 PM of October 25 in Chicago."""


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en_US", "Sun, Oct 25, 11:59 PM CDT"),
        ("en_CA", "Sun, Oct 25, 11:59 p.m. CDT"),
        ("en_GB", "Sun 25 Oct, 23:59 CDT"),
        ("en_AU", "Sun 25 Oct, 11:59 pm CDT"),
    ],
)
def test_a_due_time_is_its_last_minute_in_the_notation_of_the_locale(tag: str, said: str) -> None:
    assert say_due(DUE, CourseLocale(CHICAGO.zone, tag)) == said


def test_times_are_said_with_the_zone_of_their_day() -> None:
    assert say_instant(DUE + timedelta(days=7), CHICAGO) == "Sun, Nov 1, 11:00 PM CST"
    assert say_instant(datetime(2026, 7, 1, 12, tzinfo=UTC), LONDON) == "Wed 1 Jul, 13:00 BST"
    assert say_instant(DUE, CHICAGO, with_zone=False) == "Mon, Oct 26, 12:00 AM"


def test_days_and_times_alone_are_those_of_the_courses_clock() -> None:
    instant = datetime(2026, 10, 26, 2, 5, tzinfo=UTC)
    assert say_day(instant, CHICAGO) == "Sun, Oct 25"
    assert say_day(date(2026, 10, 19), LONDON) == "Mon 19 Oct"
    assert say_date(instant, CHICAGO) == "Oct 25"
    assert say_date(instant, LONDON, with_year=True) == "26 Oct 2026"
    assert say_time(instant, CHICAGO) == "9:05 PM"
    assert say_short(instant, CHICAGO) == "Oct 25, 9:05 PM"
    assert say_short(instant, LONDON) == "26 Oct, 02:05"


def test_a_field_shows_the_minute_with_its_year() -> None:
    local = datetime(2026, 10, 25, 23, 59)  # noqa: DTZ001 - what a person types has no zone
    assert say_field(local, CHICAGO) == "Oct 25, 2026, 11:59 PM"
    assert say_field(local, LONDON) == "25 Oct 2026, 23:59"


@pytest.mark.parametrize("tag", LOCALES)
def test_what_a_field_shows_is_read_as_it_was(tag: str) -> None:
    for month in range(1, 13):
        local = datetime(2026, month, month, 2 * month - 2, 5 * month - 5)  # noqa: DTZ001 - typed
        assert parse_local(say_field(local, CourseLocale(CHICAGO.zone, tag))) == local


@pytest.mark.parametrize("tag", LOCALES)
def test_no_locale_writes_spaces_that_nobody_can_type(tag: str) -> None:
    said = say_instant(DUE, CourseLocale(CHICAGO.zone, tag))
    assert said.isascii()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (60, "1 minute"),
        (1_800, "30 minutes"),
        (7_200, "2 hours"),
        (172_799, "1 day"),
        (1_728_000, "20 days"),
    ],
)
def test_spans_are_said_in_their_largest_unit(seconds: int, said: str) -> None:
    assert say_span(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59, "just now"),
        (60, "1 minute ago"),
        (8 * 3_600, "8 hours ago"),
        (13 * 86_400, "13 days ago"),
        (15 * 86_400, "2 weeks ago"),
        (-30, "in less than a minute"),
        (-5 * 86_400, "in 5 days"),
    ],
)
def test_distances_are_rounded_down_and_in_weeks_from_two_on(seconds: int, said: str) -> None:
    assert say_ago(DUE, DUE + timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "1 minute"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (1_440, "1 day"),
        (3_061, "2 days 3 hours 1 minute"),
    ],
)
def test_what_a_rule_grants_is_said_to_the_minute(minutes: int, said: str) -> None:
    assert say_minutes(minutes) == said


def test_a_change_of_clocks_is_said_on_its_day_alone() -> None:
    assert say_clock_change(datetime(2026, 11, 2, 6, tzinfo=UTC), CHICAGO) == "Clocks go back that day."
    assert say_clock_change(datetime(2027, 3, 15, 5, tzinfo=UTC), CHICAGO) == "Clocks go forward that day."
    assert say_clock_change(DUE, CHICAGO) == ""


@pytest.mark.parametrize(
    ("due_at", "short", "long"),
    [
        ("2026-09-20T05:01", "the end of Sat, Sep 19 CDT", "the end of Saturday, September 19 CDT"),
        ("2026-09-20T05:00", "Sat, Sep 19, 11:59 PM CDT", "Saturday, September 19, 11:59 PM CDT"),
        ("2026-09-20T05:02", "Sun, Sep 20, 12:01 AM CDT", "Sunday, September 20, 12:01 AM CDT"),
        ("2027-01-01T06:01", "the end of Thu, Dec 31 CST", "the end of Thursday, December 31 CST"),
    ],
)  # fmt: skip
def test_midnight_is_said_as_the_end_of_the_day(due_at: str, short: str, long: str) -> None:
    bound = datetime.fromisoformat(due_at).replace(tzinfo=UTC)
    assert say_due(bound, CHICAGO) == short
    assert say_long_due(bound, CHICAGO) == long
