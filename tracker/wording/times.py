"""Instants, days and spans in the course's zone and notation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from babel import Locale
from babel.dates import DateTimePattern, get_time_format

from tracker.domain.locale import CourseLocale
from tracker.wording.numbers import say_count

_UNITS = (("week", 604_800, 2), ("day", 86_400, 1), ("hour", 3_600, 1), ("minute", 60, 1))
"""Unit, its length in seconds, and from how many on it is said."""


def say_instant(instant: datetime, locale: CourseLocale, *, with_zone: bool = True) -> str:
    """ "Sun, Oct 25, 11:59 PM CDT", in en_GB "Sun 25 Oct, 23:59 BST"."""
    local = instant.astimezone(locale.zone)
    said = f"{_date(local, 'MMMEd', locale)}, {_clock(local, locale)}"
    return f"{said} {local:%Z}" if with_zone else said


def say_due(due_at: datetime, locale: CourseLocale, *, with_zone: bool = True) -> str:
    """The last minute that is still in time, given the exclusive bound `due_at`; "the end of Sat, Sep 19 CDT"
    where that is midnight, because nobody reads 12:00 AM of Sunday as Saturday night."""
    last = due_at - timedelta(microseconds=1)
    local = last.astimezone(locale.zone)
    if not is_midnight(local):
        return say_instant(last, locale, with_zone=with_zone)
    said = f"the end of {say_day(ending_day(local), locale)}"
    return f"{said} {local:%Z}" if with_zone else said


def is_midnight(local: datetime) -> bool:
    return local.hour == local.minute == 0


def ending_day(local: datetime) -> date:
    """The day on which a due time lies, for people: midnight belongs to the day that ends."""
    return local.date() - timedelta(days=1) if is_midnight(local) else local.date()


def say_short(instant: datetime, locale: CourseLocale) -> str:
    """ "Oct 17, 2:19 AM": for histories, where the zone stands once on the page."""
    local = instant.astimezone(locale.zone)
    return f"{_date(local, 'MMMd', locale)}, {_clock(local, locale)}"


def say_day(day: datetime | date, locale: CourseLocale) -> str:
    """ "Sun, Oct 25". A date is taken as it is, an instant is read on the course's clock."""
    return _date(_local_day(day, locale), "MMMEd", locale)


def say_long_day(day: datetime | date, locale: CourseLocale) -> str:
    """ "Sunday, October 25"."""
    local = _local_day(day, locale)
    return f"{local:%A}, {_date(local, 'MMMMd', locale)}"


def say_long_due(due_at: datetime, locale: CourseLocale) -> str:
    """The last minute that is still in time, as "Sunday, October 25, 11:59 PM CDT", or where that is midnight
    "the end of Saturday, October 24 CDT"."""
    local = (due_at - timedelta(microseconds=1)).astimezone(locale.zone)
    if is_midnight(local):
        return f"the end of {say_long_day(ending_day(local), locale)} {local:%Z}"
    return f"{say_long_day(local, locale)}, {_clock(local, locale)} {local:%Z}"


def say_date(day: datetime | date, locale: CourseLocale, *, with_year: bool = False) -> str:
    """ "Oct 25" or "Oct 25, 2026"."""
    return _date(_local_day(day, locale), "yMMMd" if with_year else "MMMd", locale)


def say_time(instant: datetime, locale: CourseLocale) -> str:
    """ "11:59 PM"."""
    return _clock(instant.astimezone(locale.zone), locale)


def say_field(local: datetime, locale: CourseLocale) -> str:
    """A naive local minute as form fields show it and `grading.windows.parse_local` reads it:
    "Oct 25, 2026, 11:59 PM"."""
    return f"{_date(local, 'yMMMd', locale)}, {_clock(local, locale)}"


def say_when(instant: datetime, beside: datetime, locale: CourseLocale) -> str:
    """ "at 11:00 PM" on the day of the instant it stands beside, else "on Sat, Oct 24, 2:15 AM"."""
    if _local_day(instant, locale) == _local_day(beside, locale):
        return f"at {say_time(instant, locale)}"
    return f"on {say_instant(instant, locale, with_zone=False)}"


def say_span(seconds: float) -> str:
    """A span in its largest unit, rounded down: "30 minutes", "20 days"."""
    return _span(seconds, _UNITS[1:])


def say_ago(instant: datetime, now: datetime) -> str:
    """How far away an instant is: "8 hours ago", "in 13 days", "2 weeks ago", "just now"."""
    seconds = (now - instant).total_seconds()
    if 0 <= seconds < 60:
        return "just now"
    span = _span(abs(seconds), _UNITS)
    return f"{span} ago" if seconds > 0 else f"in {span}"


def say_minutes(minutes: int) -> str:
    """A span that a rule grants, to the minute: "1 hour 30 minutes", "2 days"."""
    days, rest = divmod(minutes, 1_440)
    units = (days, "day"), (rest // 60, "hour"), (rest % 60, "minute")
    return " ".join(say_count(number, unit) for number, unit in units if number)


def say_clock_change(due_at: datetime, locale: CourseLocale) -> str:
    """ "Clocks go back that day." where they do on the day of a due time (exclusive), else ""."""
    day = (due_at - timedelta(microseconds=1)).astimezone(locale.zone).date()
    noon = datetime.combine(day, time(12), locale.zone)
    before = datetime.combine(day - timedelta(days=1), time(12), locale.zone)
    shift = (noon.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
    if not shift:
        return ""
    return "Clocks go back that day." if shift < timedelta() else "Clocks go forward that day."


def _span(seconds: float, units: Sequence[tuple[str, int, int]]) -> str:
    for unit, length, least in units:
        if seconds >= length * least:
            return say_count(int(seconds // length), unit)
    return "less than a minute"


def _local_day(day: datetime | date, locale: CourseLocale) -> date:
    return day.astimezone(locale.zone).date() if isinstance(day, datetime) else day


def _date(local: date, skeleton: str, locale: CourseLocale) -> str:
    babel, patterns, _ = _patterns(locale.tag)
    return patterns[skeleton].apply(local, babel)


def _clock(local: datetime, locale: CourseLocale) -> str:
    """CLDR puts a narrow no-break space before AM and PM, which people neither see nor type."""
    babel, _, clock = _patterns(locale.tag)
    return clock.apply(local, babel).replace("\u202f", " ")


@cache
def _patterns(tag: str) -> tuple[Locale, dict[str, DateTimePattern], DateTimePattern]:
    babel = Locale.parse(tag)
    dates = {name: babel.datetime_skeletons[name] for name in ("MMMEd", "MMMd", "MMMMd", "yMMMd")}
    return babel, dates, get_time_format("short", babel)
