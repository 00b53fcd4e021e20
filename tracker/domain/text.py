"""What can be counted in a text, and the kinds of text that are nobody's own words.

Tested in tests/text/test_own_words.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Aside(StrEnum):
    """Why a passage is set aside before words are counted."""

    QUOTE = "quote"
    TAIL = "tail"
    PLUGIN = "plugin"
    REPLY = "reply"
    SIGNATURE = "signature"
    INTRODUCTION = "introduction"
    PASTED = "pasted"


COUNTABLE = (Aside.SIGNATURE, Aside.INTRODUCTION, Aside.QUOTE)
"""What an instructor may choose to count as the writer's own words after all."""


@dataclass(frozen=True, slots=True)
class TextCounts:
    """What a text holds of its writer's own. `aside` has the words set aside, by kind.

    `introduces`: the writer says who they are or for which course they write. `refers`: it takes
    up something of the post. `praise_only`: compliments and nothing else.
    """

    words: int = 0
    sentences: int = 0
    characters: int = 0
    paragraphs: int = 0
    links: int = 0
    questions: int = 0
    introduces: bool = False
    refers: bool = False
    praise_only: bool = False
    aside: tuple[tuple[Aside, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text in reading order, and why it is set aside (None: the writer's own words)."""

    text: str
    aside: Aside | None = None
