"""The text of a post, read once for all the comments on it: what in them is its words, what takes it up.

Tested in tests/text/test_real_bodies.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tracker.text.runs import runs_of, words_of
from tracker.text.vocabulary import EVERYBODYS, SMALL

PASTED_RUN = 5
"""Words in a run. Five in a row are seldom shared by chance (PRODUCT S10 counts in fives)."""
FEWEST_PASTED_RUNS = 4
"""A sentence of fewer than eight words may be anybody's; it is never pasted."""
PASTED_SHARE = 0.5
"""A sentence is the post's when more than this share of its runs stand in the post."""
SHARED_RUN = 4
TELLING_LETTERS = 5
SHARED_WORDS = 2
"""A comment takes up a post with a run of four words that are not all small ones, or with two of its
telling words (or one of its title's)."""


@dataclass(frozen=True, slots=True)
class PostText:
    """What is compared of a post: hashes of its runs, good within one process, and its telling words.
    Empty is a post whose text we do not know."""

    pasted: frozenset[int] = frozenset()
    shared: frozenset[int] = frozenset()
    telling: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()
    is_known: bool = False

    def holds(self, text: str, *, fewest_runs: int = FEWEST_PASTED_RUNS) -> bool:
        """Whether most of a text's runs stand in the post; a text of fewer runs is not compared."""
        if not self.pasted:
            return False
        runs = [hash(run) for run in runs_of(words_of(text), PASTED_RUN)]
        found = sum(run in self.pasted for run in runs)
        return len(runs) >= fewest_runs and found > PASTED_SHARE * len(runs)

    def is_taken_up_by(self, text: str) -> bool:
        """Whether a text shares telling words or a run with the post or its title."""
        words = words_of(text)
        said = telling_words(words)
        return (
            not said.isdisjoint(self.titled)
            or len(said & self.telling) >= SHARED_WORDS
            or not self.shared.isdisjoint(map(hash, _telling_runs(words)))
        )


NO_POST = PostText()


@lru_cache(maxsize=64)
def read_post_text(text: str, title: str = "") -> PostText:
    """A post's plain text, and its title, made ready for comparing."""
    words, title_words = words_of(text), words_of(title)
    return PostText(
        pasted=frozenset(map(hash, runs_of(words, PASTED_RUN))),
        shared=frozenset(hash(run) for these in (words, title_words) for run in _telling_runs(these)),
        telling=telling_words(words),
        titled=telling_words(title_words),
        is_known=bool(words),
    )


def telling_words(words: Iterable[str]) -> frozenset[str]:
    """The longer words that are not in everybody's mouth, without the "s" of the plural."""
    return frozenset(
        word.removesuffix("s").removesuffix("'")
        for word in words
        if len(word) >= TELLING_LETTERS and word not in EVERYBODYS
    )


def _telling_runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    known = [word in SMALL or word in EVERYBODYS for word in words]
    return (run for n, run in enumerate(runs_of(words, SHARED_RUN)) if not all(known[n : n + SHARED_RUN]))
