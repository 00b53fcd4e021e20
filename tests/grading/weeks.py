"""Weeks of an invented term and what a student does in them, for the tests of rules that repeat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.grading.cases import CHICAGO, CLASS_BLOG, comment, seen
from tracker.domain.assignment import (
    AssignmentTerms,
    PartRule,
    Period,
    Quota,
    RequirementKind,
    Spread,
    Target,
    Where,
    Window,
)
from tracker.domain.grade import BlogSight, CommentFact, Judgment, PostFact, Score, StudentFacts
from tracker.domain.text import TextCounts
from tracker.grading.judging.credit import judge_student
from tracker.grading.score import propose
from tracker.grading.windows import week_windows

MONDAY = date(2026, 9, 7)
BLOGS = tuple(range(1, 21))
TERM_OVER = datetime(2027, 1, 10, tzinfo=CHICAGO)


def weeks(number: int, **changes: Any) -> tuple[Period, ...]:
    return week_windows(MONDAY, number, CHICAGO, **changes)


def one_window(days: int = 14) -> tuple[Period, ...]:
    (week,) = week_windows(MONDAY, 1, CHICAGO)
    return (Period(1, Window(week.window.due_at + timedelta(days=days - 7), week.window.opens_at)),)


def rule(
    quota: Quota,
    *,
    periods: tuple[Period, ...] | None = None,
    spread: Spread | None = None,
    where: Where = Where.FOLLOWED,
    **changes: Any,
) -> AssignmentTerms:
    """Terms of one part of comments; what is not named of the part is the terms' own."""
    of_part = {
        name: changes.pop(name) for name in ("conditions", "late", "worth", "counts") if name in changes
    }
    part = PartRule(
        "comment",
        RequirementKind.COMMENT,
        Target(where),
        periods or one_window(),
        quota,
        spread or Spread(),
        **of_part,
    )
    return AssignmentTerms("Comments", (part,), **changes)


def on(day: int, hour: int = 12, minute: int = 0, second: int = 0, *, zone: ZoneInfo = CHICAGO) -> datetime:
    """A local time so many days after the first Monday, which is day 0."""
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute, second), tzinfo=zone)


def at(*times: datetime, blogs: Iterable[int] = (), **changes: Any) -> tuple[CommentFact, ...]:
    """Comments at these times, each on a post of its own; on these blogs, or each on one of its own."""
    chosen = list(blogs) or [BLOGS[n % len(BLOGS)] for n in range(len(times))]
    return tuple(
        replace(comment(n, when, f"{blog}/{n}"), blog_id=blog, **changes)
        for n, (when, blog) in enumerate(zip(times, chosen, strict=True), 1)
    )


def post_at(
    number: int, when: datetime, title: str = "My week", words: int = 400, **changes: Any
) -> PostFact:
    fact = PostFact(number, CLASS_BLOG, f"https://noor.example/{number}", title, (), seen(when))
    return replace(fact, counts=TextCounts(words=words, paragraphs=3), **changes)


def doer(*comments: CommentFact, **changes: Any) -> StudentFacts:
    facts = StudentFacts(
        1, comments=comments, class_blogs=(CLASS_BLOG,), places={"comment": frozenset(BLOGS)}
    )
    return replace(facts, **changes)


def judged(terms: AssignmentTerms, student: StudentFacts, as_of: datetime = TERM_OVER) -> Judgment:
    sights = {blog: BlogSight(blog, True, as_of) for blog in (*BLOGS, CLASS_BLOG, 37)}
    return judge_student(terms, student, sights, sights, as_of, CHICAGO)


def scored(terms: AssignmentTerms, student: StudentFacts, levels: dict[str, str] | None = None) -> Score:
    return propose(terms, judged(terms, student).verdicts, levels)


def met(terms: AssignmentTerms, student: StudentFacts) -> int:
    """How many requirements are met."""
    return sum(one.state == "met" for one in judged(terms, student).verdicts)
