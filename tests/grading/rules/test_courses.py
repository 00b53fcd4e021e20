"""Rules of real courses, from their file to a student's grade (docs/rules.md names the sources)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.grading.cases import BLOG, CHICAGO
from tests.grading.weeks import at, doer, on, post_at, scored
from tracker.domain.assignment import AssignmentTerms
from tracker.domain.grade import AllocationFact, CommentFact, StudentFacts
from tracker.domain.text import TextCounts
from tracker.grading.rules.document import terms_from_document

RULES = Path(__file__).parents[3] / "docs" / "rules"


def course(name: str) -> AssignmentTerms:
    return terms_from_document(json.loads((RULES / f"{name}.json").read_text(encoding="utf-8")))


def weekly(
    number: int, weeks: int, *, skip: int = 0, blogs: Callable[[int], int] | None = None
) -> StudentFacts:
    """So many comments in each week but the last `skip`, each hour another."""
    times = [on(7 * week, 9) + timedelta(minutes=n) for week in range(weeks - skip) for n in range(number)]
    chosen = [1 + (blogs(n) if blogs else n) % 20 for n in range(len(times))]
    return doer(*at(*times, blogs=chosen))


def posting(*days: int, **changes: Any) -> StudentFacts:
    return doer(posts=tuple(post_at(n, on(day), **changes) for n, day in enumerate(days, 1)))


def holding(student: StudentFacts, **counts: Any) -> StudentFacts:
    """The same, with texts of these counts."""
    return replace(
        student, comments=tuple(replace(one, counts=TextCounts(**counts)) for one in student.comments)
    )


def c4t(*days: int, linked: bool = True) -> StudentFacts:
    mine = at(*map(on, days), blogs=[BLOG] * len(days))
    keys = frozenset(one.post_key for one in mine) if linked else frozenset()
    post = replace(post_at(9, on(15), "C4T #2"), linked_post_keys=keys, linked_blog_ids=frozenset({BLOG}))
    return replace(doer(*mine, posts=(post,)), allocations=(AllocationFact(BLOG),))


def c4k(weeks: int) -> StudentFacts:
    mine = at(*(on(7 * week) for week in range(weeks)), blogs=[BLOG] * weeks)
    post = replace(
        post_at(9, on(29), "C4K in September"), linked_post_keys=frozenset(one.post_key for one in mine)
    )
    return replace(doer(*mine, posts=(post,)), allocations=(AllocationFact(BLOG),))


def by(authors: str) -> StudentFacts:
    mine: tuple[CommentFact, ...] = at(*(on(n) for n in range(len(authors))))
    return doer(*(replace(one, author=author) for one, author in zip(mine, authors, strict=True)))


CASES: list[tuple[str, str, StudentFacts, object]] = [
    ("edm310-c4t", "both and the summary", c4t(1, 2), True),
    ("edm310-c4t", "one of two", c4t(1), False),
    ("edm310-c4t", "the summary links the blog only", c4t(1, 2, linked=False), None),
    ("edm310-c4k", "four weeks", c4k(4), True),
    ("edm310-c4k", "three weeks", c4k(3), False),
    ("edm310-c4c", "one a week", weekly(1, 4), True),
    ("edm310-c4c", "four in the first week", weekly(4, 1), False),
    ("mmc6612-comments", "three a week", weekly(3, 12), Decimal(36)),
    ("mmc6612-comments", "four a week count as three", weekly(4, 12), Decimal(36)),
    ("mmc6612-comments", "a week left out", weekly(3, 12, skip=1), Decimal(33)),
    ("mmc6612-posts", "ten of twelve", posting(*(7 * n for n in range(10)), title="BlogPost"), Decimal(10)),
    ("mmc6612-posts", "nine of twelve", posting(*(7 * n for n in range(9)), title="BlogPost"), Decimal(9)),
    (
        "mmc6612-posts",
        "300 words",
        posting(*(7 * n for n in range(12)), title="BlogPost", words=300),
        Decimal(10),
    ),
    (
        "mmc6612-posts",
        "299 words",
        posting(*(7 * n for n in range(12)), title="BlogPost", words=299),
        Decimal(0),
    ),
    ("engl2133", "all", weekly(3, 14), Decimal(100)),
    ("engl2133", "three fewer", weekly(3, 14, skip=1), Decimal(100)),
    ("engl2133", "six fewer", weekly(3, 14, skip=2), Decimal(85)),
    ("engl2133", "fifteen fewer", weekly(3, 14, skip=5), Decimal(70)),
    ("engl2133", "eighteen fewer", weekly(3, 14, skip=6), Decimal(0)),
    ("624", "three a week on many blogs", weekly(3, 8), True),
    ("624", "on nine blogs", weekly(3, 8, blogs=lambda n: n % 9), False),
    ("624", "on ten blogs", weekly(3, 8, blogs=lambda n: n % 10), True),
    ("624", "none in the last week", weekly(4, 7), False),
    ("neufeld", "28 comments", holding(weekly(28, 1), words=75), Decimal(14)),
    ("neufeld", "27 comments", holding(weekly(27, 1), words=75), Decimal("13.5")),
    ("neufeld", "74 words", holding(weekly(28, 1), words=74), Decimal(0)),
    ("neufeld", "fourteen posts", posting(*range(14)), Decimal(14)),
    ("english102", "long ones", holding(weekly(2, 1), words=100), Decimal(4)),
    ("english102", "short ones", holding(weekly(2, 1), words=99), Decimal(2)),
    ("english102", "within a week after", holding(doer(*at(on(14), on(20, 23, 59))), words=100), Decimal(4)),
    ("english102", "a week after", holding(doer(*at(on(14), on(21))), words=100), Decimal(3)),
    ("eng356", "three a week", weekly(3, 10), Decimal(25)),
    ("eng356", "after Friday, 17:00", doer(*at(*(on(4, 17, 1 + n) for n in range(3)))), Decimal(0)),
    ("f314", "three blogs", holding(weekly(3, 1), paragraphs=1, sentences=3), True),
    ("f314", "two sentences", holding(weekly(3, 1), paragraphs=1, sentences=2), False),
    (
        "f314",
        "two on one blog",
        holding(weekly(3, 1, blogs=lambda n: n // 2), paragraphs=1, sentences=9),
        False,
    ),
    ("belden", "a new blog each week", weekly(3, 6), Decimal(36)),
    ("belden", "the same three blogs", weekly(3, 6, blogs=lambda n: n % 3), Decimal(26)),
    ("crump", "six", weekly(6, 1), Decimal(6)),
    ("crump", "five", weekly(5, 1), Decimal(5)),
    ("crump", "seven", weekly(7, 1), Decimal(6)),
    ("eng2850-posts", "two of three", posting(0, 7), Decimal(20)),
    ("eng2850-posts", "one of three", posting(0), Decimal(10)),
    ("mus2263", "three sentences and a link", holding(weekly(1, 1), sentences=3, links=1), True),
    ("mus2263", "no link", holding(weekly(1, 1), sentences=3), False),
    (
        "anp270",
        "two days a week",
        doer(*at(*(on(7 * week + day) for week in range(4) for day in (0, 2)))),
        True,
    ),
    ("anp270", "both on one day", weekly(2, 4), False),
    (
        "anp270",
        "on the Friday of the short week",
        doer(*at(*(on(7 * week + day) for week in range(4) for day in (0, 4)))),
        False,
    ),
    ("media2020", "in time", posting(6), True),
    ("sc200", "one period is enough", posting(0, 1), Decimal(10)),
    ("sc200", "half a period", posting(0), Decimal(5)),
    ("writing", "two authors", by("ab"), True),
    ("writing", "one author", by("aa"), False),
    ("two-classmates", "two a week", weekly(2, 4), True),
    ("two-classmates", "twice the same", weekly(2, 4, blogs=lambda n: n // 2), False),
]


@pytest.mark.parametrize(
    ("name", "student", "grade"),
    [pytest.param(name, student, grade, id=f"{name}: {says}") for name, says, student, grade in CASES],
)
def test_a_student_of_the_course_gets_what_its_page_says(
    name: str, student: StudentFacts, grade: object
) -> None:
    score = scored(course(name), student)
    assert (score.points if isinstance(grade, Decimal) else score.satisfactory) == grade


@pytest.mark.parametrize(("after", "percent"), [(timedelta(0), 90), (timedelta(days=5), 0)])
def test_a_late_post_loses_a_grade_and_then_all(after: timedelta, percent: int) -> None:
    terms = course("media2020")
    late = doer(posts=(post_at(1, terms.parts[0].window.due_at.astimezone(CHICAGO) + after),))
    assert scored(terms, late).percent == percent


def test_a_ladder_is_climbed_by_a_persons_word() -> None:
    student = weekly(3, 1)
    assert scored(course("eng2850"), student).satisfactory is None
    assert scored(course("eng2850"), student, {"substance": "4"}).points == 12
    topics = posting(*(7 * n for n in range(8)))
    assert scored(course("ethics"), topics, {"quality": "3"}).points == 24
    twice_a_week = posting(*(day for n in range(4) for day in (7 * n, 7 * n + 1)))
    assert scored(course("ethics"), twice_a_week, {"quality": "4"}).points == 16
