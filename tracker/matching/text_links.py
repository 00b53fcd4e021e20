"""The links of a text to blogs, each with whose the words around call it.

Whose it is, agreement with names and accounts shows (`identifiers`).

Tested in tests/matching/test_roles.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from tracker.text.cleaning import CleanText
from tracker.text.known_blogs import KnownBlogs
from tracker.text.passages import LinkStretch, Passages

_OWN_CUE = re.compile(
    r"\b(?:my|mine|our|mon|ma|mi|mein\w*|il mio|meu)\b"
    r"|\b(?:(?:visit|find|follow|read|reach) me|I (?:also )?(?:blog|write|post))\b",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:class|room|team|house)?mates?|classmates?|friends?|partners?|budd(?:y|ies)|pals?|colleagues?|cousins?|sisters?"
    r"|brothers?|someone|somebody|(?:another|other|a fellow) \w+"
)
_SOMEBODY = rf"(?:{_PERSON}|girls?|boys?|guys?|wom[ae]n|m[ae]n|students?|person|people)"
_OTHERS_CUE = re.compile(
    rf"\b(?:an?|one|some|two|the) (?:\w+ )?{_SOMEBODY} (?:in|from|of|at) (?:my|our)\b"
    r"|@\w+|\b(?:your|yours|her|his|their|tu|su|votre|deine?|ihr)\b|['’]s\b|\w+s['’](?=\s)"
    rf"|\b(?:best|great|favou?rite) \w+ ?(?:blog|site|page)|\b(?:{_PERSON})['’]?s?\b",
    re.IGNORECASE,
)
_OF_THE_POST = re.compile(
    r"your (?:\w+ ){0,3}(?:posts?|entry|article|question|class|students?|idea|kids|blog)\b", re.IGNORECASE
)
"""What is the owner's, after "my": "my summary of your last post"."""
_OTHERS_BEHIND = re.compile(
    rf"^[\s,.;:()–—-]*(?:(?:my|our|a|the|by|from) (?:\w+ ){{0,2}}(?:{_PERSON})\b"
    r"|(?:he|she|they|it['’]s (?:her|his|their))\b|\w+['’]s\b)",
    re.IGNORECASE,
)
"""Words that say whose a link is, before and behind it: a relation, a possessive, "she"."""
FEW_CHARACTERS = 30
"""So much may follow the link of a plugin: a name in brackets."""
FARTHEST_CUE = 90
FARTHEST_OWN_CUE = 60
"""Characters before a link in which words may say whose it is."""


class Whose(Enum):
    """Whose the words before a link call it. Whose it is, agreement with names and accounts shows."""

    OWN = auto()
    OTHERS = auto()
    UNSAID = auto()


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link in a text to a blog. `stands_alone`: it is a line by itself, as under a signature;
    `stands_last`: it is on the last line, with a few words at most, as a plugin's is."""

    url: str
    key: str
    whose: Whose = Whose.UNSAID
    stands_alone: bool = False
    stands_last: bool = False


def read_tails(body: CleanText, known_blogs: KnownBlogs) -> Iterator[TextLink]:
    for link in body.tails:
        key = known_blogs.find(link.url)
        if key:
            yield TextLink(link.url, key, Whose.OWN)


def read_links(passages: Passages, known_blogs: KnownBlogs) -> Iterator[TextLink]:
    """The links of a text outside quotations and tails, each with whose the words call it."""
    for link in passages.links:
        key = known_blogs.find(link.url)
        if key and not passages.is_quoted(link.start):
            is_last = link.end >= passages.end_of_words - FEW_CHARACTERS and _begins_late(passages, link)
            yield TextLink(link.url, key, _whose(passages, link), link.alone, is_last)


def _begins_late(passages: Passages, link: LinkStretch) -> bool:
    line = passages.line_at(link.start)
    return line.start > 0 and link.start - line.start <= FARTHEST_OWN_CUE


def _whose(passages: Passages, link: LinkStretch) -> Whose:
    """Whose a link is by what it is shown as, and by the nearest word of its sentence that says so."""
    shown = passages.text[link.start : link.end]
    if _OTHERS_CUE.search(shown):
        return Whose.OTHERS
    if _OWN_CUE.search(shown) and " " in shown:
        return Whose.OWN
    sentence = passages.sentence_at(link.start)
    before = passages.text[max(sentence.start, link.start - FARTHEST_CUE) : link.start]
    own = max((found.end() for found in _OWN_CUE.finditer(before)), default=-1)
    others = max(
        (
            found.end()
            for found in _OTHERS_CUE.finditer(before)
            if own < 0 or _OF_THE_POST.match(before, found.start()) is None
        ),
        default=-1,
    )
    if _OTHERS_BEHIND.search(passages.text[link.end : link.end + FARTHEST_CUE].split("\n", 1)[0]):
        return Whose.OTHERS
    if own > others and len(before) - own <= FARTHEST_OWN_CUE:
        return Whose.OWN
    return Whose.OTHERS if others >= 0 else Whose.UNSAID
