"""The name field of a comment form without what people put beside their name: the course, a site's title,
"'s Blog", "student".

Tested in tests/matching/test_name_field.py.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from tracker.matching.names import squeeze_name

_BRACKETS = re.compile(r"\(([^)]+)\)")
_SITE = re.compile(r"\s[|»«•·@:]+\s|\s[–—-]\s|:\s")
_BLOG_OF = re.compile(
    r"['’´`]s?\s+(?:[^\W\d_]+\s+){0,2}(?:blog|site|page|classroom|class)\s*$", re.IGNORECASE
)
_STUDENT = re.compile(r"\s*[,–—-]?\s*\b(?:student|estudiante)\s*$", re.IGNORECASE)
_LEADS_TO = re.compile(r"(?:^|\s)(?:in|from|at|of|de|en|von|@)\s*$", re.IGNORECASE)
_MARKS = " ()[],;:@|•·–—-"
_GLUED_INITIAL = re.compile(r"(?<=[^\W\d_A-Z])([A-Z])\s*$")


class NameField(NamedTuple):
    """The name in a name field, and the words that name the course there ("" for none)."""

    name: str
    course: str


def read_field(written: str, course_words: re.Pattern[str] | None, full_names: Container[str]) -> NameField:
    course = course_words.search(written) if course_words is not None else None
    return NameField(bare_name(written, course_words, full_names), course.group() if course else "")


def bare_name(written: str, course_words: re.Pattern[str] | None, full_names: Container[str]) -> str:
    """The name that an author name holds; the author name itself where nothing else would be left.

    Of "sundial (Jane Doe)" or "Notes | Jane Doe's Blog" it is the part that is a whole name of the
    roster. "JaneD" is "Jane D".
    """
    name = _without_course(written, course_words)
    parts = [part for part in _SITE.split(name) if any(map(str.isalpha, part))]
    found = _BRACKETS.search(name)
    for part in (*((found[1],) if found else ()), *parts):
        bare = _BLOG_OF.sub("", part)
        if squeeze_name(bare) in full_names:
            return bare.strip()
    first = _BLOG_OF.sub("", parts[0]).strip() if parts else ""
    return _with_initial_apart(first) if any(map(str.isalpha, first)) else written


def _without_course(name: str, course_words: re.Pattern[str] | None) -> str:
    if course_words is None or course_words.search(name) is None:
        return name
    bare = _STUDENT.sub("", course_words.sub(" ", name)).strip(_MARKS)
    while (shorter := _LEADS_TO.sub("", bare).strip(_MARKS)) != bare:
        bare = shorter
    return bare if any(map(str.isalpha, bare)) else name


def _with_initial_apart(name: str) -> str:
    words = name.split()
    if not words or len(words) > 3 or len(words[-1]) < 3 or sum(map(str.isupper, words[-1][:-1])) > 1:
        return name
    return _GLUED_INITIAL.sub(r" \1", name)
