"""Whether an item is late, by whose clock, and what being late leaves of it. The only place where lateness is
decided (MODEL §8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.assignment import Late, Window
from tracker.domain.feed import TimeBasis
from tracker.domain.grade import Lateness, SeenTimes, Timing
from tracker.domain.reason import Reason, instant_param
from tracker.grading.windows import is_skipped, readings

DAY = timedelta(days=1)
CACHE_SLACK = timedelta(minutes=30)
"""How long a blog's cache may keep what is new from us; WordPress's page caches keep about that."""

CLOCK_SLACK = timedelta(minutes=5)
"""How far a blog's clock may be ahead of ours without being wrong."""

BEST_FIRST = (Timing.ON_TIME, Timing.QUESTIONABLE, Timing.LATE, Timing.CLOSED, Timing.EARLY)
"""How timings rank for the student."""


@dataclass(frozen=True, slots=True)
class _Reading:
    at: datetime
    clock: tuple[Reason, ...] = ()


def judge_lateness(
    times: SeenTimes,
    window: Window,
    zone: ZoneInfo,
    *,
    held_on_blog: bool = False,
    late: Late | None = None,
) -> Lateness:
    """Judge one item's timeliness by when the blog says it was posted. The due instant is exclusive.

    `times.posted_at` is believed unless a full check after it did not show the item and that
    makes a difference; then it is questionable, for a person. So is a late one by a time that cannot be:
    later than we saw it, or shifted against the server's own clock. On a blog known to hold comments
    back (`held_on_blog`) such a check says nothing, so the blog's time rules. Missing or
    implausible, the last full check before the item was seen stands in, so that a slow poll
    never makes a student late. A time without a zone is read in the way that favors the student.
    `late` is what the terms say of late work; without it a late item earns nothing.
    """
    if times.posted_at is None or times.basis in {TimeBasis.MISSING, TimeBasis.IMPLAUSIBLE}:
        return _take_off(_judge_unstated(times, window), window, zone, late)
    judged = [
        _take_off(_judge_stated(reading, times, window, held_on_blog), window, zone, late)
        for reading in _read(times, zone)
    ]
    return min(judged, key=lambda lateness: (BEST_FIRST.index(lateness.timing), lateness.late_by_s))


def started_days(at: datetime, due_at: datetime, zone: ZoneInfo) -> int:
    """How many days after the due instant had begun, on the clock on the wall: a second after it one,
    24 hours after it two, also in the night in which the clocks change. Where they show an hour twice,
    a day begins with the second time, so that who comes later is never less late."""
    due = due_at.astimezone(zone).replace(tzinfo=None)
    days = max(int((at.astimezone(zone).replace(tzinfo=None) - due) // DAY), 0)
    has_begun = days == 0 or at >= max(readings(due + days * DAY, zone))
    return days + 1 if has_begun else days


def _take_off(lateness: Lateness, window: Window, zone: ZoneInfo, late: Late | None) -> Lateness:
    """What the policy leaves of an item that came after the due instant."""
    if lateness.timing is not Timing.LATE:
        return lateness
    if late is None:
        return replace(lateness, earns=0)
    if lateness.late_by_s < late.grace_minutes * 60:
        grace = Reason("grace", {"minutes": late.grace_minutes})
        return replace(lateness, timing=Timing.ON_TIME, clock=(*lateness.clock, grace))
    days = started_days(lateness.taken_at, window.due_at, zone)
    if late.closes_after_days is not None and days > late.closes_after_days:
        return replace(lateness, timing=Timing.CLOSED, earns=0)
    return replace(lateness, earns=100 - min(late.flat + late.per_day * days, late.at_most, 100))


def _read(times: SeenTimes, zone: ZoneInfo) -> list[_Reading]:
    assert times.posted_at is not None  # noqa: S101 - narrowed by the only caller
    if times.basis is TimeBasis.FEED_ZONE:
        return [_Reading(times.posted_at, (Reason("feed-zone"),))]
    if times.basis is not TimeBasis.NAIVE:
        return [_Reading(times.posted_at)]
    return _read_naive(times.posted_at, zone)


def _read_naive(posted_at: datetime, zone: ZoneInfo) -> list[_Reading]:
    """A wall clock without a zone: as course time (twice, on the night the clocks go back), as UTC."""
    wall = posted_at.astimezone(UTC).replace(tzinfo=None)
    course = readings(wall, zone)
    code = "no-zone-course"
    if len(course) > 1:
        code = "no-zone-skipped" if is_skipped(wall, zone) else "no-zone-ambiguous"
    found = [_Reading(at, (Reason(code, {"at": instant_param(at)}),)) for at in course]
    as_utc = wall.replace(tzinfo=UTC)
    return [*found, _Reading(as_utc, (Reason("no-zone-utc", {"at": instant_param(as_utc)}),))]


def _judge_stated(reading: _Reading, times: SeenTimes, window: Window, held_on_blog: bool) -> Lateness:
    check = times.last_check_before
    timing = _place(reading.at, window)
    is_impossible = reading.at > times.first_seen_at + CLOCK_SLACK or times.basis is TimeBasis.SHIFTED
    if timing is Timing.LATE and times.first_seen_at < window.due_at:
        clock = Reason("seen-before", {"seen": instant_param(times.first_seen_at)})
        return Lateness(Timing.ON_TIME, times.first_seen_at, (clock,))
    if timing is Timing.LATE and is_impossible:
        code = "shifted" if times.basis is TimeBasis.SHIFTED else "ahead"
        said = {"stated": instant_param(reading.at), "seen": instant_param(times.first_seen_at)}
        return Lateness(Timing.QUESTIONABLE, reading.at, (Reason(code, said),))
    if check is not None and _contradicts(reading.at, check, timing, times, window):
        if not held_on_blog:
            said = {"stated": instant_param(reading.at), "checked": instant_param(check)}
            return Lateness(Timing.QUESTIONABLE, reading.at, (Reason("not-shown", said),))
        return _as_lateness(reading.at, window, *reading.clock, Reason("owner-holds"))
    return _as_lateness(reading.at, window, *reading.clock)


def _contradicts(at: datetime, check: datetime, timing: Timing, times: SeenTimes, window: Window) -> bool:
    """Whether a check that should have shown the item did not, and that could change the answer.

    If it was seen before the due instant it is on time whenever it was posted. A check shortly
    after the stated time proves nothing: caches serve pages that old.
    """
    if check < at + CACHE_SLACK:
        return False
    if timing is Timing.ON_TIME:
        return times.first_seen_at >= window.due_at
    return timing is Timing.EARLY and window.opens_at is not None and check >= window.opens_at


def _judge_unstated(times: SeenTimes, window: Window) -> Lateness:
    """Between the last check that lacked the item and the first that had it, the instant that
    favors the student."""
    check = times.last_check_before
    if check is None:
        at = min(times.first_seen_at, window.due_at - timedelta(minutes=1))
        return _as_lateness(at, window, Reason("no-time-no-check"))
    clock = Reason("no-time", {"checked": instant_param(check)})
    opens = window.opens_at
    at = opens if opens is not None and check < opens <= times.first_seen_at else check
    return _as_lateness(at, window, clock)


def _as_lateness(at: datetime, window: Window, *clock: Reason) -> Lateness:
    timing = _place(at, window)
    late_by = int((at - window.due_at).total_seconds()) if timing is Timing.LATE else 0
    return Lateness(timing, at, clock, late_by)


def _place(at: datetime, window: Window) -> Timing:
    if window.opens_at is not None and at < window.opens_at:
        return Timing.EARLY
    return Timing.ON_TIME if at < window.due_at else Timing.LATE
