"""Where what a feed no longer shows can still be: further pages of it, and REST.

Every step is a bonus on a poll that worked: trouble here ends the step, never the poll.

Tested in tests/feeds/test_poll_feed.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.domain.errors import FetchError, FetchErrorClass, ParseError
from tracker.domain.feed import Document, Entry, EntryKind, FeedKind, Source
from tracker.domain.known import Coverage, Known
from tracker.feeds.further_fetch import BlogReader
from tracker.feeds.identity import count_new, document_identities, keys_in, keys_of, keys_of_its_post
from tracker.feeds.platforms.base import BlogPlatform
from tracker.feeds.platforms.registry import platform_of
from tracker.feeds.poll_target import FurtherReading

MAX_PAGES = 20
# REST sorts by date and late approvals keep theirs, so they lie behind the last poll.
OVERLAP = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Pages(FurtherReading):
    """Further pages. `is_complete`: they reach to what was known, or to the end of all there is.
    `base_url` is where REST answered, "" elsewhere. `lacking` is how many comments the blog
    counts beyond all that we hold and read, where that can be said, `hidden` how many REST counts and
    does not show."""

    is_complete: bool = False
    base_url: str = ""
    lacking: int | None = None
    hidden: int = 0


def read_pages(reader: BlogReader, url: str, first: Document, known: Known, unread: int) -> Pages:
    """Page on by what came back: while whole pages are unknown, and while the blog counts another
    number of comments than we hold, since a late approval lies anywhere."""
    expect = FeedKind.POSTS if first.kind is FeedKind.POSTS else FeedKind.COMMENTS
    keys = known.post_keys if first.kind is FeedKind.POSTS else known.keys
    read = [first]
    shown = _shown(first)
    while True:
        lacking = _lacking(first, known, unread, read)
        go_on = keys.isdisjoint(keys_in(read[-1:])) or lacking != 0 or known.unsure
        is_end = not _shown(read[-1]) or first.total is None or shown >= first.total
        if is_end or not go_on:
            break
        next_url = platform_of(first.platform).page_url(url, shown + 1)
        more = reader.first([next_url], expect) if len(read) < MAX_PAGES else None
        if more is None:
            return Pages(tuple(read[1:]), lacking=lacking)
        read.append(more)
        shown += _shown(more)
    coverages: tuple[Coverage, ...] = ()
    # Read to its last page, the blog has shown all it shows, whatever it counts.
    is_whole = len(read) > 1 and not _shown(read[-1])
    if first.kind is FeedKind.COMMENTS and first.total and (is_whole or shown == first.total):
        coverages, lacking = (Coverage(keys_in(read)),), min(lacking, 0)
    return Pages(tuple(read[1:]), coverages, is_complete=True, lacking=lacking)


def _lacking(first: Document, known: Known, unread: int, read: Sequence[Document]) -> int:
    """How many more comments the blog counts than we hold; 0 where it does not count."""
    if first.kind is FeedKind.POSTS or first.total is None:
        return 0
    return first.total - unread - known.held - count_new(read, known.keys)


def read_rest(
    reader: BlogReader,
    platform: BlogPlatform,
    bases: Sequence[str],
    *,
    post: str = "",
    since: datetime | None = None,
) -> Pages:
    """A blog's (or one post's) comments by REST, newest first, all since `since`.

    Tries the addresses in their order until one answers with comments.
    """
    for base in bases:
        try:
            first = reader.read(platform.rest_page_url(base, post=post, after=since), FeedKind.COMMENTS)
        except FetchError as error:
            if error.error_class is FetchErrorClass.RATE_LIMITED:
                break
            continue
        except ParseError:
            continue
        if first.source is not Source.REST:
            continue
        pages = follow_next(reader, first)
        documents = (first, *pages.documents)
        shown = sum(_shown(document) for document in documents)
        is_steady = pages.is_complete and all(one.total == first.total for one in documents)
        # A protected post's comments are counted and not shown: then absence proves nothing of it.
        hidden = max(0, (first.total or 0) - shown)
        coverages: tuple[Coverage, ...] = ()
        if pages.is_complete and shown == first.total:
            coverages = (Coverage(keys_in(documents), since=since, has_pingbacks=False),)
        elif is_steady and hidden and not post:
            coverages = _cover_shown_posts(documents, since)
        return Pages(documents, coverages, is_complete=pages.is_complete, base_url=base, hidden=hidden)
    return Pages()


def _cover_shown_posts(documents: Sequence[Document], since: datetime | None) -> tuple[Coverage, ...]:
    """The posts of which these documents of REST show a comment: a post is protected as a whole, so one
    that shows some shows all of them."""
    keys = keys_in(documents)
    posts = dict.fromkeys(keys_of_its_post(entry) for document in documents for entry in document.entries)
    return tuple(Coverage(keys, post, since=since, has_pingbacks=False) for post in posts if post)


def follow_next(
    reader: BlogReader, first: Document, *, is_enough: Callable[[Document], bool] | None = None
) -> Pages:
    """The pages after `first`, as `next_url` leads: all, or until a page is enough."""
    read = [first]
    while read[-1].next_url and not (is_enough and is_enough(read[-1])):
        more = reader.first([read[-1].next_url], FeedKind.COMMENTS) if len(read) < MAX_PAGES else None
        if more is None:
            return Pages(tuple(read[1:]))
        read.append(more)
        if not _shown(more):
            break
    return Pages(tuple(read[1:]), is_complete=True)


def read_posts_pages(reader: BlogReader, url: str, first: Document, *, until: frozenset[str] | None) -> Pages:
    """The further pages of a feed of posts: all, or while whole pages are unknown.

    Past the end WordPress answers 404 with the body of an empty feed.
    """
    read, platform = [first], platform_of(first.platform)
    while _shown(read[-1]) and (until is None or until.isdisjoint(keys_in(read[-1:]))):
        if len(read) >= MAX_PAGES:
            return Pages(tuple(read[1:]))
        try:
            more = reader.read(platform.posts_page_url(url, len(read) + 1), FeedKind.POSTS)
        except FetchError as error:
            is_end = error.http_status in (400, 404, 410)
            return Pages(tuple(read[1:]), is_complete=is_end)
        except ParseError:
            break
        if more.kind is not FeedKind.POSTS or keys_in([more]) <= keys_in(read):
            break
        read.append(more)
    return Pages(tuple(read[1:]), is_complete=True)


def new_without_link(documents: Sequence[Document], known: frozenset[str]) -> list[Entry]:
    """Comments not known yet for which no form that was read carries a link of the writer."""
    linked: set[str] = set()
    bare: list[tuple[Entry, frozenset[str]]] = []
    for document in documents:
        for entry, identity in zip(document.entries, document_identities(document), strict=True):
            keys = frozenset(keys_of(identity))
            if entry.author_url or entry.account:
                linked |= keys
            elif entry.kind is EntryKind.COMMENT and known.isdisjoint(keys):
                bare.append((entry, keys))
    return [entry for entry, keys in bare if linked.isdisjoint(keys)]


def _shown(document: Document) -> int:
    return len(document.entries) + len(document.skipped)
