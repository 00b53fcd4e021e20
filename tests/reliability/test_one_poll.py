"""One poll over everything a bad blog does, healthy blogs among them (reliability F1-F13, P1-P11)."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.memory import Watch
from tests.support.misbehavior import ROWS, as_markdown
from tests.support.misbehavior_certificates import AUTHORITY, make_certificates
from tests.support.misbehavior_row import CATEGORIES, Behaviour
from tests.support.misbehavior_stage import HEALTHY_NUMBERS, Stage, healthy_host
from tests.support.term import add_course
from tracker.domain.errors import FetchErrorClass, ParseError
from tracker.domain.feed import FeedKind, FetchResult, Validators
from tracker.extensions import db
from tracker.feeds.client.fetch import Fetcher
from tracker.feeds.client.host_backoff import Waits
from tracker.feeds.documents.pool import ParserPool
from tracker.jobs.dependencies import Tools, limits, make_tools
from tracker.jobs.polling.poll import run_poll
from tracker.models import Blog, Comment, Feed, FeedState, Poll, Run, Subscription

NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)
TOTAL_S = 3.0
MAX_BYTES = 8 * 1024 * 1024
HEALTHY_PER_BAD = 5
"""One healthy blog among this many bad ones."""
MAX_GROWTH_MB = 100
NO_VALIDATORS = Validators()
TABLE = Path(__file__).parents[2] / "docs" / "MISBEHAVIOR.md"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One database does every day; `--full` asks for both."""
    if not metafunc.config.option.full:
        metafunc.definition.add_marker(pytest.mark.one_database)


class TimedFetcher(Fetcher):
    """Remembers the longest that each address took."""

    took: ClassVar[dict[str, float]]

    def fetch(
        self,
        url: str,
        validators: Validators = NO_VALIDATORS,
        waits: Waits | None = None,
        before_hop: Callable[[str], None] | None = None,
    ) -> FetchResult:
        started = time.monotonic()
        try:
            return super().fetch(url, validators, waits, before_hop)
        finally:
            self.took[url] = max(self.took.get(url, 0.0), time.monotonic() - started)


@dataclass
class Evening:
    """What one poll over the whole table came to."""

    stage: Stage
    polls: dict[int, Poll]
    rows: dict[int, Behaviour]
    healthy: dict[int, str]
    took: dict[str, float]
    growth_mb: float
    run: Run
    ports: dict[str, str]


@contextmanager
def tools_of(app: Flask, stage: Stage) -> Iterator[tuple[Tools, TimedFetcher]]:
    settings = {
        **app.config,
        "ALLOW_PRIVATE_HOSTS": ("127.0.0.1/32",),
        "FETCH_CONNECT_TIMEOUT_S": 1.0,
        "FETCH_READ_TIMEOUT_S": 1.5,
        "FETCH_TOTAL_TIMEOUT_S": TOTAL_S,
        "FETCH_MAX_BYTES": MAX_BYTES,
    }
    with (
        make_tools(settings, resolve=stage.resolve) as tools,
        TimedFetcher(limits(settings), resolve=stage.resolve) as fetcher,
        ParserPool(processes=2, cpu_s=6, wall_s=40) as parser,
    ):
        fetcher.took = {}
        yield replace(tools, fetcher=fetcher, parser=parser), fetcher


def add_feed(course_id: int, url: str) -> int:
    """A feed as it may stand in the database, however it got there; nothing is checked."""
    blog = Blog(platform="generic", home_url=url, title=url[:100], owner_names=[], created_at=NOW)
    db.session.add(blog)
    db.session.flush()
    feed = Feed(blog_id=blog.id, kind="comments", url=url, created_at=NOW)
    db.session.add_all(
        [feed, Subscription(course_id=course_id, blog_id=blog.id, role="followed", created_at=NOW)]
    )
    db.session.flush()
    db.session.add(FeedState(feed_id=feed.id))
    return feed.id


def warm_up(parser: ParserPool) -> None:
    """Let every child start, so that what they are is not taken for what they grew."""

    def ask() -> None:
        with suppress(ParseError):
            parser.parse(
                b"<rss version='2.0'><channel/></rss>" + b" " * 200_000,
                {},
                "http://a.example/",
                FeedKind.COMMENTS,
            )

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def evening(context: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Evening]:
    make_certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / AUTHORITY))
    course_id = add_course(NOW)
    with Stage.open(tmp_path) as stage, tools_of(context, stage) as (tools, fetcher):
        rows, healthy = {}, {}
        for number, row in enumerate(ROWS):
            if number % HEALTHY_PER_BAD == 0:
                host = healthy_host(number // HEALTHY_PER_BAD)
                healthy[add_feed(course_id, f"http://{host}/comments.xml")] = host
            rows[add_feed(course_id, row.address(stage.ports))] = row
        db.session.commit()
        warm_up(tools.parser)
        with Watch(stage.pid) as memory:
            report = run_poll(tools, lambda: NOW, trigger="test", everything=True)
        run = db.session.get_one(Run, report.run_id)
        polls = {poll.feed_id: poll for poll in db.session.scalars(select(Poll))}
        yield Evening(stage, polls, rows, healthy, fetcher.took, memory.growth_mb, run, stage.ports)


def test_poll_over_everything_bad_loses_no_healthy_blog(evening: Evening) -> None:
    assert (evening.run.due, evening.run.done, evening.run.reason) == (
        len(ROWS) + len(evening.healthy),
    ) * 2 + ("",)
    assert evening.run.ended_at is not None
    wrong = {
        f"{row.category}: {row.name}": (
            said,
            row.expected,
            evening.polls[feed_id].error or evening.polls[feed_id].fault,
        )
        for feed_id, row in evening.rows.items()
        if (said := outcome_of(evening.polls[feed_id])) != row.expected
    }
    assert wrong == {}
    assert lost_comments(evening) == {}
    seen = evening.stage.count()
    assert seen["canary"] == 0
    assert seen["peak"] <= 2
    assert {url: s for url, s in evening.took.items() if s > TOTAL_S + 2} == {}
    print(f"{len(ROWS)} behaviours, memory grew by {evening.growth_mb:.0f} MB")
    assert evening.growth_mb < MAX_GROWTH_MB


def outcome_of(poll: Poll) -> FetchErrorClass | int:
    return FetchErrorClass(poll.error_class) if poll.error_class else poll.new


def lost_comments(evening: Evening) -> dict[str, set[str]]:
    """Of each healthy blog, the comments that were shown and are not stored."""
    wanted = {
        f"http://{host}/a-post/#comment-{n}" for host in evening.healthy.values() for n in HEALTHY_NUMBERS
    }
    stored = db.session.execute(
        select(Feed.url, Comment.permalink)
        .join(Feed, Feed.blog_id == Comment.blog_id)
        .where(Feed.id.in_(evening.healthy))
    ).all()
    held: dict[str, set[str]] = {}
    for url, permalink in stored:
        held.setdefault(url.split("/")[2], set()).add(permalink)
    return {
        host: missing
        for host in evening.healthy.values()
        if (missing := {link for link in wanted if f"//{host}/" in link} - held.get(host, set()))
    }


def test_table_covers_every_category_and_names_each_row_once() -> None:
    counts = Counter(row.category for row in ROWS)
    assert set(counts) == set(CATEGORIES)
    assert min(counts.values()) >= 8
    assert len(ROWS) >= 110
    assert len({row.host for row in ROWS}) == len(ROWS)


def test_written_table_is_the_one_that_runs() -> None:
    assert TABLE.read_text() == as_markdown(ROWS), "python -m tests.support.misbehavior > docs/MISBEHAVIOR.md"
