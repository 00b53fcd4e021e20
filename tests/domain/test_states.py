"""Each question that is asked about states, with the states for which the answer is yes."""

from __future__ import annotations

import pytest

from tracker.domain import states
from tracker.domain.states import State, Summary, bucket_of, urgency_of


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("COUNTED", "met late"),
        ("HAS_ITEM", "met late date_questionable"),
        (
            "CAN_BE_FILLED",
            "provisional in_moderation in_review cannot_see not_found_yet not_due",
        ),
        ("WAIVED", "excused"),
        ("HELD", "provisional in_moderation"),
        ("NEEDS_PERSON", "in_review date_questionable"),
        ("HIDDEN", "provisional in_moderation cannot_see"),
        ("UNDECIDED", "in_review date_questionable cannot_see not_due"),
        ("SETTLED", "met late excused"),
        ("NOTHING_TO_DO", "met late excused provisional in_moderation"),
        ("EMPTY", "cannot_see not_found_yet not_due"),
        ("ASKS_STUDENT", "does_not_count cannot_see not_found_yet not_due"),
        ("MAY_HIDE_MORE", "cannot_see not_due"),
        ("ON_COURSE", "met provisional late not_due"),
        ("PLAIN", "met excused"),
        (
            "CAN_BE_MARKED_COMPLETE",
            "late in_review date_questionable does_not_count cannot_see not_found_yet",
        ),
    ],
)
def test_each_question_has_its_states(name: str, members: str) -> None:
    assert getattr(states, name) == {State(one) for one in members.split()}


def test_everything_but_what_is_settled_may_change() -> None:
    assert set(State) == states.MAY_CHANGE | states.SETTLED
    assert not states.MAY_CHANGE & states.SETTLED


def test_what_a_person_must_answer_is_shown_first_and_what_is_met_or_waived_last() -> None:
    ordered = sorted(State, key=urgency_of)
    assert {bucket_of(one) for one in ordered[:2]} == {states.Bucket.NEEDS_REVIEW}
    assert set(ordered[-2:]) == states.PLAIN
    assert len({urgency_of(one) for one in State}) == len(State)


def test_a_stored_state_is_found_in_a_set_as_it_is() -> None:
    """Rows hold plain text; pages ask the sets without turning it into a state first."""
    assert "met" in states.COUNTED
    assert "not_due" not in states.COUNTED


def test_some_found_is_partial_and_some_refused_is_not() -> None:
    assert Summary(State.NOT_FOUND_YET, 1, 2).is_partial
    assert not Summary(State.NOT_FOUND_YET).is_partial
    assert not Summary(State.DOES_NOT_COUNT, 1, 2).is_partial
