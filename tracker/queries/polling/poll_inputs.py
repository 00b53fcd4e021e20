"""What the poll job asks: which feeds, what we know of them, how the last runs went.

Tested in tests/jobs/polling/test_next_poll.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager

from tracker.domain.feed import PollOutcome
from tracker.domain.grouping import grouped
from tracker.models import (
    Blog,
    Comment,
    Course,
    Feed,
    FeedState,
    Poll,
    Subscription,
)


@dataclass(frozen=True)
class PolledFeed:
    """A feed as the job plans it; plain values, so that no database is needed while fetching."""

    feed_id: int
    blog_id: int
    url: str
    kind: str
    blog: str
    platform: str
    home_url: str
    next_poll_at: datetime | None
    post_id: int | None = None


def load_feeds(
    session: Session, *, course_id: int | None = None, feed_url: str | None = None
) -> list[PolledFeed]:
    """Every feed of a blog that a course (this one) not archived polls, by id; none of a blog
    whose owner asked not to be read."""
    polled_blogs = (
        select(Subscription.blog_id)
        .join(Course, Course.id == Subscription.course_id)
        .where(Subscription.ended_at.is_(None), Course.archived_at.is_(None))
    )
    if course_id is not None:
        polled_blogs = polled_blogs.where(Subscription.course_id == course_id)
    statement = (
        select(Feed, Blog, FeedState.next_poll_at)
        .join(Blog, Blog.id == Feed.blog_id)
        .join(FeedState, FeedState.feed_id == Feed.id)
        .where(
            Feed.blog_id.in_(polled_blogs),
            Blog.merged_into_id.is_(None),
            Blog.opted_out_at.is_(None),
            Feed.ended_at.is_(None),
        )
        .order_by(Feed.id)
    )
    if feed_url is not None:
        statement = statement.where(Feed.url == feed_url)
    return [
        PolledFeed(
            feed_id=feed.id,
            blog_id=blog.id,
            url=feed.url,
            kind=feed.kind,
            blog=blog.shown_title,
            platform=blog.platform,
            home_url=blog.home_url,
            next_poll_at=next_poll_at,
            post_id=feed.post_id,
        )
        for feed, blog, next_poll_at in session.execute(statement)
    ]


def load_feed(session: Session, feed_id: int) -> Feed:
    """A feed with its state and blog."""
    return session.execute(_SOME_FEEDS, {"feed_ids": [feed_id]}).scalar_one()


def load_some_feeds(session: Session, feed_ids: Collection[int]) -> dict[int, Feed]:
    """Feeds with their states and blogs, by id."""
    return {feed.id: feed for feed in session.scalars(_SOME_FEEDS, {"feed_ids": list(feed_ids)})}


# Made once, since for every poll making it would cost more than asking.
_SOME_FEEDS = (
    select(Feed)
    .join(Feed.state)
    .join(Feed.blog)
    .options(contains_eager(Feed.state), contains_eager(Feed.blog))
    .where(Feed.id.in_(bindparam("feed_ids", expanding=True)))
    .order_by(Feed.id)
)


def load_states(session: Session, feed_ids: Collection[int], run_id: int) -> Sequence[FeedState]:
    """The states of the feeds that a run holds the lease of."""
    return session.scalars(
        select(FeedState)
        .where(FeedState.feed_id.in_(feed_ids), FeedState.lease_run_id == run_id)
        .order_by(FeedState.feed_id)
        .execution_options(populate_existing=True)
    ).all()


def load_nightly(session: Session) -> dict[int, list[tuple[time, ZoneInfo]]]:
    """blog -> (wall-clock time, time zone) of the nightly check of every course that polls it."""
    rows = session.execute(
        select(Subscription.blog_id, Course.nightly_at, Course.time_zone)
        .join(Course, Course.id == Subscription.course_id)
        .where(Subscription.ended_at.is_(None), Course.archived_at.is_(None))
        .distinct()
        .order_by(Subscription.blog_id, Course.time_zone, Course.nightly_at)
    )
    return grouped(
        (blog_id, (time.fromisoformat(nightly_at), ZoneInfo(zone))) for blog_id, nightly_at, zone in rows
    )


def load_failures(
    session: Session, since: Mapping[int, datetime]
) -> dict[int, list[tuple[datetime, PollOutcome]]]:
    """feed -> its failed polls since the instant given for it, oldest first."""
    if not since:
        return {}
    rows = session.execute(
        select(Poll.feed_id, Poll.at, Poll.outcome)
        .where(
            Poll.feed_id.in_(since),
            Poll.at >= min(since.values()),
            Poll.outcome.in_((PollOutcome.ERROR.value, PollOutcome.GONE.value)),
        )
        .order_by(Poll.at, Poll.id)
    )
    return grouped(
        (feed_id, (at, PollOutcome(outcome))) for feed_id, at, outcome in rows if at >= since[feed_id]
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What the next poll of a feed was planned by; `outcome` is that of the last one."""

    feed_id: int
    fully_checked_at: datetime | None
    failures: int
    failing_since: datetime | None
    outcome: PollOutcome | None


def load_plans(session: Session, feed_ids: Collection[int]) -> dict[int, Plan]:
    last = (
        select(func.max(Poll.id).label("id"), Poll.feed_id)
        .where(Poll.feed_id.in_(feed_ids))
        .group_by(Poll.feed_id)
        .subquery()
    )
    rows = session.execute(
        select(FeedState, Poll.outcome)
        .outerjoin(last, last.c.feed_id == FeedState.feed_id)
        .outerjoin(Poll, Poll.id == last.c.id)
        .where(FeedState.feed_id.in_(feed_ids))
    )
    return {
        state.feed_id: Plan(
            state.feed_id,
            state.fully_checked_at,
            state.failures,
            state.failing_since,
            PollOutcome(outcome) if outcome else None,
        )
        for state, outcome in rows
    }


def load_window_start(session: Session, feed: Feed, window: int) -> datetime | None:
    """When the oldest comment in a feed's window of so many entries was posted, as far as we hold
    them; None without a window, or when not so many are known."""
    if not window:
        return None
    place = {"blog_id": feed.blog_id, "before": window - 1}
    if feed.post_id is None:
        return session.scalar(_NTH_OF_BLOG, place)
    return session.scalar(_NTH_OF_POST, {**place, "post_id": feed.post_id})


_NTH_OF_BLOG = (
    select(Comment.posted_at)
    .where(
        Comment.blog_id == bindparam("blog_id", type_=Integer),
        Comment.merged_into_id.is_(None),
        Comment.posted_at.is_not(None),
    )
    .order_by(Comment.posted_at.desc())
    .offset(bindparam("before", type_=Integer))
    .limit(1)
)
_NTH_OF_POST = _NTH_OF_BLOG.where(Comment.post_id == bindparam("post_id", type_=Integer))


def load_open_courses(session: Session) -> list[int]:
    """The courses that are not archived."""
    return list(session.scalars(select(Course.id).where(Course.archived_at.is_(None)).order_by(Course.id)))
