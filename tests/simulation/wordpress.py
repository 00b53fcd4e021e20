"""A WordPress blog that lives by a clock: which address gives what, with its validators and redirects.

Source of every habit: notes on feeds, section 3 (read in WordPress's source, verified on 6.1.9).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from tests.simulation import wordpress_feeds as feeds
from tests.simulation import wordpress_pages as pages
from tests.simulation import wordpress_rest as rest
from tests.simulation.story import Published, Story
from tests.simulation.wordpress_scene import Atom, Habits, Scene
from tracker.demo.blogosphere.http_texts import Request, Response, deflate, http_date, is_fresh, redirect

_FEED_TAIL = re.compile(r"(?<=/)feed/(?:(atom|rss2|rss)/)?$")
_COMMENT_PAGE = re.compile(r"comment-page-(\d+)/$")
_ROBOTS = b"User-agent: *\nDisallow: /wp-admin/\n"


@dataclass(frozen=True)
class SimulatedWordPress:
    """`clock` tells the instant (aware) of every answer."""

    story: Story
    clock: Callable[[], datetime]
    habits: Habits = field(default_factory=Habits)

    def answer(self, host: str, request: Request) -> Response:
        scene = Scene(self.story, self.habits, self.clock())
        if host not in self.story.hosts(scene.now):
            return Response(404, body=b"not here yet")
        asked = f"{request.headers.get('x-forwarded-proto', 'http')}://{host}/"
        if asked != scene.home:
            tail = request.path[1:] + (f"?{urlencode(request.query)}" if request.query else "")
            return redirect(scene.home + tail)
        response = _answer(scene, request)
        return deflate(request.headers, response) if self.habits.deflates else response


def _answer(scene: Scene, request: Request) -> Response:  # noqa: PLR0911 -- one per address
    path = request.path
    if path == "/robots.txt":
        return Response(200, "text/plain; charset=utf-8", _ROBOTS)
    if "rest_route" in request.query:
        return rest.answer(scene, request.query["rest_route"], request.query)
    if scene.habits.default_permalinks:
        # index.php answers every address, whatever its path says; only /wp-json is redirected once.
        if path.startswith("/wp-json") and not path.endswith("/"):
            return redirect(scene.home + path[1:] + "/")
        return _by_query(scene, request)
    if path.startswith("/wp-json"):
        return rest.answer(scene, path.removeprefix("/wp-json"), request.query)
    if not path.endswith("/"):
        query = f"?{urlencode(request.query)}" if request.query else ""
        return redirect(f"{scene.home}{path[1:]}/{query}")
    if path == "/":
        return _by_query(scene, request)
    return _by_path(scene, request)


def _by_query(scene: Scene, request: Request) -> Response:
    query = request.query
    kind = query.get("feed", "")
    number = query.get("p") or query.get("page_id")
    post = _numbered(scene, number) if number else None
    if number and post is None:
        return feeds.nothing_here(scene) if kind else pages.not_found(scene)
    if kind:
        is_comments = kind.startswith("comments-") or post is not None
        return _feed(scene, request, post, atom=kind.endswith("atom"), is_comments=is_comments)
    if post is None:
        return pages.home(scene)
    if not scene.habits.default_permalinks:
        return redirect(scene.permalink(post))
    return pages.post_page(scene, post, _page_number(query.get("cpage", "")))


def _by_path(scene: Scene, request: Request) -> Response:
    tail = _FEED_TAIL.search(request.path)
    if tail is not None:
        base, atom = request.path[: tail.start()], tail.group(1) == "atom"
        if base in ("/", "/comments/"):
            return _feed(scene, request, None, atom=atom, is_comments=base != "/")
        post = _at_path(scene, base)
        if post is None:  # a mistyped slug, or one the post had before
            return feeds.comments_of_nobody(scene)
        return _feed(scene, request, post, atom=atom, is_comments=True)
    split = _COMMENT_PAGE.search(request.path)
    base = request.path[: split.start()] if split else request.path
    post = _at_path(scene, base)
    if post is not None:
        return pages.post_page(scene, post, _page_number(split.group(1) if split else ""))
    guessed = _guess(scene, base)
    return redirect(scene.permalink(guessed)) if guessed else pages.not_found(scene)


def _feed(
    scene: Scene, request: Request, post: Published | None, *, atom: bool, is_comments: bool
) -> Response:
    if atom and scene.habits.atom is Atom.MISSING:
        return feeds.nothing_here(scene)
    paged = _page_number(request.query.get("paged", "")) or 1
    if not is_comments:
        changes = [one.at for one in scene.story.posts(scene.now, pages=True)]
        response = feeds.posts(scene, atom=atom, paged=paged)
        return _with_validators(response, request, max(changes, default=scene.now))
    if post is None and paged > 1:
        return feeds.nothing_here(scene)
    # The validators of every comment feed, a post's own too, are those of the whole site.
    response = feeds.comments(scene, post, atom=atom)
    return _with_validators(response, request, scene.story.changed_at(scene.now))


def _with_validators(response: Response, request: Request, changed_at: datetime) -> Response:
    if response.status != 200:
        return response
    last_modified = http_date(changed_at)
    etag = f'"{hashlib.md5(last_modified.encode(), usedforsecurity=False).hexdigest()}"'
    headers = {"Last-Modified": last_modified, "ETag": etag}
    if is_fresh(request, etag, changed_at):
        return Response(304, response.content_type, headers=headers)
    return Response(200, response.content_type, response.body, headers)


def _numbered(scene: Scene, number: str) -> Published | None:
    return next((p for p in scene.story.posts(scene.now, pages=True) if str(p.number) == number), None)


def _at_path(scene: Scene, path: str) -> Published | None:
    for post in scene.story.posts(scene.now, pages=True):
        if path == "/" + scene.path(post, scene.story.slug(post, scene.now)):
            return post
    return None


def _guess(scene: Scene, path: str) -> Published | None:
    """An earlier slug, or a slug without its folder, leads to the post all the same."""
    slug = path.strip("/").rpartition("/")[2]
    posts = scene.story.posts(scene.now, pages=True)
    return next((post for post in posts if slug in scene.story.slugs(post, scene.now)), None)


def _page_number(text: str) -> int | None:
    return int(text) if text.isdigit() and int(text) > 0 else None
