"""A student's summary posts and comments, as rows for comparing what the ones claim of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import (
    BlogAddress,
    Comment,
    Linkage,
    Post,
    RequirementVerdict,
    Subscription,
)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """The post that fills a requirement, or is in question for it."""

    requirement: str
    blog_id: int
    url: str
    html: str


@dataclass(frozen=True, slots=True)
class CommentedRow:
    """A post that the student commented on; `at` what the blog says of the comment, aware, in UTC."""

    url: str
    title: str
    at: datetime
    is_credited: bool


def load_summaries(session: Session, assignment_id: int, enrollment_id: int) -> list[SummaryRow]:
    rows = session.execute(
        select(RequirementVerdict.requirement, Post)
        .join(Post, Post.id == RequirementVerdict.post_id)
        .where(
            RequirementVerdict.assignment_id == assignment_id,
            RequirementVerdict.enrollment_id == enrollment_id,
            RequirementVerdict.comment_id.is_(None),
        )
        .order_by(RequirementVerdict.id)
    )
    return [SummaryRow(requirement, post.blog_id, post.url, post.html) for requirement, post in rows]


def load_commented(
    session: Session, course_id: int, assignment_id: int, enrollment_id: int
) -> list[CommentedRow]:
    """The posts under all of a student's comments of a course, the first comment first."""
    credited = set(
        session.scalars(
            select(RequirementVerdict.comment_id).where(
                RequirementVerdict.assignment_id == assignment_id,
                RequirementVerdict.enrollment_id == enrollment_id,
            )
        )
    )
    rows = session.execute(
        select(Comment, Post.url, Post.title)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .join(Post, Post.id == Comment.post_id)
        .where(
            Linkage.course_id == course_id,
            Linkage.enrollment_id == enrollment_id,
            Linkage.verdict == "accept",
            Comment.merged_into_id.is_(None),
        )
    )
    found = [
        CommentedRow(url, title, comment.posted_at or comment.first_seen_at, comment.id in credited)
        for comment, url, title in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.url))


def load_blog_addresses(session: Session, course_id: int) -> list[tuple[int, str]]:
    """(blog, address key) of every blog of the course, class blogs among them."""
    rows = session.execute(
        select(BlogAddress.blog_id, BlogAddress.key)
        .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
        .where(Subscription.course_id == course_id)
        .distinct()
    )
    return [(blog_id, key) for blog_id, key in rows]
