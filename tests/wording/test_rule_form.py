"""The words of the rule's form: every field and choice has them, and a folded part says what it holds."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.assignment import Different, JoinedLate, Late, Order, Spread
from tracker.domain.locale import CourseLocale
from tracker.domain.rule_fields import describe
from tracker.domain.text import COUNTABLE, Aside
from tracker.domain.typed_rule import (
    TypedCondition,
    TypedPosts,
    TypedQuota,
    TypedRule,
    TypedWeeks,
    TypedWorth,
)
from tracker.wording.rule_form import CHOICES, FIELDS, say_folds, words_of

AMERICAN = CourseLocale(ZoneInfo("America/Chicago"))
RULE = TypedRule("C4T #1")


@pytest.mark.parametrize("part", FIELDS)
def test_every_field_has_a_sentence_with_its_gap_and_every_choice_its_words(part: type) -> None:
    words = FIELDS[part]
    assert [*words] == [one.key for one in describe(part)]
    for one in describe(part):
        assert words[one.key].sentence.count("{}") <= 1
        if issubclass(one.kind, Enum):
            assert {*CHOICES[one.kind]} == {*one.kind}


def test_a_typed_part_has_the_words_of_what_it_is_read_into() -> None:
    assert words_of(TypedQuota)["at_most"].label == "Up to … count"
    assert tuple(CHOICES[Aside]) == COUNTABLE


@pytest.mark.parametrize(
    ("rule", "fold", "says"),
    [
        (RULE, "weeks", "not in use"),
        (RULE, "different", "any other post, newer or older"),
        (RULE, "late", "shown as late, earns no credit"),
        (RULE, "joined", "no extra time"),
        (RULE, "counts", "no signatures, introductions, or quotations"),
        (replace(RULE, weeks=TypedWeeks("2026-10-12", 5)), "weeks", "5 weeks from Mon, Oct 12"),
        (
            replace(RULE, weeks=TypedWeeks("soon", 5, "3", last_ends="2026-11-12T12:00")),
            "skipped",
            "3, the last ends Thu, Nov 12, 12:00 PM",
        ),
        (replace(RULE, weeks=TypedWeeks("soon", 1)), "weeks", "1 week from soon"),
        (
            replace(
                RULE, quota=TypedQuota(3, 5), spread=Spread(blogs_least=2, order=Order.NEWER, days_apart=7)
            ),
            "different",
            "up to 5 count, on 2 or more blogs, each on a newer post than the one before, "
            "7 or more days apart",
        ),
        (replace(RULE, spread=Spread(Different.BLOGS, new_blogs=1)), "different", "1 new a week"),
        (
            replace(RULE, late=Late(15, 10, 20, closes_after_days=5)),
            "late",
            "10% a day, 20% once, closed after day 5",
        ),
        (replace(RULE, late=Late(15)), "late", "counts in full"),
        (replace(RULE, joined_late=JoinedLate(7, 5)), "joined", "extra days: 5"),
        (replace(RULE, counts=("quote", "signature")), "counts", "signatures, quotations"),
        (
            replace(RULE, conditions=(TypedCondition("words", 50), TypedCondition("refers", 1))),
            "text",
            "respond to something in the post",
        ),
        (
            replace(
                RULE, summary_due="2026-11-01", summary=TypedPosts(conditions=(TypedCondition("words", 80),))
            ),
            "summary",
            "80 words, no late work",
        ),
        (replace(RULE, posts_quota=TypedQuota(2, period_most=1)), "posts", "2 in all, at most 1 a week"),
        (
            replace(RULE, worth=TypedWorth("bands", "0: 100, 3: 85", 4)),
            "grade",
            "0: 100, 3: 85, best 4 weeks; all parts required",
        ),
        (replace(RULE, rubric="Thought: No 0, Yes 100"), "rubric", "1 line"),
        (replace(RULE, addresses="https://a.example/ https://b.example/"), "addresses", "2 addresses"),
    ],
)
def test_a_folded_part_says_what_it_holds(rule: TypedRule, fold: str, says: str) -> None:
    assert say_folds(rule, AMERICAN)[fold] == says
