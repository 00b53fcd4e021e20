"""A course's total: the gate over what is required, and means that are rounded once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.grading.cases import october
from tracker.domain.errors import TrackerError
from tracker.domain.grade import Score
from tracker.domain.record import GradeKind, GradeWord
from tracker.domain.totals import Group, Standing, TotalRule
from tracker.grading.recording import record_of
from tracker.grading.totals import (
    OPEN,
    read_rule,
    round_half_up,
    say_rule,
    say_total,
    standing_of,
    total_of,
)

YES, NO = Standing(True, Fraction(1)), Standing(False, Fraction(0))
GATE = TotalRule(required=("c4t-1", "c4t-2", "c4k-1"), passed="A", otherwise="D")


def _share(percent: str) -> Standing:
    return Standing(True, Fraction(percent) / 100)


@pytest.mark.parametrize(
    ("grades", "says"),
    [
        pytest.param([YES, YES, YES], "A", id="all-satisfactory"),
        pytest.param([YES, NO, YES], "D: c4t-2 not yet", id="one-missing"),
        pytest.param([YES, NO, NO], "D: c4t-2 and c4k-1 not yet", id="two-missing"),
        pytest.param([YES, OPEN, YES], "A so far", id="one-open"),
        pytest.param([OPEN, NO, OPEN], "D: c4t-2 not yet", id="missing-before-open"),
        pytest.param([OPEN, OPEN, OPEN], "A so far", id="everybody-starts-with-an-A"),
    ],
)
def test_all_bundles_satisfactory_or_d(grades: list[Standing], says: str) -> None:
    assert say_total(total_of(GATE, dict(zip(GATE.required, grades, strict=True)))) == says


KEYS = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("group", "shares", "percent"),
    [
        pytest.param(Group("C4T", KEYS), ("100", "50", "0", "50"), "50.0", id="plain-mean"),
        pytest.param(Group("C4T", KEYS, best=3), ("100", "50", "0", "50"), "66.7", id="best-3-of-4"),
        pytest.param(Group("C4T", KEYS, drop=1), ("100", "50", "0", "50"), "66.7", id="drop-lowest"),
        pytest.param(Group("C4T", KEYS, drop=2), ("100", "50", "0", "50"), "75.0", id="drop-two"),
        pytest.param(Group("C4T", KEYS, best=1), ("10", "50", "0", "50"), "50.0", id="only-the-best"),
        pytest.param(Group("C4T", KEYS, drop=3), ("10",), "10.0", id="never-all-of-them"),
    ],
)
def test_means_of_a_group(group: Group, shares: tuple[str, ...], percent: str) -> None:
    grades = {key: _share(one) for key, one in zip(KEYS, shares, strict=False)}
    assert total_of(TotalRule(groups=(group,)), grades).percent == Decimal(percent)


def test_groups_are_weighted_and_those_without_a_grade_wait() -> None:
    rule = TotalRule(groups=(Group("C4T", ("a",), 3), Group("C4K", ("b",), 1)))
    assert total_of(rule, {"a": _share("80"), "b": _share("40")}).percent == Decimal("70.0")
    waiting = total_of(rule, {"a": _share("80")})
    assert (say_total(waiting), waiting.open) == ("80.0 so far", ("b",))
    assert say_total(total_of(rule, {})) == ""


def test_gate_comes_before_the_mean() -> None:
    rule = TotalRule(required=("a",), otherwise="D", groups=(Group("All", ("a", "b")),))
    passed = total_of(rule, {"a": YES, "b": _share("75")})
    failed = total_of(rule, {"a": NO, "b": _share("75")})
    assert (say_total(passed), say_total(failed)) == ("87.5", "D: a not yet")
    assert failed.percent == Decimal("37.5")


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


def test_thirds_are_rounded_once_at_the_end() -> None:
    """Rounded group by group it would come to 66.68."""
    groups = tuple(Group(str(n), (str(n),)) for n in range(3))
    grades = {str(n): Standing(True, Fraction(2, 3)) for n in range(3)}
    assert total_of(TotalRule(groups=groups, decimals=2), grades).percent == Decimal("66.67")


def test_recorded_grade_counts_before_the_proposal() -> None:
    word = GradeWord(1, GradeKind.OVERRIDE, october(29), value=Decimal("9.5"), satisfactory=True)
    proposal = Score(False, Decimal(0))
    assert standing_of(record_of([word], proposal), Decimal(10)) == Standing(True, Fraction(19, 20))
    assert standing_of(record_of([], proposal), Decimal(10)) == NO
    assert standing_of(record_of([], Score(True)), None) == YES
    assert standing_of(record_of([], Score(None)), None) == OPEN
    assert standing_of(None, None) == OPEN


def test_rule_reads_as_it_was_written() -> None:
    document = {
        "required": ["c4t-1"],
        "passed": "A",
        "groups": [{"title": "C4K", "of": ["c4k-1", "c4k-2"], "weight": 2, "best": 1}],
    }
    rule = read_rule(document, {"c4t-1", "c4k-1", "c4k-2"})
    assert rule == TotalRule(("c4t-1",), "A", "D", (Group("C4K", ("c4k-1", "c4k-2"), 2, 1),))
    assert say_rule(rule) == (
        "c4t-1 must be satisfactory, for A; otherwise D. "
        "C4K: the mean of the best 1 of c4k-1 and c4k-2, weight 2."
    )
    assert read_rule({"required": "all"}, {"b", "a"}).required == ("a", "b")


@pytest.mark.parametrize(
    ("document", "says"),
    [
        pytest.param({}, "needs assignments", id="nothing"),
        pytest.param({"requires": ["a"]}, "requires says nothing", id="misspelt"),
        pytest.param({"required": "c4t-1"}, "a list of the keys", id="no-list"),
        pytest.param({"required": ["z"]}, "no assignment z", id="unknown-assignment"),
        pytest.param({"required": ["a", "a"]}, "twice", id="twice"),
        pytest.param({"groups": [{"of": []}]}, "needs the assignments", id="empty-group"),
        pytest.param({"groups": [{"of": ["a"], "best": 2}]}, "from 1 to 1", id="best-of-too-few"),
        pytest.param({"groups": [{"of": ["a", "b"], "best": 1, "drop": 1}]}, "both at once", id="both"),
        pytest.param({"groups": [{"of": ["a"], "weight": 0}]}, "“weight”", id="no-weight"),
        pytest.param({"groups": ["a"]}, "A group is", id="group-of-text"),
        pytest.param({"required": ["a"], "decimals": 3}, "from 0 to 2", id="decimals"),
        pytest.param({"required": ["a"], "passed": 4}, "short text", id="grade-that-is-a-number"),
    ],
)
def test_rule_that_cannot_be_is_refused_with_a_sentence(document: dict[str, Any], says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        read_rule(document, {"a", "b"})
