"""Small things that people type on one line: points, numbers, bands, a rubric; and back.

Tested in tests/grading/rules/test_from_form.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from tracker.domain.assignment import Band, Criterion, Level
from tracker.domain.errors import TrackerError
from tracker.grading.rules.checks import MOST_POINTS

_BAND = re.compile(r"(\d{1,3})\s*[:=]\s*(\d{1,3})\s*%?", re.ASCII)
_LEVEL = re.compile(r"(.*\S)\s+(\d{1,3})\s*%?", re.ASCII)


def read_points(text: str) -> Decimal | None:
    """ "12.5" or "12,5"; None for nothing."""
    if not text.strip():
        return None
    try:
        points = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as exc:
        raise TrackerError(f"{text!r} is not a number of points.") from exc
    if not points.is_finite() or points < 0 or points > MOST_POINTS or points != round(points, 2):
        raise TrackerError(f"Enter points from 0 to {MOST_POINTS:,}, with at most two decimals.")
    return points


def write_points(points: Decimal | None) -> str:
    return "" if points is None else f"{points.normalize():f}"


def read_lines(text: str) -> tuple[str, ...]:
    """One a line; empty lines say nothing."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def read_numbers(text: str) -> tuple[int, ...]:
    """ "3, 7"."""
    found = [one for one in re.split(r"[,;\s]+", text.strip()) if one]
    if not all(one.isascii() and one.isdecimal() and len(one) < 4 for one in found):
        raise TrackerError(f"“{text.strip()[:40]}” is not a list of numbers. Enter them like 3, 7.")
    return tuple(int(one) for one in found)


def write_numbers(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def read_bands(text: str) -> tuple[Band, ...]:
    """ "0: 100, 3: 85": up to three missing earn 85 percent."""
    found = []
    for one in (each.strip() for each in re.split(r"[,;\n]", text)):
        if one:
            typed = _BAND.fullmatch(one)
            if typed is None:
                raise TrackerError(
                    f"We can’t read “{one[:40]}”. Enter percents by number missing, like 0: 100, 3: 85."
                )
            found.append(Band(int(typed[1]), int(typed[2])))
    return tuple(found)


def write_bands(bands: Sequence[Band]) -> str:
    return ", ".join(f"{band.missing}: {band.percent}" for band in bands)


def read_rubric(text: str) -> tuple[Criterion, ...]:
    """One criterion a line: "Thought: Nothing 0, Some 50, Much 100". Keys are made of the titles."""
    return tuple(_read_criterion(line) for line in read_lines(text))


def write_rubric(rubric: Sequence[Criterion]) -> str:
    return "\n".join(
        f"{one.title}: {', '.join(f'{level.title} {level.percent}' for level in one.levels)}"
        for one in rubric
    )


def _read_criterion(line: str) -> Criterion:
    title, colon, rest = line.partition(":")
    levels = [_LEVEL.fullmatch(one.strip()) for one in rest.split(",")]
    found = [Level(_key(one[1]), one[1], int(one[2])) for one in levels if one is not None]
    if not colon or not _key(title) or len(found) < len(levels) or not all(one.key for one in found):
        raise TrackerError(
            f"We can’t read “{line[:60]}”. Enter each line like Thought: Nothing 0, Some 50, Much 100."
        )
    return Criterion(_key(title), title.strip(), tuple(found))


def _key(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.casefold()))
