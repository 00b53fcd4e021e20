"""Answers WordPress's REST addresses for comments, for callers who are not signed in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

from tests.simulation.story import Life
from tests.simulation.wordpress_scene import Rest, Scene
from tracker.demo.blogosphere.http_texts import JSON, Response, avatar_url

MAX_PER_PAGE = 100


def answer(scene: Scene, route: str, query: Mapping[str, str]) -> Response:
    """Answer `route`, the part after /wp-json or in ?rest_route=."""
    if scene.habits.rest is Rest.FORBIDDEN:
        return _problem(401, "rest_not_logged_in", "Only signed-in users may use the REST API.")
    parts = route.strip("/").split("/")
    if scene.habits.rest is Rest.ON:
        if parts == [""]:
            return _json({"name": scene.story.title, "home": scene.home.rstrip("/"), "namespaces": ["wp/v2"]})
        if parts == ["wp", "v2", "comments"]:
            return _comments(scene, query)
        if parts[:3] == ["wp", "v2", "comments"] and len(parts) == 4 and parts[3].isdigit():
            return _one(scene, int(parts[3]))
    return _problem(404, "rest_no_route", "No route was found matching the URL and request method.")


def _comments(scene: Scene, query: Mapping[str, str]) -> Response:
    if query.get("type", "comment") != "comment" or query.get("context", "view") == "edit":
        return _problem(401, "rest_forbidden_param", "Query parameter not permitted: type")
    per_page, number = query.get("per_page", "10"), query.get("page", "1")
    if not per_page.isdigit() or not 1 <= int(per_page) <= MAX_PER_PAGE:
        return _problem(400, "rest_invalid_param", "Invalid parameter(s): per_page")
    if not number.isdigit() or int(number) < 1:
        return _problem(400, "rest_invalid_param", "Invalid parameter(s): page")
    try:
        after, before = (_instant(scene, query.get(name, "")) for name in ("after", "before"))
    except ValueError:
        return _problem(400, "rest_invalid_param", "Invalid parameter(s): after")
    posts = {int(one) for one in query.get("post", "").split(",") if one.isdigit()}
    found = [
        life
        for life in scene.comments
        if life.said.kind == "comment"
        and (not posts or life.said.post in posts)
        and (after is None or life.said.at > after)
        and (before is None or life.said.at < before)
    ]
    if query.get("order", "desc") == "asc":
        found.reverse()
    size = int(per_page)
    first = (int(number) - 1) * size
    totals = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))}
    return _json([_comment(scene, life) for life in found[first : first + size]], headers=totals)


def _one(scene: Scene, number: int) -> Response:
    """401 for one that is held or was removed, 404 for one that never was."""
    life = scene.story.lives.get(number)
    if life is None or life.said.at > scene.now:
        return _problem(404, "rest_comment_invalid_id", "Invalid comment ID.")
    if not life.is_public(scene.now):
        return _problem(401, "rest_cannot_read", "Sorry, you are not allowed to read this comment.")
    return _json(_comment(scene, life))


def _comment(scene: Scene, life: Life) -> dict[str, object]:
    said = life.said
    shown: dict[str, object] = {
        "id": life.number,
        "post": said.post,
        "parent": said.parent or 0,
        "author": 1 if said.by_owner else 0,
        "author_name": escape(said.author, quote=False),
        "author_url": said.author_url,
        "date": said.at.astimezone(scene.story.zone).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_gmt": said.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "content": {"rendered": life.html_at(scene.now) + "\n"},
        "link": scene.link(life),
        "status": "approved",
        "type": "comment",
        "meta": [],
    }
    if scene.habits.shows_avatars:
        shown["author_avatar_urls"] = {
            str(size): avatar_url(said.email, sha256=False, size=size) for size in (24, 48, 96)
        }
    return shown


def _instant(scene: Scene, text: str) -> datetime | None:
    """Without a zone it is the blog's local time."""
    if not text:
        return None
    stated = datetime.fromisoformat(text.replace(" ", "+"))
    return stated if stated.tzinfo else stated.replace(tzinfo=scene.story.zone)


def _json(value: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(value).replace("/", "\\/")  # as PHP writes it
    return Response(status, JSON, text.encode(), headers or {})


def _problem(status: int, code: str, message: str) -> Response:
    return _json({"code": code, "message": message, "data": {"status": status}}, status=status)
