from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tracker.domain.locale import CourseLocale
from tracker.domain.text import Aside, TextCounts
from tracker.wording.texts import say_counts


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        pytest.param(TextCounts(words=1), "1 word of their own.", id="nothing aside"),
        pytest.param(
            TextCounts(words=48, aside=((Aside.SIGNATURE, 11),)),
            "48 words of their own; 11 of a signature not counted.",
            id="one kind",
        ),
        pytest.param(
            TextCounts(aside=((Aside.QUOTE, 4), (Aside.TAIL, 5), (Aside.PLUGIN, 2))),
            "0 words of their own; 4 of a quotation and 7 of a line that a plugin added not counted.",
            id="plugin lines are added up",
        ),
    ],
)
def test_counts_are_said_in_one_sentence(counts: TextCounts, says: str) -> None:
    assert say_counts(counts, CourseLocale(ZoneInfo("UTC"))) == says
