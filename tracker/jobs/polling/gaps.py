"""What a poll missed becomes a gap; what a later one caught up with closes it (reliability G1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from tracker.domain.feed import EntryKind, FeedKind
from tracker.feeds.comment_services import service_of_feed
from tracker.feeds.identity import identify_post
from tracker.feeds.platforms.registry import platform_of
from tracker.feeds.poll_target import Missed, PollResult
from tracker.jobs.polling.store_context import Keeping, batches, posts_named
from tracker.models import Comment, Feed, Gap, Post


def find_reset(keeping: Keeping, result: PollResult) -> Missed | None:
    """What a poll missed on a blog that was set up again, whose new comments have old numbers.

    By number alone its full window seemed to share something with what was known, so it was not
    asked what had been pushed out of it (reliability G1). By what the comments say it shares nothing.
    """
    primary = result.primary
    if result.missed or result.caught_up or result.also_read or primary is None:
        return None
    is_full = result.window_full or len(primary.entries) >= platform_of(primary.platform).window
    return Missed("overflow") if is_full and keeping.has_namesakes and not keeping.overlaps else None


def note_gaps(session: Session, feed: Feed, result: PollResult, at: datetime) -> None:
    """Record what this poll missed since the last complete one, or close what it caught up with.

    A gap reaches from the last complete poll to the next: where the blog goes on counting more
    than we hold, the one that stands open reaches on. On the first poll there was none before: no gap.
    """
    # So that the next poll goes on with other posts than those that were read on their own.
    asked = posts_named(session, feed.blog_id, frozenset().union(*result.asked_posts))
    if asked:
        session.execute(update(Post).where(Post.id.in_(asked)).values(comments_asked_at=at))
    missed = result.missed
    if missed is None:
        if result.caught_up:
            _close(_load_open(session, feed), result, at)
        return
    if feed.state.fully_checked_at is None:
        return
    open_gaps = _load_open(session, feed)
    standing = next((gap for gap in open_gaps if gap.feed_id == feed.id and gap.kind == missed.kind), None)
    if missed.kind == "count" and standing is not None:
        # A poll that lacks what the blog counts is not complete, so the gap reaches on to it.
        standing.before_at = at
        standing.expected = max(standing.expected or 0, missed.expected or 0)
        return
    session.add(
        Gap(
            feed_id=feed.id,
            kind=missed.kind,
            after_at=feed.state.fully_checked_at,
            before_at=at,
            expected=missed.expected,
        )
    )


def _load_open(session: Session, feed: Feed) -> Sequence[Gap]:
    """The open gaps of a feed's blog. What the blog itself counts says nothing of comments that another
    program keeps, nor the other way round."""
    rows = session.execute(
        select(Gap, Feed.url)
        .join(Feed, Feed.id == Gap.feed_id)
        .where(Feed.blog_id == feed.blog_id, Gap.closed_at.is_(None))
        .order_by(Gap.id)
    )
    service = service_of_feed(feed.url)
    return [gap for gap, url in rows if service_of_feed(url) is service]


def _close(gaps: Sequence[Gap], result: PollResult, at: datetime) -> None:
    since = result.target.since
    for gap in gaps:
        if result.all_asked_since is not None and gap.before_at > result.all_asked_since:
            continue
        if gap.after_at is None or since is None or gap.after_at >= since:
            gap.closed_at, gap.closed_by = at, result.caught_up[:200]


def note_counts(session: Session, feed: Feed, result: PollResult) -> None:
    """Write down by how much the blog's counts exceed what we hold where that is settled.

    At the first poll that is what is older than the term (history); later, whatever was read whole,
    so that it is not asked for again.
    """
    if feed.kind == FeedKind.COMMENTS and result.primary is not None and result.primary.total is not None:
        is_whole = any(not coverage.post_keys and coverage.since is None for coverage in result.coverages)
        if feed.state.fully_checked_at is None or is_whole:
            held = _count_held(session, Comment.blog_id == feed.blog_id)
            feed.state.unread = result.primary.total - held
    if not result.target.counts:
        return
    covered = frozenset[str]().union(*(coverage.post_keys for coverage in result.coverages))
    whole = posts_named(session, feed.blog_id, covered)
    for post in _counted_posts(session, feed, result):
        is_whole = post.id in whole
        if post.comments_unread is None or is_whole:
            is_settled = is_whole or (
                feed.state.fully_checked_at is None and _is_history(post, result.target.since)
            )
            held = _count_held(session, Comment.post_id == post.id)
            post.comments_unread = (post.comments_total or 0) - held if is_settled else 0
    session.flush()


def _is_history(post: Post, since: datetime | None) -> bool:
    """Older than the courses' interest: what it had before is neither read nor missing."""
    return since is None or post.posted_at is None or post.posted_at < since


def _counted_posts(session: Session, feed: Feed, result: PollResult) -> list[Post]:
    names = {
        f"{alias.kind}:{alias.key}"
        for document in result.documents
        if document.kind is FeedKind.POSTS
        for entry in document.entries
        if entry.kind is EntryKind.POST and entry.comments_total is not None
        for alias in identify_post(entry).aliases
    }
    found: list[Post] = []
    for batch in batches(sorted(posts_named(session, feed.blog_id, names))):
        found += session.scalars(select(Post).where(Post.id.in_(batch), Post.comments_total.is_not(None)))
    return sorted(found, key=lambda post: post.id)


def _count_held(session: Session, whose: ColumnElement[bool]) -> int:
    held = select(func.count()).where(whose, Comment.missed_at.is_(None), Comment.merged_into_id.is_(None))
    return session.scalars(held).one()
