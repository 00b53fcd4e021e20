"""A body in pieces: the whole of it, with what is set aside and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.text import Aside, Piece
from tracker.text.cleaning import clean, count_words, plain
from tracker.text.markup import read_lines
from tracker.text.pieces import merge, own_text

POST = "http://jane.example/2026/09/blog-post-4.html"
TAIL = f"<em>Jane's last blog post..<a href='{POST}'>Blog Post 4</a></em>"


def shown(html: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.aside or "") for piece in clean(html).pieces]


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("I agree.", [("I agree.", "")], id="own words only"),
        pytest.param(
            "<p>One.</p><p>Two.<br>Three.</p>", [("One.\n\nTwo.\nThree.", "")], id="lines and blocks"
        ),
        pytest.param(
            "<blockquote>Rules are for fools.</blockquote><p>No.</p>",
            [("Rules are for fools.", "quote"), ("\n\nNo.", "")],
            id="quotation",
        ),
        pytest.param(
            "<p>You say <q>all rules are for fools</q> and I  doubt it.</p>",
            [("You say ", ""), ("all rules are for fools", "quote"), (" and I doubt it.", "")],
            id="quotation in a sentence",
        ),
        pytest.param(
            '<p>In reply to <a href="http://a.example/x/#comment-3">Bob</a>.</p><p>Twitter: bob</p><p>No</p>',
            [("In reply to Bob.", "reply"), ("\n\n", ""), ("Twitter: bob", "plugin"), ("\n\nNo", "")],
            id="reply and plugin line",
        ),
        pytest.param(
            f"<p>What a lesson. {TAIL}</p>",
            [("What a lesson. ", ""), ("Jane's last blog post..Blog Post 4", "tail")],
            id="tail on the same line",
        ),
        pytest.param(
            f"What a lesson.<br>Jane Doe<br>EDT 320<br>{TAIL}",
            [
                ("What a lesson.\n", ""),
                ("Jane Doe", "signature"),
                ("\n", ""),
                ("EDT 320", "signature"),
                ("\n", ""),
                ("Jane's last blog post..Blog Post 4", "tail"),
            ],
            id="signature of two lines above a tail",
        ),
    ],
)
def test_body_is_taken_apart_in_reading_order(html: str, pieces: list[tuple[str, str]]) -> None:
    assert shown(html) == pieces


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>One</p><p>two</p>", id="paragraphs"),
        pytest.param("One<br><br>two", id="two line ends"),
        pytest.param("One<br> \n<br/>two", id="white space between line ends"),
        pytest.param("One\n\ntwo", id="plain text"),
        pytest.param("<ul><li>One</li><li>two</li></ul>", id="list"),
    ],
)
def test_empty_line_and_block_markup_part_blocks(html: str) -> None:
    assert [line.starts_block for line in read_lines(html)] == [True, True]


def test_single_line_end_parts_lines_only() -> None:
    assert [line.starts_block for line in read_lines("One<br>two")] == [True, False]


WORDS = st.sampled_from(
    ["Jane", "I", "agree", "with", "you.", "Why?", "-", "Twitter:", "jane", "…", "  ", "&amp;"]
)
INLINE = st.one_of(
    st.lists(WORDS, max_size=6).map(" ".join),
    st.lists(WORDS, max_size=6).map(lambda words: f"<q>{' '.join(words)}</q>"),
    st.just(TAIL),
    st.just(f"<a href='{POST}'>a post</a>"),
    st.just("<br>"),
    st.text(max_size=8),
)
BODIES = st.lists(
    st.tuples(st.sampled_from(["p", "blockquote", "div", "em"]), st.lists(INLINE, max_size=5)), max_size=5
).map(lambda blocks: "".join(f"<{tag}>{' '.join(inline)}</{tag}>" for tag, inline in blocks))


@given(BODIES)
@settings(max_examples=150, deadline=None)
def test_pieces_join_to_the_whole_and_own_ones_to_the_own_words(html: str) -> None:
    body = clean(html)
    whole = "".join(piece.text for piece in body.pieces)
    assert [line for line in whole.split("\n") if line] == [line for line in plain(html).split("\n") if line]
    assert own_text(body.pieces).replace("\n\n", "\n") == "\n".join(body.paragraphs)
    assert count_words(own_text(body.pieces)) == count_words("\n".join(body.paragraphs))


def test_pieces_of_one_kind_that_touch_are_one() -> None:
    pieces = (Piece("a"), Piece("b"), Piece(""), Piece("c", Aside.TAIL), Piece("d", Aside.TAIL))
    assert merge(pieces) == (Piece("ab"), Piece("cd", Aside.TAIL))
