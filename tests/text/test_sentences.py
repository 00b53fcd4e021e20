"""Where sentences end in texts as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.text.sentences import is_question, split_sentences


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("One. | Two! | Three?", id="marks"),
        pytest.param("i liked it. | it was good. | really? | yes", id="small letters"),
        pytest.param("Dr. Hill met Mrs. Moore. | They agreed.", id="titles"),
        pytest.param(
            "We used pens, e.g. blue ones, paper etc. and glue. | Then we wrote.", id="abbreviations"
        ),
        pytest.param("We brought glue, paper etc. | Then we wrote.", id="abbreviation at the end"),
        pytest.param("J. Doe and Ann D. Hill wrote it. | So did I. | We agree.", id="initials"),
        pytest.param(
            "In the U.S. we start at 8 a.m. on Oct. 14. | See no. 5.", id="dotted words and numbers"
        ),
        pytest.param("It costs 3.5 pounds. | Version 2.0 costs more.", id="decimals"),
        pytest.param("I think... maybe not. | Well… | What if?", id="ellipses"),
        pytest.param("Really?! | Wow!!! | Yes.", id="many marks"),
        pytest.param('"Why?" she asked. | He said "No." | Then he left.', id="closing quotation marks"),
        pytest.param("I liked it.|The end was good.|I agree.", id="no blank after the stop"),
        pytest.param("See www.Maps.example/a.b?c=D first. | Then go.", id="address"),
        pytest.param("Great! 😀 | My class did it, too 🎉 | Thanks. :-) | Bye", id="smiles"),
        pytest.param("paper\n|glue\n|1. pens\n|- tape", id="list without full stops"),
        pytest.param(
            "This is one line of more than forty characters that\ngoes on below it. | End.",
            id="wrapped by a machine",
        ),
        pytest.param("One.\n\n|two", id="paragraphs"),
        pytest.param("今日は良い。|とても！|本当？", id="wide marks"),
        pytest.param("यह अच्छा है। | बहुत अच्छा।", id="danda"),
        pytest.param("", id="nothing"),
        pytest.param("   ", id="blanks"),
    ],
)
def test_text_ends_its_sentences_where_a_reader_would(text: str) -> None:
    wanted = [one.strip() for one in text.split("|") if one.strip()]
    whole = text.replace(" | ", " ").replace("|", "")
    assert [one.strip() for one in split_sentences(whole) if one.strip()] == wanted


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        pytest.param("Why?", True, id="plain"),
        pytest.param("Why?!", True, id="with a cry"),
        pytest.param('He asked "why?" ', True, id="in quotation marks"),
        pytest.param("Would it work? 😀", True, id="with a smile"),
        pytest.param("Would it work? :)", True, id="with a typed smile"),
        pytest.param("本当？", True, id="wide"),
        pytest.param("Why? I wonder.", False, id="asked before"),
        pytest.param("It works.", False, id="said"),
    ],
)
def test_question_is_known_by_how_it_ends(sentence: str, asks: bool) -> None:
    assert is_question(sentence) is asks


@given(st.text(alphabet="aA.!?… \n\"')。😀1www/", max_size=40) | st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_sentences_join_to_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text
