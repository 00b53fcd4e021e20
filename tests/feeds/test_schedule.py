"""When to look again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.feed import PollOutcome
from tracker.feeds.schedule import next_nightly_at, next_poll_at

CHICAGO = ZoneInfo("America/Chicago")
NIGHTLY = ((time(2, 15), CHICAGO),)
NOW = datetime(2026, 10, 5, 15, tzinfo=UTC)


def after(
    outcome: PollOutcome, *, failures: int = 0, retry_after_s: int | None = None, jitter: float = 0
) -> timedelta:
    return (
        next_poll_at(
            NOW,
            outcome=outcome,
            failures_in_a_row=failures,
            retry_after_s=retry_after_s,
            nightly=NIGHTLY,
            jitter=jitter,
        )
        - NOW
    )


@pytest.mark.parametrize("outcome", [PollOutcome.OK, PollOutcome.NOT_MODIFIED])
def test_healthy_feed_is_polled_the_next_night(outcome: PollOutcome) -> None:
    assert NOW + after(outcome) == datetime(2026, 10, 6, 7, 15, tzinfo=UTC)


def test_earliest_of_the_courses_that_follow_the_blog_counts() -> None:
    nightly = (*NIGHTLY, (time(1, 0), ZoneInfo("Europe/Berlin")), (time(23, 30), CHICAGO))
    assert next_nightly_at(NOW, nightly) == datetime(2026, 10, 5, 23, 0, tzinfo=UTC)


def test_run_that_begins_on_time_is_not_due_again_at_once() -> None:
    at = datetime(2026, 10, 6, 7, 15, tzinfo=UTC)
    assert next_nightly_at(at, NIGHTLY) == at + timedelta(days=1)


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


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        pytest.param(1, timedelta(minutes=15), id="first"),
        pytest.param(2, timedelta(minutes=30), id="second"),
        pytest.param(5, timedelta(hours=4), id="fifth"),
        pytest.param(8, timedelta(hours=24), id="capped"),
        pytest.param(13, timedelta(hours=24), id="thirteenth"),
        pytest.param(14, timedelta(days=7), id="weekly"),
        pytest.param(5000, timedelta(days=7), id="for years"),
    ],
)
def test_failures_back_off(failures: int, wait: timedelta) -> None:
    assert after(PollOutcome.ERROR, failures=failures) == wait


def test_jitter_only_shortens_by_a_fifth() -> None:
    assert after(PollOutcome.ERROR, failures=8, jitter=0.999) > timedelta(hours=19)


def test_wish_of_the_server_is_kept_whatever_the_jitter() -> None:
    assert after(PollOutcome.ERROR, failures=1, retry_after_s=7200, jitter=0.9) == timedelta(hours=2)


def test_address_that_is_gone_is_looked_at_weekly() -> None:
    assert after(PollOutcome.GONE, failures=1) == timedelta(days=7)


def test_feed_that_no_course_follows_still_has_a_time() -> None:
    assert next_nightly_at(NOW, ()) > NOW
