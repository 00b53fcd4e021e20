"""A server that asks us to wait is not asked again in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.blog_server import BlogServer
from tracker.domain.errors import AskedToWaitError, FetchError, FetchErrorClass
from tracker.feeds.client.fetch import Fetcher, FetchLimits
from tracker.feeds.client.host_backoff import Waits

NOW = datetime(2026, 10, 13, 7, 15, tzinfo=UTC)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


Ask = Callable[[str], FetchError | None]


@pytest.fixture
def ask(server: BlogServer, clock: Clock) -> Iterator[Ask]:
    """Ask for an address in one and the same run; gives the trouble that came of it."""
    waits = Waits(clock)
    limits = FetchLimits(read_timeout_s=5.0, allow_private=("127.0.0.0/8",), per_upstream=1)
    with Fetcher(limits, resolve=server.resolve) as fetcher:
        yield lambda url: _ask(fetcher, waits, url)


def _ask(fetcher: Fetcher, waits: Waits, url: str) -> FetchError | None:
    try:
        fetcher.fetch(url, waits=waits)
    except FetchError as error:
        return error
    return None


@pytest.mark.parametrize("status", [429, 503])
def test_wish_to_wait_holds_for_every_address_of_the_upstream(
    server: BlogServer, ask: Ask, status: int
) -> None:
    server.set("/feed/", status=status, headers={"Retry-After": "3300"}, host="one.blogspot.com")
    server.set("/feed/", b"ok")
    first = ask("http://one.blogspot.com/feed/")
    second = ask("http://two.blogspot.co.nz/feed/")
    elsewhere = ask("http://other.example/feed/")
    assert first is not None
    assert first.error_class is FetchErrorClass.RATE_LIMITED
    assert not isinstance(first, AskedToWaitError)
    assert isinstance(second, AskedToWaitError)
    assert str(second) == "blogspot asked us to wait until 2026-10-13 08:10 UTC."
    assert second.retry_after_s == 3300
    assert elsewhere is None
    assert [request.host for request in server.requests] == ["one.blogspot.com", "other.example"]


def test_server_is_asked_again_when_its_time_has_come(server: BlogServer, ask: Ask, clock: Clock) -> None:
    server.set("/feed/", status=429, headers={"Retry-After": "600"})
    ask(server.url("/feed/"))
    server.set("/feed/", b"ok")
    clock.now = NOW + timedelta(seconds=599)
    early = ask(server.url("/feed/"))
    clock.now = NOW + timedelta(seconds=600)
    assert early is not None
    assert early.retry_after_s == 1
    assert ask(server.url("/feed/")) is None


def test_longest_of_several_wishes_counts(server: BlogServer, ask: Ask, clock: Clock) -> None:
    server.set("/a", status=503, headers={"Retry-After": "600"})
    server.set("/b", status=503, headers={"Retry-After": "60"})
    ask(server.url("/a"))
    clock.now = NOW + timedelta(minutes=10)
    ask(server.url("/b"))
    late = ask(server.url("/a"))
    assert isinstance(late, AskedToWaitError)
    assert late.retry_after_s == 60


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        pytest.param(503, {}, id="out of service"),
        pytest.param(429, {}, id="no time given"),
        pytest.param(429, {"Retry-After": "soon"}, id="no time we understand"),
        pytest.param(404, {"Retry-After": "600"}, id="not a wish to wait"),
    ],
)
def test_other_trouble_of_one_address_keeps_nobody_from_the_next(
    server: BlogServer, ask: Ask, status: int, headers: dict[str, str]
) -> None:
    server.set("/a", status=status, headers=headers)
    server.set("/b", b"ok")
    assert ask(server.url("/a")) is not None
    assert ask(server.url("/b")) is None


def test_those_that_queued_behind_the_refusal_are_not_asked_either(server: BlogServer, ask: Ask) -> None:
    server.set("/feed/", status=429, headers={"Retry-After": "600"})
    urls = [f"http://blog{n}.blogspot.com/feed/" for n in range(8)]
    with ThreadPoolExecutor(8) as threads:
        errors = list(threads.map(ask, urls))
    assert len(server.requests) == 1
    assert sum(isinstance(error, AskedToWaitError) for error in errors) == 7


def test_address_that_is_none_is_refused_by_the_client_itself(ask: Ask) -> None:
    error = ask("http://[::1/feed/")
    assert error is not None
    assert error.error_class is FetchErrorClass.BLOCKED
