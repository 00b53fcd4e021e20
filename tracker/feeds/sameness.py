"""The same comment or not: whether two things with one number, address or guid are one comment or post.

A blog that was set up again numbers from 1, and a parking page answers for many blogs, so author, time or
text must agree, too. The numbers, addresses and guids themselves are in `feeds.identity`.

Tested in tests/jobs/polling/test_identity.py and tests/jobs/polling/test_post_identity.py.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.domain.feed import AliasKey, Entry, EntryKind, StatedTime, TimeBasis
from tracker.feeds.documents.times import settle_time
from tracker.feeds.identity import clean_link, identify_post, text_hash

_SAME_TIME = timedelta(minutes=1)
"""Some forms leave the seconds out."""

_ZONES_APART = timedelta(hours=26)
_ZONE_STEP_S = 15 * 60
"""Clocks of the world differ by whole quarters of an hour, by a day and two hours at most."""

_NEVER_GIVEN_TWICE = re.compile(
    r"^tag:blogger\.com,1999:|^(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a comment says of itself. `hashes` are those of its texts, `guids` what no other has;
    "", None and empty sets are unknown."""

    author: str = ""
    stated: StatedTime = field(default_factory=StatedTime)
    hashes: frozenset[str] = frozenset()
    guids: frozenset[str] = frozenset()


def traits_of(entry: Entry, stated: StatedTime, aliases: Iterable[AliasKey]) -> Traits:
    has_text = (
        bool(entry.html) and entry.kind is not EntryKind.TOMBSTONE and not entry.cut and not entry.placeholder
    )
    hashes = frozenset({text_hash(entry.html)}) if has_text else frozenset()
    return Traits(entry.author, stated, hashes, own_guids(aliases))


def own_guids(aliases: Iterable[AliasKey]) -> frozenset[str]:
    """The guids made so that no other program and no later blog uses them."""
    return frozenset(key.key for key in aliases if key.kind == "guid" and _NEVER_GIVEN_TWICE.match(key.key))


def is_same_comment(one: Traits, other: Traits) -> bool:
    """Whether two comments with one number are one comment.

    An edit keeps writer and time; another name for the writer, and a corrected date, keep the
    words. Where two of the three differ, it is another comment: another writer's, or a second one
    of the same. What is unknown speaks neither for nor against.
    """
    if not one.guids.isdisjoint(other.guids):
        return True
    same = (
        same_time(one.stated, other.stated),
        _same_author(one.author, other.author),
        None if not (one.hashes and other.hashes) else not one.hashes.isdisjoint(other.hashes),
    )
    return same.count(False) < 2 and (True in same or False not in same)


def are_surely_one(one: Traits, other: Traits) -> bool:
    """Whether they could not be alike by chance, or because programs give them to every new blog."""
    if not one.guids.isdisjoint(other.guids):
        return True
    says_same = _same_author(one.author, other.author) or not one.hashes.isdisjoint(other.hashes)
    return bool(same_time(one.stated, other.stated) and says_same)


@dataclass(frozen=True, slots=True)
class PostTraits:
    """What a post says of itself. `hash` is that of title and text, `link` its cleaned address;
    `seen_at` is when one that we hold was first seen. "", None and empty sets are unknown."""

    title: str = ""
    stated: StatedTime = field(default_factory=StatedTime)
    hash: str = ""
    link: str = ""
    number: str = ""
    guids: frozenset[str] = frozenset()
    seen_at: datetime | None = None


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


def is_same_post(held: PostTraits, shown: PostTraits) -> bool:
    """Whether two posts that share a number, guid or address are one post.

    A post keeps its time of publication through every edit of title, text or address, and one that
    is re-dated keeps its words, or else title and address. A blog that was set up again gives the
    same numbers to posts of another time, title and text. An address made of words is not given to
    another post where there are no numbers, so there it is enough.
    """
    if not held.guids.isdisjoint(shown.guids):
        return True
    time = _same_publication(held, shown)
    if time or (held.hash and held.hash == shown.hash):
        return True
    titles_differ = bool(held.title and shown.title) and _folded(held.title) != _folded(shown.title)
    same_place = held.link == shown.link and is_telling(held.link)
    if time is False and shown.number:
        return same_place and not titles_differ and held.number in ("", shown.number)
    return same_place or not titles_differ


def _same_publication(held: PostTraits, shown: PostTraits) -> bool | None:
    """None: it cannot be told. What was seen before the other was published is not that one."""
    time = same_time(held.stated, shown.stated)
    if time is None and held.seen_at is not None and shown.stated.at is not None:
        return False if is_before(held.seen_at, shown.stated.at) else None
    return time


def is_before(at: datetime, published: datetime) -> bool:
    """Whether something was there, or was said, before a post was published, in whatever zone."""
    return at + _ZONES_APART < published


def is_telling(link: str) -> bool:
    """Whether an address names its post in words, not by a number that is given again."""
    path, _, query = link.partition("?")
    return not query and any(letter.isalpha() for letter in path.rstrip("/").rpartition("/")[2])


def same_time(one: StatedTime, other: StatedTime) -> bool | None:
    """None: it cannot be told, because one is missing or is a wall clock that may be the other's."""
    if one.at is None or other.at is None:
        return None
    apart = abs(one.at - other.at)
    if one.basis == other.basis == TimeBasis.OFFSET:
        return apart < _SAME_TIME
    beyond_s = apart.total_seconds() % _ZONE_STEP_S
    is_zone = min(beyond_s, _ZONE_STEP_S - beyond_s) < _SAME_TIME.total_seconds()
    return None if apart <= _ZONES_APART and is_zone else False


def _same_author(one: str, other: str) -> bool | None:
    if not one or not other:
        return None
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
