"""Numbers, plurals and percents. All the course locales write these alike, so no locale is asked for."""

from __future__ import annotations

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent

ENGLISH = Locale("en")
NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def say_number(number: int) -> str:
    """Numbers up to twelve as words: 2 -> two, 20 -> 20. Babel spells no numbers."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else format_decimal(number, locale=ENGLISH)


def say_plural(number: int, one: str, many: str = "") -> str:
    """The form of a noun that fits a number: "word", "words"; `many` where an s is not enough."""
    return one if ENGLISH.plural_form(number) == "one" else many or f"{one}s"


def say_count(number: int, one: str, many: str = "") -> str:
    """ "1 word", "65 words", "2 replies", "1,204 comments"."""
    return f"{format_decimal(number, locale=ENGLISH)} {say_plural(number, one, many)}"


def say_percent(percent: Decimal) -> str:
    """ "80%", "37.5%"."""
    return format_percent(percent / 100, "#,##0.##%", locale=ENGLISH)


def say_points(points: Decimal) -> str:
    """ "1 point", "9.5 points"."""
    return f"{points.normalize():f} {'point' if points == 1 else 'points'}"
