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

from nicknames import NickNamer

TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "madam",
        "sra",
        "senora",
        "herr",
        "frau",
        "mme",
    }
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "edd", "esq"})
SPEECH = frozenset({"said", "says", "wrote", "writes"})
NOBODY = frozenset(
    [
        "anonymous",
        "anon",
        "anonymously",
        "unknown",
        "guest",
        "visitor",
        "nobody",
        "noname",
        "none",
        "user",
        "me",
        "student",
        "astudent",
        "blogger",
        "admin",
        "legacyuser",
        "someone",
        "reader",
        "anonym",
        "anonyme",
        "anonimo",
        "gast",
        "invite",
        "invitado",
    ]
)
"""Squeezed author names that name nobody, among them what platforms put where a name is missing."""

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

    @property
    def squeezed(self) -> str:
        return "".join(self.tokens)

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
    return " ".join(_name_tokens(name)[0])


def squeeze_name(name: str) -> str:
    """`name_key` without blanks: joined and split forms (McAdams, De La Cruz, O'Neil) fall together."""
    return name_key(name).replace(" ", "")


@lru_cache(maxsize=65536)
def read_name(name: str) -> WrittenName:
    """Read an author's name: what kind of name it is, and its comparable form."""
    tokens, titled = _name_tokens(name)
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
        is_handle=has_digit or len(tokens) > 5 or "@" in name,
        titled=titled,
        mixed_script=mixed,
        is_joined=len(parts) > len(tokens),
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
    return frozenset(_nicknames.nicknames_of(given)) | frozenset(_nicknames.canonicals_of(given))


def given_forms(given_name: str, preferred_name: str = "") -> dict[str, float]:
    """Every squeezed form a student's given name is written in -> bits it costs not to be the plain one."""
    forms: dict[str, float] = {}
    for written in (preferred_name, given_name):
        tokens = [token for token in name_key(written).split() if token]
        if not tokens:
            continue
        _keep_cheapest(forms, "".join(tokens), 0.0)
        if len(tokens) > 1:
            _keep_cheapest(forms, tokens[0], 0.0)
            for token in tokens[1:]:
                if len(token) > 1:
                    _keep_cheapest(forms, token, 0.5)
        for nickname in nickname_forms(tokens[0]):
            _keep_cheapest(forms, fold(nickname).replace(" ", ""), 1.0)
    return forms


def surname_forms(family_name: str) -> dict[str, float]:
    """Every squeezed form of a surname: whole, and each half of a double one -> bits it costs."""
    tokens = name_key(family_name).split()
    if not tokens:
        return {}
    forms = {"".join(tokens): 0.0}
    particles = {
        "de",
        "la",
        "del",
        "van",
        "von",
        "der",
        "den",
        "mc",
        "mac",
        "st",
        "di",
        "da",
        "dos",
        "le",
        "el",
        "al",
    }
    for token in tokens:
        if len(token) > 2 and token not in particles:
            _keep_cheapest(forms, token, 0.5)
    return forms


def full_name_candidates(name: WrittenName) -> Iterator[str]:
    """Squeezed strings to look a written full name up by: all of it, without middle names, its ends."""
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


def _name_tokens(name: str) -> tuple[tuple[str, ...], bool]:
    """The folded words of a name, given name first, and whether a title stood before it."""
    written = fold(re.split(r"\s[|»«]\s|\s[–—-]\s", unescape(name).strip(), maxsplit=1)[0])
    last, comma, first = written.partition(",")
    if comma and first.strip(" .") and "," not in first and not _is_suffix(first):
        written = f"{first} {last}"
    words = re.sub(r"[\W_]+", " ", written.replace("'", "")).split()
    tokens = list(words)
    while len(tokens) > 1 and tokens[0] in TITLES:
        tokens.pop(0)
    titled = len(tokens) < len(words)
    while len(tokens) > 1 and (tokens[-1] in SUFFIXES or tokens[-1] in SPEECH):
        tokens.pop()
    return tuple(tokens), titled


def _is_suffix(text: str) -> bool:
    words = re.sub(r"\W+", " ", text).split()
    return bool(words) and all(word in SUFFIXES for word in words)


def _split_camel(name: str) -> tuple[str, ...]:
    """ "AnnSmith" -> ("ann", "smith"); () when the word is not written so. "McAdams" stays whole."""
    word = unescape(name).strip()
    if not re.fullmatch(r"(?:[A-Z][a-z]+){2,3}", word) or re.match(r"(?:Ma?c|De|La|Le|Van|O)[A-Z]", word):
        return ()
    return tuple(fold(part) for part in re.findall(r"[A-Z][a-z]+", word))
