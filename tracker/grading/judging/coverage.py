"""Whether we looked everywhere a piece of work could be: "not found yet" may be said only then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.assignment import Window
from tracker.domain.grade import BlogSight, GapFact
from tracker.grading.words import say_instant


@dataclass(frozen=True, slots=True)
class Unseen:
    """Why a place cannot be judged: a reason code and a sentence."""

    reason: str
    says: str


def find_unseen(
    blog_ids: Iterable[int],
    sights: Mapping[int, BlogSight],
    window: Window,
    zone: ZoneInfo,
    *,
    what: str = "comments",
) -> Unseen | None:
    """The first reason why work due in this window may be on one of these blogs unseen by us.

    None once each was looked at, completely, at or after the due instant and no gap is open. A
    blog that stops answering after that look hides nothing that was in time.
    """
    for blog_id in sorted(set(blog_ids)):
        unseen = _unseen(sights.get(blog_id), window, zone, what)
        if unseen is not None:
            return unseen
    return None


def _unseen(sight: BlogSight | None, window: Window, zone: ZoneInfo, what: str) -> Unseen | None:
    own = "class-blog-" if what == "posts" else ""
    if sight is None:
        return Unseen(_not_looked(own), "We have not looked at this blog yet.")
    if not sight.can_be_seen:
        return _hidden(sight, what, own)
    if sight.looked_at is None or sight.looked_at < window.due_at:
        if sight.failing_since is not None:
            since = say_instant(sight.failing_since, zone)
            return Unseen(
                f"{own}failing" if own else "blog-failing", f"{_begin(sight)} has not answered since {since}."
            )
        return Unseen(_not_looked(own), f"No complete look at {_name(sight)} since the due time yet.")
    gap = min((gap for gap in sight.gaps if _overlaps(gap, window)), key=_by_time, default=None)
    if gap is not None:
        return Unseen(
            f"{own}gap",
            f"{_begin(sight)} may have shown {what} unseen {_between(gap, zone)}.",
        )
    return None


def _not_looked(own: str) -> str:
    return f"{own}not-looked-at" if own else "not-looked-since-due"


def _hidden(sight: BlogSight, what: str, own: str) -> Unseen:
    if sight.is_opted_out:
        return Unseen(f"{own}opted-out", f"The owner of {_name(sight)} asked us not to read it.")
    reason = "no-post-feed" if own else "no-comment-feed"
    return Unseen(reason, f"{_begin(sight)} has no feed of its {what} that we can read.")


def _overlaps(gap: GapFact, window: Window) -> bool:
    begins_in_time = gap.after is None or gap.after < window.due_at
    return begins_in_time and (window.opens_at is None or gap.before > window.opens_at)


def _by_time(gap: GapFact) -> tuple[datetime, datetime]:
    return gap.before, gap.after or gap.before


def _between(gap: GapFact, zone: ZoneInfo) -> str:
    before = say_instant(gap.before, zone)
    return f"before {before}" if gap.after is None else f"between {say_instant(gap.after, zone)} and {before}"


def _name(sight: BlogSight) -> str:
    return f"“{sight.title}”" if sight.title else "this blog"


def _begin(sight: BlogSight) -> str:
    """The name at the beginning of a sentence."""
    return f"“{sight.title}”" if sight.title else "This blog"
