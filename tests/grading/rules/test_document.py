from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grading.cases import TERMS
from tests.support.random_rules import draw_terms, with_rubric
from tests.support.rules import c4t
from tracker.domain.assignment import Condition, Window
from tracker.domain.errors import TrackerError
from tracker.domain.text import Aside
from tracker.domain.traits import Trait
from tracker.grading.rules.document import terms_from_document, terms_to_document

FILES = sorted((Path(__file__).parents[3] / "docs" / "rules").glob("*.json"))


@settings(deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_terms_come_back_from_json_exactly(seed: int, has_rubric: bool) -> None:
    terms = draw_terms(Random(seed), ZoneInfo("Asia/Kathmandu"))
    terms = with_rubric(terms) if has_rubric else terms
    document = json.loads(json.dumps(terms_to_document(terms)))
    again = terms_from_document(document)
    assert again == terms
    assert str(again.points) == str(terms.points)
    assert again.parts[0].window.due_at.tzinfo is UTC
    assert terms_to_document(again) == document


STORED: dict[str, Any] = {
    "form": 2, "title": "C4T #2", "points": "12.50", "combine": "weighted", "satisfactory_at": 80,
    "template": "c4k", "held": "full", "version": 7,
    "joined_late": {"within_days": 7, "extra_days": 5},
    "rubric": [{"key": "thought", "title": "Thought", "levels": [
        {"key": "no", "title": "No", "percent": 0}, {"key": "yes", "title": "Yes", "percent": 100}]}],
    "parts": [
        {
            "key": "comment", "kind": "comment",
            "target": {"where": "listed", "addresses": ["https://kia-ora.example/"]},
            "periods": [{"number": 3, "window": {
                "due_at": "2026-10-26T05:00:00+00:00", "opens_at": "2026-10-12T05:00:00+00:00"}}],
            "quota": {"required": 2, "at_most": 5, "period_least": 1, "period_most": 4},
            "spread": {"different": "blogs", "each_period": True, "blogs_least": 2, "new_blogs": 1,
                       "order": "newer", "days_apart": 1},
            "conditions": [{"trait": "words", "at_least": 50, "short_earns": 40},
                           {"trait": "more-than-praise", "short_earns": 0}],
            "counts": ["signature"],
            "late": {"grace_minutes": 15, "per_day": 10, "flat": 5, "at_most": 50, "closes_after_days": 5,
                     "of_whole": True},
            "worth": {"kind": "bands", "bands": [{"missing": 0, "percent": 100}], "best_periods": 1,
                      "weight": 2, "item_points": "0.5"},
        },
        {
            "key": "summary", "kind": "post", "target": {"where": "own"},
            "periods": [{"number": 1, "window": {"due_at": "2026-11-02T06:00:00+00:00"}}],
            "quota": {"required": 1}, "names": ["C4T #2"], "links": {"part": "comment"},
        },
    ],
}  # fmt: skip
"""A document as it has been stored since form 2: every key, with another value than its default."""


def test_stored_documents_are_read_and_written_as_they_always_were() -> None:
    assert terms_to_document(terms_from_document(STORED)) == STORED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_of_a_course_is_written_as_it_was_read(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    assert terms_to_document(terms_from_document(document)) == document


def test_a_document_is_readable_by_people() -> None:
    document = terms_to_document(replace(TERMS, points=Decimal("10.0")))
    assert document["points"] == "10.0"
    assert document["parts"][0]["periods"][0]["window"] == {
        "opens_at": "2026-10-12T05:00:00+00:00",
        "due_at": "2026-10-26T05:00:00+00:00",
    }


def test_what_is_left_out_has_its_default() -> None:
    part = {
        "key": "comment",
        "kind": "comment",
        "target": {"where": "allocated"},
        "periods": [{"number": 1, "window": {"due_at": "2026-10-26T05:00:00Z"}}],
        "quota": {"required": 2},
    }
    terms = terms_from_document({"form": 2, "title": "C4T #2", "parts": [part]})
    assert terms == c4t("C4T #2", Window(datetime(2026, 10, 26, 5, tzinfo=UTC)))


def test_the_order_in_which_texts_are_asked_for_means_nothing() -> None:
    first, then = Condition(Trait.WORDS, 50), Condition(Trait.QUESTIONS)
    one, other = (
        replace(TERMS.parts[0], conditions=asked, counts=counted)
        for asked, counted in (
            ((first, then), (Aside.QUOTE, Aside.SIGNATURE)),
            ((then, first), (Aside.SIGNATURE, Aside.QUOTE)),
        )
    )
    assert one == other


def changed(path: str, value: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(terms_to_document(TERMS)))
    *rooms, name = path.split(".")
    inner: Any = document
    for room in rooms:
        inner = inner[int(room) if room.isdigit() else room]
    inner[int(name) if name.isdigit() else name] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("late", "10 %", "unknown late"),
        ("form", 1, "its form is not 2"),
        ("parts.0.spacing", 3, "unknown parts.spacing"),
        ("parts.1.periods.0.window.closes_at", None, "unknown parts.periods.window.closes_at"),
        ("parts.0.quota", {}, "parts.quota.required missing"),
        ("parts.0", None, "not an object"),
        ("parts", "two comments", "not a list"),
        ("parts.0.quota.required", True, "not a whole number"),
        ("parts.0.quota.required", "2", "not a whole number"),
        ("parts.0.spread", {"each_period": 1}, "not true or false"),
        ("parts.0.target.where", "moon", "use allocated, listed"),
        ("parts.0.periods.0.window.due_at", "2026-10-26T05:00:00", "no offset"),
        ("parts.0.periods.0.window.due_at", "soon", "not a time: 'soon'"),
        ("parts.0.periods.0.window.due_at", None, "not text"),
        ("parts.1.names", "C4T #2", "not a list"),
        ("parts.1.names", [2], "not text"),
        ("points", 9.5, "not text"),
        ("points", "NaN", "not a number"),
        ("points", "-1", "not a number"),
        ("points", "0.001", "not a number"),
        ("points", "ten", "not a number"),
        ("held", "maybe", "maybe"),
        ("title", None, "not text"),
    ],
)
def test_a_document_we_do_not_understand_is_refused(path: str, value: Any, says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        terms_from_document(changed(path, value))
