"""What lies beyond the window of a feed that was read: each platform's own ways to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tracker.domain.feed import Document, EntryKind, FeedKind, Source, Validators
from tracker.domain.known import KnownPost
from tracker.feeds import backfill
from tracker.feeds.comment_services import service_of_feed
from tracker.feeds.further_fetch import BlogReader
from tracker.feeds.hidden_comments import read_hidden
from tracker.feeds.identity import count_new, keys_in
from tracker.feeds.kept_elsewhere import keep_own
from tracker.feeds.missing_counts import CaughtUp, catch_up_by_counts, read_all_posts, read_listed_posts
from tracker.feeds.platforms.base import BlogPlatform
from tracker.feeds.platforms.registry import platform_of
from tracker.feeds.poll_target import Missed, PollResult, PollTarget
from tracker.feeds.post_comments import Ways, read_post

MAX_LINK_PAGES = 10
NOW_EMPTY = "The feed showed up to {} entries before and shows none now. We keep what we have."


def read_beyond(result: PollResult, reader: BlogReader) -> PollResult:
    """Repair what was broken, and read what lies beyond the window."""
    target, primary = result.target, result.primary
    if primary is not None:
        if primary.fault or primary.cut_to_limit:
            result = _not_to_be_believed_unchanged(result)
        shown = len(primary.entries) + len(primary.skipped)
        is_full = primary.cut_to_limit or is_window_full(shown, window_size=target.window_size)
        result = replace(result, window_full=is_full)
        if not shown and target.window_size:
            result = replace(result, warning=NOW_EMPTY.format(target.window_size))
    if service_of_feed(target.url) is not None:
        return _cut(_overflowing(keep_own(result)))
    platform = platform_of(primary.platform if primary is not None else target.platform)
    if target.kind is FeedKind.POSTS:
        return _read_posts(result, reader, platform)
    if platform.has_rest and target.kind is FeedKind.COMMENTS:
        return _read_with_rest(result, reader, platform)
    if primary is None or primary.source is Source.PAGE:
        return result
    return _read_on(result, reader, primary)


def _read_on(result: PollResult, reader: BlogReader, primary: Document) -> PollResult:
    """The following pages where there are such, what overflowed where there are none."""
    if platform_of(primary.platform).has_paged_feeds:
        return _read_paged(result, reader, primary)
    if primary.source is Source.REST:
        return _with_pages(result, _rest_pages(result, reader, primary))
    return _catch_up_overflow(result, reader) if _overflows(result, [primary]) else _cut(result)


def _rest_pages(result: PollResult, reader: BlogReader, primary: Document) -> backfill.Pages:
    """Further pages of a REST feed, back to before the last poll by more than late approvals take."""
    target = result.target
    known = target.recall()
    until = target.fully_checked_at - backfill.OVERLAP if target.fully_checked_at else None

    def is_enough(page: Document) -> bool:
        stated = [entry.posted.at for entry in page.entries if entry.posted.at is not None]
        is_old = until is not None and bool(stated) and min(stated) < until
        return is_old and count_new([page], known.keys) == 0

    return backfill.follow_next(reader, primary, is_enough=is_enough)


def _read_posts(result: PollResult, reader: BlogReader, platform: BlogPlatform) -> PollResult:
    """Further posts where a window of them was passed by, then the comments that they count."""
    target, primary = result.target, result.primary
    if platform.has_paged_feeds and primary is not None:
        known = target.recall()
        result = _with_pages(result, backfill.read_pages(reader, target.url, primary, known, 0))
    if not platform.has_post_pages or primary is None:
        return _compare_counts(result, reader) if compares(target) else result
    # Any old post may have a late comment, so counting goes back through all of them.
    reads_all = target.first or compares(target)
    until = None if reads_all else target.recall().post_keys
    pages = backfill.read_posts_pages(reader, target.url, primary, until=until)
    result = replace(result, others=result.others + pages.documents)
    if not compares(target):
        return result
    result = _compare_counts(result, reader)
    # Posts on a page that could not be read may count more than we hold.
    return result if pages.is_complete else replace(result, caught_up="", are_comments_read=False)


def compares(target: PollTarget) -> bool:
    """Counts are compared in whole polls, where REST does not give everything anyway."""
    return target.kind is FeedKind.POSTS and target.counts and not target.rest_url and not target.conditional


def _compare_counts(result: PollResult, reader: BlogReader) -> PollResult:
    target = result.target
    caught = catch_up_by_counts(
        reader, result.documents, target.recall(), ways_of(result), first=target.first, since=target.since
    )
    result = _with_caught_up(result, caught)
    if caught.lacking:
        return replace(result, missed=Missed("count", caught.lacking))
    if not caught.counted and not target.has_comment_feed:
        read = read_listed_posts(reader, result.documents, target.recall(), ways_of(result))
        result = _with_caught_up(result, read)
        return replace(result, are_comments_read=not read.lacking and _are_all_posts(result))
    never = any(post.asked_at is None for post in caught.left_out)
    if never or not caught.counted:
        return result
    return replace(
        result,
        are_comments_read=_are_all_posts(result),
        caught_up="the blog's own counts",
        all_asked_since=min((post.asked_at for post in caught.left_out if post.asked_at), default=None),
    )


def _are_all_posts(result: PollResult) -> bool:
    """Whether a feed of posts shows all there are: its further pages were read, or it is not full."""
    platform, primary = platform_of(result.target.platform), result.primary
    if platform.has_post_pages or platform.has_paged_feeds or primary is None:
        return primary is not None
    return len(primary.entries) < platform.window and not primary.cut_to_limit


def _read_paged(result: PollResult, reader: BlogReader, primary: Document) -> PollResult:
    """A feed that is paged and counts, so that nothing need ever be lost."""
    target = result.target
    pages = backfill.read_pages(reader, target.url, primary, target.recall(), target.unread)
    result = _with_pages(result, pages)
    if target.kind is FeedKind.COMMENTS and pages.is_complete and pages.lacking is not None:
        if pages.lacking <= 0:
            return replace(result, caught_up="the blog's own count")
        if not target.first and result.missed is None:
            return replace(result, missed=Missed("count", pages.lacking))
    return result


def _with_pages(result: PollResult, pages: backfill.Pages) -> PollResult:
    """A poll that could not read all its pages must not be believed unchanged next time."""
    result = result.with_reading(pages, "further pages")
    if pages.is_complete:
        return result
    result = _not_to_be_believed_unchanged(result)
    known = result.target.recall()
    if result.target.first or not (known.keys or known.post_keys):
        return result
    return replace(result, missed=Missed("overflow", pages.lacking or None))


def _read_with_rest(result: PollResult, reader: BlogReader, platform: BlogPlatform) -> PollResult:
    """REST every night, since late approvals lie behind every window; the other form for a broken
    feed; counts, posts and pages behind an overflow that REST does not reach; links of writers."""
    target, primary = result.target, result.primary
    is_overflow = primary is not None and _overflows(result, [primary])
    if not target.conditional or is_overflow or (primary is not None and primary.fault):
        result = _read_rest(result, reader, platform, anyway=is_overflow)
    if primary is None:
        return result
    if primary.fault:
        result = _add(result, [read_alternate(target, reader)])
    if is_overflow and not result.rest_complete:
        result = _catch_up_overflow(result, reader) if _overflows(result, result.documents) else result
    return _find_links(_cut(result), reader, platform)


def _read_rest(result: PollResult, reader: BlogReader, platform: BlogPlatform, *, anyway: bool) -> PollResult:
    """Everything since the term began; where REST was not found before, only now and then."""
    target = result.target
    if target.rest_url == "" and not anyway:
        return result
    since = target.since or (target.fully_checked_at - backfill.OVERLAP if target.fully_checked_at else None)
    pages = backfill.read_rest(reader, platform, _rest_bases(target, platform), since=since)
    # What REST hides may be what the feed shows.
    is_other = bool(pages.base_url) and not pages.hidden and not _is_same_blog(result, pages.documents, since)
    if not pages.base_url or is_other:
        return replace(result, rest_url="")
    result = replace(result.with_reading(pages, "REST"), rest_url=pages.base_url)
    is_complete = pages.is_complete
    if pages.is_complete and pages.hidden:
        feeds = [result.primary] if result.primary is not None else []
        known, ways = target.recall(), ways_of(result)
        hidden = read_hidden(reader, pages.hidden, pages.documents, feeds, known, ways, since)
        asked = tuple(post.keys for post in hidden.asked)
        result = replace(result.with_reading(hidden.reading), asked_posts=result.asked_posts + asked)
        is_complete = not hidden.lacking
    return replace(result, rest_complete=is_complete, caught_up="REST" if is_complete else "")


def _is_same_blog(result: PollResult, documents: Sequence[Document], since: datetime | None) -> bool:
    """Whether REST shows the blog of this feed: another base, or one that shows nothing although
    the feed does, must not count as having read it."""
    read = keys_in(documents)
    if result.primary is None:
        known = result.target.recall().keys
        return bool(result.target.rest_url) or not read or not known or not read.isdisjoint(known)
    shown = [
        entry
        for entry in result.primary.entries
        if entry.kind is EntryKind.COMMENT
        and (since is None or (entry.posted.at is not None and entry.posted.at > since + timedelta(days=1)))
    ]
    return not shown or not read.isdisjoint(keys_in([result.primary]))


def _rest_bases(target: PollTarget, platform: BlogPlatform) -> tuple[str, ...]:
    return (target.rest_url,) if target.rest_url else platform.rest_bases(target.home_url, target.url)


def is_window_full(shown: int, *, window_size: int | None) -> bool:
    """True when a feed shows as many items as it ever does.

    `window_size` is the most this feed was ever seen to show; ten where that is unknown.
    """
    return shown > 0 and shown >= (window_size or 10)


def find_overflow(known_keys: frozenset[str], document_keys: frozenset[str]) -> bool:
    """True when a full window shares nothing with what the last complete poll knew (reliability G1).

    A window that cannot be paged shows the newest few, so older new items may have been pushed
    out of it; on a blog that had nothing then, too.
    """
    return bool(document_keys) and known_keys.isdisjoint(document_keys)


def _overflows(result: PollResult, documents: Sequence[Document]) -> bool:
    target = result.target
    shown = sum(len(document.entries) + len(document.skipped) for document in documents[:1])
    # A site may have made its window smaller, so ten are a full one whatever was seen before.
    if target.first or not (result.window_full or shown >= platform_of(target.platform).window):
        return False
    return find_overflow(target.recall().overlap, keys_in(documents))


def _overflowing(result: PollResult) -> PollResult:
    """The feed of a program that keeps comments for blogs: nothing of the blog's own leads behind it."""
    primary = result.primary
    is_overflow = primary is not None and _overflows(result, [primary])
    return replace(result, missed=Missed("overflow")) if is_overflow else result


