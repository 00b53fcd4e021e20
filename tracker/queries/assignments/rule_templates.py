"""The rules that a new assignment begins with, filled in for the weeks to come.

EDM 310's three, and two that other courses' pages show (docs/rules.md); every number is a setting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.assignment import Different, Spread, Where
from tracker.domain.errors import NotFoundError
from tracker.domain.typed_rule import TypedPosts, TypedQuota, TypedRule, TypedWeeks
from tracker.models import Assignment, Course


@dataclass(frozen=True, slots=True)
class RuleTemplate:
    """A rule without its times, for so many `weeks`, each by itself where the quota says so. `number`
    stands where a course has several of them: C4T #2."""

    rule: TypedRule
    says: str
    weeks: int = 5
    has_summary: bool = False

    @property
    def key(self) -> str:
        return self.rule.template


TEMPLATES = (
    RuleTemplate(
        TypedRule("C4T #{number}", "c4t", TypedQuota(2)),
        "Two comments on an assigned blog, then a summary",
        weeks=2,
        has_summary=True,
    ),
    RuleTemplate(
        TypedRule("C4K #{number}", "c4k", TypedQuota(period_least=1)),
        "One comment a week on a class’s blog, then a summary",
        weeks=4,
        has_summary=True,
    ),
    RuleTemplate(
        TypedRule("C4C #{number}", "c4c", TypedQuota(period_least=1), Where.CLASSMATES),
        "One comment a week on a classmate’s blog",
    ),
    RuleTemplate(
        TypedRule(
            "Two classmates #{number}",
            "two-classmates",
            TypedQuota(period_least=2),
            Where.CLASSMATES,
            spread=Spread(Different.BLOGS, each_period=True),
        ),
        "Two comments a week on classmates’ blogs",
    ),
    RuleTemplate(
        TypedRule(
            "Twenty comments #{number}",
            "twenty-on-ten",
            TypedQuota(20, period_least=1, period_most=4),
            Where.FOLLOWED,
            spread=Spread(blogs_least=10),
        ),
        "20 comments on 10 blogs, one to four a week",
        weeks=10,
    ),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new assignment that is not made yet."""

    key: str
    typed: TypedRule


def propose_rule(session: Session, course_id: int, now: datetime, template: str = "c4t") -> Proposal:
    """The next assignment of a kind as its course has it, from Monday on. Every number can be changed.
    NotFoundError for a template that there is not."""
    found = next((one for one in TEMPLATES if one.key == template), None)
    if found is None:
        raise NotFoundError("There is no such template.")
    today = now.astimezone(session.get_one(Course, course_id).zone).date()
    keys = set(session.scalars(select(Assignment.key).where(Assignment.course_id == course_id)))
    number = next(n for n in range(1, len(keys) + 2) if f"{template}-{n}" not in keys)
    return Proposal(
        f"{template}-{number}", fill_template(found, number, today + timedelta(days=-today.weekday() % 7))
    )


def fill_template(template: RuleTemplate, number: int, monday: date) -> TypedRule:
    """The template as it is typed for weeks from a Monday on."""
    typed = replace(template.rule, title=template.rule.title.format(number=number))
    if typed.quota.period_least:
        typed = replace(typed, weeks=TypedWeeks(monday.isoformat(), template.weeks))
    else:
        typed = replace(typed, opens=f"{monday}T00:00", comments_due=_sunday(monday, template.weeks))
    if not template.has_summary:
        return typed
    return replace(
        typed, summary_due=_sunday(monday, template.weeks + 1), summary=TypedPosts(names=typed.title)
    )


def _sunday(monday: date, weeks: int) -> str:
    return f"{monday + timedelta(days=7 * weeks - 1)}T23:59"
