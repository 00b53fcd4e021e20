"""A line of a history: what happened, when, and what was said with it. All pages show the same value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened, and who did it, in a sentence without its full stop. `more` are whole
    sentences about it. `is_undone`: it was taken back later."""

    at: datetime
    says: str
    more: tuple[str, ...] = ()
    is_undone: bool = False


def in_order(*sources: Iterable[HistoryLine]) -> tuple[HistoryLine, ...]:
    """The lines of several sources as one history, the oldest first."""
    return tuple(sorted((line for source in sources for line in source), key=lambda line: line.at))
