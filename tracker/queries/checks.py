"""When blogs were last checked, and the last run over all of them: read here for every page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.blog import Health, OpenGap
from tracker.domain.checks import FeedNow, LastCheck, check_of, main_feeds
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.domain.grouping import grouped
from tracker.feeds.blog_health import judge_health
from tracker.feeds.comment_services import service_of_feed, sight_of
from tracker.models import Blog, Feed, FeedState, Gap, Poll, Run, Subscription
from tracker.wording.blogs import say_kept


def load_checks(
    session: Session, blog_ids: Iterable[int]
) -> tuple[dict[int, LastCheck], dict[int, LastCheck]]:
    """How the comments, and how the posts, of these blogs were checked; without those that no feed
    shows. With the answers that nothing has changed.

    Such an answer is no full check on a blog where comments change without it (WordPress).
    """
    feeds = load_feeds_now(session, sorted(set(blog_ids)))
    answers = _load_answers(session, [feed.feed_id for known in feeds.values() for feed in known])
    comments, posts = {}, {}
    for blog_id, known in feeds.items():
        told = [replace(feed, answered_at=answers.get(feed.feed_id)) for feed in known]
        if seen := check_of(main_feeds(told, of_posts=False)):
            comments[blog_id] = seen
        if seen := check_of(main_feeds(told, of_posts=True)):
            posts[blog_id] = seen
    return comments, posts


@dataclass(frozen=True, slots=True)
class BlogNow:
    """How a blog is seen: its comments, or its posts (`of_posts`). `feeds` are all it has, `main` those
    that tell; `gaps` are those in its comments that are still open."""

    feeds: Sequence[FeedNow]
    gaps: tuple[OpenGap, ...]
    health: Health
    of_posts: bool

    @property
    def main(self) -> list[FeedNow]:
        return main_feeds(self.feeds, of_posts=self.of_posts)

    @property
    def check(self) -> LastCheck | None:
        return check_of(self.main)

    @property
    def fully_checked_at(self) -> datetime | None:
        return self.check.last_full_check if self.check else None

    @property
    def next_at(self) -> datetime | None:
        return self.check.next_at if self.check else None


def load_blogs_now(
    session: Session, blog_ids: Collection[int], now: datetime, *, of_posts: bool
) -> dict[int, BlogNow]:
    """blog -> how its comments, or its posts, are seen; two questions for posts, three for comments."""
    feeds = load_feeds_now(session, blog_ids)
    gaps = {} if of_posts else load_open_gaps(session, blog_ids)
    return {
        blog_id: _blog_now(feeds.get(blog_id, ()), gaps.get(blog_id, ()), now, of_posts)
        for blog_id in blog_ids
    }


def _blog_now(feeds: Sequence[FeedNow], gaps: Sequence[OpenGap], now: datetime, of_posts: bool) -> BlogNow:
    main = main_feeds(feeds, of_posts=of_posts)
    kept_by = "" if of_posts else next((feed.kept_by for feed in feeds), "")
    health = judge_health(main, gaps, of_posts=of_posts, now=now, kept_by=kept_by)
    return BlogNow(feeds, tuple(gaps), health, of_posts)


def say_kept_by(blog: Blog, seen: BlogNow) -> str:
    """Who keeps a blog's comments in its stead, in a sentence; "" where it does so itself."""
    urls = [feed.url for feed in seen.feeds if not feed.is_ended]
    return say_kept(blog.comments_by, sight_of(blog.comments_by, blog.comments_at, urls))


def load_followed_now(
    session: Session, course_id: int, blog_id: int, now: datetime
) -> tuple[Sequence[Subscription], BlogNow]:
    """How a course follows a blog or did, the oldest first, and how it sees it: a class blog by its posts."""
    subscriptions = session.scalars(
        select(Subscription)
        .where(Subscription.course_id == course_id, Subscription.blog_id == blog_id)
        .order_by(Subscription.created_at, Subscription.id)
    ).all()
    standing = [row for row in subscriptions if row.ended_at is None]
    told = standing or subscriptions
    of_posts = bool(told) and all(row.role == "class-blog" for row in told)
    blog = load_blogs_now(session, [blog_id], now, of_posts=of_posts)[blog_id]
    return subscriptions, blog if standing else _blog_now(blog.feeds, (), now, of_posts)


