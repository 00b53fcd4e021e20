"""Blogs and comments put straight into the database, for tests that need no web to check."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tracker.extensions import db
from tracker.models import Blog, BlogAddress, Comment, CommentVersion, Feed, FeedState, Post, Subscription
from tracker.text.addresses import home_key


def add_blog(
    course_id: int, home_url: str, now: datetime, *, title: str = "", role: str = "followed", **values: Any
) -> Blog:
    """A blog that the course follows, with a comment feed and a post feed."""
    blog = Blog(platform="wordpress", home_url=home_url, title=title, created_at=now, **values)
    db.session.add(blog)
    db.session.flush()
    db.session.add(BlogAddress(blog_id=blog.id, key=home_key(home_url)))
    db.session.add(Subscription(course_id=course_id, blog_id=blog.id, role=role, created_at=now))
    for kind, path in (("comments", "comments/feed/"), ("posts", "feed/")):
        feed = Feed(blog_id=blog.id, kind=kind, url=f"{home_url.rstrip('/')}/{path}", created_at=now)
        db.session.add(feed)
        db.session.flush()
        db.session.add(FeedState(feed_id=feed.id))
    db.session.commit()
    return blog


def add_post(blog: Blog, now: datetime, *, title: str = "A post", number: int = 1) -> Post:
    post = Post(
        blog_id=blog.id,
        identity=f"number:{number}",
        title=title,
        url=f"{blog.home_url}p/{number}/",
        first_seen_at=now,
    )
    db.session.add(post)
    db.session.commit()
    return post


def add_comment(
    blog: Blog,
    author: str,
    html: str,
    at: datetime,
    *,
    number: int = 1,
    post: Post | None = None,
    **values: Any,
) -> Comment:
    """A comment as a poll would have kept it, two hours after it was posted."""
    comment = Comment(
        **{
            "blog_id": blog.id,
            "post_id": post.id if post else None,
            "kind": "comment",
            "identity": f"number:{number}",
            "native_number": str(number),
            "author": author,
            "permalink": f"{blog.home_url}p/1/#comment-{number}",
            "posted_at": at,
            "posted_basis": "offset",
            "first_seen_at": at + timedelta(hours=2),
            "source": "rss",
            **values,
        }
    )
    db.session.add(comment)
    db.session.flush()
    db.session.add(
        CommentVersion(
            comment_id=comment.id, n=1, source="rss", seen_at=comment.first_seen_at, text=html, hash="h"
        )
    )
    db.session.commit()
    return comment
