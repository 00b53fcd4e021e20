"""Instants as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask, g

from tracker.web import filters

LAST_MINUTE = datetime(2026, 10, 26, 4, 59, tzinfo=UTC)


@pytest.fixture
def in_chicago() -> Iterator[None]:
    with Flask("zones").app_context():
        g.course = SimpleNamespace(time_zone="America/Chicago")
        yield


@pytest.mark.usefixtures("in_chicago")
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(lambda: filters.instant(LAST_MINUTE), "Sun Oct 25, 23:59 CDT", id="summer"),
        pytest.param(
            lambda: filters.instant(LAST_MINUTE + timedelta(days=7, hours=1)),
            "Sun Nov 1, 23:59 CST",
            id="winter",
        ),
        pytest.param(lambda: filters.instant(LAST_MINUTE, zone=False), "Sun Oct 25, 23:59", id="no zone"),
        pytest.param(lambda: filters.instant(None), "", id="no instant"),
        pytest.param(
            lambda: filters.last_minute(LAST_MINUTE + timedelta(minutes=1)),
            "Sun Oct 25, 23:59 CDT",
            id="a due instant is said as it was typed",
        ),
        pytest.param(lambda: filters.clock_time(LAST_MINUTE), "23:59", id="clock"),
        pytest.param(lambda: filters.day(LAST_MINUTE), "Sun Oct 25", id="day of an instant"),
        pytest.param(lambda: filters.day(date(2026, 11, 1)), "Sun Nov 1", id="day"),
    ],
)
def test_times_are_course_time(shown, expected: str) -> None:
    assert shown() == expected


def test_outside_a_course_times_are_utc() -> None:
    with Flask("zones").app_context():
        assert filters.instant(LAST_MINUTE) == "Mon Oct 26, 04:59 UTC"


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 students"), (1, "1 student"), (2, "2 students"), (1500, "1,500 students")]
)
def test_numbers_take_the_right_word(n: int, expected: str) -> None:
    assert filters.plural(n, "student") == expected