def _catch_up_overflow(result: PollResult, reader: BlogReader) -> PollResult:
    """More came than the window shows: read the posts that count more than we hold, or all posts."""
    target, primary = result.target, result.primary
    known, ways = target.recall(), ways_of(result)
    if target.kind is FeedKind.POST_COMMENTS:
        post = known.posts[0] if known.posts else KnownPost(url=target.home_url, keys=frozenset())
        reading = read_post(reader, post, ways, feed=primary)
        result = result.with_reading(reading)
        return result if reading.coverages else replace(result, missed=Missed("overflow"))
    posts: list[Document] = []
    start = reader.first([target.posts_url], FeedKind.POSTS) if target.posts_url else None
    if start is not None:
        posts = [start]
        if platform_of(start.platform).has_post_pages:
            posts += backfill.read_posts_pages(reader, target.posts_url, start, until=None).documents
    caught = catch_up_by_counts(reader, posts, known, ways, first=False, since=None, after_overflow=True)
    if not caught.counted:
        caught = read_all_posts(reader, known, ways)
    result = _with_caught_up(_add(result, posts), caught)
    if caught.lacking or not (caught.counted or known.posts):
        return replace(result, missed=Missed("overflow", caught.lacking if caught.counted else None))
    return replace(result, caught_up="the posts' own counts" if caught.counted else "")


