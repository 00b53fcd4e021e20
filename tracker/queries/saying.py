"""Distances in time and lists of things, said for staff pages; states' words are said in `grading`."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.grading.words import say_count, say_number

_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60))


def say_ago(instant: datetime, now: datetime) -> str:
    """How far away an instant is: "eight hours ago", "in 5 days", "just now"."""
    seconds = int((now - instant).total_seconds())
    for unit, length in _UNITS:
        number = abs(seconds) // length
        if number >= (2 if unit == "week" else 1):
            said = say_count(number, unit)
            if seconds > 0 and number <= 12:
                said = said.replace(str(number), say_number(number), 1)
            return f"{said} ago" if seconds > 0 else f"in {said}"
    return "just now" if seconds >= 0 else "in less than a minute"


def say_day(instant: datetime, zone: ZoneInfo) -> str:
    """ "Oct 25": a day on the course's clock."""
    local = instant.astimezone(zone)
    return f"{local:%b} {local.day}"


def say_short(instant: datetime, zone: ZoneInfo) -> str:
    """ "Oct 17, 02:19": for histories, where the zone stands once on the page."""
    local = instant.astimezone(zone)
    return f"{local:%b} {local.day}, {local:%H:%M}"


def say_clock_change(due_at: datetime, zone: ZoneInfo) -> str:
    """ "Clocks go back that day." where they do on the day of a due time (exclusive), else ""."""
    day = (due_at - timedelta(microseconds=1)).astimezone(zone).date()
    noon = datetime.combine(day, time(12), zone)
    before = datetime.combine(day - timedelta(days=1), time(12), zone)
    shift = (noon.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
    if not shift:
        return ""
    return "Clocks go back that day." if shift < timedelta() else "Clocks go forward that day."


def say_people(number: int) -> str:
    return say_count(number, "student")
