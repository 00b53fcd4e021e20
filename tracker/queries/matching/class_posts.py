"""The posts of a course's class blogs, in which comments may be quoted: which there are, and their texts.

Tested in tests/queries/matching/test_quoting.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.models import Comment, Post
from tracker.queries.coursework import batches, blogs_of


@dataclass(frozen=True, slots=True)
class ClassPost:
    """A post of a class blog without its text, for which `hash` stands. `posted_at` is aware."""

    post_id: int
    blog_id: int
    url: str
    posted_at: datetime | None
    hash: str


def load_class_posts(session: Session, course_id: int) -> tuple[ClassPost, ...]:
    """The posts of the course's class blogs that have a text, by their numbers."""
    rows = session.execute(
        select(Post.id, Post.blog_id, Post.url, Post.posted_at, Post.hash)
        .where(
            Post.blog_id.in_(blogs_of(course_id, "class-blog")),
            Post.merged_into_id.is_(None),
            Post.html != "",
        )
        .order_by(Post.id)
    )
    return tuple(ClassPost(*row) for row in rows)


def load_texts(session: Session, post_ids: Collection[int]) -> Iterator[tuple[int, str]]:
    """The texts of posts by their ids, a few at a time."""
    for ids in batches(sorted(post_ids), size=200):
        rows = session.execute(select(Post.id, Post.html).where(Post.id.in_(ids)))
        yield from ((post_id, html) for post_id, html in rows)


def load_comments_between(
    session: Session, course_id: int, since: datetime, until: datetime
) -> Sequence[int]:
    """The comments of the blogs a course checks that were posted within these instants, both
    included, and those of unknown time."""
    return session.scalars(
        select(Comment.id)
        .where(
            Comment.merged_into_id.is_(None),
            Comment.blog_id.in_(blogs_of(course_id)),
            or_(Comment.posted_at.is_(None), Comment.posted_at.between(since, until)),
        )
        .order_by(Comment.id)
    ).all()
