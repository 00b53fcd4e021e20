"""The blogs of the benchmarks: one cheap process that answers on every loopback address.

Bodies are written and compressed before the first request. `/-/set?news=1&broken=1&ways=1&latency_ms=50`
changes what is served and sets the counts back, `/-/counts` tells how often it was asked.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import json
import resource
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple, cast
from urllib.parse import parse_qsl, urlsplit

from bench import feeds
from tracker.demo.blogosphere import wordpress
from tracker.demo.blogosphere.blogs import Blog
from tracker.demo.blogosphere.http_texts import Request

LAST_MODIFIED = ("Mon, 02 Nov 2026 08:00:00 GMT", "Mon, 02 Nov 2026 11:00:00 GMT")
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nNot here."
UNAVAILABLE = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\nTrouble."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A document ready to send: whole, and as 304."""

    etag: str
    whole: bytes
    unchanged: bytes


class Reply(NamedTuple):
    data: bytes
    closes: bool = False


@dataclass
class Blogs:
    """What all connections share. `documents` holds [as it was, with news] for each number."""

    port: int
    documents: list[tuple[Answer, Answer]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    further: dict[tuple[int, str], bytes] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    news: bool = False
    broken: bool = False
    ways: bool = False
    latency_s: float = 0.0

    def fill(self, count: int) -> None:
        for number in range(count):
            self.numbers[f"{feeds.address(number)}:{self.port}"] = number
            before = _pack(feeds.write(feeds.make_blog(number, self.port)), number, 0)
            after = (
                _pack(feeds.write(feeds.make_blog(number, self.port, news=1)), number, 1)
                if has_news(number)
                else before
            )
            self.documents.append((before, after))

    def set(self, query: str) -> None:
        given = dict(parse_qsl(query))
        self.news, self.broken, self.ways = (given.get(name) == "1" for name in ("news", "broken", "ways"))
        self.latency_s = float(given.get("latency_ms", "0")) / 1000
        self.counts.clear()
        self.further.clear()

    def answer(self, path: str, host: str, asked: dict[str, str]) -> Reply | None:
        """What to send; None to stay silent for ever."""
        number = self.numbers.get(host)
        self.counts["requests"] += 1
        if number is None:
            return Reply(NOT_FOUND)
        if path != feeds.path(number):
            self.counts["further"] += 1
            return Reply(self._further(number, path) if self.ways else NOT_FOUND)
        document = self.documents[number][self.news]
        if self.broken and (number + number // 50) % 50 == 0:
            self.counts["broken"] += 1
            return _trouble(number // 50, document)
        if document.etag in asked.get("if-none-match", ""):
            self.counts["304"] += 1
            return Reply(document.unchanged)
        self.counts["200"] += 1
        return Reply(document.whole)

    def _further(self, number: int, path: str) -> bytes:
        """REST, the other form and pages, as WordPress gives them; written when first asked for."""
        if not feeds.is_wordpress(number):
            return NOT_FOUND
        if (number, path) not in self.further:
            blog = feeds.make_blog(number, self.port, news=int(self.news and has_news(number)))
            self.further[number, path] = _ask_demo(blog, path)
        return self.further[number, path]


def has_news(number: int) -> bool:
    """One blog in ten, of both platforms."""
    return (number + number // 10) % 10 == 0


def _pack(feed: feeds.Feed, number: int, version: int) -> Answer:
    body = gzip.compress(feed.body, 6, mtime=0)
    # One ETag for all blogs, so that curl can send it with every request of one command.
    etag = f'"state-{version}"'
    marks = f"ETag: {etag}\r\nLast-Modified: {LAST_MODIFIED[version]}\r\n"
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {feed.content_type}\r\n{marks}"
        f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Answer(etag, head.encode() + body, f"HTTP/1.1 304 Not Modified\r\n{marks}\r\n".encode())


def _trouble(kind: int, document: Answer) -> Reply | None:
    """Every second broken blog is silent; the others fail, hang up, break off or send rubbish."""
    if kind % 2 == 0:
        return None
    rubbish = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<p>Nothing.\n"
    bytes_sent = (UNAVAILABLE, b"", document.whole[:2000], rubbish)[kind // 2 % 4]
    return Reply(bytes_sent, closes=True)


def _ask_demo(blog: Blog, path: str) -> bytes:
    parts = urlsplit(path)
    answer = wordpress.answer(blog, Request(parts.path, dict(parse_qsl(parts.query))), feeds.NOW)
    if answer.status != 200:
        return NOT_FOUND
    etag = hashlib.sha256(answer.body).hexdigest()[:16]
    body = gzip.compress(answer.body, 6, mtime=0)
    more = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items() if name != "ETag")
    head = (
        f'HTTP/1.1 200 OK\r\nContent-Type: {answer.content_type}\r\nETag: "{etag}"\r\n{more}'
        f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


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


async def serve(count: int) -> None:
    """Print the port once everything is ready, serve until stdin closes."""
    blogs = Blogs(port=0)
    loop = asyncio.get_running_loop()
    # Every address of 127.0.0.0/8 at once; callers from elsewhere are hung up on.
    server = await loop.create_server(lambda: Connection(blogs), "0.0.0.0", 0, backlog=4096)  # noqa: S104
    blogs.port = server.sockets[0].getsockname()[1]
    blogs.fill(count)
    print(blogs.port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(serve(parser.parse_args().feeds))
