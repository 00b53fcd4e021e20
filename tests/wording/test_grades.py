"""Grades in words, and what was done to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.grading.cases import AMERICAN
from tracker.domain.grade import Score
from tracker.domain.record import GradeKind, GradeRecord, GradeWord
from tracker.wording.grades import say_done, say_grade, say_proposal, say_rule_now, say_who_was_faster

START = datetime(2026, 10, 29, 14, 0, tzinfo=UTC)


def _word(number: int, kind: GradeKind, **values: Any) -> GradeWord:
    return GradeWord(number, kind, START + timedelta(minutes=number), **values)


@pytest.mark.parametrize(
    ("value", "satisfactory", "words"),
    [
        (Decimal("100.00"), True, "100"),
        (Decimal("9.50"), False, "9.5"),
        (None, True, "satisfactory"),
        (None, False, "not yet"),
        (None, None, ""),
    ],
)
def test_grades_are_said_by_points_before_words(
    value: Decimal | None, satisfactory: bool | None, words: str
) -> None:
    assert say_grade(value, satisfactory) == words


def test_who_was_faster_is_said_with_name_deed_and_time() -> None:
    word = _word(1, GradeKind.OVERRIDE, value=Decimal(95), satisfactory=True, by="Rosa Achterberg")
    assert say_who_was_faster(word, AMERICAN) == (
        "Rosa Achterberg set 95 by hand in the meantime, Thu, Oct 29, 9:01 AM CDT. "
        "Your change was not saved. The current state is shown."
    )


@pytest.mark.parametrize(
    ("word", "says"),
    [
        (_word(1, GradeKind.ACCEPT, satisfactory=False), "accepted not yet"),
        (_word(1, GradeKind.ACCEPT, value=Decimal(8), satisfactory=True), "accepted 8"),
        (_word(1, GradeKind.OVERRIDE, satisfactory=True), "set satisfactory by hand"),
        (_word(1, GradeKind.RELEASE), "released the grade"),
        (_word(1, GradeKind.NOTE), "left a note"),
        (_word(1, GradeKind.UNDO), "undid a decision"),
    ],
)
def test_what_was_done_follows_the_name(word: GradeWord, says: str) -> None:
    assert say_done(word) == says
    assert say_who_was_faster(word, AMERICAN).startswith(f"Someone {says} in the meantime, ")


@pytest.mark.parametrize(
    ("proposal", "says"),
    [(Score(None, Decimal(8)), ""), (Score(True, Decimal(80)), "80"), (Score(False), "not yet")],
)
def test_a_proposal_is_said_as_it_would_be_recorded(proposal: Score, says: str) -> None:
    assert say_proposal(proposal) == says


@pytest.mark.parametrize(
    ("rule_now", "says"),
    [
        (None, ""),
        (Score(True, Decimal(100)), "The rule now says 100."),
        (Score(False), "The rule now says not yet."),
    ],
)
def test_what_the_rule_has_come_to_say_stands_beside_a_recorded_grade(
    rule_now: Score | None, says: str
) -> None:
    assert say_rule_now(GradeRecord(Score(None), rule_now=rule_now)) == says
