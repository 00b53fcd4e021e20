"""Where the weeks' columns stand."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from tracker.queries.blogs.activity import Week
from tracker.queries.blogs.activity_chart import BASE, TALLEST, draw_weeks


def _weeks(*counts: int, due: tuple[int, ...] = ()) -> list[Week]:
    return [
        Week(date(2026, 8, 24) + timedelta(weeks=n), f"week {n}", count, "C4T due" if n in due else "")
        for n, count in enumerate(counts)
    ]


def test_highest_week_is_tallest_and_an_empty_one_flat() -> None:
    high, none = draw_weeks(_weeks(400, 0)).columns
    assert (high.height, high.y) == (TALLEST, BASE - TALLEST)
    assert (none.height, none.y) == (0, BASE)


@pytest.mark.parametrize("number", [1, 6, 9, 16])
def test_columns_stay_inside_and_do_not_touch(number: int) -> None:
    columns = draw_weeks(_weeks(*range(number))).columns
    assert all(one.x + one.width < later.x for one, later in itertools.pairwise(columns))
    assert columns[-1].x + columns[-1].width <= 100


def test_notes_at_the_edges_are_not_cut_off() -> None:
    columns = draw_weeks(_weeks(*[1] * 9, due=(0, 4, 8))).columns
    assert [columns[n].note_anchor for n in (0, 4, 8)] == ["start", "middle", "end"]


def test_notes_side_by_side_give_way_where_weeks_are_narrow() -> None:
    assert [one.note for one in draw_weeks(_weeks(*[1] * 9, due=(3, 4))).columns][3:5] == ["C4T due", ""]
    few = draw_weeks(_weeks(1, 1, due=(0, 1))).columns
    assert [(one.note, one.note_is_extra) for one in few] == [("C4T due", False), ("C4T due", True)]


def test_chart_says_in_words_what_it_draws() -> None:
    assert draw_weeks(_weeks(3, 9, due=(1,))).says == (
        "Students’ comments per week, 2 weeks; most in the week of week 1, 9. C4T due in the week of week 1."
    )
    assert draw_weeks(_weeks(0)).says == "Students’ comments per week: none so far."
