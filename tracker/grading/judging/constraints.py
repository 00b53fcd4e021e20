"""Everything that says how many and how different, as one thing: limits on what may be credited together.

Count, weekly least and most, different posts, blogs or authors, "on ten different blogs", "one on a
new blog": each is a limit. Which set is best under all of them is left to `choose`.

Tested in tests/grading/judging/test_spread.py.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from tracker.domain.assignment import Different, Order, PartRule, Requirement
from tracker.domain.grade import CommentFact
from tracker.domain.grouping import grouped
from tracker.grading.judging.items import ItemCandidate
from tracker.grading.judging.terms_for_student import Setting

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Limit:
    """Groups of candidates, by place. Each group has `own` places, and all groups share `shared` more."""

    groups: tuple[tuple[int, ...], ...]
    own: tuple[int, ...]
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """`conflicts` are pairs that may not be credited together."""

    limits: tuple[Limit, ...]
    conflicts: frozenset[frozenset[int]] = frozenset()


def limit(setting: Setting, candidates: Sequence[ItemCandidate]) -> Limits:
    """The limits of every part that the candidates may fill. No item, and no text, counts twice."""
    limits = [
        _once(candidates, lambda one: one.key),
        _once(candidates, lambda one: ("text", one.text_hash) if one.text_hash else None),
    ]
    conflicts: set[frozenset[int]] = set()
    for part in dict.fromkeys(one.part for one in candidates):
        mine = [place for place, one in enumerate(candidates) if one.part is part]
        limits += _counts(setting, part, candidates, mine)
        limits += _spread(part, candidates, mine)
        conflicts |= set(_conflicts(part, candidates, mine, setting.zone))
    return Limits(tuple(one for one in limits if _binds(one)), frozenset(conflicts))


def _counts(
    setting: Setting, part: PartRule, candidates: Sequence[ItemCandidate], mine: Sequence[int]
) -> Iterator[Limit]:
    """Quota: in all, in each period, and of those on a blog that is not new."""
    slots, groups = setting.open_slots(part), setting.by_themselves(part)
    free, least = _places(slots)
    apart = [slot for group in groups.values() for slot in group]
    shared, of_period = _places([slot for slot in slots if slot not in apart])
    ordinary = grouped((candidates[n].period, n) for n in mine if not candidates[n].group)
    yield _limit(ordinary, lambda period: of_period[period], shared)
    by_group = grouped((candidates[n].group, n) for n in mine if candidates[n].group)
    yield _limit(by_group, lambda group: len(groups[group]))
    most, new = part.quota.period_most, part.spread.new_blogs
    if most is not None:
        yield _limit(grouped((candidates[n].period, n) for n in mine), lambda _: most)
    if new:
        known = grouped((candidates[n].period, n) for n in mine if not candidates[n].is_new)
        if least:
            yield _limit(known, lambda period: max(0, least[period] - new), free)
        else:
            yield _limit(known, lambda _: max(0, free - new))


def _places(slots: Sequence[Requirement]) -> tuple[int, Counter[int]]:
    """How many requirements are of any period, and how many of each."""
    return (
        sum(slot.period is None for slot in slots),
        Counter(slot.period for slot in slots if slot.period is not None),
    )


def _spread(part: PartRule, candidates: Sequence[ItemCandidate], mine: Sequence[int]) -> Iterator[Limit]:
    spread = part.spread
    shared_by: dict[Different, Callable[[ItemCandidate], Hashable]] = {
        Different.POSTS: lambda one: one.post_key or None,
        Different.BLOGS: lambda one: one.blog_id,
        Different.AUTHORS: lambda one: one.author,
    }
    if spread.different is not Different.NOTHING:
        of = shared_by[spread.different]
        yield _once(candidates, of, mine, apart=spread.each_period)
    if spread.blogs_least:
        by_blog = grouped((candidates[n].blog_id, n) for n in mine)
        yield _limit(by_blog, lambda _: 1, max(0, part.quota.credited - spread.blogs_least))


def _conflicts(
    part: PartRule, candidates: Sequence[ItemCandidate], mine: Sequence[int], zone: ZoneInfo
) -> Iterator[frozenset[int]]:
    spread = part.spread
    if spread.order is Order.ANY and not spread.days_apart and not spread.new_blogs:
        return
    by_time = sorted(mine, key=lambda place: (candidates[place].at, candidates[place].key))
    for first, second in itertools.combinations(by_time, 2):
        one, after = candidates[first], candidates[second]
        if one.key == after.key:
            continue
        too_soon = spread.days_apart and _days_between(one, after, zone) < spread.days_apart
        known = after.is_new and one.blog_id == after.blog_id
        if too_soon or known or not _in_order(part, one, after):
            yield frozenset((first, second))


def _days_between(one: ItemCandidate, after: ItemCandidate, zone: ZoneInfo) -> int:
    """Days of the calendar: late on Monday and early on Tuesday are one day apart."""
    first, second = (each.at.astimezone(zone).date() for each in (one, after))
    return (second - first) // timedelta(days=1)


def _in_order(part: PartRule, one: ItemCandidate, after: ItemCandidate) -> bool:
    """Whether the later comment stands on a newer post, or on the next; in the student's favor where a
    post's time is unknown."""
    first, second = one.item, after.item
    if not isinstance(first, CommentFact) or not isinstance(second, CommentFact):
        return True
    if part.spread.order is Order.ANY:
        return True
    if part.spread.order is Order.NEWER:
        known = first.post_published_at is not None and second.post_published_at is not None
        return not known or first.post_published_at < second.post_published_at  # type: ignore[operator]
    if first.blog_id != second.blog_id:
        return False
    if first.post_place is None or second.post_place is None:
        return True
    return 0 < abs(second.post_place - first.post_place) < part.quota.credited


def _once(
    candidates: Sequence[ItemCandidate],
    of: Callable[[ItemCandidate], Hashable],
    mine: Sequence[int] | None = None,
    *,
    apart: bool = False,
) -> Limit:
    """No two candidates with the same of something, None being nothing; `apart`: in the same period."""
    keyed = (
        ((key, candidates[place].period if apart else None), place)
        for place in (range(len(candidates)) if mine is None else mine)
        if (key := of(candidates[place])) is not None
    )
    return _limit(grouped(keyed), lambda _: 1)


def _limit(groups: Mapping[K, Sequence[int]], own: Callable[[K], int], shared: int = 0) -> Limit:
    return Limit(tuple(map(tuple, groups.values())), tuple(own(key) for key in groups), shared)


def _binds(one: Limit) -> bool:
    """A limit that no set can break says nothing."""
    return sum(max(0, len(group) - own) for group, own in zip(one.groups, one.own, strict=True)) > one.shared
