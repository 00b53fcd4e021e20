"""The blogs of the benchmarks: one cheap process that answers on every loopback address.

Every document is rendered and compressed before the first request. The address
`/-/set?news=1&broken=1&ways=1&latency_ms=50` changes what is served and sets the counts back,
`/-/counts` tells how often the blogs were asked.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import resource
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple, cast
from urllib.parse import parse_qsl, urlsplit

from bench import feeds
from tracker.demo.blogosphere.http_texts import Response

LAST_MODIFIED = ("Mon, 02 Nov 2026 08:00:00 GMT", "Mon, 02 Nov 2026 11:00:00 GMT")
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nNot here."
UNAVAILABLE = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\nTrouble."
)
FURTHER = ("/comments/feed/atom/", "/wp-json/wp/v2/comments?per_page=100")
"""What our job asks of WordPress beyond the feed. A blog has fewer comments than a page of REST holds, and
they are given whatever else the query says, so that nothing needs to be rendered while others are timed."""
TOTALS = ("X-WP-Total", "X-WP-TotalPages")


@dataclass(frozen=True, slots=True)
class PackedAnswer:
    """A document ready to send: whole, and as 304."""

    etag: str
    whole: bytes
    unchanged: bytes


Documents = dict[str, PackedAnswer]
"""path -> what a blog answers there"""


class Reply(NamedTuple):
    data: bytes
    closes: bool = False


@dataclass
class Blogs:
    """What all connections share. `documents` holds (as it was, with news) by the blogs' numbers."""

    port: int
    documents: list[tuple[Documents, Documents]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    news: bool = False
    broken: bool = False
    ways: bool = False
    latency_s: float = 0.0

    def fill(self, count: int, *, ways: bool) -> None:
        """Render what so many blogs serve; with `ways`, what WordPress gives beyond the feed too."""
        for number in range(count):
            self.numbers[f"{feeds.address(number)}:{self.port}"] = number
            before = self._render(number, 0, ways=ways)
            after = self._render(number, 1, ways=ways) if has_news(number) else before
            self.documents.append((before, after))

    def _render(self, number: int, news: int, *, ways: bool) -> Documents:
        blog = feeds.make_blog(number, self.port, news)
        further = FURTHER if ways and feeds.is_wordpress(number) else ()
        paths = (feeds.path(number), *further)
        return {path.partition("?")[0]: _pack(feeds.write(blog, path), news) for path in paths}

    def set(self, query: str) -> None:
        given = dict(parse_qsl(query))
        self.news, self.broken, self.ways = (given.get(name) == "1" for name in ("news", "broken", "ways"))
        self.latency_s = float(given.get("latency_ms", "0")) / 1000
        self.counts.clear()

    def answer(self, path: str, host: str, asked: dict[str, str]) -> Reply | None:
        """What to send; None to stay silent for ever."""
        number = self.numbers.get(host)
        self.counts["requests"] += 1
        if number is None:
            return Reply(NOT_FOUND)
        documents = self.documents[number][self.news]
        if path != feeds.path(number):
            self.counts["further"] += 1
            further = documents.get(path.partition("?")[0]) if self.ways else None
            return Reply(further.whole if further else NOT_FOUND)
        document = documents[path]
        if self.broken and (number + number // 50) % 50 == 0:
            self.counts["broken"] += 1
            return _trouble(number // 50, document)
        if document.etag in asked.get("if-none-match", ""):
            self.counts["304"] += 1
            return Reply(document.unchanged)
        self.counts["200"] += 1
        return Reply(document.whole)


def has_news(number: int) -> bool:
    """One blog in ten, of both platforms."""
    return (number + number // 10) % 10 == 0


def _pack(response: Response, version: int) -> PackedAnswer:
    body = gzip.compress(response.body, 6, mtime=0)
    # One ETag for all blogs, so that curl can send it with every request of one command.
    etag = f'"state-{version}"'
    marks = f"ETag: {etag}\r\nLast-Modified: {LAST_MODIFIED[version]}\r\n"
    totals = "".join(f"{name}: {value}\r\n" for name, value in response.headers.items() if name in TOTALS)
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {response.content_type}\r\n{marks}{totals}"
        f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return PackedAnswer(etag, head.encode() + body, f"HTTP/1.1 304 Not Modified\r\n{marks}\r\n".encode())


def _trouble(kind: int, document: PackedAnswer) -> Reply | None:
    """Every second broken blog is silent; the others fail, hang up, break off or send rubbish."""
    if kind % 2 == 0:
        return None
    rubbish = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<p>Nothing.\n"
    bytes_sent = (UNAVAILABLE, b"", document.whole[:2000], rubbish)[kind // 2 % 4]
    return Reply(bytes_sent, closes=True)


class Connection(asyncio.Protocol):
    """Reads requests without bodies and answers each after the latency."""

    def __init__(self, blogs: Blogs) -> None:
        self._blogs = blogs
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if not transport.get_extra_info("sockname")[0].startswith("127."):
            self._transport.abort()  # this machine's own business

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if end:
            self._received = rest
            self._answer(head.decode("latin-1"))

    def _answer(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        target = first.split(" ")[1]
        asked = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        if target.startswith("/-/"):
            self._send(Reply(self._control(target), closes=True))
            return
        reply = self._blogs.answer(target, asked.get("host", ""), asked)
        if reply is None:
            return
        if asked.get("connection", "").lower() == "close":
            reply = Reply(reply.data, closes=True)
        if self._blogs.latency_s:
            asyncio.get_running_loop().call_later(self._blogs.latency_s, self._send, reply)
        else:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(reply.data)
        if reply.closes:
            self._transport.close()

    def _control(self, target: str) -> bytes:
        parts = urlsplit(target)
        if parts.path == "/-/set":
            self._blogs.set(parts.query)
        body = json.dumps(self._blogs.counts).encode()
        return b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


async def serve(count: int, *, ways: bool) -> None:
    """Print the port once everything is ready, serve until stdin closes."""
    blogs = Blogs(port=0)
    loop = asyncio.get_running_loop()
    # Every address of 127.0.0.0/8 at once; callers from elsewhere are hung up on.
    server = await loop.create_server(lambda: Connection(blogs), "0.0.0.0", 0, backlog=4096)  # noqa: S104
    blogs.port = server.sockets[0].getsockname()[1]
    blogs.fill(count, ways=ways)
    print(blogs.port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--ways", action="store_true", help="prepare REST and Atom of WordPress too")
    options = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(serve(options.feeds, ways=options.ways))
