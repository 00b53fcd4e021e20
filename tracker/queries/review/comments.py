"""Every comment a course can see, one line each, with whom it was linked to and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.models import (
    Blog,
    Comment,
    CommentVersion,
    Disposition,
    Enrollment,
    Feed,
    Linkage,
    Post,
    Subscription,
)


@dataclass(frozen=True)
class CommentLine:
    """One comment with the keys of `comments --json`; instants are aware, in UTC.

    `feed` is the address that first showed it, `evidence` what speaks for and against the first
    candidate.
    """

    blog: str
    feed: str
    post: str
    permalink: str
    guid: str
    author: str
    author_url: str
    posted_at: datetime | None
    first_seen_at: datetime
    decision: str
    student_id: str | None
    evidence: list[dict[str, Any]]
    title: str
    text: str


def load_comment_lines(session: Session, course_id: int) -> list[CommentLine]:
    """All comments of the blogs a course looks at, by first look and order of arrival."""
    feeds = _first_feeds(session, course_id)
    rows = session.execute(
        select(Comment, CommentVersion.text, Blog.home_url, Post.url, Linkage, Enrollment.external_id)
        .join(Blog, Blog.id == Comment.blog_id)
        .outerjoin(
            CommentVersion,
            and_(CommentVersion.comment_id == Comment.id, CommentVersion.n == Comment.current_version),
        )
        .outerjoin(Post, Post.id == Comment.post_id)
        .outerjoin(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .outerjoin(Enrollment, Enrollment.id == Linkage.enrollment_id)
        .where(
            Comment.merged_into_id.is_(None),
            Comment.blog_id.in_(select(Subscription.blog_id).where(Subscription.course_id == course_id)),
        )
        .order_by(Comment.first_seen_at, Comment.id)
    )
    return [
        CommentLine(
            blog=home_url,
            feed=feeds.get(comment.id, ""),
            post=post_url or "",
            permalink=comment.permalink,
            guid=comment.guid,
            author=comment.author,
            author_url=comment.author_url or comment.account,
            posted_at=comment.posted_at,
            first_seen_at=comment.first_seen_at,
            decision=linkage.verdict if linkage else "ignore",
            student_id=external_id,
            evidence=linkage.candidates[0]["evidence"] if linkage and linkage.candidates else [],
            title=comment.title,
            text=text or "",
        )
        for comment, text, home_url, post_url, linkage, external_id in rows
    ]


def _first_feeds(session: Session, course_id: int) -> dict[int | None, str]:
    """comment -> the feed whose look first brought it."""
    rows = session.execute(
        select(Disposition.comment_id, Feed.url)
        .join(Feed, Feed.id == Disposition.feed_id)
        .where(
            Disposition.comment_id.is_not(None),
            Feed.blog_id.in_(select(Subscription.blog_id).where(Subscription.course_id == course_id)),
        )
        .order_by(Disposition.id.desc())
    )
    # Newest first, so that the earliest look is what remains.
    return dict(rows.all())
