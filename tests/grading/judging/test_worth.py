"""Primitives 8, 9, 11 to 14 and 16: how good, how late, and what it is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.grading.cases import CHICAGO, remarks, sentence
from tests.grading.weeks import at, doer, judged, met, on, one_window, post_at, rule, scored, weeks
from tests.support.rules import summary_part
from tracker.domain.assignment import (
    HINT,
    REQUIRED,
    AssignmentTerms,
    Band,
    Combine,
    Condition,
    Criterion,
    Late,
    Level,
    PartRule,
    Quota,
    RequirementKind,
    Target,
    Where,
    Worth,
    WorthKind,
)
from tracker.domain.text import Aside, TextCounts
from tracker.domain.traits import Trait
from tracker.wording.rule_parts import say_place

SECOND = timedelta(seconds=1)
DUE = one_window()[0].window.due_at
ONE = Quota(1)

ENOUGH = {
    Trait.WORDS: TextCounts(words=50),
    Trait.SENTENCES: TextCounts(sentences=3),
    Trait.CHARACTERS: TextCounts(characters=200),
    Trait.PARAGRAPHS: TextCounts(paragraphs=2),
    Trait.LINKS: TextCounts(links=1),
    Trait.QUESTIONS: TextCounts(questions=1),
    Trait.INTRODUCES: TextCounts(introduces=True),
    Trait.REFERS: TextCounts(refers=True),
    Trait.MORE_THAN_PRAISE: TextCounts(praise_only=False),
}
ASKED = {Trait.WORDS: 50, Trait.SENTENCES: 3, Trait.CHARACTERS: 200, Trait.PARAGRAPHS: 2}
ALMOST = {
    Trait.WORDS: TextCounts(words=49, sentences=9, aside=((Aside.SIGNATURE, 11),)),
    Trait.SENTENCES: TextCounts(words=500, sentences=2),
    Trait.CHARACTERS: TextCounts(words=500, characters=199),
    Trait.PARAGRAPHS: TextCounts(words=500, paragraphs=1),
    Trait.MORE_THAN_PRAISE: TextCounts(words=500, praise_only=True),
}


def saying(counts: TextCounts) -> Any:
    (comment,) = at(on(0))
    return doer(replace(comment, counts=counts))


@pytest.mark.parametrize("trait", list(Trait))
def test_a_condition_is_met_exactly_at_its_number(trait: Trait) -> None:
    asked = Condition(trait, ASKED.get(trait, 1), REQUIRED)
    assert met(rule(ONE, conditions=(asked,)), saying(ENOUGH[trait])) == 1
    short = judged(rule(ONE, conditions=(asked,)), saying(ALMOST.get(trait, TextCounts(words=500))))
    (verdict,) = short.verdicts
    assert (verdict.state, verdict.credit) == ("does_not_count", 0)
    assert "the rule asks for" in sentence(verdict)


@pytest.mark.parametrize(("short_earns", "credit"), [(HINT, 100), (50, 50), (REQUIRED, 0)])
def test_what_falls_short_earns_what_the_rule_says(short_earns: int, credit: int) -> None:
    terms = rule(ONE, conditions=(Condition(Trait.WORDS, 50, short_earns),))
    assert judged(terms, saying(ALMOST[Trait.WORDS])).verdicts[0].credit == credit


def test_of_several_conditions_the_hardest_that_is_not_met_decides() -> None:
    both = (Condition(Trait.WORDS, 50, 70), Condition(Trait.LINKS, 1, 40))
    verdict = judged(rule(ONE, conditions=both), saying(TextCounts(words=49))).verdicts[0]
    assert verdict.credit == 40
    assert remarks(verdict) == ("No link; the rule asks for 1.", "49 words; the rule asks for 50.")


def test_a_signature_counts_where_the_rule_says_so() -> None:
    floor = (Condition(Trait.WORDS, 60, REQUIRED),)
    assert met(rule(ONE, conditions=floor), saying(ALMOST[Trait.WORDS])) == 0
    assert met(rule(ONE, conditions=floor, counts=(Aside.SIGNATURE,)), saying(ALMOST[Trait.WORDS])) == 1


LATE = Late(grace_minutes=15, per_day=10, at_most=50, closes_after_days=5)


@pytest.mark.parametrize(
    ("after", "state", "credit"),
    [
        pytest.param(timedelta(0), "met", 100, id="the due instant, within the grace"),
        pytest.param(timedelta(minutes=15) - SECOND, "met", 100, id="the last second of the grace"),
        pytest.param(timedelta(minutes=15), "late", 90, id="after the grace"),
        pytest.param(timedelta(days=1) - SECOND, "late", 90, id="the last second of the first day"),
        pytest.param(timedelta(days=1), "late", 80, id="the second day has begun"),
        pytest.param(timedelta(days=5) - SECOND, "late", 50, id="the last second of the fifth day"),
        pytest.param(timedelta(days=5), "not_found_yet", 0, id="closed"),
    ],
)
def test_each_day_begun_takes_its_part(after: timedelta, state: str, credit: int) -> None:
    (verdict,) = judged(rule(ONE, late=LATE), doer(*at(DUE + after))).verdicts
    assert (verdict.state, verdict.credit) == (state, credit)


def test_a_flat_loss_comes_once_and_the_most_is_a_bound() -> None:
    flat = Late(flat=20, per_day=10, at_most=45)
    done = [
        judged(rule(ONE, late=flat), doer(*at(DUE + timedelta(days=n)))).verdicts[0].credit for n in range(4)
    ]
    assert done == [70, 60, 55, 55]


def test_late_days_are_days_on_the_wall_when_the_clocks_change() -> None:
    (week,) = one_window()
    due = datetime(2026, 11, 1, tzinfo=CHICAGO)  # Sat Oct 31, 23:59; the clocks go back on Sunday
    terms = rule(
        ONE, periods=(replace(week, window=replace(week.window, due_at=due)),), late=Late(per_day=10)
    )

    def credit(*instant: int) -> Decimal:
        return judged(terms, doer(*at(datetime(*instant, tzinfo=CHICAGO)))).verdicts[0].credit  # type: ignore[arg-type]

    # Sunday has 25 hours; the second day begins with Monday all the same.
    assert [credit(2026, 11, 1, 23, 59, 59), credit(2026, 11, 2)] == [90, 80]


@pytest.mark.parametrize(("of_whole", "percent"), [(False, 90), (True, 80)])
def test_the_latest_comment_decides_for_itself_or_for_all(of_whole: bool, percent: int) -> None:
    terms = rule(Quota(2), late=Late(per_day=10, of_whole=of_whole))
    assert scored(terms, doer(*at(on(0), DUE + timedelta(hours=32)))).percent == percent


def test_comments_and_summary_have_late_policies_of_their_own() -> None:
    window = one_window()[0].window
    summary = replace(summary_part(window, ("C4T #2",)), late=Late(flat=30))
    terms = rule(ONE)
    terms = replace(terms, parts=(*terms.parts, summary))
    (comment,) = at(on(0))
    late_post = post_at(9, DUE + SECOND, "C4T #2", linked_post_keys=frozenset({comment.post_key}))
    assert scored(terms, doer(comment, posts=(late_post,))).percent == 85
    assert not scored(
        terms, doer(*at(DUE + SECOND), posts=(replace(late_post, linked_post_keys=frozenset({"1/1"})),))
    ).satisfactory


@pytest.mark.parametrize(
    ("done", "points"),
    [(20, 100), (17, 100), (16, 85), (11, 85), (10, 70), (5, 70), (4, 0)],
)
def test_bands_go_by_how_many_are_not_there(done: int, points: int) -> None:
    """ENGL 2133: 0-3, 4-9, 10-15, 16 and more."""
    bands = (Band(3, 100), Band(9, 85), Band(15, 70))
    terms = rule(Quota(20), worth=Worth(WorthKind.BANDS, bands), points=Decimal(100))
    assert scored(terms, doer(*at(*(on(0, 1, n) for n in range(done))))).points == points


def test_each_comment_earns_its_share_and_half_a_hundredth_is_rounded_up_once() -> None:
    terms = rule(Quota(3), worth=Worth(WorthKind.EACH), points=Decimal(10))
    assert [scored(terms, doer(*at(*(on(n) for n in range(k))))).points for k in (1, 2, 3)] == [
        Decimal("3.33"),
        Decimal("6.67"),
        Decimal(10),
    ]
    eighth = rule(Quota(8), worth=Worth(WorthKind.EACH), points=Decimal("0.28"))
    assert scored(eighth, doer(*at(on(0)))).points == Decimal("0.04")  # 0.035
    assert not scored(terms, doer(*at(on(0), on(1)))).satisfactory


def posts_part(quota: Quota, **changes: Any) -> PartRule:
    part = PartRule("post", RequirementKind.POST, Target(Where.OWN), one_window(), quota)
    return replace(part, **changes)


def test_a_pool_takes_points_of_any_kind_up_to_its_own() -> None:
    """Neufeld: 14 points from posts (1) and comments (0.5), any mix."""
    comments = rule(Quota(0, at_most=28), worth=Worth(WorthKind.EACH, item_points=Decimal("0.5"))).parts[0]
    posts = posts_part(Quota(0, at_most=14), worth=Worth(WorthKind.EACH, item_points=Decimal(1)))
    terms = AssignmentTerms("Blogs", (comments, posts), Decimal(14), Combine.POOL)

    def points(commented: int, posted: int) -> Decimal | None:
        student = doer(
            *at(*(on(0, 1, n) for n in range(commented))),
            posts=tuple(post_at(n, on(n % 10, 3)) for n in range(1, posted + 1)),
        )
        return scored(terms, student).points

    assert [points(28, 0), points(10, 9), points(3, 4), points(28, 14)] == [14, 14, Decimal("5.5"), 14]


@pytest.mark.parametrize(
    "worth",
    [
        pytest.param(Worth(item_points=Decimal(2)), id="all or nothing"),
        pytest.param(Worth(WorthKind.BANDS, (Band(0, 100),), item_points=Decimal(2)), id="bands"),
    ],
)
def test_a_pool_takes_the_points_of_what_is_there_also_where_not_all_is(worth: Worth) -> None:
    terms = rule(Quota(3), worth=worth, points=Decimal(6), combine=Combine.POOL)
    assert [scored(terms, doer(*at(*(on(n) for n in range(k))))).points for k in (1, 2, 3)] == [2, 4, 6]


def test_parts_are_weighed_and_a_gate_closes_where_one_earns_nothing() -> None:
    comments = rule(Quota(2), worth=Worth(WorthKind.EACH, weight=1)).parts[0]
    posts = posts_part(ONE, worth=Worth(weight=3))
    for combine, percent in ((Combine.WEIGHTED, Decimal("12.5")), (Combine.GATE, 0)):
        terms = AssignmentTerms("Both", (comments, posts), combine=combine)
        assert scored(terms, doer(*at(on(0)))).percent == percent
    assert scored(
        AssignmentTerms("Both", (comments, posts)), doer(*at(on(0)), posts=(post_at(1, on(1)),))
    ).percent == Decimal("87.5")


def test_satisfactory_may_begin_below_the_whole() -> None:
    terms = rule(Quota(4), worth=Worth(WorthKind.BANDS, (Band(1, 75), Band(2, 50))), satisfactory_at=75)
    done = [scored(terms, doer(*at(*(on(n) for n in range(k))))).satisfactory for k in (4, 3, 2)]
    assert done == [True, True, False]


def test_a_rubric_waits_for_a_person() -> None:
    levels = (Level("none", "Nothing", 0), Level("half", "Something", 50), Level("full", "Much", 100))
    terms = rule(ONE, points=Decimal(5), rubric=(Criterion("thought", "Thought", levels),))
    done = doer(*at(on(0)))
    assert scored(terms, done).satisfactory is None
    assert scored(terms, done, {"thought": "half"}).points == Decimal("2.5")
    assert scored(terms, done, {"thought": "other"}).satisfactory is None


def test_posts_of_a_week_are_known_by_their_name() -> None:
    """MMC 6612: an assigned slug begins the title; 300 words."""
    part = posts_part(
        Quota(2, period_least=1),
        periods=weeks(2),
        names=("blogpost",),
        conditions=(Condition(Trait.WORDS, 300, REQUIRED),),
    )
    terms = AssignmentTerms("Posts", (part,))
    posts = (
        post_at(1, on(1), "BlogPost: what I saw"),
        post_at(2, on(8), "Another thing"),
        post_at(3, on(9), "blogpost two", words=299),
    )
    judgment = judged(terms, doer(posts=posts))
    assert [(one.requirement, one.state) for one in judgment.verdicts] == [
        ("post-w1-1", "met"),
        ("post-w2-1", "not_found_yet"),
    ]
    assert [(one.post_id, one.reason) for one in judgment.not_counted] == [(3, "too-short")]


def test_places_are_said_in_words() -> None:
    assert say_place(Target(Where.CLASSMATES)) == "your classmates’ blogs"
