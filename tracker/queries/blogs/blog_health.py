"""How well a blog is seen, judged from what the poller remembers of its feeds; plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from tracker.domain.checks import FeedNow
from tracker.domain.feed import PollOutcome
from tracker.domain.locale import CourseLocale
from tracker.wording.numbers import say_count
from tracker.wording.times import say_short

NIGHTS = 14
SEVERAL_NIGHTS = timedelta(hours=20)
"""One night without an answer is no trouble yet: servers are restarted. The second one is."""


class Sight(StrEnum):
    """In the order in which a person should hear of it."""

    TROUBLE = "trouble"
    PARTLY = "partly"
    WAITING = "waiting"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Health:
    """`word` is what the state is called, `says` adds since when or what it means; `icon` and
    `look` are its drawing and colour, which never stand without the word."""

    sight: Sight
    word: str
    says: str = ""
    icon: str = "met"
    look: str = "s-met"


@dataclass(frozen=True, slots=True)
class OpenGap:
    """Between two complete looks something may have been shown that we did not see."""

    after_at: datetime | None
    before_at: datetime
    expected: int | None


class Mark(StrEnum):
    """What one night's looks at a blog came to."""

    NEW = "new"
    SAME = "same"
    GAP = "gap"
    FAILED = "failed"
    NONE = "none"


SAID = {
    Mark.NEW: "something new",
    Mark.SAME: "nothing new",
    Mark.GAP: "with a gap",
    Mark.FAILED: "no answer",
    Mark.NONE: "no look",
}


@dataclass(frozen=True, slots=True)
class LookRow:
    """A poll, as narrow as it can be."""

    at: datetime
    outcome: PollOutcome
    new: int
    gap: bool


def judge_health(
    feeds: Sequence[FeedNow], gaps: Sequence[OpenGap], *, of_posts: bool, now: datetime, locale: CourseLocale
) -> Health:
    """How a blog is seen now. `feeds` are its main ones; `gaps` those that are still open."""
    if not feeds:
        what = "post" if of_posts else "comment"
        return Health(
            Sight.PARTLY,
            f"No {what} feed",
            "" if of_posts else "receipts and pages only",
            "cannot_see",
            "s-blind",
        )
    out = next((feed.opted_out_at for feed in feeds if feed.opted_out_at is not None), None)
    if out is not None:
        says = f"since {say_short(out, locale)}; receipts only"
        return Health(Sight.PARTLY, "Owner opted out", says, "cannot_see", "s-blind")
    failing = [feed for feed in feeds if feed.failing_since is not None]
    if failing:
        return _failing(failing, now, locale)
    if any(feed.looked_at is None for feed in feeds):
        return Health(Sight.WAITING, "Not looked at yet", "", "not_due", "s-faint")
    if gaps:
        return _with_gap(gaps, locale)
    return Health(Sight.FINE, "Fine")


def _failing(feeds: Sequence[FeedNow], now: datetime, locale: CourseLocale) -> Health:
    since = min(feed.failing_since for feed in feeds if feed.failing_since is not None)
    says = f"since {say_short(since, locale)}"
    # A blog that failed once in the night is not in trouble in the evening: the next night decides.
    last = max((feed.failed_at or now for feed in feeds), default=now)
    if last - since >= SEVERAL_NIGHTS and max(feed.failures for feed in feeds) > 1:
        word = "Gone for good" if all(feed.is_gone for feed in feeds) else "Does not answer"
        return Health(Sight.TROUBLE, word, says, "alert", "s-trouble")
    return Health(Sight.PARTLY, "No answer last time", says, "cannot_see", "s-blind")


def _with_gap(gaps: Sequence[OpenGap], locale: CourseLocale) -> Health:
    known = [gap.expected for gap in gaps if gap.expected]
    word = f"Gap, {sum(known)} unseen" if len(known) == len(gaps) else "Gap"
    since = min(gap.after_at or gap.before_at for gap in gaps)
    return Health(Sight.TROUBLE, word, f"since {say_short(since, locale)}", "alert", "s-trouble")


def mark_nights(looks: Iterable[LookRow], now: datetime, locale: CourseLocale) -> tuple[Mark, ...]:
    """The last fourteen days on the course's clock, oldest first. Of several looks in one day the
    telling one counts: a gap, something new, nothing new, and only then no answer."""
    today = now.astimezone(locale.zone).date()
    by_day: dict[date, set[Mark]] = {}
    for look in looks:
        by_day.setdefault(look.at.astimezone(locale.zone).date(), set()).add(mark_look(look))
    return tuple(
        next(
            mark
            for mark in (Mark.GAP, Mark.NEW, Mark.SAME, Mark.FAILED, Mark.NONE)
            if mark in by_day.get(today - timedelta(days=days), {Mark.NONE})
        )
        for days in range(NIGHTS - 1, -1, -1)
    )


def mark_look(look: LookRow) -> Mark:
    """What one look alone came to."""
    if look.gap:
        return Mark.GAP
    if look.outcome in (PollOutcome.OK, PollOutcome.NOT_MODIFIED):
        return Mark.NEW if look.new else Mark.SAME
    return Mark.NONE if look.outcome is PollOutcome.SKIPPED else Mark.FAILED


def say_nights(marks: Sequence[Mark]) -> str:
    """ "Last 14 nights, oldest first: 12 something new, 2 no answer." for whoever cannot see the marks."""
    runs = [(mark, len(list(same))) for mark, same in groupby(marks)]
    said = ", ".join(f"{number} {SAID[mark]}" for mark, number in runs)
    return f"Last {say_count(len(marks), 'night')}, oldest first: {said}."
