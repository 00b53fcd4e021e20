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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice, pairwise
from operator import or_
from textwrap import shorten
from typing import NamedTuple

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
DIGITS_OF_LONG_CODE = 3
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


class _Token(NamedTuple):
    """A word or mark in small letters, with the classes it belongs to, and as rules read it:
    "teach/DO/WORD/ "."""

    small: str
    classes: frozenset[str]
    written: str


class _Word(NamedTuple):
    """A word or mark at its place in a text."""

    start: int
    end: int
    token: _Token


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern over written words for one kind of life; `needed` are sets of words and classes, of each of
    which it needs one (for speed). `is_plain`: words of a plan before it do not matter."""

    code: str
    pattern: re.Pattern[str]
    needed: tuple[Sequence[str], ...]
    is_plain: bool


_WORDS = re.compile(
    r"[Ii](?:m|ve)\b|[^\W\d_]++(?!['’]t\b)(?:-[^\W_]+)*|[.,;:!?()…–—&+-]"
    r"|['’](?:m|ve|d|ll|re|s|t|\d\d)\b|\d+(?:,\d{3})*\w*"
    r"|[^\W\d_]+?(?=n['’]t\b)|n(?=['’]t\b)|[^\W\d_]+(?:-[^\W_]+)*"
)
_TWO_IN_ONE = {"im": ("i", "'m"), "ive": ("i", "'ve")}
_TENS = "(?:thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_SHAPES = {
    "NUM": re.compile(rf"\d.*|(?:twenty|{_TENS})-\w+"),
    "YEAR": re.compile(r"'\d\d|19\d\d|20[0-4]\d"),
    "OLDYEAR": re.compile(r"'[4-9]\d|19[4-9]\d"),
    "LONG": re.compile(rf"1[5-9]|[2-6]\d|(?:fif|six|seven|eigh|nine)teen|(?:twenty|{_TENS})(?:-\w+)?"),
    "YOUNG": re.compile(r"[6-9]|1[0-4]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"),
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
_GROUP = re.compile(r"\(\?(?P<kind>[:=!])(?P<inside>[^()]*)\)(?P<optional>[*?]|\{0)?\S*")
_NEEDED = re.compile(rf"{_SYMBOL.pattern}(?:/{_SYMBOL.pattern})*")
_OPTIONAL = re.compile(_SYMBOL.pattern + r"(?=[*?]|\{0)\S*")
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
_SMALL_WORDS = frozenset({"FUNC", "PLAN", "BEGINNER"})
_NONE: frozenset[str] = frozenset()

COURSE_CODE = re.compile(r"\b[A-Z]{2,5}[ -]?\d{2,4}[A-Z]?\b")
_COLLEGE = re.compile(
    r"\b(?:(?:[A-Z]\w{0,2}\.|[A-Z][\w’'-]+) ){1,4}"
    r"(?:University|College|State|Institute|Academy|Tech|Polytechnic|Seminary|Conservatory|CC)\b"
    r"|\b(?:University|College|Institute|Universidad|Université|Universität) (?:of|de|at|zu)(?: the)?"
    r" [A-Z][\w-]+(?: [A-Z][\w-]+)*"
)
_OF_COLLEGES = (
    "niversi", "ollege", "State", "nstitut", "Academy", "Tech", "olytechnic", "Seminary", "Conservatory",
    "CC",
)  # fmt: skip
"""Parts of words that every such name has one of."""


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


def _needed(line: str) -> tuple[Sequence[str], ...]:
    """What a rule needs one of each: its words and classes that are not optional, and of alternatives any."""

    def of_group(group: re.Match[str]) -> str:
        choices = [_NEEDED.findall(choice) for choice in group["inside"].split("|")]
        if group["kind"] == "!" or group["optional"] or not all(choices):
            return " "
        return "/".join(min(choice, key=lambda one: one.count("/")) for choice in choices)

    line = _OPTIONAL.sub(" ", line)
    while line != (line := _GROUP.sub(of_group, line)):
        pass
    return tuple(needed.split("/") for needed in _NEEDED.findall(line)) or (["WORD"],)


def _number_needs(rules: Sequence[_Rule]) -> tuple[Mapping[str, int], Sequence[int]]:
    """For each word or class, which needs of the rules it meets: a bit for each rule's first need, then one
    for each rule's second need, and so on, in one number. And where the bits of each such row begin; of a
    rule with fewer needs than others the last one is repeated."""
    met: dict[str, int] = defaultdict(int)
    rows = range(max(len(rule.needed) for rule in rules))
    for number, rule in enumerate(rules):
        for row in rows:
            for symbol in rule.needed[min(row, len(rule.needed) - 1)]:
                met[symbol] |= 1 << (row * len(rules) + number)
    return met, [row * len(rules) for row in rows]


_TABLES = read_tables("lives")
_LEXICON = _read_lexicon(_TABLES)
_OF_STUDENTS = _read_rules({_STUDENT: _TABLES[_STUDENT]})
_RULES = _read_rules({name: lines for name, lines in _TABLES.items() if name != _STUDENT})
_ALL_RULES = (1 << len(_RULES)) - 1
_MEETS, _ROWS_OF_NEEDS = _number_needs(_RULES)


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
    # A title makes a name of the word behind it, too; looked for only where names are.
    everywhere = _needs_met({"WORD"} | {name for _, name in places if name == "NAME"})
    found = []
    for start, end in pairwise((*passages.sentence_starts, len(text))):
        near = places[bisect_left(starts, start - LONGEST_PLACE) : bisect_left(starts, end)]
        near = [one for one in near if one[0].end > start]
        met = everywhere | _needs_met([name for _, name in near])
        likely = _that_may_hold(reduce(or_, map(_needs_met_by, _WORDS.findall(text, start, end)), met))
        if not likely:
            continue  # most sentences tell of no life
        words = tuple(islice(_read_words(text, start, end, near, year or 0), MOST_WORDS))
        code, told = _find_statement(words, likely)
        if told:
            shown = shorten(text[told[0].start : told[-1].end], LONGEST_SHOWN, placeholder=" …")
            found.append(Life(start, end, code, shown))
    return tuple(found)


def _that_may_hold(met: int) -> list[_Rule]:
    """The rules that may find something among words by which these needs are met: all of their own."""
    numbers = _ALL_RULES
    for row in _ROWS_OF_NEEDS:
        numbers &= met >> row
    found = []
    while numbers:
        lowest = numbers & -numbers
        found.append(_RULES[lowest.bit_length() - 1])
        numbers ^= lowest
    return found


def _other_places(passages: Passages, course: Sequence[Stretch]) -> Iterator[tuple[Stretch, str]]:
    """Where another course's code or another college stands."""
    text = passages.unquoted
    found = [(one, "FOREIGN") for one in COURSE_CODE.finditer(text)]
    found += [
        (one, "LONGCODE") for one, _ in found if sum(map(str.isdigit, one.group())) >= DIGITS_OF_LONG_CODE
    ]
    if any(part in text for part in _OF_COLLEGES):  # for speed
        found += [(one, name) for one in _COLLEGE.finditer(text) for name in ("FOREIGN", "COLLEGE")]
    for one, name in found:
        is_of_course = any(place.start < one.end() and one.start() < place.end for place in course)
        if not is_of_course and passages.link_at(one.start()) is None:
            yield Stretch(*one.span()), name


