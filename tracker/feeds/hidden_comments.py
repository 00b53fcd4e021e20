"""Comments that REST counts and does not show, as it does with those of a post that got a password.

They may still stand in the feed of the blog or of their post; the other posts are read whole all the same.

Tested in tests/feeds/test_hidden_comments.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.feed import Document, EntryKind, FeedKind
from tracker.domain.known import Known, KnownPost
from tracker.feeds.further_fetch import BlogReader
from tracker.feeds.identity import document_identities, keys_in, keys_of_its_post
from tracker.feeds.poll_target import FurtherReading
from tracker.feeds.post_comments import Ways, read_post

MAX_POSTS = 10
"""So many posts of which REST shows nothing are read on their own in one poll."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What reading on came to: `lacking` comments are counted and were seen nowhere."""

    reading: FurtherReading
    asked: tuple[KnownPost, ...]
    lacking: int


def read_hidden(
    reader: BlogReader,
    hidden: int,
    rest: Sequence[Document],
    feeds: Sequence[Document],
    known: Known,
    ways: Ways,
    since: datetime | None,
) -> Hidden:
    """Read the posts of which REST shows nothing, those first whose comments we hold, until all `hidden`
    comments are found there or in the blog's own feeds."""
    shown, shown_posts = keys_in(rest), _posts_in(rest)
    unshown = [post for post in known.posts if post.url and post.keys.isdisjoint(shown_posts)]
    unshown.sort(key=lambda post: (not post.held, post.asked_at.timestamp() if post.asked_at else 0.0))
    reading, asked = FurtherReading(), []
    lacking = hidden - len(_others(feeds, shown, since))
    # What we hold of a post that shows nothing may have been removed, which its own feed tells.
    for post in unshown[:MAX_POSTS]:
        if lacking <= 0 and not post.held:
            break
        reading += read_post(reader, post, ways)
        asked.append(post)
        lacking = hidden - len(_others((*feeds, *reading.documents), shown, since))
    return Hidden(reading, tuple(asked), max(0, lacking))


def _others(documents: Sequence[Document], shown: frozenset[str], since: datetime | None) -> set[str]:
    """The comments of these documents that are not among those shown, stated after `since`."""
    found = set()
    for document in documents:
        if document.kind is not FeedKind.COMMENTS:
            continue
        for entry, identity in zip(document.entries, document_identities(document), strict=True):
            is_in_time = since is None or entry.posted.at is None or entry.posted.at >= since
            if entry.kind is EntryKind.COMMENT and is_in_time and identity.key not in shown:
                found.add(identity.key)
    return found


def _posts_in(documents: Sequence[Document]) -> frozenset[str]:
    return frozenset().union(
        *(keys_of_its_post(entry) for document in documents for entry in document.entries)
    )
