"""What a text's removal takes away: the copies of it, and what linkages quote of it. Verdicts stay.

Tested in tests/jobs/blogs/test_purge.py.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from tracker.models import Comment, CommentVersion, Course, Linkage, Post, Subscription
from tracker.queries.verdicts.text_counts import OwnCount, count_own, to_document
from tracker.text.introductions import introductions_for

_QUOTING = frozenset({"text", "tail"})
"""Places of evidence that lie in the text (`where` of `domain.linkage.Evidence`)."""


def erase_texts(session: Session, comment_ids: Collection[int], at: datetime) -> int:
    """Erase what we keep of these comments' texts; how many versions that were not erased before."""
    versions = session.scalars(
        select(CommentVersion).where(
            CommentVersion.comment_id.in_(comment_ids), CommentVersion.purged_at.is_(None)
        )
    ).all()
    for version in versions:
        version.words, version.counts = count_erased(session, version.comment_id, version.text or "")
        version.text = version.raw = None
        version.purged_at = at
    for comment in session.scalars(select(Comment).where(Comment.id.in_(comment_ids))):
        comment.title = ""
    for linkage in session.scalars(select(Linkage).where(Linkage.comment_id.in_(comment_ids))):
        linkage.candidates = [_without_quotes(candidate) for candidate in linkage.candidates]
    return len(versions)


def erased_at(session: Session, comment_ids: Collection[int]) -> datetime | None:
    """When a text of these comments was first erased; None: never."""
    return session.scalar(
        select(func.min(CommentVersion.purged_at)).where(CommentVersion.comment_id.in_(comment_ids))
    )


def count_erased(session: Session, comment_id: int, html: str) -> tuple[int, dict[str, Any]]:
    """What of a text is written down when it is erased: how many words of the writer's own it has, and
    by course everything that a rule may ask of it, so that no verdict changes."""
    comment = session.get_one(Comment, comment_id)
    post = session.get(Post, comment.post_id) if comment.post_id is not None else None
    asked = html, *((post.html, post.title) if post is not None else ("", ""))
    counted = {
        str(course.id): _count(asked, tuple(course.words)) for course in session.scalars(_following(comment))
    }
    words = [one.counts.words for one in counted.values()] or [_count(asked, ()).counts.words]
    return max(words), {course_id: to_document(one) for course_id, one in counted.items()}


def _count(asked: tuple[str, str, str], course_words: tuple[str, ...]) -> OwnCount:
    html, post, title = asked
    return count_own(html, introductions_for(course_words), post, title)


def _following(comment: Comment) -> Select[Course]:
    """The courses in which a comment may be graded."""
    followed = select(Subscription.course_id).where(Subscription.blog_id == comment.blog_id)
    linked = select(Linkage.course_id).where(Linkage.comment_id == comment.id)
    return select(Course).where(or_(Course.id.in_(followed), Course.id.in_(linked))).order_by(Course.id)


def _without_quotes(candidate: dict[str, Any]) -> dict[str, Any]:
    evidence = [
        {**piece, "seen": "", "params": {"erased": True}} if piece["where"] in _QUOTING else piece
        for piece in candidate["evidence"]
    ]
    return {**candidate, "evidence": evidence}
