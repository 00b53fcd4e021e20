"""What a text has of what the terms ask for: one measure for every trait, one test for every condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.assignment import REQUIRED, Condition, PartRule
from tracker.domain.text import Aside, TextCounts
from tracker.domain.traits import TRAITS, Trait
from tracker.grading.words import say_count

_UNITS = {
    Trait.WORDS: "word",
    Trait.SENTENCES: "sentence",
    Trait.CHARACTERS: "character",
    Trait.PARAGRAPHS: "paragraph",
    Trait.LINKS: "link",
    Trait.QUESTIONS: "question",
}
_ABSENT = {
    Trait.INTRODUCES: "It does not say who writes; the rule asks for it.",
    Trait.REFERS: "Nothing in it takes up the post; the rule asks for it.",
    Trait.MORE_THAN_PRAISE: "It praises and says no more; the rule asks for more.",
}


@dataclass(frozen=True, slots=True)
class Held:
    """How an item stands to the conditions: the percent it earns, why it does not count ("" when it
    does), and a remark for each condition that it falls short of."""

    earns: int
    refusal: str
    hints: tuple[str, ...]


def hold_against(part: PartRule, counts: TextCounts) -> Held:
    """Hold a text against every condition of a part; the hardest that it falls short of decides."""
    short = [one for one in part.conditions if measure(one.trait, counts, part.counts) < one.at_least]
    earns = min((one.short_earns for one in short), default=100)
    refusing = [one for one in short if one.short_earns == REQUIRED]
    refusal = TRAITS[refusing[0].trait].reason if refusing else ""
    ordered = sorted(short, key=lambda one: one.short_earns)
    return Held(earns, refusal, tuple(_say_short(one, counts, part.counts) for one in ordered))


def measure(trait: Trait, counts: TextCounts, counted: Iterable[Aside] = ()) -> int:
    """How much of a trait a text has; what is there or not is 1 or 0. `counted` kinds of text that are
    set aside by default count as own words."""
    if trait is Trait.WORDS:
        wanted = frozenset(counted)
        return counts.words + sum(words for kind, words in counts.aside if kind in wanted)
    if trait is Trait.MORE_THAN_PRAISE:
        return int(not counts.praise_only)
    return int(getattr(counts, trait.value))


def say_trait(trait: Trait, number: int) -> str:
    """ "50 words", "1 link"."""
    return say_count(number, _UNITS[trait])


def _say_short(one: Condition, counts: TextCounts, counted: Iterable[Aside]) -> str:
    if one.trait in _ABSENT:
        return _ABSENT[one.trait]
    has = measure(one.trait, counts, counted)
    found = say_trait(one.trait, has) if has else f"No {_UNITS[one.trait]}"
    return f"{found}; the rule asks for {one.at_least}."
