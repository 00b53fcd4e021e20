"""A comment found again in a student's own later post: people quote their comments in the summary.

Only runs of words are compared; who may have written the comment is weighed with everything else.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.domain.roster import ClassBlogPost
from tracker.text.cleaning import plain
from tracker.text.runs import runs_of, words_of

RUN = 4
"""Words in a run."""
FEWEST_RUNS = 8
"""A comment with fewer runs is too short: "thank you for sharing this" is everybody's."""
QUOTED_SHARE = 0.6
"""The share of a comment's runs from which a post quotes it (notes on matching, section 1)."""
QUOTED_WITHIN = timedelta(days=60)
"""A summary follows its comments within the weeks of an assignment; later posts are not asked."""
LONG_WORD = 7
"""Posts are looked up by their runs that begin with a word this long, about one in six."""


@dataclass(frozen=True, slots=True)
class PostRuns:
    """The runs of a post's text, and those of them by which it is looked up, each as a number of 64
    bits that holds within one process: a term's posts take a few megabytes."""

    every: array[int]
    telling: array[int]


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A class blog's post with what is compared of its text."""

    post: ClassBlogPost
    runs: PostRuns = field(repr=False)


def runs_of_post(html: str) -> PostRuns:
    runs = set(runs_of(words_of(plain(html)), RUN))
    return PostRuns(
        array("q", map(hash, runs)), array("q", (hash(run) for run in runs if len(run[0]) >= LONG_WORD))
    )


def read_post(post: ClassBlogPost) -> ReadPost:
    return ReadPost(post, runs_of_post(post.html))


def may_quote(post_at: datetime | None, at: datetime | None) -> bool:
    """Whether a post of one instant may quote a comment of another; unknown instants may."""
    return post_at is None or at is None or at <= post_at <= at + QUOTED_WITHIN


class QuoteIndex:
    """The posts of class blogs, arranged for finding a comment in them."""

    def __init__(self, posts: Iterable[ReadPost] = ()) -> None:
        self._posts: list[ReadPost] = []
        self._by_run: dict[int, list[int]] = {}
        for one in posts:
            self.add(one)

    def __bool__(self) -> bool:
        """Whether there is any post to look in."""
        return bool(self._posts)

    def add(self, one: ReadPost) -> None:
        """Look in this post, too. The order in which posts are added makes no difference."""
        self._posts.append(one)
        number = len(self._posts) - 1
        for run in one.runs.telling:
            self._by_run.setdefault(run, []).append(number)

    def find(self, text: str, at: datetime | None) -> dict[int, tuple[ClassBlogPost, float]]:
        """By student, the post that quotes most of a comment written at `at`, and the share of the
        comment's runs it has; {} when the comment is short or quoted nowhere. Only posts from after
        the comment quote it (`may_quote`)."""
        if not self._posts:
            return {}
        runs = frozenset(map(hash, runs_of(words_of(text), RUN)))
        if len(runs) < FEWEST_RUNS:
            return {}
        found: dict[int, tuple[ClassBlogPost, float]] = {}
        for number in self._candidates(runs):
            post = self._posts[number].post
            if not may_quote(post.posted_at, at):
                continue
            share = len(runs.intersection(self._posts[number].runs.every)) / len(runs)
            best = found.get(post.enrollment_id)
            if share >= QUOTED_SHARE and (best is None or (-share, post.url) < (-best[1], best[0].url)):
                found[post.enrollment_id] = (post, share)
        return found

    def _candidates(self, runs: Iterable[int]) -> Sequence[int]:
        return sorted({number for run in runs for number in self._by_run.get(run, ())})
