"""What a writer tells of their own life, by grammar rather than by phrases: a present role, work, pupils
or children, years long ago.

Students tell of such things, too. But where nothing except a name speaks for a student, the same name may
be somebody else's, and whoever tells of a life of their own is then asked about. What readers say of what
they read (`data/own_life.txt`, "reactions") is no such statement; any other verb behind "I" is.

Tested in tests/matching/test_own_life.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracker.matching.word_tables import any_of, compile_any, read_tables, words_of
from tracker.text.passages import Passages, Stretch

_TABLES = read_tables("own_life")
_REACTIONS = words_of(_TABLES["reactions"])
_POSSESSIONS = words_of(_TABLES["possessions"])
_NO_ROLES = words_of(_TABLES["no roles"])
_SCHOOL_DAYS = words_of(_TABLES["school days"])
_NO_DEEDS = words_of(_TABLES["no deeds"])
_ADVERBS = words_of(_TABLES["adverbs"])
_MODALS = words_of(_TABLES["modals"])
_HARMLESS_PLACE = compile_any(_TABLES["harmless places"])
_NOT_YET = compile_any(_TABLES["not yet"])
STUDENT_NOW = compile_any(_TABLES["student now"])
_OWN_PUPILS = compile_any(_TABLES["own pupils"])
_RELATIVE = re.compile(rf"\b(?:my|our)\s+(?:\w+[ -]){{0,3}}?{any_of(_TABLES['relatives'])}", re.IGNORECASE)
_KIN = re.compile(rf"\s*\w+['’]s {any_of(_TABLES['kin'])}", re.IGNORECASE)
_BY_THE_WAY = compile_any(_TABLES["by the way"])
_TOLD = re.compile(any_of(_TABLES["told"]) + r"[^,.!?\n]{0,30}", re.IGNORECASE)
_AS_ROLE = re.compile(
    r"(?:^\s*|(?<=[.!?…:;,\n(-] ))[Aa]s "
    rf"(?!{any_of(_TABLES['not as'])})"
    r"(?:(?:an?|the)\s+)?(?P<role>(?:[^\W\d_][\w’'-]*\s+){0,6}?[^\W\d_][\w’'-]*)"
    r"(?:,?\s(?:I|we|my|this|it)\b|:)"
)
_JUST_A = re.compile(
    r"\s*(?:just|only) an? (?!(?:\w+ )?(?:question|thought|note|comment|idea|student)\b)[a-z]+", re.IGNORECASE
)

_ADVERB = rf"(?:{'|'.join(sorted(_ADVERBS))}|can['’]?t|[a-z]+n['’]t|[a-z]+ly)"
_CLAUSE = re.compile(
    r"(?:\b[Ii]|(?:^\s*|[,;:(–—-]\s*|\b(?:and|but|so|As|as) )[Ww]e)"
    r"(?:['’]?(?P<clitic>m|ve)|['’](?P<other>re|d|ll|s)|(?=\s))\s+"
    rf"(?:{_ADVERB}\s+)*(?P<verb>[^\W\d_]+)"
    r"(?=(?P<rest>[^.!?\n]{0,90}))"
)
_BE = frozenset({"am", "are", "was", "were", "been", "being"})
_NOW = frozenset({"am", "are"})
_HAVE = frozenset({"have", "had", "has"})
_PLACES = frozenset({"on", "in", "at", "with", "from"})
_ROLE = re.compile(
    rf"^\s*(?:{_ADVERB}\s+)*(?P<article>an?|the|your|one|on|in|at|with|from|part|head|chair|\d+)\s+"
    r"(?P<words>(?:[^\W\d_][\w’'-]*\s*|\d+\s*){1,6})"
)
_MINE = re.compile(r"\b(?:[Mm]y|[Oo]ur)(?: own)? (?P<words>(?:[^\W_][\w’'-]*\s*){1,4})")
_ENDS_NOUN = re.compile(
    r"\b(?:at|in|on|of|with|for|to|about|and|or|we|I|is|are|was|were|has|have|had|when|who)\b"
)
_ONES_OLD_SCHOOL = re.compile(
    r"(?:high|middle|elementary|primary|grade|grammar|law|graduate) school$|(?:\w+ )?teachers?\b"
)
_NUMBER = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:[- ]\w+)?"
    r"|many|several|countless)"
)
_AGE = re.compile(rf"\s*{_NUMBER}(?:[- ]\w+)?\b(?! (?:of|times|percent))", re.IGNORECASE)
_LONG_AGO = re.compile(
    rf"(?<!in )\b{_NUMBER}\+? (?:\w+ )?(?:years?|decades?|semesters)\b(?! (?:old|from|later))"
    rf"|{any_of(_TABLES['long ago'])}|(?<![\d/#])(?:19[4-9]|20[0-4])\d(?![\d/])",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:[Ii]|[Ww]e|[Mm]y|[Oo]ur|me|[Ii]m|[Ii]ve)\b")
_AND_I = re.compile(r"\s*(?:,|and|&)\s*I\b")
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class OwnLife(Stretch):
    """A statement about a life of the writer's own: the sentence it stands in, and its words."""

    words: str


