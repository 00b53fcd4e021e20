"""What of a body counts as its writer's own, and what can be counted in it. Names are invented."""

from __future__ import annotations

from html import escape
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.test_pieces import BODIES
from tracker.domain.text import Aside
from tracker.text.cleaning import clean, count_words, plain
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


def aside(html: str) -> list[tuple[str, Aside]]:
    pieces = own_words(html, COURSE, POST).pieces
    return [(piece.text.strip(), piece.aside) for piece in pieces if piece.aside is not None]


def test_introduction_is_set_aside_and_what_follows_counts() -> None:
    own = own_words(f"<p>{INTRODUCTION} I never held a paper map.</p>", COURSE, POST)
    assert own.text == "I never held a paper map."
    assert own.counts.words == 6
    assert own.counts.aside == ((Aside.INTRODUCTION, 16),)
    assert own.counts.introduces


def test_introductions_count_where_no_course_is_given() -> None:
    own = own_words(INTRODUCTION)
    assert own.text == INTRODUCTION
    assert own.counts.introduces


def test_words_of_s20_are_counted_without_the_signature() -> None:
    """PRODUCT S20: 48 words, and a removed signature of 11."""
    said = " ".join(["word"] * 47) + " end."
    signature = "Jane Mary Ann Doe EDT<br>Jane Doe Harlan State<br>EDT 320"
    counts = own_words(f"<p>{said}</p><p>{signature}</p>", COURSE).counts
    assert counts.words == 48
    assert counts.aside == ((Aside.SIGNATURE, 11),)


def test_introduction_in_the_middle_of_a_long_text_counts() -> None:
    other = " ".join(f"Sentence number {n} is here." for n in range(6))
    assert aside(f"{other} {INTRODUCTION} {other}") == []
    assert aside(f"{other} {INTRODUCTION}") == [(INTRODUCTION, Aside.INTRODUCTION)]


def test_sentence_out_of_the_post_is_pasted() -> None:
    pasted = "We walked the harbour with folded maps and pencils, and nobody was lost."
    assert aside(f"<p>I agree. {pasted} So would we.</p>") == [(pasted, Aside.PASTED)]


def test_passage_of_the_post_in_quotation_marks_is_a_quotation() -> None:
    html = "<p>You say “nobody was lost for longer than a minute” and I doubt it.</p>"
    assert aside(html) == [("“nobody was lost for longer than a minute”", Aside.QUOTE)]
    assert own_words(html, COURSE, POST).text == "You say and I doubt it."


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("Paper maps are better than screens.", id="short"),
        pytest.param(
            "I say that paper maps are better than screens because nothing glows.", id="less than half"
        ),
        pytest.param(
            "He said “I was lost for a day in the old town” there.", id="quotation of somebody else"
        ),
    ],
)
def test_words_shared_with_the_post_by_and_by_count(said: str) -> None:
    assert aside(f"<p>{said}</p>") == []


def test_unknown_post_sets_nothing_aside_and_is_given_the_benefit_of_the_doubt() -> None:
    own = own_words(f"<p>{POST_TEXT}</p>", COURSE, "")
    assert own.text == POST_TEXT
    assert own.counts.refers


def test_post_may_be_given_as_plain_text() -> None:
    assert own_words(f"<p>{POST_TEXT}</p>", COURSE, POST_TEXT).counts.words == 0


@pytest.mark.parametrize(
    ("html", "trait", "number"),
    [
        pytest.param("<p>One two. Three!</p><p>Four five</p>", "sentences", 3, id="sentences"),
        pytest.param("<p>… 😀</p>", "sentences", 0, id="no words, no sentence"),
        pytest.param("<p>One  two</p><p>three.</p>", "characters", 14, id="characters with one blank each"),
        pytest.param("<p>One</p><p>two<br>three</p><p>…</p>", "paragraphs", 2, id="paragraphs"),
        pytest.param("One<br><br>two<br>three.", "paragraphs", 2, id="paragraphs by line ends"),
        pytest.param("One\n\ntwo.", "paragraphs", 2, id="paragraphs of plain text"),
        pytest.param("<p>Why? Is it so?! Yes.</p>", "questions", 2, id="questions"),
        pytest.param(
            'See <a href="http://a.example/x">this</a> and http://b.example/y now', "links", 2, id="links"
        ),
        pytest.param("http://a.example/x and http://a.example/x again", "links", 1, id="one address twice"),
        pytest.param(
            '<blockquote><a href="http://a.example/x">x</a></blockquote>'
            '<p>I agree.</p><p>Jane recently posted ..<a href="http://j.example/p">Post</a></p>',
            "links",
            0,
            id="links of quotation and tail",
        ),
        pytest.param('<a href="mailto:jane@a.example">Write to me</a> now', "links", 0, id="mail address"),
        pytest.param("", "words", 0, id="nothing"),
    ],
)
def test_traits_are_counted_in_own_words(html: str, trait: str, number: int) -> None:
    assert getattr(own_words(html, COURSE, POST).counts, trait) == number


