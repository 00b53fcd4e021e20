"""What a page says about its blog: the feeds it names, the program it runs on, where its home is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.feed import Platform
from tracker.feeds.documents.clean import MAX_TITLE, clean_line, clean_url, decode_body, join_url
from tracker.feeds.platforms import blogger, generic, wordpress

_FEED_TYPES = frozenset(
    {"application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
_API_HEADER = re.compile(r"<([^>]+)>\s*;\s*rel=\"?https://api\.w\.org/\"?")
_MAX_FEEDS = 20

# Comments kept by another service, which a blog's own feeds do not have.
_OTHER_HOUSES = (
    ("disqus.com/embed", "Disqus"),
    (".disqus.com/", "Disqus"),
    ("giscus.app/", "giscus"),
    ("utteranc.es/", "utterances"),
    ("hyvor.com/", "Hyvor Talk"),
    ("fb-comments", "Facebook"),
)


@dataclass(frozen=True, slots=True)
class Signs:
    """`feeds` are all feeds the page names, in its order; `home_url` ends with a slash. `pretty`
    tells which form of addresses a WordPress blog answers to. `comments_by` is the service that
    keeps the comments, if not the blog."""

    url: str
    platform: Platform = Platform.GENERIC
    home_url: str = ""
    title: str = ""
    feeds: tuple[str, ...] = ()
    pretty: bool = True
    blog_number: str = ""
    comments_by: str = ""


def read_signs(html: bytes, headers: Mapping[str, str], url: str) -> Signs:
    """Read a page, leniently: links without href or of other kinds are passed over, `<base>` counts."""
    text = decode_body(html, headers)
    tree = LexborHTMLParser(text)
    base = join_url(url, _attribute(tree.css_first("base[href]"), "href")) or url
    feeds = _named_feeds(tree, base)
    api = _api_root(tree, headers, base)
    platform = _platform(tree, text, url, feeds, api)
    pretty = "rest_route=" not in api and not any("?feed=" in feed for feed in feeds)
    title = _attribute(tree.css_first('meta[property="og:site_name"]'), "content")
    heading = tree.css_first("title")
    return Signs(
        url=url,
        platform=platform,
        home_url=_home_url(platform, url, feeds, api),
        title=clean_line(title or (heading.text() if heading else ""), MAX_TITLE),
        feeds=feeds,
        pretty=pretty,
        blog_number=blogger.blog_id(*feeds, *_blogger_links(tree)) if platform is Platform.BLOGGER else "",
        comments_by=next((name for sign, name in _OTHER_HOUSES if sign in text), ""),
    )


def _named_feeds(tree: LexborHTMLParser, base: str) -> tuple[str, ...]:
    found = []
    for node in tree.css("link[rel][href], a[rel][href]"):
        rels = _attribute(node, "rel").lower().split()
        kind = _attribute(node, "type").lower().partition(";")[0].strip()
        href = clean_url(_attribute(node, "href"))
        if href and kind in _FEED_TYPES and ("alternate" in rels or "feed" in rels):
            found.append(join_url(base, href))
    return tuple(dict.fromkeys(url for url in found if url.startswith(("http://", "https://"))))[:_MAX_FEEDS]


def _api_root(tree: LexborHTMLParser, headers: Mapping[str, str], base: str) -> str:
    """Where WordPress says its REST interface is: in a link, or in the Link header."""
    href = _attribute(tree.css_first('link[rel="https://api.w.org/"]'), "href")
    if not href:
        found = _API_HEADER.search(headers.get("link", ""))
        href = found.group(1) if found else ""
    return join_url(base, href) if href else ""


def _platform(tree: LexborHTMLParser, text: str, url: str, feeds: tuple[str, ...], api: str) -> Platform:
    generator = _attribute(tree.css_first("meta[name=generator]"), "content").lower()
    host = (urlsplit(url).hostname or "").lower()
    if "blogger" in generator or blogger.is_blogger_host(host) or blogger.blog_id(*feeds):
        return Platform.BLOGGER
    if api or "wordpress" in generator or host.endswith((".wordpress.com", ".edublogs.org")):
        return Platform.WORDPRESS
    return Platform.WORDPRESS if "/wp-content/" in text or "/wp-includes/" in text else Platform.GENERIC


def _home_url(platform: Platform, url: str, feeds: tuple[str, ...], api: str) -> str:
    if platform is Platform.BLOGGER:
        return generic.root_of(url)
    if platform is Platform.WORDPRESS:
        if api:
            return re.sub(r"(?:index\.php/?)?(?:wp-json/?(?:index\.html)?)?(?:\?.*)?$", "", api)
        # The shortest address before /feed/ is the blog's; the others are its posts' and categories'.
        homes = [
            wordpress.home_of(feed) for feed in feeds if urlsplit(feed).hostname == urlsplit(url).hostname
        ]
        return min(homes, key=len) if homes else generic.root_of(url)
    return generic.root_of(url)


def _blogger_links(tree: LexborHTMLParser) -> list[str]:
    return [_attribute(node, "href") for node in tree.css('link[href*="blogger.com/feeds/"]')]


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""