def load_open_gaps(session: Session, blog_ids: Collection[int] | Select[int]) -> dict[int, list[OpenGap]]:
    """blog -> the gaps in its comments that are still open. Those of a feed of posts are about comments
    where they come from its counts."""
    rows = session.execute(
        select(Feed.blog_id, Gap.after_at, Gap.before_at, Gap.expected)
        .join(Feed, Feed.id == Gap.feed_id)
        .where(
            Gap.closed_at.is_(None),
            or_(Feed.kind != FeedKind.POSTS.value, Gap.kind == "count"),
            Feed.blog_id.in_(blog_ids),
        )
        .order_by(Gap.id)
    )
    return grouped((row.blog_id, OpenGap(row.after_at, row.before_at, row.expected)) for row in rows)


def load_feeds_now(session: Session, blog_ids: Collection[int] | Select[int]) -> dict[int, list[FeedNow]]:
    """blog -> its feeds with what the poller remembers; without the pages that only a receipt names,
    which show nothing of the rest of their blog."""
    rows = session.execute(
        select(
            Feed.blog_id,
            Feed.id,
            Feed.kind,
            Feed.url,
            FeedState.fully_checked_at,
            FeedState.failures,
            FeedState.failing_since,
            FeedState.next_poll_at,
            Blog.opted_out_at,
            Blog.comments_by,
            Feed.ended_at,
            FeedState.comments_read_at,
        )
        .join(FeedState, FeedState.feed_id == Feed.id)
        .join(Blog, Blog.id == Feed.blog_id)
        .where(Feed.blog_id.in_(blog_ids), Feed.from_receipt.is_(False))
        .order_by(Feed.id)
    ).all()
    failed = _load_failed(session, [row.id for row in rows if row.failing_since is not None])
    return grouped((row.blog_id, _feed_now(row, *failed.get(row.id, (None, "")))) for row in rows)


def _feed_now(row: Any, failed_at: datetime | None, outcome: str) -> FeedNow:
    return FeedNow(
        row.id,
        FeedKind(row.kind),
        row.url,
        row.fully_checked_at,
        row.failures,
        row.failing_since,
        row.next_poll_at,
        failed_at,
        is_gone=outcome == PollOutcome.GONE,
        opted_out_at=row.opted_out_at,
        is_ended=row.ended_at is not None,
        comments_read_at=row.comments_read_at,
        kept_by=row.comments_by,
        service=service.name if (service := service_of_feed(row.url)) else "",
    )


def _load_failed(session: Session, feed_ids: Sequence[int]) -> dict[int, tuple[datetime, str]]:
    """feed -> when it was last checked in vain, and what came of it."""
    if not feed_ids:
        return {}
    last = (
        select(func.max(Poll.id))
        .where(Poll.feed_id.in_(feed_ids), Poll.outcome.in_((PollOutcome.ERROR, PollOutcome.GONE)))
        .group_by(Poll.feed_id)
    )
    rows = session.execute(select(Poll.feed_id, Poll.at, Poll.outcome).where(Poll.id.in_(last)))
    return {feed_id: (at, outcome) for feed_id, at, outcome in rows}


def _load_answers(session: Session, feed_ids: Sequence[int]) -> dict[int, datetime]:
    """feed -> when it last answered that nothing has changed, if that was after its last full check."""
    rows = session.execute(
        select(Poll.feed_id, func.max(Poll.at, type_=Poll.at.type))
        .join(FeedState, FeedState.feed_id == Poll.feed_id)
        .where(
            Poll.feed_id.in_(feed_ids),
            Poll.at > FeedState.fully_checked_at,
            Poll.outcome == PollOutcome.NOT_MODIFIED,
        )
        .group_by(Poll.feed_id)
    )
    return dict(rows.all())


def load_last_run(session: Session) -> Run | None:
    """The latest run over all blogs that were due, whatever became of it. A check that a person asked
    for with a button is meant only where there was no other run."""
    return session.scalars(
        select(Run).order_by(Run.trigger == "button", Run.started_at.desc(), Run.id.desc()).limit(1)
    ).first()
