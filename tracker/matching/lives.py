"""Finds what a writer tells of a life that no student of the course leads: a family, a profession, a workplace,
years of work, this course in the past, another course or college.

It is told by grammar over classes of everyday words (`data/lives.txt`), and only of the writer: what is said
of a relative or planned for later is no such life. Never proof: it makes a person look where little else speaks.

Tested in tests/matching/test_lives.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.matching.scene import Mention, Role
from tracker.matching.word_tables import read_tables, words_of
from tracker.text.passages import Passages, Stretch

FORMER_STUDENT = "former-student"
OTHER_COURSE = "other-course"
LONGEST_SHOWN = 80
NEAR = 5


@dataclass(frozen=True, slots=True)
class Life(Stretch):
    """A sign of another life in a sentence: its kind, and the words that give it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class _Word(Stretch):
    """A word or mark of a sentence, with the classes it belongs to."""

    small: str
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule for one kind of life, and words or classes without which it finds nothing (for speed)."""

    code: str
    pattern: re.Pattern[str]
    needed: frozenset[str]


_NONE: frozenset[str] = frozenset()
_WORDS = re.compile(
    r"(?P<im>[Ii])(?P<clitic>m|ve)\b|['’](?:m|ve|d|ll|re|s|t|\d\d)\b|\d+(?:,\d{3})*\w*|[^\W\d_]+?(?=n['’]t\b)|n(?=['’]t\b)"
    r"|[^\W\d_]+(?:-[^\W_]+)*|[.,;:!?()…–—&+-]"
)
_TENS = "(?:thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_SHAPES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("NUM", r"\d.*"),
        ("YEAR", r"'\d\d|19\d\d|20[0-4]\d"),
        ("OLDYEAR", r"'[4-9]\d|19[4-9]\d"),
        ("LONG", rf"(?:1[5-9]|[2-6]\d)|(?:fif|six|seven|eigh|nine)teen|(?:twenty|{_TENS})(?:-\w+)?"),
        ("OLD", rf"[3-9]\d|{_TENS}(?:-\w+)?"),
        ("ING", r"\w+ing"),
        (
            "ROLE",
            r"\w{2,}(?:ologist|[rtnd]ician|smith|keeper|wright|grapher|sman|swoman|eteer|opher|maker|herder|monger)",
        ),
    )
)
"""Classes by the shape of a word: numbers, and the endings of trades."""
_SYMBOL = re.compile(r"['’]?[A-Za-zé][\wé-]*")
_GROUP = re.compile(r"\((?:[^()]*)\)[*?+{]?\S*")
_OPTIONAL = re.compile(r"['’]?[A-Za-zé][\wé-]*(?=\*|\?|\{0)\S*")
_CODE = re.compile(r"\b[A-Z]{2,5}[ -]?\d{2,4}[A-Z]?\b")
_COLLEGE = re.compile(
    r"\b(?:[A-Z][\w’'.-]+ ){1,4}(?:University|College|State|Institute|Academy|Tech|Polytechnic"
    r"|Seminary|Conservatory|CC)\b"
    r"|\b(?:University|College|Institute|Universidad|Université|Universität) (?:of|de|at"
    r"|zu) [A-Z][\w-]+(?: [A-Z][\w-]+)*"
)
_LONG = re.compile(r"\d{3}")
_MAY_NAME_COLLEGE = re.compile(
    "niversi|ollege|State|nstitut|Academy|Tech|olytechnic|Seminary|Conservatory|CC"
)
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))


def _read_lexicon(tables: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """The classes of each word."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, lines in tables.items():
        if name.isupper():
            for word in words_of(lines):
                found[word].add(name)
    return {word: frozenset(classes) for word, classes in found.items()}


def _read_rules(tables: Mapping[str, Sequence[str]]) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(name, _compile(line), _needed(line))
        for name, lines in tables.items()
        if not name.isupper()
        for line in lines
    )


def _compile(line: str) -> re.Pattern[str]:
    """A rule over words written "word/CLASS/CLASS/ "."""

    def of_word(symbol: re.Match[str]) -> str:
        word = symbol.group()
        return rf"(?:\S*/{word}/\S*~)" if word.isupper() else rf"(?:{word}/\S*~)"

    return re.compile(r"(?<!\S)" + _SYMBOL.sub(of_word, line).replace(" ", "").replace("~", " "))


def _needed(line: str) -> frozenset[str]:
    while line != (line := _GROUP.sub(" ", line)):
        pass
    return frozenset(_SYMBOL.findall(_OPTIONAL.sub(" ", line)))


