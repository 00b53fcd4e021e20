"""What happens to a blog, a post or a comment once it is there, each event with its instant (aware, UTC).

What can be seen at an instant follows from the events up to it: `blogs` draws that conclusion, and
the platforms' modules show it in their documents.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class BlogChange(StrEnum):
    APPROVED = "approved"  # a held comment is let through by the blog's owner, with its old date
    EDITED = "edited"  # text: the new HTML; number and date stay
    REMOVED = "removed"  # text: the sentence that Blogger leaves in the comment's place, "" for none
    RESTORED = "restored"
    RENAMED = "renamed"  # text: the post's new slug, and with it another address
    MOVED = "moved"  # text: the blog's new host name; the old one redirects there for good
    SECURED = "secured"  # the blog is at https from then on, and plain http redirects there for good


@dataclass(frozen=True, slots=True)
class BlogEvent:
    at: datetime
    change: BlogChange
    text: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until just before `end` (None: still so)."""

    start: datetime
    end: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(eq=False, slots=True)
class Eventful:
    """Something on a blog with its events, the earliest first."""

    events: list[BlogEvent] = field(default_factory=list, init=False)

    def record(self, at: datetime, change: BlogChange, text: str = "") -> None:
        """Let `change` happen at `at`. Events may be recorded in any order."""
        insort(self.events, BlogEvent(at, change, text), key=lambda event: event.at)

    def texts(self, change: BlogChange, now: datetime) -> list[str]:
        """The texts of all such events until `now`, the latest last."""
        return [event.text for event in self.events if event.change is change and event.at <= now]
