"""Where lines, sentences and links stand in a writer's own words."""

from __future__ import annotations

import pytest

from tracker.text.cleaning import clean
from tracker.text.passages import Passages, read_passages


def passages(html: str) -> Passages:
    return read_passages(clean(html).layout)


def sentences(text: str) -> list[str]:
    read = Passages(text)
    ends = (*read.sentence_starts[1:], len(text))
    parts = (text[start:end].strip() for start, end in zip(read.sentence_starts, ends, strict=True))
    return [part for part in parts if part]


def test_lines_are_the_visible_ones_without_quotations_and_tails() -> None:
    html = (
        "<p>First  line.<br>Second.</p><blockquote>Not mine.</blockquote><p>Third <q>word</q>.</p>"
        "<p><em>J´s last blog post ..<a href='http://janes.example/p'>P</a></em></p>"
    )
    read = passages(html)
    assert read.text == "First line.\nSecond.\nThird word."
    assert [read.text[line.start : line.end] for line in read.lines] == read.text.split("\n")


def test_links_are_known_by_their_place_and_one_alone_on_its_line_is_marked() -> None:
    read = passages("<p>See <a href='http://one.example/'>this</a> page.</p><p>http://two.example/x</p>")
    assert [(read.text[link.start : link.end], link.url, link.alone) for link in read.links] == [
        ("this", "http://one.example/", False),
        ("http://two.example/x", "http://two.example/x", True),
    ]


def test_name_glued_behind_a_plugins_words_stands_on_a_line_of_its_own() -> None:
    tail = "<span class='cluv'>J recently posted..<a href='http://j.example/p'>P</a></span>"
    html = f"<p>Fine.</p>{tail}Jane and Tom"
    assert passages(html).text.split("\n")[-1] == "Jane and Tom"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Well … Jane", ["Well …", "Jane"]),
        ("(For the course) Jane", ["(For the course)", "Jane"]),
        ("Seen by J. Doe, cf. Mr. Lee, too", ["Seen by J. Doe, cf. Mr. Lee, too"]),
        ("One\nTwo", ["One", "Two"]),
    ],
)
def test_sentences_end_at_marks_lines_and_brackets_not_at_initials(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_full_stop_of_an_address_ends_no_sentence() -> None:
    read = passages("<p>My page http://janes.example/a.b is up. Come by.</p>")
    at = read.text.index("is up")
    sentence = read.sentence_at(at)
    assert read.text[sentence.start : sentence.end].startswith("My page")
    assert read.number_of_sentence(read.text.index("Come")) == 1
