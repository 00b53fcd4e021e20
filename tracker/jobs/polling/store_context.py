"""What one poll delivered becomes rows: the frame that keeping posts and comments share.

Tested in tests/jobs/polling/test_asked_at.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.feed import DispositionKind, StatedTime, TimeBasis
from tracker.jobs.rows import PendingRow, insert_plain
from tracker.models import Disposition, Feed, Gap, PostAlias

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Disposed:
    """What became of an entry; `comment` is the row it is about, or that row's id."""

    kind: DispositionKind
    entry_key: str
    reason: str
    comment: PendingRow | int | None


@dataclass
class Keeping:
    """One poll being stored, inside one transaction.

    `at` is the instant when the poll was asked for, `last_check_before` that of the last complete
    poll of the same feed before it (None: this is the first). `answered_at` is when all was
    answered, `stored_at` the present: later than `at` by as long as the poll waited its turn, and
    earlier only where the clock was put back meanwhile.
    """

    session: Session
    blog_id: int
    feed_id: int
    poll_id: int
    at: datetime
    last_check_before: datetime | None
    hash_key: bytes
    placeholders: frozenset[str] = frozenset()
    """Texts (their hashes) that stand in place of several different ones on this blog."""
    is_in_order: bool = False
    """Whether the document in hand shows its items in the order in which they were posted."""
    answered_at: datetime | None = None
    stored_at: datetime | None = None
    new: int = 0
    edited: list[PendingRow | int] = field(default_factory=list)
    touched_rows: list[PendingRow] = field(default_factory=list)
    touched_ids: set[int] = field(default_factory=set)
    has_changed_posts: bool = False
    known: int = 0
    unsure: bool = False
    """A comment was missing: the next poll must read again, although nothing may have changed."""
    recognized: set[int] = field(default_factory=set)
    """Comments, or posts of a feed of posts, that were surely shown before."""
    overlaps: bool = False
    """The feed itself showed a comment that its last complete poll knew."""
    has_namesakes: bool = False
    """The feed itself showed another comment under a number that one we hold has."""
    disposed: list[Disposed] = field(default_factory=list)

    @property
    def touched(self) -> set[int]:
        """Comments whose evidence changed: new, edited, or known with more to go by than before.
        Asked for once all rows are written."""
        return self.touched_ids | {row.id for row in self.touched_rows if row.id is not None}

    def last_poll_before_item(self, stated_at: datetime | None) -> datetime | None:
        """The last poll that would have shown an item stated at this time.

        One that fell into a gap was shown by no poll, though polls went on: it counts from the
        gap's beginning, in the student's favor (MODEL §8).
        """
        last = self.last_check_before
        if last is None or stated_at is None or stated_at >= last:
            return last
        fallen_into = (after for after, before in self._gaps if after <= stated_at <= before)
        return next(fallen_into, last)

    def shown_at(self, seen_at: datetime | None) -> datetime:
        """The last check that showed an item as it was before, of which the text was first seen at `seen_at`.

        What a document in the order of posting shows, the last check of the same place showed as well: an
        item only ever leaves its window. Of any other it is not known, and the first sight counts.
        """
        known = [one for one in (seen_at, self.last_check_before if self.is_in_order else None) if one]
        return min(max(known, default=self.at), self.at)

    def seen_at(self, stated: StatedTime) -> datetime:
        """When this poll saw an item that states this time: when it was asked for, not when it was
        stored, so that a poll begun before a due instant is one from before it.

        The asking serves both as the last poll *without* an item and as the first poll *with* it.
        As the former it is safe: what came later may be missing from the answer. As the latter it
        would be too early for what was written while a long poll was being answered: nobody can
        have seen that before its own time, by which it then goes. A time without a zone, and one
        beyond the answer (a clock that is ahead), prove nothing of the kind.
        """
        if self.answered_at is None or stated.at is None:
            return self.at
        has_zone = stated.basis in (TimeBasis.OFFSET, TimeBasis.FEED_ZONE)
        return stated.at if has_zone and self.at < stated.at <= self.answered_at else self.at

    def saw_before(self, first_seen_at: datetime, seen_at: datetime) -> bool:
        """Whether this poll, stored after another, had seen an item before that one did.

        Only if the present is past `first_seen_at`. Else the clock was put back between the two:
        then its earlier instants are not earlier, and must make nobody's comment so (reliability S8).
        """
        return seen_at < first_seen_at <= (self.stored_at or self.at)

    @cached_property
    def _gaps(self) -> list[tuple[datetime, datetime]]:
        rows = self.session.execute(
            select(Gap.after_at, Gap.before_at)
            .join(Feed, Feed.id == Gap.feed_id)
            .where(Feed.blog_id == self.blog_id, Gap.after_at.is_not(None))
            .order_by(Gap.after_at)
        )
        return [(after, before) for after, before in rows if after is not None]

    def dispose(
        self, kind: DispositionKind, entry_key: str, reason: str, comment: PendingRow | int | None = None
    ) -> None:
        self.disposed.append(Disposed(kind, entry_key[:600], reason, comment))

    def write_dispositions(self) -> None:
        """All at once, when the rows they are about are written."""
        insert_plain(
            self.session,
            Disposition,
            [
                {
                    "poll_id": self.poll_id,
                    "feed_id": self.feed_id,
                    "entry_key": one.entry_key,
                    "comment_id": one.comment.id if isinstance(one.comment, PendingRow) else one.comment,
                    "kind": one.kind.value,
                    "reason": one.reason[:500],
                }
                for one in self.disposed
            ],
        )


def posts_named(session: Session, blog_id: int, names: Collection[str]) -> set[int]:
    """The posts of a blog that go by one of these names ("kind:key")."""
    found: set[int] = set()
    for batch in batches(sorted({name.partition(":")[2] for name in names})):
        rows = session.execute(
            select(PostAlias.post_id, PostAlias.kind, PostAlias.key).where(
                PostAlias.blog_id == blog_id, PostAlias.key.in_(batch)
            )
        )
        found.update(post_id for post_id, kind, key in rows if f"{kind}:{key}" in names)
    return found


def batches(items: Iterable[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Slices of at most `size`, because databases limit the values of one statement."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
