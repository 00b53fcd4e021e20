"""What one look delivered becomes rows: the frame that keeping posts and comments share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.feed import DispositionKind
from tracker.models import Disposition, Feed, Gap

T = TypeVar("T")


@dataclass
class Keeping:
    """One look being stored, inside one transaction.

    `at` is the instant of the look, `last_look_before` that of the last complete look at the
    same feed before it (None: this is the first).
    """

    session: Session
    blog_id: int
    feed_id: int
    poll_id: int
    at: datetime
    last_look_before: datetime | None
    hash_key: bytes
    new: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    """Comments whose evidence changed: new, edited, or known with more to go by than before."""
    posts_touched: set[int] = field(default_factory=set)
    known: int = 0
    unsure: bool = False
    """A comment was missing: the next look must read again, although nothing may have changed."""

    def last_look_before_item(self, stated_at: datetime | None) -> datetime | None:
        """The last look that would have shown an item stated at this time.

        One that fell into a gap was shown by no look, though looks went on: it counts from the
        gap's beginning, in the student's favour (MODEL §8).
        """
        last = self.last_look_before
        if last is None or stated_at is None or stated_at >= last:
            return last
        gap = self.session.scalars(
            select(Gap)
            .join(Feed, Feed.id == Gap.feed_id)
            .where(Feed.blog_id == self.blog_id, Gap.after_at <= stated_at, Gap.before_at >= stated_at)
            .order_by(Gap.after_at)
        ).first()
        return gap.after_at if gap is not None else last

    def dispose(
        self, kind: DispositionKind, entry_key: str, reason: str, comment_id: int | None = None
    ) -> None:
        self.session.add(
            Disposition(
                poll_id=self.poll_id,
                feed_id=self.feed_id,
                entry_key=entry_key[:600],
                comment_id=comment_id,
                kind=kind.value,
                reason=reason[:500],
            )
        )


def batches(items: Iterable[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Slices of at most `size`, because databases limit the values of one statement."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
