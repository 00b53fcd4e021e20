"""After a poll: what is remembered of the feed, and when to poll again."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy.orm import Session

from tracker.domain.errors import FetchError
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.feeds.platforms.registry import platform_of
from tracker.feeds.poll_target import PollResult
from tracker.feeds.schedule import Trouble, count_nights, next_poll_at, why_due
from tracker.models import Feed, FeedState
from tracker.queries.polling import poll_inputs
from tracker.queries.polling.poll_inputs import PolledFeed
from tracker.queries.polling.timetable import Timetable

REST_GIVEN_UP_AFTER = timedelta(days=3)
FAILED = (PollOutcome.ERROR, PollOutcome.GONE)


def plan_next_poll(
    session: Session,
    timetable: Timetable,
    feed: Feed,
    result: PollResult,
    at: datetime,
) -> None:
    """Remember what a poll came to. One that did not take place, because the server has asked us
    to wait, changes nothing but the time of the next."""
    state = feed.state
    if result.outcome is not PollOutcome.SKIPPED:
        _remember(state, feed, result, at)
    retry_after_s = result.error.retry_after_s if isinstance(result.error, FetchError) else None
    span = _window_span(session, feed, result, at)
    times = timetable.of(feed.blog_id, feed.kind, is_of_one_post=feed.post_id is not None, window_span=span)
    state.next_poll_at = next_poll_at(
        at,
        times,
        outcome=result.outcome,
        trouble=_trouble(session, state),
        retry_after_s=retry_after_s,
        jitter=random.random(),  # noqa: S311 - spreads retries; nothing secret
    )
    state.lease_run_id = None
    state.leased_until = None


def _remember(state: FeedState, feed: Feed, result: PollResult, at: datetime) -> None:
    failed = result.outcome in FAILED
    state.failures = state.failures + 1 if failed else 0
    state.failing_since = (state.failing_since or at) if failed else None
    if result.outcome is PollOutcome.OK:
        state.fully_checked_at = at
        state.etag = result.validators.etag
        state.last_modified = result.validators.last_modified
        state.body_hash = result.body_hash
        if not result.target.conditional:
            state.fully_read_at = at
        _remember_window(state, result)
        _remember_rest(state, result, at)
        if result.are_comments_read:
            state.comments_read_at = min(at, result.all_asked_since or at)
    elif result.outcome is PollOutcome.NOT_MODIFIED and platform_of(feed.blog.platform).is_unchanged_at_304:
        state.fully_checked_at = at


def _remember_window(state: FeedState, result: PollResult) -> None:
    shown = len(result.primary.entries) if result.primary is not None else 0
    state.window_size = max(state.window_size, shown)
    if result.window_full:
        state.full_window = max(state.full_window, shown)


def _remember_rest(state: FeedState, result: PollResult, at: datetime) -> None:
    """Where REST answered. One that fails now and then is tried again until it failed for days."""
    if result.rest_url is None:
        return
    state.rest_checked_at = at
    if result.rest_url:
        state.rest_url = result.rest_url
        state.rest_read_at = at if result.rest_complete else state.rest_read_at
    elif state.rest_read_at is None or at - state.rest_read_at > REST_GIVEN_UP_AFTER:
        state.rest_url = ""


def _window_span(session: Session, feed: Feed, result: PollResult, at: datetime) -> timedelta | None:
    """How far back the feed's window reaches, where it is full and nothing reaches behind it.

    Of a feed in which nothing has changed it is known from the comments we hold.
    """
    is_reached = platform_of(feed.blog.platform).has_paged_feeds or feed.state.rest_url
    if is_reached or result.outcome in (*FAILED, PollOutcome.SKIPPED) or feed.kind == FeedKind.REST:
        return None
    start: datetime | None = None
    if result.primary is not None and result.window_full:
        stated = (entry.posted.at for entry in result.primary.entries)
        start = min((one for one in stated if one is not None), default=None)
    elif result.primary is None and feed.kind != FeedKind.POSTS:
        start = poll_inputs.load_window_start(session, feed, feed.state.full_window)
    return None if start is None else at - start


def _trouble(session: Session, state: FeedState) -> Trouble:
    since = state.failing_since
    failed = poll_inputs.load_failures(session, {state.feed_id: since}) if since is not None else {}
    return judge_trouble(state.failures, failed.get(state.feed_id, ()), since)


def judge_trouble(
    failures: int, failed: Sequence[tuple[datetime, PollOutcome]], failing_since: datetime | None
) -> Trouble:
    """What failed polls in a row, oldest first, come to."""
    if failing_since is None:
        return Trouble()
    gone = takewhile(lambda one: one[1] is PollOutcome.GONE, reversed(failed))
    return Trouble(
        failures=failures,
        nights=count_nights([failing_since, *(at for at, _ in failed)]),
        gone_nights=count_nights(at for at, _ in gone),
    )


def explain_due(session: Session, feeds: Iterable[PolledFeed], now: datetime) -> dict[int, str]:
    """feed -> why it is to be polled now, or until when it is not; for `poll --dry-run`."""
    timetable = Timetable.load(session, now)
    asked = list(feeds)
    states = poll_inputs.load_plans(session, [feed.feed_id for feed in asked])
    failing = {one.feed_id: one.failing_since for one in states.values() if one.failing_since is not None}
    failed = poll_inputs.load_failures(session, failing)
    why = {}
    for feed in asked:
        state = states[feed.feed_id]
        why[feed.feed_id] = why_due(
            feed.next_poll_at,
            timetable.of(feed.blog_id, feed.kind, is_of_one_post=feed.post_id is not None),
            now,
            fully_checked_at=state.fully_checked_at,
            outcome=state.outcome,
            trouble=judge_trouble(state.failures, failed.get(feed.feed_id, ()), state.failing_since),
        )
    return why
