"""All platforms, and the questions that are asked before the platform is known.

A new platform is a module here with a subclass of `BlogPlatform`, a value of `domain.feed.Platform` and an
entry in `PLATFORMS`.
"""

from __future__ import annotations

from tracker.domain.feed import Platform
from tracker.feeds.platforms.base import BlogPlatform, Clues
from tracker.feeds.platforms.blogger import Blogger
from tracker.feeds.platforms.wordpress import WordPress

ANY_BLOG = BlogPlatform()
PLATFORMS: tuple[BlogPlatform, ...] = (Blogger(), WordPress(), ANY_BLOG)
"""The likeliest to be sure first; any blog comes last, and answers what no other does."""

TOMBSTONES = frozenset[str]().union(*(platform.tombstones for platform in PLATFORMS))

_BY_KIND: dict[str, BlogPlatform] = {platform.kind: platform for platform in PLATFORMS}


def platform_of(kind: Platform | str) -> BlogPlatform:
    """The object of a platform, as values and rows name it."""
    return _BY_KIND[kind]


def recognize(clues: Clues) -> BlogPlatform:
    """The platform that made a page or feed."""
    return next((platform for platform in PLATFORMS if platform.recognizes(clues)), ANY_BLOG)


def guess_by_address(url: str) -> BlogPlatform:
    """The likely platform of an address that was not fetched yet."""
    return next((platform for platform in PLATFORMS if platform.has_address(url)), ANY_BLOG)


def hosting_of(host: str) -> str:
    """The company that hosts all blogs below a name of its own, "" where there is none."""
    return next((name for platform in PLATFORMS if (name := platform.hosting_of(host))), "")


def blog_number_in(*texts: str) -> str:
    """A blog's number in ids or addresses of any platform, "" for none."""
    return next((number for platform in PLATFORMS if (number := platform.blog_number(*texts))), "")


def comment_number_in(address_or_id: str) -> str:
    """A comment's number in an address or id of any platform, "" for none."""
    numbers = (platform.comment_number(address_or_id, address_or_id) for platform in PLATFORMS)
    return next(filter(None, numbers), "")


def post_number_in(address_or_id: str) -> str:
    """A post's number in an address or id of any platform, "" for none."""
    return next((number for platform in PLATFORMS if (number := platform.post_number(address_or_id))), "")
