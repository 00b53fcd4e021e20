"""Tables of words and short patterns, kept as text beside the rules that use them.

A file has sections ("== name"), comments ("# …") and lines of words, or one pattern a line.

Tested in tests/matching/test_lives.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files


def read_tables(name: str) -> Mapping[str, Sequence[str]]:
    """The lines of each section of `data/NAME.txt`."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    text = files("tracker.matching").joinpath("data", f"{name}.txt").read_text("utf-8")
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("== "):
            lines = sections.setdefault(line.removeprefix("== "), [])
        elif not line.startswith("#"):
            lines.append(line)
    return sections


def words_of(lines: Sequence[str]) -> frozenset[str]:
    return frozenset(word.lower() for line in lines for word in line.split())


def any_of(lines: Sequence[str]) -> str:
    """A pattern for any line's pattern, within a word's bounds."""
    return rf"\b(?:{'|'.join(lines)})\b"


def compile_any(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile(any_of(lines), re.IGNORECASE)
