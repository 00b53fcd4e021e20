"""Runs of words that two texts share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.text.runs import mark_shared, runs_of, words_of


def test_words_are_compared_without_case_punctuation_and_kinds_of_apostrophes() -> None:
    assert words_of("Don’t WAIT, don't_stop: 2nd!") == ["don't", "wait", "don't", "stop", "2nd"]


@pytest.mark.parametrize(
    ("count", "runs"),
    [pytest.param(4, 0, id="too short"), pytest.param(5, 1, id="one"), pytest.param(7, 3, id="three")],
)
def test_every_stretch_of_five_words_is_a_run(count: int, runs: int) -> None:
    assert len(list(runs_of([str(n) for n in range(count)], 5))) == runs


def test_shared_stretches_are_marked_where_they_stand() -> None:
    text = "So! We drew maps, of the Harbour town. Twice."
    assert mark_shared(text, "yes, we drew maps of the harbour town", 5) == (
        ("So! ", False),
        ("We drew maps, of the Harbour town", True),
        (". Twice.", False),
    )
    assert mark_shared("We drew", "We drew", 5) == (("We drew", False),)


@given(st.text(alphabet="abİ’' .\n", max_size=40), st.text(alphabet="abİ’' .\n", max_size=40))
@settings(max_examples=100, deadline=None)
def test_marked_stretches_join_to_the_text(text: str, other: str) -> None:
    assert "".join(stretch for stretch, _ in mark_shared(text, other, 2)) == text
