"""What a page says about its blog: the feeds it names, the program it runs on, where its home is.

Tested in tests/feeds/test_discover.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from tracker.feeds.comment_services import find_service
from tracker.feeds.documents.clean import MAX_TITLE, clean_line, decode_body, join_url
from tracker.feeds.named_feeds import find_feeds, read_link_header
from tracker.feeds.platforms.base import Clues, attribute
from tracker.feeds.platforms.registry import recognize


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
        feeds=find_feeds(tree, headers, url, base),
        links=tuple(_links(tree, headers, url, base)),
        text=text,
        title=clean_line(title or (heading.text() if heading else ""), MAX_TITLE),
        kept=find_service(tree, url),
    )
    platform = recognize(clues)
    return replace(
        clues,
        platform=platform.kind,
        home_url=platform.home_of_page(clues),
        blog_number=platform.blog_number(*clues.feeds, *(href for _, href in clues.links)),
    )


def _links(
    tree: LexborHTMLParser, headers: Mapping[str, str], url: str, base: str
) -> Iterator[tuple[str, str]]:
    """Relation and address of each link in the page's head, then of those in the HTTP header."""
    for node in tree.css("link[rel][href]"):
        yield attribute(node, "rel"), join_url(base, attribute(node, "href"))
    for href, parameters in read_link_header(headers):
        for rel in parameters.get("rel", "").split():
            yield rel, join_url(url, href)