@pytest.mark.parametrize(
    ("html", "introduces"),
    [
        pytest.param("<p>I like it.</p><p>Jane Doe</p>", True, id="signature"),
        pytest.param("<p>We try that in EDT 320, where robots grade.</p>", True, id="course in a sentence"),
        pytest.param("<p>My name is Jane and maps amuse me.</p>", True, id="name in a sentence"),
        pytest.param("<p>I like it.</p>", False, id="nobody"),
    ],
)
def test_writer_is_known_by_name_course_or_signature(html: str, introduces: bool) -> None:
    assert own_words(html, COURSE, POST).counts.introduces is introduces


@pytest.mark.parametrize(
    ("said", "refers"),
    [
        pytest.param("A lighthouse near us draws its own tide tables.", True, id="two telling words"),
        pytest.param("Those screens again.", True, id="a word of the title"),
        pytest.param("I would walk the harbour with folded arms.", True, id="a run of four words"),
        pytest.param("I could learn to find time when children ask.", False, id="small words only"),
        pytest.param("One lighthouse stands alone.", False, id="one word of the text"),
        pytest.param("Great post! Thanks for sharing!", False, id="praise"),
        pytest.param("<blockquote>nobody was lost</blockquote><p>Good.</p>", True, id="quotes it"),
    ],
)
def test_comment_takes_up_the_post_with_its_words(said: str, refers: bool) -> None:
    assert own_words(said, COURSE, POST).counts.refers is refers


@pytest.mark.parametrize(
    ("said", "praises"),
    [
        pytest.param("Great post! Thanks for sharing!", True, id="two compliments"),
        pytest.param(
            "Hi Mrs. Moore! I really enjoyed reading your blog. Keep up the good work!", True, id="greeting"
        ),
        pytest.param(f"{INTRODUCTION} Awesome job!", True, id="behind an introduction"),
        pytest.param("<p>Love it!</p><p>Jane Doe</p>", True, id="signed"),
        pytest.param("Great post! My town has no maps.", False, id="says more"),
        pytest.param("Great post! How do you do it?", False, id="asks"),
        pytest.param("¡Qué buena idea!", False, id="a language we cannot judge"),
    ],
)
def test_praise_is_only_praise_when_nothing_else_is_said(said: str, praises: bool) -> None:
    assert own_words(said, COURSE, POST).counts.praise_only is praises


def test_words_set_aside_are_counted_by_kind() -> None:
    counts = own_words(
        "<blockquote>Rules are for fools.</blockquote><p>Twitter: jane</p>"
        f"<p>{INTRODUCTION}</p><p>I never held one.</p><p>Jane Doe</p>"
        '<p>Jane recently posted ..<a href="http://j.example/p">Old maps</a></p>',
        COURSE,
        POST,
    ).counts
    assert counts.words == 4
    assert dict(counts.aside) == {
        Aside.QUOTE: 4,
        Aside.TAIL: 5,
        Aside.PLUGIN: 2,
        Aside.SIGNATURE: 2,
        Aside.INTRODUCTION: 16,
    }


SENTENCES = st.lists(
    st.sampled_from(
        [INTRODUCTION, "I agree.", "why?", POST_TEXT, f'"{POST_TEXT}"', "You can follow my blog.", "x"]
    ),
    max_size=5,
).map(lambda said: "<p>" + " ".join(said) + "</p>")


@given(st.lists(BODIES | SENTENCES, max_size=3).map("".join))
@settings(max_examples=150, deadline=None)
def test_pieces_join_to_the_whole_whatever_was_written(html: str) -> None:
    own = own_words(html, COURSE, POST)
    whole = "".join(piece.text for piece in own.pieces)
    assert [line for line in whole.split("\n") if line] == [line for line in plain(html).split("\n") if line]
    counted = own.counts.words + sum(words for _, words in own.counts.aside)
    assert count_words(own.text) == own.counts.words <= count_words("\n".join(clean(html).paragraphs))
    assert counted >= count_words(whole)
    assert own.counts.questions <= own.counts.sentences <= own.counts.words
    assert own.counts.paragraphs <= own.counts.words
    assert min(own.counts.characters, own.counts.links, *dict(own.counts.aside).values(), 0) >= 0


@given(st.lists(st.sampled_from(["I agree.", "Why is that so?", "We drew maps."]), min_size=1, max_size=6))
def test_text_of_sentences_is_its_own_own_words(said: list[str]) -> None:
    text = own_words("<p>" + "</p><p>".join(said) + "</p>", COURSE, POST).text
    assert own_words(escape(text), COURSE, POST).text == text == "\n\n".join(said)


@pytest.mark.parametrize(
    "unit", ["see the ", "e.g. ", "😀", "?", "?😀", "a line that a machine wrapped somewhere\n", '"']
)
def test_time_to_read_a_text_grows_with_its_length_only(unit: str) -> None:
    """What grows with its square takes minutes here; room is left for slow machines."""
    html = unit * (40_000 // len(unit))
    start = process_time()
    own_words(html, COURSE, POST)
    assert process_time() - start < 8
