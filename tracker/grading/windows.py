"""Times as people type them, in the course's zone, to instants and back; and a student's own windows.

Whether an item is in time is decided in `lateness`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.assignment import JoinedLate, Period, Window, widest
from tracker.domain.errors import TrackerError
from tracker.domain.grade import AllocationFact, ExceptionFact

MINUTE = timedelta(minutes=1)
WEEK = timedelta(weeks=1)
YEARS = range(2000, 2101)
_TYPED = re.compile(
    r"(\d{4}-\d{2}-\d{2}|[a-z]{3,9} \d{1,2} \d{4}|\d{1,2} [a-z]{3,9} \d{4})"
    r"(?: (\d{1,2}:\d{2})(?: ?([ap]m))?)?",
    re.ASCII,
)
_DAYS = ("%Y-%m-%d", "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y")


def parse_local(text: str, *, end_of_day: bool = True) -> datetime:
    """A date or a time as pages show it or ISO 8601 has it, naive: "Oct 25, 2026, 11:59 PM",
    "25 October 2026, 23:59", "2026-10-25T23:59", "2026-10-25".

    A date alone means 23:59 of that day, or 00:00 when `end_of_day` is False (for openings).
    Raises TrackerError with a sentence for the person who typed it.
    """
    plain = re.sub(r"(?<=[a-z])\.", "", text.strip().lower()).replace("sept ", "sep ")
    typed = _TYPED.fullmatch(re.sub(r"[\s,]+|(?<=\d)t(?=\d)", " ", plain))
    if typed is None:
        raise TrackerError(
            f"We can’t read “{text.strip()[:40]}” as a time. Enter it like Oct 25, 2026, 11:59 PM "
            "or 2026-10-25 23:59."
        )
    day, clock, half = typed.groups()
    clock = clock or ("23:59" if end_of_day else "00:00")
    local = _read(f"{day} {clock} {half}", "%I:%M %p") if half else _read(f"{day} {clock}", "%H:%M")
    if local is None:
        raise TrackerError(f"“{text.strip()}” is not a valid date or time.")
    if local.year not in YEARS:
        raise TrackerError(f"“{text.strip()}” is outside the years {YEARS[0]} to {YEARS[-1]}.")
    return local


def due_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The exclusive bound, in UTC, of work due at a naive local minute: that whole minute counts.

    A minute that happens twice (clocks going back) counts until its second end. Raises TrackerError
    for one that does not exist (clocks going forward), with the times to take instead.
    """
    _refuse_skipped(local, zone)
    return max(_readings(local, zone)) + MINUTE


def opening_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The first instant, in UTC, of a window that opens at a naive local minute: the earlier
    reading where there are two. Midnight is the first instant of a day, also of one that begins at
    01:00. Raises TrackerError for any other minute that does not exist."""
    if (local.hour, local.minute) == (0, 0) and is_skipped(local, zone):
        return max(_readings(local, zone))
    _refuse_skipped(local, zone)
    return min(_readings(local, zone))


def week_windows(
    first: date,
    weeks: int,
    zone: ZoneInfo,
    *,
    due: time = time(23, 59),
    days: int = 7,
    skipped: Collection[int] = (),
) -> tuple[Period, ...]:
    """Weeks in the course's zone, each from the first minute of its first day (`first`, and every seventh
    after it) to `due` on the last of so many `days`; numbered from 1, a skipped one keeping its number.
    TrackerError for a time that does not exist."""
    begins = ((number, first + WEEK * (number - 1)) for number in range(1, weeks + 1))
    return tuple(
        Period(
            number,
            Window(
                due_instant(datetime.combine(day + timedelta(days=days - 1), due), zone),
                opening_instant(datetime.combine(day, time()), zone),
            ),
        )
        for number, day in begins
        if number not in skipped
    )


def shown_due(due_at: datetime, zone: ZoneInfo) -> datetime:
    """The naive local minute to show and edit: the last one before the exclusive bound."""
    return _local_minute(due_at - timedelta(microseconds=1), zone)


def shown_opening(opens_at: datetime, zone: ZoneInfo) -> datetime:
    """The naive local minute to show and edit for an opening instant."""
    return _local_minute(opens_at, zone)


def readings(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants, in UTC, that a naive wall clock may mean in a zone: two when it happens
    twice or never, earlier offset of the night first; else one."""
    return tuple(dict.fromkeys(_readings(wall, zone)))


def find_settled(exceptions: Iterable[ExceptionFact], requirement: str) -> ExceptionFact | None:
    """The excuse, or the substitute handed in another way, that settles a requirement; a substitute
    comes first, since it says what was done."""
    found = [
        fact
        for fact in exceptions
        if fact.kind in {"excuse", "substitute"} and fact.requirement in {None, requirement}
    ]
    return max(found, key=lambda fact: (fact.kind == "substitute", fact.says), default=None)


def extended_to(exceptions: Iterable[ExceptionFact], requirement: str) -> datetime | None:
    """The latest due instant given to this student for a requirement; None without an extension."""
    dues = (fact.due_at for fact in exceptions if fact.requirement in {None, requirement})
    return max((due for due in dues if due is not None), default=None)


def allocated_window(window: Window, allocations: Iterable[AllocationFact]) -> Window:
    """The comments' window on a blog as it was given to the student: the widest, if given twice."""
    given = [Window(fact.due_at or window.due_at, fact.opens_at or window.opens_at) for fact in allocations]
    return widest(given) if given else window


def extend(window: Window, due_at: datetime | None) -> Window:
    """An extension moves a due instant later, never earlier."""
    return window if due_at is None or due_at <= window.due_at else Window(due_at, window.opens_at)


def joined_late(window: Window, joined_on: date | None, rule: JoinedLate | None, zone: ZoneInfo) -> Window:
    """The window of a student who was added shortly before it was due (PRODUCT S13): so many days more,
    to the same minute on the wall."""
    if rule is None or joined_on is None:
        return window
    due = shown_due(window.due_at, zone)
    if not timedelta(0) <= due.date() - joined_on <= timedelta(days=rule.within_days):
        return window
    moved = due + timedelta(days=rule.extra_days)
    return Window(max(_readings(moved, zone)) + MINUTE, window.opens_at)


def _read(text: str, clock: str) -> datetime | None:
    for day in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text, f"{day} {clock}")  # noqa: DTZ007 - the zone comes later
    return None


def _refuse_skipped(local: datetime, zone: ZoneInfo) -> None:
    """Refuse a minute that the clock on the wall jumps over; in UTC and back it is another one."""
    if not is_skipped(local, zone):
        return
    before, after = sorted(_readings(local, zone))
    shown = _local_minute(before, zone), _local_minute(after, zone)
    raise TrackerError(
        f"{_clock(local)} on {local:%A, %B} {local.day} does not exist in {zone.key}: the clocks go forward "
        f"over it. Take {_clock(min(shown))} or {_clock(max(shown))}."
    )


def _clock(local: datetime) -> str:
    """ "2:30 AM". No notation of a course is known here; this one is read everywhere."""
    return f"{local:%I:%M %p}".lstrip("0")


def is_skipped(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone never show a naive minute, because they go forward over it."""
    return _readings(local, zone)[0].astimezone(zone).replace(tzinfo=None) != local


def _readings(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first, second


def _local_minute(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0, second=0, microsecond=0)
