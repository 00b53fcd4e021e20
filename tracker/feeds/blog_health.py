"""How well a blog is seen, judged from what polling remembers of its feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.blog import FINE, Health, HealthCode, OpenGap
from tracker.domain.checks import FeedNow
from tracker.domain.feed import PollOutcome

NIGHTS = 14
SEVERAL_NIGHTS = timedelta(hours=20)
"""One night without an answer is no trouble yet: servers are restarted. The second one is."""


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
    feeds: Sequence[FeedNow], gaps: Sequence[OpenGap], *, of_posts: bool, now: datetime, kept_by: str = ""
) -> Health:
    """How a blog is seen now. `feeds` are its main ones; `gaps` those that are still open; `kept_by` is the
    program that keeps its comments."""
    if not feeds:
        no_feed = HealthCode.NO_POST_FEED if of_posts else HealthCode.NO_COMMENT_FEED
        return Health(HealthCode.KEPT_ELSEWHERE if kept_by else no_feed)
    opted_out_at = next((feed.opted_out_at for feed in feeds if feed.opted_out_at is not None), None)
    if opted_out_at is not None:
        return Health(HealthCode.OPTED_OUT, opted_out_at)
    since = min((feed.failing_since for feed in feeds if feed.failing_since is not None), default=None)
    if since is not None:
        failing = [feed for feed in feeds if feed.failing_since is not None]
        return Health(_why_failing(failing, since, now), since)
    if any(feed.fully_checked_at is None for feed in feeds):
        return Health(HealthCode.NOT_CHECKED)
    if gaps:
        counted = [gap.expected for gap in gaps if gap.expected]
        since = min(gap.after_at or gap.before_at for gap in gaps)
        return Health(HealthCode.GAP, since, sum(counted) if len(counted) == len(gaps) else None)
    return FINE


def _why_failing(feeds: Sequence[FeedNow], since: datetime, now: datetime) -> HealthCode:
    # A blog that failed once in the night is not in trouble in the evening: the next night decides.
    last = max(feed.failed_at or now for feed in feeds)
    if last - since < SEVERAL_NIGHTS or max(feed.failures for feed in feeds) <= 1:
        return HealthCode.NO_ANSWER_ONCE
    return HealthCode.GONE if all(feed.is_gone for feed in feeds) else HealthCode.NO_ANSWER


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
