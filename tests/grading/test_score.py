from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.grading.cases import DUE, TERMS
from tests.grading.weeks import at, doer, on, rule, scored, weeks
from tracker.domain.assignment import Band, Criterion, HeldCredit, Late, Level, Quota, Worth, WorthKind
from tracker.domain.grade import ExceptionFact, Score, Verdict
from tracker.domain.states import State
from tracker.grading.score import propose, round_half_up

POINTS = replace(TERMS, points=Decimal("9.50"))


def verdicts(*states: str) -> list[Verdict]:
    keys = [slot.key for slot in TERMS.requirements()]
    return [
        Verdict(key, State(state), "", "", DUE, credit=Decimal(100 if state == "met" else 0))
        for key, state in zip(keys, states, strict=False)
    ]


@pytest.mark.parametrize(
    ("states", "satisfactory"),
    [
        (["met", "met", "met"], True),
        (["met", "excused", "met"], True),
        (["excused"], True),
        (["met", "late", "met"], False),
        (["met", "not_found_yet", "met"], False),
        (["met", "does_not_count", "met"], False),
        (["provisional", "late", "met"], False),
        (["met", "not_due", "met"], None),
        (["met", "in_review", "not_found_yet"], None),
        (["met", "cannot_see", "late"], None),
        (["met", "date_questionable", "does_not_count"], None),
        ([], None),
    ],
)
def test_all_of_it_is_satisfactory_and_nothing_is_proposed_while_undecided(
    states: list[str], satisfactory: bool | None
) -> None:
    percent = {True: Decimal(100), False: Decimal(0), None: None}[satisfactory]
    assert propose(TERMS, verdicts(*states)) == Score(satisfactory, percent=percent)
    points = {True: Decimal("9.50"), False: Decimal(0), None: None}[satisfactory]
    assert propose(POINTS, verdicts(*states)) == Score(satisfactory, points, percent=percent)


@pytest.mark.parametrize("state", ["provisional", "in_moderation"])
@pytest.mark.parametrize(
    ("held", "satisfactory", "provisional"),
    [
        pytest.param(HeldCredit.PROVISIONAL, True, True, id="for now"),
        pytest.param(HeldCredit.FULL, True, False, id="in full"),
        pytest.param(HeldCredit.NONE, False, False, id="not before it is public"),
    ],
)
def test_a_held_comment_earns_what_the_terms_say(
    held: HeldCredit, satisfactory: bool, provisional: bool, state: str
) -> None:
    score = propose(replace(POINTS, held=held), verdicts("met", state, "met"))
    assert (score.satisfactory, score.provisional) == (satisfactory, provisional)
    assert score.points == (Decimal("9.50") if satisfactory else 0)


def test_satisfactory_begins_where_the_rule_says_also_where_something_is_missing() -> None:
    terms = rule(Quota(3), worth=Worth(WorthKind.EACH))
    two = doer(*at(on(0), on(1)))
    assert scored(replace(terms, satisfactory_at=66), two).satisfactory
    assert scored(replace(terms, satisfactory_at=67), two).satisfactory is False  # 66.67
    assert scored(terms, two).satisfactory is False


def test_levels_take_their_part_of_what_was_earned() -> None:
    levels = (Level("half", "Half", 50), Level("full", "Full", 100))
    terms = rule(Quota(2), worth=Worth(WorthKind.EACH), rubric=(Criterion("care", "Care", levels),))
    assert scored(terms, doer(*at(on(0))), {"care": "half"}).percent == 25
    assert propose(POINTS, verdicts("met", "met", "met"), {}).points == Decimal("9.50")


def test_what_does_not_count_earns_nothing_whatever_its_text_would() -> None:
    found = [replace(one, credit=Decimal(100)) for one in verdicts("met", "does_not_count", "met")]
    assert propose(POINTS, found).points == 0


@pytest.mark.parametrize(("percent", "satisfactory"), [(0, False), (1, True)])
def test_a_band_that_earns_anything_is_satisfactory(percent: int, satisfactory: bool) -> None:
    terms = rule(Quota(2), worth=Worth(WorthKind.BANDS, (Band(0, 100), Band(1, percent))))
    score = scored(terms, doer(*at(on(0))))
    assert score.percent == percent
    assert score.satisfactory is satisfactory


@pytest.mark.parametrize(("done", "percent"), [(0, 0), (1, 25), (4, 100), (5, 100)])
def test_where_nothing_is_required_what_is_there_earns_its_share(done: int, percent: int) -> None:
    terms = rule(Quota(0, at_most=4), worth=Worth(WorthKind.EACH))
    assert scored(terms, doer(*at(*(on(n) for n in range(done))))).percent == percent


def test_the_best_weeks_may_be_the_last_ones() -> None:
    terms = rule(Quota(3, period_least=1), periods=weeks(3), worth=Worth(WorthKind.EACH, best_periods=2))
    assert scored(terms, doer(*at(on(7), on(14)))).percent == 100


def test_a_week_is_as_good_as_the_mean_of_what_is_asked_in_it() -> None:
    terms = rule(
        Quota(4, period_least=2),
        periods=weeks(2),
        worth=Worth(WorthKind.EACH, best_periods=1),
        late=Late(per_day=40),
    )
    excused = (ExceptionFact("excuse", "comment-w2-2"),)
    # One of two in the first week, 50; in the second one of one, a day late, 60.
    student = replace(doer(*at(on(0), on(14))), exceptions=excused)
    assert scored(terms, student).percent == 60


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(249999, 100000), 0, "2"),
        (Fraction(12345, 100), 1, "123.5"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction("0.005"), 2, "0.01"),
        (Fraction("1.005"), 2, "1.01"),
    ],
)
def test_rounding_is_half_up_and_knows_no_binary_fractions(
    number: Fraction, decimals: int, rounded: str
) -> None:
    assert str(round_half_up(number, decimals)) == rounded
