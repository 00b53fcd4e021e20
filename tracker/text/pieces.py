"""A text in pieces, own words and what is set aside, so that a page can show the whole of it.

Which line is what is decided in `cleaning`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from tracker.domain.text import Aside, Piece
from tracker.text.markup import Line, TextRun, squeeze

LINE_END = "\n"
BLOCK_END = "\n\n"
_BLANKS = re.compile(r"\s+")
MOST_QUOTED_WORDS = 3
"""A short `<q>` inside a sentence is a word of it; a passage is not."""


class MarkedLine(NamedTuple):
    """A line and why it is set aside as a whole. Otherwise `kept` is what a tail leaves of it (None:
    nothing), and `signs` is True where that is a signature."""

    line: Line
    aside: Aside | None = None
    kept: Line | None = None
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A body line by line. `whole` has each line and why it is set aside as a whole; `kept` what tails
    left of the others, of which the first `own` with words are the writer's and the rest sign."""

    whole: tuple[tuple[Line, Aside | None], ...] = ()
    kept: tuple[Line, ...] = ()
    own: int = 0

    def lines(self) -> Iterator[MarkedLine]:
        left, own = iter(self.kept), self.own
        for line, why in self.whole:
            rest = next(left, None) if why is None else None
            if rest is not None and any(run.text.strip() and not is_passage(run) for run in rest.runs):
                own -= 1
            yield MarkedLine(line, why, rest, signs=own < 0)


def is_passage(run: TextRun) -> bool:
    """Whether a run is quoted and more than a word of the sentence around it."""
    return run.in_quote and len(run.text.split()) > MOST_QUOTED_WORDS


def own_text_of(line: Line) -> str:
    """A line without passages quoted in it."""
    return squeeze("".join([run.text for run in line.runs if not is_passage(run)]))


def pieces_of(lines: Iterable[MarkedLine]) -> tuple[Piece, ...]:
    """The whole visible text: lines as they stand, an empty line between blocks. Line ends are pieces
    like own words, so that nothing set aside reaches over a line's end."""
    found: list[Piece] = []
    for marked in lines:
        if found:
            found.append(Piece(BLOCK_END if marked.line.starts_block else LINE_END))
        found += _squeeze(_of_line(marked))
    return merge(found)


def merge(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same text in as few pieces as it takes."""
    return tuple(
        Piece("".join(one.text for one in alike), aside)
        for aside, alike in groupby((one for one in pieces if one.text), key=lambda one: one.aside)
    )


def own_text(pieces: Iterable[Piece]) -> str:
    """The pieces that are the writer's own: a line for each line, an empty line between blocks."""
    whole = "".join(one.text for one in pieces if one.aside is None)
    blocks = re.split(r"\n{2,}", whole)
    read = ([" ".join(line.split()) for line in block.split("\n")] for block in blocks)
    return BLOCK_END.join(text for lines in read if (text := LINE_END.join(filter(None, lines))))


def _of_line(marked: MarkedLine) -> Iterator[Piece]:
    if marked.aside is not None:
        yield Piece("".join(run.text for run in marked.line.runs), marked.aside)
        return
    own = Aside.SIGNATURE if marked.signs else None
    length = 0
    for run in marked.kept.runs if marked.kept is not None else ():
        yield Piece(run.text, Aside.QUOTE if is_passage(run) else own)
        length += len(run.text)
    yield Piece("".join(run.text for run in marked.line.runs)[length:], Aside.TAIL)


def _squeeze(pieces: Iterable[Piece]) -> list[Piece]:
    """Every stretch of white space one blank, across pieces, and none at the ends of the line."""
    found: list[Piece] = []
    at_blank = True
    for one in pieces:
        text = _BLANKS.sub(" ", one.text)
        if at_blank and text.startswith(" ") and one.aside is None and found and found[-1].aside is not None:
            last = found.pop()  # a blank on both sides is the writer's
            found += [Piece(last.text.removesuffix(" "), last.aside)] if last.text != " " else []
        elif at_blank:
            text = text.removeprefix(" ")
        if text:
            found.append(Piece(text, one.aside))
            at_blank = text.endswith(" ")
    if found and at_blank:
        last = found.pop()
        found.append(Piece(last.text.removesuffix(" "), last.aside))
    return found
