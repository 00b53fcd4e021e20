"""Blogs and posts by the thousand: no statement holds more values than a database takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support import factories as make
from tracker.domain.feed import Document, Entry, EntryKind, FeedKind, Platform, PollOutcome, Source
from tracker.extensions import db
from tracker.feeds.identity import identify_post
from tracker.feeds.poll_target import PollResult, PollTarget
from tracker.jobs.polling.gaps import note_counts
from tracker.jobs.polling.post_feeds import ensure_post_feeds
from tracker.models import Blog, Feed, Post, PostAlias

HOME = "http://room37.example/"


@pytest.fixture
def lower_the_limit() -> Iterator[Callable[[], None]]:
    """As many values as fifty thousand are to SQLite as it comes, only quicker to pass; taken back
    at the end, since other tests are given the same connection."""
    lowered: list[tuple[sqlite3.Connection, int]] = []

    def lower() -> None:
        raw = db.session.connection().connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        lowered.append((raw, raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 700)))

    yield lower
    for raw, before in lowered:
        raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, before)


@pytest.fixture
def blog(context: Flask) -> Blog:
    return make.add_blog(home_url=HOME, platform=Platform.WORDPRESS.value)


def add_posts(blog: Blog, count: int) -> list[Entry]:
    """Posts as they are kept, and as a feed shows them."""
    entries = []
    for number in range(1, count + 1):
        url = f"{blog.home_url}{number}/"
        row = make.add_post(
            blog, url=url, identity=f"number:{number}", comments_total=number, comments_url=f"{url}feed/"
        )
        guid = f"{blog.home_url}?p={number}"
        entries.append(Entry(EntryKind.POST, Source.ATOM, guid=guid, link=url, comments_total=number))
        for alias in identify_post(entries[-1]).aliases:
            db.session.add(PostAlias(blog_id=blog.id, post_id=row.id, kind=alias.kind, key=alias.key))
    db.session.flush()
    return entries


@pytest.mark.one_database
def test_feed_of_a_thousand_posts_has_all_its_counts_compared(
    blog: Blog, lower_the_limit: Callable[[], None]
) -> None:
    feed = make.add_feed(blog, "posts")
    entries = add_posts(blog, 1_000)
    lower_the_limit()
    shown = Document(kind=FeedKind.POSTS, source=Source.ATOM, entries=tuple(entries))
    target = PollTarget(feed.id, FeedKind.POSTS, f"{HOME}feed/", counts=True)
    note_counts(db.session(), feed, PollResult(target, PollOutcome.OK, shown))
    compared = select(func.count()).where(Post.comments_unread.is_not(None))
    assert db.session.scalar(compared) == 1_000


@pytest.mark.one_database
def test_posts_of_a_hundred_allocated_blogs_get_feeds_of_their_own_hosts(
    blog: Blog, lower_the_limit: Callable[[], None]
) -> None:
    course = make.add_course()
    student, assignment = make.add_enrollment(course), make.add_assignment(course)
    for number in range(100):
        one = make.add_blog(home_url=f"http://b{number}.example/", platform=Platform.GENERIC.value)
        make.add_feed(one, "comments", fully_checked_at=make.NOW)
        add_posts(one, 10)
        make.allocate(assignment, student, one, due_at=make.NOW + timedelta(days=1))
    stray = db.session.scalars(select(Post).where(Post.blog_id == one.id).limit(1)).one()
    stray.comments_url = "http://victim.example/feed/"
    db.session.flush()
    lower_the_limit()
    ensure_post_feeds(db.session(), make.NOW)
    urls = db.session.scalars(select(Feed.url).where(Feed.kind == "post-comments")).all()
    assert (len(urls), any("victim" in url for url in urls)) == (999, False)
