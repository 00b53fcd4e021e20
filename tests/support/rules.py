"""Small rules that tests begin with."""

from __future__ import annotations

from tracker.domain.assignment import (
    AssignmentTerms,
    Different,
    LinkRule,
    PartRule,
    Period,
    Quota,
    RequirementKind,
    Spread,
    Target,
    Where,
    Window,
)


def c4t(title: str, comments: Window, summary: Window | None = None, *, count: int = 2) -> AssignmentTerms:
    """Comments for Teachers: comments on different posts of the blog given to the student, then one
    summary post on the class blog that links them."""
    part = comments_part(Target(Where.ALLOCATED), (Period(1, comments),), Quota(count))
    return AssignmentTerms(title, (part, *_summary(title, summary)), template="c4t")


def c4k(title: str, weeks: tuple[Period, ...], summary: Window | None = None) -> AssignmentTerms:
    """Comments for Kids: one comment a week on the child's or class blog given, and a summary a month."""
    part = comments_part(Target(Where.ALLOCATED), weeks, weekly(weeks, 1))
    return AssignmentTerms(title, (part, *_summary(title, summary)), template="c4k")


def two_classmates(title: str, weeks: tuple[Period, ...]) -> AssignmentTerms:
    """Two comments a week, on the blogs of two different classmates."""
    spread = Spread(Different.BLOGS, each_period=True)
    part = comments_part(Target(Where.CLASSMATES), weeks, weekly(weeks, 2), spread)
    return AssignmentTerms(title, (part,), template="two-classmates")


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
        links=LinkRule(of),
    )


def weekly(weeks: tuple[Period, ...], least: int) -> Quota:
    """So many in each week."""
    return Quota(required=least * len(weeks), period_least=least)


def _summary(title: str, window: Window | None) -> tuple[PartRule, ...]:
    return () if window is None else (summary_part(window, (title,)),)
