"""All comments of one post, by whatever way gives them: its own feed, REST, its page and page's pages.

Tested in tests/feeds/test_poll_feed.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.domain.feed import Document, FeedKind, Source
from tracker.domain.known import Coverage, KnownPost
from tracker.feeds.backfill import read_rest
from tracker.feeds.further_fetch import BlogReader
from tracker.feeds.identity import keys_in, post_keys
from tracker.feeds.platforms.base import BlogPlatform
from tracker.feeds.poll_target import FurtherReading

MAX_COMMENT_PAGES = 20


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to a post's comments that this blog may offer. `window` is how many items its feeds
    show at most; `rest` where it answers by REST, best first."""

    platform: BlogPlatform
    home_url: str
    window: int
    rest: tuple[str, ...] = ()
    pages: bool = True


def read_post(
    reader: BlogReader,
    post: KnownPost,
    ways: Ways,
    *,
    total: int | None = None,
    feed: Document | None = None,
) -> FurtherReading:
    """Read on until everything the post shows was read: feed, then REST, then pages. What comes back has a
    coverage where all of it was read.

    `total` is how many comments the blog counts there, `feed` the post's own feed if it has been
    read already. Without a total, a feed that is not full is the whole of it.
    """
    keys = post.keys or frozenset(f"{key.kind}:{key.key}" for key in post_keys(post.url))
    own = feed or reader.first(_feeds_of(post, ways), FeedKind.COMMENTS)
    if own is not None and not _is_of_post(own, keys):
        own = None
    reading = FurtherReading()
    if own is not None:
        reading = FurtherReading((own,), ways=() if feed is not None else ("post feeds",))
        if _is_whole(own, ways, total):
            return replace(reading, coverages=(Coverage(keys_in([own]), keys),))
    number = _number_of(post, ways.platform)
    if ways.rest and number:
        pages = read_rest(reader, ways.platform, ways.rest, post=number)
        reading += FurtherReading(pages.documents, ways=("REST",) if pages.documents else ())
        if pages.coverages:
            covered = Coverage(keys_in(reading.documents), keys, has_pingbacks=False)
            return replace(reading, coverages=(covered,))
    return _read_pages(reader, reading, post, ways, keys, total)


def _read_pages(
    reader: BlogReader,
    reading: FurtherReading,
    post: KnownPost,
    ways: Ways,
    keys: frozenset[str],
    total: int | None,
) -> FurtherReading:
    """The post's page, and the further pages that its comments are split over."""
    if not ways.pages:
        return reading
    pages, is_complete = read_comment_pages(reader, post.url)
    if not pages:
        return reading
    reading += FurtherReading(tuple(pages), ways=("pages",))
    shown = keys_in(reading.documents)
    count = len({entry.native_number for page in pages for entry in page.entries})
    # Any page may be shown in place of the post's, so one without comments proves nothing by itself.
    says_none = count == 0 and total == 0
    is_whole = is_complete and (says_none if count == 0 else total is None or count >= total)
    return replace(reading, coverages=(Coverage(shown, keys),) if is_whole else ())


def read_comment_pages(reader: BlogReader, url: str) -> tuple[list[Document], bool]:
    """A post's page and every page of comments it leads to; True when all of them could be read."""
    waiting, seen, pages = [url], {url}, []
    is_complete = True
    while waiting:
        page = reader.try_read(waiting.pop(0), FeedKind.PAGE)
        if page is None or page.source is not Source.PAGE:
            is_complete = False
            continue
        pages.append(page)
        for more in page.more_urls:
            if more not in seen:
                seen.add(more)
                waiting.append(more)
        if len(seen) > MAX_COMMENT_PAGES:
            return pages, False
    return pages, is_complete


def _is_of_post(feed: Document, keys: frozenset[str]) -> bool:
    """A blog may send one post's feed to another's: what names only other posts is not this one's."""
    refs = (ref for entry in feed.entries for ref in entry.reply_to)
    named = {f"{key.kind}:{key.key}" for ref in refs for key in post_keys(ref)}
    return not named or not keys or not named.isdisjoint(keys)


def _is_whole(feed: Document, ways: Ways, total: int | None) -> bool:
    """True when a post's own feed shows all its comments; an empty one proves nothing by itself,
    because WordPress gives an empty feed for a post that does not exist."""
    shown = len(feed.entries) + len(feed.skipped)
    if feed.fault or feed.cut_to_limit or not shown:
        return shown == 0 and total == 0 and not feed.fault
    counted = total if total is not None else feed.total
    # As many as a feed shows at most may be more, although a cached count says they are all.
    return shown < ways.window and (counted is None or shown >= counted)


def _feeds_of(post: KnownPost, ways: Ways) -> Sequence[str]:
    number = _number_of(post, ways.platform)
    return ways.platform.post_comment_feeds(
        post.url, given=post.comments_url, number=number, home_url=ways.home_url
    )


def _number_of(post: KnownPost, platform: BlogPlatform) -> str:
    found = (key.removeprefix("number:") for key in sorted(post.keys) if key.startswith("number:"))
    return next(found, "") or platform.post_number(post.url)
