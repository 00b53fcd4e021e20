"""The names of a roster in a text: one scan finds them all, with where they stand.

What a name does where it stands (signs, introduces, is spoken of) is left to `roles`.

Tested in tests/matching/test_roles.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from tracker.matching.candidates import RosterIndex
from tracker.matching.names import PARTICLES, TITLES, fold
from tracker.matching.word_tables import read_tables, words_of
from tracker.text.passages import Stretch

_APOSTROPHE = "['’‘ʼ′`´ʻ＇]"
_WORD = re.compile(rf"[^\W\d_]+(?:{_APOSTROPHE}[^\W\d_]{{2,}})?")
_APOSTROPHES = re.compile(_APOSTROPHE)
_GENITIVE = re.compile(r"['`]s\b")
_ASCII_WORD = re.compile(r"[a-z]+(?:['`][a-z]{2,})?")
_LETTERS_APART = {number: " " for number in range(128) if not chr(number).islower()} | {
    ord("'"): None,
    ord("`"): None,
}
"""For `str.translate`: small letters stay, apostrophes go, and all else parts words."""
_INSIDE_A_NAME = frozenset({" ", "-", ".", ". ", "_", "‐", "–"})
_FAMILY_FIRST = frozenset({", ", ","})
LONGEST_NAME = 5
"""Words; a compound given name and a compound surname."""
_COURSE_NUMBER = re.compile(r"[ -]?\d{3,4}\b")
_SET_OFF = re.compile(r"[.!?…)]\s+[-–—~]{1,3}\s*$")
_ENDS_WITH_NAME = re.compile(r"\b[^\W\d_a-z][\w.]* [^\W\d_a-z]\w* $")
LONGEST_WORD = 30
LONGEST_DASH = 8
_WORDS = read_tables("everyday")
EVERYDAY = words_of([line for lines in _WORDS.values() for line in lines])
DAYS_AND_MONTHS = words_of(_WORDS["days and months"])
_NO_SURNAME = words_of(_WORDS["words"])


class NamePart(Enum):
    """How much of a student's name a text gives."""

    FULL = auto()
    INITIAL = auto()
    GIVEN = auto()
    SURNAME = auto()

    __hash__ = object.__hash__


class Word(NamedTuple):
    """A word of a text, folded as names are."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class NameHit(Stretch):
    """A name of the roster at its place in a text, with everybody who has it -> bits lost by its form."""

    part: NamePart
    keys: tuple[str, ...]
    holders: Mapping[int, float]
    is_word: bool = False
    """Whether it is an everyday word as well, which a name is only by its place."""
    possessive: bool = False
    """Whether it is written with an "s" that is none of the name's: "Jane Does blog"."""


def read_words(text: str, wanted: Set[str]) -> list[Word]:
    """The words of a text, folded as names are; none where no word is among the wanted ones."""
    if text.isascii():
        small = text.lower()
        # Most texts hold no name, and taking their words apart costs the most (for speed).
        if wanted.isdisjoint(_GENITIVE.sub(" ", small).translate(_LETTERS_APART).split()):
            return []
        return [
            Word(found.start(), found.end(), found.group().replace("'", "").replace("`", ""))
            for found in _ASCII_WORD.finditer(small)
        ]
    if wanted.isdisjoint(map(_key, _WORD.findall(text))):
        return []
    return [Word(*found.span(), _key(found.group())) for found in _WORD.finditer(text)]


def find_names(
    text: str, words: Sequence[Word], index: RosterIndex, course: Sequence[Stretch] = ()
) -> tuple[NameHit, ...]:
    """Every name of the roster in a text, in reading order; none overlaps another.

    A given name before a capitalized word that makes no name with it is somebody else's ("Jane
    Marchbanks"), and so is that word. `course` are the places where the course is named.
    """
    starts = index.name_words
    found: list[NameHit] = []
    at = 0
    while at < len(words):
        if words[at].key not in starts:
            at += 1
            continue
        hit, length = _name_at(text, words, at, index, course)
        if hit is not None and not _is_part_of(hit, course):
            found.append(_with_title(text, words, at, hit, index))
        at += length
    return tuple(found)


def _is_part_of(hit: NameHit, course: Sequence[Stretch]) -> bool:
    """Whether a name is a part of the course's or the college's: "River" in "Kettle River College"."""
    return any(one.start <= hit.start and hit.end <= one.end for one in course)


def _may_be_words(text: str, hit: NameHit) -> bool:
    """Whether everyday words stand as such, and not with a capital that only a name has there."""
    parts = text[hit.start : hit.end].split()
    if len(parts) > 1:
        return not all(part[0].isupper() for part in parts)
    before = text[max(0, hit.start - LONGEST_DASH) : hit.start].rstrip(" \"'“‘(*-–—~")
    begins = not before or before[-1] in ".!?…\n:"
    return begins or parts[0].islower() or DAYS_AND_MONTHS.issuperset(hit.keys)


