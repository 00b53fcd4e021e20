"""Who holds a run, when it is over, and what the next one makes of it (S3, S8, S10)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.jobs.polling.test_poll import feed, item, tools_of
from tests.support.blog_server import BlogServer
from tests.support.term import add_course
from tracker.domain.feed import Document, FeedKind, FetchResult
from tracker.extensions import db
from tracker.jobs import runs
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.poll import Progress, RunReport, run_poll
from tracker.jobs.polling.poll_feeds import chain_feeds
from tracker.jobs.polling.store_poll import PollReport
from tracker.jobs.runs import LEASE, LostRunError, Started, Underway, is_alive, this_process
from tracker.jobs.transaction import write_transaction
from tracker.models import FeedState, Poll, Run
from tracker.queries.polling.poll_inputs import PolledFeed, load_feeds

NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        for path in ("/one/feed/", "/two/feed/", "/three/feed/"):
            running.set(path, feed(item(1)), headers={"Content-Type": "application/rss+xml"})
        yield running


@pytest.fixture
def course_id(context: Flask, server: BlogServer) -> int:
    made = add_course(NOW)
    for path in ("/one/feed/", "/two/feed/", "/three/feed/"):
        follow_feed(made, server.url(path), now=NOW, kind=FeedKind.COMMENTS)
    return made


def dead_process() -> str:
    """The owner's mark of a process that has ended: our host, and a start that is not ours."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pid = process.pid
    host, _, started = this_process().split(":")
    return f"{host}:{pid}:{started}"


def start(now: datetime = NOW) -> Started | Underway:
    with write_transaction() as session:
        return runs.start_run(session, "test", now)


def add_run(owner: str, *, leased_until: datetime | None, done: int = 0, due: int = 3) -> int:
    run = Run(trigger="test", started_at=NOW, owner=owner, leased_until=leased_until, done=done, due=due)
    db.session.add(run)
    db.session.commit()
    return run.id


def poll(tools: Tools, now: datetime = NOW, progress: Progress | None = None) -> RunReport:
    return run_poll(tools, lambda: now, trigger="test", progress=progress)


@pytest.mark.parametrize(
    ("owner", "lease", "alive"),
    [
        pytest.param("ours", 10 * MINUTE, True, id="this-process"),
        pytest.param("ours", -MINUTE, False, id="this-process-without-a-sign-of-life"),
        pytest.param("dead", 10 * MINUTE, False, id="dead-here"),
        pytest.param("recycled", 10 * MINUTE, False, id="its-number-is-another-process-now"),
        pytest.param("elsewhere/1:7:99", 10 * MINUTE, True, id="another-machine"),
        pytest.param("elsewhere/1:7:99", timedelta(0), False, id="another-machine-lease-over"),
        pytest.param("elsewhere/1:7:99", 75 * MINUTE, False, id="its-clock-was-ahead"),
        pytest.param("", 10 * MINUTE, True, id="from-before-owners-were-written"),
        pytest.param("before psutil", 10 * MINUTE, False, id="by-a-release-that-wrote-starts-otherwise"),
    ],
)
def test_a_run_lives_as_long_as_its_process_and_its_lease(
    owner: str, lease: timedelta, *, alive: bool
) -> None:
    host, pid, _ = this_process().split(":")
    marks = {
        "ours": this_process(),
        "dead": dead_process(),
        "recycled": f"{host}:{pid}:17.00",
        "before psutil": f"{host}:{pid}:17@0000",
    }
    run = Run(owner=marks.get(owner, owner), leased_until=NOW + lease)
    assert is_alive(run, NOW) is alive


