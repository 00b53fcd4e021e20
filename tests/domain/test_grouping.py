"""Putting together what belongs to the same key."""

from __future__ import annotations

from tracker.domain.grouping import grouped


def test_values_stand_by_key_in_the_order_of_the_pairs() -> None:
    assert grouped([("b", 2), ("a", 1), ("b", 1)]) == {"b": [2, 1], "a": [1]}
    assert grouped([]) == {}
