"""Which stretches of a text are somebody else's words, told by how people and platforms quote.

A quotation begins with a mark, with who wrote it, or with the head of a copied comment; who is named
right behind it belongs to it. Lines that markup or ">" set off are left out by `cleaning` before.

Tested in tests/text/test_quotations.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from tracker.text.quotation_heads import (
    Dating,
    find_dating,
    find_header,
    find_inline_header,
    find_quote_words,
    is_begun_above,
    is_button,
)
from tracker.text.quotation_marks import Span, find_marked
from tracker.text.signing import find_closing, is_name_line, is_set_off, is_source

_OPENING = tuple("\"“„«»'‘`")
_BEHIND_MARK = re.compile(
    r"[.,]?\s*(?:[-–—―~]+\s*(?P<dashed>[^\n.!?()\[\]]{2,60})|[(\[](?P<bracketed>[^\n()\[\]]{2,60})[)\]])"
)
_CARET = re.compile(r"\^+\s*(?![_.^\-\s])[a-z+]|(?:[\w']+[\s,.!]+){1,4}\^+\W*$", re.IGNORECASE)
_ANSWERS = re.compile(
    r"my turn\b|(?:and )?now (?:for )?(?:my|mine|me)\b|my own (?:\w+ ){0,2}\w+[:.!–—-]"
    r"|my (?:answer|reply|response) to (?:that|this|her|him|them|the above)\b"
    r"|[^.!?\n]{0,60}\b(?:comment\w*|poster|person|reader|lady|guy|one|writer|said|wrote|written|posted|says?)"
    r" (?:right |just |directly )?above\b"
    r"|(?:\w+\W+){0,4}(?:copied|pasted|quoted)\b|(?:those|these|the above) (?:are|were|is|was) not my\b"
    r"|not my (?:own )?words|end of (?:the )?(?:comment|paste)\b|what (?:she|he|they) (?:said|wrote)\b",
    re.IGNORECASE,
)
"""How a line begins that answers what stands above it."""
_POSTSCRIPT = re.compile(
    r"p\.?\s?p?\.?\s?s\b|edit|update|oh|also|btw|by the way|one more|and\b|sorry|oops", re.I
)
_WORDS = re.compile(r"\w(?:.*\w)?")
_FENCE = re.compile(r"[-–—=~*_#]{3,}")
MOST_LINES_BELOW = 3
FEWEST_WORDS_WITH_SOURCE = 4
FEWEST_EMPHASIZED_WORDS = 6
FEWEST_WORDS_ABOVE = 6
FEWEST_WORDS_BELOW = 12
LONGEST_SAMPLE = 400
"""Characters in which these words are looked for."""


class TextLine(NamedTuple):
    """A line of a text. `starts_block`: an empty line stands above it; `is_behind`: a quotation does that
    was left out of the text."""

    start: int
    end: int
    text: str
    starts_block: bool = False
    is_behind: bool = False
    is_emphasized: bool = False


class _Kind(Enum):
    QUOTED = auto()
    UNSURE = auto()


@dataclass
class _Sheet:
    """The lines of a text and what became of them. `sourced`: lines behind a quotation of which the head
    said whose it is, so that a name behind it is the writer's own."""

    text: str
    lines: Sequence[TextLine]
    kinds: list[_Kind | None]
    quoted: list[Span] = field(default_factory=list)
    unsure: list[Span] = field(default_factory=list)
    sourced: set[int] = field(default_factory=set)

    def mark(self, at: int, kind: _Kind = _Kind.QUOTED) -> None:
        line = self.lines[at]
        self.kinds[at] = kind
        (self.quoted if kind is _Kind.QUOTED else self.unsure).append((line.start, line.end))

    def has_block_from(self, at: int) -> bool:
        return any(line.starts_block for line in self.lines[at:])


def find_quotations(text: str, lines: Sequence[TextLine]) -> tuple[list[Span], list[Span]]:
    """What is quoted, with its source; and what may be, where the text does not tell whose it is."""
    sheet = _Sheet(text, lines, [None] * len(lines))
    sheet.quoted, sheet.unsure = find_marked(text)
    sheet.quoted += find_quote_words(text)
    _mark_whole_lines(sheet)
    _mark_fenced(sheet)
    _mark_emphasized(sheet)
    for at in range(len(lines)):
        if sheet.kinds[at] is None:
            _mark_header(sheet, at)
    _mark_sources(sheet)
    _mark_answered(sheet)
    _mark_signed_above(sheet)
    return sheet.quoted, sheet.unsure


