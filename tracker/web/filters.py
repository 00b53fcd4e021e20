"""Instants and days as people read them: in the course's zone, with the zone said."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup

from tracker.domain.record import RecordedGrade
from tracker.queries.readable import shown_html


def course_zone() -> tzinfo:
    """The zone of the course that is open; UTC outside a course."""
    course = g.get("course")
    return UTC if course is None else ZoneInfo(course.time_zone)


def instant(value: datetime | None, zone: bool = True) -> str:
    """Sun Oct 25, 23:59 CDT; "" for None."""
    if value is None:
        return ""
    local = value.astimezone(course_zone())
    text = f"{local:%a %b} {local.day}, {local:%H:%M}"
    return f"{text} {local.tzname()}" if zone else text


def last_minute(value: datetime | None, zone: bool = True) -> str:
    """A due time as it was typed: `Window.due_at` is the minute after the last that counts."""
    if value is None:
        return ""
    return instant(datetime.fromtimestamp(value.timestamp() - 60, UTC), zone)


def clock_time(value: datetime | None) -> str:
    """23:59; "" for None."""
    return "" if value is None else f"{value.astimezone(course_zone()):%H:%M}"


def day(value: datetime | date | None) -> str:
    """Sun Oct 25; "" for None."""
    if value is None:
        return ""
    local = value.astimezone(course_zone()) if isinstance(value, datetime) else value
    return f"{local:%a %b} {local.day}"


def week(value: str) -> str:
    """An ISO week by its first day: 2026-W43 as Mon Oct 19."""
    year, _, number = value.partition("-W")
    return day(date.fromisocalendar(int(year), int(number), 1))


def plural(n: int, one: str, many: str = "") -> str:
    """1 comment, 2 comments."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def percent(value: float) -> str:
    """12%; near the ends as exact as it takes not to say "certain": 99.97%, less than 0.01%."""
    if value < 0.01:
        return "less than 0.01%"
    if value > 99.99:
        return "more than 99.99%"
    return f"{value:.2f}%" if value < 1 or value > 99 else f"{value:.0f}%"


def words(html: str) -> Markup:
    """What somebody wrote, sanitised, to be shown as it is. The only place where HTML that came
    from outside is marked as safe."""
    return Markup(shown_html(html))  # noqa: S704 - sanitised in the same breath


def grade_words(grade: RecordedGrade) -> str:
    """A recorded grade: 9.5, satisfactory, not yet."""
    if grade.value is not None:
        return f"{grade.value.normalize():f}"
    return "satisfactory" if grade.satisfactory else "not yet"


def web_address(url: str) -> str:
    """An address that is safe as a link: what a blog gives may begin with anything. "" otherwise."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def register(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for rule in (
        instant,
        last_minute,
        clock_time,
        day,
        week,
        plural,
        percent,
        words,
        grade_words,
        web_address,
    ):
        app.add_template_filter(rule)
