"""What a poller must have stored of a blog, and what it must at least have said that it may have missed.

A pure function of the story, the blog's habits and the instants of the looks; it knows nothing of
how the looks are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tests.simulation.story import Life, Span, Story
from tests.simulation.wordpress_scene import Habits, Rest


class Way(StrEnum):
    """How a comment could be read at a look, the nearest first."""

    SITE_FEED = "site feed"
    POST_FEED = "post feed"
    REST = "rest"
    PAGE = "page"


class Demand(StrEnum):
    STORED = "stored"
    """It could be read at a look that asked for everything."""
    IN_A_GAP = "in a gap"
    """It was public at a look, where no document had it, though something told of it."""
    UNTOLD = "untold"
    """Let through late, beyond every window, and counted nowhere: no document changes with it."""
    PASSED_BY = "passed by"
    """It came and went between two checks: nothing that a blog serves ever shows it to us."""
    FREE = "free"
    """Older than the first look, or a pingback: may be stored, need not be."""
    NONE = "never public"


@dataclass(frozen=True, slots=True)
class LookAt:
    """The instant of a look at the blog. A look that is not `whole` sends validators, and may hear
    304; what it could read beyond the site's feed is not asked for."""

    at: datetime
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Fate:
    """One comment with what is demanded for it. `reach` has the ways of every look that saw it public."""

    life: Life
    demand: Demand
    reach: tuple[tuple[datetime, frozenset[Way]], ...]

    def nearest(self) -> Way | None:
        """The nearest way by which any look could have had it."""
        ways = {way for _, found in self.reach for way in found}
        return next((way for way in Way if way in ways), None)


Reach = Callable[[datetime], dict[int, frozenset[Way]]]
"""Of every public comment at an instant: by which ways it can be read."""


def wordpress_reach(story: Story, habits: Habits) -> Reach:
    """The newest few of the site and of each post; REST for comments; the page for all."""

    def reach(at: datetime) -> dict[int, frozenset[Way]]:
        public = story.comments(at)
        found: dict[int, set[Way]] = {life.number: set() for life in public}
        for life in public[: habits.window]:
            found[life.number].add(Way.SITE_FEED)
        for number in {life.said.post for life in public}:
            for life in [one for one in public if one.said.post == number][: habits.window]:
                found[life.number].add(Way.POST_FEED)
        for life in public:
            if habits.rest is Rest.ON and life.said.kind == "comment":
                found[life.number].add(Way.REST)
            if habits.pages_show_comments:
                found[life.number].add(Way.PAGE)
        return {number: frozenset(ways) for number, ways in found.items()}

    return reach


Tells = Callable[[Life, datetime, datetime], bool]
"""Whether anything tells of a comment that no way reaches, between a look and the next one."""


def wordpress_tells(story: Story, habits: Habits) -> Tells:
    """A full window that shares nothing with the last look's, of the site and of the comment's post;
    or a post that counts otherwise than then.

    Where the post's own window goes on from what it showed before, the site's overflow is read to
    its end, and one let through late behind both windows changes no document.
    """

    def is_cut_off(window: Sequence[Life], before: datetime) -> bool:
        return len(window) == habits.window and not any(one.is_public(before) for one in window)

    def tells(life: Life, before: datetime, at: datetime) -> bool:
        post = story.post(life.said.post)
        windows = (story.comments(at)[: habits.window], story.comments(at, post.number)[: habits.window])
        if all(is_cut_off(window, before) for window in windows):
            return True
        if post.is_page or not habits.counts_comments:
            return False
        return len(story.comments(before, post.number)) != len(story.comments(at, post.number))

    return tells


def blogger_reach(story: Story) -> Reach:
    """Blogger's feeds are paged to the end, so whatever is public can be read."""
    return lambda at: {life.number: frozenset(Way) - {Way.REST} for life in story.comments(at)}


def judge(
    story: Story, looks: Sequence[LookAt], reach: Reach, tells: Tells = lambda life, before, at: True
) -> dict[int, Fate]:
    """The fate of every comment ever written, by its number. `looks` come in order, the first whole."""
    first = looks[0].at
    seen = [
        (look, reach(look.at), is_new) for look, is_new in zip(looks, _answered(story, looks), strict=True)
    ]
    fates = {}
    for number, life in story.lives.items():
        had = [
            (look.at, _asked(ways[number], look, is_answered=is_new))
            for look, ways, is_new in seen
            if number in ways
        ]
        demand = _demand(life, had, first)
        if demand is Demand.IN_A_GAP:
            before = max(look.at for look in looks if look.at < had[0][0])
            demand = demand if tells(life, before, had[0][0]) else Demand.UNTOLD
        fates[number] = Fate(life, demand, tuple(had))
    return fates


def _answered(story: Story, looks: Sequence[LookAt]) -> list[bool]:
    """Whether the site's feed is sent at each look, or 304 stands for it."""
    changed = [story.changed_at(look.at) for look in looks]
    return [
        look.whole or now != before
        for look, now, before in zip(looks, changed, [None, *changed[:-1]], strict=True)
    ]


def _asked(ways: frozenset[Way], look: LookAt, *, is_answered: bool) -> frozenset[Way]:
    if look.whole:
        return ways
    return ways & {Way.SITE_FEED} if is_answered else frozenset()


def _demand(life: Life, had: Sequence[tuple[datetime, frozenset[Way]]], first: datetime) -> Demand:
    if not life.public:
        return Demand.NONE
    if life.said.at <= first or life.said.kind != "comment":
        return Demand.FREE
    if any(ways for _, ways in had):
        return Demand.STORED
    return Demand.IN_A_GAP if had else Demand.PASSED_BY


@dataclass(frozen=True, slots=True)
class RecordedGap:
    """Comments may have been shown and missed between these two looks (`after` None: at any time before)."""

    after: datetime | None
    before: datetime

    def meets(self, span: Span) -> bool:
        """True when the comment was public at some instant of the gap, both ends included."""
        starts_in_time = span.start <= self.before
        return starts_in_time and (span.end is None or self.after is None or span.end > self.after)


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with what a poller stored; all four empty is a term without a fault."""

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
    return any(gap.meets(span) for gap in gaps for span in fate.life.public)
