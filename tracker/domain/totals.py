"""What a course makes of the grades of its assignments; reckoning it is left to `grading`.

Tested in tests/grading/test_totals.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Group:
    """Assignments, by key, whose mean counts `weight` beside that of other groups. `best`: only so many
    of the best count (None: all); `drop`: so many of the lowest do not."""

    title: str
    of: tuple[str, ...]
    weight: int = 1
    best: int | None = None
    drop: int = 0


@dataclass(frozen=True, slots=True)
class TotalRule:
    """`required` are the keys that must all be satisfactory, else the course's grade is `otherwise`.
    Whoever passes has `passed` ("" for the mean itself). The mean of `groups` goes to so many
    `decimals`."""

    required: tuple[str, ...] = ()
    passed: str = ""
    otherwise: str = "D"
    groups: tuple[Group, ...] = ()
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class TotalStanding:
    """One assignment's grade as a total needs it: from 0 to 1, and satisfactory or not yet. Both None
    while nothing is recorded or proposed."""

    satisfactory: bool | None
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Total:
    """`grade` in words, "" while there is nothing to say. `missing` are the required assignments that
    are not yet satisfactory, `open` those that bear on it and have no grade; while there are any, and
    nothing is missing, it is the grade so far."""

    grade: str
    percent: Decimal | None = None
    missing: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def is_so_far(self) -> bool:
        return bool(self.open) and not self.missing
