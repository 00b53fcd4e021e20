from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.grading.cases import CHICAGO, DUE, SUMMARY_DUE
from tracker.domain.assignment import Window
from tracker.domain.errors import TrackerError
from tracker.domain.grade import AllocationFact, ExceptionFact
from tracker.grading.windows import (
    allocated_window,
    due_instant,
    extend,
    extended_to,
    find_settled,
    opening_instant,
    parse_local,
    shown_due,
    shown_opening,
)

ZONES = [
    ZoneInfo(name)
    for name in ("America/Chicago", "Pacific/Auckland", "Asia/Kathmandu", "Australia/Lord_Howe")
]


@pytest.mark.parametrize(
    ("local", "due_at"),
    [
        pytest.param("2026-10-25 23:59", DUE, id="in daylight time"),
        pytest.param("2026-11-01 23:59", SUMMARY_DUE, id="on the day the clocks go back"),
        pytest.param(
            "2026-11-01 01:30", datetime(2026, 11, 1, 7, 31, tzinfo=UTC), id="twice, so its second end"
        ),
        pytest.param("2026-11-01 00:59", datetime(2026, 11, 1, 6, 0, tzinfo=UTC), id="just before that hour"),
        pytest.param("2027-03-14 23:59", datetime(2027, 3, 15, 5, 0, tzinfo=UTC), id="clocks went forward"),
    ],
)
def test_a_due_minute_counts_to_its_end(local: str, due_at: datetime) -> None:
    assert due_instant(parse_local(local), CHICAGO) == due_at


@pytest.mark.parametrize(
    ("local", "opens_at"),
    [
        pytest.param(
            "2026-10-12", datetime(2026, 10, 12, 5, 0, tzinfo=UTC), id="a date alone opens at midnight"
        ),
        pytest.param("2026-11-01 01:30", datetime(2026, 11, 1, 6, 30, tzinfo=UTC), id="twice, so the first"),
    ],
)
def test_a_window_opens_with_its_minute(local: str, opens_at: datetime) -> None:
    assert opening_instant(parse_local(local, end_of_day=False), CHICAGO) == opens_at


@pytest.mark.parametrize(
    ("local", "zone", "instead"),
    [
        pytest.param("2027-03-14 02:30", "America/Chicago", "Take 1:30 AM or 3:30 AM.", id="an hour"),
        pytest.param(
            "2026-10-04 02:15", "Australia/Lord_Howe", "Take 1:45 AM or 2:45 AM.", id="half an hour"
        ),
        pytest.param("2026-09-27 02:59", "Pacific/Auckland", "Take 1:59 AM or 3:59 AM.", id="in the south"),
    ],
)
def test_a_minute_that_the_clocks_jump_over_is_refused_with_what_to_type(
    local: str, zone: str, instead: str
) -> None:
    for read in (due_instant, opening_instant):
        with pytest.raises(TrackerError, match="does not exist") as refused:
            read(parse_local(local), ZoneInfo(zone))
        assert str(refused.value).endswith(instead)


def test_a_day_that_begins_at_one_opens_with_its_first_instant() -> None:
    opens_at = opening_instant(parse_local("2026-04-24", end_of_day=False), ZoneInfo("Africa/Cairo"))
    assert opens_at == datetime(2026, 4, 23, 22, 0, tzinfo=UTC)
    assert shown_opening(opens_at, ZoneInfo("Africa/Cairo")) == datetime(2026, 4, 24, 1, 0)  # noqa: DTZ001


@settings(deadline=None)
@given(
    st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-01-01")).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    st.sampled_from(ZONES),
)
def test_a_form_shows_what_gives_the_same_instant_again(local: datetime, zone: ZoneInfo) -> None:
    try:
        due_at, opens_at = due_instant(local, zone), opening_instant(local, zone)
    except TrackerError:
        assume(False)
    assert due_instant(shown_due(due_at, zone), zone) == due_at
    assert opening_instant(shown_opening(opens_at, zone), zone) == opens_at
    assert opens_at < due_at


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("2026-10-25 23:59", "2026-10-25T23:59"),
        (" 2026-10-25T23:59 ", "2026-10-25T23:59"),
        ("2026-10-25 9:05", "2026-10-25T09:05"),
        ("2026-10-25", "2026-10-25T23:59"),
        ("Oct 25, 2026, 11:59 PM", "2026-10-25T23:59"),
        ("oct. 25 2026 9:05am", "2026-10-25T09:05"),
        ("September 1, 2026", "2026-09-01T23:59"),
        ("25 Oct 2026, 23:59", "2026-10-25T23:59"),
        ("25 October 2026 12:00 a.m.", "2026-10-25T00:00"),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, local: str) -> None:
    assert parse_local(typed).isoformat(timespec="minutes") == local


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "as a time"),
        ("tomorrow", "Enter it like Oct 25, 2026, 11:59 PM or 2026-10-25 23:59"),
        ("10/25/2026", "as a time"),
        ("2026-10-25 23:59:59", "as a time"),
        ("2026-02-30", "not a valid date"),
        ("2026-10-25 24:00", "not a valid date"),
        ("Oct 25, 2026, 13:59 PM", "not a valid date"),
        ("Octo 25, 2026", "not a valid date"),
        ("1999-10-25", "outside the years 2000 to 2100"),
        ("２０２６-10-25", "as a time"),
    ],
)
def test_what_is_no_time_is_refused_in_a_sentence(typed: str, says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        parse_local(typed)


def test_a_blog_given_twice_has_the_wider_window() -> None:
    later = DUE + timedelta(days=5)
    window = Window(DUE, DUE - timedelta(days=14))
    given_twice = (AllocationFact(1), AllocationFact(1, opens_at=DUE, due_at=later))
    assert allocated_window(window, given_twice) == Window(later, window.opens_at)
    assert allocated_window(window, ()) == window
    assert allocated_window(Window(DUE), (AllocationFact(1, opens_at=DUE), AllocationFact(1))) == Window(DUE)


def test_extensions_and_excuses_reach_the_requirement_they_name() -> None:
    later, latest = DUE + timedelta(days=1), DUE + timedelta(days=2)
    facts = (
        ExceptionFact("extension", None, later),
        ExceptionFact("incomplete", "summary", latest),
        ExceptionFact("excuse", "comment-2"),
    )
    assert extended_to(facts, "comment-1") == later
    assert extended_to(facts, "summary") == latest
    assert extended_to((), "summary") is None
    assert [find_settled(facts, key) is not None for key in ("comment-1", "comment-2")] == [False, True]
    assert extend(Window(DUE), later) == Window(later)
    assert extend(Window(later), DUE) == Window(later)
