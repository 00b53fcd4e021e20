"""The grade that stands, by what people said and what the rule says now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tracker.domain.grade import Score
from tracker.domain.record import GradeKind, GradeRecord, GradeWord
from tracker.grading.recording import (
    in_hundredths,
    is_certain,
    record_of,
)

START = datetime(2026, 10, 29, 14, 0, tzinfo=UTC)
EIGHTY = Score(True, Decimal(80))
HUNDRED = Score(True, Decimal(100))
YES, NOT_YET, OPEN = Score(True), Score(False), Score(None)


def _word(number: int, kind: GradeKind, **values: Any) -> GradeWord:
    return GradeWord(number, kind, START + timedelta(minutes=number), **values)


def _said(*words: GradeWord, now: Score = HUNDRED) -> GradeRecord:
    return record_of(words, now)


def _set(number: int, value: int, **values: Any) -> GradeWord:
    return _word(number, GradeKind.OVERRIDE, value=Decimal(value), satisfactory=True, **values)


def test_nothing_said_records_nothing() -> None:
    assert _said() == GradeRecord(HUNDRED)


def test_grade_set_by_hand_stays_and_says_what_the_rule_now_says() -> None:
    """PRODUCT S12: 95 was set while the rule said 80; then an extension made it 100."""
    record = _said(_set(1, 95, proposed=EIGHTY, reason="Worked with a pupil."))
    grade = record.grade
    assert grade is not None
    assert (grade.value, grade.kind, grade.reason) == (
        Decimal(95),
        GradeKind.OVERRIDE,
        "Worked with a pupil.",
    )
    assert record.rule_now == HUNDRED
    assert record.disagrees


def test_grade_set_by_hand_gives_no_notice_while_the_rule_says_what_it_said_then() -> None:
    record = _said(_set(1, 95, proposed=EIGHTY), now=EIGHTY)
    assert record.disagrees
    assert record.rule_now is None


def test_grade_on_which_the_rule_now_agrees_gives_no_notice() -> None:
    record = _said(_set(1, 100, proposed=EIGHTY))
    assert record.grade is not None
    assert (record.disagrees, record.rule_now) == (False, None)


@pytest.mark.parametrize(
    ("then", "now", "is_news"),
    [
        pytest.param(YES, NOT_YET, True, id="rule-got-stricter"),
        pytest.param(NOT_YET, YES, True, id="found-later"),
        pytest.param(YES, YES, False, id="unchanged"),
        pytest.param(YES, OPEN, False, id="undecided-now"),
        pytest.param(YES, Score(False, provisional=True), False, id="only-for-now"),
        pytest.param(HUNDRED, EIGHTY, True, id="lower-points"),
        pytest.param(EIGHTY, Score(True, Decimal("80.004")), False, id="same-when-rounded"),
    ],
)
def test_accepted_grade_stays_and_tells_where_the_rule_left_it(
    then: Score, now: Score, is_news: bool
) -> None:
    accepted = _word(1, GradeKind.ACCEPT, value=then.points, satisfactory=then.satisfactory, proposed=then)
    record = _said(accepted, now=now)
    grade = record.grade
    assert grade is not None
    assert (grade.value, grade.satisfactory) == (then.points, then.satisfactory)
    assert record.rule_now == (now if is_news else None)


def test_latest_grade_stands_and_undoing_it_gives_the_one_before_back() -> None:
    accepted, override = _word(1, GradeKind.ACCEPT, value=Decimal(80)), _set(2, 95)
    undone = _word(3, GradeKind.UNDO, undoes=2)
    for words, number in (((accepted, override), 2), ((accepted, override, undone), 1)):
        grade = _said(*words).grade
        assert grade is not None
        assert grade.number == number
    assert _said(accepted, override, undone, _word(4, GradeKind.UNDO, undoes=1)).grade is None


def test_grade_is_shown_to_the_student_only_while_released() -> None:
    accepted, release = _word(1, GradeKind.ACCEPT, satisfactory=True), _word(2, GradeKind.RELEASE)
    back = _word(3, GradeKind.UNDO, undoes=2)
    assert _said(accepted, now=YES).shown_to_student is None
    assert _said(accepted, release, now=YES).shown_to_student is not None
    assert _said(accepted, release, back, now=YES).shown_to_student is None
    assert _said(release, now=YES).shown_to_student is None, "nothing is recorded"


def test_released_grade_is_never_lowered_by_a_rule() -> None:
    accepted = _word(1, GradeKind.ACCEPT, value=Decimal(100), satisfactory=True, proposed=HUNDRED)
    record = _said(accepted, _word(2, GradeKind.RELEASE), now=Score(False, Decimal(0)))
    shown = record.shown_to_student
    assert shown is not None
    assert (shown.value, record.rule_now) == (Decimal(100), Score(False, Decimal(0)))


def test_notes_change_no_grade_and_go_when_undone() -> None:
    note = _word(1, GradeKind.NOTE, reason="Ask about the second blog.")
    said = _said(note)
    assert (said.grade, said.latest, said.notes) == (None, 1, (note,))
    assert _said(note, _word(2, GradeKind.UNDO, undoes=1)).notes == ()


@pytest.mark.parametrize(
    ("proposal", "certain"),
    [
        pytest.param(YES, True, id="satisfactory"),
        pytest.param(NOT_YET, True, id="not-yet"),
        pytest.param(OPEN, False, id="undecided"),
        pytest.param(Score(True, provisional=True), False, id="held-by-the-owner"),
    ],
)
def test_proposal_is_certain_when_nothing_open_can_change_it(proposal: Score, certain: bool) -> None:
    assert is_certain(proposal) is certain


@pytest.mark.parametrize(
    ("points", "recorded"), [("79.994", "79.99"), ("79.995", "80.00"), ("0.005", "0.01"), ("10", "10.00")]
)
def test_points_are_rounded_half_up_to_hundredths(points: str, recorded: str) -> None:
    assert in_hundredths(Decimal(points)) == Decimal(recorded)


def test_the_grade_that_stands_keeps_all_that_was_said_with_it() -> None:
    word = _set(3, 95, by="Rosa Achterberg", reason="Read aloud.", levels={"thought": "much"})
    assert _said(word) == GradeRecord(HUNDRED, word, disagrees=True, rule_now=HUNDRED, latest=3)


@pytest.mark.parametrize(
    ("given", "now", "disagrees"),
    [
        pytest.param({"value": Decimal(8), "satisfactory": True}, YES, False, id="points and a word"),
        pytest.param({"value": Decimal(8), "satisfactory": True}, NOT_YET, True, id="points and another"),
        pytest.param({"satisfactory": True}, HUNDRED, False, id="a word and points"),
        pytest.param({"satisfactory": False}, HUNDRED, True, id="another word and points"),
    ],
)
def test_points_and_words_are_compared_by_their_words(
    given: dict[str, Any], now: Score, disagrees: bool
) -> None:
    assert _said(_word(1, GradeKind.OVERRIDE, **given), now=now).disagrees is disagrees
