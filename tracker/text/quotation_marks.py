"""What stands between quotation marks of any kind, also over several lines and where one was forgotten.

What else quotes (a line, a header, an answer) is left to `quotations`.

Tested in tests/text/test_quotations.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_MARK = re.compile(r"''|``|<<|>>|[\"“”„‟«»‹›「」｢｣『』]")
_ANY_MARK = re.compile(r"[\"“”„‟«»‹›「｢『<'‘‚`´]")
_CLOSED_BY = {
    '"': '"”“',
    "“": '”“"',
    "„": '“”"‟',
    "‟": '”"',
    "”": '”"',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "｢": "｣",
    "『": "』",
    "''": "''",
    "``": "''``\"",
    "<<": ">>",
}
_ALWAYS_OPEN = frozenset("“„«‹「｢『")
_ALWAYS_CLOSE = frozenset("”»›」｣』")
_SINGLE = re.compile(
    r"(?<![^\s(\[:—–-])(?:[‘‚]|'(?!(?:tis|twas|em|cause|til|bout|n)\b))(?=[^\W\d_])[^\n‘]{8,600}?(?:[.!?,…]|[^\W_sS])['’‘](?!\w)"
    r"|(?<!\w)([`´])(?=[^\W\d_])[^\n`´]{8,600}\1(?!\w)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n|$")
_BEFORE_AN_OPENING = " \t\n([{-–—/:>*"
LONGEST = 2000
FEWEST_SINGLE_WORDS = 3


def find_marked(text: str) -> tuple[list[Span], list[Span]]:
    """What stands in quotation marks, marks included, and what may, since one of them is missing: the rest
    of a line behind a mark that is never closed, the line before one that was never opened."""
    if _ANY_MARK.search(text) is None:  # for speed
        return [], []
    sure: list[Span] = []
    unsure: list[Span] = []
    open_: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        if open_ and _closes(text, mark, open_[-1]):
            sure.append((open_.pop().start(), mark.end()))
        elif _opens(text, mark):
            if text[: mark.start()][-1:] in {"", "\n"}:  # a paragraph of its own: none reaches over it
                _leave_open(text, open_, sure, unsure)
            open_.append(mark)
        elif not open_ and _ends_words(text, mark):
            unsure.append((text.rfind("\n", 0, mark.start()) + 1, mark.end()))
    _leave_open(text, open_, sure, unsure)
    return [*sure, *_find_single(text)], unsure


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark stands before words: behind a blank, and with none behind it."""
    before, behind = text[: mark.start()][-1:], text[mark.end() : mark.end() + 1]
    if mark.group() not in _CLOSED_BY:
        return False
    if mark.group() in _ALWAYS_OPEN:
        return bool(behind.strip()) or mark.group() in "«‹"
    return bool(behind.strip()) and behind not in ".,!?;)" and (not before or before in _BEFORE_AN_OPENING)


def _closes(text: str, mark: re.Match[str], opened: re.Match[str]) -> bool:
    """Whether a mark ends what another began; of one shape, it must stand behind words."""
    if mark.group() not in _CLOSED_BY[opened.group()] or mark.start() - opened.end() > LONGEST:
        return False
    if mark.group() in _ALWAYS_CLOSE and opened.group() != mark.group():
        return True
    before, behind = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    return (not before.isspace() or mark.group() in "«»‹›") and not behind.isalnum()


def _ends_words(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark that nothing opened ends words: behind a sentence or a word, not behind a number,
    where it means inches."""
    before, behind = text[: mark.start()][-1:], text[mark.end() : mark.end() + 1]
    return bool(before) and before in ".!?…," and (not behind or behind.isspace())


def _leave_open(text: str, open_: list[re.Match[str]], sure: list[Span], unsure: list[Span]) -> None:
    """Behind a mark that is never closed, take the first sentence for quoted; the rest of its line may be."""
    for mark in open_:
        line_end = text.find("\n", mark.start())
        line_end = len(text) if line_end < 0 else line_end
        end = _SENTENCE_END.search(text, mark.end(), line_end)
        first = end.end() if end is not None else line_end
        sure.append((mark.start(), first))
        unsure.append((first, line_end))
    open_.clear()


def _find_single(text: str) -> Iterator[Span]:
    """What stands in single marks that end behind a sentence; an apostrophe does not."""
    for found in _SINGLE.finditer(text):
        if len(found.group().split()) >= FEWEST_SINGLE_WORDS:
            yield found.span()
