"""Names as people write them -> comparable keys, and the forms in which a student's name is written.

Which student a name speaks for is left to `evidence`. Names are never compared by sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from nicknames import NickNamer

from tracker.matching.diminutives import diminutives_of
from tracker.matching.word_tables import read_tables, words_of

_TABLES = read_tables("name_words")
TITLES = words_of(_TABLES["titles"])
SUFFIXES = words_of(_TABLES["suffixes"])
DEGREES = words_of(_TABLES["degrees"])
_EARNED = words_of(_TABLES["earned"]) | DEGREES
SPEECH = words_of(_TABLES["speech"])
NOBODY = words_of(_TABLES["nobody"])
PARTICLES = words_of(_TABLES["particles"])
_EVERYDAY = words_of([line for lines in read_tables("pen_names").values() for line in lines])

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = re.compile(r"['’‘ʼ′`´ʻ＇]")
_PLAIN = re.compile(r"[A-Za-z0-9 .,'_-]*")
"""Nothing but case and blanks to fold, as in most names (for speed)."""
_NOT_A_NAME = frozenset({"Cf", "So", "Sk", "Sm", "Sc", "Co", "Cs", "Cn", "No"})
_LOOKALIKES = str.maketrans(
    "асеорхуіјѕкмтвнАВСЕНІЈКМОРЅТХУοανρικτυΑΒΕΗΙΚΜΝΟΡΤΥΧΖ",
    "aceopxyijskmtbhABCEHIJKMOPSTXYoavpiktuABEHIKMNOPTYXZ",
)
"""Cyrillic and Greek letters that look Latin (from the confusables of UTS 39)."""

PRONOUNS = re.compile(r"\b(?:she|he|they|ze|xe|ella|él|elle|il|sie|er)(?:\s*/\s*\w+){1,2}\b", re.IGNORECASE)
_ASIDE = re.compile(rf"[(\[{{][^)\]}}]*[)\]}}]|{PRONOUNS.pattern}", re.IGNORECASE)
"""What people put beside their name: brackets, pronouns."""
_SITE = re.compile(r"\s[|»«•·]\s|\s[–—-]\s")
_DOUBLED = {
    ord(char): pair
    for char, pair in zip("äöüøåæœß", ("ae", "oe", "ue", "oe", "aa", "ae", "oe", "ss"), strict=True)
}
_DROPPED = frozenset("øłđðæœþıħ")
_nicknames = NickNamer()


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as somebody wrote it. `key` is `name_key`, `squeezed` the same without blanks.

    `says_nothing` is True for "Anonymous" and the like, `is_handle` for one word that is no plain
    name, `is_joined` for one word read as several ("AnnSmith", but "SunnyApple" too), `titled` for
    "Mrs. Le", `mixed_script` for Latin mixed with Cyrillic or Greek.
    """

    shown: str
    key: str
    tokens: tuple[str, ...]
    says_nothing: bool = False
    is_handle: bool = False
    titled: bool = False
    mixed_script: bool = False
    is_joined: bool = False
    whole: tuple[str, ...] = ()
    """All words of the name, with titles and suffixes, which may be surnames ("Said", "Ii")."""

    @property
    def squeezed(self) -> str:
        return "".join(self.tokens)

    @property
    def degree(self) -> str:
        """The title or degree that nobody has who is still a student: "drmrs" of "Dr. Ann Le"."""
        beside = "".join(word for word in self.whole if word not in self.tokens)
        return beside if beside in _EARNED else ""

    @property
    def is_of_everyday_words(self) -> bool:
        """Whether it is a pen name on its face: nothing but words that no person is called by."""
        return _EVERYDAY.issuperset(self.tokens)

    @property
    def is_full(self) -> bool:
        """Whether it reads as given name and surname, none of them an initial only."""
        return (
            len(self.tokens) >= 2
            and not self.is_handle
            and min(len(self.tokens[0]), len(self.tokens[-1])) > 1
        )


