"""Are two things that go by one number, address or guid one thing? A blog that was set up anew numbers
from 1 again, and a parking page answers for many blogs: so what they say of themselves must agree, too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from tracker.domain.feed import AliasKey, Entry, EntryKind, StatedTime, TimeBasis
from tracker.feeds.identity import text_hash

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
    has_text = bool(entry.html) and entry.kind is not EntryKind.TOMBSTONE and not entry.cut
    hashes = frozenset({text_hash(entry.html)}) if has_text else frozenset()
    return Traits(entry.author, stated, hashes, own_guids(aliases))


def own_guids(aliases: Iterable[AliasKey]) -> frozenset[str]:
    """The guids that are made so that nobody else, and no later blog, will use them."""
    return frozenset(key.key for key in aliases if key.kind == "guid" and _NEVER_GIVEN_TWICE.match(key.key))


def are_one(one: Traits, other: Traits) -> bool:
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