def _name_at(
    text: str, words: Sequence[Word], at: int, index: RosterIndex, course: Sequence[Stretch]
) -> tuple[NameHit | None, int]:
    """The name that begins with a word, and how many words it takes; None: no name of the roster does."""
    for length in range(_stretch(text, words, at), 0, -1):
        part = words[at : at + length]
        holders = _full_holders(text, part, index)
        if holders:
            return _hit(NamePart.FULL, part, holders), length
    first, rest = words[at], words[at + 1 : at + 2]
    if rest and _is_joined(text, first, rest[0]):
        initials = _initial_holders(first.key, rest[0].key, index)
        if initials and (
            _is_capital(text, first, rest[0]) or _is_initial_in_small_letters(text, first, rest[0])
        ):
            return _hit(NamePart.INITIAL, (first, rest[0]), dict.fromkeys(sorted(initials), 0.0)), 2
    return _single_name(text, words, at, index, course)


def _is_capital(text: str, first: Word, second: Word) -> bool:
    return text[first.start].isupper() and text[second.start].isupper()


def _is_initial_in_small_letters(text: str, given: Word, initial: Word) -> bool:
    """ "jane o." at the end of a line; an everyday word before a letter is no name."""
    behind = text[initial.end : initial.end + 2]
    return len(initial.key) == 1 and given.key not in EVERYDAY and behind.strip(" .") in {"", "\n"}


def _with_title(text: str, words: Sequence[Word], at: int, hit: NameHit, index: RosterIndex) -> NameHit:
    """The name with the title before it, which belongs to it: "Miss Jane Okonedo"."""
    before = words[at - 1] if at else None
    if EVERYDAY.issuperset(hit.keys):
        hit = replace(hit, is_word=_may_be_words(text, hit))
    if hit.part is NamePart.FULL and "".join(hit.keys) not in index.by_full and hit.keys[-1].endswith("s"):
        hit = replace(hit, possessive=_without_s([*hit.keys], index) is not None)
    if before is None or before.key not in TITLES or text[before.end : hit.start] not in {" ", ". "}:
        return hit
    return replace(hit, start=before.start)


def _single_name(
    text: str, words: Sequence[Word], at: int, index: RosterIndex, course: Sequence[Stretch]
) -> tuple[NameHit | None, int]:
    """A given name, or a surname behind a title."""
    word = words[at]
    before = words[at - 1] if at else None
    behind = _name_behind(text, before, word, index) if before is not None else None
    if behind is not None:
        return behind, 1
    for length in (2, 1):
        part = words[at : at + length]
        key = "".join(each.key for each in part)
        if len(part) < length or key not in index.by_given or len(part[-1].key) < length:
            continue  # a second given name of one letter is an "I"
        if length == 1 or _is_joined(text, part[0], part[1]):
            return _given_name(text, words, at, length, index.by_given[key], course)
    return None, 1


def _name_behind(text: str, before: Word, word: Word, index: RosterIndex) -> NameHit | None:
    """A surname behind an initial or a title."""
    if text[before.end : word.start] not in {" ", ". ", "."}:
        return None
    if len(before.key) == 1 and text[word.start].isupper():
        initials = _initial_holders(before.key, word.key, index)
        if initials:
            return _hit(NamePart.INITIAL, (before, word), dict.fromkeys(sorted(initials), 0.0))
    holders = index.by_surname.get(word.key) if before.key in TITLES else None
    return _hit(NamePart.SURNAME, (before, word), holders) if holders else None


def _given_name(
    text: str,
    words: Sequence[Word],
    at: int,
    length: int,
    holders: Mapping[int, float],
    course: Sequence[Stretch],
) -> tuple[NameHit | None, int]:
    """A given name by itself, unless it is half of the name of somebody who is not on the roster. In
    small letters an everyday word is one only on a line of its own."""
    part = words[at : at + length]
    shouts = text[part[0].start : part[-1].end].isupper()
    if shouts and (len(part[0].key) == 2 or _COURSE_NUMBER.match(text, part[-1].end)):
        return None, length  # initials, or a course: "THEA 2203"
    if text[part[0].start].islower():
        stands_out = (
            not EVERYDAY.issuperset(word.key for word in part)
            or is_set_off(text, part[0].start)
            or _is_alone(text, part[0].start, part[-1].end, course)
        )
        return (_hit(NamePart.GIVEN, part, holders) if stands_out else None), length
    if not is_set_off(text, part[0].start) and _is_surname_of_another(text, words, at + length, course):
        return None, length + 1
    if at and _is_given_name_of_another(text, words[at - 1], part[0]):
        return None, length
    return _hit(NamePart.GIVEN, part, holders), length


