"""Recognising a summary post by what it is called, however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# What the course's short forms stand for (PRODUCT §1); both ways of writing are one name.
_LONG_FORMS = re.compile(r"comments?(?:for|4)(teacher|kid|classmate)s?")


def recognises(names: Iterable[str], title: str, labels: Iterable[str] = ()) -> bool:
    """Whether a title or a label holds one of the names, compared without case, blanks and
    punctuation. Numbers are compared whole: "C4T #2" is not in "C4T #12" nor in "C4T 20"."""
    written = [_flatten(text) for text in (title, *labels)]
    return any(_holds(text, key) for key in map(_flatten, names) if key for text in written)


def _holds(text: str, key: str) -> bool:
    before = r"(?<!\d)" if key[0].isdecimal() else ""
    after = r"(?!\d)" if key[-1].isdecimal() else ""
    return re.search(before + re.escape(key) + after, text) is not None


@lru_cache(maxsize=4096)
def _flatten(text: str) -> str:
    """Letters and numbers only, folded; a blank stays between two numbers, or they would be one."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    parts = [str(int(part)) if part.isdecimal() else part for part in re.findall(r"\d+|[^\W\d_]+", folded)]
    joined = ""
    for part in parts:
        joined += f" {part}" if joined[-1:].isdecimal() and part.isdecimal() else part
    return _LONG_FORMS.sub(lambda found: f"c4{found[1][0]}", joined)
