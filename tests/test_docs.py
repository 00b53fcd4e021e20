"""Files that the documents name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|json|toml))(?:::\w+)?`")
PLACES = ("", "tracker", "tests", "docs", "templates", "bench")


def is_there(name: str) -> bool:
    if any((ROOT / place / name).exists() for place in PLACES):
        return True
    return "/" not in name and any(True for _ in ROOT.glob(f"t*/**/{name}"))


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    named = set(NAMED.findall(path.read_text(encoding="utf-8")))
    assert sorted(name for name in named if not is_there(name)) == []
