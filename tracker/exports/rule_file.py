"""A rule as a JSON file: its content as it comes in. What it says is read by `grading/rules`.

Tested in tests/cli/test_rules.py.
"""

from __future__ import annotations

import json

from tracker.domain.errors import FileError
from tracker.exports.tables import decode


def parse_rule_file(content: bytes, name: str) -> object:
    """The JSON of a file. FileError says why it is none."""
    try:
        return json.loads(decode(content))
    except (ValueError, RecursionError) as exc:
        raise FileError(f"{name} is not JSON: {exc}") from exc
