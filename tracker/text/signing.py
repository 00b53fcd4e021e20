"""Names as they stand alone: on a line, behind a dash, below a letter. Whose they are, nobody here knows.

Tested in tests/text/test_quotations.py.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEAD = re.compile(r"^[-–—―~*•][-–—―~*•.\s]*|^(?:by|from|via|source|quelle|fuente)\b:?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]{}\"“”*~]")
_PARTICLES = _words(
    "de del dela della di da do dos das du la las le los van von der den ter ten zu y e bin binti ibn al el"
    " of in at from and"
)
_SENTENCE = re.compile(
    r"\b(?:i|you|your|we|he|she|it|they|my|this|that|is|are|was|were|not|so|here|i['’]m)\b", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"[.!?…]\s+")
_BEGINS_WITH_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?!\w)(?!\s+\d)")
_CLOSING_MARK = re.compile(r"[,!.…–—-]+\s+|(?<=\s)[–—-]+")
MOST_WORDS_OF_A_NAME = 6
MOST_WORDS_BEHIND_A_DASH = 8
MOST_CLOSING_WORDS = 5


def is_name_line(text: str) -> bool:
    """Whether every word of a line may be one of a name or a course: "Jane de la Cruz, EDT 320"."""
    if text.endswith(("?", ":", "!", "…")):
        return False
    words = _BRACKETS.sub(" ", _LEAD.sub("", text)).replace(",", " ").split()
    return (
        0 < len(words) <= MOST_WORDS_OF_A_NAME
        and words[0][0].isupper()
        and _SENTENCE.search(text) is None
        and all(word[0].isupper() or word[0].isdigit() or word.lower() in _PARTICLES for word in words)
    )


def is_source(text: str, *, set_off: bool = False) -> bool:
    """Whether a line may say whose the words above it are: a name, in any letters behind a dash or in
    brackets."""
    if is_name_line(text):
        return True
    bare = _BRACKETS.sub(" ", _LEAD.sub("", text)).split()
    return (
        (set_off or is_set_off(text))
        and 0 < len(bare) <= MOST_WORDS_BEHIND_A_DASH
        and bare[0][0].isalpha()
        and _SENTENCE.search(text) is None
        and not text.endswith(("?", "!", ":"))
    )


def is_set_off(text: str) -> bool:
    """Whether a line begins with a dash or "by", or stands in brackets."""
    return _LEAD.match(text) is not None or (text.startswith(("(", "[")) and text.endswith((")", "]")))


def find_closing(text: str) -> int | None:
    """Where the words begin with which a line closes as letters do: few of them, a mark, a name ("Take
    care!! Jane (EDT 320)"); None where it does not."""
    for mark in _CLOSING_MARK.finditer(text):
        name = text[mark.end() :].rstrip(" .)!")
        if not _BEGINS_WITH_NAME.match(name) or not is_name_line(name):
            continue
        start = max((end.end() for end in _SENTENCE_ENDS.finditer(text, 0, mark.start())), default=0)
        closing = text[start : mark.start()]
        if len(closing.split()) <= MOST_CLOSING_WORDS and _SENTENCE.search(closing) is None:
            return start
    return None
