"""Bytes + headers -> Document; the only code that imports feedparser.

`ParserPool` does it in children that can be killed. What an entry's fields mean is left to
`items`, REST answers to `rest`, pages to `pages`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Any

import feedparser

from tracker.domain.errors import FetchErrorClass, ParseError
from tracker.domain.feed import Document, Entry, FeedKind, Platform, SkippedEntry, Source, TimeBasis
from tracker.feeds.comment_services import service_of_feed
from tracker.feeds.documents import comments, kinds, pages, rest
from tracker.feeds.documents.clean import (
    MAX_TITLE,
    clean,
    clean_count,
    clean_guid,
    clean_line,
    clean_url,
    decode_body,
    join_url,
)
from tracker.feeds.documents.items import About, detail_of, plain_get, read_item
from tracker.feeds.documents.kept import read_all
from tracker.feeds.documents.times import is_shifted, read_time, zone_of
from tracker.feeds.platforms.base import BlogPlatform, Clues, is_comment_feed_address
from tracker.feeds.platforms.registry import recognize

MAX_ENTRIES = 2000
_MAX_OWNERS = 20

_FEED_START = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_FEED_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>|<(?:\w+:)?(?:rss|feed|rdf)\b[^>]*/>", re.IGNORECASE)
_PAGE_START = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)

# feedparser looks for a mail address in every name, in time that grows with the square of its length
# (its PR 580). Where a name goes on past this, no real name is lost.
_LONG_NAME = re.compile(
    r"(<(?:\w+:)?(?:author|creator|name|managingEditor|webMaster|publisher|contributor)\b[^<>]*>"
    r"\s*(?:<!\[CDATA\[)?[^<\]]{400})[^<\]]+",
    re.IGNORECASE,
)
_HALF_ENTITY = re.compile(r"&[^;]{0,12}$")

Feed = Mapping[str, Any]


BROKEN = "The feed at this address is damaged, and we couldn’t read anything from it."
BREAKS_OFF = "The feed ends too early."


def parse_document(body: bytes, headers: Mapping[str, str], url: str, expect: FeedKind) -> Document:
    """Read a feed, a REST answer or (only when a PAGE is expected) a post's page.

    `url` is the final address, which relative links are resolved against; ids never are. One bad
    entry is skipped, never the document. Broken XML keeps the entries it yielded and says so in
    `fault`; then one body may have come half-escaped (after a stray `]]>`), so no text of a
    document with a fault may be taken for an edit. Whether a time lies in the future is not
    judged here: `settle_time`. Raises ParseError when there is no feed in it.
    """
    text = decode_body(body, headers)
    start = text[:8192].lstrip()
    if start.startswith(("[", "{")):
        return rest.read_rest(text, headers, url)
    if _is_page(start):
        if expect is FeedKind.PAGE:
            return pages.read_page(text.encode(), url)
        raise _not_a_feed(url, "This address shows a web page, not a feed. Enter the blog’s feed instead.")
    if not start:
        raise _not_a_feed(url, "This address sent an empty response.")
    return _with_shift(_read_feed(text, headers, url, expect), headers)


def _with_shift(document: Document, headers: Mapping[str, str]) -> Document:
    """Times with a zone that the server's own last change contradicts are marked as shifted. WordPress and
    others give the time of the newest item as that of the last change."""
    stated = [entry.posted.at for entry in document.entries if entry.posted.basis is TimeBasis.OFFSET]
    changed = read_time(headers.get("last-modified", "")).at
    newest = max((at for at in stated if at is not None), default=None)
    if newest is None or changed is None or not is_shifted(newest, changed):
        return document
    entries = tuple(
        replace(entry, posted=replace(entry.posted, basis=TimeBasis.SHIFTED))
        if entry.posted.basis is TimeBasis.OFFSET
        else entry
        for entry in document.entries
    )
    return replace(document, entries=entries)


def _is_page(start: str) -> bool:
    feed, page = _FEED_START.search(start), _PAGE_START.search(start)
    return page is not None and (feed is None or page.start() < feed.start())


def _parse_feed(text: str, url: str) -> feedparser.FeedParserDict:
    """What feedparser makes of it. Its loose parser stumbles over some broken tags ("<link</item>")."""
    body = io.BytesIO(_LONG_NAME.sub(_cut_name, text).encode("utf-8", "replace"))
    try:
        return feedparser.parse(
            body,
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as exc:  # whatever it raises, it is not said in its documentation
        raise ParseError(BROKEN, url=url) from exc


def _read_feed(text: str, headers: Mapping[str, str], url: str, expect: FeedKind) -> Document:
    parsed = _parse_feed(text, url)
    if not parsed.version:
        raise _not_a_feed(url, "There is no feed at this address.")
    if parsed.bozo and not parsed.entries:
        raise ParseError(BROKEN, url=url)
    feed, items = parsed.feed, list(parsed.entries)
    kept, was_cut = _newest(items)
    source = Source.ATOM if parsed.version.startswith("atom") else Source.RSS
    service = service_of_feed(url)
    ids = [plain_get(feed, "id"), *(plain_get(item, "id") for item in items[:20])]
    platform = recognize(Clues(url, generator=_generator(feed), ids=tuple(ids)))
    about = About(
        source=source,
        platform=platform,
        url=url,
        are_comments=service is not None or _are_comments(feed, items, url, expect, platform),
        zone=_zone(feed),
        owner_links=_owner_links(feed, platform, url),
    )
    keyed = [(clean_guid(plain_get(item, "id")) or f"#{n}", item) for n, item in enumerate(kept, start=1)]
    entries, skipped = comments.read_each(keyed, lambda item: read_item(item, about))
    fault = _fault(parsed, text)
    if fault == BREAKS_OFF and about.are_comments and entries and _is_stump(entries[-1]):
        *whole, stump = entries
        entries = tuple(whole)
        skipped += (SkippedEntry(stump.guid or stump.link, "the feed breaks off inside it"),)
    if service is not None:
        entries = read_all(entries, service, headers)
    return Document(
        kind=FeedKind.COMMENTS if about.are_comments else FeedKind.POSTS,
        source=source,
        entries=entries,
        title=clean_line(plain_get(feed, "title"), MAX_TITLE),
        platform=platform.kind,
        platform_blog_id=platform.blog_number(*ids[:4]),
        home_url=_home_url(feed, platform, url),
        owner_names=_owner_names(feed, entries, about),
        total=clean_count(plain_get(feed, "opensearch_totalresults")),
        next_url=_link_of(feed, "next", url),
        skipped=skipped,
        cut_to_limit=was_cut,
        fault=fault,
        is_unsure=platform.kind is Platform.GENERIC and bool(items) and kinds.are_comments(items) is None,
    )


def _cut_name(long: re.Match[str]) -> str:
    return _HALF_ENTITY.sub("", long.group(1))


def _is_stump(entry: Entry) -> bool:
    """Whether a comment ends before its writer, date and text. Its number alone could not be told from
    another comment's, so it would be kept beside the whole comment."""
    return not entry.author and not entry.html and entry.posted.at is None


