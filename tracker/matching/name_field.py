"""The name in the name field of a comment form, among what people put beside it: marks, the course, words
that lead up to a name, a nickname in brackets, a site's title, "'s Blog".

A name of the roster is the field's name where everything beside it is explained. Whose it is, is left to
`naming`.

Tested in tests/matching/test_name_field.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from itertools import combinations
from typing import NamedTuple
from unicodedata import normalize

from tracker.matching.names import (
    DEGREES,
    PRONOUNS,
    SUFFIXES,
    TITLES,
    read_name,
    split_handle,
    squeeze_name,
)
from tracker.matching.word_tables import read_tables, words_of

_TABLES = read_tables("name_words")
_BEFORE = re.compile(rf"(?:(?:{'|'.join(_TABLES['before'])})(?: |$))*")
_BEHIND = re.compile(rf"(?:(?:{'|'.join(_TABLES['behind'])})(?: |$))*")
_ROLES = words_of(_TABLES["roles"])
_AGAINST = words_of(_TABLES["against"])

_EMOTICON = re.compile(r"(?<!\S)[:;=][-'^o]?[()\[\]DPpOo03/\\|*sS]+(?!\S)|<+/?3+|[\^>][_.-]*[\^<]")
_FRAME = re.compile(
    r"[\W_]*(?:([^\W\d_])\1+[\W_]*(.{3,}?)[\W_]*\1{2,}|([^\W\d_])[\W_]+(.{3,}?)[\W_]+\3)[\W_]*", re.IGNORECASE
)
""" "xXjaneXx", "x Jane x": the same letter at both ends."""
LONGEST_FRAMED = 80
"""Characters; the pattern takes the square of them."""
_SITE = re.compile(r"\s[|»«•·@:/]+\s|\s[–—-]\s|:\s")
_APART = re.compile(r"""[][(){}"“”„«»,]|(?<!\w)['‘](?=\w)|(?<=\w)['’](?!\w)""")
_OPENS = "([{“„«‘"
_QUOTES = "\"'"
_BLOG_OF = re.compile(
    r"['’´`]s?\s+(?:[^\W\d_]+\s+){0,2}(?:blog|site|page|classroom|class|room)(?:\s+[a-z]+)?\s*$",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"(?:^|\s)(?:in|from|at|of|de|en|von|@)\s*$", re.IGNORECASE)
_MARKS = " ()[],;:@|•·–—-"
_WORD = re.compile(r"[^\W\d_]+(?:['’´`‘][^\W\d_]+)*")
_NUMBER_APART = re.compile(r"\s+\d{1,4}$")
MOST_PARTS = 4


class NameField(NamedTuple):
    """The name in a name field, and the words that name the course there ("" for none)."""

    name: str
    course: str


class RosterNames(NamedTuple):
    """The forms of the roster's names, squeezed -> whose they are."""

    full: Mapping[str, Collection[int]]
    given: Mapping[str, Collection[int]]
    surname: Mapping[str, Collection[int]]


class _FieldWord(NamedTuple):
    """A word of a field, as written and squeezed, and where it begins."""

    text: str
    key: str
    start: int


class _FieldPart(NamedTuple):
    """A piece of a field between marks, and the comma before it, if any. `is_aside`: within brackets or
    quotation marks."""

    text: str
    comma: str
    is_aside: bool


class _FoundName(NamedTuple):
    """A name of the roster in some parts of a field, and the parts beside them."""

    name: str
    holders: Collection[int]
    chosen: Sequence[_FieldPart]
    left: Sequence[_FieldPart]


def read_field(written: str, course_words: re.Pattern[str] | None, names: RosterNames) -> NameField:
    """The name that an author name holds; the author name itself where nothing else would be left."""
    course = course_words.search(written) if course_words is not None else None
    bare = _without_course(written, course.re) if course else written
    return NameField(_find_name(bare, names) or written, course.group() if course else "")


def _find_name(field: str, names: RosterNames) -> str:
    """The whole name that a field holds, else the part of one, else all that stands before a site's title."""
    text = PRONOUNS.sub(" ", _EMOTICON.sub(" ", normalize("NFC", unescape(field))))
    sites = [_BLOG_OF.sub("", site).strip() for site in _SITE.split(text)]
    sites = [site for site in sites if any(map(str.isalpha, site))]
    groups = [_parts_of(_without_frame(site, names)) for site in sites]
    for group in groups:
        found = _find_in(group, names, _holders_of_whole)
        if found is None:
            continue
        beside = [part for other in groups if other is not group for part in other]
        if _is_all_explained(found, beside, names):
            return found.name
        return " ".join(word.text for part in (*group, *beside) for word in _words_of(part.text))
    part = _find_in(groups[0], names, _holders_of_part) if groups else None
    if part is not None and _is_all_explained(part, (), names):
        return part.name
    return sites[0] if sites else ""


def _without_course(name: str, course_words: re.Pattern[str]) -> str:
    bare = course_words.sub(" ", name).strip(_MARKS)
    while (shorter := _LEADS_TO.sub("", bare).strip(_MARKS)) != bare:
        bare = shorter
    return bare if any(map(str.isalpha, bare)) else name


def _without_frame(text: str, names: RosterNames) -> str:
    """The name between two of the same letter, if it is one of the roster."""
    framed = _FRAME.fullmatch(text) if len(text) <= LONGEST_FRAMED else None
    inside = (framed[2] or framed[4]) if framed else ""
    return inside if inside and squeeze_name(inside) in {**names.given, **names.full} else text


