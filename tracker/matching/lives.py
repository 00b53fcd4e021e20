"""Finds what a writer tells of a life that no student of the course leads: a family, a profession, a
workplace, years of work, this course in the past, another course or college.

Rules over classes of everyday words find it (`data/lives.txt`), and only where it is the writer's: what is
said of a relative, or planned for later, is no such life. Never proof: it makes a person look where nothing
but a name speaks for a student.

Tested in tests/matching/test_lives.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from textwrap import shorten

from tracker.matching.names import TITLES
from tracker.matching.scene import Mention, Role
from tracker.matching.word_tables import read_tables, words_of
from tracker.text.passages import Passages, Stretch

FORMER_STUDENT = "former-student"
OTHER_COURSE = "other-course"
_STUDENT = "student"
"""The rules of `data/lives.txt` that make a sentence a student's."""
LONGEST_PLACE = 100
"""Characters; a course's or somebody's name is shorter."""
LONGEST_SHOWN = 80
LONGEST_WORD = 30
SHORTEST_PLURAL = 4
MOST_WORDS = 200
"""So many words of a sentence are read, and so many letters of a word: what is longer is no prose."""
NEAR = 5
"""So many words before a statement a word of a plan makes it one: "I hope to have my own students"."""


@dataclass(frozen=True, slots=True)
class Life(Stretch):
    """A sentence that tells of another life: the kind of life, and the words that give it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class _Word(Stretch):
    """A word or mark of a text in small letters, with the classes it belongs to."""

    small: str
    classes: frozenset[str]

    @property
    def written(self) -> str:
        """As rules read it: "teach/DO/WORD/ "."""
        return f"{self.small}/{'/'.join(self.classes)}/ "


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern over written words for one kind of life; `needed` are words and classes without which it
    finds nothing (for speed). `is_plain`: words of a plan before it do not matter."""

    code: str
    pattern: re.Pattern[str]
    needed: frozenset[str]
    is_plain: bool


_WORDS = re.compile(
    r"(?P<im>[Ii])(?P<clitic>m|ve)\b|['’](?:m|ve|d|ll|re|s|t|\d\d)\b|\d+(?:,\d{3})*\w*"
    r"|[^\W\d_]+?(?=n['’]t\b)|n(?=['’]t\b)|[^\W\d_]+(?:-[^\W_]+)*|[.,;:!?()…–—&+-]"
)
_TENS = "(?:thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_SHAPES = {
    "NUM": re.compile(rf"\d.*|(?:twenty|{_TENS})-\w+"),
    "YEAR": re.compile(r"'\d\d|19\d\d|20[0-4]\d"),
    "OLDYEAR": re.compile(r"'[4-9]\d|19[4-9]\d"),
    "LONG": re.compile(rf"1[5-9]|[2-6]\d|(?:fif|six|seven|eigh|nine)teen|(?:twenty|{_TENS})(?:-\w+)?"),
    "OLD": re.compile(rf"[3-9]\d|{_TENS}(?:-\w+)?"),
    "ING": re.compile(r"\w+ing"),
    "NTH": re.compile(r"\w+th|\d+(?:st|nd|rd)"),
    "AGENT": re.compile(r"\w{3,}(?:er|or|ist|ian|ant)"),
    "PLURAL": re.compile(r"\w+s"),
    "ROLE": re.compile(
        r"\w{2,}(?:ologist|[dnrt]ician|smith|keeper|wright|grapher|sman|swoman|eteer|opher|maker|herder|monger)"
    ),
}
"""Classes by the shape of a word: numbers, and the endings of trades."""
_SYMBOL = re.compile(r"'?[A-Za-zé][\wé-]*")
_GROUP = re.compile(r"\([^()]*\)\S*")
_OPTIONAL = re.compile(_SYMBOL.pattern + r"(?=[*?]|\{0)\S*")
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
_SMALL_WORDS = frozenset({"FUNC", "PLAN", "BEGINNER"})
_NONE: frozenset[str] = frozenset()

