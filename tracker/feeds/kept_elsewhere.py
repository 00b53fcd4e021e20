"""A blog whose comments another program keeps: noticed when it is followed and whenever a page of it is read,
and the reading of such a program's feed. The programs themselves are in `comment_services`.

Tested in tests/feeds/test_kept_elsewhere.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from tracker.domain.errors import FetchError, ParseError
from tracker.domain.feed import (
    DiscoveredBlog,
    DiscoveredFeed,
    Document,
    Entry,
    FeedKind,
    FetchResult,
    KeptComments,
    SkippedEntry,
)
from tracker.feeds.comment_services import find_service, service_of_feed
from tracker.feeds.documents.clean import decode_body
from tracker.feeds.further_fetch import BlogReader
from tracker.feeds.identity import post_keys
from tracker.feeds.poll_target import PollResult
from tracker.feeds.sameness import is_telling
from tracker.text.addresses import host_of

ELSEWHERE = "it is on another site that shares this program ({})"


def find_kept(
    kept: KeptComments | None,
    comments_url: str,
    posts: Document | None,
    ask: Callable[[str], FetchResult | None],
    read: Callable[[str, FeedKind], Document | None],
) -> KeptComments | None:
    """Who keeps a blog's comments, when it is discovered; None for the blog itself.

    `kept` is what the page said that was read already, `comments_url` the feed of comments that was found.
    Many themes load the program on posts only, so the newest post is read, too. A feed that does not
    answer with comments is none: owners can close it.
    """
    if kept is None:
        service = service_of_feed(comments_url)
        kept = KeptComments(service.name, feed_url=comments_url) if service else None
    if kept is None and posts is not None:
        kept = _kept_on(ask(post)) if (post := _newest_post(posts)) else None
    if kept is None or not kept.feed_url:
        return kept
    return _with_answering_feed(kept, read)


def _with_answering_feed(
    kept: KeptComments, read: Callable[[str, FeedKind], Document | None]
) -> KeptComments:
    """The same with the feed as it answers, by https or else by http; without one that does not."""
    for url in dict.fromkeys((kept.feed_url, kept.feed_url.replace("https://", "http://", 1))):
        document = read(url, FeedKind.COMMENTS)
        if document is not None and document.kind is FeedKind.COMMENTS:
            return replace(kept, feed_url=url)
    return replace(kept, feed_url="")


def with_kept(blog: DiscoveredBlog, kept: KeptComments | None) -> DiscoveredBlog:
    """The blog with the program that keeps its comments, and with that program's feed."""
    if kept is None:
        return blog
    feed = DiscoveredFeed(FeedKind.COMMENTS, kept.feed_url)
    feeds = blog.feeds if not kept.feed_url or feed in blog.feeds else (*blog.feeds, feed)
    return replace(blog, feeds=feeds, kept=kept)


def _newest_post(posts: Document) -> str:
    home = bare_host(posts.home_url)
    links = (entry.link for entry in posts.entries)
    return next((link for link in links if link.startswith("http") and bare_host(link) == home), "")


def _kept_on(page: FetchResult | None) -> KeptComments | None:
    if page is None:
        return None
    return find_service(LexborHTMLParser(decode_body(page.body, page.headers)), page.final_url)


def look_at_page(result: PollResult, reader: BlogReader) -> PollResult:
    """The same poll with what a page of the blog says of who keeps its comments, where it is time to look.

    A feed that is not followed yet is asked for once; one that does not answer with comments is none.
    """
    target = result.target
    page = reader.try_read(target.page_to_read, FeedKind.PAGE) if target.page_to_read else None
    if page is None or page.kept is None:
        return result
    kept = page.kept
    is_followed = kept.feed_url.partition("://")[2] == target.kept_feed_url.partition("://")[2]
    if kept.feed_url and is_followed:
        kept = replace(kept, feed_url=target.kept_feed_url)
    elif kept.feed_url:
        kept = _with_answering_feed(kept, lambda url, expect: _read_anywhere(url, expect, reader))
    return replace(result, kept=kept)


def _read_anywhere(url: str, expect: FeedKind, reader: BlogReader) -> Document | None:
    try:
        return reader.parse(reader.ask(url, expect, anywhere=True), expect)
    except (FetchError, ParseError):
        return None


def keep_own(result: PollResult) -> PollResult:
    """A poll of such a program's feed without the comments on other sites: one account may serve several.

    A comment whose post has its address on a host that is not the blog's is its own where we know a post
    of the same telling path: the blog had that address before.
    """
    primary = result.primary
    if primary is None:
        return result
    target = result.target
    hosts = {bare_host(url) for url in (target.home_url, target.posts_url) if url}
    entries, skipped = [], list(primary.skipped)
    for entry in primary.entries:
        if _is_own(entry, hosts, result):
            entries.append(entry)
        else:
            skipped.append(SkippedEntry(entry.guid or entry.link, ELSEWHERE.format(host_of(entry.link))))
    if len(entries) == len(primary.entries):
        return result
    own = replace(primary, entries=tuple(entries), skipped=tuple(skipped), identities=())
    return replace(result, primary=own)


def _is_own(entry: Entry, hosts: set[str], result: PollResult) -> bool:
    if not entry.reply_to or bare_host(entry.link) in hosts:
        return True
    telling = {
        f"link:{key.key}"
        for ref in entry.reply_to
        for key in post_keys(ref)
        if key.kind == "link" and is_telling(key.key)
    }
    return any(not telling.isdisjoint(post.keys) for post in result.target.recall().posts)


def bare_host(url: str) -> str:
    return host_of(url).removeprefix("www.")
