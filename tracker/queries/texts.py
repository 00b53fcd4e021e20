"""The texts of comments and of the posts they are on: a constant number of questions for any number.

Tested in tests/web/instructor/review/test_similar_text.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.models import Blog, Comment, CommentVersion, Course, Linkage, Post, RequirementVerdict
from tracker.queries.coursework import batches


@dataclass(frozen=True, slots=True)
class CommentText:
    """A comment as the blog sent it. `enrollment_id` is its student's (None: no student's, or undecided);
    `at` what the blog says, or when we first saw it; aware, in UTC. `hash` stands for the HTML."""

    comment_id: int
    enrollment_id: int | None
    post_id: int | None
    blog: str
    url: str
    at: datetime
    html: str
    hash: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as its blog sent it; `html` is "" for one that we know from its comments only."""

    title: str
    url: str
    html: str
    author: str = ""
    posted_at: datetime | None = None


def load_course_words(session: Session, course_id: int) -> tuple[str, ...]:
    """The words that name a course."""
    return tuple(session.get_one(Course, course_id).words)


def load_comment_texts(
    session: Session, course_id: int, comment_ids: Collection[int] | None = None
) -> list[CommentText]:
    """These comments of a course, or (None) all that are linked to a student; those whose text was
    erased are left out. The earliest first."""
    wanted = (
        and_(Linkage.verdict == "accept", Linkage.enrollment_id.is_not(None))
        if comment_ids is None
        else Comment.id.in_(sorted(comment_ids))
    )
    rows = session.execute(
        select(
            Comment.id,
            Linkage.enrollment_id,
            Linkage.verdict,
            Comment.post_id,
            Blog.title,
            Blog.home_url,
            Comment.permalink,
            Comment.posted_at,
            Comment.first_seen_at,
            CommentVersion.text,
            CommentVersion.hash,
        )
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .join(Blog, Blog.id == Comment.blog_id)
        .join(Comment.version)
        .where(Comment.merged_into_id.is_(None), CommentVersion.text.is_not(None), wanted)
        .order_by(Comment.id)
    )
    found = [
        CommentText(
            comment_id=row.id,
            enrollment_id=row.enrollment_id if row.verdict == "accept" else None,
            post_id=row.post_id,
            blog=row.title or row.home_url,
            url=row.permalink,
            at=row.posted_at or row.first_seen_at,
            html=row.text,
            hash=row.hash,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.comment_id))


def load_post_rows(session: Session, post_ids: Collection[int]) -> dict[int, PostRow]:
    """These posts by their ids."""
    return {
        number: PostRow(title, url, html, author, posted_at)
        for ids in batches(sorted(post_ids))
        for number, title, url, html, author, posted_at in session.execute(
            select(Post.id, Post.title, Post.url, Post.html, Post.author, Post.posted_at).where(
                Post.id.in_(ids)
            )
        )
    }


def load_comments_of(session: Session, assignment_id: int) -> set[int]:
    """The comments that verdicts of an assignment name."""
    rows = session.scalars(
        select(RequirementVerdict.comment_id).where(
            RequirementVerdict.assignment_id == assignment_id, RequirementVerdict.comment_id.is_not(None)
        )
    )
    return {number for number in rows if number is not None}


def load_posts_in_order(session: Session, blog_ids: Collection[int]) -> list[tuple[int, int]]:
    """(blog, post) of all posts whose time is known, as they were published."""
    return [
        (blog_id, post_id)
        for ids in batches(sorted(blog_ids))
        for blog_id, post_id in session.execute(
            select(Post.blog_id, Post.id)
            .where(
                Post.blog_id.in_(ids),
                Post.merged_into_id.is_(None),
                Post.posted_at.is_not(None),
            )
            .order_by(Post.posted_at, Post.id)
        )
    ]