def fold(text: str) -> str:
    """Case, marks, widths, emoji and invisible characters taken away; one blank between words."""
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The comparable form of a written name: "Smith, Dr. Ann-Marie" and "ann marie smith" are one."""
    return " ".join(_split_name(name).tokens)


def squeeze_name(name: str) -> str:
    """`name_key` without blanks: joined and split forms (McAdams, De La Cruz, O'Neil) fall together."""
    return name_key(name).replace(" ", "")


@lru_cache(maxsize=65536)
def read_name(name: str) -> WrittenName:
    """Read an author's name: what kind of name it is, and its comparable form."""
    split = _split_name(name)
    tokens = split.tokens
    mixed = is_mixed_script(name)
    squeezed = "".join(tokens)
    has_digit = any(char.isdigit() for char in squeezed)
    parts = tokens
    if len(tokens) == 1 and not has_digit:
        parts = _split_camel(name) or tokens
    return WrittenName(
        shown=name.strip(),
        key=" ".join(tokens),
        tokens=tuple(parts),
        says_nothing=squeezed in NOBODY or not any(char.isalpha() for char in squeezed),
        is_handle=has_digit or "@" in name or len([token for token in tokens if token not in PARTICLES]) > 5,
        titled=split.titled,
        mixed_script=mixed,
        is_joined=len(parts) > len(tokens),
        whole=split.whole,
    )


def is_mixed_script(name: str) -> bool:
    """Whether Latin letters stand beside Cyrillic or Greek ones, as in imitated names."""
    scripts = {unicodedata.name(char, "?").split(" ")[0] for char in name if char.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def skeleton(name: str) -> str:
    """The name with look-alike letters of other scripts made Latin; for proposing, never for accepting."""
    return name.translate(_LOOKALIKES)


def split_handle(squeezed: str, course_words: tuple[str, ...] = ()) -> str:
    """A handle without digits and course code: "annsmithedt320" and "annsmith22" give "annsmith"."""
    for word in course_words:
        squeezed = squeezed.replace(word, "")
    return re.sub(r"\d+", "", squeezed)


@lru_cache(maxsize=8192)
def nickname_forms(given: str) -> frozenset[str]:
    """Short forms of a given name and what it may be short for, both ways."""
    listed = frozenset(_nicknames.nicknames_of(given)) | frozenset(_nicknames.canonicals_of(given))
    return listed | diminutives_of(given)


def given_forms(given_name: str, preferred_name: str = "") -> dict[str, float]:
    """Every squeezed form a student's given name is written in -> bits it costs not to be the plain one."""
    forms: dict[str, float] = {}
    for written in (preferred_name, given_name):
        tokens = _registered_tokens(written)
        if not tokens:
            continue
        for spelling in spellings(written)[1:]:
            _keep_cheapest(forms, spelling.replace(" ", ""), 0.5)
        _keep_cheapest(forms, "".join(tokens), 0.0)
        if len(tokens) > 1:
            _keep_cheapest(forms, tokens[0], 0.0)
            for token in tokens[1:]:
                if len(token) > 1:
                    _keep_cheapest(forms, token, 0.5)
        for token in ("".join(tokens), *tokens):
            for nickname in nickname_forms(token):
                cost = 1.5 if token in tokens[1:] else 1.0
                _keep_cheapest(forms, fold(nickname).replace(" ", ""), cost)
    return forms


def surname_forms(family_name: str) -> dict[str, float]:
    """Every squeezed form of a surname: whole, and each half of a double one -> bits it costs."""
    tokens = _registered_tokens(family_name)
    if not tokens:
        return {}
    forms = {"".join(tokens): 0.0}
    for spelling in spellings(family_name)[1:]:
        _keep_cheapest(forms, spelling.replace(" ", ""), 0.5)
    kept = [token for token in tokens if token not in PARTICLES]
    for token in kept:
        if len(token) > 2 or len(kept) > 1:
            _keep_cheapest(forms, token, 0.5)
    if len(kept) > 1:
        _keep_cheapest(forms, "".join(kept), 0.5)
    if len(tokens) > 2:  # "de la Cruz Ortega": the first surname with its particles
        for end in range(2, len(tokens)):
            if tokens[end - 1] not in PARTICLES:
                _keep_cheapest(forms, "".join(tokens[:end]), 0.5)
    return forms


def spellings(name: str) -> tuple[str, ...]:
    """How a registered name is typed, folded: plainly first, then with two letters for an umlaut, without
    the letters that a keyboard lacks ("Søndergaard", "Sndergaard"), and with "Saint" for "St."."""
    plain = " ".join(_registered_tokens(name))
    saint = re.sub(r"\bst\b", "saint", re.sub(r"\bste\b", "sainte", plain))
    if name.isascii():
        return tuple(dict.fromkeys((plain, saint)))
    composed = unicodedata.normalize("NFC", name).casefold()
    doubled = " ".join(_registered_tokens(composed.translate(_DOUBLED)))
    dropped = " ".join(_registered_tokens("".join(char for char in composed if char not in _DROPPED)))
    is_bare = not _DROPPED.isdisjoint(composed)
    bare = " ".join(_registered_tokens("".join(filter(str.isascii, composed)))) if is_bare else ""
    return tuple(dict.fromkeys(form for form in (plain, doubled, dropped, bare, saint) if len(form) > 1))


def full_name_candidates(name: WrittenName) -> Iterator[str]:
    """Squeezed strings to look a written full name up by: all of it, without middle names, its ends."""
    if name.whole != name.tokens and not name.is_joined:
        yield "".join(name.whole)
    yield name.squeezed
    if len(name.tokens) > 2:
        yield "".join(
            [name.tokens[0], *(token for token in name.tokens[1:-1] if len(token) > 1), name.tokens[-1]]
        )
        yield name.tokens[0] + name.tokens[-1]
        if len(name.tokens[0]) == 1:
            yield name.tokens[1] + name.tokens[-1]


def _keep_cheapest(forms: dict[str, float], form: str, cost: float) -> None:
    forms[form] = min(cost, forms.get(form, cost))


def _fold_once(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return " ".join(text.casefold().split())
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("'", text)).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFD", text)
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category[0] == "M" and category != "Mc":
            continue
        if category == "Cc":
            kept.append(" ")
        elif category not in _NOT_A_NAME:
            kept.append(char)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


class _SplitName(NamedTuple):
    """A name's words, given name first, with and without titles and suffixes."""

    tokens: tuple[str, ...]
    titled: bool
    whole: tuple[str, ...]


def _split_name(name: str) -> _SplitName:
    """The folded words of a name. Of two words none is taken for a suffix or a verb: "Omar Said" is a
    given name and a surname."""
    written = fold(_SITE.split(_ASIDE.sub(" ", unescape(name)).strip() or name, maxsplit=1)[0])
    last, comma, first = written.partition(",")
    whole = _words_of(written)
    tokens = list(whole)
    if comma and _is_suffix(first):
        tokens = _words_of(last)
    elif comma and first.strip(" .") and "," not in first:
        whole = tokens = _words_of(f"{first} {last}")
    count = len(tokens)
    while len(tokens) > 1 and (tokens[0] in TITLES or (tokens[0] == "future" and tokens[1] in TITLES)):
        tokens = tokens[1:]
    titled = len(tokens) < count
    while len(tokens) > (1 if titled else 2) and tokens[-1] in SUFFIXES | SPEECH:
        tokens = tokens[:-1]
    return _SplitName(tuple(tokens), titled, tuple(whole))


def _words_of(written: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", written.replace("'", "")).split()


def _registered_tokens(name: str) -> list[str]:
    """The words of a given name or surname as the roster has it: nothing in it is a title or a suffix."""
    return _words_of(fold(name))


def _is_suffix(text: str) -> bool:
    words = re.sub(r"\W+", " ", text).split()
    return bool(words) and (all(word in SUFFIXES for word in words) or "".join(words) in DEGREES)


def _split_camel(name: str) -> tuple[str, ...]:
    """ "AnnSmith" -> ("ann", "smith"); () when the word is not written so. "McAdams" stays whole."""
    word = unescape(name).strip()
    if not re.fullmatch(r"(?:[A-Z][a-z]+){2,3}", word) or re.match(r"(?:Ma?c|De|La|Le|Van|O)[A-Z]", word):
        return ()
    return tuple(fold(part) for part in re.findall(r"[A-Z][a-z]+", word))
