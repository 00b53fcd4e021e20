"""What counts of a comment, as staff see it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tracker.domain.locale import CourseLocale
from tracker.queries.verdicts.shown_text import show
from tracker.text.own_words import own_words


def test_whole_text_is_shown_with_why_a_part_does_not_count() -> None:
    shown = show(own_words("<blockquote>Maps.</blockquote><p>No.</p>"), CourseLocale(ZoneInfo("UTC")))
    assert [(one.text, one.aside) for one in shown.pieces] == [("Maps.", "a quotation"), ("\n\nNo.", "")]
