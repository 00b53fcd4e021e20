"""How many comments does the blog say each post has, how many do we hold: read the difference.

Tested in tests/feeds/test_poll_feed.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.domain.feed import Document, Entry, EntryKind, FeedKind
from tracker.domain.known import Known, KnownPost
from tracker.feeds.further_fetch import BlogReader
from tracker.feeds.identity import count_new, identify_post, keys_in, keys_of, post_keys
from tracker.feeds.poll_target import FurtherReading
from tracker.feeds.post_comments import Ways, read_post

MAX_POSTS = 30
"""So many posts are read on in one poll; the next poll goes on with those not read for longest."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What reading on came to: `lacking` comments are counted by the blog and were read nowhere; 0:
    all that it counts is held or was read. `counted`: the blog gave counts at all. `asked` and
    `left_out` are the posts that were read on their own and those that this poll had no time for."""

    reading: FurtherReading
    lacking: int
    counted: bool
    asked: tuple[KnownPost, ...] = ()
    left_out: tuple[KnownPost, ...] = ()


def catch_up_by_counts(
    reader: BlogReader,
    posts: Sequence[Document],
    known: Known,
    ways: Ways,
    *,
    first: bool,
    since: datetime | None,
    after_overflow: bool = False,
) -> CaughtUp:
    """Read the posts whose own count differs from what we hold, and those that no feed counts.

    On the first poll of a feed of posts, what older posts than `since` have is history: it is
    neither read nor called missing (`jobs` writes the difference down as unread). `after_overflow`:
    something did come, so what one poll cannot read is lacking.
    """
    together = FurtherReading()
    asked: list[KnownPost] = []
    lacking = 0
    listed: set[str] = set()
    counted = list(_listed_posts(posts, known, counted=True))
    for entry, post in counted:
        listed |= post.keys
        total = entry.comments_total or 0
        if post.unread is None and first and _is_history(entry, since):
            continue
        short = total - (post.unread or 0) - post.held
        if short == 0 and not post.unsure:
            continue
        if len(asked) >= MAX_POSTS:
            lacking += max(0, short)
            continue
        # Read whole although fewer would make up the number: one new and one removed cancel out.
        reading = read_post(reader, post, ways, total=total)
        together += reading
        asked.append(post)
        if not reading.coverages:
            lacking += max(0, short - count_new(reading.documents, known.keys))
    caught = CaughtUp(together, lacking, counted=bool(counted), asked=tuple(asked))
    if not counted or first:
        return caught
    unlisted = [post for post in known.posts if post.url and post.keys.isdisjoint(listed)]
    left_out: list[KnownPost] = []
    if not after_overflow:
        unlisted.sort(key=lambda post: post.asked_at.timestamp() if post.asked_at else 0.0)
        unlisted, left_out = unlisted[:MAX_POSTS], unlisted[MAX_POSTS:]
    # Static pages have comments, too, and stand in no feed of posts.
    read = read_all_posts(reader, replace(known, posts=tuple(unlisted)), ways)
    return CaughtUp(
        caught.reading + read.reading,
        caught.lacking + read.lacking,
        counted=True,
        asked=caught.asked + read.asked,
        left_out=tuple(left_out),
    )


def read_all_posts(reader: BlogReader, known: Known, ways: Ways) -> CaughtUp:
    """Read every post we know, where the blog counts nothing.

    One whose feed is full is settled all the same when it still shows what the last poll knew.
    Each that is not, and each beyond what one poll may read, lacks at least one.
    """
    readings = [read_post(reader, post, ways) for post in known.posts[:MAX_POSTS]]
    unsettled = sum(
        not reading.coverages and known.overlap.isdisjoint(keys_in(reading.documents)) for reading in readings
    )
    lacking = unsettled + len(known.posts[MAX_POSTS:])
    return CaughtUp(sum(readings, FurtherReading()), lacking, counted=False, asked=known.posts[:MAX_POSTS])


def read_listed_posts(reader: BlogReader, posts: Sequence[Document], known: Known, ways: Ways) -> CaughtUp:
    """Read every post that a feed of posts lists or we know, where the blog counts nothing and has no feed
    of all its comments. Each that could not be read whole lacks at least one.

    A post's own feed, at the address that the blog gives for it, is believed when it is empty. Where not
    every post has one, none is read: their pages would have to be, every night.
    """
    listed = list(_listed_posts(posts, known, counted=False))
    keys = frozenset[str]().union(*(post.keys for _, post in listed))
    wanted = [post for _, post in listed]
    wanted += [post for post in known.posts if post.url and post.keys.isdisjoint(keys)]
    if not all(post.comments_url for post in wanted):
        return CaughtUp(FurtherReading(), len(wanted), counted=False)
    together, unread = FurtherReading(), len(wanted[MAX_POSTS:])
    for post in wanted[:MAX_POSTS]:
        reading = read_post(reader, post, ways)
        together += reading
        is_empty = bool(reading.documents) and not any(
            document.entries or document.skipped or document.fault for document in reading.documents
        )
        unread += not (reading.coverages or is_empty)
    return CaughtUp(together, unread, counted=False, asked=tuple(wanted[:MAX_POSTS]))


def _listed_posts(
    posts: Sequence[Document], known: Known, *, counted: bool
) -> Iterator[tuple[Entry, KnownPost]]:
    """Each post of these feeds (`counted`: that comes with a count), beside what we hold of it."""
    seen: set[str] = set()
    for document in posts:
        if document.kind is not FeedKind.POSTS:
            continue
        for entry in document.entries:
            if entry.kind is not EntryKind.POST or (counted and entry.comments_total is None):
                continue
            identity = identify_post(entry)
            keys = frozenset(keys_of(identity)) | {
                f"{key.kind}:{key.key}" for key in post_keys(entry.link or entry.guid)
            }
            if not seen.isdisjoint(keys):
                continue
            seen |= keys
            post = known.post(keys) or KnownPost(url="", keys=frozenset())
            yield (
                entry,
                replace(
                    post,
                    url=entry.link or post.url,
                    keys=keys | post.keys,
                    comments_url=entry.comments_url or post.comments_url,
                ),
            )


def _is_history(entry: Entry, since: datetime | None) -> bool:
    return since is None or entry.posted.at is None or entry.posted.at < since
