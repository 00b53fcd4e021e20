from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.reason import Reason, instant_param

DUE = datetime(2026, 10, 25, 23, 59, tzinfo=ZoneInfo("America/Chicago"))


def test_a_reason_comes_back_from_a_row_as_it_was() -> None:
    reason = Reason("late", {"due_at": instant_param(DUE), "words": 38, "names": ["a", "b"], "note": None})
    assert Reason.from_json(json.loads(json.dumps(reason.as_json()))) == reason
    assert Reason.from_json({"code": "met"}) == Reason("met")


def test_instants_are_stored_in_utc_and_read_back_as_the_same_instant() -> None:
    reason = Reason("late", {"due_at": instant_param(DUE)})
    assert reason.text("due_at") == "2026-10-26T04:59:00+00:00"
    assert reason.instant("due_at") == DUE
    assert reason.instant("due_at").tzinfo == UTC


@pytest.mark.parametrize("read", [Reason.text, Reason.number])
def test_a_parameter_of_another_kind_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(TypeError, match="late: words"):
        read(Reason("late", {"words": None}), "words")
    with pytest.raises(KeyError):
        read(Reason("late"), "words")
