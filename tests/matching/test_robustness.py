"""Whatever people write, matching answers, and soon."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.cast import comment, decide, index
from tracker.domain.linkage import Candidate, MatchVerdict
from tracker.wording.evidence import PLACES, say_candidate, say_to_student

COURSE_INDEX = index()
NAMES = {who: one.name for who, one in COURSE_INDEX.enrollees.items()}
PIECES = st.lists(
    st.sampled_from(
        [
            "Jane",
            "Okonedo",
            "Tom",
            "O'Shea",
            "Sam",
            "K.",
            "Dr.",
            "Anonymous",
            "I'm ",
            "here",
            " ",
            ",",
            ".",
            "<br>",
            "<p>",
            "<blockquote>",
            "</p>",
            "http://",
            "okonedojaneedt320.blogspot.com",
            "my blog ",
            "EDT 320",
            "@",
            "|",
            "…",
            "..",
            "<a href='http://lindqvistsamedt320.blogspot.com/x'>",
            "</a>",
            "Twitter: janeok",
            "-",
            "´s",
            "\n\n",
            "🌻",
            "а",
        ]
    ),
    max_size=14,
).map("".join)


@settings(deadline=None, max_examples=150)
@given(author=PIECES, html=PIECES, author_url=PIECES, account=PIECES)
def test_anything_is_answered_consistently(author: str, html: str, author_url: str, account: str) -> None:
    match = decide(comment(html, author=author, author_url=author_url, account=account), COURSE_INDEX)
    assert (match.enrollment_id is not None) is (match.verdict is MatchVerdict.ACCEPT)
    assert match.verdict is not MatchVerdict.REVIEW or match.candidates
    assert len(match.candidates) <= 4
    assert sum(each.probability for each in match.candidates) <= 1.001
    for candidate in match.candidates:
        assert Candidate.from_json(json.loads(json.dumps(candidate.as_json()))) == candidate
        assert all(says for says, _ in say_candidate(candidate, NAMES))
        assert all(piece.where in PLACES and say_to_student(piece) for piece in candidate.evidence)
        if match.verdict is MatchVerdict.ACCEPT:
            assert not any(piece.veto for piece in match.candidates[0].evidence)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("a" * 200_000, id="one long word"),
        pytest.param("a.b-" * 50_000, id="dots and dashes"),
        pytest.param("I am " * 40_000, id="introductions"),
        pytest.param("student in class at the " * 10_000, id="courses"),
        pytest.param("<b>" * 20_000, id="tags"),
        pytest.param("http://" * 30_000, id="schemes"),
        pytest.param("<a href=x>y</a>" * 10_000, id="links"),
        pytest.param('I said "so. ' * 15_000, id="marks never closed"),
        pytest.param('"\n' * 50_000, id="marks on lines"),
        pytest.param("Quote: Jane wrote: " * 10_000, id="quotations in quotations"),
        pytest.param("Jane wrote:\nI am Jane.\n\n" * 5_000, id="copied comments"),
        pytest.param("Best, Jane Okonedo\n\n" * 8_000, id="signatures"),
        pytest.param("[quote]Jane" * 15_000, id="typed tags"),
        pytest.param("&gt; a\n- Jane\n" * 8_000, id="quoted lines"),
        pytest.param("'a b " * 30_000, id="single marks"),
    ],
)
def test_monstrous_comments_are_read_in_seconds(html: str) -> None:
    start = time.process_time()
    decide(comment(html, author="Jane"), COURSE_INDEX)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote>x y z</blockquote><p><span class="cluv"> </span>I liked it.</p>',
        '<span class="cluv"></span><p>Jane</p>',
        '<p><span class="cluv"> </span></p><p> </p>',
        "<blockquote> </blockquote>",
        "",
    ],
)
def test_lines_with_nothing_in_them_are_read(html: str) -> None:
    assert decide(comment(html, author="Jane"), COURSE_INDEX).verdict in MatchVerdict
