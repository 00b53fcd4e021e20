"""The text of the due instant: every way in which an edit can lie to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.grade import EditTimes
from tracker.grading.edits import texts_at

DUE = datetime(2026, 11, 2, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def edit(shown: float, seen: float, stated: float | None = None) -> EditTimes:
    """Hours from the due instant: last check with the old text, first with the new, what is stated."""
    return EditTimes(None if stated is None else DUE + stated * HOUR, DUE + shown * HOUR, DUE + seen * HOUR)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param([], [0], id="never edited"),
        pytest.param([edit(-48, -24)], [1], id="new text seen before it was due"),
        pytest.param([edit(2, 26)], [0], id="old text still there after it was due"),
        pytest.param([edit(-22, 2)], [0, 1], id="between the checks on either side"),
        pytest.param([edit(-22, 2, -3)], [1], id="stated before"),
        pytest.param([edit(-22, 2, 1)], [0], id="stated after"),
        pytest.param([edit(-22, 2, 0)], [0], id="stated at the due instant, which is exclusive"),
        pytest.param([edit(-22, 2, -1 / 3600)], [1], id="stated a second before"),
        pytest.param([edit(-22, 2, -30)], [0, 1], id="stated before a check that showed the old text"),
        pytest.param([edit(-22, 2, 3)], [0, 1], id="stated later than it was seen"),
        pytest.param([edit(2, 26, -3)], [0], id="stated before a check that disproves it"),
        pytest.param([edit(0.25, 24)], [0, 1], id="the old text may have come from a cache"),
        pytest.param([edit(0.25, 24, 20)], [0], id="a cache, and stated after"),
        pytest.param([edit(-22, 0)], [0, 1], id="seen at the due instant"),
        pytest.param([edit(-22, -1), edit(-1, 2)], [1, 2], id="two edits, the second in doubt"),
        pytest.param([edit(-22, 2), edit(2, 26)], [0, 1], id="two edits, the first in doubt"),
        pytest.param([edit(-22, 2, -20), edit(-22, 2, -10)], [2], id="two edits in one night"),
        pytest.param([edit(-22, 2, -20), edit(2, 26)], [1], id="one before, one after"),
        pytest.param([edit(-72, -48), edit(-48, -24), edit(-24, 24), edit(24, 48)], [2, 3], id="four"),
    ],
)  # fmt: skip
def test_which_text_stood_at_the_due_instant(edits: list[EditTimes], expected: list[int]) -> None:
    assert list(texts_at(edits, DUE)) == expected


@given(
    st.lists(st.tuples(st.integers(1, 90), st.booleans(), st.integers(0, 90)), max_size=5),
    st.integers(-99, 99),
)
def test_the_true_text_is_always_among_them(steps: list[tuple[int, bool, int]], start: int) -> None:
    """Whatever was edited when: a check an hour after each edit, and what is stated is true or missing."""
    edits, at = [], start
    made = []
    for gap, states, wait in steps:
        shown, at = at, at + gap
        seen = at + wait
        edits.append(edit(shown, seen, at if states else None))
        made.append(at)
        at = seen
    true = sum(1 for hours in made if hours < 0)
    assert true in texts_at(edits, DUE)
