"""What an invented blog calls its posts and comments, whatever it runs on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tracker.demo.blogosphere import blogger, blogger_feeds, plain, wordpress, wordpress_pages
from tracker.demo.blogosphere.blogs import Blog, Comment, Post, Serves
from tracker.demo.blogosphere.http_texts import Request, Response

Answer = Callable[[Blog, Request, datetime], Response]

ANSWERS: dict[Serves, Answer] = {
    Serves.WORDPRESS: wordpress.answer,
    Serves.BLOGGER: blogger.answer,
    Serves.GENERIC: plain.answer,
    Serves.NONE: plain.answer,
}
POSTS: dict[Serves, Callable[[Blog, Post], str]] = {
    Serves.WORDPRESS: wordpress_pages.permalink,
    Serves.BLOGGER: blogger_feeds.permalink,
    Serves.GENERIC: plain.permalink,
    Serves.NONE: plain.permalink,
}
COMMENTS: dict[Serves, Callable[[Blog, Comment], str]] = {
    Serves.WORDPRESS: wordpress_pages.comment_link,
    Serves.BLOGGER: blogger_feeds.comment_link,
    Serves.GENERIC: plain.comment_link,
    Serves.NONE: plain.comment_link,
}


def post_url(blog: Blog, post: Post) -> str:
    return POSTS[blog.serves](blog, post)


def comment_url(blog: Blog, comment: Comment) -> str:
    return COMMENTS[blog.serves](blog, comment)


def answer(blog: Blog, request: Request, now: datetime) -> Response:
    """What the blog's program answers to a GET while the blog is well."""
    return ANSWERS[blog.serves](blog, request, now)
