"""How one comment was matched, as its page shows it: plain values, in the words of its reader.

Tested in tests/queries/review/test_how_matched.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.arrival import Arrival
from tracker.domain.history import HistoryLine


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence in a sentence. `seen` is what stood in the comment, `known` what we hold,
    `where` the place it was seen; "" where there is nothing to show, or nothing the reader may see."""

    says: str
    seen: str
    known: str
    where: str
    bits: float
    is_against: bool
    veto: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What counts for and against one student. `start` is the sum before any evidence."""

    enrollment_id: int
    name: str
    section: str
    level: str
    bits: float
    probability: float
    start: float
    signs: tuple[Sign, ...]

    @property
    def against(self) -> tuple[Sign, ...]:
        return tuple(one for one in self.signs if one.is_against)

    @property
    def reasons(self) -> tuple[Sign, ...]:
        return tuple(one for one in self.signs if not one.is_against)

    @property
    def strongest(self) -> tuple[Sign, ...]:
        """The strongest contradiction and the strongest reason, as far as there are any."""
        found = (
            min(self.against, key=lambda one: one.bits, default=None),
            max(self.reasons, key=lambda one: one.bits, default=None),
        )
        return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class HowMatched:
    """The whole page.

    `says` answers whose it is in a sentence, `checking` why a person checks it again ("" if none does),
    `signed` how and where it is signed, `why_title` heads the evidence. `case` is that of the student it
    is matched to, in review that of the likeliest; `others` those not chosen, as far as the reader may
    see them, with `hidden` more.
    """

    comment_id: int
    verdict: str
    signed: str
    url: str
    says: str
    checking: str
    why_title: str
    case: Case | None
    without_case: str
    """Why there is no case to show."""
    others: tuple[Case, ...]
    hidden: int
    history: tuple[HistoryLine, ...]
    disagreement: str
    """How what people decided and the evidence differ; "" when they do not."""
    arrival: Arrival
    rules_version: str
    is_decided: bool
