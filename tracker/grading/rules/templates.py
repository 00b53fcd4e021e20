"""The rules that instructors begin with: EDM 310's three, and two that other courses' pages show.

The numbers are those of the courses (docs/rules.md names them); every one is a setting.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.assignment import (
    AssignmentTerms,
    Different,
    Link,
    PartRule,
    Period,
    Quota,
    RequirementKind,
    Spread,
    Target,
    Where,
    Window,
)
from tracker.grading.windows import due_instant, opening_instant

WEEK = timedelta(weeks=1)


def c4t(title: str, comments: Window, summary: Window | None = None, *, count: int = 2) -> AssignmentTerms:
    """Comments for Teachers: comments on different posts of the blog given to the student, then one
    summary post on the class blog that links them."""
    part = comments_part(Target(Where.ALLOCATED), (Period(1, comments),), Quota(count))
    return AssignmentTerms(title, (part, *_summary(title, summary)), template="c4t")


def c4k(title: str, weeks: tuple[Period, ...], summary: Window | None = None) -> AssignmentTerms:
    """Comments for Kids: one comment a week on the child's or class blog given, and a summary a month."""
    part = comments_part(Target(Where.ALLOCATED), weeks, weekly(weeks, 1))
    return AssignmentTerms(title, (part, *_summary(title, summary)), template="c4k")


def c4c(title: str, weeks: tuple[Period, ...]) -> AssignmentTerms:
    """Comments for Classmates: one comment a week on a classmate's blog."""
    return AssignmentTerms(
        title, (comments_part(Target(Where.CLASSMATES), weeks, weekly(weeks, 1)),), template="c4c"
    )


def two_classmates(title: str, weeks: tuple[Period, ...]) -> AssignmentTerms:
    """Two comments a week, on the blogs of two different classmates."""
    spread = Spread(Different.BLOGS, each_period=True)
    part = comments_part(Target(Where.CLASSMATES), weeks, weekly(weeks, 2), spread)
    return AssignmentTerms(title, (part,), template="two-classmates")


def twenty_on_ten(title: str, weeks: tuple[Period, ...]) -> AssignmentTerms:
    """Twenty comments on at least ten different followed blogs, one to four a week."""
    quota = Quota(20, period_least=1, period_most=4)
    part = comments_part(Target(Where.FOLLOWED), weeks, quota, Spread(blogs_least=10))
    return AssignmentTerms(title, (part,), template="twenty-on-ten")


def comments_part(
    target: Target, periods: tuple[Period, ...], quota: Quota, spread: Spread | None = None
) -> PartRule:
    return PartRule("comment", RequirementKind.COMMENT, target, periods, quota, spread or Spread())


def summary_part(window: Window, names: tuple[str, ...] = (), of: str = "comment") -> PartRule:
    """One post on the student's class blog that links what was commented on."""
    return PartRule(
        "summary",
        RequirementKind.POST,
        Target(Where.OWN),
        (Period(1, window),),
        Quota(1),
        names=names,
        links=Link(of),
    )


def weekly(weeks: tuple[Period, ...], least: int) -> Quota:
    """So many in each week."""
    return Quota(required=least * len(weeks), period_least=least)


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


def _summary(title: str, window: Window | None) -> tuple[PartRule, ...]:
    return () if window is None else (summary_part(window, (title,)),)