def _parts_of(text: str) -> Sequence[_FieldPart]:
    parts, start, comma, is_aside = [], 0, "", False
    for mark in (*_APART.finditer(text), None):
        piece = text[start : mark.start() if mark else None].strip()
        if any(map(str.isalpha, piece)):
            parts.append(_FieldPart(piece, comma, is_aside))
        if mark is None:
            break
        start, comma = mark.end(), "," if mark.group() == "," else ""
        if not comma:
            is_aside = mark.group() in _OPENS or (mark.group() in _QUOTES and not is_aside)
    return parts[:MOST_PARTS]


def _find_in(
    group: Sequence[_FieldPart], names: RosterNames, holders_of: Callable[[str, RosterNames], Collection[int]]
) -> _FoundName | None:
    """The name that some of a group's parts make, most parts first, without the words that lead up to it
    or follow it."""
    for count in range(len(group), 0, -1):
        for chosen in combinations(group, count):
            text = "".join(f"{part.comma} {part.text}" for part in chosen).lstrip(" ,")
            words = _words_of(text)
            for start, stop in _explained_cuts(words):
                name = _cut(text, words, start, stop)
                holders = holders_of(name, names)
                if holders and not _holds_other(words, start, stop, holders, names):
                    return _FoundName(name, holders, chosen, [part for part in group if part not in chosen])
    return None


@lru_cache(maxsize=4096)
def _words_of(text: str) -> Sequence[_FieldWord]:
    """The words of a text, those that only capitals keep apart ("AnnSmith"), too."""
    words = []
    for found in _WORD.finditer(text):
        start = found.start()
        for at in range(start + 1, found.end() + 1):
            if at == found.end() or (text[at - 1].islower() and text[at].isupper()):
                words.append(_FieldWord(text[start:at], squeeze_name(text[start:at]), start))
                start = at
    return tuple(words)


def _explained_cuts(words: Sequence[_FieldWord]) -> Iterator[tuple[int, int]]:
    """The stretches of words with nothing but words that lead up to a name before, and words that follow
    one behind; the longest first."""
    yield 0, len(words)
    keys = [word.key for word in words]
    starts = [at for at in range(len(keys)) if _BEFORE.fullmatch(" ".join(keys[:at]))]
    stops = [at for at in range(1, len(keys) + 1) if _BEHIND.fullmatch(" ".join(keys[at:]))]
    cuts = [(start, stop) for start in starts for stop in stops if 0 < stop - start < len(words)]
    yield from sorted(cuts, key=lambda cut: cut[0] - cut[1])


def _cut(text: str, words: Sequence[_FieldWord], start: int, stop: int) -> str:
    """The words as written, with the digits glued to them; apart, where only capitals part a title or an
    initial from the name."""
    cut = words[start:stop]
    end = words[stop].start if stop < len(words) else len(text)
    written = _NUMBER_APART.sub("", text[cut[0].start : end].strip(_MARKS))
    is_glued = written.startswith("".join(word.text for word in cut[:2])) and cut[0].key in TITLES
    if is_glued or (written.endswith("".join(word.text for word in cut[-2:])) and len(cut[-1].key) == 1):
        return " ".join(word.text for word in cut)
    return written


def _holders_of_whole(text: str, names: RosterNames) -> Collection[int]:
    """Whose whole name a text is, middle initials left out."""
    name = read_name(text)
    long = [token for token in name.tokens if len(token) > 1]
    keys = ("".join(name.whole), name.squeezed, "".join(long) if len(long) > 1 else "")
    bare = (split_handle(key) for key in keys)
    return next((names.full[key] for key in bare if key in names.full), ())


def _holders_of_part(text: str, names: RosterNames) -> Collection[int]:
    """Whose given name a text is, or surname behind a title, alone or with an initial."""
    name = read_name(text)
    ends = name.tokens[:1], name.tokens[-1:]
    with_initial = len(name.tokens) > 1 and any(len(end[0]) == 1 for end in ends)
    long = "".join(token for token in name.tokens if len(token) > 1)
    if with_initial or name.titled:
        return {*names.given.get(long, ()), *names.surname.get(long, ())}
    return names.given.get(long, ())


def _holds_other(
    words: Sequence[_FieldWord], start: int, stop: int, holders: Collection[int], names: RosterNames
) -> bool:
    """Whether words that are not all of the name found make somebody else's."""
    return any(
        not (start <= first and last <= stop) and not set(holders).intersection(others)
        for first, last in combinations(range(len(words) + 1), 2)
        if last - first > 1 and (others := names.full.get("".join(word.key for word in words[first:last])))
    )


def _is_all_explained(found: _FoundName, beside: Sequence[_FieldPart], names: RosterNames) -> bool:
    """Whether what stands beside a name may stand there with the name being the writer's: a nickname, what
    they are, a site's title; nothing that makes it somebody else's."""
    is_aside = all(part.is_aside for part in found.chosen)
    for part in (*found.left, *beside):
        words = _words_of(part.text)
        keys = [word.key for word in words]
        is_title = is_aside or part in beside
        against = keys[-1:] if is_title else keys
        if not _AGAINST.isdisjoint(against) or _holds_other(words, 0, 0, found.holders, names):
            return False
        others = _holders_of_part(part.text, names) if is_title else ()
        if others and set(found.holders).isdisjoint(others):
            return False
        if not (is_title or part.is_aside or _says_what_one_is(part, keys, found)):
            return False
    return True


def _says_what_one_is(part: _FieldPart, keys: Sequence[str], found: _FoundName) -> bool:
    """Whether words set off behind a name say what its owner is: "music education student", "PhD"."""
    is_small = part.text[0].islower() and found.name[0].isupper()
    return (
        is_small
        or keys[-1] in _ROLES
        or "".join(keys) in SUFFIXES | DEGREES
        or _BEHIND.fullmatch(" ".join(keys)) is not None
    )
