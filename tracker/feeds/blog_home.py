"""A blog's own address, where neither its platform nor its page names it: how much of the path is its.

Which parts of a path are no blog's (a year, a file) is left to `text.addresses`.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from tracker.text.addresses import find_place, host_of, told_parts


def told_home(url: str) -> str:
    """The home of the blog an address lies on as far as its host tells: scheme and host, and on a host
    that gives each user a path (`/~jane/`) that path; with a closing slash."""
    place, parts = find_place(url), urlsplit(url)
    if place and host_of(url) != place.host:  # `medium.com/@jane` is `jane.medium.com`
        return f"{parts.scheme}://{place.host}/"
    return _home(parts, len(told_parts(place) or ()) if place else 0)


def find_home(page_url: str, feed_url: str, named: str) -> str:
    """The home of a blog from one of its pages, its feed of posts, and the page that the feed names.

    The longest of what the host tells, the folder that holds both page and feed, and the page that the
    feed names, if the page or the feed lies below that.
    """
    page, feed, home = urlsplit(page_url), urlsplit(feed_url), urlsplit(named)
    homes = [told_home(page_url)]
    if _host(feed) == _host(page):
        homes.append(_home(page, min(_shared(_parts(page), _parts(feed)[:-1]), _blog_depth(page_url))))
    depth = len(_parts(home))
    if _host(home) == _host(page) and _blog_depth(named) == depth:
        below = [_parts(page)[:depth], *([_parts(feed)[:depth]] if _host(feed) == _host(page) else [])]
        if _parts(home) in below:
            homes.append(_home(home._replace(scheme=page.scheme, netloc=page.netloc), depth))
    return max(homes, key=len)


def may_be_home(home_url: str, page_url: str) -> bool:
    """Whether a folder can be the home of the blog that a page lies on: it holds the page, and no part of
    it is a page of any blog (a year, a category)."""
    home, page = _parts(urlsplit(home_url)), _parts(urlsplit(page_url))
    return page[: len(home)] == home and len(home) <= _blog_depth(page_url)


def _home(parts: SplitResult, depth: int) -> str:
    return "/".join([f"{parts.scheme}://{parts.netloc}", *_parts(parts)[:depth], ""])


def _parts(parts: SplitResult) -> list[str]:
    return [part for part in parts.path.split("/") if part]


def _shared(one: list[str], other: list[str]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _blog_depth(url: str) -> int:
    place = find_place(url)
    return len(place.parts) if place else 0


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")
