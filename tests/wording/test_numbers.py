from __future__ import annotations

from decimal import Decimal

from tracker.wording.numbers import say_count, say_number, say_percent, say_plural


def test_small_numbers_are_words() -> None:
    assert [say_number(number) for number in (0, 2, 12, 20, 1_204)] == ["no", "two", "twelve", "20", "1,204"]


def test_counted_things_take_the_form_of_their_number() -> None:
    assert [say_count(number, "word") for number in (0, 1, 65)] == ["0 words", "1 word", "65 words"]
    assert [say_count(number, "reply", "replies") for number in (1, 1_204)] == ["1 reply", "1,204 replies"]
    assert say_plural(2, "is", "are") == "are"


def test_percents_are_as_exact_as_they_are() -> None:
    assert [say_percent(Decimal(text)) for text in ("80", "37.5", "0")] == ["80%", "37.5%", "0%"]
