"""Answers WordPress's REST addresses for comments and posts, for callers who are not signed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import TypeVar

from tracker.demo.blogosphere.blogs import Blog, Comment, Post
from tracker.demo.blogosphere.http_texts import JSON, Response, avatar_url, page
from tracker.demo.blogosphere.wordpress_pages import comment_link, permalink

MAX_PER_PAGE = 100
T = TypeVar("T")


def answer(blog: Blog, route: str, query: Mapping[str, str], now: datetime) -> Response:
    """Answer `route`, the part after /wp-json or in ?rest_route=."""
    if not blog.has_rest:
        return page("Nothing found", "<h1>Not found</h1>", status=404)
    parts = route.strip("/").split("/")
    if parts == [""]:
        return _json({"name": blog.title, "url": blog.home_url.rstrip("/"), "namespaces": ["wp/v2"]})
    if parts == ["wp", "v2", "comments"]:
        return _comments(blog, query, now)
    if parts[:3] == ["wp", "v2", "comments"] and len(parts) == 4 and parts[3].isdigit():
        return _one_comment(blog, int(parts[3]), now)
    if parts == ["wp", "v2", "posts"]:
        return _listing(blog.visible_posts(now), query, lambda post: _post(blog, post, now))
    return _problem(404, "rest_no_route", "No route was found matching the URL and request method.")


def _comments(blog: Blog, query: Mapping[str, str], now: datetime) -> Response:
    if query.get("type", "comment") != "comment" or query.get("context", "view") == "edit":
        return _problem(401, "rest_forbidden_param", "Query parameter not permitted: type")
    try:
        after, before = (_instant(query.get(key, ""), blog) for key in ("after", "before"))
    except ValueError:
        return _problem(400, "rest_invalid_param", "Invalid parameter(s): after")
    asked = {int(number) for number in query.get("post", "").split(",") if number.isdigit()}
    found = [
        comment
        for comment in blog.visible_comments(now)
        if comment.kind == "comment"
        and (not asked or comment.post.number in asked)
        and (after is None or comment.posted_at > after)
        and (before is None or comment.posted_at < before)
    ]
    return _listing(found, query, lambda comment: _comment(blog, comment, now))


def _one_comment(blog: Blog, number: int, now: datetime) -> Response:
    """401 for one that is held or was removed, 404 for one that never was."""
    comment = next((c for c in blog.comments if c.number == number and c.posted_at <= now), None)
    if comment is None:
        return _problem(404, "rest_comment_invalid_id", "Invalid comment ID.")
    if not comment.is_visible(now):
        return _problem(401, "rest_cannot_read", "Sorry, you are not allowed to read this comment.")
    return _json(_comment(blog, comment, now))


def _listing(items: Sequence[T], query: Mapping[str, str], show: Callable[[T], object]) -> Response:
    per_page, number = query.get("per_page", "10"), query.get("page", "1")
    if not per_page.isdigit() or not 1 <= int(per_page) <= MAX_PER_PAGE:
        return _problem(400, "rest_invalid_param", "Invalid parameter(s): per_page")
    if not number.isdigit() or int(number) < 1:
        return _problem(400, "rest_invalid_param", "Invalid parameter(s): page")
    size = int(per_page)
    ordered = list(reversed(items)) if query.get("order") == "asc" else list(items)
    first = (int(number) - 1) * size
    headers = {"X-WP-Total": str(len(ordered)), "X-WP-TotalPages": str(-(-len(ordered) // size))}
    return _json([show(item) for item in ordered[first : first + size]], headers=headers)


def _comment(blog: Blog, comment: Comment, now: datetime) -> dict[str, object]:
    shown: dict[str, object] = {
        "id": comment.number,
        "post": comment.post.number,
        "parent": comment.parent.number if comment.parent else 0,
        "author": 1 if comment.by_owner else 0,
        "author_name": escape(comment.author, quote=False),
        "author_url": comment.author_url,
        "date": comment.posted_at.astimezone(blog.zone).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_gmt": comment.posted_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "content": {"rendered": comment.html_at(now) + "\n"},
        "link": comment_link(blog, comment),
        "status": "approved",
        "type": "comment",
        "meta": [],
    }
    if blog.shows_avatars:
        shown["author_avatar_urls"] = {
            str(size): avatar_url(comment.email, sha256=blog.sha256_avatars, size=size)
            for size in (24, 48, 96)
        }
    return shown


def _post(blog: Blog, post: Post, now: datetime) -> dict[str, object]:
    return {
        "id": post.number,
        "date": post.published.astimezone(blog.zone).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_gmt": post.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "link": permalink(blog, post),
        "slug": post.slug,
        "title": {"rendered": escape(post.title, quote=False)},
        "content": {"rendered": post.html_at(now)},
    }


def _instant(text: str, blog: Blog) -> datetime | None:
    """`after` and `before`: without a zone they are the blog's local time."""
    if not text:
        return None
    stated = datetime.fromisoformat(text.replace(" ", "+"))
    return stated if stated.tzinfo else stated.replace(tzinfo=blog.zone)


def _json(value: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    # PHP escapes every slash; slashes stand inside strings only, so replacing them is safe.
    text = json.dumps(value, ensure_ascii=True).replace("/", "\\/")
    return Response(status, JSON, text.encode(), headers or {})


def _problem(status: int, code: str, message: str) -> Response:
    return _json({"code": code, "message": message, "data": {"status": status}}, status=status)
