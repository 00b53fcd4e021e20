"""After a look: what is remembered of the feed, and when to look again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker.domain.errors import FetchError
from tracker.domain.feed import Platform, PollOutcome
from tracker.feeds.schedule import next_poll_at
from tracker.feeds.target import Look
from tracker.models import Feed, FeedState

REST_GIVEN_UP_AFTER = timedelta(days=3)


def plan_next_look(
    session: Session, nightly: Sequence[tuple[time, ZoneInfo]], feed: Feed, look: Look, at: datetime
) -> None:
    state = feed.state
    failed = look.outcome in (PollOutcome.ERROR, PollOutcome.GONE)
    state.failures = state.failures + 1 if failed else 0
    state.failing_since = (state.failing_since or at) if failed else None
    if look.outcome is PollOutcome.OK:
        state.looked_at = at
        state.etag = look.validators.etag
        state.last_modified = look.validators.last_modified
        state.body_hash = look.body_hash
        if not look.conditional:
            state.whole_look_at = at
        _remember_rest(state, look, at)
    elif look.outcome is PollOutcome.NOT_MODIFIED and feed.blog.platform != Platform.WORDPRESS:
        # WordPress answers 304 although comments changed (its validators follow the newest
        # approved comment's date), so there it proves nothing.
        state.looked_at = at
    retry_after_s = look.error.retry_after_s if isinstance(look.error, FetchError) else None
    state.next_poll_at = next_poll_at(
        at,
        outcome=look.outcome,
        failures_in_a_row=state.failures,
        retry_after_s=retry_after_s,
        nightly=nightly,
        jitter=random.random(),  # noqa: S311 - spreads retries; nothing secret
    )
    state.lease_run_id = None
    state.leased_until = None


def _remember_rest(state: FeedState, look: Look, at: datetime) -> None:
    """Where REST answered. One that fails now and then is tried again until it failed for days."""
    if look.rest_url is None:
        return
    state.rest_checked_at = at
    if look.rest_url:
        state.rest_url = look.rest_url
        state.rest_looked_at = at if look.rest_complete else state.rest_looked_at
    elif state.rest_looked_at is None or at - state.rest_looked_at > REST_GIVEN_UP_AFTER:
        state.rest_url = ""
