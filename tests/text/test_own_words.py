"""What of a body counts as its writer's own, and what can be counted in it. Names are invented."""

from __future__ import annotations

import pytest

from tracker.domain.text import Aside
from tracker.text.introductions import introductions_for
from tracker.text.own_words import own_words
from tracker.text.post_text import read_post_text

COURSE = introductions_for(("EDT 320", "Harlan State"))
POST_TEXT = (
    "Paper maps are better than screens when children first learn to find their way around a town. "
    "We walked the harbour with folded maps and pencils, and nobody was lost for longer than a minute. "
    "Next week we draw the tide tables of the old lighthouse ourselves."
)
POST = read_post_text(POST_TEXT, "Paper maps beat screens")
INTRODUCTION = "My name is Jane Doe and I am a student in EDT 320 at Harlan State."


def test_introduction_is_set_aside_and_what_follows_counts() -> None:
    own = own_words(f"<p>{INTRODUCTION} I never held a paper map.</p>", COURSE, POST)
    assert own.text == "I never held a paper map."
    assert own.counts.words == 6
    assert own.counts.aside == ((Aside.INTRODUCTION, 14),)
    assert own.counts.introduces


def test_introductions_count_where_no_course_is_given() -> None:
    own = own_words(INTRODUCTION)
    assert own.text == INTRODUCTION
    assert own.counts.introduces