def _mark_whole_lines(sheet: _Sheet) -> None:
    """Note the lines of which every word stands in quotation marks."""
    if not sheet.quoted:
        return
    for at, line in enumerate(sheet.lines):
        words = _WORDS.search(line.text)
        if words is None:
            continue
        first, last = line.start + words.start(), line.start + words.end() - 1
        if any(start <= first and last < end for start, end in sheet.quoted):
            sheet.kinds[at] = _Kind.QUOTED


def _mark_fenced(sheet: _Sheet) -> None:
    """What stands between two lines of dashes or the like, of which the first opens the text."""
    if _FENCE.fullmatch(sheet.lines[0].text) is None:
        return
    end = next((at for at, line in enumerate(sheet.lines) if at and _FENCE.fullmatch(line.text)), -1)
    for at in range(end + 1):
        sheet.mark(at)


def _mark_emphasized(sheet: _Sheet) -> None:
    """The first paragraph in emphasis, and a long line in emphasis among others, are what is answered."""
    lines = sheet.lines
    if all(line.is_emphasized for line in lines):
        return
    leading = True
    for at, line in enumerate(lines):
        leading = leading and line.is_emphasized
        if not line.is_emphasized or sheet.kinds[at] is not None:
            continue
        if leading:
            sheet.mark(at, _Kind.UNSURE if is_name_line(line.text) else _Kind.QUOTED)
        elif at < len(lines) - 1 and len(line.text.split()) >= FEWEST_EMPHASIZED_WORDS:
            sheet.mark(at)


def _mark_header(sheet: _Sheet, at: int) -> None:
    """The head of a quotation, "NAME wrote:" or the name and time above a copied comment, with its body."""
    line = sheet.lines[at]
    header = find_header(line.text)
    if header is not None:
        if header.start is not None:
            sheet.quoted.append((line.start + header.start, line.end))
            if at and is_begun_above(sheet.lines[at - 1].text):
                sheet.mark(at - 1)
        _mark_body(sheet, at + 1, _Kind.UNSURE if header.is_answer else _Kind.QUOTED)
        return
    dating = find_dating(line.text)
    if dating is not None:
        _mark_dated(sheet, at, dating)
        return
    inline = find_inline_header(line.text)
    if inline is not None:
        sheet.quoted.append((line.start + inline.start, line.start + inline.end))
        if inline.may_go_on:
            sheet.unsure.append((line.start + inline.end, line.end))
    elif _is_spoken_line(line.text) and sheet.has_block_from(at + 1):
        sheet.unsure.append((line.start + line.text.index(":"), line.end))


def _is_spoken_line(text: str) -> bool:
    """Whether a line is "NAME: words", as in a written conversation; a heading may look the same."""
    name, colon, words = text.partition(":")
    return bool(colon) and " " in name.strip() and words.startswith(" ") and is_name_line(name)


def _mark_dated(sheet: _Sheet, at: int, dating: Dating) -> None:
    """A line that is a name with a date or time, or a date below a name: above a comment, or below it."""
    above = sheet.lines[at - 1].text if at else ""
    if at + 1 < len(sheet.lines) and find_header(sheet.lines[at + 1].text) is not None:
        return  # the first half of a head that a mail program broke
    if not dating.has_name and not (at and sheet.kinds[at - 1] is None and is_name_line(above)):
        return
    first = at if dating.has_name else at - 1
    if not dating.has_time:
        sheet.mark(first, _Kind.UNSURE)
        return
    for n in range(first, at + 1):
        sheet.mark(n)
    if first == 0:
        _mark_body(sheet, at + 1, _Kind.QUOTED)
    elif dating.is_below:
        sheet.mark(first - 1)
    else:
        sheet.mark(first - 1, _Kind.UNSURE)
        _mark_body(sheet, at + 1, _Kind.UNSURE)


