"""A blog and its checks over days: every check is taken when it was planned, as a timer would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.blog_server import BlogServer
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.polling.poll import run_poll
from tracker.models import Course, Feed, FeedState, Poll

FEED = "http://room37.example/comments/feed/"
NIGHT = timedelta(days=1)
TIMER = timedelta(minutes=15)


@contextmanager
def tools_for(app: Flask, server: BlogServer, **settings: object) -> Iterator[Tools]:
    made = {**app.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "FETCH_READ_TIMEOUT_S": 5.0, **settings}
    with make_tools(made, resolve=server.resolve) as tools:
        yield tools


@pytest.fixture
def tools(context: Flask, server: BlogServer) -> Iterator[Tools]:
    with tools_for(context, server) as made:
        yield made


def course_that_follows(now: datetime) -> Course:
    """A course that follows one blog, at `FEED`, from `now` on."""
    course = make.add_course()
    db.session.commit()
    follow_feed(course.id, FEED, now=now)
    return course


def live(tools: Tools, start: datetime, until: datetime) -> list[datetime]:
    """Run when something is due, at the next quarter of an hour; the instants of the runs.

    `start` has to be a quarter of an hour itself. Runs at which nothing is due are left out.
    """
    runs, now = [], start
    while now < until:
        due = run_poll(tools, lambda at=now: at, trigger="timer").due  # type: ignore[misc]
        if due:
            runs.append(now)
        now = max(now + TIMER, _quarter_at_or_after(_next_planned(), start))
    return runs


def _next_planned() -> datetime:
    db.session.expire_all()
    planned = db.session.scalars(select(FeedState.next_poll_at)).all()
    db.session.rollback()
    return min(at for at in planned if at is not None)


def _quarter_at_or_after(at: datetime, start: datetime) -> datetime:
    return start - (start - at) // TIMER * TIMER


def polls_of(url: str) -> list[Poll]:
    """The checks of one feed, oldest first."""
    db.session.expire_all()
    return list(
        db.session.scalars(
            select(Poll).join(Feed, Feed.id == Poll.feed_id).where(Feed.url == url).order_by(Poll.id)
        )
    )


def state_of(url: str) -> FeedState:
    db.session.expire_all()
    return db.session.scalars(select(FeedState).join(Feed).where(Feed.url == url)).one()


def comments(*numbers: int, at: datetime, apart: timedelta = timedelta(days=2)) -> bytes:
    """A WordPress feed of these comments, the first being the newest, written `apart` up to `at`."""
    items = "".join(
        f"<item><title>Comment on A post by Ida Vale</title>"
        f"<link>http://room37.example/a-post/#comment-{number}</link>"
        f"<pubDate>{(at - apart * place).strftime('%a, %d %b %Y %H:%M:%S +0000')}</pubDate>"
        f'<guid isPermaLink="false">http://room37.example/?p=12#comment-{number}</guid>'
        f"<description>Comment number {number}.</description></item>"
        for place, number in enumerate(numbers)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Comments for Room 37</title>'
        f"<link>http://room37.example</link>{items}</channel></rss>"
    ).encode()
