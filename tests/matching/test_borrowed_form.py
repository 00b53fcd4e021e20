"""Sentences that say that a form's name or account is not the writer's own."""

from __future__ import annotations

import pytest

from tests.matching.cast import JANE, comment, decide, index, kinds
from tracker.matching.borrowed_form import find_borrowed_form
from tracker.text.passages import Passages

AMONG = index()


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, I am on my roommate's laptop.",
        "Ignore the name above, please.",
        "This is not my account.",
        "Oops, still logged in as her.",
        "I left this under somebody else's name.",
        "That's not me up there.",
        "Not the person above, but somebody else.",
        "I am not who it says.",
        "Estoy en la cuenta de mi hermana.",
    ],
)
def test_is_found(text: str) -> None:
    assert find_borrowed_form(Passages(text))


@pytest.mark.parametrize(
    "text",
    [
        "Not every home has a computer.",
        "My account of that day is longer.",
        "We used a phone and a tablet, and nobody logged in.",
        "I don't have a phone with a camera.",
        "Sent from my phone.",
        "You can log in with your school account.",
    ],
)
def test_is_no_word_about_the_form(text: str) -> None:
    assert find_borrowed_form(Passages(text)) == ""


def test_sends_a_comment_to_a_person_where_only_the_form_speaks() -> None:
    on_hers = "<p>Ignore the name above, it is not mine. Good post.</p>"
    assert decide(comment(on_hers, author="Jane Okonedo"), AMONG).enrollment_id is None
    assert "borrowed-form" in kinds(decide(comment(on_hers, author="Jane Okonedo"), AMONG))
    signed = f"{on_hers}<p>Jane Okonedo</p>"
    assert decide(comment(signed, author="Jane Okonedo"), AMONG).enrollment_id == JANE
