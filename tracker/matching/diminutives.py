"""Short forms of given names in many languages, read from `data/diminutives.txt`.

Tested in tests/matching/test_names.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from tracker.matching.word_tables import read_tables


def _read(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Every name with its short forms, and every short form with what it is short for."""
    forms: dict[str, set[str]] = {}
    for line in lines:
        names, _, shorts = line.partition(":")
        for name in names.split():
            for short in shorts.split():
                forms.setdefault(name, set()).add(short)
                forms.setdefault(short, set()).add(name)
    return {name: frozenset(others - {name}) for name, others in forms.items()}


_FORMS = _read(chain.from_iterable(read_tables("diminutives").values()))


def diminutives_of(given: str) -> frozenset[str]:
    """The short forms of a folded given name, and what it may be short for; none is known of most."""
    return _FORMS.get(given, frozenset())
