"""What a student may claim: comments matched to no student, on their assigned blogs, around the due times.

Tested in tests/jobs/review/test_claims.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from tracker.domain.linkage import DecisionKind
from tracker.matching.decide import COURSE_NAMED
from tracker.models import Allocation, Comment, Linkage, LinkageDecision, Post
from tracker.queries.matching.decisions import load_standing


@dataclass(frozen=True, slots=True)
class AroundWindow:
    """A blog, and the instants between which a comment on it is worth asking about."""

    blog_id: int
    begins: datetime | None
    ends: datetime


def load_allocations_of(session: Session, enrollment_id: int) -> Sequence[Allocation]:
    return session.scalars(
        select(Allocation).where(Allocation.enrollment_id == enrollment_id).order_by(Allocation.id)
    ).all()


def load_open_comments(
    session: Session, course_id: int, windows: Collection[AroundWindow]
) -> Sequence[Linkage]:
    """What the course holds of undecided comments in these windows, with post and text; those that the
    rules set aside for a reason are left out."""
    if not windows:
        return []
    at = func.coalesce(Comment.posted_at, Comment.first_seen_at)
    places = [
        and_(
            Comment.blog_id == one.blog_id, at < one.ends, at >= one.begins if one.begins else at.is_not(None)
        )
        for one in windows
    ]
    return session.scalars(
        select(Linkage)
        .join(Linkage.comment)
        .options(
            contains_eager(Linkage.comment).options(
                joinedload(Comment.blog), joinedload(Comment.post), joinedload(Comment.version)
            )
        )
        .where(
            Linkage.course_id == course_id,
            or_(*places),
            Comment.merged_into_id.is_(None),
            Comment.kind == "comment",
            Linkage.decision_id.is_(None),
            or_(
                Linkage.verdict == "review",
                and_(
                    Linkage.verdict == "ignore",
                    Linkage.reason.in_(("nobody", COURSE_NAMED, "weak", "rejected")),
                ),
            ),
        )
        .order_by(at, Comment.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Disclaimed:
    """A comment of which a student said that it is not theirs; `posted_at` and `said_at` aware, UTC."""

    comment_id: int
    post_title: str
    posted_at: datetime
    said_at: datetime


def load_disclaimed(session: Session, course_id: int, enrollment_id: int) -> list[Disclaimed]:
    """What a student said is not theirs and has not taken back, the last first. Of the comment no more
    than where and when: whose it is by now is not for them to know."""
    said = [
        row
        for row in load_standing(session, course_id, (DecisionKind.CLAIM, DecisionKind.DISCLAIM))
        if row.enrollment_id == enrollment_id
    ]
    last = {row.comment_id: row for row in said}
    ids = [number for number, row in last.items() if row.kind == DecisionKind.DISCLAIM]
    rows = session.execute(
        select(Comment, Post.title).outerjoin(Post, Post.id == Comment.post_id).where(Comment.id.in_(ids))
    )
    found = [Disclaimed(one.id, title or "", one.at, last[one.id].at) for one, title in rows]
    return sorted(found, key=lambda one: one.said_at, reverse=True)


def count_words_since(session: Session, enrollment_id: int, since: datetime) -> int:
    """How often a student said "mine" or "not mine" since an instant."""
    return (
        session.scalar(
            select(func.count(LinkageDecision.id)).where(
                LinkageDecision.enrollment_id == enrollment_id,
                LinkageDecision.kind.in_((DecisionKind.CLAIM.value, DecisionKind.DISCLAIM.value)),
                LinkageDecision.at > since,
            )
        )
        or 0
    )