def _with_caught_up(result: PollResult, caught: CaughtUp) -> PollResult:
    asked = tuple(post.keys for post in caught.asked)
    return replace(result.with_reading(caught.reading), asked_posts=result.asked_posts + asked)


def _cut(result: PollResult) -> PollResult:
    """A feed longer than we read says nothing of the rest (reliability P10)."""
    primary = result.primary
    if primary is not None and primary.cut_to_limit and result.missed is None and not result.caught_up:
        return replace(result, missed=Missed("overflow"))
    return result


def _find_links(result: PollResult, reader: BlogReader, platform: BlogPlatform) -> PollResult:
    """RSS names writers without their links: read those in REST, in Atom, at last on the pages."""
    target, primary = result.target, result.primary
    if primary is None or primary.source is not Source.RSS or _has_links(result):
        return result
    if not backfill.new_without_link(result.documents, target.recall().keys):
        return result
    if platform.feed_forms(target.url)[0] != target.url:
        result = _add(result, [read_alternate(target, reader)])
    if not _has_links(result) and target.links_from_pages:
        bare = backfill.new_without_link(result.documents, target.recall().keys)
        # The addresses of posts' pages, not their ids ("…/?p=882").
        names = dict.fromkeys(
            name
            for entry in bare
            for name in entry.reply_to
            if name.startswith(("http://", "https://")) and not platform.post_number(name)
        )
        pages = [reader.try_read(name, FeedKind.PAGE) for name in list(names)[:MAX_LINK_PAGES]]
        result = _add(result, [page for page in pages if page is not None and page.entries])
    return result


