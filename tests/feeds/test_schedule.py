"""When to check again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.assignment import Deadline
from tracker.domain.feed import PollOutcome
from tracker.feeds.schedule import (
    LONGEST_WAIT,
    PollTimes,
    Trouble,
    count_nights,
    is_due,
    next_evening_poll,
    next_nightly_at,
    next_poll_at,
    why_due,
)

CHICAGO = ZoneInfo("America/Chicago")
NIGHTLY = ((time(2, 15), CHICAGO),)
NOW = datetime(2026, 10, 5, 15, tzinfo=UTC)
NIGHT = datetime(2026, 10, 6, 7, 15, tzinfo=UTC)
DUE = datetime(2026, 10, 26, 5, tzinfo=UTC)
"""Typed as Sunday 23:59 in Chicago: the whole minute counts."""

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WORKED = (PollOutcome.OK, PollOutcome.NOT_MODIFIED)


def in_chicago(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO).astimezone(UTC)


def after(
    outcome: PollOutcome,
    trouble: Trouble = Trouble(),  # noqa: B008 - a frozen value
    *,
    now: datetime = NOW,
    retry_after_s: int | None = None,
    jitter: float = 0,
    deadlines: Sequence[Deadline] = (),
    window_span: timedelta | None = None,
) -> datetime:
    return next_poll_at(
        now,
        PollTimes(NIGHTLY, deadlines, window_span),
        outcome=outcome,
        trouble=trouble,
        retry_after_s=retry_after_s,
        jitter=jitter,
    )


def looks_from(start: datetime, until: datetime, times: PollTimes) -> list[datetime]:
    """Every look of a feed that always answers, each at the very instant it was planned for."""
    found, now = [], start
    while (now := next_poll_at(now, times, outcome=PollOutcome.OK)) < until:
        found.append(now)
    return found


# Nights


@pytest.mark.parametrize("outcome", WORKED)
def test_healthy_feed_is_polled_the_next_night(outcome: PollOutcome) -> None:
    assert after(outcome) == NIGHT


def test_earliest_of_the_courses_that_follow_the_blog_counts() -> None:
    nightly = (*NIGHTLY, (time(1, 0), ZoneInfo("Europe/Berlin")), (time(23, 30), CHICAGO))
    assert next_nightly_at(NOW, nightly) == datetime(2026, 10, 5, 23, 0, tzinfo=UTC)


def test_run_that_begins_on_time_is_not_due_again_at_once() -> None:
    assert next_nightly_at(NIGHT, NIGHTLY) == NIGHT + timedelta(days=1)


@pytest.mark.parametrize("at", [time(1, 30), time(2, 30)])
@pytest.mark.parametrize(
    "first_day",
    [
        pytest.param(datetime(2026, 3, 6, tzinfo=UTC), id="spring"),
        pytest.param(datetime(2026, 10, 30, tzinfo=UTC), id="autumn"),
    ],
)
def test_nightly_runs_once_on_each_day_the_clocks_change(at: time, first_day: datetime) -> None:
    now, dates = first_day, []
    for _ in range(5):
        now = next_nightly_at(now, ((at, CHICAGO),))
        dates.append(now.astimezone(CHICAGO).date())
    assert dates == [dates[0] + timedelta(days=n) for n in range(5)]


def test_feed_that_no_course_follows_still_has_a_time() -> None:
    assert next_nightly_at(NOW, ()) > NOW


# Deadlines


def test_deadline_evening_takes_eight_checks_and_one_just_after_it() -> None:
    times = PollTimes(NIGHTLY, (Deadline(DUE, "C4T #1"),))
    checks = looks_from(in_chicago("2026-10-25 12:00"), in_chicago("2026-10-26 03:00"), times)
    clock = [check.astimezone(CHICAGO).strftime("%H:%M") for check in checks]
    assert clock == [
        "20:00", "20:30", "21:00", "21:30", "22:00", "22:30", "23:00", "23:30",
        "00:05",
        "02:15",
    ]  # fmt: skip


def test_evening_check_that_came_late_does_not_shift_the_others() -> None:
    deadlines = (Deadline(DUE, "C4T #1"),)
    late = in_chicago("2026-10-25 22:47")
    assert after(PollOutcome.OK, now=late, deadlines=deadlines) == in_chicago("2026-10-25 23:00")


def test_evening_is_over_once_it_was_checked_after_the_due_instant() -> None:
    assert next_evening_poll(DUE + timedelta(minutes=5), DUE) is None
    assert next_evening_poll(DUE - timedelta(seconds=1), DUE) == DUE + timedelta(minutes=5)


def test_extension_has_an_evening_of_its_own() -> None:
    times = PollTimes(NIGHTLY, (Deadline(DUE, "C4T #1"), Deadline(DUE + timedelta(days=2), "C4T #1")))
    checks = looks_from(DUE + HOUR, DUE + timedelta(days=3), times)
    assert sum(DUE + timedelta(days=1) < check < DUE + timedelta(days=2) for check in checks) == 9


def test_evening_on_which_the_clocks_go_back_has_its_checks_half_an_hour_apart() -> None:
    due = datetime(2026, 11, 1, 8, tzinfo=UTC)  # 02:00 in Chicago, an hour after 01:59 came twice
    checks = looks_from(due - 5 * HOUR, due, PollTimes((), (Deadline(due, "C4T #1"),)))
    assert [b - a for a, b in pairwise(checks)] == [30 * MINUTE] * 7


# Busyness


@pytest.mark.parametrize(
    ("span", "wait"),
    [
        pytest.param(timedelta(hours=6), timedelta(hours=3), id="half of what the window spans"),
        pytest.param(timedelta(minutes=20), timedelta(minutes=30), id="not more often than this"),
        pytest.param(timedelta(hours=-3), timedelta(minutes=30), id="dates ahead of the clock"),
        pytest.param(timedelta(days=40), NIGHT - NOW, id="slow blogs wait for the night"),
        pytest.param(None, NIGHT - NOW, id="nothing can be pushed out"),
    ],
)
def test_busy_blog_is_checked_twice_while_its_window_passes(span: timedelta | None, wait: timedelta) -> None:
    assert after(PollOutcome.OK, window_span=span) == NOW + wait


# Trouble


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        pytest.param(1, timedelta(minutes=15), id="first"),
        pytest.param(2, timedelta(minutes=30), id="second"),
        pytest.param(5, timedelta(hours=4), id="fifth"),
        pytest.param(8, NIGHT - NOW, id="the next night"),
        pytest.param(5000, NIGHT - NOW, id="often in a few nights"),
    ],
)
def test_failures_back_off_until_the_next_night(failures: int, wait: timedelta) -> None:
    assert after(PollOutcome.ERROR, Trouble(failures, nights=2)) == NOW + wait


def test_back_off_is_never_longer_than_a_day() -> None:
    just_after_the_night = NIGHT + MINUTE
    for failures in range(1, 40):
        wait = after(PollOutcome.ERROR, Trouble(failures, 1), now=just_after_the_night) - just_after_the_night
        assert wait <= timedelta(hours=24)


@pytest.mark.parametrize(
    ("nights", "is_weekly"), [pytest.param(13, False, id="13 nights"), pytest.param(14, True, id="14 nights")]
)
def test_after_fourteen_failed_nights_a_check_a_week_remains(nights: int, *, is_weekly: bool) -> None:
    planned = after(PollOutcome.ERROR, Trouble(60, nights))
    assert (planned == NIGHT + timedelta(days=6)) == is_weekly
    assert (planned <= NIGHT) != is_weekly


def test_jitter_only_shortens_by_a_fifth() -> None:
    exact = after(PollOutcome.ERROR, Trouble(5, 1))
    early = after(PollOutcome.ERROR, Trouble(5, 1), jitter=0.999)
    assert timedelta() < exact - early <= (exact - NOW) / 5


def test_wish_of_the_server_is_kept_whatever_the_jitter() -> None:
    asked = after(PollOutcome.ERROR, Trouble(1, 1), retry_after_s=7200, jitter=0.9)
    assert asked == NOW + timedelta(hours=2)


def test_wish_of_the_server_goes_before_the_night() -> None:
    days = 5 * 24 * 3600
    assert after(PollOutcome.ERROR, Trouble(1, 1), retry_after_s=days) == NOW + timedelta(days=5)


def test_feed_that_was_not_asked_is_asked_when_its_server_wished() -> None:
    assert after(PollOutcome.SKIPPED, retry_after_s=7200) == NOW + timedelta(hours=2)


def test_address_that_is_gone_is_asked_again_the_next_night() -> None:
    assert after(PollOutcome.GONE, Trouble(1, 1, gone_nights=1)) == NIGHT


def test_address_that_was_gone_on_two_nights_is_checked_weekly() -> None:
    assert after(PollOutcome.GONE, Trouble(2, 2, gone_nights=2)) == NIGHT + timedelta(days=6)


def test_deadline_makes_no_failing_feed_come_sooner() -> None:
    evening = DUE - 3 * HOUR
    for failures in range(1, 12):
        trouble = Trouble(failures, 1)
        plain = after(PollOutcome.ERROR, trouble, now=evening)
        deadlines = (Deadline(DUE, "C4T #1"),)
        assert after(PollOutcome.ERROR, trouble, now=evening, deadlines=deadlines) == plain


def test_one_success_ends_all_trouble() -> None:
    assert after(PollOutcome.OK, Trouble()) == NIGHT


@pytest.mark.parametrize(
    ("hours", "nights"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([0], 1, id="one"),
        pytest.param([0, 0.25, 0.75, 1.75, 3.75, 7.75, 15.75], 1, id="a night and its retries"),
        pytest.param([0, 5.25], 1, id="evening and night"),
        pytest.param([0, 24], 2, id="two nights"),
        pytest.param([24, 0], 2, id="in any order"),
        pytest.param([24 * n for n in range(14)], 14, id="fourteen"),
        pytest.param([0, 24 * 21], 2, id="the machine was off in between"),
    ],
)
def test_failed_nights_are_counted_not_checks(hours: list[float], nights: int) -> None:
    assert count_nights(NOW + n * HOUR for n in hours) == nights


# Whatever the clock shows


@pytest.mark.parametrize(
    ("planned", "due"),
    [
        pytest.param(None, True, id="never planned"),
        pytest.param(NOW, True, id="now"),
        pytest.param(NOW + HOUR, False, id="in an hour: the clock was put back"),
        pytest.param(NOW + timedelta(days=7), False, id="weekly"),
        pytest.param(NOW + timedelta(days=300), True, id="planned by a clock that was far ahead"),
    ],
)
def test_wrong_clock_keeps_no_feed_from_being_checked_for_ever(
    planned: datetime | None, *, due: bool
) -> None:
    assert is_due(planned, NOW) == due


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from([ZoneInfo(name) for name in ("America/Chicago", "Australia/Lord_Howe", "UTC")])
TIMES = st.builds(
    PollTimes,
    nightly=st.lists(st.tuples(st.times(), ZONES), max_size=3).map(tuple),
    deadlines=st.lists(st.builds(Deadline, INSTANTS, st.just("C4T")), max_size=3).map(tuple),
    window_span=st.none() | st.timedeltas(timedelta(days=-3), timedelta(days=60)),
)
TROUBLES = st.builds(
    Trouble,
    failures=st.integers(1, 10_000),
    nights=st.integers(1, 400),
    gone_nights=st.integers(0, 400),
)


@given(INSTANTS, TIMES, TROUBLES, st.sampled_from(PollOutcome), st.floats(0, 0.999))
def test_next_check_is_ahead_and_never_too_far(
    now: datetime, times: PollTimes, trouble: Trouble, outcome: PollOutcome, jitter: float
) -> None:
    planned = next_poll_at(now, times, outcome=outcome, trouble=trouble, jitter=jitter)
    assert now < planned < now + LONGEST_WAIT
    assert not is_due(planned, now)
    if outcome in WORKED or not trouble.is_weekly:
        assert planned <= next_nightly_at(now, times.nightly)


@given(INSTANTS, st.timedeltas(timedelta(), timedelta(days=2)), TIMES)
def test_later_check_never_plans_an_earlier_one(now: datetime, later: timedelta, times: PollTimes) -> None:
    first = next_poll_at(now, times, outcome=PollOutcome.OK)
    second = next_poll_at(now + later, times, outcome=PollOutcome.OK)
    assert first <= second


@given(INSTANTS, TIMES, st.integers(1, 200), st.integers(1, 30))
def test_more_trouble_never_means_an_earlier_check(
    now: datetime, times: PollTimes, failures: int, nights: int
) -> None:
    def planned(trouble: Trouble) -> datetime:
        return next_poll_at(now, times, outcome=PollOutcome.ERROR, trouble=trouble)

    first = planned(Trouble(failures, nights))
    assert first <= planned(Trouble(failures + 1, nights))
    assert first <= planned(Trouble(failures, nights + 1))


@given(INSTANTS, TIMES)
def test_month_of_checks_holds_every_night_once(now: datetime, times: PollTimes) -> None:
    """However often deadlines and busyness want a check, no night is left out."""
    calm = PollTimes(times.nightly, times.deadlines)
    end = now + timedelta(days=10)
    nights, at = [], now
    while (at := next_nightly_at(at, times.nightly)) < end:
        nights.append(at)
    assert set(nights) <= set(looks_from(now, end, calm))


# In words


EVENING = in_chicago("2026-10-25 20:30")


@pytest.mark.parametrize(
    ("planned", "outcome", "trouble", "said"),
    [
        pytest.param(None, None, Trouble(), "never checked", id="new"),
        pytest.param(NIGHT, PollOutcome.OK, Trouble(), "nightly", id="nightly"),
        pytest.param(EVENING, PollOutcome.OK, Trouble(), "deadline evening of C4T #1", id="evening"),
        pytest.param(
            DUE + 5 * MINUTE, PollOutcome.OK, Trouble(), "deadline evening of C4T #1", id="just after"
        ),
        pytest.param(NIGHT + HOUR, PollOutcome.OK, Trouble(), "busy blog", id="busy"),
        pytest.param(
            NIGHT, PollOutcome.ERROR, Trouble(2, 1), "retry after trouble (number 2)", id="after the second"
        ),
        pytest.param(
            NIGHT,
            PollOutcome.ERROR,
            Trouble(30, 14),
            "weekly check after 14 nights without an answer",
            id="weekly",
        ),
        pytest.param(
            NIGHT, PollOutcome.GONE, Trouble(2, 2, 2), "weekly check of a blog that is gone", id="gone"
        ),
        pytest.param(
            NIGHT + HOUR,
            PollOutcome.SKIPPED,
            Trouble(),
            "its server had asked us to wait",
            id="asked to wait",
        ),
    ],
)
def test_why_a_feed_is_due_is_said(
    planned: datetime | None, outcome: PollOutcome | None, trouble: Trouble, said: str
) -> None:
    times = PollTimes(NIGHTLY, (Deadline(DUE, "C4T #1"),))
    how = {
        "fully_checked_at": None if outcome is None else NOW - HOUR,
        "outcome": outcome,
        "trouble": trouble,
    }
    assert why_due(planned, times, DUE + HOUR, **how) == said  # type: ignore[arg-type]
    if planned is not None:
        waits = why_due(planned, times, planned - HOUR, **how)  # type: ignore[arg-type]
        assert waits == f"not due until {planned:%Y-%m-%d %H:%M} UTC ({said})"
