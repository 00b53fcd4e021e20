"""One wording for what would change and for what changed."""

from __future__ import annotations

import pytest

from tracker.domain.effects import AnswerChange, Effects, VerdictChange
from tracker.wording.effects import say_effects, say_moved, say_ways


def effects(comments: int, requirements: int) -> Effects:
    return Effects(
        tuple(AnswerChange(number, ("review", None), ("accept", 1)) for number in range(comments)),
        tuple(VerdictChange((1, number, "comment-1"), None, None) for number in range(requirements)),
    )


@pytest.mark.parametrize(
    ("comments", "requirements", "would", "did"),
    [
        pytest.param(
            3,
            1,
            "3 comments would be matched differently and 1 requirement would change.",
            "3 comments are now matched differently and 1 requirement changed.",
            id="both",
        ),
        pytest.param(
            1, 0, "1 comment would be matched differently.", "1 comment is now matched differently.", id="one"
        ),
        pytest.param(0, 2, "2 requirements would change.", "2 requirements changed.", id="verdicts"),
        pytest.param(0, 0, "Nothing would change.", "Nothing changed.", id="nothing"),
    ],
)
def test_effects_are_said_alike_before_and_after(
    comments: int, requirements: int, would: str, did: str
) -> None:
    found = effects(comments, requirements)
    assert (say_effects(found), say_effects(found, done=True)) == (would, did)


def test_ways_say_from_what_to_what() -> None:
    other = AnswerChange(9, ("accept", 1), ("accept", 2))
    assert say_ways(Effects((*effects(2, 0).answers, other))) == [
        "1 now matched automatically, then matched to another student",
        "2 now waiting for a person, then matched automatically",
    ]


def test_a_decision_says_what_it_took_along() -> None:
    assert say_moved(0) == "No other comment moved."
    assert say_moved(1) == "1 other comment moved with it."
    assert say_moved(2, "comment") == "2 comments moved with it."
