"""Every trait that a rule can ask for has its words."""

from __future__ import annotations

import pytest

from tracker.domain.text import TextCounts
from tracker.domain.traits import TRAITS, Trait, TraitKind
from tracker.grading.judging.measures import measure
from tracker.wording.traits import PHRASES, SHORT, UNITS, say_trait, say_trait_label


def test_a_trait_is_described_measured_and_worded() -> None:
    assert [*TRAITS] == [*Trait]
    assert {*UNITS} == {trait for trait, kind in TRAITS.items() if kind is not TraitKind.PRESENCE}
    assert {*PHRASES} == {trait for trait, kind in TRAITS.items() if kind is TraitKind.PRESENCE}
    assert {*SHORT} == {*TraitKind}
    assert all(measure(trait, TextCounts()) in {0, 1} for trait in Trait)


@pytest.mark.parametrize(
    ("trait", "number", "says", "label"),
    [
        (Trait.WORDS, 1_200, "1,200 words", "Words"),
        (Trait.LINKS, 1, "1 link", "Links"),
        (Trait.INTRODUCES, 1, "say who you are", "Say who you are"),
    ],
)
def test_a_trait_is_said_by_its_kind(trait: Trait, number: int, says: str, label: str) -> None:
    assert (say_trait(trait, number), say_trait_label(trait)) == (says, label)