def _find_statement(words: Sequence[_Word], rules: Sequence[_Rule]) -> tuple[str, Sequence[_Word]]:
    """What the words of a sentence tell, and the kind of life; of another course only, where a word makes
    all of it a student's."""
    written = "".join([word.token.written for word in words])
    is_students = False
    for rule in rules:
        for found in () if is_students and rule.code != OTHER_COURSE else rule.pattern.finditer(written):
            first, last = (written.count(" ", 0, place) for place in found.span())
            if not _is_led(rule, words[max(0, first - NEAR) : first], words[first:last]):
                continue
            is_students = any(one.pattern.search(written) for one in _OF_STUDENTS)
            if not is_students or rule.code == OTHER_COURSE:
                return rule.code, words[first:last]
            break
    return "", ()


def _is_led(rule: _Rule, before: Sequence[_Word], told: Sequence[_Word]) -> bool:
    """Whether a life is led now: not planned or supposed; and whether whoever it names does more in it
    than hear of the post ("I read it to my husband")."""
    is_supposed = bool(before) and "IF" in before[-1].token.classes and "MY" not in told[0].token.classes
    if "I" in told[0].token.classes:  # "What they can do I do with my class" is no plan
        before = [word for word in before if "MODAL" not in word.token.classes]
    is_planned = not rule.is_plain and any("PLAN" in word.token.classes for word in before)
    only_hears = bool(before) and "HEARS" in before[-1].token.classes and "PARTNER" in told[-1].token.classes
    return not (is_supposed or is_planned or only_hears)


def _read_words(
    text: str, start: int, end: int, places: Sequence[tuple[Stretch, str]], year: int
) -> Iterator[_Word]:
    before = ""
    for found in _WORDS.finditer(text, start, end):
        first, last = found.span()
        written = found.group()
        if written == "." and before in TITLES:
            continue  # "Ms. Parent"
        if written[1:].islower() and (two := _TWO_IN_ONE.get(written.lower())):
            yield _Word(first, first + 1, _token(two[0]))
            yield _Word(first + 1, last, _token(two[1]))
            continue
        token = _token(written)
        here = [name for place, name in places if place.holds(first)] if places else ()
        if before in TITLES:
            here = ["NAME"]
        before = token.small
        if here and "MY" not in token.classes:  # "My" is a given name as well
            token = _of_classes(token.small, frozenset({*here, "WORD"}))
        elif "YEAR" in token.classes and token.small.isdigit() and int(token.small) < year - 1:
            token = _of_classes(token.small, token.classes | {"PASTYEAR"})
        yield _Word(first, last, token)


@lru_cache(maxsize=8192)
def _token(written: str) -> _Token:
    small = _in_small(written)
    classes = _classes(small)
    return _of_classes(small, classes | {"CAPITAL"} if written[0].isupper() else classes)


def _of_classes(small: str, classes: frozenset[str]) -> _Token:
    return _Token(small, classes, f"{small}/{'/'.join(classes)}/ ")


def _in_small(written: str) -> str:
    return written[:LONGEST_WORD].lower().replace("’", "'")


@lru_cache(maxsize=8192)
def _needs_met_by(written: str) -> int:
    """The needs of rules that a word meets as it is written, whatever stands around it."""
    small = _in_small(written)
    both = _TWO_IN_ONE.get(small, ())
    known = {small, *both, "CAPITAL"}.union(*map(_classes, (small, *both)))
    return _needs_met(known | {"PASTYEAR"} if "YEAR" in known else known)


def _needs_met(symbols: Iterable[str]) -> int:
    return reduce(or_, (_MEETS.get(one, 0) for one in symbols), 0)


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