_TABLES = read_tables("lives")
_LEXICON = _read_lexicon(_TABLES)
_RULES = _read_rules(_TABLES)
_NOT_A_MOD = frozenset({"FUNC", "PLAN", "BEGINNER"})


def find_lives(
    passages: Passages,
    course: Sequence[Stretch] = (),
    mentions: Collection[Mention] = (),
    *,
    names_course: bool = False,
) -> tuple[Life, ...]:
    """The first sign of each sentence that has one. `course` are the places where course or college are
    named, `mentions` the names; `names_course`: more than the college is named."""
    places = tuple(_places(passages, course, mentions, with_others=not names_course))
    text = passages.unquoted
    found = []
    for start, end in pairwise((*passages.sentence_starts, len(text))):
        words = tuple(_read_words(text, start, end, places))
        life = next(_lives(words), None)
        if life is not None:
            code, told = life
            shown = " ".join(text[told[0].start : told[-1].end].split())[:LONGEST_SHOWN]
            found.append(Life(start, end, code, shown))
    return tuple(found)


def _lives(words: Sequence[_Word]) -> Iterator[tuple[str, Sequence[_Word]]]:
    there = frozenset().union(*(word.classes for word in words), (word.small for word in words))
    if "SOMEDAY" in there:
        return
    written = "".join(f"{word.small}/{'/'.join(word.classes)}/ " for word in words)
    for rule in _RULES:
        if not rule.needed <= there:
            continue
        for found in rule.pattern.finditer(written):
            first = written.count(" ", 0, found.start())
            if rule.code != "family" and any(
                "PLAN" in word.classes for word in words[max(0, first - NEAR) : first]
            ):
                continue
            if rule.code == "family" and _is_told(words, first):
                continue
            yield rule.code, words[first : written.count(" ", 0, found.end())]


def _is_told(words: Sequence[_Word], first: int) -> bool:
    return first > 0 and words[first].small in {"my", "our"} and "HEARS" in words[first - 1].classes


def _read_words(text: str, start: int, end: int, places: Sequence[tuple[Stretch, str]]) -> Iterator[_Word]:
    for found in _WORDS.finditer(text, start, end):
        if found["im"]:
            yield _Word(found.start(), found.start() + 1, "i", _classes("i"))
            yield _Word(
                found.start() + 1, found.end(), small := f"'{found['clitic']}".lower(), _classes(small)
            )
            continue
        small = found.group().lower().replace("’", "'")
        here = frozenset(name for place, name in places if place.holds(found.start()))
        yield _Word(found.start(), found.end(), small, _classes(small, here))


def _classes(small: str, here: frozenset[str] = _NONE) -> frozenset[str]:
    if not (small[-1].isalnum()):
        return frozenset({"MARK"})
    known = _LEXICON.get(small, _NONE)
    if here and "MY" not in known:  # "My" is a given name as well
        return here | {"WORD"}
    for ending, instead in _PLURALS:
        if not known and small.endswith(ending):
            known = _LEXICON.get(small.removesuffix(ending) + instead, _NONE)
            if "ROLE" in known:
                known |= {"WORKERS"}
    if small[-1] == "s":
        known |= {"PLURAL"}
    if not known and "-" in small:
        known = _LEXICON.get(small.replace("-", ""), _NONE) or _LEXICON.get(small.rpartition("-")[2], _NONE)
    known |= {name for name, pattern in _SHAPES if pattern.fullmatch(small)}
    return known | {"WORD"} | (_NONE if known & _NOT_A_MOD else {"MOD"})


def _places(
    passages: Passages, course: Iterable[Stretch], mentions: Iterable[Mention], *, with_others: bool
) -> Iterator[tuple[Stretch, str]]:
    course = tuple(course)
    yield from ((one, "COURSE") for one in course)
    yield from (
        (Stretch(one.hit.start, one.hit.end), "NAME") for one in mentions if one.role is not Role.QUOTED
    )
    if not with_others:
        return
    text = passages.unquoted
    colleges = _COLLEGE.finditer(text) if _MAY_NAME_COLLEGE.search(text) else ()
    for pattern, name in ((_CODE.finditer(text), "CODE"), (colleges, "COLLEGE")):
        for found in pattern:
            if passages.link_at(found.start()) is None and not any(
                one.start < found.end() and found.start() < one.end for one in course
            ):
                yield Stretch(*found.span()), name
                if name == "CODE" and _LONG.search(found.group()):
                    yield Stretch(*found.span()), "LONGCODE"
