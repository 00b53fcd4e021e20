"""What a rule can ask of a text, in words: the unit of what is counted, a phrase for what is there or not."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.traits import TRAITS, Trait, TraitKind
from tracker.wording.numbers import say_count

UNITS: Mapping[Trait, str] = {
    Trait.WORDS: "word",
    Trait.SENTENCES: "sentence",
    Trait.CHARACTERS: "character",
    Trait.PARAGRAPHS: "paragraph",
    Trait.LINKS: "link",
    Trait.QUESTIONS: "question",
}
PHRASES: Mapping[Trait, str] = {
    Trait.INTRODUCES: "say who you are",
    Trait.REFERS: "respond to something in the post",
    Trait.MORE_THAN_PRAISE: "say more than praise",
}
ABSENT: Mapping[Trait, str] = {
    Trait.INTRODUCES: "It does not say who writes; the rule asks for it.",
    Trait.REFERS: "Nothing in it takes up the post; the rule asks for it.",
    Trait.MORE_THAN_PRAISE: "It praises and says no more; the rule asks for more.",
}
"""An item that lacks what is there or not."""
SHORT: Mapping[TraitKind, str] = {
    TraitKind.LENGTH: "a shorter one",
    TraitKind.COUNT: "one without",
    TraitKind.PRESENCE: "one that does not",
}
"""An item that has less of a trait than the rule asks for."""


def say_trait(trait: Trait, number: int) -> str:
    """ "50 words", "1 link", "say who you are"."""
    return PHRASES[trait] if TRAITS[trait] is TraitKind.PRESENCE else say_count(number, UNITS[trait])


def say_trait_label(trait: Trait) -> str:
    """ "Words", "Say who you are": the trait's name in a form."""
    return (PHRASES[trait] if TRAITS[trait] is TraitKind.PRESENCE else f"{UNITS[trait]}s").capitalize()
