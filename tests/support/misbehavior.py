"""Everything a bad blog does, as one table; the servers that act it out are in `misbehavior_stage`.

`python -m tests.support.misbehavior > docs/MISBEHAVIOR.md` writes the table down.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.support.misbehavior_documents import DATES, ENCODING, IDENTITY, XML
from tests.support.misbehavior_http import COMPRESSION, FRAMING, SIZE, STATUS, TIME
from tests.support.misbehavior_network import ADDRESS, REDIRECT, TLS
from tests.support.misbehavior_row import CATEGORIES, Behaviour
from tracker.domain.errors import FetchErrorClass

ROWS: tuple[Behaviour, ...] = (
    *ADDRESS, *TLS, *REDIRECT, *FRAMING, *COMPRESSION, *TIME, *SIZE, *STATUS,
    *XML, *ENCODING, *DATES, *IDENTITY,
)  # fmt: skip


def as_markdown(rows: tuple[Behaviour, ...]) -> str:
    """The table as docs/MISBEHAVIOR.md holds it."""
    counts = Counter(row.category for row in rows)
    lines = [
        "# What a bad blog may do",
        "",
        f"{len(rows)} ways to misbehave, all served by real sockets on loopback and looked at in **one**",
        "poll, with healthy blogs among them (`tests/reliability/test_one_poll.py`). *Expected* is the error",
        "class of that look, or how many comments it stores when the blog is healthy after all. Written by",
        "`python -m tests.support.misbehavior > docs/MISBEHAVIOR.md`; a test compares the two.",
        "",
        "| category | rows |",
        "| --- | --- |",
        *(f"| {category} | {counts[category]} |" for category in CATEGORIES),
    ]
    for category in CATEGORIES:
        lines += ["", f"## {category}", "", "| behaviour | what it does | expected |", "| --- | --- | --- |"]
        lines += [
            f"| {row.name} | {row.does} | {_expectation(row)} |" for row in rows if row.category == category
        ]
    return "\n".join(lines) + "\n"


def _expectation(row: Behaviour) -> str:
    if isinstance(row.expected, FetchErrorClass):
        return f"`{row.expected.value}`"
    return f"healthy, {row.expected} stored"


if __name__ == "__main__":
    sys.stdout.write(as_markdown(ROWS))
