"""How large a number, how long a text and how far a day of a rule may be, typed or from a file.

Beyond them stands nothing that a course asks for, and arithmetic or a database that gives up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import UTC, datetime
from typing import Any

from tracker.domain.rule_fields import describe
from tracker.grading.windows import YEARS

MOST_LETTERS = 20_000
MOST_LINES = 1_000
FIRST = datetime(YEARS[0] - 1, 12, 31, tzinfo=UTC)
LAST = datetime(YEARS[-1] + 1, 1, 2, tzinfo=UTC)
"""What can be typed in any zone lies between them, the end of its last minute included."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def find_out_of_bounds(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Of a rule (`AssignmentTerms` or `TypedRule`): the names that lead to what is out of bounds
    ("parts.quota.required"), and a sentence on what may stand there."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in describe(value.__class__):
            path = f"{where}.{one.key}" if where else one.key
            held = getattr(value, one.key)
            if isinstance(held, int) and not one.least <= held <= one.most:
                yield path, f"Enter a number from {one.least} to {one.most:,}."
            else:
                yield from find_out_of_bounds(held, path)
    elif isinstance(value, tuple):
        if len(value) > MOST_LINES:
            yield where, f"Enter at most {MOST_LINES:,} lines."
        for each in value:
            yield from find_out_of_bounds(each, where)
    elif says := _fault(value):
        yield where, says


def _fault(value: Any) -> str:
    if isinstance(value, str):
        if len(value) > MOST_LETTERS:
            return f"Enter at most {MOST_LETTERS:,} characters."
        if _CONTROLS.search(value):
            return "This text contains control characters. Type it again."
    elif isinstance(value, datetime) and not FIRST <= value <= LAST:
        return f"Enter a time in the years {YEARS[0]} to {YEARS[-1]}."
    return ""
