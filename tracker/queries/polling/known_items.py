"""What is held of a blog, for a poll to compare with.

Tested in tests/jobs/polling/test_term.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.domain.known import Known, KnownPost
from tracker.models import (
    Allocation,
    Comment,
    CommentAlias,
    Course,
    Feed,
    FeedState,
    Post,
    PostAlias,
    Receipt,
    ReceiptCheck,
    Run,
    Subscription,
)


def load_known(
    session: Session, blog_id: int, *, post_id: int | None = None, fully_checked_at: datetime | None = None
) -> Known:
    """The comments and posts of a blog; `post_id` comes before all other posts. `fully_checked_at` is the
    feed's last complete poll."""
    keys: set[str] = set()
    overlap: set[str] = set()
    rows = session.execute(
        select(CommentAlias.kind, CommentAlias.key, Comment.first_seen_at)
        .join(Comment, Comment.id == CommentAlias.comment_id)
        .where(CommentAlias.blog_id == blog_id, CommentAlias.ambiguous.is_(False))
    )
    for kind, key, first_seen_at in rows:
        keys.add(f"{kind}:{key}")
        if fully_checked_at is not None and first_seen_at <= fully_checked_at:
            overlap.add(f"{kind}:{key}")
    posts = load_known_posts(session, {blog_id}).get(blog_id, {})
    ordered = sorted(posts, key=lambda one: one != post_id)
    held, unsure = session.execute(
        select(func.count(case((Comment.missed_at.is_(None), 1))), _unsure()).where(
            Comment.blog_id == blog_id, Comment.merged_into_id.is_(None)
        )
    ).one()
    return Known(
        keys=frozenset(keys),
        overlap=frozenset(overlap),
        posts=tuple(posts[one] for one in ordered),
        held=held,
        unsure=unsure > 0,
    )


def load_known_posts(session: Session, blog_ids: Collection[int]) -> dict[int, dict[int, KnownPost]]:
    """blog -> post -> what is held of it, the newest post first."""
    counts = {
        post_id: (held, unsure)
        for post_id, held, unsure in session.execute(
            select(Comment.post_id, func.count(case((Comment.missed_at.is_(None), 1))), _unsure())
            .where(Comment.blog_id.in_(blog_ids), Comment.merged_into_id.is_(None))
            .group_by(Comment.post_id)
        )
    }
    aliases = session.execute(
        select(PostAlias.post_id, PostAlias.kind, PostAlias.key).where(PostAlias.blog_id.in_(blog_ids))
    )
    keys = grouped((post_id, f"{kind}:{key}") for post_id, kind, key in aliases)
    found: dict[int, dict[int, KnownPost]] = defaultdict(dict)
    rows = session.execute(
        select(
            Post.id,
            Post.blog_id,
            Post.url,
            Post.comments_url,
            Post.comments_unread,
            Post.is_stub,
            Post.comments_asked_at,
        )
        .where(Post.blog_id.in_(blog_ids), Post.merged_into_id.is_(None))
        .order_by(func.coalesce(Post.posted_at, Post.first_seen_at).desc(), Post.id.desc())
    )
    for post_id, blog_id, url, comments_url, unread, is_stub, asked_at in rows:
        held, unsure = counts.get(post_id, (0, 0))
        found[blog_id][post_id] = KnownPost(
            url=url,
            keys=frozenset(keys.get(post_id, ())),
            comments_url=comments_url,
            held=held,
            unread=unread,
            unsure=unsure > 0,
            is_stub=is_stub,
            asked_at=asked_at,
        )
    return found


def _unsure() -> ColumnElement[int]:
    return func.count(case((Comment.missed_at.is_not(None) & Comment.gone_since.is_(None), 1)))


@dataclass(frozen=True)
class Beginning:
    """From when on a course cares for a blog's comments."""

    blog_id: int
    role: str
    since: datetime
    nightly: tuple[time, ZoneInfo]


