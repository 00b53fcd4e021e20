"""What the page "In two parts" shows of the comments that read as one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Blog, Comment, CommentVersion, Post


@dataclass(frozen=True, slots=True)
class PartShown:
    """One of two parts. `html` must be sanitised; `posted_at` aware, UTC."""

    comment_id: int
    author: str
    html: str
    post_title: str
    blog: str
    posted_at: datetime


def load_parts_shown(session: Session, comment_ids: Collection[int]) -> dict[int, PartShown]:
    rows = session.execute(
        select(Comment, CommentVersion.text, Post.title, Blog)
        .join(Blog, Blog.id == Comment.blog_id)
        .outerjoin(Post, Post.id == Comment.post_id)
        .outerjoin(Comment.version)
        .where(Comment.id.in_(comment_ids))
    )
    return {
        one.id: PartShown(
            comment_id=one.id,
            author=one.author,
            html=text or "",
            post_title=title or "",
            blog=blog.title or blog.home_url,
            posted_at=one.posted_at or one.first_seen_at,
        )
        for one, text, title, blog in rows
    }
