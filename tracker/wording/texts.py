"""What counts of a comment's text and what is set aside, in words for staff."""

from __future__ import annotations

from tracker.domain.locale import CourseLocale
from tracker.domain.text import Aside, TextCounts
from tracker.wording.lists import say_list
from tracker.wording.numbers import say_count

ASIDES = {
    Aside.QUOTE: "a quotation",
    Aside.TAIL: "a line that a plugin added",
    Aside.PLUGIN: "a line that a plugin added",
    Aside.REPLY: "a line that says to whom it replies",
    Aside.SIGNATURE: "a signature",
    Aside.INTRODUCTION: "an introduction",
    Aside.PASTED: "the post’s own text",
}


def say_counts(counts: TextCounts, locale: CourseLocale) -> str:
    """ "48 words of their own; 11 of a signature not counted." """
    words: dict[str, int] = {}
    for aside, number in counts.aside:
        words[ASIDES[aside]] = words.get(ASIDES[aside], 0) + number
    listed = say_list([f"{number} of {kind}" for kind, number in words.items()], locale)
    own = f"{say_count(counts.words, 'word')} of their own"
    return f"{own}; {listed} not counted." if listed else f"{own}."
