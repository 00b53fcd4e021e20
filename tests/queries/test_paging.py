"""Which page of a long list is shown, and what stands on it."""

from __future__ import annotations

import pytest

from tracker.queries.paging import Paged, choose_page, rows_of, sort_sections


@pytest.mark.parametrize(
    ("wanted", "shown", "page", "pages", "first", "last"),
    [
        pytest.param(1, 0, 1, 1, 0, 0, id="an empty list has one page without rows"),
        pytest.param(1, 50, 1, 1, 1, 50, id="fifty rows are one page"),
        pytest.param(2, 51, 2, 2, 51, 51, id="the fifty-first begins the second"),
        pytest.param(9, 120, 3, 3, 101, 120, id="a page beyond the end is the last one"),
        pytest.param(-1, 120, 1, 3, 1, 50, id="a page before the first is the first"),
    ],
)
def test_the_page_shown_is_the_nearest_there_is(
    wanted: int, shown: int, page: int, pages: int, first: int, last: int
) -> None:
    found = choose_page(wanted, shown)
    assert found == Paged(shown, page, pages)
    assert (found.first, found.last) == (first, last)
    numbers = list(range(1, shown + 1))[rows_of(found.page)]
    assert (numbers[:1], numbers[-1:]) == (([first], [last]) if shown else ([], []))


def test_sections_stand_by_number_and_then_by_name() -> None:
    assert sort_sections(["10", "Evening", "2", "", "2"]) == ("2", "10", "Evening")
