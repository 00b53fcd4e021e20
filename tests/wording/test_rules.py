from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.grading.cases import AMERICAN, CHICAGO, DUE, TERMS, change, october
from tests.support.rules import c4t
from tracker.domain.assignment import (
    REQUIRED,
    Condition,
    Different,
    HeldCredit,
    Spread,
    Window,
)
from tracker.domain.locale import CourseLocale
from tracker.domain.traits import Trait
from tracker.wording.rules import rule_sentence


def test_the_rule_is_told_in_the_order_in_which_the_work_is_done() -> None:
    required = change(TERMS, conditions=(Condition(Trait.WORDS, 60, REQUIRED),))
    assert rule_sentence(required, AMERICAN) == (
        "Write two comments on two different posts of the blog assigned to you, between Monday, October 12 "
        "and Sunday, October 25, 11:59 PM CDT. Each comment needs at least 60 words of your own. Then write "
        "one summary post on your class blog that links both posts you commented on, by Sunday, November 1, "
        "11:59 PM CST. Call it “C4T #2”. A comment awaiting moderation counts for now, if you saved "
        "a receipt in time."
    )


def test_a_small_rule_is_a_short_text() -> None:
    one = c4t("C4T #2", Window(DUE, october(12, 8, 30)), count=1)
    terms = replace(
        change(one, conditions=(Condition(Trait.WORDS, 1),)), held=HeldCredit.NONE, points=Decimal(1)
    )
    assert rule_sentence(terms, AMERICAN) == (
        "Write one comment on a post of the blog assigned to you, between Monday, October 12, 8:30 AM CDT "
        "and Sunday, October 25, 11:59 PM CDT. The comment should have at least 1 word of your own; a "
        "shorter one counts all the same. A comment counts once the blog’s owner has approved it. All of "
        "it together earns 1 point."
    )


def test_a_large_rule_has_its_numbers_and_points() -> None:
    many = change(c4t("C4T #2", Window(DUE), Window(DUE), count=20), "summary", names=())
    terms = replace(many, held=HeldCredit.FULL, points=Decimal("12.50"))
    text = rule_sentence(terms, AMERICAN)
    assert text.startswith("Write 20 comments on 20 different posts of the blog assigned to you, by Sunday")
    assert "links all 20 posts you commented on, by Sunday, October 25, 11:59 PM CDT. A comment" in text
    assert text.endswith("earns 12.5 points.")


def test_where_posts_may_repeat_no_number_of_posts_is_asked() -> None:
    text = rule_sentence(change(TERMS, spread=Spread(Different.NOTHING)), AMERICAN)
    assert text.startswith("Write two comments on posts of the blog")
    assert "links what you commented on" in text


def test_a_british_course_reads_its_days_and_its_clock() -> None:
    british = CourseLocale(CHICAGO, "en_GB")
    assert rule_sentence(change(TERMS, names=()), british).startswith(
        "Write two comments on two different posts of the blog assigned to you, between Monday, 12 October "
        "and Sunday, 25 October, 23:59 CDT."
    )
