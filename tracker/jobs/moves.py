"""A feed whose address has moved for good: followed there, or merged with the one that is there already."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.feed import FeedKind, Platform, PollOutcome
from tracker.feeds.platforms import generic, wordpress
from tracker.feeds.target import Look
from tracker.jobs.merging import merge_blogs
from tracker.models import Blog, BlogAddress, Feed, FeedAddress
from tracker.text.addresses import home_key, host_of

MOVE_APART = timedelta(hours=12)
"""Two looks that far apart must agree before a permanent redirect is believed (RFC 9110 §15.4.9
lets us re-link; a captive portal for one evening must not)."""


def follow_move(session: Session, feed: Feed, look: Look, at: datetime) -> None:
    """Take over a new address on the second night that every hop to it was permanent and it held
    a feed (reliability F6). The old one stays in the history; comments stay with their blog."""
    state = feed.state
    if look.outcome not in (PollOutcome.OK, PollOutcome.NOT_MODIFIED):
        return
    is_agreed = (
        look.moved_to != ""
        and look.moved_to == state.moved_to
        and state.looked_at is not None
        and at - state.looked_at >= MOVE_APART
    )
    if not is_agreed:
        state.moved_to = look.moved_to
        return
    session.add(FeedAddress(feed_id=feed.id, url=feed.url, left_at=at))
    there = session.scalars(select(Feed).where(Feed.url == look.moved_to)).first()
    new_home = _home_of(feed, look.moved_to)
    if there is not None:
        feed.ended_at = at
    else:
        feed.url = look.moved_to
        state.etag = state.last_modified = ""
    state.moved_to = ""
    _move_blog(session, feed, there, new_home, at)


def _home_of(feed: Feed, moved_to: str) -> str:
    """The blog's new home, if the feed was one of the whole blog."""
    if feed.kind not in (FeedKind.COMMENTS, FeedKind.POSTS):
        return ""
    if feed.blog.platform == Platform.WORDPRESS:
        return wordpress.home_of(moved_to)
    return generic.root_of(moved_to) if feed.blog.platform == Platform.BLOGGER else ""


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
    if not key or host_of(new_home) == host_of(blog.home_url):
        return
    if key not in {address.key for address in blog.addresses}:
        session.add(BlogAddress(blog=blog, key=key[:500], valid_from=at))
    blog.home_url = new_home
