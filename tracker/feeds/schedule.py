"""Past outcomes -> when to poll next. Claiming and polling are left to `jobs`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.feed import PollOutcome

BACK_OFF_START_S = 15 * 60
BACK_OFF_CAP_S = 24 * 3600
WEEKLY_AFTER_FAILURES = 14
WEEK = timedelta(days=7)
JITTER_SHARE = 0.2
DEFAULT_NIGHTLY = ((time(2, 15), ZoneInfo("UTC")),)


def next_poll_at(
    now: datetime,
    *,
    outcome: PollOutcome,
    failures_in_a_row: int,
    retry_after_s: int | None,
    nightly: Sequence[tuple[time, ZoneInfo]],
    jitter: float,
) -> datetime:
    """When to look again, aware and in UTC.

    After a look that worked (a 304 included): the next nightly instant among the courses that
    follow the blog. After a failure (`failures_in_a_row` counts this one): exponential back-off,
    at most a day, never before the server's own wish; from the 14th on, and for an address that is
    gone (410), a look a week, so that a blog can come back. `jitter` in [0, 1) spreads the
    failures of one host over a fifth of their wait.
    """
    if outcome in (PollOutcome.OK, PollOutcome.NOT_MODIFIED, PollOutcome.SKIPPED):
        return next_nightly_at(now, nightly)
    if outcome is PollOutcome.GONE or failures_in_a_row >= WEEKLY_AFTER_FAILURES:
        wait = WEEK
    else:
        doublings = min(max(failures_in_a_row, 1) - 1, 20)
        wait = timedelta(seconds=min(BACK_OFF_START_S * 2**doublings, BACK_OFF_CAP_S))
    wait = max(wait * (1 - JITTER_SHARE * jitter), timedelta(seconds=retry_after_s or 0))
    return now.astimezone(UTC) + wait


def next_nightly_at(now: datetime, nightly: Sequence[tuple[time, ZoneInfo]]) -> datetime:
    """The first nightly instant after `now`, in UTC; without any course, a default hour in UTC."""
    return min(_next_of(now, at, zone) for at, zone in nightly or DEFAULT_NIGHTLY)


def _next_of(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The next instant the wall clock there shows `at`, exactly one for every local date.

    A time that the clock skips in spring is taken an hour on; one that it shows twice in autumn
    is taken the first time.
    """
    today = now.astimezone(zone).date()
    for days in range(-1, 3):
        local = datetime.combine(today + timedelta(days=days), at.replace(tzinfo=None, fold=0), tzinfo=zone)
        instant = local.astimezone(UTC)
        if instant > now:
            return instant
    raise AssertionError("a day after tomorrow is always ahead")
