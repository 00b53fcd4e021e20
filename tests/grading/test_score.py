from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.grading.cases import DUE, TERMS
from tracker.domain.assignment import HeldCredit
from tracker.domain.grade import Score, State, Verdict
from tracker.grading.score import propose

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
