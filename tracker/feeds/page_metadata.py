"""What a page says about its blog: the feeds it names, the program it runs on, where its home is.

Tested in tests/feeds/test_discover.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tracker.feeds.documents.clean import MAX_TITLE, clean_line, clean_url, decode_body, join_url
from tracker.feeds.platforms.base import Clues, attribute
from tracker.feeds.platforms.registry import recognize

_FEED_TYPES = frozenset(
    {"application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
_LINK_HEADER = re.compile(r"<([^>]+)>\s*;\s*rel=\"?([^\";,\s]+)")
_MAX_FEEDS = 20
_FEED_ADDRESS = re.compile(
    r"/(?:feed|rss|atom)s?/?$|[/.](?:rss|atom)$|(?:rss|atom|feed|index)[\w-]*\.xml$", re.IGNORECASE
)
_FEED_NAME = re.compile(r"\b(?:rss|atom|feed)\b", re.IGNORECASE)

# Comments kept by another service, which a blog's own feeds do not have.
_COMMENT_SERVICES = (
    ("disqus.com/embed", "Disqus"),
    (".disqus.com/", "Disqus"),
    ("giscus.app/", "giscus"),
    ("utteranc.es/", "utterances"),
    ("hyvor.com/", "Hyvor Talk"),
    ("fb-comments", "Facebook"),
)


def read_clues(html: bytes, headers: Mapping[str, str], url: str) -> Clues:
    """Read a page, leniently: links without href or of other kinds are passed over, `<base>` counts."""
    text = decode_body(html, headers)
    tree = LexborHTMLParser(text)
    base = join_url(url, attribute(tree.css_first("base[href]"), "href")) or url
    title = attribute(tree.css_first('meta[property="og:site_name"]'), "content")
    heading = tree.css_first("title")
    clues = Clues(
        url=url,
        generator=attribute(tree.css_first("meta[name=generator]"), "content").lower(),
        feeds=_named_feeds(tree, base),
        links=tuple(_links(tree, headers, base)),
        text=text,
        title=clean_line(title or (heading.text() if heading else ""), MAX_TITLE),
        comments_by=next((name for sign, name in _COMMENT_SERVICES if sign in text), ""),
    )
    platform = recognize(clues)
    return replace(
        clues,
        platform=platform.kind,
        home_url=platform.home_of_page(clues),
        blog_number=platform.blog_number(*clues.feeds, *(href for _, href in clues.links)),
    )


def _named_feeds(tree: LexborHTMLParser, base: str) -> tuple[str, ...]:
    found = []
    for node in tree.css("link[rel][href], a[rel][href]"):
        rels = attribute(node, "rel").lower().split()
        kind = attribute(node, "type").lower().partition(";")[0].strip()
        href = clean_url(attribute(node, "href"))
        if href and kind in _FEED_TYPES and ("alternate" in rels or "feed" in rels):
            found.append(join_url(base, href))
    found = [url for url in found if url.startswith(("http://", "https://"))] or list(
        _linked_feeds(tree, base)
    )
    return tuple(dict.fromkeys(found))[:_MAX_FEEDS]


def _linked_feeds(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    """Feeds that a page names in its text only, as some site builders do: a link on the same site that
    looks like a feed and is called one."""
    site = urlsplit(base).netloc
    for node in tree.css("body a[href]"):
        url = join_url(base, clean_url(attribute(node, "href")))
        named = f"{node.text()} {attribute(node, 'title')} {attribute(node, 'class')}"
        if urlsplit(url).netloc == site and _FEED_ADDRESS.search(url) and _FEED_NAME.search(named):
            yield url


def _links(tree: LexborHTMLParser, headers: Mapping[str, str], base: str) -> Iterator[tuple[str, str]]:
    """Relation and address of each link in the page's head, then of those in the HTTP header."""
    for node in tree.css("link[rel][href]"):
        yield attribute(node, "rel"), join_url(base, attribute(node, "href"))
    for href, rel in _LINK_HEADER.findall(headers.get("link", "")):
        yield rel, join_url(base, href)
