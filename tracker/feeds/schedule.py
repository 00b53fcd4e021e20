"""When to poll a feed next: nightly, on the evenings of deadlines, in busy windows, and again after failures
(retry and backoff). Claiming and polling are left to `jobs`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.assignment import Deadline
from tracker.domain.feed import PollOutcome

EVENING = timedelta(hours=4)
"""How long before a due instant a blog is polled often: from 20:00 for work due at 23:59."""
EVENING_STEP = timedelta(minutes=30)
AFTER_DUE = timedelta(minutes=5)
"""The poll that closes the evening: late enough for what was cached a moment before the due instant."""

BUSY_STEP = timedelta(minutes=30)
"""However busy a blog is, it is not asked more often than this."""

BACK_OFF_START_S = 15 * 60
BACK_OFF_CAP_S = 24 * 3600
JITTER_SHARE = 0.2
WEEKLY_AFTER_NIGHTS = 14
WEEKLY_AFTER_GONE_NIGHTS = 2
WEEK = timedelta(days=7)
NEXT_NIGHT = timedelta(hours=20)
"""Two failures so far apart are failures of two nights; an hour apart they may be one restart."""

LONGEST_WAIT = WEEK + timedelta(days=1)
DEFAULT_NIGHTLY = ((time(2, 15), ZoneInfo("UTC")),)


@dataclass(frozen=True, slots=True)
class PollTimes:
    """When a blog is to be polled while it answers.

    `nightly` are the local times of the courses that poll it, `deadlines` the due instants of
    work that may show up there. `window_span` is how far back a full window reaches that nothing
    else reaches behind (no paging, no REST); None where nothing can be pushed out unseen.
    """

    nightly: Sequence[tuple[time, ZoneInfo]] = ()
    deadlines: Sequence[Deadline] = ()
    window_span: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Failed polls in a row, the latest included, and the nights they fell into; `gone_nights`
    are those of the latest ones that were all answered with 410."""

    failures: int = 0
    nights: int = 0
    gone_nights: int = 0

    @property
    def is_weekly(self) -> bool:
        return self.nights >= WEEKLY_AFTER_NIGHTS or self.gone_nights >= WEEKLY_AFTER_GONE_NIGHTS


NO_TROUBLE = Trouble()


def next_poll_at(
    now: datetime,
    times: PollTimes,
    *,
    outcome: PollOutcome,
    trouble: Trouble = NO_TROUBLE,
    retry_after_s: int | None = None,
    jitter: float = 0.0,
) -> datetime:
    """When to poll again, aware, in UTC and always after `now`.

    After a poll that worked (a 304 included): the next night, or sooner on the evening of a due
    instant or on a busy blog. After a failure: exponential back-off, but not past the next night,
    since what does not answer then is what people want to know; deadlines make it no shorter.
    After a first 410 the next night; after 410 on two nights, or 14 nights without an answer, a
    poll a week, so that a blog can come back. Never before the server's own wish. `jitter` in
    [0, 1) spreads retries over a fifth of their wait.
    """
    wish = now.astimezone(UTC) + timedelta(seconds=retry_after_s or 0)
    if outcome is PollOutcome.SKIPPED:
        return wish if retry_after_s else next_nightly_at(now, times.nightly)
    if outcome in (PollOutcome.OK, PollOutcome.NOT_MODIFIED):
        return _next_while_answering(now, times)
    return max(wish, _next_in_trouble(now, times, outcome, trouble, jitter))


def _next_while_answering(now: datetime, times: PollTimes) -> datetime:
    results = [next_nightly_at(now, times.nightly)]
    results += [result for one in times.deadlines if (result := next_evening_poll(now, one.due_at))]
    if times.window_span is not None:
        results.append(now.astimezone(UTC) + max(times.window_span / 2, BUSY_STEP))
    return min(results)


def _next_in_trouble(
    now: datetime, times: PollTimes, outcome: PollOutcome, trouble: Trouble, jitter: float
) -> datetime:
    if trouble.is_weekly:
        return next_nightly_at(now + WEEK - timedelta(hours=12), times.nightly)
    night = next_nightly_at(now, times.nightly)
    doublings = min(max(trouble.failures, 1) - 1, 20)
    wait_s = BACK_OFF_START_S * 2**doublings
    if outcome is PollOutcome.GONE or wait_s >= BACK_OFF_CAP_S:
        return night
    wait = timedelta(seconds=wait_s * (1 - JITTER_SHARE * jitter))
    return min(now.astimezone(UTC) + wait, night)


def next_evening_poll(now: datetime, due_at: datetime) -> datetime | None:
    """The next poll for the sake of work due at an (exclusive) instant, in UTC: every half hour of
    the four hours before it, and once just after it; None when that is over (PRODUCT S16, S19)."""
    begins = due_at - EVENING
    if now < begins:
        return begins.astimezone(UTC)
    if now < due_at:
        result = begins + ((now - begins) // EVENING_STEP + 1) * EVENING_STEP
        if result < due_at:
            return result.astimezone(UTC)
    last = due_at + AFTER_DUE
    return last.astimezone(UTC) if now < last else None


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


def count_nights(failed_at: Iterable[datetime]) -> int:
    """How many nights these failures were, however many polls each night took."""
    nights, counted = 0, None
    for at in sorted(failed_at):
        if counted is None or at - counted >= NEXT_NIGHT:
            nights, counted = nights + 1, at
    return nights


def is_due(planned: datetime | None, now: datetime) -> bool:
    """Whether a feed is to be polled now. A plan further ahead than any we make was made while
    the clock was wrong, and would keep the feed from ever being polled (reliability S8)."""
    return planned is None or planned <= now or planned > now + LONGEST_WAIT


def why_due(
    planned: datetime | None,
    times: PollTimes,
    now: datetime,
    *,
    fully_checked_at: datetime | None,
    outcome: PollOutcome | None = None,
    trouble: Trouble = NO_TROUBLE,
) -> str:
    """Why a feed is polled now, or until when it is not, in a few words for `poll --dry-run`.

    `planned` is when it was to be polled, `outcome` that of the poll before.
    """
    if outcome is PollOutcome.SKIPPED:
        why = "its server had asked us to wait"
    elif trouble.failures:
        why = _why_again(trouble)
    elif fully_checked_at is None:
        why = "never checked"
    elif planned is None:
        why = "to be checked again"
    else:
        why = _why_planned(planned, times)
    if planned is not None and not is_due(planned, now):
        return f"not due until {planned.astimezone(UTC):%Y-%m-%d %H:%M} UTC ({why})"
    return why


def _why_planned(planned: datetime, times: PollTimes) -> str:
    if next_nightly_at(planned - timedelta(seconds=1), times.nightly) == planned:
        return "nightly"
    evening = (one for one in times.deadlines if one.due_at - EVENING <= planned <= one.due_at + AFTER_DUE)
    due = min(evening, key=lambda one: one.due_at, default=None)
    return f"deadline evening of {due.title}" if due else "busy blog"


def _why_again(trouble: Trouble) -> str:
    if trouble.gone_nights >= WEEKLY_AFTER_GONE_NIGHTS:
        return "weekly check of a blog that is gone"
    if trouble.is_weekly:
        return f"weekly check after {trouble.nights} nights without an answer"
    return f"retry after trouble (number {trouble.failures})"
