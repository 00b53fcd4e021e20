"""Gaps in the database: what a check closes, and what it has to leave open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Flask

from tests.support import factories as make
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.extensions import db
from tracker.feeds.poll_target import PollResult, PollTarget
from tracker.jobs.polling.gaps import note_gaps
from tracker.models import Gap, PostAlias

NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
NIGHT = timedelta(days=1)


def test_gap_stays_until_every_post_was_read_after_it(context: Flask) -> None:
    """A blog with more posts than one check reads: the gap of the night before last is closed, the
    last one is not."""
    feed = make.add_feed(make.add_blog("Half Past Recess"))
    for nights in (2, 1):
        db.session.add(
            Gap(feed_id=feed.id, after_at=NOW - (nights + 1) * NIGHT, before_at=NOW - nights * NIGHT)
        )
    db.session.flush()
    target = PollTarget(feed_id=feed.id, kind=FeedKind.POSTS, url=feed.url)
    check = PollResult(
        target, PollOutcome.OK, caught_up="the blog's own counts", all_asked_since=NOW - 1.5 * NIGHT
    )
    note_gaps(db.session(), feed, check, NOW)
    assert [gap.closed_at for gap in db.session.query(Gap).order_by(Gap.id)] == [NOW, None]
    note_gaps(db.session(), feed, replace(check, all_asked_since=None), NOW + NIGHT)
    assert [gap.closed_at for gap in db.session.query(Gap).order_by(Gap.id)] == [NOW, NOW + NIGHT]


def test_posts_that_were_read_on_their_own_remember_when(context: Flask) -> None:
    blog = make.add_blog("Half Past Recess")
    feed = make.add_feed(blog)
    read, other = (make.add_post(blog, title, posted_at=NOW - NIGHT) for title in ("Maps", "Clay"))
    for post, number in ((read, "11"), (other, "12")):
        db.session.add(PostAlias(blog_id=blog.id, post_id=post.id, kind="number", key=number))
    # The same key of another kind is another post's.
    db.session.add(PostAlias(blog_id=blog.id, post_id=other.id, kind="slug", key="11"))
    db.session.flush()
    target = PollTarget(feed_id=feed.id, kind=FeedKind.POSTS, url=feed.url)
    note_gaps(
        db.session(), feed, PollResult(target, PollOutcome.OK, asked_posts=(frozenset({"number:11"}),)), NOW
    )
    db.session.flush()
    for post in (read, other):
        db.session.refresh(post)
    assert (read.comments_asked_at, other.comments_asked_at) == (NOW, None)
