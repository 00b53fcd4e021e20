"""Answers requests as WordPress does: which address gives what, validators, redirects.

The documents themselves are written by `wordpress_feeds`, `wordpress_rest` and `wordpress_pages`.
Source of every habit: notes on feeds, section 3 (read in WordPress's source, verified on 6.1.9).
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from urllib.parse import urlencode

from tracker.demo.blogosphere import wordpress_feeds as feeds
from tracker.demo.blogosphere import wordpress_pages as pages
from tracker.demo.blogosphere import wordpress_rest as rest
from tracker.demo.blogosphere.blogs import FAR_FUTURE, Atom, DemoBlog, DemoComment, DemoPost
from tracker.demo.blogosphere.http_texts import Request, Response, http_date, is_fresh, redirect
from tracker.demo.blogosphere.wordpress_site import Site

_FEED_TAIL = re.compile(r"(?<=/)feed/(?:(atom|rss2|rss)/)?$")
_COMMENT_PAGE = re.compile(r"comment-page-(\d+)/$")
_ROBOTS = b"User-agent: *\nDisallow: /wp-admin/\n"


def post_url(blog: DemoBlog, post: DemoPost) -> str:
    return Site(blog, FAR_FUTURE).permalink(post)


def comment_url(blog: DemoBlog, comment: DemoComment) -> str:
    return Site(blog, FAR_FUTURE).link(comment)


def answer(blog: DemoBlog, request: Request, now: datetime) -> Response:  # noqa: PLR0911 -- one per address
    """Answer one GET below the blog's folder."""
    site, path = Site(blog, now), request.path
    if path == "/robots.txt":
        return Response(200, "text/plain; charset=utf-8", _ROBOTS)
    if "rest_route" in request.query:
        return rest.answer(site, request.query["rest_route"], request.query)
    if site.has_default_permalinks:
        # index.php answers every address, whatever its path says; only /wp-json is redirected once.
        if path.startswith("/wp-json") and not path.endswith("/"):
            return redirect(f"{site.home}{path[1:]}/")
        return _by_query(site, request)
    if path.startswith("/wp-json"):
        return rest.answer(site, path.removeprefix("/wp-json"), request.query)
    if not path.endswith("/"):
        query = f"?{urlencode(request.query)}" if request.query else ""
        return redirect(f"{site.home}{path[1:]}/{query}")
    return _by_query(site, request) if path == "/" else _by_path(site, request)


def _by_query(site: Site, request: Request) -> Response:
    query = request.query
    kind = query.get("feed", "")
    number = query.get("p") or query.get("page_id")
    post = next((post for post in site.posts_and_pages if str(post.number) == number), None)
    if number and post is None:
        return feeds.nothing_here(site) if kind else pages.not_found(site)
    if kind:
        is_comments = kind.startswith("comments-") or post is not None
        return _feed(site, request, post, atom=kind.endswith("atom"), is_comments=is_comments)
    if post is None:
        return pages.home(site)
    if not site.has_default_permalinks:
        return redirect(site.permalink(post))
    return pages.post_page(site, post, _page_number(query.get("cpage", "")))


def _by_path(site: Site, request: Request) -> Response:
    tail = _FEED_TAIL.search(request.path)
    if tail is not None:
        base, atom = request.path[: tail.start()], tail.group(1) == "atom"
        if base in ("/", "/comments/"):
            return _feed(site, request, None, atom=atom, is_comments=base != "/")
        post = _at_path(site, base)
        if post is None:  # a mistyped slug, or one the post had before
            return feeds.comments_of_no_post(site)
        return _feed(site, request, post, atom=atom, is_comments=True)
    split = _COMMENT_PAGE.search(request.path)
    base = request.path[: split.start()] if split else request.path
    post = _at_path(site, base)
    if post is not None:
        return pages.post_page(site, post, _page_number(split.group(1) if split else ""))
    guessed = _guess(site, base)
    return redirect(site.permalink(guessed)) if guessed else pages.not_found(site)


def _at_path(site: Site, path: str) -> DemoPost | None:
    return next((post for post in site.posts_and_pages if path == f"/{site.path(post)}"), None)


def _guess(site: Site, path: str) -> DemoPost | None:
    """An earlier slug, or a slug without its folder, leads to the post all the same."""
    slug = path.strip("/").rpartition("/")[2]
    return next((post for post in site.posts_and_pages if slug in post.slugs(site.now)), None)


def _feed(site: Site, request: Request, post: DemoPost | None, *, atom: bool, is_comments: bool) -> Response:
    if atom and site.blog.atom is Atom.MISSING:
        return feeds.nothing_here(site)
    paged = _page_number(request.query.get("paged", "")) or 1
    if not is_comments:
        changes = [post.modified_at(site.now) for post in site.posts_and_pages]
        response = feeds.posts(site, paged, atom=atom)
        return _with_validators(response, request, max(changes, default=site.now))
    if post is None and paged > 1:
        return feeds.nothing_here(site)
    # The validators of every comment feed, a post's own too, are those of the whole site.
    response = feeds.comments(site, post, atom=atom)
    return _with_validators(response, request, site.blog.changed_at(site.now))


def _with_validators(response: Response, request: Request, changed_at: datetime) -> Response:
    if response.status != 200:
        return response
    last_modified = http_date(changed_at)
    digest = hashlib.md5(last_modified.encode(), usedforsecurity=False).hexdigest()
    headers = {"Last-Modified": last_modified, "ETag": f'"{digest}"'}
    if is_fresh(request, headers["ETag"], changed_at):
        return Response(304, response.content_type, headers=headers)
    return Response(200, response.content_type, response.body, headers)


def _page_number(text: str) -> int | None:
    return int(text) if text.isdigit() and int(text) > 0 else None
