"""A writer's own words in one string: where its lines and sentences begin, and where its links stand.

Quotations, plugin tails and "In reply to" lines are left out by `cleaning`; what a name or a link
does in the text is left to `matching`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from tracker.domain.text import Aside
from tracker.text.markup import Line, TextRun
from tracker.text.pieces import Layout, is_passage
from tracker.text.quotation_marks import Span
from tracker.text.quotations import TextLine, find_quotations
from tracker.text.vocabulary import NEVER_LAST

_BLANKS = re.compile(r"[^\S ]\s*| \s+")
"""Any but one blank by itself."""
_END = re.compile(r"[.!?…]+[\"'”’»]*(?=\s|$)|\)(?=\s|$)|[。！？]|\n")
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIAL = re.compile(r"(?<!\w)[A-Z]$")
LONGEST_WORD = 12
"""So many characters before a full stop tell whether a sentence ends; abbreviations are short."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text, from `start` up to `end`."""

    start: int
    end: int

    def holds(self, position: int) -> bool:
        return self.start <= position < self.end


@dataclass(frozen=True, slots=True)
class LinkStretch(Stretch):
    """A link or bare address in a text. `alone`: nothing else stands on its line."""

    url: str
    alone: bool = False


@dataclass(frozen=True)
class Passages:
    """The own words of a body, a line for each visible line, and the links in them."""

    text: str
    links: tuple[LinkStretch, ...] = ()
    emphasized: tuple[Stretch, ...] = ()
    """Lines of which every word is emphasized, as people set off what they answer."""
    marked: tuple[Stretch, ...] = ()
    """What markup calls a quotation or its source inside a line."""
    blocks: frozenset[int] = frozenset()
    """Where the lines begin that an empty line stands above."""
    behind: frozenset[int] = frozenset()
    """Where the lines begin that a quotation stood above, which is left out."""

    @cached_property
    def lines(self) -> tuple[Stretch, ...]:
        """The lines; none of them is empty."""
        found, start = [], 0
        for line in self.text.split("\n"):
            found.append(Stretch(start, start + len(line)))
            start += len(line) + 1
        return tuple(found)

    def line_at(self, position: int) -> Stretch:
        return self.lines[bisect_right(self._line_starts, position) - 1]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def quotations(self) -> tuple[Stretch, ...]:
        """Somebody else's words and titles, with who is named as their source (see `quotations`), in
        reading order; none overlaps another."""
        marked = [(one.start, one.end) for one in self.marked]
        return _join_spans([*marked, *self._quotations[0]])

    @cached_property
    def _unsure(self) -> tuple[Stretch, ...]:
        return _join_spans(self._quotations[1])

    @cached_property
    def _quotations(self) -> tuple[list[Span], list[Span]]:
        emphasized = {line.start for line in self.emphasized}
        lines = [
            TextLine(
                line.start,
                line.end,
                self.text[line.start : line.end],
                starts_block=line.start in self.blocks,
                is_behind=line.start in self.behind,
                is_emphasized=line.start in emphasized,
            )
            for line in self.lines
        ]
        return find_quotations(self.text, lines)

    @cached_property
    def unquoted(self) -> str:
        """The text with blanks for what is quoted."""
        kept, at = [], 0
        for one in self.quotations:
            kept += [self.text[at : one.start], " " * (one.end - one.start)]
            at = one.end
        return "".join((*kept, self.text[at:]))

    def is_quoted(self, position: int) -> bool:
        return _holds(self.quotations, position)

    def may_be_quoted(self, position: int) -> bool:
        """Whether the text does not tell if the words at a place are quoted or the writer's own: who is
        named there may be asked about, but neither credited nor taken for somebody spoken of."""
        return _holds(self._unsure, position) and not self.is_quoted(position)

    @cached_property
    def end_of_words(self) -> int:
        """Where the last word of the text ends."""
        text = self.text
        return next((n for n in range(len(text), 0, -1) if text[n - 1].isalnum()), 0)

    @cached_property
    def sentence_starts(self) -> tuple[int, ...]:
        """Where sentences begin. A sentence ends at a line's end, at a bracket's and after "…", too;
        not after initials and "cf."."""
        return (0, *[end.end() for end in _END.finditer(self.text) if self._is_end(end)])

    def sentence_at(self, position: int) -> Stretch:
        """The sentence around a position."""
        starts = self.sentence_starts
        number = bisect_right(starts, position)
        end = starts[number] if number < len(starts) else len(self.text)
        return Stretch(starts[number - 1], end)

    def number_of_sentence(self, position: int) -> int:
        """Which sentence it is, from 0; lines and marks without words between are not counted."""
        return self._numbers[bisect_right(self.sentence_starts, position) - 1]

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        """How many sentences with words stand before each one."""
        spans = pairwise(self.sentence_starts)
        return tuple(
            accumulate((any(map(str.isalnum, self.text[start:end])) for start, end in spans), initial=0)
        )

    def link_at(self, position: int) -> LinkStretch | None:
        for link in self.links:
            if link.start <= position < link.end:
                return link
        return None

    def _is_end(self, end: re.Match[str]) -> bool:
        if end.group() != ".":
            return True
        if self.link_at(end.start()) is not None:
            return False
        before = self.text[max(0, end.start() - LONGEST_WORD) : end.start()]
        last = _LAST_WORD.search(before)
        return not (last and last.group().lower() in NEVER_LAST) and _INITIAL.search(before) is None


