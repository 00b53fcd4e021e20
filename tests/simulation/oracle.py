"""What polling must have stored of a blog, and what it must at least report that it may have missed.

A pure function of the blog with its events and settings, and of the instants of the polls; it knows
nothing of how a poll is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, Rest, Serves
from tracker.demo.blogosphere.events import Span


class Way(StrEnum):
    """How a comment could be read by a poll, the nearest first."""

    SITE_FEED = "site feed"
    POST_FEED = "post feed"
    REST = "rest"
    PAGE = "page"


class Demand(StrEnum):
    STORED = "stored"
    """It could be read by a poll that asked for everything."""
    IN_A_GAP = "in a gap"
    """It was public during a poll, where no document had it, though something told of it."""
    UNTOLD = "untold"
    """Approved late, beyond every window, and counted nowhere: no document changes with it."""
    PASSED_BY = "passed by"
    """It came and went between two polls: nothing that a blog serves ever shows it to us."""
    FREE = "free"
    """Older than the first poll, or a pingback: may be stored, need not be."""
    NONE = "never public"


@dataclass(frozen=True, slots=True)
class PollAt:
    """The instant of a poll of the blog's feeds. One that is not `whole` sends validators, and may get a
    304; what it could read beyond the site's feed is not asked for."""

    at: datetime
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Fate:
    """A comment with what is demanded for it. `reach` has the ways of each poll while it was public."""

    comment: DemoComment
    demand: Demand
    reach: tuple[tuple[datetime, frozenset[Way]], ...]

    def nearest(self) -> Way | None:
        """The nearest way by which any poll could have had it."""
        ways = {way for _, found in self.reach for way in found}
        return next((way for way in Way if way in ways), None)


def judge(blog: DemoBlog, polls: Sequence[PollAt]) -> dict[int, Fate]:
    """The fate of every comment ever written, by its number. `polls` come in order, the first whole."""
    seen = [
        (poll, reach(blog, poll.at), is_new)
        for poll, is_new in zip(polls, _answered(blog, polls), strict=True)
    ]
    fates = {}
    for comment in blog.comments:
        had = [
            (poll.at, _asked(ways[comment.number], poll, is_answered=is_new))
            for poll, ways, is_new in seen
            if comment.number in ways
        ]
        demand = _demand(comment, had, polls[0].at)
        if demand is Demand.IN_A_GAP:
            before = max(poll.at for poll in polls if poll.at < had[0][0])
            demand = demand if tells(blog, comment, before, had[0][0]) else Demand.UNTOLD
        fates[comment.number] = Fate(comment, demand, tuple(had))
    return fates


def reach(blog: DemoBlog, at: datetime) -> dict[int, frozenset[Way]]:
    """Of every comment that is public at an instant: by which ways it can be read.

    At WordPress the newest few are in the feeds of the site and of each post, REST has comments, and
    pages have all. Blogger's feeds are paged to the end, so whatever is public can be read.
    """
    public = blog.visible_comments(at)
    if blog.serves is Serves.BLOGGER:
        return {comment.number: frozenset(Way) - {Way.REST} for comment in public}
    found: dict[int, set[Way]] = {comment.number: set() for comment in public}
    for comment in public[: blog.window]:
        found[comment.number].add(Way.SITE_FEED)
    for post in {comment.post for comment in public}:
        for comment in [comment for comment in public if comment.post is post][: blog.window]:
            found[comment.number].add(Way.POST_FEED)
    for comment in public:
        if blog.rest is Rest.ON and comment.kind == "comment":
            found[comment.number].add(Way.REST)
        if blog.pages_show_comments:
            found[comment.number].add(Way.PAGE)
    return {number: frozenset(ways) for number, ways in found.items()}


