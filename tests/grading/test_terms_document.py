from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grading.cases import TERMS
from tracker.domain.assignment import AssignmentTerms, CommentsRule, Floor, HeldCredit, SummaryRule, Window
from tracker.domain.errors import TrackerError
from tracker.grading.terms_document import terms_from_document, terms_to_document

INSTANTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"),
    datetime.fromisoformat("2100-01-01"),
    timezones=st.sampled_from([UTC, ZoneInfo("Asia/Kathmandu")]),
)
WINDOWS = st.builds(Window, INSTANTS, st.none() | INSTANTS)
EVERY_TERMS = st.builds(
    AssignmentTerms,
    title=st.text(),
    comments=st.builds(
        CommentsRule, st.integers(1, 40), WINDOWS, st.booleans(), st.integers(0, 500), st.sampled_from(Floor)
    ),
    summary=st.none() | st.builds(SummaryRule, WINDOWS, st.lists(st.text()).map(tuple)),
    points=st.none() | st.decimals(0, 1000, places=2),
    template=st.sampled_from(["c4t", "c4k", "c4c"]),
    held=st.sampled_from(HeldCredit),
    version=st.integers(1, 99),
)


@settings(deadline=None)
@given(EVERY_TERMS)
def test_terms_come_back_from_json_exactly(terms: AssignmentTerms) -> None:
    document = json.loads(json.dumps(terms_to_document(terms)))
    again = terms_from_document(document)
    assert again == terms
    assert str(again.points) == str(terms.points)
    assert again.comments.window.due_at.tzinfo is UTC
    assert terms_to_document(again) == document


def test_a_document_is_readable_by_people() -> None:
    document = terms_to_document(replace(TERMS, points=Decimal("10.0")))
    assert document["points"] == "10.0"
    assert document["comments"]["window"] == {
        "opens_at": "2026-10-12T05:00:00+00:00",
        "due_at": "2026-10-26T05:00:00+00:00",
    }


def test_what_is_left_out_has_its_default() -> None:
    window = {"due_at": "2026-10-26T05:00:00Z"}
    terms = terms_from_document({"title": "C4T #2", "comments": {"count": 2, "window": window}})
    assert terms == AssignmentTerms("C4T #2", CommentsRule(2, Window(datetime(2026, 10, 26, 5, tzinfo=UTC))))


def changed(path: str, value: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(terms_to_document(TERMS)))
    *rooms, name = path.split(".")
    inner = document
    for room in rooms:
        inner = inner[room]
    inner[name] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("late", "10 %", "unknown late"),
        ("comments.spacing", 3, "unknown spacing"),
        ("summary.window.closes_at", None, "unknown closes_at"),
        ("comments", {}, "count, window left out"),
        ("comments", None, "not dict"),
        ("comments.count", 0, "less than 1"),
        ("comments.count", True, "less than 1"),
        ("comments.count", "2", "not int"),
        ("comments.different_posts", 1, "not bool"),
        ("comments.floor", "gate", "gate"),
        ("comments.window.due_at", "2026-10-26T05:00:00", "no offset"),
        ("comments.window.due_at", "soon", "soon"),
        ("comments.window.due_at", None, "not str"),
        ("summary.names", "C4T #2", "not list"),
        ("summary.names", [2], "not str"),
        ("points", 9.5, "not str"),
        ("points", "NaN", "no number"),
        ("points", "-1", "no number"),
        ("points", "ten", "no number"),
        ("held", "maybe", "maybe"),
        ("title", None, "not str"),
    ],
)
def test_a_document_we_do_not_understand_is_refused(path: str, value: Any, says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        terms_from_document(changed(path, value))
