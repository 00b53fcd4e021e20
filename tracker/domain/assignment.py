"""The work asked, as an immutable value. Judging it is left to `grading`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class RequirementKind(StrEnum):
    COMMENT = "comment"
    SUMMARY = "summary"


class Floor(StrEnum):
    """What falling short of a length means: a note beside the verdict, or no credit."""

    HINT = "hint"
    REQUIRED = "required"


class HeldCredit(StrEnum):
    """What a comment held in moderation earns with a receipt on time (PRODUCT §5)."""

    PROVISIONAL = "provisional"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """Aware instants in UTC: from `opens_at` (None: any time before) until just before `due_at`.

    A due time typed as 23:59 admits the whole minute, so `due_at` is the start of the next one.
    """

    due_at: datetime
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Work of this title is due just before `due_at`, aware, in UTC: when blogs are worth a look."""

    due_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One part of the terms, judged by itself. `key` is stable: comment-1, comment-2, summary."""

    key: str
    kind: RequirementKind
    title: str
    window: Window


@dataclass(frozen=True, slots=True)
class CommentsRule:
    """`count` comments on the blog allocated to the student, inside the window."""

    count: int
    window: Window
    different_posts: bool = True
    min_words: int = 0
    floor: Floor = Floor.HINT


@dataclass(frozen=True, slots=True)
class SummaryRule:
    """One post on the student's own class blog that links what was commented on.

    `names` are the titles and labels by which such a post is recognised ("C4T #2"), compared
    without case, blanks and punctuation.
    """

    window: Window
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignmentTerms:
    """One version of an assignment's rule. `points` None means satisfactory / not yet only.

    The C4T bundle (EDM 310): comments on an allocated blog, then a summary on the class blog,
    each with its own due time; all of it, or it is not yet satisfactory.
    """

    title: str
    comments: CommentsRule
    summary: SummaryRule | None = None
    points: Decimal | None = None
    template: str = "c4t"
    held: HeldCredit = HeldCredit.PROVISIONAL
    version: int = 1

    def requirements(self) -> tuple[Requirement, ...]:
        """The parts in the order in which they are done and shown."""
        parts = [
            Requirement(f"comment-{n}", RequirementKind.COMMENT, f"Comment {n}", self.comments.window)
            for n in range(1, self.comments.count + 1)
        ]
        if self.summary is not None:
            parts.append(Requirement("summary", RequirementKind.SUMMARY, "Summary post", self.summary.window))
        return tuple(parts)
