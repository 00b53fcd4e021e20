"""Runs of words, by which two texts are found to say the same thing in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Run = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, with one kind of apostrophe, without punctuation."""
    return _WORD.findall(text.replace("’", "'").lower())


def runs_of(words: Sequence[str], length: int) -> Iterator[Run]:
    """Every stretch of so many words; none where there are fewer."""
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))
