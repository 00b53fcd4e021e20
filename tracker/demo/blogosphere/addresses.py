"""What an invented blog calls its posts and comments and what it answers, whatever it runs on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from tracker.demo.blogosphere import blogger, blogger_feeds, plain, wordpress
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.http_texts import Request, Response


class _Program(NamedTuple):
    answer: Callable[[DemoBlog, Request, datetime], Response]
    post_url: Callable[[DemoBlog, DemoPost], str]
    comment_url: Callable[[DemoBlog, DemoComment], str]


_PLAIN = _Program(plain.answer, plain.post_url, plain.comment_url)
_PROGRAMS = {
    Serves.WORDPRESS: _Program(wordpress.answer, wordpress.post_url, wordpress.comment_url),
    Serves.BLOGGER: _Program(blogger.answer, blogger_feeds.post_url, blogger_feeds.comment_url),
    Serves.GENERIC: _PLAIN,
    Serves.NONE: _PLAIN,
}


def post_url(blog: DemoBlog, post: DemoPost) -> str:
    return _PROGRAMS[blog.serves].post_url(blog, post)


def comment_url(blog: DemoBlog, comment: DemoComment) -> str:
    return _PROGRAMS[blog.serves].comment_url(blog, comment)


def answer(blog: DemoBlog, request: Request, now: datetime) -> Response:
    """What the blog's program answers to a GET while the blog is well."""
    return _PROGRAMS[blog.serves].answer(blog, request, now)
