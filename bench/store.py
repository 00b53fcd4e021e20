"""Stores invented feeds through our own store step, one transaction for each feed of 15 comments, and
the same comments with a commit for every row: target 9 of the notes on performance.

`python -m bench.store --help`; PostgreSQL is used where its programs are installed or
TEST_DATABASE_URL names a server.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, create_engine, delete, insert, select, text

from bench import feeds
from bench.our_setup import SECRET, prepare
from tests.support.databases import POSTGRES_URL
from tests.support.postgres import Cluster, find_binaries
from tracker.app import create_app
from tracker.domain.feed import Document, FeedKind, Platform, PollOutcome
from tracker.extensions import db
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.identity import with_identities
from tracker.feeds.poll_target import PollResult, PollTarget
from tracker.jobs.dependencies import hash_key
from tracker.jobs.polling.store_poll import RunState, store_result
from tracker.jobs.transaction import write_transaction
from tracker.models import Feed, Run

COMMENTS_A_FEED = 15
TARGET = 6
PORT = 8080
STORED = (
    "posts",
    "post_aliases",
    "comments",
    "comment_aliases",
    "comment_versions",
    "dispositions",
    "linkages",
)
"""The tables that a feed's comments fill, in an order in which rows can be put in."""


def main() -> None:
    options = _options()
    documents = [_document(number) for number in range(options.feeds)]
    print(f"{options.feeds} feeds of {COMMENTS_A_FEED} comments, {options.rounds} rounds, medians")
    with _server() as server:
        _compare("SQLite", _sqlite, documents, options.rounds)
        if server is None:
            print("9 PostgreSQL: not measured, there is no server here")
        else:
            _compare("PostgreSQL", partial(_postgresql, server), documents, options.rounds)


def _compare(
    name: str,
    database: Callable[[], AbstractContextManager[str]],
    documents: Sequence[Document],
    rounds: int,
) -> None:
    ratios: list[float] = []
    for _ in range(rounds):
        with database() as url:
            by_feed, by_row = _round(url, documents)
        ratios.append(by_row / by_feed)
        print(f"  {name}: by feed {by_feed:.2f} s, a commit per row {by_row:.2f} s", flush=True)
    middle = median(ratios)
    word = "reached" if middle >= TARGET else "MISSED"
    print(f"9 {name}: {middle:.1f} times faster (>= {TARGET})  {word}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _document(number: int) -> Document:
    """A feed of Blogger's with as many comments as the notes say a feed has, as parsing leaves it."""
    blog = feeds.make_blog(number * 10 + 9, PORT)
    feed = feeds.write(blog)
    url = f"{blog.home_url}feeds/comments/default"
    document = parse_document(feed.body, {"content-type": feed.content_type}, url, FeedKind.COMMENTS)
    return with_identities(replace(document, entries=document.entries[:COMMENTS_A_FEED]))


def _round(database_url: str, documents: Sequence[Document]) -> tuple[float, float]:
    """Seconds for our way and for a commit per row, in the same tables, one after the other."""
    urls = [feeds.url(number * 10 + 9, PORT) for number in range(len(documents))]
    prepare(database_url, urls, students=0)
    settings = {
        "SECRET_KEY": SECRET,
        "SQLALCHEMY_DATABASE_URI": database_url,
        "INSTANCE_DIR": Path(tempfile.gettempdir()),
    }
    with create_app(settings).app_context():
        try:
            return _store_by_feed(documents), _store_by_row(db.engine, documents)
        finally:
            db.session.remove()
            db.engine.dispose()


def _store_by_feed(documents: Sequence[Document]) -> float:
    now = datetime.now(UTC)
    with write_transaction() as session:
        run = Run(trigger="manual", started_at=now, due=len(documents))
        session.add(run)
        session.flush()
        state = RunState(run.id, hash_key(SECRET))
        followed = session.execute(select(Feed.id, Feed.url).order_by(Feed.id)).all()
    started = time.perf_counter()
    for (feed_id, url), document in zip(followed, documents, strict=True):
        target = PollTarget(feed_id=feed_id, kind=FeedKind.COMMENTS, url=url, platform=Platform.BLOGGER)
        check = PollResult(target, PollOutcome.OK, primary=document, http_status=200)
        with write_transaction() as session:
            store_result(session, state, check, now)
    return time.perf_counter() - started


def _store_by_row(engine: Engine, documents: Sequence[Document]) -> float:
    """The very rows our way left behind, taken out and put back by plain inserts, a commit for each."""
    tables = [db.metadata.tables[name] for name in STORED]
    with engine.begin() as connection:
        rows = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables
        }
        for table in reversed(tables):
            connection.execute(delete(table))
    if len(rows["comments"]) != len(documents) * COMMENTS_A_FEED:
        raise SystemExit(f"{len(rows['comments'])} comments were stored")
    with engine.connect() as connection:
        started = time.perf_counter()
        for table in tables:
            for row in rows[table.name]:
                connection.execute(insert(table), row)
                connection.commit()
        return time.perf_counter() - started


class DurableCluster(Cluster):
    """As the tests' own server, but one that really waits for its disk."""

    def start(self) -> None:
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-U", "tracker", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-D", data, "-w", "-l", str(self._folder / "log"), "-o", options, "start")


@contextmanager
def _sqlite() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="tracker-bench-"))
    try:
        yield f"sqlite:///{folder / 'store.sqlite'}"
    finally:
        shutil.rmtree(folder)


@contextmanager
def _postgresql(server: str) -> Iterator[str]:
    """A database of its own on a server, dropped afterwards."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"tracker_bench_{os.getpid()}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield admin.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def _server() -> Iterator[str | None]:
    """A PostgreSQL server: the one of the environment, else one started for this, else None."""
    binaries = find_binaries()
    if POSTGRES_URL in os.environ or binaries is None:
        yield os.environ.get(POSTGRES_URL)
        return
    cluster = DurableCluster(binaries)
    cluster.start()
    try:
        yield cluster.url
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()
