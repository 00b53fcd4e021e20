"""The bounds by which a course's comments are decided, for pages that show their numbers.

Tested in tests/web/instructor/review/test_comments.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.matching.decide import ACCEPT_GAP_BITS, RULES_VERSION
from tracker.queries.matching.match_inputs import load_signs


@dataclass(frozen=True, slots=True)
class RulesNow:
    """`accept` and `review` are probabilities, `gap` is in bits; of the rules as they are now, which
    stored answers may be older than."""

    version: str
    accept: float
    gap: float
    review: float


def load_rules_now(session: Session, course_id: int) -> RulesNow:
    signs = load_signs(session, course_id)
    return RulesNow(RULES_VERSION, signs.accept_at, ACCEPT_GAP_BITS, signs.review_at)