def _mark_body(sheet: _Sheet, at: int, kind: _Kind) -> None:
    """What a head stands above: a paragraph where the text has several, or else a line; dates and the
    page's buttons around it belong to it. Marks of quotation tell by themselves how far they reach."""
    lines = sheet.lines
    while at < len(lines) and find_dating(lines[at].text) is not None:
        sheet.mark(at)
        at += 1
    if at >= len(lines) or (kind is _Kind.UNSURE and not sheet.has_block_from(at + 1)):
        return
    if lines[at].is_behind or lines[at].text.startswith(_OPENING):
        sheet.sourced.add(at + (0 if lines[at].is_behind else 1))
        return
    goes_on = sheet.has_block_from(at + 1)
    while True:
        sheet.mark(at, kind)
        at += 1
        if at >= len(lines) or not goes_on or lines[at].starts_block:
            break
    while at < len(lines) and (find_dating(lines[at].text) is not None or is_button(lines[at].text)):
        sheet.mark(at)
        at += 1
    sheet.sourced.add(at)


def _mark_sources(sheet: _Sheet) -> None:
    """The names right behind a quotation, which say whose it is. At the end of a text, and as a paragraph
    of its own, a name may be the writer's as well; behind a head that names the source it is."""
    for start, end in list(sheet.quoted):
        found = _BEHIND_MARK.match(sheet.text, end)
        if found and len(sheet.text[start:end].split()) >= FEWEST_WORDS_WITH_SOURCE:
            name = found["dashed"] or found["bracketed"]
            if is_source(name.strip(), set_off=True):
                is_last = found["dashed"] and not any(map(str.isalnum, sheet.text[found.end() :]))
                (sheet.unsure if is_last else sheet.quoted).append(found.span())
    at = 0
    while at < len(sheet.lines):
        at = max(_mark_source_at(sheet, at), at + 1)


def _mark_source_at(sheet: _Sheet, at: int) -> int:
    """Mark the names at a line that stands right behind a quotation; tell where they end."""
    lines = sheet.lines
    is_behind = lines[at].is_behind or (at > 0 and sheet.kinds[at - 1] is _Kind.QUOTED)
    if not is_behind or sheet.kinds[at] is not None:
        return at
    end = at
    while (
        end < min(len(lines), at + MOST_LINES_BELOW)
        and sheet.kinds[end] is None
        and is_source(lines[end].text)
    ):
        end += 1
    is_last = end == len(lines)
    if end == at and find_closing(lines[at].text) is None:
        return at
    if end == at:
        is_last, end = at == len(lines) - 1, at + 1
        if is_last:
            return end  # whoever closes with words and a name below a quotation writes the letter
    if is_last and at in sheet.sourced:
        return end
    is_apart = lines[at].starts_block and not is_set_off(lines[at].text)
    for n in range(at, end):
        sheet.mark(n, _Kind.UNSURE if is_last or is_apart else _Kind.QUOTED)
    return end


def _mark_answered(sheet: _Sheet) -> None:
    """What stands above "^ this" is quoted; above "My turn" or "I agree with the comment above" it may be."""
    for at in range(len(sheet.lines) - 1, 0, -1):
        text = sheet.lines[at].text
        points_up = "^" in text and _CARET.match(text) is not None
        if points_up or _ANSWERS.match(text):
            for above in range(at):
                if sheet.kinds[above] is None:
                    sheet.mark(above, _Kind.QUOTED if points_up else _Kind.UNSURE)
            return


def _mark_signed_above(sheet: _Sheet) -> None:
    """A paragraph that closes with a name, as letters do, and below which the text goes on at length: an
    earlier comment pasted in, or a writer who had more to say."""
    lines = sheet.lines
    for at in range(len(lines) - 1):
        below = lines[at + 1]
        if not below.starts_block or sheet.kinds[at] is not None or _POSTSCRIPT.match(below.text):
            continue
        if _count_words(sheet.text, below.start, below.start + LONGEST_SAMPLE) < FEWEST_WORDS_BELOW:
            continue
        closing = find_closing(lines[at].text)
        if closing is None:
            continue
        end = lines[at].start + closing
        if _count_words(sheet.text, end - LONGEST_SAMPLE, end) >= FEWEST_WORDS_ABOVE:
            sheet.mark(at, _Kind.UNSURE)


def _count_words(text: str, start: int, end: int) -> int:
    return len(text[max(0, start) : end].split())
