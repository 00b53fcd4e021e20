"""docs/rules.md says of each rule what the program says, and names functions and tests that are there."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.grading.cases import AMERICAN
from tests.grading.weeks import one_window, rule, weeks
from tests.support.rules import c4t
from tracker.domain.assignment import (
    REQUIRED,
    AssignmentTerms,
    Band,
    Condition,
    Different,
    JoinedLate,
    Late,
    Order,
    Quota,
    Spread,
    Where,
    Worth,
    WorthKind,
)
from tracker.domain.text import Aside
from tracker.domain.traits import Trait
from tracker.grading.rules.checks import find_faults
from tracker.grading.rules.document import terms_from_document
from tracker.wording.rules import rule_sentence

DOCS = Path(__file__).parents[3] / "docs"
TEXT = (DOCS / "rules.md").read_text(encoding="utf-8")
FILES = sorted((DOCS / "rules").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_rule_reads_as_the_document_says(file: Path) -> None:
    terms = terms_from_document(json.loads(file.read_text(encoding="utf-8")))
    told = re.search(rf"\(rules/{re.escape(file.name)}\)\..*?\n\n> (.*?)\n", TEXT, re.DOTALL)
    assert told is not None
    assert told.group(1) == rule_sentence(terms, AMERICAN)
    assert list(find_faults(terms)) == []


WEEKS = weeks(4)
IN_WORDS: dict[int, AssignmentTerms] = {
    1: rule(Quota(3, at_most=5)),
    2: rule(Quota(1)),
    3: rule(Quota(6, period_least=1, period_most=2), periods=weeks(4, skipped=(2,))),
    4: rule(Quota(2), where=Where.SECTION),
    5: rule(Quota(2), spread=Spread(Different.BLOGS)),
    6: rule(Quota(8, period_least=2), periods=WEEKS, spread=Spread(new_blogs=1)),
    7: rule(Quota(2), where=Where.ALLOCATED, spread=Spread(order=Order.NEWER, days_apart=7)),
    8: rule(Quota(2), conditions=(Condition(Trait.WORDS, 50, REQUIRED),), counts=(Aside.SIGNATURE,)),
    9: rule(Quota(2), conditions=(Condition(Trait.QUESTIONS, 1), Condition(Trait.MORE_THAN_PRAISE, 1, 50))),
    11: c4t("C4T #2", one_window()[0].window, one_window(21)[0].window),
    12: rule(Quota(4), worth=Worth(WorthKind.BANDS, (Band(0, 100), Band(1, 70))), points=Decimal(10)),
    13: rule(Quota(2), points=Decimal(10)),
    14: rule(Quota(2), late=Late(grace_minutes=15, per_day=10, at_most=50, closes_after_days=5)),
    16: rule(Quota(4, period_least=1), periods=WEEKS, worth=Worth(WorthKind.EACH, best_periods=3)),
    18: rule(Quota(2), where=Where.ALLOCATED),
    20: rule(Quota(2), joined_late=JoinedLate(7, 7)),
}
"""A small rule for each primitive that a sentence tells; a substitute (19) is granted, not asked."""


@pytest.mark.parametrize("number", IN_WORDS)
def test_each_primitive_reads_as_the_document_says(number: int) -> None:
    assert f"| {number} | {rule_sentence(IN_WORDS[number], AMERICAN)} |" in TEXT


def test_every_function_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(\w+)\.(\w+)`", TEXT)) - {("claims_in_summary", "py")}
    rooms = {path.stem: path.read_text() for path in (DOCS.parent / "tracker" / "grading").rglob("*.py")}
    functions = {(room, name) for room, name in named if room in rooms}
    assert len(functions) > 20
    assert {(room, name) for room, name in functions if f"def {name}(" not in rooms[room]} == set()


def test_every_test_that_is_named_is_there() -> None:
    tests = {path.name for path in Path(__file__).parents[2].rglob("test_*.py")}
    assert set(re.findall(r"test_\w+\.py", TEXT)) <= tests


def test_every_primitive_that_is_built_has_its_line() -> None:
    table = TEXT[TEXT.index("| primitive |") : TEXT.index("## The primitives in words")]
    numbers = {int(number) for number in re.findall(r"^\| (\d+) ", table, re.MULTILINE)}
    assert numbers == {*range(1, 10), 11, 12, 13, 14, 16, 18, 19, 20}