def tells(blog: DemoBlog, comment: DemoComment, before: datetime, at: datetime) -> bool:
    """Whether anything tells of a comment that no way reaches, between a poll and the next one.

    A full window that shares nothing with the last poll's, of the site and of the comment's post; or a
    post that counts otherwise than then. Where the post's own window goes on from what it showed
    before, the site's overflow is read to its end, and a comment approved late behind both windows
    changes no document. Blogger's feeds always tell.
    """
    if blog.serves is Serves.BLOGGER:
        return True
    post = comment.post

    def is_cut_off(window: Sequence[DemoComment]) -> bool:
        return len(window) == blog.window and not any(shown.is_visible(before) for shown in window)

    windows = (blog.visible_comments(at)[: blog.window], blog.visible_comments(at, post)[: blog.window])
    if all(is_cut_off(window) for window in windows):
        return True
    if post.is_page or not blog.counts_comments:
        return False
    return len(blog.visible_comments(before, post)) != len(blog.visible_comments(at, post))


def _answered(blog: DemoBlog, polls: Sequence[PollAt]) -> list[bool]:
    """Whether the site's feed is sent to each poll, or 304 stands for it."""
    changed = [blog.changed_at(poll.at) for poll in polls]
    return [
        poll.whole or now != before
        for poll, now, before in zip(polls, changed, [None, *changed[:-1]], strict=True)
    ]


def _asked(ways: frozenset[Way], poll: PollAt, *, is_answered: bool) -> frozenset[Way]:
    if poll.whole:
        return ways
    return ways & {Way.SITE_FEED} if is_answered else frozenset()


def _demand(comment: DemoComment, had: Sequence[tuple[datetime, frozenset[Way]]], first: datetime) -> Demand:
    if not comment.public_spans():
        return Demand.NONE
    if comment.posted_at <= first or comment.kind != "comment":
        return Demand.FREE
    if any(ways for _, ways in had):
        return Demand.STORED
    return Demand.IN_A_GAP if had else Demand.PASSED_BY


@dataclass(frozen=True, slots=True)
class RecordedGap:
    """Comments may have been shown and missed between these polls (`after` None: at any time before)."""

    after: datetime | None
    before: datetime

    def meets(self, span: Span) -> bool:
        """True when the comment was public at some instant of the gap, both ends included."""
        starts_in_time = span.start <= self.before
        return starts_in_time and (span.end is None or self.after is None or span.end > self.after)


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with what was stored; all four empty is a term without a fault."""

    lost: tuple[Fate, ...]
    """Could be read, and is not stored."""
    twice: tuple[int, ...]
    """Stored more than once."""
    unsaid: tuple[Fate, ...]
    """Could not be read, and no open gap holds it."""
    false_gaps: tuple[RecordedGap, ...]
    """Open, though everything that was public in it is stored."""

    def __bool__(self) -> bool:
        return any((self.lost, self.twice, self.unsaid, self.false_gaps))


def compare(fates: dict[int, Fate], stored: Iterable[int], open_gaps: Sequence[RecordedGap]) -> Findings:
    """Hold what was stored (comment numbers, one for each row) and the gaps still open against the fates."""
    rows = list(stored)
    kept = set(rows)
    missing = [
        fate for number, fate in fates.items() if number not in kept and fate.demand is not Demand.NONE
    ]
    return Findings(
        lost=tuple(fate for fate in missing if fate.demand is Demand.STORED),
        twice=tuple(sorted(number for number in kept if rows.count(number) > 1)),
        unsaid=tuple(
            fate for fate in missing if fate.demand is Demand.IN_A_GAP and not _is_held(fate, open_gaps)
        ),
        # Whatever is not stored justifies a gap, pingbacks and old comments too: counts cannot tell.
        false_gaps=tuple(gap for gap in open_gaps if not any(_is_held(fate, [gap]) for fate in missing)),
    )


def _is_held(fate: Fate, gaps: Sequence[RecordedGap]) -> bool:
    return any(gap.meets(span) for gap in gaps for span in fate.comment.public_spans())
