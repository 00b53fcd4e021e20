"""Answers requests as WordPress does: which address gives what, validators, redirects.

The documents themselves are written by `wordpress_feeds`, `wordpress_rest` and `wordpress_pages`.
Source of every habit: notes on feeds, section 3 (read in WordPress's source, verified on 6.1.9).
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from urllib.parse import urlencode

from tracker.demo.blogosphere import wordpress_feeds as feeds
from tracker.demo.blogosphere import wordpress_pages as pages
from tracker.demo.blogosphere import wordpress_rest as rest
from tracker.demo.blogosphere.blogs import Blog, Permalinks, Post
from tracker.demo.blogosphere.http_texts import (
    ATOM,
    RSS,
    Request,
    Response,
    http_date,
    is_fresh,
    page,
    redirect,
)

COMMENT_FEEDS = {"comments-rss2": RSS, "comments-atom": ATOM}
FEEDS = {"feed": RSS, "rss2": RSS, "rss": RSS, "atom": ATOM}
ROBOTS = b"User-agent: *\nDisallow: /wp-admin/\n"


def answer(blog: Blog, request: Request, now: datetime) -> Response:  # noqa: PLR0911 -- one per address
    """Answer one GET below the blog's folder."""
    path = request.path
    if path == "/robots.txt":
        return Response(200, "text/plain; charset=utf-8", ROBOTS)
    if "rest_route" in request.query:
        return rest.answer(blog, request.query["rest_route"], request.query, now)
    if blog.permalinks is Permalinks.DEFAULT:
        # index.php answers every address, whatever its path says; only /wp-json is redirected once.
        if path.startswith("/wp-json") and not path.endswith("/"):
            return redirect(blog.url(path[1:] + "/"))
        return _by_query(blog, request, now)
    if path.startswith("/wp-json"):
        return rest.answer(blog, path.removeprefix("/wp-json"), request.query, now)
    if not path.endswith("/"):
        query = f"?{urlencode(request.query)}" if request.query else ""
        return redirect(blog.url(path[1:] + "/" + query))
    if path == "/":
        return _by_query(blog, request, now)
    return _by_path(blog, request, now)


def _by_query(blog: Blog, request: Request, now: datetime) -> Response:  # noqa: PLR0911 -- as above
    query = request.query
    asked = query.get("feed", "")
    post = _post_by_number(blog, query["p"], now) if "p" in query else None
    if "p" in query and post is None:
        return feeds.nothing_here(blog) if asked else _not_found(blog)
    if asked in COMMENT_FEEDS:
        return _comments(blog, request, now, COMMENT_FEEDS[asked], None)
    if asked in FEEDS:
        if post is None:
            return _posts(blog, request, now, FEEDS[asked])
        return _comments(blog, request, now, FEEDS[asked], post)
    if post is None:
        return pages.home(blog, now)
    if blog.permalinks is Permalinks.PRETTY:
        return redirect(pages.permalink(blog, post))
    return pages.post_page(blog, post, now)


def _by_path(blog: Blog, request: Request, now: datetime) -> Response:
    base, media_type = _split_feed(request.path)
    if media_type and base == "/":
        return _posts(blog, request, now, media_type)
    if media_type and base == "/comments/":
        return _comments(blog, request, now, media_type, None)
    post = next((p for p in blog.visible_posts(now) if _is_path_of(blog, p, base)), None)
    if media_type:
        if post is None:  # a mistyped post looks like one without comments
            return feeds.comments(blog, now, RSS, None, shown=[])
        return _comments(blog, request, now, media_type, post)
    return pages.post_page(blog, post, now) if post else _not_found(blog)


def _split_feed(path: str) -> tuple[str, str]:
    """The path before `feed/` and the media type asked for; "" when no feed is."""
    for tail, media_type in (("feed/atom/", ATOM), ("feed/rss2/", RSS), ("feed/", RSS)):
        if path.endswith("/" + tail):
            return path.removesuffix(tail), media_type
    return path, ""


def _is_path_of(blog: Blog, post: Post, path: str) -> bool:
    own = pages.permalink(blog, post).removeprefix(blog.home_url)
    return path.strip("/").split("/comment-page-")[0] == own.strip("/")


def _post_by_number(blog: Blog, number: str, now: datetime) -> Post | None:
    return next((post for post in blog.visible_posts(now) if str(post.number) == number), None)


def _posts(blog: Blog, request: Request, now: datetime, media_type: str) -> Response:
    paged = int(request.query.get("paged", "1"))
    response = feeds.posts(blog, now, media_type, paged)
    changed_at = max((post.modified_at(now) for post in blog.visible_posts(now)), default=now)
    return _with_validators(response, request, changed_at)


def _comments(blog: Blog, request: Request, now: datetime, media_type: str, post: Post | None) -> Response:
    if not blog.has_comment_feed:
        return redirect(blog.home_url)
    if post is None and request.query.get("paged", "1") != "1":
        return feeds.nothing_here(blog)
    # The validators of every comment feed are those of the whole site.
    changes = [post.modified_at(now) for post in blog.visible_posts(now)]
    changes += [comment.posted_at for comment in blog.visible_comments(now)]
    response = feeds.comments(blog, now, media_type, post)
    return _with_validators(response, request, max(changes, default=now))


def _with_validators(response: Response, request: Request, changed_at: datetime) -> Response:
    if response.status != 200:
        return response
    last_modified = http_date(changed_at)
    digest = hashlib.md5(last_modified.encode(), usedforsecurity=False).hexdigest()
    headers = {"Last-Modified": last_modified, "ETag": f'"{digest}"'}
    if is_fresh(request, headers["ETag"], changed_at):
        return Response(304, response.content_type, headers=headers)
    return Response(200, response.content_type, response.body, headers)


def _not_found(blog: Blog) -> Response:
    return page(f"Page not found – {blog.title}", "<h1>Oops! That page can’t be found.</h1>", status=404)
