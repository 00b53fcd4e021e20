"""Instants as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, g

from tracker.domain.locale import CourseLocale
from tracker.web import filters

LAST_MINUTE = datetime(2026, 10, 26, 4, 59, tzinfo=UTC)


@pytest.fixture
def in_chicago() -> Iterator[None]:
    with Flask("zones").app_context():
        g.course = SimpleNamespace(locale=CourseLocale(ZoneInfo("America/Chicago")))
        yield


@pytest.mark.usefixtures("in_chicago")
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(lambda: filters.instant(LAST_MINUTE), "Sun, Oct 25, 11:59 PM CDT", id="summer"),
        pytest.param(
            lambda: filters.instant(LAST_MINUTE + timedelta(days=7, hours=1)),
            "Sun, Nov 1, 11:59 PM CST",
            id="winter",
        ),
        pytest.param(lambda: filters.instant(LAST_MINUTE, zone=False), "Sun, Oct 25, 11:59 PM", id="no zone"),
        pytest.param(lambda: filters.instant(None), "", id="no instant"),
        pytest.param(
            lambda: filters.last_minute(LAST_MINUTE + timedelta(minutes=1)),
            "Sun, Oct 25, 11:59 PM CDT",
            id="a due instant is said as it was typed",
        ),
        pytest.param(lambda: filters.clock_time(LAST_MINUTE), "11:59 PM", id="clock"),
        pytest.param(lambda: filters.day(LAST_MINUTE), "Sun, Oct 25", id="day of an instant"),
        pytest.param(lambda: filters.day(date(2026, 11, 1)), "Sun, Nov 1", id="day"),
    ],
)
def test_times_are_course_time(shown, expected: str) -> None:
    assert shown() == expected


def test_outside_a_course_times_are_utc() -> None:
    with Flask("zones").app_context():
        assert filters.instant(LAST_MINUTE) == "Mon, Oct 26, 4:59 AM UTC"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("It is נועה לוי’s.", "It is <bdi>נועה לוי</bdi>’s."),
        ("Asked: نور الهدى, دانة.", "Asked: <bdi>نور الهدى</bdi>, <bdi>دانة</bdi>."),
        ("Who wrote it: أم-كلثوم or Ann?", "Who wrote it: <bdi>أم-كلثوم</bdi> or Ann?"),
        ("Noor <b>", "Noor &lt;b&gt;"),
        ("שרה<b>", "<bdi>שרה</bdi>&lt;b&gt;"),
        ("", ""),
    ],
)
def test_names_written_from_the_right_are_set_apart_in_a_sentence(sentence: str, shown: str) -> None:
    assert str(filters.isolate(sentence)) == shown
