"""Texts that are like others: said twice, like a classmate's, or mostly the post's. A flag is something
for a person to read; it never lowers a grade (PRODUCT S10).

Texts are own words: introductions, signatures and plugin tails have been set aside, or all comments
of a course would look alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from heapq import nsmallest

from tracker.domain.grouping import grouped
from tracker.text.cleaning import count_words
from tracker.text.runs import runs_of, words_of

RUN = 5
"""Words in a run: five in a row are seldom shared by chance, and one word changed breaks five runs."""
FEWEST_RUNS = 16
"""A text of fewer runs (twenty words) may be two phrases that everybody uses: "I want to try this when I
have my own classroom. Thank you for sharing." It is compared with the same student's own texts only."""
LIKE_SHARE = 0.8
"""The share of its runs from which a text is like another: three words changed in 85 leave 81 %."""
POST_SHARE = 0.5
"""The share of its words from which a text is mostly the post's rather than its writer's."""
STOCK_PHRASE = 25
"""A run that more texts have is a phrase of the course's; it points from none of them to another."""

MOST_COMPARED = 8
"""Of the texts that share something, so many are compared run by run: those that share most."""


class LikenessKind(StrEnum):
    TWICE = "twice"  # the same text by one student on two posts
    CLASSMATE = "classmate"  # a text like an earlier one of another student
    FROM_POST = "from-post"  # a text that is mostly quoted or pasted out of the post


@dataclass(frozen=True, slots=True)
class SaidText:
    """A comment's own words. `at` is aware, `post_words` counts what was set aside because the post
    has it."""

    comment_id: int
    enrollment_id: int
    post_key: str
    at: datetime
    text: str = field(repr=False)
    post_words: int = 0


@dataclass(frozen=True, slots=True)
class Likeness:
    """One flag: what a comment is like (`other_id`, the earlier comment; None: the post it is on), and by
    how much: whole percent of its runs, or of its words for FROM_POST, rounded down."""

    kind: LikenessKind
    comment_id: int
    other_id: int | None
    percent: int


@dataclass(frozen=True, slots=True)
class _ReadText:
    said: SaidText
    words: tuple[str, ...]
    runs: frozenset[int]


def find_likenesses(texts: Iterable[SaidText]) -> tuple[Likeness, ...]:
    """Every flag of these texts, at most one of a kind for each, in the order in which they were said."""
    said = sorted(texts, key=lambda one: (one.at, one.comment_id))
    read = [_read(one) for one in said if one.text]
    found = [*_from_posts(said), *_like_earlier(read)]
    place = {one.comment_id: n for n, one in enumerate(said)}
    return tuple(sorted(found, key=lambda one: (place[one.comment_id], one.kind)))


def _read(said: SaidText) -> _ReadText:
    words = tuple(words_of(said.text))
    return _ReadText(said, words, frozenset(map(hash, runs_of(words, RUN))))


def _from_posts(said: Iterable[SaidText]) -> list[Likeness]:
    found = []
    for one in said:
        whole = one.post_words + count_words(one.text)
        if one.post_words >= RUN and one.post_words >= POST_SHARE * whole:
            kind = LikenessKind.FROM_POST
            found.append(Likeness(kind, one.comment_id, None, 100 * one.post_words // whole))
    return found


def _like_earlier(read: Sequence[_ReadText]) -> list[Likeness]:
    """For each text the earlier ones most like it, one of the same student and one of another."""
    same = _earlier_of_same_words(read)
    by_run: dict[int, list[int]] = {}
    found: list[Likeness] = []
    for number, one in enumerate(read):
        candidates = {*same.get(number, ()), *_sharing(one, by_run)}
        for kind, alike in grouped(_alike(read, number, candidates)).items():
            percent, other = max(alike, key=lambda pair: (pair[0], -pair[1]))
            found.append(Likeness(kind, one.said.comment_id, read[other].said.comment_id, percent))
        if len(one.runs) >= FEWEST_RUNS:
            for run in one.runs:
                by_run.setdefault(run, []).append(number)
    return found


def _earlier_of_same_words(read: Sequence[_ReadText]) -> dict[int, list[int]]:
    """By text, the first one of each student that has exactly its words. Stock phrases do not hide
    these; texts too short to be a student's own are compared with the same student's only."""
    found: dict[int, list[int]] = {}
    for words, numbers in grouped((one.words, number) for number, one in enumerate(read)).items():
        first: dict[tuple[int, str], int] = {}
        if len(words) < RUN:
            continue
        for number in numbers:
            said = read[number].said
            others = [n for (who, _), n in first.items() if who != said.enrollment_id]
            mine = [n for (who, on), n in first.items() if who == said.enrollment_id and on != said.post_key]
            long_enough = len(read[number].runs) >= FEWEST_RUNS
            found[number] = [*mine[:1], *(others[:1] if long_enough else ())]
            first.setdefault((said.enrollment_id, said.post_key), number)
    return found


def _sharing(one: _ReadText, by_run: Mapping[int, Sequence[int]]) -> list[int]:
    """The few earlier texts that share most runs which are no stock phrases."""
    if len(one.runs) < FEWEST_RUNS:
        return []
    pointing = [by_run[run] for run in one.runs if len(by_run.get(run, ())) in range(1, STOCK_PHRASE + 1)]
    counts = Counter(number for numbers in pointing for number in numbers)
    return nsmallest(MOST_COMPARED, counts, key=lambda number: (-counts[number], number))


def _alike(
    read: Sequence[_ReadText], number: int, candidates: Iterable[int]
) -> Iterator[tuple[LikenessKind, tuple[int, int]]]:
    """The kind of flag and (percent, text) of each candidate that a text is like enough."""
    one = read[number]
    for other in candidates:
        shared = len(one.runs & read[other].runs)
        if shared < LIKE_SHARE * len(one.runs):
            continue
        percent = 100 * shared // len(one.runs)
        if read[other].said.enrollment_id != one.said.enrollment_id:
            yield LikenessKind.CLASSMATE, (percent, other)
        elif read[other].said.post_key != one.said.post_key:
            yield LikenessKind.TWICE, (percent, other)
