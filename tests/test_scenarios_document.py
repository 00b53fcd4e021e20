"""docs/SCENARIOS.md names tests that are there, for every scenario it is about."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
DOCUMENT = TESTS.parent / "docs" / "SCENARIOS.md"
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
SCENARIOS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 18, 20, 22]


@cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def sections() -> dict[str, str]:
    """Heading ("S13") -> what stands under it."""
    parts = re.split(r"^## (S\d+)\b", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_test_that_is_named_is_there() -> None:
    named = NAMED.findall(DOCUMENT.read_text(encoding="utf-8"))
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (TESTS / path).is_file() or name not in functions(TESTS / path)
    ]
    assert len(named) > 60
    assert missing == []


def test_every_scenario_has_tests() -> None:
    assert list(sections()) == [f"S{number}" for number in SCENARIOS]
    assert [name for name, text in sections().items() if not NAMED.search(text)] == []


def test_every_line_of_the_tables_names_a_test_or_says_what_is_open() -> None:
    rows = [
        line
        for text in sections().values()
        for line in text.splitlines()
        if line.startswith("| ") and not line.startswith(("| sentence", "| ---"))
    ]
    assert len(rows) > 50
    assert [line for line in rows if not NAMED.search(line) and "open:" not in line] == []
