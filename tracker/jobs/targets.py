"""What a run claims, and what a look at each claimed feed has to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, update

from tracker.domain.feed import FeedKind, Platform, Validators
from tracker.feeds.look import LookTarget
from tracker.jobs.transaction import write_transaction
from tracker.models import FeedState
from tracker.queries import polling
from tracker.queries.polling import PolledFeed

LEASE = timedelta(minutes=15)
"""How long a claim of a run or feed holds; a process that died frees its feeds after this."""

UNCONDITIONAL_AFTER = timedelta(hours=20)
"""A look this long after the last complete one asks for the whole document: a 304 from WordPress
does not prove that nothing changed."""


def claim(run_id: int, feeds: Sequence[PolledFeed], now: datetime) -> list[LookTarget]:
    """Take the lease of each feed that nobody else holds and say what to ask for."""
    ids = [feed.feed_id for feed in feeds]
    with write_transaction() as session:
        session.execute(
            update(FeedState)
            .where(
                FeedState.feed_id.in_(ids),
                or_(FeedState.leased_until.is_(None), FeedState.leased_until <= now),
            )
            .values(lease_run_id=run_id, leased_until=now + LEASE)
        )
        states = {state.feed_id: state for state in polling.load_states(session, ids, run_id)}
        known = polling.load_known_keys(session, feeds)
        windows = polling.load_window_sizes(session, ids)
        pages = polling.load_receipt_pages(session, {feed.blog_id for feed in feeds})
        return [
            _target(
                feed,
                states[feed.feed_id],
                now,
                known_keys=known.get((feed.blog_id, feed.kind == FeedKind.POSTS), frozenset()),
                window_size=windows.get(feed.feed_id),
                pages=pages.get(feed.blog_id, []) if feed.kind == FeedKind.COMMENTS else [],
            )
            for feed in feeds
            if feed.feed_id in states
        ]


def _target(
    feed: PolledFeed,
    state: FeedState,
    now: datetime,
    *,
    known_keys: frozenset[str],
    window_size: int | None,
    pages: Sequence[str],
) -> LookTarget:
    conditional = state.looked_at is not None and now - state.looked_at < UNCONDITIONAL_AFTER
    return LookTarget(
        feed_id=feed.feed_id,
        kind=FeedKind(feed.kind),
        url=feed.url,
        platform=Platform(feed.platform),
        home_url=feed.home_url,
        validators=Validators(state.etag, state.last_modified) if conditional else Validators(),
        body_hash=state.body_hash,
        known_keys=known_keys,
        first=state.looked_at is None,
        conditional=conditional,
        window_size=window_size,
        looked_at=state.looked_at,
        posts_needing_page=tuple(pages),
    )