def _join_spans(spans: Iterable[Span]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for start, end in sorted(spans):
        if found and start <= found[-1].end:
            found[-1] = Stretch(found[-1].start, max(end, found[-1].end))
        elif start < end:
            found.append(Stretch(start, end))
    return tuple(found)


def _holds(stretches: Sequence[Stretch], position: int) -> bool:
    at = bisect_right(stretches, position, key=lambda one: one.start)
    return at > 0 and stretches[at - 1].holds(position)


def read_passages(layout: Layout) -> Passages:
    """The text of a body whose quotations, tails and plugin lines are left out, with the links in it."""
    text = ""
    links: list[LinkStretch] = []
    emphasized: list[Stretch] = []
    marked: list[Stretch] = []
    blocks: set[int] = set()
    behind: set[int] = set()
    is_behind = starts_block = False
    for each in layout.lines():
        if each.aside is Aside.QUOTE:
            is_behind, starts_block = True, False
            continue
        starts_block = starts_block or each.line.starts_block
        line = each.kept
        if line is None:
            continue
        start = len(text) + 1 if text else 0
        text = _read_line(line, text + "\n" if text else "", links, marked).rstrip()
        if len(text) <= start:
            continue
        if _is_emphasized(line):
            emphasized.append(Stretch(start, len(text)))
        blocks |= {start} if starts_block else set()
        behind |= {start} if is_behind else set()
        is_behind = starts_block = False
    return Passages(
        text, tuple(links), tuple(emphasized), tuple(marked), frozenset(blocks), frozenset(behind)
    )


def _is_emphasized(line: Line) -> bool:
    """Whether every word of a line is emphasized, by markup or by the stars and strokes of plain text."""
    text = line.text
    return (line.runs[0].in_emphasis and all(run.in_emphasis for run in line.runs if run.text.strip())) or (
        len(text) > 2 * LONGEST_WORD and text[0] in "*_" and text[-1] == text[0]
    )


def _read_line(line: Line, text: str, links: list[LinkStretch], marked: list[Stretch]) -> str:
    """The text so far with a line behind it; its links and what is marked in it are added to the lists."""
    found: list[LinkStretch] = []
    others = ""
    own = (run for run in line.runs if not is_passage(run) and not (run.in_quote and run.href))
    was_plugin = False
    for (href, in_plugin, is_marked), runs in groupby(own, key=_circumstances):
        shown = _BLANKS.sub(" ", "".join(run.text for run in runs))
        if was_plugin and not in_plugin and shown.strip():
            text = text.rstrip()
            text += "\n" if text else ""  # what stands behind a plugin's words is a line of its own
        was_plugin = in_plugin
        if not text or text[-1].isspace():
            shown = shown.lstrip()
        if href:
            found.append(LinkStretch(len(text), len(text) + len(shown), href))
        else:
            others += shown
        if is_marked:
            marked.append(Stretch(len(text), len(text) + len(shown)))
        text += shown
    if len(found) == 1 and not others.strip(" .-–—:|"):
        found = [LinkStretch(found[0].start, found[0].end, found[0].url, alone=True)]
    links += found
    return text


def _circumstances(run: TextRun) -> tuple[str, bool, bool]:
    return run.href, run.in_plugin, run.in_quote or run.in_cite
