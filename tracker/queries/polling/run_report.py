"""What a run leaves for a person to check.

Tested in tests/cli/test_poll_screen.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Blog, Course, Feed, FeedState, Poll, Subscription

LONG = timedelta(hours=20)
"""One night without an answer is no trouble yet: servers are restarted."""


@dataclass(frozen=True, slots=True)
class Attention:
    """`what`: error, gone, gap or moved. `since`: in trouble since then; None when only just."""

    what: str
    blog: str
    url: str
    says: str
    since: datetime | None = None


def load_attention(session: Session, run_id: int) -> list[Attention]:
    """The feeds of a run that failed, missed something or have moved, failures first."""
    rows = session.execute(
        select(Poll, Feed.url, Blog.title, Blog.home_url, FeedState.failing_since)
        .join(Feed, Feed.id == Poll.feed_id)
        .join(Blog, Blog.id == Feed.blog_id)
        .join(FeedState, FeedState.feed_id == Feed.id)
        .where(Poll.run_id == run_id)
        .order_by(Poll.id)
    )
    found: list[Attention] = []
    for poll, url, title, home_url, failing_since in rows:
        is_long = failing_since is not None and poll.at - failing_since >= LONG
        found += _of_poll(poll, url, title or home_url, failing_since if is_long else None)
    return sorted(found, key=lambda one: ("error", "gone", "gap", "moved").index(one.what))


def _of_poll(poll: Poll, url: str, blog: str, since: datetime | None) -> Iterator[Attention]:
    if poll.outcome in ("error", "gone"):
        yield Attention(poll.outcome, blog, url, poll.error, since)
    if poll.gap:
        yield Attention(
            "gap", blog, url, "Some comments came and went between two checks, so we missed them."
        )
    if poll.moved_to:
        yield Attention("moved", blog, url, f"It is at {poll.moved_to} now.")


def load_opted_out(session: Session, course_id: int | None) -> list[str]:
    """The titles of blogs that are followed, and whose owners asked not to be read."""
    statement = (
        select(Blog.title, Blog.home_url)
        .join(Subscription, Subscription.blog_id == Blog.id)
        .join(Course, Course.id == Subscription.course_id)
        .where(Blog.opted_out_at.is_not(None), Subscription.ended_at.is_(None), Course.archived_at.is_(None))
        .distinct()
        .order_by(Blog.home_url)
    )
    if course_id is not None:
        statement = statement.where(Subscription.course_id == course_id)
    return [title or home_url for title, home_url in session.execute(statement)]
