"""The rules that a new assignment begins with, filled in for the weeks to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms, Window
from tracker.domain.errors import NotFoundError
from tracker.domain.typed_rule import TypedRule
from tracker.grading.rules import templates
from tracker.grading.rules.to_form import type_rule
from tracker.grading.windows import due_instant, opening_instant
from tracker.models import Assignment, Course

WEEK = timedelta(weeks=1)
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class RuleTemplate:
    """`number` stands where a course has several of them: C4T #2."""

    key: str
    title: str
    says: str
    weeks: int = 5


TEMPLATES = (
    RuleTemplate("c4t", "C4T #{number}", "Two comments on the blog assigned, then a summary", 2),
    RuleTemplate("c4k", "C4K #{number}", "One comment a week on a class’s blog, and a summary of them", 4),
    RuleTemplate("c4c", "C4C #{number}", "One comment a week on a classmate’s blog"),
    RuleTemplate("two-classmates", "Two classmates #{number}", "Two comments a week on classmates’ blogs"),
    RuleTemplate(
        "twenty-on-ten", "Twenty comments #{number}", "20 comments on 10 blogs, one to four a week", 10
    ),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new assignment that nobody has made yet."""

    key: str
    template: RuleTemplate
    typed: TypedRule


def propose_rule(session: Session, course_id: int, now: datetime, template: str = "c4t") -> Proposal:
    """The next assignment of a kind as its course has it, from Monday on. Every number can be changed.
    NotFoundError for a template that there is not."""
    found = next((one for one in TEMPLATES if one.key == template), None)
    if found is None:
        raise NotFoundError("There is no such template.")
    zone = ZoneInfo(session.get_one(Course, course_id).time_zone)
    keys = set(session.scalars(select(Assignment.key).where(Assignment.course_id == course_id)))
    number = next(n for n in range(1, len(keys) + 2) if f"{template}-{n}" not in keys)
    today = now.astimezone(zone).date()
    monday = today + timedelta(days=-today.weekday() % 7)
    terms = _terms(found, found.title.format(number=number), monday, zone)
    typed = type_rule(terms, zone)
    if typed is None:  # pragma: no cover - every template can be filled in
        raise NotFoundError("This template cannot be filled in.")
    return Proposal(f"{template}-{number}", found, typed)


def _terms(template: RuleTemplate, title: str, monday: date, zone: ZoneInfo) -> AssignmentTerms:
    weeks = templates.week_windows(monday, template.weeks, zone)
    after = _until(monday, template.weeks + 1, zone)
    if template.key == "c4t":
        return templates.c4t(title, _until(monday, template.weeks, zone), after)
    if template.key == "c4k":
        return templates.c4k(title, weeks, after)
    make = {
        "c4c": templates.c4c,
        "two-classmates": templates.two_classmates,
        "twenty-on-ten": templates.twenty_on_ten,
    }
    return make[template.key](title, weeks)


def _until(monday: date, weeks: int, zone: ZoneInfo) -> Window:
    last = monday + WEEK * weeks - timedelta(days=1)
    opens = opening_instant(datetime.combine(monday, time()), zone)
    return Window(due_instant(datetime.combine(last, LAST_MINUTE), zone), opens)