def _has_links(result: PollResult) -> bool:
    """True when a form was read that would carry a writer's link, had the writer given one."""
    return any(
        document.source is not Source.RSS and document.kind is FeedKind.COMMENTS
        for document in result.documents
    )


def ways_of(result: PollResult) -> Ways:
    target = result.target
    platform = platform_of(target.platform)
    rest: tuple[str, ...] = ()
    if result.rest_url is None and target.rest_url is None:
        rest = platform.rest_bases(target.home_url, target.url)
    elif result.rest_url or target.rest_url:
        rest = (result.rest_url or target.rest_url or "",)
    return Ways(
        platform=platform,
        home_url=target.home_url,
        window=_comments_window(target),
        rest=rest,
        pages=target.pages,
    )


def _comments_window(target: PollTarget) -> int:
    """How many comments this blog's feeds show at most: ten unless the site says otherwise.

    Fewer than ten were shown by a small window only if the blog has more comments than that.
    """
    usual, most = platform_of(target.platform).window, target.comments_window
    if most is None:
        return usual
    return most if most >= usual or target.recall().held > most else usual


def read_alternate(target: PollTarget, reader: BlogReader) -> Document | None:
    """The same feed in its other form, where there is one."""
    expect = FeedKind.POSTS if target.kind is FeedKind.POSTS else FeedKind.COMMENTS
    forms = platform_of(target.platform).feed_forms(target.url)
    return reader.first([url for url in forms if url != target.url], expect)


def _not_to_be_believed_unchanged(result: PollResult) -> PollResult:
    return replace(result, validators=Validators(), body_hash="")


def _add(result: PollResult, documents: Sequence[Document | None]) -> PollResult:
    return replace(result, others=result.others + tuple(d for d in documents if d is not None))
