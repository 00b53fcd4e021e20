"""Answers requests as Blogger does: pageable Atom feeds of posts and comments, and its pages.

Source of every habit: notes on feeds, section 4. Addresses that Blogger gives at www.blogger.com
stay on the blog's own host here, so that following them never leaves the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import TypeVar

from tracker.demo.blogosphere import blogger_feeds as feeds
from tracker.demo.blogosphere import blogger_pages as pages
from tracker.demo.blogosphere.blogger_feeds import FeedPage
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost
from tracker.demo.blogosphere.http_texts import ATOM, RSS, Request, Response, page, redirect

DEFAULT_RESULTS = 25
MAX_RESULTS = 100  # asked-for more is cut: step by what came back
ROBOTS = b"User-agent: Mediapartners-Google\nDisallow:\n\nUser-agent: *\nDisallow: /search\nAllow: /\n"
OLD_FEEDS = {"/atom.xml": "feeds/posts/default", "/rss.xml": "feeds/posts/default?alt=rss"}

Item = TypeVar("Item", DemoPost, DemoComment)


def answer(blog: DemoBlog, request: Request, now: datetime) -> Response:
    """Answer one GET below the blog's folder."""
    path = request.path
    if path == "/":
        return pages.home(blog, now)
    if path == "/robots.txt":
        return Response(200, "text/plain; charset=UTF-8", ROBOTS)
    if path in OLD_FEEDS:
        return redirect(blog.url(OLD_FEEDS[path]), 302)
    if path.startswith("/feeds/"):
        return _conditional(_feed(blog, path, request.query, now), request)
    post = next((p for p in blog.visible_posts(now) if feeds.post_path(blog, p) == path[1:]), None)
    return pages.post_page(blog, post, now) if post else _not_found()


def _feed(blog: DemoBlog, path: str, query: Mapping[str, str], now: datetime) -> Response:
    """`/feeds/[POSTID/]comments|posts/default|full|summary[/-/LABEL]`."""
    parts = path.removeprefix("/feeds/").strip("/").split("/")
    post = None
    if parts[0].isdigit():
        post = next((p for p in blog.visible_posts(now) if str(p.number) == parts[0]), None)
        if post is None:
            return _not_found()
        parts = parts[1:]
    if len(parts) < 2 or parts[1] not in ("default", "full", "summary"):
        return _not_found()
    label = parts[3] if len(parts) == 4 and parts[2] == "-" else ""
    as_rss = query.get("alt") == "rss"
    is_short = parts[1] == "summary"
    if parts[0] == "comments":
        window = _window(blog.listed_comments(now, post), query)
        body = feeds.comments(blog, post, window, now, as_rss=as_rss, is_short=is_short)
    elif parts[0] == "posts" and post is None:
        found = [p for p in blog.visible_posts(now) if not label or label in p.labels]
        body = feeds.posts(blog, _window(found, query), now, as_rss=as_rss, is_short=is_short)
    else:
        return _not_found()
    return Response(200, RSS if as_rss else ATOM, body)


def _window(items: Sequence[Item], query: Mapping[str, str]) -> FeedPage[Item]:
    """The part asked for; `items` come newest first."""
    kept = [item for item in items if _is_between(_stated(item), query)]
    first = max(1, int(query.get("start-index", "1")))
    size = min(int(query.get("max-results", str(DEFAULT_RESULTS))), MAX_RESULTS)
    return FeedPage(kept[first - 1 : first - 1 + size], len(kept), first, size)


def _stated(item: DemoPost | DemoComment) -> datetime:
    return item.published if isinstance(item, DemoPost) else item.posted_at


def _is_between(at: datetime, query: Mapping[str, str]) -> bool:
    for field in ("published", "updated"):
        low, high = query.get(f"{field}-min"), query.get(f"{field}-max")
        if low and at < datetime.fromisoformat(low.replace(" ", "+")):
            return False
        if high and at >= datetime.fromisoformat(high.replace(" ", "+")):
            return False
    return True


def _conditional(response: Response, request: Request) -> Response:
    """Blogger's validator changes with the document, so a 304 can be believed."""
    if response.status != 200:
        return response
    digest = hashlib.sha256(response.body).hexdigest()
    headers = {"ETag": f'W/"{digest}"'}
    if request.headers.get("if-none-match", "") == headers["ETag"]:
        return Response(304, response.content_type, headers=headers)
    return Response(200, response.content_type, response.body, headers)


def _not_found() -> Response:
    message = escape("Sorry, the page you were looking for in this blog does not exist.")
    return page("Page not found", f"<p>{message}</p>", status=404)
