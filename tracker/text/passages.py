"""A writer's own words in one string: where its lines and sentences begin, and where its links stand.

Quotations, plugin tails and "In reply to" lines are left out by `cleaning`; what a name or a link
does in the text is left to `matching`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from tracker.text.markup import Line
from tracker.text.pieces import is_passage
from tracker.text.vocabulary import NEVER_LAST

_BLANKS = re.compile(r"\s+")
_END = re.compile(r"[.!?…]+[\"'”’»]*(?=\s|$)|\)(?=\s|$)|[。！？]|\n")
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIAL = re.compile(r"(?<!\w)[A-Z]$")
_QUOTATION = re.compile(r"“[^“”\n]{2,400}”|„[^„“”\n]{2,400}[“”]|«[^«»\n]{2,400}»|\"[^\"\n]{2,400}\"(?!\w)")
_MARKS_OF_QUOTATION = '"“„«'
_WROTE = re.compile(
    r"(?<![.!?] )\b(?:wrote|writes|said|says|schrieb|escribió|a écrit)\b[^.!?\n]{0,20}:\s*(?=\n|$)",
    re.IGNORECASE,
)
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

    @cached_property
    def lines(self) -> tuple[Stretch, ...]:
        """The lines; none of them is empty."""
        found, start = [], 0
        for line in self.text.split("\n"):
            found.append(Stretch(start, start + len(line)))
            start += len(line) + 1
        return tuple(found)

    def line_at(self, position: int) -> Stretch:
        return next(line for line in self.lines if line.start <= position <= line.end)

    @cached_property
    def quotations(self) -> tuple[Stretch, ...]:
        """What stands between quotation marks (somebody else's words, a title), a first line in emphasis
        above others, and what follows "NAME wrote:"."""
        text = self.text
        found = []
        if any(mark in text for mark in _MARKS_OF_QUOTATION):  # for speed, as below
            found = [Stretch(*found.span()) for found in _QUOTATION.finditer(text)]
        if self.emphasized and len(self.lines) > 1 and self.lines[0] in self.emphasized:
            found.append(self.lines[0])
        if ":\n" in text:
            for line, following in pairwise(self.lines):
                if text[line.end - 1] == ":" and _WROTE.search(text, line.start, line.end):
                    found.append(Stretch(line.start, following.end))
        return tuple(found)

    @cached_property
    def unquoted(self) -> str:
        """The text with blanks for what stands between quotation marks."""
        text = self.text
        for one in self.quotations:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
        return text

    def is_quoted(self, position: int) -> bool:
        return any(one.holds(position) for one in self.quotations)

    @cached_property
    def sentence_starts(self) -> tuple[int, ...]:
        """Where sentences begin. A sentence ends at a line's end, at a bracket's and after "…", too;
        not after initials and "cf."."""
        return (0, *(end.end() for end in _END.finditer(self.text) if self._is_end(end)))

    def sentence_at(self, position: int) -> Stretch:
        """The sentence around a position."""
        starts = self.sentence_starts
        number = bisect_right(starts, position)
        end = starts[number] if number < len(starts) else len(self.text)
        return Stretch(starts[number - 1], end)

    def number_of_sentence(self, position: int) -> int:
        """Which sentence it is, from 0; lines and marks without words between are not counted."""
        starts = self.sentence_starts[: bisect_right(self.sentence_starts, position)]
        spans = pairwise(starts)
        return sum(1 for start, end in spans if any(map(str.isalnum, self.text[start:end])))

    def link_at(self, position: int) -> LinkStretch | None:
        return next((link for link in self.links if link.holds(position)), None)

    def _is_end(self, end: re.Match[str]) -> bool:
        if end.group() != ".":
            return True
        if self.link_at(end.start()) is not None:
            return False
        before = self.text[max(0, end.start() - LONGEST_WORD) : end.start()]
        last = _LAST_WORD.search(before)
        return not (last and last.group().lower() in NEVER_LAST) and _INITIAL.search(before) is None


def read_passages(lines: Iterable[Line]) -> Passages:
    """The text of lines whose quotations are left out, with the links that stand in it."""
    text = ""
    links: list[LinkStretch] = []
    emphasized: list[Stretch] = []
    for line in lines:
        start = len(text) + 1 if text else 0
        text, found = _read_line(line, text + "\n" if text else "")
        links += found
        text = text.rstrip()
        if (
            len(text) > start
            and line.runs[0].in_emphasis
            and all(run.in_emphasis for run in line.runs if run.text.strip())
        ):
            emphasized.append(Stretch(start, len(text)))
    return Passages(text, tuple(links), tuple(emphasized))


def _read_line(line: Line, text: str) -> tuple[str, list[LinkStretch]]:
    links: list[LinkStretch] = []
    others = ""
    own = (run for run in line.runs if not is_passage(run) and not (run.in_quote and run.href))
    was_plugin = False
    for (href, in_plugin), runs in groupby(own, key=lambda run: (run.href, run.in_plugin)):
        shown = _BLANKS.sub(" ", "".join(run.text for run in runs))
        if was_plugin and not in_plugin and shown.strip():
            text = text.rstrip() + "\n"  # what stands behind a plugin's words is a line of its own
        was_plugin = in_plugin
        if not text or text[-1].isspace():
            shown = shown.lstrip()
        if href:
            links.append(LinkStretch(len(text), len(text) + len(shown), href))
        else:
            others += shown
        text += shown
    if len(links) == 1 and not others.strip(" .-–—:|"):
        links = [LinkStretch(links[0].start, links[0].end, links[0].url, alone=True)]
    return text, links
