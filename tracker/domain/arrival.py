"""When and how a comment came to us, as plain values; `wording.arrival` says them.

Tested in tests/wording/test_arrival.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What the blog sent, the first time or after a change; `source` is its form in words. A placeholder is
    what it showed in place of a text that it hid."""

    n: int
    seen_at: datetime
    source: str
    is_purged: bool
    is_cut: bool
    is_placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and how the comment came. `posted` is what its blog says, on the course's clock;
    `way` and `trigger` are in words, "" where no check is known."""

    posted: str
    first_seen_at: datetime
    way: str
    trigger: str
    last_check_before: datetime | None
    edited_at: datetime | None
    missed_at: datetime | None
    gone_since: datetime | None
    other_ids: int
    versions: tuple[Version, ...]
    is_hidden: bool = False

    @property
    def is_purged(self) -> bool:
        return bool(self.versions) and self.versions[-1].is_purged
