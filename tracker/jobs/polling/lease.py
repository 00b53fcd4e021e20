"""What a run claims, and what a poll of each claimed feed has to know.

Tested in tests/jobs/polling/test_poll.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, or_, update
from sqlalchemy.orm import Session

from tracker.domain.feed import FeedKind, Platform, Validators
from tracker.domain.known import Known, KnownPost
from tracker.extensions import db
from tracker.feeds.allowed_hosts import Home
from tracker.feeds.comment_services import service_of_feed
from tracker.feeds.poll_target import PollTarget
from tracker.feeds.schedule import next_nightly_at
from tracker.jobs.receipts.receipts import post_named_by
from tracker.jobs.runs import LEASE, hold_run
from tracker.jobs.transaction import write_transaction
from tracker.models import FeedState
from tracker.queries.polling import known_items, poll_inputs
from tracker.queries.polling.poll_inputs import PolledFeed

PAGE_AGAIN_AFTER = timedelta(hours=44)
"""How often a page of a blog is read to see who keeps its comments: every second night."""

REST_AGAIN_AFTER = timedelta(days=7)
"""How often a WordPress blog that does not answer by REST is asked again."""


def claim(run_id: int, feeds: Sequence[PolledFeed], now: datetime) -> list[PollTarget]:
    """Take the lease of each feed that no other run holds and say what to ask for."""
    ids = [feed.feed_id for feed in feeds]
    with write_transaction() as session:
        hold_run(session, run_id, now)
        session.execute(
            update(FeedState)
            .where(
                FeedState.feed_id.in_(ids),
                or_(FeedState.leased_until.is_(None), FeedState.leased_until <= now),
            )
            .values(lease_run_id=run_id, leased_until=now + LEASE)
        )
        states = {state.feed_id: state for state in poll_inputs.load_states(session, ids, run_id)}
        claimed = [feed for feed in feeds if feed.feed_id in states]
        around = _load_surroundings(session, {feed.blog_id for feed in claimed}, run_id)
        _choose_pages(session, claimed, states, around, now)
        engine = db.engine
        return [_target(feed, states[feed.feed_id], around[feed.blog_id], now, engine) for feed in claimed]


@dataclass
class _Surroundings:
    """What a poll of one feed has to know of its blog. `page_of` is the feed in whose poll `page_to_read`
    is read to see who keeps its comments.

    `since` is when the first course that polls it began; `finder_id` is the feed in whose poll
    the posts that receipts name are searched."""

    since: datetime | None = None
    nightly: list[tuple[time, ZoneInfo]] = field(default_factory=list)
    is_followed: bool = False
    is_allocated: bool = False
    posts_url: str = ""
    has_comment_feed: bool = False
    rest_url: str = ""
    comments_window: int | None = None
    kept_feed_url: str = ""
    page_of: int | None = None
    page_to_read: str = ""
    finder_id: int | None = None
    to_find: list[KnownPost] = field(default_factory=list)


def _load_surroundings(session: Session, blog_ids: Collection[int], run_id: int) -> dict[int, _Surroundings]:
    found: dict[int, _Surroundings] = defaultdict(_Surroundings)
    for beginning in known_items.load_beginnings(session, blog_ids):
        around = found[beginning.blog_id]
        around.is_followed = around.is_followed or beginning.role == "followed"
        around.nightly.append(beginning.nightly)
        since = beginning.since
        around.since = since if around.since is None else min(around.since, since)
    for blog_id in known_items.load_allocated_blogs(session, blog_ids):
        found[blog_id].is_allocated = True
    for feed in known_items.load_feed_states(session, blog_ids):
        around = found[feed.blog_id]
        is_kept = service_of_feed(feed.url) is not None
        if is_kept and feed.kind == FeedKind.COMMENTS and feed.ended_at is None:
            around.kept_feed_url = feed.url
        if feed.kind == FeedKind.COMMENTS and feed.window_size and not is_kept:
            around.comments_window = max(around.comments_window or 0, feed.window_size)
        if feed.ended_at is None:
            around.has_comment_feed |= feed.kind in (FeedKind.COMMENTS, FeedKind.REST)
            around.posts_url = feed.url if feed.kind == FeedKind.POSTS else around.posts_url
            around.rest_url = feed.rest_url or around.rest_url
    _add_posts_to_find(session, found, blog_ids, run_id)
    return found


def _choose_pages(
    session: Session,
    feeds: Sequence[PolledFeed],
    states: Mapping[int, FeedState],
    around: Mapping[int, _Surroundings],
    now: datetime,
) -> None:
    """Where it is time to see who keeps a followed blog's comments: its newest post, by the poll of its
    posts, else of whatever it has. The first poll comes right after a page was read to follow it."""
    due = {}
    for feed in feeds:
        state, here = states[feed.feed_id], around[feed.blog_id]
        is_time = state.page_read_at is None or not now - PAGE_AGAIN_AFTER < state.page_read_at <= now
        tells = feed.kind == FeedKind.POSTS if here.posts_url else service_of_feed(feed.url) is None
        if here.is_followed and tells and is_time and state.fully_checked_at is not None:
            due[feed.blog_id] = feed
    newest = known_items.load_newest_posts(session, set(due)) if due else {}
    for blog_id, feed in due.items():
        home = Home((feed.home_url, feed.url), Platform(feed.platform))
        url = newest.get(blog_id, "")
        around[blog_id].page_of = feed.feed_id
        around[blog_id].page_to_read = url if url and home.owns(url) else feed.home_url


def _add_posts_to_find(
    session: Session, found: dict[int, _Surroundings], blog_ids: Collection[int], run_id: int
) -> None:
    """The posts whose receipts this run looks for, in the poll of the blog's comments, else its posts."""
    receipts = known_items.load_sought_receipts(session, blog_ids, run_id)
    if not receipts:
        return
    finders = known_items.load_finders(session, set(receipts))
    posts = known_items.load_known_posts(session, set(receipts))
    for blog_id, waiting in receipts.items():
        found[blog_id].finder_id = finders.get(blog_id)
        for receipt in waiting:
            post = posts[blog_id].get(receipt.post_id or 0) or post_named_by(receipt)
            if post.url and post.url not in {one.url for one in found[blog_id].to_find}:
                found[blog_id].to_find.append(post)


