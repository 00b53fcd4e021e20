from __future__ import annotations

import pytest

from tracker.domain.states import State, Summary
from tracker.wording.states import LEGEND, STATES, show


def test_every_state_has_its_own_word_in_the_grid() -> None:
    assert len({STATES[state].grid for state in State}) == len(State)


def test_the_legend_has_every_cell_once() -> None:
    assert sorted(cell.icon for cell in LEGEND) == sorted(
        [*(state.value for state in State), "half", "graded"]
    )


@pytest.mark.parametrize(
    ("summary", "word", "icon"),
    [
        pytest.param(Summary(State.MET), "Met", "met", id="one state"),
        pytest.param(Summary(State.NOT_DUE, 1, 3), "1 of 3", "half", id="some found"),
        pytest.param(Summary(State.DOES_NOT_COUNT, 1, 2), "1 does not", "does_not_count", id="one refused"),
        pytest.param(Summary(State.DOES_NOT_COUNT, 2, 3), "2 do not", "does_not_count", id="two refused"),
    ],
)
def test_a_bundle_is_shown_by_a_word_and_an_icon(summary: Summary, word: str, icon: str) -> None:
    cell = show(summary)
    assert (cell.word, cell.icon) == (word, icon)


def test_a_post_that_is_there_is_said_to_be_in() -> None:
    assert show(Summary(State.MET), is_post=True).word == "In"
    assert show(Summary(State.LATE), is_post=True).word == "Late"
