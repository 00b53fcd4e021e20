"""The bounds by which the rules decide, for pages that show their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.matching.decide import (
    ACCEPT_GAP_BITS,
    ACCEPT_PROBABILITY,
    REVIEW_PROBABILITY,
    RULES_VERSION,
)


@dataclass(frozen=True, slots=True)
class RulesNow:
    """`accept` and `review` are probabilities, `gap` is in bits; of the rules as they are now, which
    stored answers may be older than."""

    version: str = RULES_VERSION
    accept: float = ACCEPT_PROBABILITY
    gap: float = ACCEPT_GAP_BITS
    review: float = REVIEW_PROBABILITY


RULES = RulesNow()
