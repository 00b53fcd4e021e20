"""What a rule can ask of a text: each trait, how it is asked for, and why a text without it does not count.

A trait is measured as the field of its name in `domain.text.TextCounts`; its words are in `wording.traits`.

Tested in tests/wording/test_traits.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Trait(StrEnum):
    WORDS = "words"
    SENTENCES = "sentences"
    CHARACTERS = "characters"
    PARAGRAPHS = "paragraphs"
    LINKS = "links"
    QUESTIONS = "questions"
    INTRODUCES = "introduces"
    REFERS = "refers"
    MORE_THAN_PRAISE = "more-than-praise"


class TraitKind(StrEnum):
    """How a rule asks for a trait: a length and a count by number, a presence as there or not."""

    LENGTH = "length"
    COUNT = "count"
    PRESENCE = "presence"

    @property
    def reason(self) -> str:
        """Why a text does not count that has less than a rule requires."""
        return "too-short" if self is TraitKind.LENGTH else "lacks"


TRAITS: Mapping[Trait, TraitKind] = {
    Trait.WORDS: TraitKind.LENGTH,
    Trait.SENTENCES: TraitKind.LENGTH,
    Trait.CHARACTERS: TraitKind.LENGTH,
    Trait.PARAGRAPHS: TraitKind.LENGTH,
    Trait.LINKS: TraitKind.COUNT,
    Trait.QUESTIONS: TraitKind.COUNT,
    Trait.INTRODUCES: TraitKind.PRESENCE,
    Trait.REFERS: TraitKind.PRESENCE,
    Trait.MORE_THAN_PRAISE: TraitKind.PRESENCE,
}
"""In the order in which forms, files and sentences name them."""
