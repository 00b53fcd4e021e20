"""Every comment a course can see, one line each, with whom it was linked to and why.

Tested in tests/jobs/matching/test_s0.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.domain.linkage import Candidate
from tracker.models import (
    Blog,
    Comment,
    CommentVersion,
    Disposition,
    Enrollment,
    Feed,
    Linkage,
    Post,
)
from tracker.queries.coursework import blogs_of
from tracker.queries.matching.names import load_names
from tracker.wording.evidence import Names, say_evidence


@dataclass(frozen=True)
class CommentLine:
    """One comment with the keys of `comments --json`; instants are aware, in UTC.

    `feed` is the address that first showed it, `evidence` that for and against the first candidate,
    each piece with its sentence.
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
    """All comments of the blogs a course checks, by first check and order of arrival."""
    feeds, names = _first_feeds(session, course_id), load_names(session, course_id)
    rows = session.execute(
        select(Comment, CommentVersion.text, Blog.home_url, Post.url, Linkage, Enrollment.external_id)
        .join(Blog, Blog.id == Comment.blog_id)
        .outerjoin(Comment.version)
        .outerjoin(Post, Post.id == Comment.post_id)
        .outerjoin(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .outerjoin(Enrollment, Enrollment.id == Linkage.enrollment_id)
        .where(
            Comment.merged_into_id.is_(None),
            Comment.blog_id.in_(blogs_of(course_id)),
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
            evidence=_evidence(linkage, names),
            title=comment.title,
            text=text or "",
        )
        for comment, text, home_url, post_url, linkage, external_id in rows
    ]


def _evidence(linkage: Linkage | None, names: Names) -> list[dict[str, Any]]:
    if linkage is None or not linkage.candidates:
        return []
    best = Candidate.from_json(linkage.candidates[0])
    return [{**one.as_json(), "says": say_evidence(one, best.enrollment_id, names)} for one in best.evidence]


def _first_feeds(session: Session, course_id: int) -> dict[int | None, str]:
    """comment -> the feed whose poll first brought it."""
    rows = session.execute(
        select(Disposition.comment_id, Feed.url)
        .join(Feed, Feed.id == Disposition.feed_id)
        .where(
            Disposition.comment_id.is_not(None),
            Feed.blog_id.in_(blogs_of(course_id)),
        )
        .order_by(Disposition.id.desc())
    )
    # Newest first, so that the earliest poll is what remains.
    return dict(rows.all())
