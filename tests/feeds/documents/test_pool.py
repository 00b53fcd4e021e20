"""Children that parse, and die without harm."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.feeds.sample_documents import HOME, item, load, parse, rss
from tracker.domain.errors import FetchErrorClass, ParseError
from tracker.domain.feed import FeedKind
from tracker.feeds.documents.pool import ParserPool


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    with ParserPool(processes=1, cpu_s=2, wall_s=4) as running:
        yield running


def ask(pool: ParserPool, body: bytes, url: str = HOME + "comments/feed/") -> object:
    return pool.parse(body, {}, url, FeedKind.COMMENTS)


def test_child_gives_the_same_document_as_parsing_here(pool: ParserPool) -> None:
    for name in ("educator-site-comments-atom.xml", "educator-rest.json", "broken-cdata-end-atom.xml"):
        assert ask(pool, load(name)) == parse(load(name))


def test_what_is_no_feed_is_the_same_error_as_parsing_here(pool: ParserPool) -> None:
    with pytest.raises(ParseError) as caught:
        ask(pool, b"<html><body>no</body></html>")
    assert caught.value.error_class is FetchErrorClass.NOT_A_FEED
    assert caught.value.url == HOME + "comments/feed/"


def test_document_that_takes_for_ever_is_stopped_and_the_next_one_read(pool: ParserPool) -> None:
    attributes = " ".join(f'a{n}="x"' for n in range(50_000))
    hostile = rss([item(1)]).replace("<item>", f"<item {attributes}>", 1).encode()
    started = time.monotonic()
    with pytest.raises(ParseError) as caught:
        ask(pool, hostile)
    assert time.monotonic() - started < 6
    assert caught.value.error_class is FetchErrorClass.PARSE
    assert ask(pool, load("educator-rest.json")) == parse(load("educator-rest.json"))


def test_document_that_takes_too_much_memory_is_an_error() -> None:
    with ParserPool(processes=1, cpu_s=20, wall_s=20, memory_mb=150) as small:
        with pytest.raises(ParseError) as caught:
            ask(small, b"<rss version='2.0'>" + b"x" * 40_000_000)
        assert "too much" in str(caught.value)
        assert ask(small, load("educator-rest.json")) == parse(load("educator-rest.json"))


def test_child_that_was_killed_is_replaced(pool: ParserPool) -> None:
    ask(pool, load("educator-rest.json"))
    child = pool._idle.get()
    assert child is not None
    pool._idle.put(child)
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()
    assert ask(pool, load("educator-rest.json")) == parse(load("educator-rest.json"))


def test_child_knows_nothing_of_our_environment(pool: ParserPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SECRET_KEY", "kept to ourselves")
    with ParserPool(processes=1) as fresh:
        ask(fresh, load("educator-rest.json"))
        child = fresh._idle.get()
        assert child is not None
        fresh._idle.put(child)
        with open(f"/proc/{child._process.pid}/environ", "rb") as environment:
            assert b"kept to ourselves" not in environment.read()


def test_many_threads_may_ask(pool: ParserPool) -> None:
    with ThreadPoolExecutor(8) as threads:
        documents = list(threads.map(lambda _: ask(pool, load("educator-rest.json")), range(24)))
    assert all(document == documents[0] for document in documents)
