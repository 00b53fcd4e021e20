"""docs/rules.md says of each rule what the program says, and names functions and tests that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.grading.cases import CHICAGO
from tracker.grading.terms_document import terms_from_document
from tracker.grading.terms_text import rule_sentence

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "rules.md").read_text(encoding="utf-8")
FILES = sorted((DOCS / "rules").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_rule_reads_as_the_document_says(file: Path) -> None:
    terms = terms_from_document(json.loads(file.read_text(encoding="utf-8")))
    told = re.search(rf"\(rules/{re.escape(file.name)}\)\..*?\n\n> (.*?)\n", TEXT, re.DOTALL)
    assert told is not None
    assert told.group(1) == rule_sentence(terms, CHICAGO)


def test_every_function_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(\w+)\.(\w+)`", TEXT)) - {("claims_in_summary", "py")}
    rooms = {path.stem: path.read_text() for path in (DOCS.parent / "tracker" / "grading").glob("*.py")}
    functions = {(room, name) for room, name in named if room in rooms}
    assert len(functions) > 20
    assert {(room, name) for room, name in functions if f"def {name}(" not in rooms[room]} == set()


def test_every_test_that_is_named_is_there() -> None:
    tests = {path.name for path in Path(__file__).parents[1].rglob("test_*.py")}
    assert set(re.findall(r"test_\w+\.py", TEXT)) <= tests


def test_every_primitive_that_is_built_has_its_line() -> None:
    numbers = {int(number) for number in re.findall(r"^\| (\d+) ", TEXT, re.MULTILINE)}
    assert numbers == {*range(1, 10), 11, 12, 13, 14, 16, 18, 19, 20}