BEFORE = timedelta(days=30)
"""A course without a term start cares for what was written so long before it followed a blog."""


def load_beginnings(session: Session, blog_ids: Collection[int]) -> list[Beginning]:
    """One for each course that polls each of these blogs; `since` is aware, in UTC."""
    rows = session.execute(
        select(
            Subscription.blog_id,
            Subscription.role,
            Subscription.created_at,
            Course.term_start,
            Course.time_zone,
            Course.nightly_at,
        )
        .join(Course, Course.id == Subscription.course_id)
        .where(
            Subscription.blog_id.in_(blog_ids),
            Subscription.ended_at.is_(None),
            Course.archived_at.is_(None),
        )
    )
    return [
        Beginning(
            blog_id,
            role,
            _since(created_at, term_start, zone),
            (time.fromisoformat(nightly_at), ZoneInfo(zone)),
        )
        for blog_id, role, created_at, term_start, zone, nightly_at in rows
    ]


def _since(created_at: datetime, term_start: date | None, zone: str) -> datetime:
    followed = created_at - BEFORE
    if term_start is None:
        return followed
    began = datetime.combine(term_start, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return min(began, followed)


def load_newest_posts(session: Session, blog_ids: Collection[int]) -> dict[int, str]:
    """blog -> the address of its newest post."""
    when = func.coalesce(Post.posted_at, Post.first_seen_at)
    place = func.row_number().over(partition_by=Post.blog_id, order_by=(when.desc(), Post.id.desc()))
    posts = (
        select(Post.blog_id, Post.url, place.label("place"))
        .where(Post.blog_id.in_(blog_ids), Post.merged_into_id.is_(None), Post.is_stub.is_(False))
        .subquery()
    )
    return dict(session.execute(select(posts.c.blog_id, posts.c.url).where(posts.c.place == 1)).all())


def load_allocated_blogs(session: Session, blog_ids: Collection[int]) -> Sequence[int]:
    """Those of these blogs that some student was given to comment on."""
    return session.scalars(
        select(Allocation.blog_id).where(Allocation.blog_id.in_(blog_ids)).distinct()
    ).all()


def load_finders(session: Session, blog_ids: Collection[int]) -> dict[int, int]:
    """blog -> the feed in whose poll a receipt's post is searched: that of its comments, else of
    its posts, else whatever there is."""
    order = case((Feed.kind == "comments", 2), (Feed.kind == "posts", 1), else_=0)
    rows = session.execute(
        select(Feed.blog_id, Feed.id)
        .where(Feed.blog_id.in_(blog_ids), Feed.ended_at.is_(None))
        .order_by(order, Feed.id.desc())  # the last of a blog is what remains
    )
    return dict(rows.all())


def load_feed_states(session: Session, blog_ids: Collection[int]) -> Sequence[Any]:
    """Every feed of these blogs, the newest first, with what was found out by polling it."""
    return session.execute(
        select(Feed.blog_id, Feed.kind, Feed.url, Feed.ended_at, FeedState.rest_url, FeedState.window_size)
        .join(FeedState, FeedState.feed_id == Feed.id)
        .where(Feed.blog_id.in_(blog_ids))
        .order_by(Feed.id.desc())
    ).all()


def load_sought_receipts(
    session: Session, blog_ids: Collection[int], run_id: int
) -> dict[int, list[Receipt]]:
    """blog -> the receipts that this run set out to look for."""
    receipts = session.scalars(
        select(Receipt)
        .join(ReceiptCheck, ReceiptCheck.receipt_id == Receipt.id)
        .where(
            Receipt.blog_id.in_(blog_ids),
            Receipt.comment_id.is_(None),
            ReceiptCheck.sought_at == select(Run.started_at).where(Run.id == run_id).scalar_subquery(),
        )
        .order_by(Receipt.id)
    )
    return grouped((receipt.blog_id or 0, receipt) for receipt in receipts)
