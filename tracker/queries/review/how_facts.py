"""How one comment was matched, as its page shows it: plain values, said for whoever reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
class Version:
    """What the blog sent, the first time or after a change; `source` is its form in words."""

    n: int
    seen_at: datetime
    source: str
    is_purged: bool
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and how the comment came. `posted` is what its blog says, on the course's clock."""

    posted: str
    first_seen_at: datetime
    way: str
    trigger: str
    last_look_before: datetime | None
    edited_at: datetime | None
    missed_at: datetime | None
    gone_since: datetime | None
    other_ids: int
    versions: tuple[Version, ...]

    @property
    def is_purged(self) -> bool:
        return bool(self.versions) and self.versions[-1].is_purged


@dataclass(frozen=True, slots=True)
class HowMatched:
    """The whole page.

    `says` answers whose it is in a sentence, `checking` why somebody looks at it again ("" if nobody
    does). `taken_for` is the name of the student it is linked to. `case` is theirs, in review that
    of the likeliest; `others` those not chosen, as far as the reader may see them, with `hidden` more.
    """

    comment_id: int
    verdict: str
    author: str
    blog: str
    post_title: str
    url: str
    says: str
    checking: str
    taken_for: str
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
