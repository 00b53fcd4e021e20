"""When two comments read as one, and what they come to when they count as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.feed import TimeBasis
from tracker.domain.grade import CommentFact, SeenTimes
from tracker.domain.text import Aside, TextCounts
from tracker.grading.split_comments import APART, PartText, find_parts, is_broken_off, join_parts

AT = datetime(2026, 10, 20, 15, 0, tzinfo=UTC)


def words(count: int, end: str = "") -> str:
    return " ".join(["word"] * count) + end


def part(number: int, post: str, at: datetime, text: str) -> PartText:
    return PartText(number, post, at, len(text.split()), is_broken_off(text))


def fact(number: int, count: int) -> CommentFact:
    return CommentFact(number, 1, 1, "post", "", SeenTimes(AT, TimeBasis.OFFSET, AT), TextCounts(words=count))


@pytest.mark.parametrize(
    ("first", "apart", "post", "found"),
    [
        pytest.param(words(41), timedelta(minutes=3), "post", [79], id="three minutes apart"),
        pytest.param(words(41, " and,"), timedelta(minutes=3), "post", [80], id="ends with a comma"),
        pytest.param(words(41), APART, "post", [79], id="just ten minutes"),
        pytest.param(words(41), APART + timedelta(seconds=1), "post", [], id="longer apart"),
        pytest.param(words(41, "."), timedelta(minutes=3), "post", [], id="the sentence ends"),
        pytest.param(words(41, "!”"), timedelta(minutes=3), "post", [], id="ends within quotation marks"),
        pytest.param(words(41), timedelta(minutes=3), "other", [], id="another post"),
    ],
)
def test_two_comments_read_as_one(first: str, apart: timedelta, post: str, found: list[int]) -> None:
    pair = [part(1, "post", AT, first), part(2, post, AT + apart, words(38, "."))]
    assert [part.words for part in find_parts(pair)] == found
    assert find_parts(reversed(pair)) == find_parts(pair)


def test_nothing_is_no_broken_off_sentence() -> None:
    assert not is_broken_off(" ")


def test_joined_comments_are_the_first_with_the_words_of_all() -> None:
    joined = join_parts([fact(1, 41), fact(2, 38), fact(3, 10), fact(4, 7)], [(1, 2), (2, 3), (4, 9)])
    assert [(one.comment_id, one.counts.words) for one in joined] == [(1, 89), (4, 7)]


def test_the_two_are_named_by_their_numbers() -> None:
    [found] = find_parts([part(5, "post", AT, words(41)), part(9, "post", AT, words(38, "."))])
    assert (found.first, found.second) == (5, 9)


@pytest.mark.parametrize("flag", [True, False])
def test_all_that_can_be_asked_of_a_text_is_asked_of_the_two_together(flag: bool) -> None:
    one = TextCounts(10, 1, 50, 1, 1, 1, True, flag, True, ((Aside.QUOTE, 3),))
    other = TextCounts(20, 2, 90, 2, 3, 4, flag, True, flag, ((Aside.SIGNATURE, 5),))
    pair = [replace(fact(1, 0), counts=one), replace(fact(2, 0), counts=other)]
    [joined] = join_parts(pair, [(1, 2)])
    assert joined.counts == TextCounts(
        words=30,
        sentences=3,
        characters=140,
        paragraphs=3,
        links=4,
        questions=5,
        introduces=True,
        refers=True,
        praise_only=flag,
        aside=((Aside.QUOTE, 3), (Aside.SIGNATURE, 5)),
    )
