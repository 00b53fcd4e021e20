"""How well a blog is seen, judged from what polling remembers of its feeds. `wording.blogs` says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.checks import FeedNow
from tracker.domain.feed import PollOutcome
from tracker.domain.reason import Reason, instant_param

NIGHTS = 14
SEVERAL_NIGHTS = timedelta(hours=20)
"""One night without an answer is no trouble yet: servers are restarted. The second one is."""


class HealthLevel(StrEnum):
    """In the order in which a person should hear of it."""

    TROUBLE = "trouble"
    PARTLY = "partly"
    WAITING = "waiting"
    FINE = "fine"


class HealthCode(StrEnum):
    """Why a blog's health is what it is. `since` is a parameter of all from OPTED_OUT to GAP."""

    FINE = "fine"
    NOT_CHECKED = "not-checked"
    NO_COMMENT_FEED = "no-comment-feed"
    NO_POST_FEED = "no-post-feed"
    OPTED_OUT = "opted-out"
    NO_ANSWER_ONCE = "no-answer-once"
    NO_ANSWER = "no-answer"
    GONE = "gone"
    GAP = "gap"
    """`unseen` is how many comments may have been missed, None where the blog does not count."""


@dataclass(frozen=True, slots=True)
class Health:
    level: HealthLevel
    reason: Reason

    @property
    def is_silent(self) -> bool:
        """Nothing at its address answers, or nothing is there any more."""
        return self.reason.code in (HealthCode.NO_ANSWER_ONCE, HealthCode.NO_ANSWER)


FINE = Health(HealthLevel.FINE, Reason(HealthCode.FINE))


@dataclass(frozen=True, slots=True)
class OpenGap:
    """Between two complete checks something may have been shown that we did not see."""

    after_at: datetime | None
    before_at: datetime
    expected: int | None


class NightMark(StrEnum):
    """What one night's checks of a blog came to."""

    NEW = "new"
    SAME = "same"
    GAP = "gap"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PollLine:
    """A poll, as narrow as it can be."""

    at: datetime
    outcome: PollOutcome
    new: int
    gap: bool


def judge_health(
    feeds: Sequence[FeedNow], gaps: Sequence[OpenGap], *, of_posts: bool, now: datetime
) -> Health:
    """How a blog is seen now. `feeds` are its main ones; `gaps` those that are still open."""
    if not feeds:
        code = HealthCode.NO_POST_FEED if of_posts else HealthCode.NO_COMMENT_FEED
        return Health(HealthLevel.PARTLY, Reason(code))
    opted_out_at = next((feed.opted_out_at for feed in feeds if feed.opted_out_at is not None), None)
    if opted_out_at is not None:
        return Health(HealthLevel.PARTLY, _since(HealthCode.OPTED_OUT, opted_out_at))
    failing_since = [feed.failing_since for feed in feeds if feed.failing_since is not None]
    if failing_since:
        return _failing([feed for feed in feeds if feed.failing_since], min(failing_since), now)
    if any(feed.looked_at is None for feed in feeds):
        return Health(HealthLevel.WAITING, Reason(HealthCode.NOT_CHECKED))
    if gaps:
        return Health(HealthLevel.TROUBLE, _gap(gaps))
    return FINE


def _failing(feeds: Sequence[FeedNow], since: datetime, now: datetime) -> Health:
    # A blog that failed once in the night is not in trouble in the evening: the next night decides.
    last = max(feed.failed_at or now for feed in feeds)
    if last - since < SEVERAL_NIGHTS or max(feed.failures for feed in feeds) <= 1:
        return Health(HealthLevel.PARTLY, _since(HealthCode.NO_ANSWER_ONCE, since))
    code = HealthCode.GONE if all(feed.is_gone for feed in feeds) else HealthCode.NO_ANSWER
    return Health(HealthLevel.TROUBLE, _since(code, since))


def _gap(gaps: Sequence[OpenGap]) -> Reason:
    counted = [gap.expected for gap in gaps if gap.expected]
    since = min(gap.after_at or gap.before_at for gap in gaps)
    unseen = sum(counted) if len(counted) == len(gaps) else None
    return Reason(HealthCode.GAP, {"since": instant_param(since), "unseen": unseen})


def _since(code: HealthCode, since: datetime) -> Reason:
    return Reason(code, {"since": instant_param(since)})


def mark_nights(polls: Iterable[PollLine], now: datetime, zone: ZoneInfo) -> tuple[NightMark, ...]:
    """The last fourteen days on the course's clock, oldest first. Of several polls in one day the
    telling one counts: a gap, something new, nothing new, and only then no answer."""
    today = now.astimezone(zone).date()
    by_day: dict[date, set[NightMark]] = {}
    for poll in polls:
        by_day.setdefault(poll.at.astimezone(zone).date(), set()).add(mark_poll(poll))
    return tuple(
        next(
            mark
            for mark in (NightMark.GAP, NightMark.NEW, NightMark.SAME, NightMark.FAILED, NightMark.NONE)
            if mark in by_day.get(today - timedelta(days=days), {NightMark.NONE})
        )
        for days in range(NIGHTS - 1, -1, -1)
    )


def mark_poll(poll: PollLine) -> NightMark:
    """What one poll alone came to."""
    if poll.gap:
        return NightMark.GAP
    if poll.outcome in (PollOutcome.OK, PollOutcome.NOT_MODIFIED):
        return NightMark.NEW if poll.new else NightMark.SAME
    return NightMark.NONE if poll.outcome is PollOutcome.SKIPPED else NightMark.FAILED
