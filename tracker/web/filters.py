"""What templates ask `wording` for: instants and days in the open course's zone and notation, plurals."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup

from tracker.domain.locale import CourseLocale
from tracker.domain.record import GradeWord
from tracker.queries.readable import shown_html
from tracker.wording.arrival import say_arrival, say_version
from tracker.wording.assignments import (
    say_assigned,
    say_list_of_blogs,
    say_moves,
    say_need_you,
    say_outdated_grades,
)
from tracker.wording.check_history import say_gap
from tracker.wording.grades import say_grade, say_rule_now
from tracker.wording.handles import say_handle
from tracker.wording.how_matched import say_hidden
from tracker.wording.numbers import say_count
from tracker.wording.people import say_staff_role, say_student
from tracker.wording.review import (
    say_conflicts,
    say_following,
    say_keep,
    say_sample,
    say_similar,
    say_split,
    say_standing_answer,
    say_unknown_writers,
)
from tracker.wording.student_status import say_unmatched
from tracker.wording.times import say_day, say_due, say_field, say_instant, say_time

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT = re.compile(rf"([{_LETTERS}]+(?:[ '’-]+[{_LETTERS}]+)*)")
"""Words in Hebrew, Arabic and the like that make one name; a comma or "and" parts names."""


def course_locale() -> CourseLocale:
    """Zone and notation of the course that is open; UTC in the default notation outside a course."""
    course = g.get("course")
    return CourseLocale(ZoneInfo("UTC")) if course is None else course.locale


def instant(value: datetime | None, zone: bool = True) -> str:
    """Sun, Oct 25, 11:59 PM CDT; "" for None."""
    return "" if value is None else say_instant(value, course_locale(), with_zone=zone)


def last_minute(value: datetime | None, zone: bool = True) -> str:
    """A due time by its last minute: `Window.due_at` is the minute after it; "" for None."""
    return "" if value is None else say_due(value, course_locale(), with_zone=zone)


def clock_time(value: datetime | None) -> str:
    """11:59 PM; "" for None."""
    return "" if value is None else say_time(value, course_locale())


def day(value: datetime | date | None) -> str:
    """Sun, Oct 25; "" for None."""
    return "" if value is None else say_day(value, course_locale())


def week(value: str) -> str:
    """An ISO week by its first day: 2026-W43 as Mon, Oct 19."""
    year, _, number = value.partition("-W")
    return day(date.fromisocalendar(int(year), int(number), 1))


def example_time() -> str:
    """A time as a form field takes it."""
    return say_field(datetime(2026, 10, 28, 23, 59), course_locale())  # noqa: DTZ001 - typed without a zone


def percent(value: float) -> str:
    """12%; near the ends as exact as it takes not to say "certain": 99.97%, less than 0.01%."""
    if value < 0.01:
        return "less than 0.01%"
    if value > 99.99:
        return "more than 99.99%"
    return f"{value:.2f}%" if value < 1 or value > 99 else f"{value:.0f}%"


def words(html: str) -> Markup:
    """What a person wrote, sanitized, to be shown as it is. The only place where HTML that came
    from outside is marked as safe."""
    return Markup(shown_html(html))  # noqa: S704 - sanitized in the same breath


def isolate(sentence: str) -> Markup:
    """A sentence with names of a right-to-left script set apart, so that neither its own order nor that of
    the names beside them changes; `dir="auto"` passes over them, too."""
    parts = _RIGHT_TO_LEFT.split(sentence)
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )


def grade_words(grade: GradeWord) -> str:
    """A recorded grade: 9.5, satisfactory, not yet."""
    return say_grade(grade.value, grade.satisfactory)


def web_address(url: str) -> str:
    """An address that is safe as a link: what a blog gives may begin with anything. "" otherwise."""
    return url if url.lower().startswith(("http://", "https://")) else ""


SENTENCES: tuple[Callable[..., str], ...] = (
    say_assigned,
    say_conflicts,
    say_following,
    say_hidden,
    say_keep,
    say_list_of_blogs,
    say_moves,
    say_need_you,
    say_outdated_grades,
    say_sample,
    say_similar,
    say_split,
    say_staff_role,
    say_student,
    say_unknown_writers,
    say_unmatched,
)
SENTENCES_IN_LOCALE: tuple[Callable[..., object], ...] = (
    say_arrival,
    say_gap,
    say_standing_answer,
    say_version,
)
"""Sentences that are said in the open course's zone and notation: their last argument, `locale`."""


def in_course(say: Callable[..., object]) -> Callable[..., object]:
    return lambda *values: say(*values, locale=course_locale())


def register(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for rule in (
        instant,
        last_minute,
        clock_time,
        day,
        week,
        percent,
        words,
        isolate,
        grade_words,
        web_address,
        say_handle,
    ):
        app.add_template_filter(rule)
    app.add_template_filter(say_count, "plural")
    app.add_template_global(example_time)
    app.add_template_filter(say_rule_now, "rule_now")
    for say in SENTENCES:
        app.add_template_global(say)
    for needs_locale in SENTENCES_IN_LOCALE:
        app.add_template_global(in_course(needs_locale), needs_locale.__name__)