def test_run_of_a_dead_process_is_over_at_once_and_says_how_far_it_came(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    run_id = add_run(dead_process(), leased_until=NOW + LEASE, done=1)
    feeds = load_feeds(db.session())
    db.session.execute(update(FeedState).values(lease_run_id=run_id, leased_until=NOW + LEASE))
    db.session.add(Poll(run_id=run_id, feed_id=feeds[0].feed_id, at=NOW + 2 * MINUTE, outcome="ok"))
    db.session.commit()
    with tools_of(context, server) as tools:
        report = poll(tools, NOW + 3 * MINUTE)
    assert (report.due, len(report.polls), report.reason) == (3, 3, "")
    dead = db.session.get_one(Run, run_id)
    assert dead.reason == "The process ended unexpectedly after 1 of 3 feeds."
    assert (dead.ended_at, dead.leased_until) == (NOW + 2 * MINUTE, None)


def test_second_run_says_in_one_sentence_who_is_at_it(context: Flask, course_id: int) -> None:
    first = start()
    assert isinstance(first, Started)
    with write_transaction() as session:
        runs.note_due(session, first.run_id, 75)
        runs.hold_run(session, first.run_id, NOW, done=12)
    second = start(NOW + MINUTE)
    assert isinstance(second, Underway)
    assert second.says == (
        "Another check has been running since Tue, Oct 13, 2:15 AM CDT, with 12 of 75 feeds done."
    )
    assert len(db.session.scalars(select(Run)).all()) == 1


def test_run_that_gives_signs_of_life_keeps_its_lease_for_hours(context: Flask, course_id: int) -> None:
    first = start()
    assert isinstance(first, Started)
    for minutes in range(10, 180, 10):
        with write_transaction() as session:
            runs.hold_run(session, first.run_id, NOW + minutes * MINUTE)
    assert isinstance(start(NOW + 180 * MINUTE), Underway)


def test_run_that_was_taken_over_stores_nothing_more(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    class TakeOver(Progress):
        """Another machine takes this run for dead after its first feed."""

        def stored(self, poll: PollReport) -> None:
            start(NOW + 2 * LEASE)

    with tools_of(context, server) as tools:
        report = poll(tools, progress=TakeOver())
    assert "another one took over" in report.reason
    assert len(report.polls) == 1
    first, second = db.session.scalars(select(Run).order_by(Run.id)).all()
    assert (first.done, first.reason) == (1, "The process ended unexpectedly after 1 of 3 feeds.")
    assert second.ended_at is None
    with pytest.raises(LostRunError), write_transaction() as session:
        runs.hold_run(session, first.id, NOW)


def test_only_the_run_after_one_that_was_cut_off_makes_up_for_it(context: Flask, course_id: int) -> None:
    made_up = []
    for reason in ("", "It was stopped by hand after 1 of 3 feeds.", "", ""):
        started = start()
        assert isinstance(started, Started)
        made_up.append(started.makes_up)
        with write_transaction() as session:
            runs.end_run(session, started.run_id, reason, NOW)
    assert made_up == [False, False, True, False]


def test_run_that_is_stopped_by_hand_says_so_and_the_rest_stays_due(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    class Stop(Progress):
        def stored(self, poll: PollReport) -> None:
            raise KeyboardInterrupt

    with tools_of(context, server) as tools:
        with pytest.raises(KeyboardInterrupt):
            poll(tools, progress=Stop())
        report = poll(tools)
    stopped, later = db.session.scalars(select(Run).order_by(Run.id)).all()
    assert (stopped.done, stopped.reason) == (1, "It was stopped by hand after 1 of 3 feeds.")
    assert (report.due, later.done, later.reason) == (2, 2, "")


class Faulty(Tools):
    """A parser that stumbles in a way nobody thought of."""

    def parse(self, result: FetchResult, expect: FeedKind) -> Document:
        if "/two/" in result.final_url:
            raise LookupError("nobody thought of this")
        return super().parse(result, expect)


def test_fault_of_our_own_in_one_check_costs_that_feed_alone(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    with tools_of(context, server) as tools:
        report = poll(Faulty(tools.fetcher, tools.parser, tools.hash_key, tools.connections))
    assert sorted(one.outcome for one in report.polls) == ["error", "ok", "ok"]
    assert (
        "because of an internal error" in db.session.scalars(select(Poll.error).where(Poll.error != "")).one()
    )


def test_look_that_the_database_refuses_costs_that_feed_alone(
    context: Flask, server: BlogServer, course_id: int
) -> None:
    """PostgreSQL has no place for one more failure; SQLite has."""
    feeds = load_feeds(db.session())
    most = update(FeedState).where(FeedState.feed_id == feeds[1].feed_id).values(failures=2**31 - 1)
    db.session.execute(most)
    db.session.commit()
    server.set("/two/feed/", status=500)
    with tools_of(context, server) as tools:
        report = poll(tools)
    assert sorted(one.outcome for one in report.polls) == ["error", "ok", "ok"]
    assert (report.reason, db.session.scalars(select(Run.reason)).all()) == ("", [""])


@pytest.mark.one_database
@pytest.mark.parametrize(
    "jump",
    [
        pytest.param(timedelta(hours=-1), id="back-one-hour"),
        pytest.param(timedelta(days=1), id="forward-one-day"),
        pytest.param(timedelta(days=365), id="forward-one-year"),
    ],
)
def test_no_feed_is_skipped_for_ever_when_the_clock_jumps_and_is_put_right(
    context: Flask, server: BlogServer, course_id: int, jump: timedelta
) -> None:
    with tools_of(context, server) as tools:
        poll(tools)
        poll(tools, NOW + timedelta(days=1) + jump)
        looked = {
            one.url
            for nights in range(1, 10)
            for one in poll(tools, NOW + timedelta(days=nights, hours=2)).polls
        }
    assert looked == {server.url(path) for path in ("/one/feed/", "/two/feed/", "/three/feed/")}


@pytest.mark.one_database
@pytest.mark.parametrize(
    "first",
    [pytest.param(datetime(2026, 10, 30, 7, 15, tzinfo=UTC), id="clocks-go-back"),
     pytest.param(datetime(2027, 3, 12, 8, 15, tzinfo=UTC), id="clocks-go-forward")],
)  # fmt: skip
def test_a_quarter_hourly_timer_checks_once_a_night_when_clocks_change(
    context: Flask, server: BlogServer, course_id: int, first: datetime
) -> None:
    ticks = [first + n * 15 * MINUTE for n in range(4 * 24 * 3 + 8)]
    with tools_of(context, server) as tools:
        checks = [len(poll(tools, tick).polls) for tick in ticks if tick.hour in (7, 8)]
    assert sum(checks) == 3 * 4
    assert set(checks) == {0, 3}


def test_feeds_of_a_blog_follow_one_another_posts_last() -> None:
    def one(feed_id: int, blog_id: int, kind: str) -> PolledFeed:
        return PolledFeed(feed_id, blog_id, f"u{feed_id}", kind, "", "wordpress", "", None)

    feeds = [one(1, 1, "posts"), one(2, 1, "comments"), one(3, 2, "posts"), one(4, 1, "post-comments")]
    chains = [[feed.feed_id for feed in chain] for chain in chain_feeds(feeds)]
    assert sorted(chains) == [[2, 4, 1], [3]]


def test_owner_is_this_very_process() -> None:
    assert this_process().split(":")[1] == str(os.getpid())
