"""A feed whose address has moved for good: followed there, or merged with the one that is there already.

Tested in tests/reliability/test_moves.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.feed import FeedKind, PollOutcome
from tracker.feeds.comment_services import service_of_feed
from tracker.feeds.platforms.registry import platform_of
from tracker.feeds.poll_target import PollResult
from tracker.jobs.polling.merging import merge_blogs
from tracker.jobs.polling.store_context import Keeping, batches
from tracker.models import Blog, BlogAddress, Comment, Feed, FeedAddress, Poll, Post
from tracker.text.addresses import home_key

MOVE_APART = timedelta(hours=12)
"""So long it must have led there before a permanent redirect is believed (RFC 9110 §15.4.9
lets us re-link; a captive portal for one evening must not)."""


def follow_move(
    session: Session, feed: Feed, result: PollResult, at: datetime, *, is_same_blog: bool
) -> None:
    """Take over a new address once every hop to it was permanent for a night, and what it shows is
    this blog (reliability F6). The old one stays in the history; comments stay with their blog.

    `is_same_blog`: this poll showed something that had been seen at the feed's own address. Names
    that were given up redirect for good as well, to pages and feeds of others.
    """
    state = feed.state
    if result.outcome not in (PollOutcome.OK, PollOutcome.NOT_MODIFIED):
        return
    if service_of_feed(feed.url) or service_of_feed(result.moved_to):
        return  # the address of a program that keeps comments says nothing of where the blog is
    if result.moved_to == "" or result.moved_to != state.moved_to:
        state.moved_to, state.moved_since = result.moved_to, at if result.moved_to else None
        return
    if state.moved_since is None or state.moved_since > at:
        state.moved_since = at
    if not is_same_blog or at - state.moved_since < MOVE_APART:
        return
    session.add(FeedAddress(feed_id=feed.id, url=feed.url, left_at=at))
    there = session.scalars(select(Feed).where(Feed.url == result.moved_to)).first()
    new_home = _home_of(feed, result.moved_to)
    if there is not None:
        feed.ended_at = at
    else:
        feed.url = result.moved_to
        state.etag = state.last_modified = ""
    state.moved_to, state.moved_since = "", None
    _move_blog(session, feed, there, new_home, at)


def shows_same_blog(keeping: Keeping, feed: Feed, result: PollResult) -> bool:
    """Whether a poll that was led elsewhere showed a comment or post that had been seen before any
    poll of this blog was led elsewhere."""
    if not result.moved_to or result.primary is None:
        return False
    blog_id = result.primary.platform_blog_id
    if blog_id and blog_id == feed.blog.platform_blog_id:
        return True
    ids = keeping.recognized
    table = Post if result.primary.kind is FeedKind.POSTS else Comment
    return any(
        keeping.session.scalar(
            select(table.id)
            .outerjoin(Poll, Poll.id == table.first_seen_poll_id)
            .where(table.id.in_(batch), or_(Poll.id.is_(None), Poll.moved_to == ""))
            .limit(1)
        )
        for batch in batches(sorted(ids))
    )


def _home_of(feed: Feed, moved_to: str) -> str:
    """The blog's new home, if the feed was one of the whole blog."""
    if feed.kind not in (FeedKind.COMMENTS, FeedKind.POSTS):
        return ""
    return platform_of(feed.blog.platform).home_of_feed(moved_to)


def _move_blog(session: Session, feed: Feed, there: Feed | None, new_home: str, at: datetime) -> None:
    """Note the blog's new address; one that another blog is known under makes them one blog."""
    blog = feed.blog
    other = session.get(Blog, there.blog_id) if there is not None else None
    key = home_key(new_home) if new_home else ""
    if other is None and key:
        other = session.scalars(
            select(Blog)
            .join(BlogAddress, BlogAddress.blog_id == Blog.id)
            .where(BlogAddress.key == key, BlogAddress.valid_to.is_(None), Blog.merged_into_id.is_(None))
            .order_by(Blog.id)
        ).first()
    if other is not None and other.id != blog.id:
        merge_blogs(session, other, blog, at)
        return
    if not key or key == home_key(blog.home_url):
        return
    if key not in {address.key for address in blog.addresses}:
        session.add(BlogAddress(blog=blog, key=key[:500], valid_from=at))
    blog.home_url = new_home
