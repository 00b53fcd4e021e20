"""Runs of words, by which two texts are found to say the same thing in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Run = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, with one kind of apostrophe, without punctuation."""
    return _WORD.findall(text.replace("’", "'").lower())


def runs_of(words: Sequence[str], length: int) -> Iterator[Run]:
    """Every stretch of so many words; none where there are fewer."""
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def mark_shared(text: str, other: str, length: int) -> tuple[tuple[str, bool], ...]:
    """A text in stretches, each with whether it stands in a run of so many words that the other text
    has, too. Joined they are the text."""
    spans = [found.span() for found in _WORD.finditer(text)]
    words = [text[start:end].replace("’", "'").lower() for start, end in spans]
    known = set(runs_of(words_of(other), length))
    shared = [False] * len(spans)
    for start, run in enumerate(runs_of(words, length)):
        if run in known:
            shared[start : start + length] = [True] * length
    found: list[tuple[str, bool]] = []
    at = 0
    for is_shared, alike in groupby(zip(spans, shared, strict=True), key=lambda one: one[1]):
        stretch = [span for span, _ in alike]
        if is_shared:
            found += [(text[at : stretch[0][0]], False), (text[stretch[0][0] : stretch[-1][1]], True)]
            at = stretch[-1][1]
    return tuple(one for one in [*found, (text[at:], False)] if one[0])
