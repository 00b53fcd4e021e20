"""What a text has of what the terms ask for: one measure for every trait, one test for every condition.

A new condition (a rule primitive) begins as a trait in `domain.traits`.

Tested in tests/grading/judging/test_worth.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.assignment import REQUIRED, Condition, PartRule
from tracker.domain.reason import Reason
from tracker.domain.text import Aside, TextCounts
from tracker.domain.traits import TRAITS, Trait


@dataclass(frozen=True, slots=True)
class MeasuredItem:
    """How an item stands to the conditions: the percent it earns, why it does not count ("" when it
    does), and a remark for each condition that it falls short of."""

    earns: int
    refusal: str
    hints: tuple[Reason, ...]


def hold_against(part: PartRule, counts: TextCounts) -> MeasuredItem:
    """Hold a text against every condition of a part; the hardest that it falls short of decides."""
    short = [one for one in part.conditions if measure(one.trait, counts, part.counts) < one.at_least]
    earns = min((one.short_earns for one in short), default=100)
    refusing = [one for one in short if one.short_earns == REQUIRED]
    refusal = TRAITS[refusing[0].trait].reason if refusing else ""
    ordered = sorted(short, key=lambda one: one.short_earns)
    return MeasuredItem(earns, refusal, tuple(_short(one, counts, part.counts) for one in ordered))


def measure(trait: Trait, counts: TextCounts, counted: Iterable[Aside] = ()) -> int:
    """How much of a trait a text has; what is there or not is 1 or 0. `counted` kinds of text that are
    set aside by default count as own words."""
    if trait is Trait.WORDS:
        wanted = frozenset(counted)
        return counts.words + sum(words for kind, words in counts.aside if kind in wanted)
    if trait is Trait.MORE_THAN_PRAISE:
        return int(not counts.praise_only)
    return int(getattr(counts, trait.value))


def _short(one: Condition, counts: TextCounts, counted: Iterable[Aside]) -> Reason:
    has = measure(one.trait, counts, counted)
    return Reason(f"short-{one.trait.value}", {"has": has, "asked": one.at_least})