def is_set_off(text: str, position: int) -> bool:
    """Whether a place follows a dash behind the end of a sentence, as a name does that signs in passing."""
    return _SET_OFF.search(text, max(0, position - LONGEST_DASH), position) is not None


def _hit(part: NamePart, words: Sequence[Word], holders: Mapping[int, float]) -> NameHit:
    return NameHit(words[0].start, words[-1].end, part, tuple(word.key for word in words), holders)


def _stretch(text: str, words: Sequence[Word], at: int) -> int:
    """How many words from one on may belong to one name."""
    length = 1
    while length < LONGEST_NAME and at + length < len(words):
        gap = text[words[at + length - 1].end : words[at + length].start]
        if gap not in _INSIDE_A_NAME and not (length == 1 and gap in _FAMILY_FIRST):
            break
        length += 1
    return length


def _full_holders(text: str, part: Sequence[Word], index: RosterIndex) -> Mapping[int, float]:
    keys = [word.key for word in part]
    if len(part) > 1 and text[part[0].end : part[1].start] in _FAMILY_FIRST and keys[0] in index.by_given:
        return {}  # "Brooke, Allen and I": two people, not Allen Brooke
    if len(keys) == 1 and keys[0] in index.by_given:
        return {}  # the only name that its student has, which others have for a given name
    if text[part[-1].end : part[-1].end + 1].isdigit():
        return {}  # a login, and another one than the same without the number
    holders = index.by_full.get("".join(keys)) or _without_s(keys, index)
    if holders or len(part) < 3 or not text[part[0].start].isupper():
        return holders or {}
    inner = part[1:-1]
    if all(text[word.start].isupper() for word in inner) and keys[0] in index.by_given:
        return index.by_full.get(keys[0] + keys[-1], {})
    return {}


def _without_s(keys: Sequence[str], index: RosterIndex) -> Mapping[int, float] | None:
    """Whom "Jane Does blog" speaks of: some leave the apostrophe out."""
    return index.by_full.get("".join(keys)[:-1]) if len(keys) > 1 and keys[-1].endswith("s") else None


def _initial_holders(first: str, second: str, index: RosterIndex) -> frozenset[int]:
    if len(second) == 1 and second != "i" and first in index.by_given:
        return frozenset(
            who for who in index.by_given[first] if index.names[who].fits_surname_initial(second)
        )
    if len(first) == 1 and second in index.by_surname:
        return frozenset(
            who for who in index.by_surname[second] if index.names[who].fits_given_initial(first)
        )
    return frozenset()


def _is_joined(text: str, first: Word, second: Word) -> bool:
    return text[first.end : second.start] in _INSIDE_A_NAME


def _is_alone(text: str, start: int, end: int, course: Sequence[Stretch]) -> bool:
    """Whether nothing but marks and the course stands on the line before and behind."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    behind = next((one.end for one in course if end <= one.start < line_end), line_end)
    between = next((one.start for one in course if end <= one.start < line_end), line_end)
    around = text[line_start:start] + text[end:between] + text[behind:line_end]
    return not any(map(str.isalnum, around))


def _is_surname_of_another(text: str, words: Sequence[Word], at: int, course: Sequence[Stretch]) -> bool:
    """Whether the word behind a given name reads as the surname of somebody who is not on the roster."""
    if at >= len(words):
        return False
    given, word = words[at - 1], words[at]
    shouts = text[given.start : given.end].isupper()
    return (
        text[given.end : word.start] in {" ", "-"}
        and text[word.start].isupper()
        and word.key not in _NO_SURNAME
        and not any(span.holds(word.start) for span in course)
        and (shouts or not (word.end - word.start > 1 and text[word.start : word.end].isupper()))
    )


def _is_given_name_of_another(text: str, before: Word, word: Word) -> bool:
    """Whether a capitalized word inside a sentence stands before a given name: "my friend Mary Jane"."""
    gap = text[before.end : word.start]
    if gap == " " and before.key in PARTICLES:  # "Tejada de León", but "saluti da León"
        return _ENDS_WITH_NAME.search(text, max(0, before.start - LONGEST_WORD), before.start) is not None
    if gap not in {" ", "-"} or not text[before.start].isupper():
        return False
    if gap == "-":
        return True
    lead = text[max(0, before.start - LONGEST_DASH) : before.start].rstrip(" \"'“‘(*-–—~")
    return bool(lead) and lead[-1] not in ".!?…\n:,;" and before.key not in _NO_SURNAME


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    if word.isascii():
        return _APOSTROPHES.sub("", word).lower()
    return _APOSTROPHES.sub("", fold(word)).replace(" ", "")
