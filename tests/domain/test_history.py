"""Several sources as one history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tracker.domain.history import HistoryLine, in_order

NOON = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)


def test_lines_of_all_sources_stand_oldest_first_and_those_of_one_instant_in_their_order() -> None:
    late, first, second = (
        HistoryLine(NOON + timedelta(hours=1), "late"),
        HistoryLine(NOON, "first"),
        HistoryLine(NOON, "second"),
    )
    assert in_order([late, first], iter([second])) == (first, second, late)