def _newest(items: list[Any]) -> tuple[list[Any], bool]:
    """At most MAX_ENTRIES, the newest by their date (undated ones by their place), in their order."""
    if len(items) <= MAX_ENTRIES:
        return items, False
    dated = [(dict.get(item, "published_parsed") or dict.get(item, "updated_parsed")) for item in items]
    newest_first = sorted(
        range(len(items)), key=lambda n: (dated[n] is not None, tuple(dated[n] or ()), -n), reverse=True
    )
    return [items[n] for n in sorted(newest_first[:MAX_ENTRIES])], True


def _are_comments(
    feed: Feed, items: Sequence[Any], url: str, expect: FeedKind, platform: BlogPlatform
) -> bool:
    """By what the entries are; where they do not say it, by the address, at last by what was hoped for."""
    if items:
        said = kinds.are_comments(items)
        if said is not None or platform.kind is not Platform.GENERIC:
            return bool(said)
        # Other programs' comments carry no sign; their address does, or whoever named it.
        return is_comment_feed_address(url) or expect in (FeedKind.COMMENTS, FeedKind.POST_COMMENTS)
    addresses = [_link_of(feed, "self", url), plain_get(feed, "id"), url]
    if any(is_comment_feed_address(address) for address in addresses):
        return True
    return expect in (FeedKind.COMMENTS, FeedKind.POST_COMMENTS, FeedKind.PAGE)


def _generator(feed: Feed) -> str:
    return (plain_get(feed, "generator") + str(detail_of(feed, "generator_detail").get("href", ""))).lower()


def _zone(feed: Feed) -> tzinfo | None:
    return zone_of(plain_get(feed, "updated")) or zone_of(plain_get(feed, "published"))


def _home_url(feed: Feed, platform: BlogPlatform, url: str) -> str:
    """The page the feed belongs to (a post's, for a post's comments)."""
    return platform.home_of_link(join_url(url, clean_url(plain_get(feed, "link"))))


def _owner_links(feed: Feed, platform: BlogPlatform, url: str) -> frozenset[str]:
    """The owner's profile, and the blog's own addresses where owners sign with them."""
    found = comments.author_links(detail_of(feed, "author_detail").get("href"), url)
    own = platform.owner_addresses(_home_url(feed, platform, url), url)
    return frozenset(comments.bare(link) for link in (*found, *own) if link)


def _owner_names(feed: Feed, entries: Sequence[Entry], about: About) -> tuple[str, ...]:
    """Who writes this blog: the feed's author, and the authors of its posts."""
    names = [comments.author_name(detail_of(feed, "author_detail").get("name"))]
    if not about.are_comments:
        names += [entry.author for entry in entries]
    return tuple(dict.fromkeys(name for name in names if name))[:_MAX_OWNERS]


def _link_of(feed: Feed, rel: str, url: str) -> str:
    for link in feed.get("links") or []:
        if link.get("rel") == rel and link.get("href"):
            return join_url(url, clean_url(link["href"]))
    return ""


def _fault(parsed: Any, text: str) -> str:
    """What was broken although entries could be read; a mere unknown prefix is nothing to worry about."""
    if not _FEED_END.search(text):
        return BREAKS_OFF
    if not parsed.bozo:
        return ""
    said = clean(str(parsed.get("bozo_exception", "")))
    if "unbound prefix" in said or "not declared" in said:
        return ""
    return f"The feed is not well-formed ({clean_line(said, 120)}). We kept everything we could read."


def _not_a_feed(url: str, message: str) -> ParseError:
    return ParseError(message, url=url, error_class=FetchErrorClass.NOT_A_FEED)
