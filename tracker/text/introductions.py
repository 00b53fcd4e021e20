"""Standard introductions: the sentences in which students of a course say who they are and why they write.

A sentence is one only if it says nothing else: whatever more it says is the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tracker.text.markup import BARE_ADDRESS
from tracker.text.vocabulary import INTRODUCING

FIRST_SENTENCES = 5
LAST_SENTENCES = 3
"""Introductions stand at the beginning or at the end of a text."""
OTHER_WORDS = 1
"""How many words beside those of introductions one may have ("majoring in *kinesiology*")."""

LONGEST = 400
"""Characters; whoever goes on longer says more than who they are."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


_NAME = _any(
    r"\b(?:my name is|my name['’]s|name is|I am called)\s+"
    r"[^\W\d_][\w'’.-]*(?:\s+(?-i:[A-Z])[\w'’.-]*){0,3}"
)
_HERE = re.compile(
    r"^\W*(?:(?:[Hh]i|[Hh]ello|[Hh]ey)\W+)?[^\W\d_][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,3}\s+here\b[,.!]?(?!\s+(?:is|are)\b)"
)
_AM = re.compile(r"\b(?:[Ii] am|[Ii]['’]m|[Tt]his is)\s+[A-Z][^\W\d_]")
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us)\b|\b[Ii]['’]?m\b", re.IGNORECASE)
_STUDENT = _any(
    r"\b(?:I am|I['’]?m|as)\b (?:\w+ ){0,4}?"
    r"(?:student|junior|senior|sophomore|freshman|major\w*|enrolled|studying)\b"
    r".*\b(?:university|college|state|school|class|course|education)\b"
)
_ASSIGNED = _any(
    r"\b(?:I|we)(?: am| was| were| have been|['’]ve been|['’]m) (?:\w+ )?(?:assigned|asked|required|told)\b",
    r"\b(?:as (?:a )?part of|for|as) (?:my|our|an?|the|this) (?:\w+ ){0,4}?"
    r"(?:class|course|assignment|requirement)\b",
    r"\b(?:my|our|this|class|weekly) assignment\b",
)
_SUMMARY = _any(
    r"\b(?:will|['’]ll|going to|gonna|plan to|have to|am)\b.*\b(?:post|writ|summar|publish|blog)\w*\b.*"
    r"\b(?:blog|summary|summaries)\b",
    r"\b(?:summary|summaries)\b.*\b(?:my|our) (?:\S+ ){0,4}?blog\b",
)
_BLOG = _any(
    r"\b(?:follow|visit|read|see|find|check|checked|look|view|stop by|come by|link|address|is|here['’]?s)\b.*"
    r"\b(?:my|our|the)\b (?:\S+ ){0,4}?(?:blog|site|page)\b",
    r"\b(?:my|our) (?:\S+ ){0,3}?blog(?: address)? (?:is|can)\b",
)
_WISH = _any(r"\b(?:would|['’]d) (?:like|love) to\b", r"\bhop(?:e|ing) to\b", r"\bfeel free to\b")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OPINION = re.compile(
    r"\b(?:agree\w*|disagree\w*|believe\w*|enjoy\w*|loved?|liked?|think|feel|felt|learn(?:ed|t)|realiz\w+"
    r"|because|why|how|great|good|interesting|amazing|awesome|wonderful|thank\w*|thanks)\b",
    re.IGNORECASE,
)
"""A sentence with one of these says what its writer makes of it."""


@dataclass(frozen=True, slots=True)
class Introductions:
    """What standard introductions of one course look like. `course` finds the words that name it (None:
    the course has none)."""

    course: re.Pattern[str] | None = None

    def names_course(self, text: str) -> bool:
        return self.course is not None and self.course.search(text) is not None

    def is_one(self, sentence: str) -> bool:
        """Whether a sentence introduces its writer and says nothing beyond."""
        if len(sentence) > LONGEST or sentence.rstrip().endswith("?") or not self._introduces(sentence):
            return False
        return _words_beyond(self._without_names(sentence)) <= OTHER_WORDS

    def _introduces(self, sentence: str) -> bool:
        if _FIRST_PERSON.search(sentence) is None and _HERE.match(sentence) is None:
            return False
        return self.names_course(sentence) or any(
            pattern.search(sentence) for pattern in (_NAME, _STUDENT, _ASSIGNED, _SUMMARY, _BLOG)
        )

    def _without_names(self, sentence: str) -> str:
        rest = BARE_ADDRESS.sub(" ", sentence)
        if self.course is not None:
            rest = self.course.sub(" ", rest)
        return _HERE.sub(" ", _NAME.sub(" ", rest))


@lru_cache(maxsize=64)
def introductions_for(words: tuple[str, ...]) -> Introductions:
    """The introductions of a course by its own words ("EDT 320", "Harlan State"), however spaced."""
    return Introductions(word_pattern(words))


def says_name(text: str) -> bool:
    """Whether somebody gives their name: in so many words, as "Jane here", or as "I'm Jane", where a
    capital is taken for a name."""
    return any(pattern.search(text) for pattern in (_NAME, _HERE, _AM))


def word_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the given words, however spaced or joined ("EDT 320", "edt-320"); None without words."""
    parts = []
    for word in words:
        chunks = re.findall(r"[^\W\d_]+|\d+", word)
        if chunks:
            parts.append(r"[\s._-]*".join(re.escape(chunk) for chunk in chunks))
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE) if parts else None


def _words_beyond(sentence: str) -> int:
    """The words of a sentence that belong to no introduction; a capital inside it begins a name."""
    rest = _WISH.sub(" ", sentence)
    if _OPINION.search(rest):
        return OTHER_WORDS + 1
    words = _WORD.findall(rest.replace("’", "'"))
    return sum(1 for n, word in enumerate(words) if not _is_known(word, is_first=n == 0))


def _is_known(word: str, *, is_first: bool) -> bool:
    if word.lower() in INTRODUCING or word.isdigit():
        return True
    return word[0].isupper() and not is_first
