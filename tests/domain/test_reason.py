from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tracker.domain.reason import Reason, instant_param

DUE = datetime(2026, 10, 25, 23, 59, tzinfo=ZoneInfo("America/Chicago"))


def test_a_reason_comes_back_from_a_row_as_it_was() -> None:
    reason = Reason("late", {"due_at": instant_param(DUE), "words": 38, "names": ["a", "b"], "note": None})
    assert Reason.from_json(json.loads(json.dumps(reason.as_json()))) == reason
    assert Reason.from_json({"code": "met"}) == Reason("met")


def test_instants_are_stored_in_utc_and_read_back_as_the_same_instant() -> None:
    param = instant_param(DUE)
    assert param == "2026-10-26T04:59:00+00:00"
    assert datetime.fromisoformat(param) == DUE
    assert datetime.fromisoformat(param).tzinfo == UTC
