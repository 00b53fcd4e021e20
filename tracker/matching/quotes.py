"""A comment found again in a student's own later post: people quote their comments in the summary.

Only runs of words are compared; who may have written the comment is weighed with everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from tracker.domain.roster import ClassBlogPost
from tracker.text.cleaning import plain

RUN = 4
"""Words in a run."""
FEWEST_RUNS = 8
"""A comment with fewer runs is too short: "thank you for sharing this" is everybody's."""
QUOTED_SHARE = 0.6
"""The share of a comment's runs from which a post quotes it (notes on matching, section 1)."""
LONG_WORD = 7
"""Posts are looked up by their runs that begin with a word this long, about one in six."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Run = tuple[str, ...]


class QuoteIndex:
    """The posts of all class blogs, arranged for finding a comment in them. Built when first asked."""

    def __init__(self, posts: Iterable[ClassBlogPost]) -> None:
        self._posts = tuple(sorted(posts, key=lambda post: (post.enrollment_id, post.url)))
        self._by_run: dict[Run, set[int]] | None = None

    def find(self, text: str, at: datetime | None) -> dict[int, tuple[ClassBlogPost, float]]:
        """By student, the post that quotes most of a comment written at `at`, and the share of the
        comment's runs it has; {} when the comment is short or quoted nowhere. Posts from before the
        comment quote nothing; without an instant any post may."""
        if not self._posts:
            return {}
        runs = frozenset(_runs(_words(text)))
        if len(runs) < FEWEST_RUNS:
            return {}
        found: dict[int, tuple[ClassBlogPost, float]] = {}
        for number in self._candidates(runs):
            post = self._posts[number]
            if at is not None and post.posted_at is not None and post.posted_at < at:
                continue
            share = len(runs & _runs_of_post(post.html)) / len(runs)
            best = found.get(post.enrollment_id)
            if share >= QUOTED_SHARE and (best is None or share > best[1]):
                found[post.enrollment_id] = (post, share)
        return found

    def _candidates(self, runs: Iterable[Run]) -> Sequence[int]:
        if self._by_run is None:
            self._by_run = _index(self._posts)
        return sorted({number for run in runs for number in self._by_run.get(run, ())})


def _index(posts: Iterable[ClassBlogPost]) -> dict[Run, set[int]]:
    by_run: dict[Run, set[int]] = {}
    for number, post in enumerate(posts):
        for run in _runs(_words_of_post(post.html)):
            if len(run[0]) >= LONG_WORD:
                by_run.setdefault(run, set()).add(number)
    return by_run


@lru_cache(maxsize=256)
def _runs_of_post(html: str) -> frozenset[Run]:
    return frozenset(_runs(_words_of_post(html)))


def _words_of_post(html: str) -> list[str]:
    return _words(plain(html))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").lower())


def _runs(words: Sequence[str]) -> Iterator[Run]:
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
