"""What no course asks for is refused before anything reckons with it, typed or from a file."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.grading.cases import TERMS
from tests.support.rules import c4t
from tracker.domain.assignment import AssignmentTerms, JoinedLate, Late, Window
from tracker.domain.errors import FieldError, TrackerError
from tracker.domain.typed_rule import TypedQuota, TypedRule, TypedWeeks
from tracker.grading.rules.checks import check, find_faults
from tracker.grading.rules.document import terms_from_document, terms_to_document
from tracker.grading.rules.from_form import read_rule

ZONES = ("Pacific/Kiritimati", "America/Chicago", "Pacific/Pago_Pago")
NUMBERS = "Enter a number from 0 to 100,000."
FROM_ONE = "Enter a number from 1 to 100,000."
HUNDRED = "Enter a number from 0 to 100."
TIMES = "Enter a time in the years 2000 to 2100."
TEXTS = "Enter at most 20,000 characters."
CONTROLS = "This text contains control characters. Type it again."


def read(path: str, value: Any) -> AssignmentTerms:
    """The terms of a document in which one value is another."""
    document: Any = json.loads(json.dumps(terms_to_document(TERMS)))
    inner = document
    *rooms, name = path.split(".")
    for room in rooms:
        inner = inner[int(room)] if room.isdigit() else inner.setdefault(room, {})
    inner[name] = value
    return terms_from_document(document)


@pytest.mark.parametrize(
    ("path", "name", "value", "says"),
    [
        ("parts.0.quota.required", "parts.quota.required", 101, HUNDRED),
        ("parts.0.quota.period_least", "parts.quota.period_least", -1, HUNDRED),
        ("parts.0.spread.days_apart", "parts.spread.days_apart", 100_001, NUMBERS),
        ("parts.0.late.grace_minutes", "parts.late.grace_minutes", 100_001, NUMBERS),
        ("parts.0.late.closes_after_days", "parts.late.closes_after_days", 0, FROM_ONE),
        ("parts.0.worth.weight", "parts.worth.weight", 10**12, FROM_ONE),
        ("parts.0.periods.0.number", "parts.periods.number", 10**30, FROM_ONE),
        ("parts.0.periods.0.window.opens_at", "parts.periods.window.opens_at", "0001-01-01T00:00Z", TIMES),
        ("parts.1.periods.0.window.due_at", "parts.periods.window.due_at", "9999-12-31T23:59Z", TIMES),
        ("parts.1.names", "parts.names", ["x" * 20_001], TEXTS),
        ("parts.1.names", "parts.names", ["x"] * 1_001, "Enter at most 1,000 lines."),
        ("title", "title", "C4T \x00", CONTROLS),
        ("title", "title", "C4T \ud800", CONTROLS),
    ],
)
def test_a_file_cannot_ask_for_what_nobody_can_type(path: str, name: str, value: Any, says: str) -> None:
    terms = read(path, value)
    assert list(find_faults(terms)) == [f"{name}: {says[0].lower()}{says[1:]}"]
    with pytest.raises(TrackerError, match=f"^{name}: "):
        check(terms)


@pytest.mark.parametrize("value", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_an_instant_beyond_the_calendar_is_refused(value: str) -> None:
    with pytest.raises(TrackerError, match="not a time"):
        read("parts.0.periods.0.window.due_at", value)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("opens", "due"), [("2000-01-01", "2000-01-02"), ("2100-12-30", "2100-12-31")])
def test_whatever_day_can_be_typed_can_be_in_a_rule(zone: str, opens: str, due: str) -> None:
    typed = TypedRule(title="C4T", opens=opens, comments_due=due, quota=TypedQuota(1))
    terms = read_rule(typed, ZoneInfo(zone))
    check(terms_from_document(terms_to_document(terms)))


@pytest.mark.parametrize("due", [datetime(1999, 12, 31, tzinfo=UTC), datetime(2101, 1, 2, tzinfo=UTC)])
def test_the_first_and_the_last_instant(due: datetime) -> None:
    outward = timedelta(seconds=-1 if due.year < 2000 else 1)
    assert list(find_faults(c4t("C4T", Window(due)))) == []
    assert list(find_faults(c4t("C4T", Window(due + outward))))


def test_what_lies_just_inside_is_taken() -> None:
    assert list(find_faults(read("parts.0.late.grace_minutes", 100_000))) == []
    assert list(find_faults(read("parts.0.spread.days_apart", 0))) == []
    assert list(find_faults(read("parts.1.names", ["x" * 20_000] * 1_000))) == []
    assert list(find_faults(read("title", "C4T\tn°\u00a02 — \U0001f600\n"))) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedRule("C4T", quota=TypedQuota(100_001)), "quota.required"),
        (TypedRule("C4T", weeks=TypedWeeks(number=-1)), "weeks.number"),
        (TypedRule("C4T", late=Late(per_day=101)), "late.per_day"),
        (TypedRule("C4T", joined_late=JoinedLate(367, 1)), "joined_late.within_days"),
    ],
)
def test_a_number_typed_wrong_is_said_of_its_field(typed: TypedRule, field: str) -> None:
    with pytest.raises(FieldError, match="Enter a number from") as refusal:
        read_rule(typed, ZoneInfo("UTC"))
    assert refusal.value.field == field
