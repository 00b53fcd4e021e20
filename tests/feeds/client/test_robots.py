"""Whether a page may be read: a real robots.txt on a real server."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from queue import SimpleQueue

import pytest

from tests.support.blog_server import BlogServer, reset
from tracker.domain.errors import FetchError, FetchErrorClass
from tracker.domain.feed import Document, FeedKind, FetchResult
from tracker.feeds.client.fetch import Fetcher, FetchLimits
from tracker.feeds.client.host_backoff import MAX_PAUSING, Waits
from tracker.feeds.client.robots import Robots
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.further_fetch import BlogReader

PAGE = "/2026/10/the-mural/"


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits(lambda: datetime.now(UTC))


@pytest.fixture
def fetcher(server: BlogServer) -> Iterator[Fetcher]:
    limits = FetchLimits(read_timeout_s=2.0, allow_private=("127.0.0.0/8",))
    with Fetcher(limits, resolve=server.resolve) as fetcher:
        yield fetcher


@pytest.fixture
def robots(fetcher: Fetcher, waits: Waits) -> Robots:
    return Robots(fetcher.fetch, waits)


def is_allowed(robots: Robots, url: str) -> bool:
    try:
        robots.before_page(url)
    except FetchError as error:
        if "asks programs not to read" not in str(error):
            raise
        return False
    return True


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        pytest.param("", True, id="empty"),
        pytest.param("User-agent: *\nDisallow:\n", True, id="nothing forbidden"),
        pytest.param("User-agent: *\nDisallow: /\n", False, id="everything forbidden"),
        pytest.param("User-agent: *\nDisallow: /wp-admin/\n", True, id="elsewhere"),
        pytest.param("User-agent: *\nDisallow: /2026/\nAllow: /2026/10/\n", True, id="longest rule"),
        pytest.param("User-agent: *\nDisallow: /*/the-mural\n", False, id="star"),
        pytest.param(
            "User-agent: *\nDisallow: /*/\n\nUser-agent: commenttracker\nDisallow:\n", True, id="us"
        ),
        pytest.param("User-agent: CommentTracker/1.0\nDisallow: /\n", False, id="us with a version"),
        pytest.param("User-agent: OtherBot\nDisallow: /\n", True, id="somebody else"),
        pytest.param("\ufeffUser-agent: *\r\nDisallow: /\r\n", False, id="byte order mark"),
        pytest.param("<!DOCTYPE html><html><body>Welcome!</body></html>", True, id="a page instead"),
        pytest.param("User-agent: *\n" + "Disallow: /" + "*a" * 900 + "\n", True, id="hostile pattern"),
    ],
)
def test_robots_txt_says_which_pages_may_be_read(
    server: BlogServer, robots: Robots, text: str, *, allowed: bool
) -> None:
    server.set("/robots.txt", text)
    assert is_allowed(robots, server.url(PAGE)) == allowed


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_host_without_a_robots_txt_allows_everything(server: BlogServer, robots: Robots, status: int) -> None:
    server.set("/robots.txt", status=status)
    assert is_allowed(robots, server.url(PAGE))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_pages_of_a_host_in_trouble_are_left_alone(server: BlogServer, robots: Robots, status: int) -> None:
    server.set("/robots.txt", status=status)
    with pytest.raises(FetchError, match="couldn’t read") as caught:
        robots.before_page(server.url(PAGE))
    assert caught.value.error_class is FetchErrorClass.ROBOTS


def test_pages_of_a_host_that_breaks_off_are_left_alone(server: BlogServer, robots: Robots) -> None:
    server.set("/robots.txt", misbehave=reset())
    with pytest.raises(FetchError, match="wait for the next check"):
        robots.before_page(server.url(PAGE))


def test_each_host_is_asked_once_however_many_pages_are_read_at_once(
    server: BlogServer, robots: Robots
) -> None:
    server.set("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    urls = [f"http://{host}.example:{server.port}/{n}/" for host in ("one", "two") for n in range(10)]
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda url: is_allowed(robots, url), urls))
    assert sorted(request.host.partition(":")[0] for request in server.requests) == [
        "one.example",
        "two.example",
    ]


def test_end_of_an_endless_robots_txt_is_left_out(server: BlogServer, robots: Robots) -> None:
    server.set("/robots.txt", "User-agent: *\n" + "# padding\n" * 60_000 + "Disallow: /\n")
    assert is_allowed(robots, server.url(PAGE))


@pytest.fixture
def reader(fetcher: Fetcher, robots: Robots) -> BlogReader:
    """Reads pages as a check does."""
    return BlogReader(fetcher.fetch, parse, robots.before_page)


def parse(result: FetchResult, expect: FeedKind) -> Document:
    return parse_document(result.body, result.headers, result.final_url, expect)


@pytest.mark.parametrize(
    "there",
    [
        pytest.param("/private/mural/", id="another path"),
        pytest.param("http://private.example/mural/", id="another host"),
    ],
)
def test_page_that_redirects_to_where_programs_may_not_read_is_not_followed(
    server: BlogServer, reader: BlogReader, there: str
) -> None:
    server.set("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    server.set("/robots.txt", "User-agent: *\nDisallow: /\n", host="private.example")
    server.redirect(PAGE, there)
    before = reader.left
    with pytest.raises(FetchError, match="asks programs not to read this page") as caught:
        reader.read(server.url(PAGE), FeedKind.PAGE)
    assert caught.value.error_class is FetchErrorClass.ROBOTS
    assert {path for path in server.paths() if path != "/robots.txt"} == {PAGE}
    assert reader.left == before - 1


def test_page_that_programs_may_not_read_costs_a_check_nothing(
    server: BlogServer, reader: BlogReader
) -> None:
    server.set("/robots.txt", "User-agent: *\nDisallow: /\n")
    before = reader.left
    assert reader.try_read(server.url(PAGE), FeedKind.PAGE) is None
    assert (reader.left, server.paths()) == (before, ["/robots.txt"])


# -- Crawl-delay


class Stopwatch:
    """A page's body that remembers when it was asked for."""

    def __init__(self) -> None:
        self.at: list[float] = []

    def __call__(self, sock: socket.socket) -> None:
        self.at.append(time.monotonic())
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def test_pages_of_one_host_are_as_far_apart_as_it_wishes(server: BlogServer, reader: BlogReader) -> None:
    asked = Stopwatch()
    server.set("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n")
    for number in range(3):
        server.set(f"/{number}/", misbehave=asked)
    begun = time.monotonic()
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda n: reader.ask(server.url(f"/{n}/"), FeedKind.PAGE), range(3)))
    # A busy machine may hold a page up, but none can come before its time.
    assert all(at - begun >= 0.4 * n for n, at in enumerate(sorted(asked.at)))


