"""A course's total: the gate over what is required, and means that are rounded once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.grading.cases import october
from tracker.domain.errors import TrackerError
from tracker.domain.grade import Score
from tracker.domain.record import GradeKind, GradeRecord, GradeWord
from tracker.domain.totals import Group, Total, TotalRule, TotalStanding
from tracker.grading.recording import record_of
from tracker.grading.totals import (
    OPEN,
    read_rule,
    say_rule,
    say_total,
    standing_of,
    total_of,
)

YES, NO = TotalStanding(True, Fraction(1)), TotalStanding(False, Fraction(0))
GATE = TotalRule(required=("c4t-1", "c4t-2", "c4k-1"), passed="A", otherwise="D")


def _share(percent: str) -> TotalStanding:
    return TotalStanding(True, Fraction(percent) / 100)


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
def test_all_bundles_satisfactory_or_d(grades: list[TotalStanding], says: str) -> None:
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


def test_thirds_are_rounded_once_at_the_end() -> None:
    """Rounded group by group it would come to 66.68."""
    groups = tuple(Group(str(n), (str(n),)) for n in range(3))
    grades = {str(n): TotalStanding(True, Fraction(2, 3)) for n in range(3)}
    assert total_of(TotalRule(groups=groups, decimals=2), grades).percent == Decimal("66.67")


def test_recorded_grade_counts_before_the_proposal() -> None:
    word = GradeWord(1, GradeKind.OVERRIDE, october(29), value=Decimal("9.5"), satisfactory=True)
    proposal = Score(False, Decimal(0))
    assert standing_of(record_of([word], proposal), Decimal(10)) == TotalStanding(True, Fraction(19, 20))
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
        "C4K: the average of the best 1 of c4k-1 and c4k-2, weight 2."
    )
    assert read_rule({"required": "all"}, {"b", "a"}).required == ("a", "b")


SCORED = Score(True, Decimal(8))
GIVEN = GradeWord(1, GradeKind.OVERRIDE, october(29), value=Decimal("9.5"))


@pytest.mark.parametrize(
    ("record", "points", "standing"),
    [
        pytest.param(record_of([], SCORED), "10", TotalStanding(True, Fraction(4, 5)), id="proposed points"),
        pytest.param(record_of([], SCORED), None, YES, id="points in a course without points"),
        pytest.param(record_of([], SCORED), "0", YES, id="points of nothing"),
        pytest.param(record_of([], Score(False)), "10", NO, id="a word where there are points"),
        pytest.param(record_of([GIVEN], SCORED), "9.5", YES, id="full points without a word"),
        pytest.param(
            record_of([GIVEN], SCORED), "9", TotalStanding(True, Fraction(19, 18)), id="more than full"
        ),
        pytest.param(record_of([GIVEN], SCORED), "10", TotalStanding(False, Fraction(19, 20)), id="not full"),
        pytest.param(
            replace(record_of([], Score(None)), is_excused=True),
            "10",
            TotalStanding(True, None),
            id="excused",
        ),
        pytest.param(
            replace(record_of([GIVEN], SCORED), is_excused=True), "9.5", YES, id="excused and graded by hand"
        ),
    ],
)
def test_an_assignment_stands_as_it_is_recorded(
    record: GradeRecord, points: str | None, standing: TotalStanding
) -> None:
    assert standing_of(record, Decimal(points) if points is not None else None) == standing


FROM_B = TotalRule(("a",), "A", "D", (Group("B", ("b", "c")),))


@pytest.mark.parametrize(
    ("grades", "total"),
    [
        pytest.param({}, Total("A", None, (), ("a", "b", "c")), id="nothing yet"),
        pytest.param({"b": NO}, Total("A", Decimal("0.0"), (), ("a", "c")), id="passed so far, with a mean"),
        pytest.param({"a": NO, "c": YES}, Total("D", Decimal("100.0"), ("a",), ("b",)), id="missing"),
        pytest.param({"a": YES, "b": YES, "c": NO}, Total("A", Decimal("50.0"), (), ()), id="all there"),
    ],
)
def test_a_total_says_what_is_missing_and_what_is_open(
    grades: dict[str, TotalStanding], total: Total
) -> None:
    assert total_of(FROM_B, grades) == total


def test_a_mean_alone_has_nothing_missing() -> None:
    rule = TotalRule(groups=(Group("B", ("b", "c")),))
    assert total_of(rule, {"b": YES}) == Total("100.0", Decimal("100.0"), (), ("c",))


def test_a_total_reads_in_plain_sentences() -> None:
    groups = (
        Group("Best", ("a", "b", "c"), best=2),
        Group("Most", ("a", "b"), 3, drop=1),
        Group("All", ("a",)),
    )
    assert say_rule(TotalRule(("a",), "", "F")) == "a must be satisfactory; otherwise F."
    assert say_rule(TotalRule(groups=groups)) == (
        "Best: the average of the best 2 of a, b and c, weight 1. "
        "Most: the average of a and b without the 1 lowest, weight 3. All: the average of a, weight 1."
    )


def test_what_is_left_out_of_a_rule_has_its_default() -> None:
    assert read_rule({"groups": [{"of": ["a"]}]}) == TotalRule(
        (), "", "D", (Group("Group", ("a",), 1, None, 0),), 1
    )
    whole = {"required": ["a"], "passed": " A+ ", "otherwise": "F", "decimals": 2}
    assert read_rule(whole) == TotalRule(("a",), "A+", "F", (), 2)
    assert read_rule({"required": ["a"], "otherwise": " "}).otherwise == "D"


@pytest.mark.parametrize(
    "group",
    [
        {"of": ["a", "b"], "drop": 1},
        {"of": ["a", "b"], "best": 2},
        {"of": ["a", "b"], "best": 1, "drop": 0},
        {"of": ["a"], "weight": 1000},
        {"of": ["a"], "title": "x" * 40},
    ],
)
def test_what_can_just_be_is_taken(group: dict[str, Any]) -> None:
    assert read_rule({"groups": [group], "decimals": 0}).groups == (
        Group(**{"title": "Group", **group, "of": tuple(group["of"])}),
    )


NEEDS = "Choose required assignments, or put assignments into a group to average."
TWICE = "A group can count its best or drop its lowest, not both."
KNOWN = "Use decimals, groups, otherwise, passed and required."
OF_GROUP = "Use best, drop, of, title and weight."


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({}, NEEDS),
        ({"requires": ["a"]}, f"requires is not known in a total. {KNOWN}"),
        ({"required": "c4t-1"}, "“required” must be a list of assignment keys."),
        ({"required": ["z", "a", "y"]}, "This course has no assignment y and z."),
        ({"required": ["a", "a"]}, "“required” names an assignment twice."),
        ({"groups": 5}, "“groups” must be a list of groups."),
        ({"groups": {"of": ["a"]}}, "“groups” must be a list of groups."),
        ({"groups": [{}]}, "A group needs at least one assignment."),
        ({"groups": [{"of": [1]}]}, "“of” must be a list of assignment keys."),
        ({"groups": [{"of": ["a"], "least": 2}]}, f"least is not known in a group. {OF_GROUP}"),
        ({"groups": [{"of": ["a"], "best": 2}]}, "“best” must be a whole number from 1 to 1."),
        ({"groups": [{"of": ["a"], "drop": 1}]}, "“drop” must be a whole number from 0 to 0."),
        ({"groups": [{"of": ["a", "b"], "best": 1, "drop": 1}]}, TWICE),
        ({"groups": [{"of": ["a"], "weight": 0}]}, "“weight” must be a whole number from 1 to 1000."),
        ({"groups": [{"of": ["a"], "weight": 1001}]}, "“weight” must be a whole number from 1 to 1000."),
        ({"groups": [{"of": ["a"], "weight": True}]}, "“weight” must be a whole number from 1 to 1000."),
        (
            {"groups": [{"of": ["a"], "title": "x" * 41}]},
            "A grade or a title must be text of at most 40 characters.",
        ),
        ({"groups": ["a"]}, "A group must have a title and a list of assignments."),
        ({"required": ["a"], "decimals": 3}, "“decimals” must be a whole number from 0 to 2."),
        ({"required": ["a"], "decimals": "1"}, "“decimals” must be a whole number from 0 to 2."),
        ({"required": ["a"], "passed": 4}, "A grade or a title must be text of at most 40 characters."),
    ],
)
def test_rule_that_cannot_be_is_refused_with_a_sentence(document: dict[str, Any], says: str) -> None:
    with pytest.raises(TrackerError) as refusal:
        read_rule(document, {"a", "b"})
    assert str(refusal.value) == says