def find_own_lives(passages: Passages) -> tuple[OwnLife, ...]:
    """The first such statement of each sentence that has one."""
    text = passages.unquoted
    found = []
    for start, end in pairwise((*passages.sentence_starts, len(text))):
        sentence = text[start:end]
        words = next(_statements(sentence), "")
        if words and not (_NOT_YET.search(sentence) or STUDENT_NOW.search(sentence)):
            found.append(OwnLife(start, end, " ".join(words.split())[:LONGEST_SHOWN]))
    return tuple(found)


def _statements(sentence: str) -> Iterator[str]:
    yield from _roles(sentence)
    if _is_about_a_relative(sentence):
        return
    yield from (found.group() for found in _CLAUSE.finditer(sentence) if _tells(found))
    yield from (found.group() for found in _MINE.finditer(sentence) if _is_of_a_life(found["words"]))
    ago = _LONG_AGO.search(sentence)
    if ago is not None:
        yield ago.group()


def _roles(sentence: str) -> Iterator[str]:
    """ "As a nurse I": whoever says so tells what they are; students are students or readers."""
    for found in _AS_ROLE.finditer(sentence):
        if not _is_students(found["role"]):
            yield found.group()
    told = _TOLD.search(sentence) or _JUST_A.match(sentence)
    if told is not None:
        yield told.group()


def _is_about_a_relative(sentence: str) -> bool:
    """Whether a sentence begins with somebody of the writer's: "My aunt teaches", not "My wife and I"."""
    about = _RELATIVE.search(sentence) if _MINE.search(sentence) else None
    return about is not None and not (
        _AND_I.match(sentence, about.end())
        or any(one.start() < about.start() for one in _FIRST_PERSON.finditer(sentence))
    )


def _tells(clause: re.Match[str]) -> bool:
    """Whether a clause behind "I" or "we" says something else than a reader's answer to what they read."""
    clitic, verb, rest = clause["clitic"] or clause["other"] or "", clause["verb"].lower(), clause["rest"]
    if clitic in {"d", "ll"} or verb in _MODALS:
        return False
    if clitic in {"m", "re"}:
        return _tells_role(f" {clause['verb']}{rest}", is_now=True)
    if clitic == "ve" or verb in _HAVE:
        words = f"{verb} {rest}" if clitic == "ve" else rest
        return _tells_of_having(words)
    if verb in _BE:
        return _tells_role(rest, is_now=verb in _NOW)
    if verb == "used":
        return rest.lstrip().startswith("to ")
    return verb not in _REACTIONS and _BY_THE_WAY.search(f"{verb}{rest}") is None


def _tells_of_having(rest: str) -> bool:
    """Whether a deed or pupils stand behind "have": "I have supervised", but "I've a question"."""
    words = [word for word in rest.lower().replace(",", " ").split() if word not in _ADVERBS]
    if words[:1] == ["been"]:
        return _tells_role(" " + rest.partition("been")[2], is_now=False)
    is_deed = bool(words) and words[0].endswith(("ed", "en", "ught")) and words[0] not in _REACTIONS
    return is_deed or _OWN_PUPILS.search(rest) is not None


def _tells_role(rest: str, *, is_now: bool) -> bool:
    """Whether a role, a deed, a place or an age stands behind "am" or "was"."""
    first = next((word.lower().strip(",.") for word in rest.split()), "")
    if (first.endswith("ing") and first not in _REACTIONS | _NO_DEEDS) or _KIN.match(rest):
        return True
    role = _ROLE.match(rest)
    if role is None:
        return _AGE.match(rest) is not None
    if role["article"] in _PLACES:
        is_name = role["words"][0].isupper() and is_now  # "I'm in EDT 320", "I'm from Peru"
        is_back_then = not is_now and role["words"].startswith("your ")
        return not is_name and (is_back_then or _HARMLESS_PLACE.match(role["words"]) is None)
    return not (_is_students(role["words"]) or role["words"].startswith("one who"))


def _is_students(role: str) -> bool:
    """Whether a student may call themselves so: "a shy person", "a future teacher"."""
    return any(word.lower().strip(",") in _NO_ROLES for word in role.split())


def _is_of_a_life(words: str) -> bool:
    """Whether words behind "my" name pupils, children or work: "third graders of mine", not "old school"."""
    noun = [
        word.lower().rstrip(",").removesuffix("'s").removesuffix("’s")
        for word in _ENDS_NOUN.split(words, maxsplit=1)[0].split()
    ]
    return (
        any(word in _POSSESSIONS for word in noun[:3])
        and not _SCHOOL_DAYS.intersection(noun)
        and _ONES_OLD_SCHOOL.match(" ".join(noun)) is None
    )