_CODE = re.compile(r"\b[A-Z]{2,5}[ -]?\d{2,4}[A-Z]?\b")
_LONG_CODE = re.compile(r"\b[A-Z]{2,5}[ -]?\d{3,4}[A-Z]?\b")
_COLLEGE = re.compile(
    r"\b(?:(?:[A-Z]\w{0,2}\.|[A-Z][\w’'-]+) ){1,4}"
    r"(?:University|College|State|Institute|Academy|Tech|Polytechnic|Seminary|Conservatory|CC)\b"
    r"|\b(?:University|College|Institute|Universidad|Université|Universität) (?:of|de|at|zu)"
    r" [A-Z][\w-]+(?: [A-Z][\w-]+)*"
)
_MAY_NAME_COLLEGE = re.compile(
    "niversi|ollege|State|nstitut|Academy|Tech|olytechnic|Seminary|Conservatory|CC"
)


def _read_lexicon(tables: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """The classes of each word."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, lines in tables.items():
        if name.isupper():
            for word in words_of(lines):
                found[word].add(name)
    return {word: frozenset(classes) for word, classes in found.items()}


def _read_rules(tables: Mapping[str, Sequence[str]]) -> tuple[_Rule, ...]:
    lines = [(name, line) for name, lines in tables.items() if not name.isupper() for line in lines]
    return tuple(
        _Rule(name, _compile(line.removeprefix("!")), _needed(line), not line.startswith("!"))
        for name, line in lines
    )


def _compile(line: str) -> re.Pattern[str]:
    def of_word(symbol: re.Match[str]) -> str:
        word = symbol.group()
        return rf"(?:\S*/{word}/\S*\x20)" if word.isupper() else rf"(?:{word}/\S*\x20)"

    return re.compile(r"(?<!\S)" + _SYMBOL.sub(of_word, line).replace(" ", ""))


def _needed(line: str) -> frozenset[str]:
    """The words and classes of a rule that are neither optional nor one of several."""
    while line != (line := _GROUP.sub(" ", line)):
        pass
    return frozenset(_SYMBOL.findall(_OPTIONAL.sub(" ", line)))


_TABLES = read_tables("lives")
_LEXICON = _read_lexicon(_TABLES)
_OF_STUDENTS = _read_rules({_STUDENT: _TABLES[_STUDENT]})
_RULES = _read_rules({name: lines for name, lines in _TABLES.items() if name != _STUDENT})


def find_lives(
    passages: Passages,
    course: Sequence[Stretch] = (),
    mentions: Collection[Mention] = (),
    *,
    names_course: bool = False,
    year: int | None = None,
) -> tuple[Life, ...]:
    """The first sign of each sentence that has one. `course` are the places where course or college are
    named, `mentions` the names, `names_course` whether the course is named and not the college alone,
    `year` the one in which it was written (None: unknown, and no year is past)."""
    places = [(one, "COURSE") for one in course]
    places += [
        (Stretch(one.hit.start, one.hit.end), "NAME") for one in mentions if one.role is not Role.QUOTED
    ]
    if not names_course:
        places += _other_places(passages, course)
    places.sort(key=lambda place: place[0].start)
    starts = [place.start for place, _ in places]
    text = passages.unquoted
    found = []
    for start, end in pairwise((*passages.sentence_starts, len(text))):
        near = places[bisect_left(starts, start - LONGEST_PLACE) : bisect_left(starts, end)]
        words = tuple(islice(_read_words(text, start, end, near, year or 0), MOST_WORDS))
        code, told = next(_statements(words), ("", ()))
        if told:
            shown = shorten(text[told[0].start : told[-1].end], LONGEST_SHOWN, placeholder=" …")
            found.append(Life(start, end, code, shown))
    return tuple(found)


def _other_places(passages: Passages, course: Sequence[Stretch]) -> Iterator[tuple[Stretch, str]]:
    """Where another course's code or another college stands."""
    text = passages.unquoted
    patterns = [("FOREIGN", _CODE), ("LONGCODE", _LONG_CODE)]
    if _MAY_NAME_COLLEGE.search(text):
        patterns += [("FOREIGN", _COLLEGE), ("COLLEGE", _COLLEGE)]
    for name, pattern in patterns:
        for found in pattern.finditer(text):
            is_of_course = any(one.start < found.end() and found.start() < one.end for one in course)
            if not is_of_course and passages.link_at(found.start()) is None:
                yield Stretch(*found.span()), name


def _statements(words: Sequence[_Word]) -> Iterator[tuple[str, Sequence[_Word]]]:
    """What the words of a sentence tell, by the kind of life; of another course only, where a word makes
    all of it a student's."""
    there = _NONE.union(*(word.classes for word in words), (word.small for word in words))
    written = "".join(word.written for word in words)
    is_students = any(rule.needed <= there and rule.pattern.search(written) for rule in _OF_STUDENTS)
    for rule in _RULES:
        if rule.needed <= there and not (is_students and rule.code != OTHER_COURSE):
            for found in rule.pattern.finditer(written):
                first, last = (written.count(" ", 0, place) for place in found.span())
                if _is_led(rule, words[max(0, first - NEAR) : first], words[first:last]):
                    yield rule.code, words[first:last]


def _is_led(rule: _Rule, before: Sequence[_Word], told: Sequence[_Word]) -> bool:
    """Whether a life is led now: not planned or supposed; and whether whoever it names does more in it
    than hear of the post ("I read it to my husband")."""
    is_supposed = bool(before) and "IF" in before[-1].classes
    is_planned = not rule.is_plain and any("PLAN" in word.classes for word in before)
    only_hears = bool(before) and "HEARS" in before[-1].classes and "PARTNER" in told[-1].classes
    return not (is_supposed or is_planned or only_hears)


def _read_words(
    text: str, start: int, end: int, places: Sequence[tuple[Stretch, str]], year: int
) -> Iterator[_Word]:
    before = ""
    for found in _WORDS.finditer(text, start, end):
        first, last = found.span()
        if found.group() == "." and before in TITLES:
            continue  # "Ms. Parent"
        if found["im"]:  # "im", "ive" are two words
            yield _Word(first, first + 1, "i", _classes("i"))
            yield _Word(first + 1, last, f"'{found['clitic']}", _classes(f"'{found['clitic']}"))
            continue
        small = found.group()[:LONGEST_WORD].lower().replace("’", "'")
        classes = _classes(small)
        before = small
        if "YEAR" in classes and small.isdigit() and int(small) < year - 1:
            classes |= {"PASTYEAR"}
        here = [name for place, name in places if place.holds(first)]
        if here and "MY" not in classes:  # "My" is a given name as well
            classes = frozenset({*here, "WORD"})
        elif text[first].isupper():
            classes |= {"CAPITAL"}
        yield _Word(first, last, small, classes)


@lru_cache(maxsize=4096)
def _classes(small: str) -> frozenset[str]:
    """The classes of a word: of itself, or else of its singular or of the last part of a compound."""
    if not small[-1].isalnum():
        return frozenset({"MARK"})
    known = _LEXICON.get(small, _NONE)
    for ending, instead in _PLURALS:
        if small.endswith(ending) and len(small) >= SHORTEST_PLURAL:
            one = _LEXICON.get(small.removesuffix(ending) + instead, _NONE)
            known |= one | {"WORKERS"} if "ROLE" in one else one
    if not known and "-" in small:
        known = _LEXICON.get(small.replace("-", ""), _NONE) or _LEXICON.get(small.rpartition("-")[2], _NONE)
    known |= {name for name, shape in _SHAPES.items() if shape.fullmatch(small)}
    return known | {"WORD"} | (_NONE if known & _SMALL_WORDS else {"MOD"})
