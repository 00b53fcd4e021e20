"""Who keeps a blog's comments in its stead, as its pages say: written down, and that program's feed followed.

Tested in tests/jobs/polling/test_kept.py.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.feed import FeedKind, KeptComments
from tracker.feeds.comment_services import service_of_feed
from tracker.feeds.poll_target import PollResult
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Blog, Comment, Feed, FeedState, Poll
from tracker.queries.matching.match_inputs import courses_of_blog


def note_kept(blog: Blog, kept: KeptComments, now: datetime) -> bool:
    """Write down who keeps a blog's comments ("" for the blog itself); True if it was another so far."""
    is_new = kept.service != blog.comments_by
    if is_new:
        blog.comments_by, blog.comments_at = kept.service, kept.where
        blog.comments_by_since = now if kept.service else None
    elif kept.where:
        blog.comments_at = kept.where
    return is_new


def store_kept(session: Session, feed: Feed, result: PollResult, at: datetime) -> None:
    """Carry what a page said of who keeps the comments through to verdicts. Does not commit.

    A page that loads no such program proves little (a theme without it, a consent page), so what was
    noted stands until the blog itself shows a comment that was posted later.
    """
    if result.kept is None:
        return
    feed.state.page_read_at = at
    blog, kept = feed.blog, result.kept
    if not kept.service and (not blog.comments_by or not _shows_own_comments(session, blog)):
        return
    has_new_feed = bool(kept.feed_url) and _follow(session, blog, kept.feed_url, at)
    if note_kept(blog, kept, at) or has_new_feed:
        session.flush()
        for course_id in courses_of_blog(session, blog.id):
            store_verdicts(session, course_id, at)


def _follow(session: Session, blog: Blog, url: str, at: datetime) -> bool:
    """Let a feed be polled; False where it was, also for another blog that shares the account."""
    held = session.scalars(select(Feed).where(Feed.url == url)).first()
    if held is None:
        kind = FeedKind.COMMENTS.value
        session.add(Feed(blog_id=blog.id, kind=kind, url=url, created_at=at, state=FeedState()))
        return True
    was_ended = held.blog_id == blog.id and held.ended_at is not None
    if was_ended:
        held.ended_at = None
    return was_ended


def _shows_own_comments(session: Session, blog: Blog) -> bool:
    """Whether one of the blog's own feeds showed a comment that is younger than the other program there."""
    urls = session.scalars(
        select(Feed.url)
        .join(Poll, Poll.feed_id == Feed.id)
        .join(Comment, Comment.first_seen_poll_id == Poll.id)
        .where(Comment.blog_id == blog.id, Comment.posted_at > blog.comments_by_since)
        .distinct()
    )
    return any(service_of_feed(url) is None for url in urls)
