"""Entries stored as if a check had shown them: nothing is fetched, everything after that is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.term import add_course
from tracker.domain.feed import (
    Document,
    Entry,
    EntryKind,
    FeedKind,
    Platform,
    PollOutcome,
    Source,
    StatedTime,
    TimeBasis,
)
from tracker.extensions import db
from tracker.feeds.poll_target import PollResult, PollTarget
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.polling.store_poll import PollReport, RunState, store_result
from tracker.jobs.transaction import write_transaction
from tracker.models import Comment, Course, Feed, Run

NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
NIGHT = timedelta(days=1)
HOME = "http://room.example"


def stated(at: datetime, basis: TimeBasis = TimeBasis.OFFSET) -> StatedTime:
    return StatedTime(at.isoformat(), at, basis)


IDA = Entry(
    EntryKind.COMMENT,
    Source.RSS,
    guid=f"{HOME}/?p=12#comment-7",
    link=f"{HOME}/a-post/#comment-7",
    author="Ida Vale",
    html="<p>The map in the second picture is my favourite.</p>",
    posted=stated(NOW - NIGHT),
    native_number="7",
    reply_to=(f"{HOME}/?p=12", f"{HOME}/a-post/"),
)
BO = replace(IDA, author="Bo Stone", html="<p>Try it with clay.</p>", posted=stated(NOW + NIGHT / 2))
"""Another comment with the number of the first."""


def begin_run(at: datetime = NOW) -> RunState:
    row = Run(trigger="test", started_at=at)
    db.session.add(row)
    db.session.commit()
    return RunState(row.id, b"a key for tests")


def show(
    run: RunState,
    feed_id: int,
    *entries: Entry,
    at: datetime,
    kind: FeedKind = FeedKind.COMMENTS,
    source: Source = Source.RSS,
    platform: Platform = Platform.WORDPRESS,
    **more: object,
) -> PollReport:
    """One check of a feed, which shows these entries; `more` is what else its result says."""
    document = Document(kind, source, entries, platform=platform)
    target = PollTarget(feed_id=feed_id, kind=kind, url=HOME, platform=platform)
    check = PollResult(target, PollOutcome.OK, primary=document, http_status=200, **more)  # type: ignore[arg-type]
    with write_transaction() as session:
        report = store_result(session, run, check, at)
    db.session.expire_all()
    return report


class Nights:
    """One followed blog whose feed of comments is stored once a night."""

    def __init__(self, run: RunState, url: str = f"{HOME}/comments/feed/") -> None:
        course_id = add_course(NOW, key=f"edt{db.session.query(Course).count()}")
        self.run = run
        follow_feed(course_id, url, now=NOW)
        self.feed_id = db.session.query(Feed.id).filter_by(url=url).scalar()
        self.night = 0

    def show(self, *entries: Entry, source: Source = Source.RSS, **more: object) -> PollReport:
        at = NOW + self.night * NIGHT
        self.night += 1
        return show(self.run, self.feed_id, *entries, at=at, source=source, **more)  # type: ignore[arg-type]


@pytest.fixture
def run(context: Flask) -> RunState:
    return begin_run()


@pytest.fixture
def nights(run: RunState) -> Nights:
    return Nights(run)


def held() -> list[Comment]:
    rows = select(Comment).where(Comment.merged_into_id.is_(None)).order_by(Comment.id)
    return list(db.session.scalars(rows))
