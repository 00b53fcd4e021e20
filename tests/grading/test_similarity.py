"""Flags of PRODUCT S10 with its numbers. Texts and names are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.grading.similarity import FEWEST_RUNS, RUN, STOCK_PHRASE, LikenessKind, SaidText, find_likenesses
from tracker.text.cleaning import count_words
from tracker.text.introductions import Introductions, introductions_for
from tracker.text.own_words import own_words
from tracker.text.runs import runs_of, words_of

T0 = datetime(2026, 10, 14, 17, 0, tzinfo=UTC)
COURSE = introductions_for(("EDT 320", "Harlan State"))
TWICE, CLASSMATE, FROM_POST = LikenessKind


def words(first: int, count: int) -> str:
    """So many words that no other text has, but where the numbers overlap."""
    return " ".join(f"w{n}" for n in range(first, first + count))


def said(
    number: int, who: int, text: str, *, post: str = "a.example/1", days: float = 0, post_words: int = 0
) -> SaidText:
    return SaidText(number, who, post, T0 + timedelta(days=days), text, post_words)


def flags(*texts: SaidText) -> list[tuple[LikenessKind, int, int | None, int]]:
    return [(one.kind, one.comment_id, one.other_id, one.percent) for one in find_likenesses(texts)]


def test_the_same_85_words_on_two_posts_are_flagged_once() -> None:
    text = words(0, 85)
    first, second = said(1, 7, text), said(2, 7, text, post="a.example/2", days=1)
    assert flags(second, first) == [(TWICE, 2, 1, 100)]


def test_text_that_shares_92_percent_of_its_runs_with_a_classmate_two_days_earlier_is_flagged() -> None:
    """79 words have 75 runs; the first six words changed leave 69 of them, 92 %."""
    first, second = words(0, 79), words(900, 6) + " " + words(6, 73)
    runs, others = set(runs_of(words_of(second), RUN)), set(runs_of(words_of(first), RUN))
    assert len(runs & others) / len(runs) == 0.92
    assert flags(said(1, 7, first), said(2, 8, second, post="b.example/1", days=2)) == [(CLASSMATE, 2, 1, 92)]


def test_comment_that_is_70_percent_the_posts_is_flagged() -> None:
    assert flags(said(1, 7, words(0, 30), post_words=70)) == [(FROM_POST, 1, None, 70)]


def test_the_three_flags_stand_beside_each_other() -> None:
    text = words(0, 85)
    found = flags(
        said(1, 7, text),
        said(2, 7, text, post="a.example/2", days=1),
        said(3, 8, text, days=2, post_words=90),
    )
    assert found == [(TWICE, 2, 1, 100), (CLASSMATE, 3, 1, 100), (FROM_POST, 3, None, 51)]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        pytest.param(words(0, 4) + " " + words(500, 1) + " " + words(5, 80), True, id="one word changed"),
        pytest.param(words(0, 69) + " " + words(500, 16), True, id="four fifths"),
        pytest.param(words(0, 68) + " " + words(500, 17), False, id="a word less"),
        pytest.param(words(0, 85) + " " + words(500, 85), False, id="as much of their own"),
    ],
)
def test_text_is_like_another_from_four_fifths_of_its_runs(text: str, flagged: bool) -> None:
    assert bool(flags(said(1, 7, words(0, 85)), said(2, 8, text, days=1))) is flagged


def test_later_text_is_flagged_whatever_the_order_in_which_they_came() -> None:
    one, other = said(5, 7, words(0, 40), days=3), said(9, 8, words(0, 40))
    assert flags(one, other) == flags(other, one) == [(CLASSMATE, 5, 9, 100)]


def test_most_like_text_is_named_and_of_equals_the_earliest() -> None:
    near = words(0, 36) + " " + words(700, 4)
    found = flags(said(1, 7, near), said(2, 8, words(0, 40), days=1), said(3, 9, words(0, 40), days=2))
    assert found[-1] == (CLASSMATE, 3, 2, 100)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(said(1, 7, words(0, 19)), said(2, 8, words(0, 19)), id="short, of two students"),
        pytest.param(
            said(1, 7, words(0, 4)), said(2, 7, words(0, 4), post="b"), id="very short, of one student"
        ),
        pytest.param(said(1, 7, words(0, 85)), said(2, 7, words(0, 85)), id="twice on one post"),
        pytest.param(said(1, 7, ""), said(2, 8, ""), id="no words"),
        pytest.param(said(1, 7, words(0, 85)), said(2, 8, words(500, 85)), id="different"),
        pytest.param(
            said(1, 7, words(0, 30), post_words=29), said(2, 7, "x", post_words=4), id="own for the most"
        ),
    ],
)
def test_nothing_is_said_of_these(first: SaidText, second: SaidText) -> None:
    assert len(words_of(words(0, 19))) == FEWEST_RUNS + RUN - 2
    assert flags(first, second) == []


def test_words_of_one_student_are_compared_without_case_and_punctuation() -> None:
    first, second = "We drew Maps of the harbour!", "we drew maps of the harbour"
    assert flags(said(1, 7, first), said(2, 7, second, post="b")) == [(TWICE, 2, 1, 100)]


def of_course(introductions: Introductions | None) -> list[SaidText]:
    """150 comments: the same introduction, signature and plugin tail, and three words of their own."""
    bodies = [
        "<p>My name is Jane Doe and I am a student in EDT 320 at Harlan State. I was assigned to read and "
        f"comment on your blog for my class.</p><p>{words(10 * n, 3)}.</p><p>Jane Doe</p>"
        '<p>Jane recently posted ..<a href="http://j.example/p">Old maps</a></p>'
        for n in range(150)
    ]
    return [said(n, n, own_words(html, introductions).text) for n, html in enumerate(bodies)]


def test_150_identical_introductions_give_no_flag() -> None:
    assert flags(*of_course(COURSE)) == []
    assert len(flags(*of_course(None))) == STOCK_PHRASE  # the others are hidden as a phrase of the course


def test_phrases_of_the_whole_course_do_not_hide_the_same_text_twice() -> None:
    texts = [said(n, n, words(0, 40), days=n) for n in range(60)]
    assert [(one, other) for _, one, other, _ in flags(*texts)] == [(n, 0) for n in range(1, 60)]


def test_one_copy_is_found_among_a_year_of_comments(full: bool) -> None:
    """A course of a year; everyday a tenth of it."""
    count = 8_000 if full else 800
    texts = [said(n, n % 150, words(37 * n, 80), post=str(n)) for n in range(count)]
    texts.append(said(count, 999, words(37 * 5, 80), days=1))
    assert [(one.comment_id, one.other_id) for one in find_likenesses(texts)] == [(count, 5)]
    assert count_words(texts[0].text) == 80
