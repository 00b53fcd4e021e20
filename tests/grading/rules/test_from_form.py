"""A rule as it is typed: form -> terms -> document -> terms -> form loses nothing."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.support.random_rules import draw_terms
from tracker.domain.assignment import Different, JoinedLate, Late, Order, Spread
from tracker.domain.errors import FieldError, TrackerError
from tracker.domain.locale import CourseLocale
from tracker.domain.typed_rule import (
    TypedCondition,
    TypedPosts,
    TypedQuota,
    TypedRule,
    TypedWeeks,
    TypedWorth,
)
from tracker.grading.rules.document import terms_from_document, terms_to_document
from tracker.grading.rules.from_form import read_rule
from tracker.grading.rules.to_form import type_rule
from tracker.wording.rules import rule_sentence

ZONE = ZoneInfo("America/Chicago")
ROUND = TypedRule("C4T #2", opens="2026-10-12", comments_due="2026-10-25T23:59")
WEEKS = TypedWeeks("2026-10-12", 5)
ONCE_A_WEEK = TypedQuota(period_least=1)
NONE = TypedQuota()
WEEKLY = TypedRule("Classmates", quota=ONCE_A_WEEK, where="classmates", weeks=WEEKS)


@pytest.mark.parametrize("zone", ["America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_form_terms_document_terms_form_lose_nothing(zone: str, full: bool) -> None:
    expressed, drawn, at = 0, 400 if full else 80, ZoneInfo(zone)
    for seed in range(drawn):
        terms = draw_terms(Random(f"{zone} {seed}"), at)
        typed = type_rule(terms, at)
        if typed is None:
            continue
        expressed += 1
        read = read_rule(typed, at)
        stored = terms_from_document(json.loads(json.dumps(terms_to_document(read))))
        assert stored == replace(terms, version=1)
        assert type_rule(stored, at) == typed
    assert expressed > drawn / 2


WORDS = (TypedCondition("words", 80, 0),)
SAID = [
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, days=5, ends="17:00")),
        "Each week is open from Monday to Friday at 5:00 PM.",
        id="weeks of five days",
    ),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, last_ends="2026-11-12 12:00")),
        "Each week ends on Sunday at 11:59 PM, the last one on Thursday, November 12, 12:00 PM.",
        id="a last week that is shorter",
    ),
    pytest.param(
        replace(ROUND, quota=NONE, posts_quota=TypedQuota(1)),
        "Write one post on your class blog, between Monday, October 12",
        id="one post in a round",
    ),
    pytest.param(
        replace(WEEKLY, quota=NONE, posts_quota=TypedQuota(3, period_most=1)),
        "Write three posts on your class blog, at most one a week, in the five weeks",
        id="posts in some of the weeks",
    ),
    pytest.param(
        replace(
            ROUND,
            posts_quota=TypedQuota(1),
            posts=TypedPosts(conditions=(*WORDS, TypedCondition("links", 2, 50))),
        ),
        "The post needs at least 80 words of your own. The post should have at least 2 links of your own",
        id="links in a post",
    ),
    pytest.param(
        replace(ROUND, quota=TypedQuota(3, 5)),
        "Write three comments on three different posts of the blog assigned to you, up to five count,",
        id="how many",
    ),
    pytest.param(
        replace(ROUND, where="listed", addresses=" http://a.example/ \n\nhttp://b.example/"),
        "of http://a.example/ or http://b.example/",
        id="a list",
    ),
    pytest.param(
        replace(ROUND, where="followed", spread=Spread(Different.AUTHORS)), "the same author", id="authors"
    ),
    pytest.param(replace(ROUND, spread=Spread(order=Order.NEWER, days_apart=2)), "newer", id="order"),
    pytest.param(
        replace(WEEKLY, quota=TypedQuota(period_least=2), spread=Spread(Different.BLOGS, each_period=True)),
        "No two in a week may be on the same blog.",
        id="different within a week",
    ),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, skipped="3", ends="17:00")),
        "Each week ends on Sunday at 5:00 PM. Week 3 is left out.",
        id="weeks",
    ),
    pytest.param(
        replace(WEEKLY, quota=TypedQuota(10, period_least=1, period_most=4), spread=Spread(blogs_least=8)),
        "at least one and at most four a week",
        id="weekly minimum and maximum",
    ),
    pytest.param(
        replace(WEEKLY, spread=Spread(new_blogs=1)),
        "at least one must be on a blog where none of yours counted before",
        id="a new blog each week",
    ),
    pytest.param(
        replace(ROUND, conditions=(TypedCondition("words", 50, 60),)), "counts 60%", id="counts in part"
    ),
    pytest.param(
        replace(ROUND, conditions=(TypedCondition("introduces", 1, 0),)),
        "must say who you are",
        id="who writes",
    ),
    pytest.param(
        replace(ROUND, counts=("signature", "quote")),
        "Words of quotations and a signature count too.",
        id="signatures",
    ),
    pytest.param(
        replace(ROUND, late=Late(15, 10, 0, 50, 5, of_whole=True)),
        "15 minutes",
        id="late",
    ),
    pytest.param(
        replace(ROUND, summary_due="2026-11-01 23:59", summary=TypedPosts("C4T #2\nC4T two", WORDS)),
        "Call it “C4T #2” or “C4T two”",
        id="summary",
    ),
    pytest.param(
        replace(WEEKLY, posts_quota=ONCE_A_WEEK, posts=TypedPosts(conditions=WORDS)),
        "Write five posts on your class blog, one a week",
        id="weekly posts",
    ),
    pytest.param(
        replace(WEEKLY, quota=NONE, posts_quota=TypedQuota(period_least=2)),
        "ten posts on your class blog, two a week",
        id="posts only",
    ),
    pytest.param(
        replace(ROUND, quota=TypedQuota(12), worth=TypedWorth("bands", "0: 100, 3: 85")),
        "85%",
        id="bands",
    ),
    pytest.param(
        replace(WEEKLY, worth=TypedWorth("each", best_periods=4)),
        "best four",
        id="best weeks",
    ),
    pytest.param(
        replace(
            ROUND,
            quota=TypedQuota(28),
            points="14",
            combine="pool",
            worth=TypedWorth("each", item_points="0.5"),
        ),
        "Each comment adds 0.5 points",
        id="pool",
    ),
    pytest.param(replace(ROUND, points="12,5", satisfactory_at=80), "satisfactory at 80%", id="satisfactory"),
    pytest.param(replace(ROUND, held="none"), "once the blog’s owner has approved it", id="held"),
    pytest.param(replace(ROUND, joined_late=JoinedLate(7, 5)), "get five extra days", id="joined late"),
    pytest.param(
        replace(ROUND, rubric="Thought: Nothing 0, Some 50, Much 100"), "grades “Thought”", id="rubric"
    ),
]


@pytest.mark.parametrize(("typed", "says"), SAID)
def test_what_is_typed_is_said_and_comes_back(typed: TypedRule, says: str) -> None:
    terms = read_rule(typed, ZONE)
    said = rule_sentence(terms, CourseLocale(ZONE))
    assert says in said
    again = type_rule(terms, ZONE)
    assert again is not None
    assert read_rule(again, ZONE) == terms


WRONG = [
    pytest.param(replace(ROUND, title=" "), "title", "Students see it", id="no title"),
    pytest.param(replace(ROUND, quota=NONE), "quota.required", "1 to 100 comments", id="nothing asked"),
    pytest.param(replace(ROUND, quota=TypedQuota(101)), "quota.required", "0 to 100", id="too many"),
    pytest.param(
        replace(WEEKLY, posts_quota=TypedQuota(period_least=21)),
        "posts_quota.required",
        "1 to 100 posts",
        id="too many posts",
    ),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, days=8)), "weeks.days", "1 to 7 days", id="longer than a week"
    ),
    pytest.param(replace(WEEKLY, weeks=replace(WEEKS, days=0)), "weeks.days", "1 to 7 days", id="never open"),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, last_ends="2026-11-08 23:58")),
        "weeks.last_ends",
        "ends before it begins",
        id="the last week ends before it begins",
    ),
    pytest.param(
        replace(ROUND, comments_due=""), "comments_due", "when the comments are due", id="no due time"
    ),
    pytest.param(
        replace(ROUND, comments_due="2027-03-14 02:30"),
        "comments_due",
        "does not exist in America/Chicago",
        id="a skipped hour",
    ),
    pytest.param(replace(ROUND, opens="soon"), "opens", "as a time", id="no time"),
    pytest.param(replace(ROUND, opens="2026-10-26"), "comments_due", "opens after", id="due before it opens"),
    pytest.param(
        replace(ROUND, summary_due="2026-10-01"),
        "summary_due",
        "before the assignment opens",
        id="summary too early",
    ),
    pytest.param(replace(ROUND, weeks=WEEKS), "weeks.number", "not both", id="two ways to say when"),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, first="")),
        "weeks.first",
        "day on which the first week begins",
        id="no day",
    ),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, first="2027-03-08", ends="02:30")),
        "weeks.ends",
        "does not exist",
        id="a week that ends in a skipped hour",
    ),
    pytest.param(replace(WEEKLY, weeks=replace(WEEKS, number=54)), "weeks.number", "53", id="too many weeks"),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, skipped="three")),
        "weeks.skipped",
        "not a list of numbers",
        id="skipped",
    ),
    pytest.param(
        replace(WEEKLY, weeks=replace(WEEKS, number=1, skipped="1")),
        "weeks.skipped",
        "Keep at least one",
        id="every week left out",
    ),
    pytest.param(replace(ROUND, points="many"), "points", "not a number of points", id="points"),
    pytest.param(replace(ROUND, rubric="Thought"), "rubric", "Enter each line like", id="rubric"),
    pytest.param(
        replace(ROUND, worth=TypedWorth("bands", "all")),
        "worth.bands",
        "percents by number missing",
        id="bands",
    ),
    pytest.param(replace(ROUND, where="own"), None, "Posts go on", id="comments on the own blog"),
    pytest.param(replace(ROUND, where="nowhere"), "where", "Choose one", id="where"),
    pytest.param(replace(ROUND, where="listed"), None, "List the blogs", id="an empty list"),
    pytest.param(
        replace(ROUND, spread=Spread(days_apart=10**9)),
        "spread.days_apart",
        "0 to 100,000",
        id="a number typed wrong",
    ),
    pytest.param(replace(ROUND, late=Late(per_day=101)), "late.per_day", "0 to 100", id="more than all"),
    pytest.param(
        replace(WEEKLY, quota=NONE, posts_quota=ONCE_A_WEEK, summary_due="2026-11-30"),
        None,
        "link to comments",
        id="a summary of nothing",
    ),
]


@pytest.mark.parametrize(("typed", "field", "says"), WRONG)
def test_what_cannot_be_read_is_said_of_its_field(typed: TypedRule, field: str | None, says: str) -> None:
    with pytest.raises(TrackerError, match=says) as raised:
        read_rule(typed, ZONE)
    assert getattr(raised.value, "field", None) == field
    assert isinstance(raised.value, FieldError) == (field is not None)


def test_a_rule_with_more_than_the_form_says_is_not_filled_in() -> None:
    terms = read_rule(ROUND, ZONE)
    (part,) = terms.parts
    two = replace(terms, parts=(part, replace(part, key="more")))
    assert type_rule(two, ZONE) is None
    assert type_rule(replace(terms, parts=(replace(part, key="more"),)), ZONE) is None


def test_what_is_left_empty_asks_nothing() -> None:
    (part,) = read_rule(ROUND, ZONE).parts
    assert (part.conditions, part.late, part.quota.at_most) == ((), None, None)
    for least, posts in itertools.product((0, 1), repeat=2):
        typed = replace(
            WEEKLY, quota=TypedQuota(period_least=least), posts_quota=TypedQuota(period_least=posts)
        )
        if least or posts:
            asked = [one.kind.value for one in read_rule(typed, ZONE).parts]
            assert asked == ["comment"] * least + ["post"] * posts
