"""Where the columns of the weeks' chart stand. A template draws them; it computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.queries.blogs.activity import Week

BASE = 160.0
TALLEST = 124.0
"""Pixels: where the columns stand, and how high the highest is."""

MANY = 9
"""With more weeks than this, a phone shows the numbers of some only; the table has them all."""


FEW = 6
"""With no more weeks than this, two notes side by side have room."""


EDGE = 8.5
NEAR_EDGE = (0.5, 99.5)
"""Notes nearer to an edge than EDGE would be cut off; they begin or end at NEAR_EDGE instead."""


@dataclass(frozen=True, slots=True)
class WeekColumn:
    """One week's column. `x`, `width` and `middle` are in hundredths of the chart, the rest in
    pixels. What is extra or crowded is left out on a phone."""

    week: Week
    x: float
    width: float
    middle: float
    y: float
    height: float
    shows_label: bool
    label_is_extra: bool
    is_crowded: bool
    note: str
    note_is_extra: bool
    note_x: float
    note_anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    columns: tuple[WeekColumn, ...]
    lines: tuple[float, ...]
    says: str


def draw_weeks(weeks: Sequence[Week]) -> Chart:
    """The chart of these weeks, oldest first; never empty-handed, since this week is always there."""
    top = max(1, *(week.comments for week in weeks)) if weeks else 1
    step = 100 / max(len(weeks), 6)
    every = 1 if len(weeks) <= MANY else 2
    columns = []
    for n, week in enumerate(weeks):
        height = round(TALLEST * week.comments / top, 1)
        middle = round((n + 0.5) * step, 2)
        last = len(weeks) - 1 - n
        note, beside = _note(weeks, n)
        columns.append(
            WeekColumn(
                week=week,
                x=round((n + 0.19) * step, 2),
                width=round(0.62 * step, 2),
                middle=middle,
                y=round(BASE - height, 1),
                height=height,
                shows_label=last % every == 0,
                label_is_extra=(last // every) % 2 == 1,
                is_crowded=len(weeks) > MANY and not week.due,
                note=note,
                note_is_extra=beside,
                note_x=NEAR_EDGE[1] if middle > 100 - EDGE else NEAR_EDGE[0] if middle < EDGE else middle,
                note_anchor="end" if middle > 100 - EDGE else "start" if middle < EDGE else "middle",
            )
        )
    return Chart(tuple(columns), (105.3, 50.7), _say(weeks))


def _note(weeks: Sequence[Week], n: int) -> tuple[str, bool]:
    """What is due, under its week, and whether it stands beside another note: then a phone leaves
    it out, and where the weeks are narrow so does every page."""
    beside = n > 0 and bool(weeks[n - 1].due)
    return ("" if beside and len(weeks) > FEW else weeks[n].due), beside


def _say(weeks: Sequence[Week]) -> str:
    if not any(week.comments for week in weeks):
        return "Students’ comments per week: none so far."
    most = max(weeks, key=lambda week: week.comments)
    due = ", ".join(f"{week.due} in the week of {week.label}" for week in weeks if week.due)
    said = (
        f"Students’ comments per week, {len(weeks)} weeks; most in the week of {most.label}, {most.comments}."
    )
    return f"{said} {due[0].upper()}{due[1:]}." if due else said
