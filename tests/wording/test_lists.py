from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tracker.domain.locale import CourseLocale
from tracker.wording.lists import say_list


@pytest.mark.parametrize(
    ("things", "american", "british"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a and b"),
        (["a", "b", "c"], "a, b, and c", "a, b and c"),
    ],
)
def test_three_things_have_the_serial_comma_where_the_locale_has_it(
    things: list[str], american: str, british: str
) -> None:
    zone = ZoneInfo("UTC")
    assert say_list(things, CourseLocale(zone)) == american
    assert say_list(things, CourseLocale(zone, "en_GB")) == british


def test_alternatives_are_joined_by_or() -> None:
    locale = CourseLocale(ZoneInfo("UTC"))
    assert say_list(["a", "b"], locale, "or") == "a or b"
    assert say_list(["a", "b", "c"], locale, "or") == "a, b, or c"
