"""Answers WordPress's REST addresses for comments and posts, for callers who are not signed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import TypeVar

from tracker.demo.blogosphere.blogs import DemoComment, DemoPost, Rest
from tracker.demo.blogosphere.http_texts import JSON, Response, avatar_url
from tracker.demo.blogosphere.wordpress_site import Site

MAX_PER_PAGE = 100
T = TypeVar("T")


def answer(site: Site, route: str, query: Mapping[str, str]) -> Response:
    """Answer `route`, the part after /wp-json or in ?rest_route=."""
    if site.blog.rest is Rest.FORBIDDEN:
        return _problem(401, "rest_not_logged_in", "Only signed-in users may use the REST API.")
    parts = route.strip("/").split("/") if site.blog.rest is Rest.ON else []
    if parts == [""]:
        return _json({"name": site.blog.title, "home": site.home.rstrip("/"), "namespaces": ["wp/v2"]})
    if parts == ["wp", "v2", "comments"]:
        return _comments(site, query)
    if parts[:3] == ["wp", "v2", "comments"] and len(parts) == 4 and parts[3].isdigit():
        return _one_comment(site, int(parts[3]))
    if parts == ["wp", "v2", "posts"]:
        return _listing(site.posts, query, lambda post: _post(site, post))
    return _problem(404, "rest_no_route", "No route was found matching the URL and request method.")


def _comments(site: Site, query: Mapping[str, str]) -> Response:
    if query.get("type", "comment") != "comment" or query.get("context", "view") == "edit":
        return _problem(401, "rest_forbidden_param", "Query parameter not permitted: type")
    try:
        after, before = (_instant(site, query.get(key, "")) for key in ("after", "before"))
    except ValueError:
        return _problem(400, "rest_invalid_param", "Invalid parameter(s): after")
    asked = {int(number) for number in query.get("post", "").split(",") if number.isdigit()}
    found = [
        comment
        for comment in site.comments
        if comment.kind == "comment"
        and (not asked or comment.post.number in asked)
        and (after is None or comment.posted_at > after)
        and (before is None or comment.posted_at < before)
    ]
    return _listing(found, query, lambda comment: _comment(site, comment))


def _one_comment(site: Site, number: int) -> Response:
    """401 for one that is held or was removed, 404 for one that never was."""
    written = [comment for comment in site.blog.comments if comment.posted_at <= site.now]
    comment = next((comment for comment in written if comment.number == number), None)
    if comment is None:
        return _problem(404, "rest_comment_invalid_id", "Invalid comment ID.")
    if not comment.is_visible(site.now):
        return _problem(401, "rest_cannot_read", "Sorry, you are not allowed to read this comment.")
    return _json(_comment(site, comment))


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


def _comment(site: Site, comment: DemoComment) -> dict[str, object]:
    return {
        "id": comment.number,
        "post": comment.post.number,
        "parent": comment.parent.number if comment.parent else 0,
        "author": 1 if comment.by_owner else 0,
        "author_name": escape(comment.author, quote=False),
        "author_url": comment.author_url,
        **_dates(site, comment.posted_at),
        "content": {"rendered": comment.html_at(site.now) + "\n"},
        "link": site.link(comment),
        "status": "approved",
        "type": "comment",
        "meta": [],
        "author_avatar_urls": {
            str(size): avatar_url(comment.email, sha256=site.blog.sha256_avatars, size=size)
            for size in (24, 48, 96)
        },
    }


def _post(site: Site, post: DemoPost) -> dict[str, object]:
    return {
        "id": post.number,
        **_dates(site, post.published),
        "link": site.permalink(post),
        "slug": post.slugs(site.now)[-1],
        "title": {"rendered": escape(post.title, quote=False)},
        "content": {"rendered": post.html_at(site.now)},
    }


def _dates(site: Site, at: datetime) -> dict[str, str]:
    zones = {"date": site.blog.zone, "date_gmt": UTC}
    return {name: at.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S") for name, zone in zones.items()}


def _instant(site: Site, text: str) -> datetime | None:
    """`after` and `before`: without a zone they are the blog's local time."""
    if not text:
        return None
    stated = datetime.fromisoformat(text.replace(" ", "+"))
    return stated if stated.tzinfo else stated.replace(tzinfo=site.blog.zone)


def _json(value: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    # PHP escapes every slash; slashes stand inside strings only, so replacing them is safe.
    text = json.dumps(value, ensure_ascii=True).replace("/", "\\/")
    return Response(status, JSON, text.encode(), headers or {})


def _problem(status: int, code: str, message: str) -> Response:
    return _json({"code": code, "message": message, "data": {"status": status}}, status=status)
