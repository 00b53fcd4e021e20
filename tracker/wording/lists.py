"""Lists in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from babel.lists import format_list

from tracker.domain.locale import CourseLocale


def say_list(things: Sequence[str], locale: CourseLocale, last: Literal["and", "or"] = "and") -> str:
    """ "a", "a and b", and in American English "a, b, and c"."""
    return format_list(things, style="or" if last == "or" else "standard", locale=locale.tag)
