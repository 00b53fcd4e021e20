"""What counts of a comment, in words for staff."""

from __future__ import annotations

import pytest

from tracker.domain.text import Aside, TextCounts
from tracker.queries.verdicts.shown_text import say_counts, show
from tracker.text.own_words import own_words


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        pytest.param(TextCounts(words=1), "1 word of their own.", id="nothing aside"),
        pytest.param(
            TextCounts(words=48, aside=((Aside.SIGNATURE, 11),)),
            "48 words of their own; 11 of a signature set aside.",
            id="one kind",
        ),
        pytest.param(
            TextCounts(aside=((Aside.QUOTE, 4), (Aside.TAIL, 5), (Aside.PLUGIN, 2))),
            "0 words of their own; 4 of a quotation and 7 of a line that a plugin added set aside.",
            id="plugin lines are added up",
        ),
    ],
)
def test_counts_are_said_in_one_sentence(counts: TextCounts, says: str) -> None:
    assert say_counts(counts) == says


def test_whole_text_is_shown_with_why_a_part_does_not_count() -> None:
    shown = show(own_words("<blockquote>Maps.</blockquote><p>No.</p>"))
    assert [(one.text, one.aside) for one in shown.pieces] == [("Maps.", "a quotation"), ("\n\nNo.", "")]