def test_feeds_and_other_hosts_do_not_wait_for_a_page(
    server: BlogServer, reader: BlogReader, waits: Waits
) -> None:
    server.set("/robots.txt", "User-agent: *\nCrawl-delay: 20\n")
    server.set(PAGE, "ok")
    server.set("/feed/", "ok")
    begun = time.monotonic()
    reader.ask(server.url(PAGE), FeedKind.PAGE)
    with ThreadPoolExecutor(1) as threads:
        second = threads.submit(reader.ask, server.url(PAGE), FeedKind.PAGE)
        reader.ask(f"http://other.example:{server.port}{PAGE}", FeedKind.PAGE)
        reader.ask(server.url("/feed/"), FeedKind.COMMENTS)
        waits.end()
        with pytest.raises(FetchError, match="waits for the next check"):
            second.result(timeout=10)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("delay", ["31", "86400", "1e300"])
def test_host_that_wishes_a_long_pause_is_asked_for_one_page_in_a_run(
    server: BlogServer, reader: BlogReader, delay: str
) -> None:
    server.set("/robots.txt", f"User-agent: *\nCrawl-delay: {delay}\n")
    server.set(PAGE, "ok")
    reader.ask(server.url(PAGE), FeedKind.PAGE)
    with pytest.raises(FetchError, match="asks us to wait between pages") as caught:
        reader.ask(server.url(PAGE), FeedKind.PAGE)
    assert caught.value.error_class is FetchErrorClass.ROBOTS
    assert server.paths() == ["/robots.txt", PAGE]


@pytest.mark.parametrize("delay", ["soon", "-1", "nan", "inf", ""])
def test_pause_that_is_none_is_none(server: BlogServer, robots: Robots, delay: str) -> None:
    server.set("/robots.txt", f"User-agent: *\nCrawl-delay: {delay}\n")
    begun = time.monotonic()
    for _ in range(3):
        robots.before_page(server.url(PAGE))
    assert time.monotonic() - begun < 1


def test_only_so_many_pause_at_once(waits: Waits) -> None:
    """The one too many is refused at once; the others come to their end when the run does."""
    hosts = [f"{number}.example" for number in range(MAX_PAUSING + 1)]
    for host in hosts:
        waits.take_turn("", host, 25.0)
    refused: SimpleQueue[str] = SimpleQueue()

    def pause(host: str) -> None:
        try:
            waits.take_turn("", host, 25.0)
        except FetchError:
            refused.put(host)

    with ThreadPoolExecutor(MAX_PAUSING + 1) as threads:
        pauses = [threads.submit(pause, host) for host in hosts]
        refused.get(timeout=10)
        assert refused.empty()
        waits.end()
    assert all(one.done() for one in pauses)
    assert refused.qsize() == MAX_PAUSING
