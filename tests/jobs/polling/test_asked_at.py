"""What a check saw, it saw when it was asked for, however long the answer and the storing took."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from socket import socket

import pytest
from flask import Flask

from tests.jobs.polling.test_poll import feed, item, tools_of
from tests.support.blog_server import BlogServer
from tests.support.shown import IDA, Nights, begin_run, held, show, stated
from tests.support.term import add_course
from tracker.domain.feed import Entry, StatedTime, TimeBasis
from tracker.extensions import db
from tracker.feeds.poll_target import Missed
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.polling.poll import run_poll
from tracker.models import Comment, FeedState, Gap, Poll

pytestmark = pytest.mark.one_database

DUE = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)
ASKED = DUE - timedelta(minutes=2)
STORED = DUE + timedelta(minutes=2)
MINUTE = timedelta(minutes=1)
EARLIER = DUE - timedelta(days=1)


@pytest.fixture
def nights(context: Flask) -> Nights:
    return Nights(begin_run(EARLIER))


def ask(
    nights: Nights,
    *entries: Entry,
    asked: datetime,
    answered: datetime | None = None,
    stored: datetime | None = None,
    missed: Missed | None = None,
) -> None:
    show(
        nights.run,
        nights.feed_id,
        *entries,
        at=stored or asked,
        missed=missed,
        asked_at=asked,
        answered_at=answered or asked,
    )


def state_of(nights: Nights) -> FeedState:
    return db.session.get_one(FeedState, nights.feed_id)


def test_comment_is_first_seen_when_it_was_asked_for_not_when_it_was_stored(context: Flask) -> None:
    """The body comes in two halves; the due instant passes between them."""
    now = [ASKED]
    body = feed(item(1, at=EARLIER))

    def in_halves(peer: socket) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n"
        peer.sendall(head.encode() + body[:200])
        now[0] = STORED
        peer.sendall(body[200:])

    with BlogServer() as server, tools_of(context, server) as tools:
        follow_feed(add_course(EARLIER), server.url("/comments/feed/"), now=EARLIER)
        server.set("/comments/feed/", misbehave=in_halves)
        run_poll(tools, lambda: now[0], trigger="test", everything=True)
    assert now == [STORED]
    comment = db.session.query(Comment).one()
    fully_checked_at = (
        db.session.query(FeedState).join(FeedState.feed).filter_by(kind="comments").one().fully_checked_at
    )
    poll = db.session.query(Poll).filter_by(id=comment.first_seen_poll_id).one()
    assert (comment.first_seen_at, fully_checked_at, poll.at) == (ASKED, ASKED, ASKED)


@pytest.mark.parametrize(
    ("posted", "seen"),
    [
        pytest.param(stated(DUE - 3 * MINUTE), ASKED, id="before the asking"),
        pytest.param(
            stated(DUE + MINUTE), DUE + MINUTE, id="while the look went on: not before its own time"
        ),
        pytest.param(stated(DUE + 9 * MINUTE), ASKED, id="later than it was read: its clock is ahead"),
        pytest.param(stated(DUE + MINUTE, TimeBasis.NAIVE), ASKED, id="a wall clock proves nothing"),
        pytest.param(StatedTime(), ASKED, id="no time"),
    ],
)
def test_comment_is_not_seen_before_it_can_have_been_there(
    nights: Nights, posted: StatedTime, seen: datetime
) -> None:
    ask(nights, replace(IDA, posted=posted), asked=ASKED, answered=STORED, stored=DUE + 4 * MINUTE)
    assert [row.first_seen_at for row in held()] == [seen]


def test_earlier_sight_stored_later_becomes_the_first(nights: Nights) -> None:
    ask(nights, asked=EARLIER)
    ask(nights, IDA, asked=ASKED + MINUTE, stored=DUE)
    ask(nights, IDA, asked=ASKED, stored=STORED)
    (comment,) = held()
    assert (comment.first_seen_at, comment.last_check_before) == (ASKED, EARLIER)
    assert db.session.get_one(Poll, comment.first_seen_poll_id or 0).at == ASKED


def test_later_sight_stored_later_changes_nothing(nights: Nights) -> None:
    ask(nights, IDA, asked=ASKED, stored=DUE)
    ask(nights, IDA, asked=ASKED + MINUTE, stored=STORED)
    assert [row.first_seen_at for row in held()] == [ASKED]


def test_clock_put_back_between_checks_makes_no_comment_earlier(nights: Nights) -> None:
    ask(nights, IDA, asked=STORED)
    ask(nights, IDA, asked=ASKED, stored=ASKED + MINUTE)
    assert [row.first_seen_at for row in held()] == [STORED]


def test_clock_put_back_while_a_check_waited_is_not_believed(nights: Nights) -> None:
    ask(nights, IDA, asked=STORED, stored=ASKED)
    assert [row.first_seen_at for row in held()] == [ASKED]
    assert state_of(nights).fully_checked_at == ASKED


def test_gap_reaches_from_asking_to_asking(nights: Nights) -> None:
    ask(nights, asked=EARLIER, stored=EARLIER + MINUTE)
    ask(nights, IDA, asked=ASKED, answered=ASKED, stored=STORED, missed=Missed("overflow"))
    gap = db.session.query(Gap).one()
    assert (gap.after_at, gap.before_at) == (EARLIER, ASKED)
    assert held()[0].last_check_before == EARLIER
