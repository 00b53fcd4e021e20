"""The feed of three comments that bad blogs spoil, and that healthy blogs show whole."""

from __future__ import annotations

THREE = (1, 2, 3)


def item_of(
    host: str,
    number: int,
    *,
    text: str = "",
    author: str = "Ida Vale",
    date: str = "",
    guid: str | None = None,
) -> str:
    """One comment as RSS; `guid` replaces the whole element."""
    link = f"http://{host}/a-post/#comment-{number}"
    date = date or f"<pubDate>Mon, 05 Oct 2026 10:{number % 60:02d}:{number // 60 % 60:02d} +0000</pubDate>"
    guid = f'<guid isPermaLink="false">{link}</guid>' if guid is None else guid
    return (
        f"<item><title>On a post by {author}</title><link>{link}</link>"
        f"<dc:creator>{author}</dc:creator>{date}{guid}"
        f"<description>{text or f'Comment number {number} of {host}.'}</description></item>"
    )


def rss_of(host: str, items: str, *, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return (
        f'{declaration}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Comments on a blog</title><link>http://{host}/</link>{items}</channel></rss>"
    )


def feed_of(host: str, numbers: tuple[int, ...] = THREE) -> str:
    return rss_of(host, "".join(item_of(host, number) for number in numbers))
