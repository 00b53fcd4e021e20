"""A server that asks us to wait is not asked again in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.blog_server import BlogServer
from tracker.domain.errors import AskedToWaitError, FetchError, FetchErrorClass
from tracker.domain.feed import Validators
from tracker.feeds.fetch import Fetcher, FetchLimits
from tracker.feeds.waits import Waits

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


@pytest.fixture
def waits(server: BlogServer, clock: Clock) -> Iterator[Waits]:
    limits = FetchLimits(read_timeout_s=2.0, allow_private=("127.0.0.0/8",))
    with Fetcher(limits, resolve=server.resolve) as fetcher:
        yield Waits(fetcher.fetch, clock)


def ask(waits: Waits, url: str) -> FetchError | None:
    try:
        waits.fetch(url, Validators())
    except FetchError as error:
        return error
    return None


@pytest.mark.parametrize("status", [429, 503])
def test_wish_to_wait_holds_for_every_address_of_the_upstream(
    server: BlogServer, waits: Waits, status: int
) -> None:
    server.set("/feed/", status=status, headers={"Retry-After": "3300"}, host="one.blogspot.com")
    server.set("/feed/", b"ok")
    first = ask(waits, "http://one.blogspot.com/feed/")
    second = ask(waits, "http://two.blogspot.co.nz/feed/")
    elsewhere = ask(waits, "http://other.example/feed/")
    assert first is not None
    assert first.error_class is FetchErrorClass.RATE_LIMITED
    assert not isinstance(first, AskedToWaitError)
    assert isinstance(second, AskedToWaitError)
    assert str(second) == "blogspot asked us to wait until 2026-10-13 08:10 UTC."
    assert second.retry_after_s == 3300
    assert elsewhere is None
    assert [request.host for request in server.requests] == ["one.blogspot.com", "other.example"]


def test_server_is_asked_again_when_its_time_has_come(server: BlogServer, waits: Waits, clock: Clock) -> None:
    server.set("/feed/", status=429, headers={"Retry-After": "600"})
    ask(waits, server.url("/feed/"))
    server.set("/feed/", b"ok")
    clock.now = NOW + timedelta(seconds=599)
    early = ask(waits, server.url("/feed/"))
    clock.now = NOW + timedelta(seconds=600)
    assert early is not None
    assert early.retry_after_s == 1
    assert ask(waits, server.url("/feed/")) is None


def test_longest_of_several_wishes_counts(server: BlogServer, waits: Waits, clock: Clock) -> None:
    server.set("/a", status=503, headers={"Retry-After": "600"})
    server.set("/b", status=503, headers={"Retry-After": "60"})
    ask(waits, server.url("/a"))
    clock.now = NOW + timedelta(minutes=10)
    ask(waits, server.url("/b"))
    late = ask(waits, server.url("/a"))
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
    server: BlogServer, waits: Waits, status: int, headers: dict[str, str]
) -> None:
    server.set("/a", status=status, headers=headers)
    server.set("/b", b"ok")
    assert ask(waits, server.url("/a")) is not None
    assert ask(waits, server.url("/b")) is None


def test_address_that_is_none_is_refused_by_the_client_itself(waits: Waits) -> None:
    error = ask(waits, "http://[::1/feed/")
    assert error is not None
    assert error.error_class is FetchErrorClass.BLOCKED
