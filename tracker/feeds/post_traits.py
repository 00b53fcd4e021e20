"""Posts of a feed and posts that we hold, as `sameness` compares them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from tracker.domain.feed import Entry
from tracker.feeds.documents.times import settle_time
from tracker.feeds.identity import clean_link, identify_post
from tracker.feeds.sameness import PostTraits, own_guids


def traits_of_entry(entry: Entry, now: datetime) -> PostTraits:
    """`now` settles what time is believed (aware, in UTC)."""
    return PostTraits(
        title=entry.title,
        stated=settle_time(entry.posted, now),
        hash=post_hash(entry),
        link=clean_link(entry.link),
        number=entry.native_number,
        guids=own_guids(identify_post(entry).aliases),
    )


def post_hash(entry: Entry) -> str:
    """Over what grading reads of a post, addresses of links included."""
    return hashlib.sha256("\n".join((entry.title, "|".join(entry.labels), entry.html)).encode()).hexdigest()
