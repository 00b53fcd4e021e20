"""What a writer says of the form itself: that its name, account or device is somebody else's.

Tested in tests/matching/test_borrowed_form.py.
"""

from __future__ import annotations

from textwrap import shorten

from tracker.matching.word_tables import compile_any, read_tables
from tracker.text.passages import Passages

LONGEST_SHOWN = 80
_TABLES = read_tables("roles")
_ACCOUNT = compile_any(_TABLES["accounts"])
_OF_ANOTHER = compile_any(_TABLES["of another"])
_BORROWED = compile_any(_TABLES["borrowed"])
_PARTS_OF_FORMS = _TABLES["parts of forms"]
_OF_THE_FORM = compile_any([*_TABLES["of the form"], *_TABLES["accounts"], *_TABLES["borrowed"]])
"""Words for the form and the device, whosever they are."""


def is_of_the_form(text: str, start: int, end: int) -> bool:
    """Whether a part of a text speaks of the form or the device, whosever they are."""
    return _may_be_of_forms(text[start:end]) and _OF_THE_FORM.search(text, start, end) is not None


def _may_be_of_forms(text: str) -> bool:
    small = text.lower()
    return any(part in small for part in _PARTS_OF_FORMS)  # for speed


def find_borrowed_form(passages: Passages) -> str:
    """The words that say so; "" where none do."""
    if not _may_be_of_forms(passages.text):
        return ""
    text = passages.unquoted
    borrowed = _BORROWED.search(text)
    if borrowed is not None:
        return borrowed.group()
    for found in _ACCOUNT.finditer(text):
        sentence = passages.sentence_at(found.start())
        if _OF_ANOTHER.search(text, sentence.start, sentence.end):
            return shorten(text[sentence.start : sentence.end], LONGEST_SHOWN, placeholder=" …")
    return ""
