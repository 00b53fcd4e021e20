"""When a window overflowed: what further sources have to read."""

from __future__ import annotations

import pytest

from tracker.feeds.further_sources import find_overflow, is_window_full

KNOWN = frozenset({"number:1", "number:2"})


@pytest.mark.parametrize(
    ("known", "came", "expected"),
    [
        pytest.param(KNOWN, {"number:12", "number:11"}, True, id="nothing in common"),
        pytest.param(KNOWN, {"number:12", "number:2"}, False, id="one in common"),
        pytest.param(frozenset(), {"number:12"}, True, id="the blog had nothing yet"),
        pytest.param(KNOWN, set(), False, id="nothing came"),
    ],
)
def test_full_window_overflows_when_it_shares_nothing_with_what_was_known(
    known: frozenset[str], came: set[str], expected: bool
) -> None:
    assert find_overflow(known, frozenset(came)) is expected


@pytest.mark.parametrize(
    ("shown", "window_size", "expected"),
    [
        pytest.param(10, None, True, id="default"),
        pytest.param(9, None, False, id="below the default"),
        pytest.param(10, 50, False, id="a site that shows fifty"),
        pytest.param(5, 5, True, id="a site that shows five"),
        pytest.param(0, None, False, id="empty"),
        pytest.param(0, 0, False, id="always empty"),
    ],
)
def test_window_is_full_when_it_shows_as_many_as_ever(
    shown: int, window_size: int | None, expected: bool
) -> None:
    assert is_window_full(shown, window_size=window_size) is expected
