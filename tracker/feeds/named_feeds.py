"""The feeds that a page names: in its head, in the header of its answer, and in its text.

Whether an address holds a feed is confirmed by `discover`, which reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.feeds.documents.clean import clean_url, join_url
from tracker.feeds.platforms.base import attribute, is_comment_feed_address

_MAX_FEEDS = 20
_MAX_LINKED = 6
"""So many of the links in a text are believed to lead to feeds of the blog."""
_FEED_TYPE = re.compile(r"^(?:application|text)/(?:[\w.-]*(?:rss|atom|rdf)[\w.-]*(?:\+xml)?|xml)$")

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!*-]+(?:\s*=\s*(?:\"(?:[^\"\\]|\\.)*\"|[^\s;,\"]*))?)*)")
_PARAMETER = re.compile(r";\s*([\w!*-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]*))")

_FEED_PATH = re.compile(
    r"/(?:feeds?|rss2?|atom|rdf)(?:/[a-z0-9_-]+)?/?$|\.(?:rss|atom|rdf)$"
    r"|(?:rss|rdf|atom|feed|index|comments?)[\w-]*\.(?:xml|php|aspx)$",
    re.IGNORECASE,
)
_FEED_WORD = re.compile(r"\b(?:rss\d?|atom|rdf|feed)\b|(?<![a-z])rss", re.IGNORECASE)
_FEED_NAME = re.compile(r"\b(?:rss|atom|rdf|xml|feeds?|flux)\b", re.IGNORECASE)


def find_feeds(tree: LexborHTMLParser, headers: Mapping[str, str], url: str, base: str) -> tuple[str, ...]:
    """The feeds that a page names, those in its head first. `base` is what its relative links mean.

    Of the links in its text, those of posts count only where nothing else is named: a page may link
    the feeds of every category.
    """
    named = [*_in_head(tree, base), *_in_header(headers, url)]
    named = [feed for feed in named if feed.startswith(("http://", "https://"))]
    has_posts = any(not is_comment_feed_address(feed) for feed in named)
    linked = [feed for feed in _in_text(tree, base) if not has_posts or is_comment_feed_address(feed)]
    return tuple(dict.fromkeys(named[:_MAX_FEEDS] + linked[:_MAX_LINKED]))


def read_link_header(headers: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Address and parameters of each link in an answer's header (RFC 8288); names in lower case."""
    for target, text in _LINK.findall(headers.get("link", "")):
        parameters = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(text)}
        yield target.strip(), parameters


def _in_head(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    for node in tree.css("link[rel][href], a[rel][href]"):
        href = clean_url(attribute(node, "href"))
        if href and _is_feed_link(attribute(node, "rel"), attribute(node, "type"), href):
            yield join_url(base, href)


def _in_header(headers: Mapping[str, str], url: str) -> Iterator[str]:
    for target, parameters in read_link_header(headers):
        href = clean_url(target)
        if href and _is_feed_link(parameters.get("rel", ""), parameters.get("type", ""), href):
            yield join_url(url, href)


def _is_feed_link(rel: str, kind: str, href: str) -> bool:
    """By its type; one without a type by its relation or its address."""
    rels, kind = rel.lower().split(), kind.lower().partition(";")[0].strip()
    if kind:
        return bool(_FEED_TYPE.match(kind)) and ("alternate" in rels or "feed" in rels)
    return "feed" in rels or ("alternate" in rels and _is_feed_address(href))


def _in_text(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    """Links on the same site that look like a feed and are called one, or are a picture only."""
    site = _bare_host(base)
    for node in tree.css("body a[href]"):
        url = join_url(base, clean_url(attribute(node, "href"))).partition("#")[0]
        host = _bare_host(url)
        is_here = host == site or host.endswith(f".{site}")
        if host and is_here and _is_feed_address(url) and _is_called_feed(node):
            yield url


def _is_called_feed(link: LexborNode) -> bool:
    pictures = [attribute(image, "alt") for image in link.css("img[alt]")]
    attributes = [attribute(link, name) for name in ("title", "class", "aria-label")]
    words = " ".join([link.text(), *pictures, *attributes]).strip()
    return not words or bool(_FEED_NAME.search(words))


def _is_feed_address(url: str) -> bool:
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    return bool(_FEED_PATH.search(parts.path)) or any(
        _FEED_WORD.search(value) or name.lower() == "feed" for name, value in query
    )


def _bare_host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")
