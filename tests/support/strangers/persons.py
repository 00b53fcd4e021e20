"""An invented person: the name in all the ways it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.support.strangers.name_stock import NameStock
from tests.support.strangers.stocks import COUNTRIES, DIMINUTIVES, ENGLISH_NAMES, STOCKS

PARTICLES = re.compile(
    r"^(?:(?:van|den|der|de|la|los|del|da|dos|do|von|ter|zu|zur|al|el|bin|abu|mac|ní)[ -]|'t )+",
    re.IGNORECASE,
)
SURNAME = re.compile(r"(?:(?:de|del|da|do|dos|la|los) )*\S+")
UNDECOMPOSED = str.maketrans(
    {"ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ł": "l", "ı": "i"} | {"ʻ": ""}
)


def plain(text: str) -> str:
    """The text without accents and other marks on letters."""
    decomposed = unicodedata.normalize("NFKD", text.translate(UNDECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def squeeze(text: str) -> str:
    """Plain lower-case letters and digits only, as in an address."""
    return re.sub(r"[^a-z0-9]", "", plain(text).lower())


@dataclass(frozen=True)
class Person:
    """Somebody's name. `preferred` is what friends say, `former` a surname before marriage or after it."""

    given: str
    family: str
    gender: str
    culture: str
    middle: str = ""
    preferred: str = ""
    former: str = ""

    @property
    def stock(self) -> NameStock:
        """The names of this person's culture."""
        return STOCKS[self.culture]

    @property
    def has_one_name(self) -> bool:
        """Whether the person's culture has no surnames."""
        return not any(self.stock.families)

    @property
    def call(self) -> str:
        """The name the person goes by."""
        return self.preferred or self.given

    @property
    def diminutive(self) -> str:
        """A short form nobody registered, or the first part of the given name."""
        return DIMINUTIVES[self.culture].get(self.given, self.preferred or self.spoken_part)

    @property
    def spoken_part(self) -> str:
        """The word of the given name that is said: the last in Vietnam or after "Md" or "Ma."."""
        parts = self.given.split()
        return parts[-1] if self.stock.last_part_spoken or parts[0] in {"Md", "Ma."} else parts[0]

    @property
    def short_family(self) -> str:
        """The one of two surnames that is kept when only one is written."""
        if self.stock.two_surnames:
            return SURNAME.findall(self.family)[-1 if self.stock.last_surname_counts else 0]
        return self.family.split("-")[0] if self.stock.double_barrelled else self.family

    @property
    def bare_family(self) -> str:
        """The surname without its particles."""
        family = self.short_family if self.stock.last_surname_counts else self.family
        return PARTICLES.sub("", family) or family

    @property
    def initials(self) -> str:
        """First letters of given name and surname."""
        return (self.call[:1] + self.bare_family[:1]).upper()

    def given_forms(self) -> set[str]:
        """Every way the given name may be written, squeezed."""
        names = {self.given, self.preferred, self.spoken_part, self.diminutive}
        return {squeeze(name) for name in names if name}

    def family_forms(self) -> set[str]:
        """Every way the surname may be written, squeezed."""
        return {squeeze(name) for name in (self.family, self.short_family, self.bare_family)}


def draw_person(rng: Random, weights: Mapping[str, int]) -> Person:
    """A person of a culture drawn by weight."""
    culture = rng.choices(list(weights), list(weights.values()))[0]
    stock = STOCKS[culture]
    gender = rng.choices("fm", (62, 38))[0]
    given = rng.choice(stock.women if gender == "f" else stock.men)
    family = rng.choice(stock.families)
    if stock.everyday and rng.random() < 0.5:  # an everyday word in one of the two names only
        family = rng.choice(STOCKS[stock.common].families)
    elif stock.words and rng.random() < 0.12:
        family = rng.choice(STOCKS[stock.words].families)
    if stock.two_surnames and rng.random() < 0.7:
        second = rng.choice([name for name in stock.families if name != family])
        family = f"{family} {second}"
    return Person(
        given=given,
        family=family,
        gender=gender,
        culture=culture,
        middle=_middle(rng, culture, given, gender),
        preferred=_preferred(rng, culture, given),
        former=_former(rng, gender, culture, family),
    )


def _middle(rng: Random, culture: str, given: str, gender: str) -> str:
    stock = STOCKS[culture]
    if not stock.middle_names or rng.random() < 0.5:
        return ""
    stock = STOCKS[stock.common] if stock.everyday else stock
    return rng.choice([name for name in (stock.women if gender == "f" else stock.men) if name != given])


def _preferred(rng: Random, culture: str, given: str) -> str:
    if culture in ENGLISH_NAMES and rng.random() < 0.4:
        return rng.choice(ENGLISH_NAMES[culture])
    return DIMINUTIVES[culture].get(given, "") if rng.random() < 0.15 else ""


def _former(rng: Random, gender: str, culture: str, family: str) -> str:
    stock = STOCKS[culture]
    if gender == "m" or not any(stock.families) or rng.random() < 0.88:
        return ""
    return rng.choice([name for name in STOCKS[stock.common].families if name != family])


def written_full(person: Person, rng: Random) -> str:
    """The full name as the person would write it under a text."""
    given = person.call if rng.random() < 0.75 else person.given
    if person.has_one_name:
        return person.given
    if person.stock.family_first and not person.preferred and rng.random() < 0.45:
        return f"{person.family} {given}"
    if person.short_family != person.family and rng.random() < 0.4:
        return f"{given} {person.short_family}"
    if person.middle and rng.random() < 0.12:
        return f"{given} {person.middle[0]}. {person.family}"
    return f"{given} {person.family}"


def person_slots(person: Person, rng: Random) -> dict[str, str]:
    """The slots that a person's own wordings and name fields fill in."""
    call, family = person.call, person.family
    slots = {
        "full": written_full(person, rng),
        "given": call if rng.random() < 0.85 else person.given,
        "call": call,
        "family": family,
        "family_i": person.bare_family[:1].upper(),
        "initial": call[:1].upper(),
        "given_i": call[:1].upper(),
        "initials": person.initials,
        "middle": person.middle,
        "middle_i": (person.middle or call)[:1],
        "dim": person.diminutive,
        "title": "Mr." if person.gender == "m" else rng.choice(["Miss", "Ms."]),
        "pronouns": "he/him" if person.gender == "m" else rng.choice(["she/her", "she/they"]),
        "short_family": person.short_family,
        "plain_family": plain(person.bare_family),
        "plain_call": plain(call),
        "country": COUNTRIES[person.culture],
    }
    for key in ("call", "given", "family", "dim", "family_i", "given_i"):
        slots[f"lower_{key}"] = slots[key].lower()
    own_given = person.given
    slots |= {"GIVEN": own_given.upper(), "FAMILY": family.upper(), "CALL": call.upper()}
    slots |= {"x_call": squeeze(call), "x_family": squeeze(family)}
    slots |= {"X_call": plain(call).replace(" ", ""), "X_family": plain(family).replace(" ", "")}
    return slots