def _recall(engine: Engine, feed: PolledFeed, fully_checked_at: datetime | None) -> Callable[[], Known]:
    """Loads what is held of a blog when a poll first asks for it, outside any transaction."""

    @cache
    def recall() -> Known:
        with Session(engine) as session:
            return known_items.load_known(
                session, feed.blog_id, post_id=feed.post_id, fully_checked_at=fully_checked_at
            )

    return recall


def _target(
    feed: PolledFeed, state: FeedState, around: _Surroundings, now: datetime, engine: Engine
) -> PollTarget:
    # A 304 from WordPress does not prove that nothing changed, so once a night all is asked for.
    whole_at = state.fully_read_at
    # One that lies ahead was noted by a clock that was wrong; it says nothing.
    conditional = whole_at is not None and whole_at <= now < next_nightly_at(whole_at, around.nightly)
    kind = FeedKind(feed.kind)
    return PollTarget(
        feed_id=feed.feed_id,
        kind=kind,
        url=feed.url,
        # The platform's other ways to comments are none for those that another program keeps.
        platform=Platform.GENERIC if service_of_feed(feed.url) else Platform(feed.platform),
        home_url=feed.home_url,
        validators=Validators(state.etag, state.last_modified) if conditional else Validators(),
        body_hash=state.body_hash,
        recall=_recall(engine, feed, state.fully_checked_at),
        first=state.fully_checked_at is None,
        conditional=conditional,
        window_size=state.window_size or None,
        fully_checked_at=state.fully_checked_at,
        since=around.since,
        rest_url=_rest_url(state, now) if kind is FeedKind.COMMENTS else around.rest_url,
        posts_url=around.posts_url,
        comments_window=around.comments_window,
        unread=state.unread or 0,
        counts=around.is_followed,
        pages=around.is_followed,
        links_from_pages=around.is_allocated,
        has_comment_feed=around.has_comment_feed,
        page_to_read=around.page_to_read if around.page_of == feed.feed_id and not conditional else "",
        kept_feed_url=around.kept_feed_url,
        posts_to_find=tuple(around.to_find) if around.finder_id == feed.feed_id else (),
    )


def _rest_url(state: FeedState, now: datetime) -> str | None:
    """Where the blog answers by REST; None when it is time to ask whether it does."""
    if state.rest_url:
        return state.rest_url
    is_time = state.rest_checked_at is None or now - state.rest_checked_at >= REST_AGAIN_AFTER
    return None if is_time else ""
