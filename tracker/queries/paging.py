"""Long lists are shown a page at a time; which page that is, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PAGE = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Paged:
    """A page of a list. `shown` counts what the filter takes, on all its pages."""

    shown: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the page's first row, from 1; 0 when there is none."""
        return (self.page - 1) * PAGE + 1 if self.shown else 0

    @property
    def last(self) -> int:
        return min(self.page * PAGE, self.shown)


def choose_page(wanted: int, shown: int) -> Paged:
    """The page that was asked for, else the nearest there is."""
    pages = max(1, -(-shown // PAGE))
    return Paged(shown, min(max(wanted, 1), pages), pages)


def rows_of(page: int) -> slice:
    """Where a page's rows stand in the whole list."""
    return slice((page - 1) * PAGE, page * PAGE)


def sort_sections(names: Iterable[str]) -> tuple[str, ...]:
    """The sections there are, once each: numbers by their size, then names; "" is none."""
    return tuple(sorted({name for name in names if name}, key=_natural))


def _natural(name: str) -> tuple[int, str]:
    return (int(name) if name.isdecimal() else 10**9, name)
