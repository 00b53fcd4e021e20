"""A real HTTP server on loopback: serves what a test sets, well or badly, and remembers the requests."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

Misbehave = Callable[[socket.socket], None]


@dataclass(frozen=True)
class Page:
    """What is answered at one address. `misbehave` takes the bare socket instead of an answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    misbehave: Misbehave | None = None


@dataclass(frozen=True)
class ReceivedRequest:
    """One request as it arrived; header names in lower case."""

    host: str
    path: str
    headers: Mapping[str, str]


class BlogServer:
    """`with BlogServer() as server: server.set("/feed/", body)`; then ask `server.url("/feed/")`.

    Pages set with `host=` are served to that Host header only, so one server plays many blogs;
    `server.resolve` is a resolver for Fetcher that sends every host name here.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        """`certificate` is a file with certificate and key; with it the server speaks TLS."""
        self._pages: dict[tuple[str, str], Page] = {}
        self._lock = threading.Lock()
        self._requests: list[ReceivedRequest] = []
        self._open = 0
        self.most_open = 0
        self._httpd = _Server(("127.0.0.1", 0), _handler_for(self))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._httpd.socket = context.wrap_socket(self._httpd.socket, server_side=True)
        self._thread = threading.Thread(target=self._httpd.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()

    @property
    def port(self) -> int:
        return int(self._httpd.server_address[1])

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.address}{path}"

    def resolve(self, host: str, port: int) -> list[str]:
        return [self.address]

    def set(
        self,
        path: str,
        body: bytes | str = b"",
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        host: str = "",
        misbehave: Misbehave | None = None,
    ) -> None:
        """Serve `body` at `path` (query included) from now on, to every host or to one."""
        data = body.encode() if isinstance(body, str) else body
        with self._lock:
            self._pages[host, path] = Page(data, status, dict(headers or {}), misbehave)

    def redirect(self, path: str, location: str, *, status: int = 301, host: str = "") -> None:
        self.set(path, b"moved", status=status, headers={"Location": location}, host=host)

    def set_gzip(self, path: str, body: bytes, *, keep: int | None = None) -> None:
        """Serve `body` with gzip; `keep` cuts the compressed bytes, with a length that fits."""
        self.set(path, gzip.compress(body)[:keep], headers={"Content-Encoding": "gzip"})

    @property
    def requests(self) -> list[ReceivedRequest]:
        with self._lock:
            return list(self._requests)

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def page_for(self, request: ReceivedRequest) -> Page:
        with self._lock:
            self._requests.append(request)
            name = request.host.partition(":")[0]
            for host in (request.host, name, ""):
                if (host, request.path) in self._pages:
                    return self._pages[host, request.path]
        return Page(b"<html><title>Not found</title></html>", 404, {"Content-Type": "text/html"})

    def count_open(self, step: int) -> None:
        with self._lock:
            self._open += step
            self.most_open = max(self.most_open, self._open)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many tests are about: say nothing."""


def _handler_for(blog: BlogServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            blog.count_open(1)
            try:
                self._answer()
            finally:
                blog.count_open(-1)

        def _answer(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            page = blog.page_for(ReceivedRequest(headers.get("host", ""), self.path, headers))
            self.close_connection = True
            if page.misbehave is not None:
                page.misbehave(self.connection)
                return
            page = _judge_validators(page, headers)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if "content-length" not in {name.lower() for name in page.headers}:
                self.send_header("Content-Length", str(len(page.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:
            """Tests read `requests` instead."""

    return Handler


def _judge_validators(page: Page, asked: Mapping[str, str]) -> Page:
    """304 as WordPress gives it: every validator that was sent back has to match."""
    have = {name.lower(): value for name, value in page.headers.items()}
    pairs = [
        (asked.get("if-none-match"), have.get("etag")),
        (asked.get("if-modified-since"), have.get("last-modified")),
    ]
    sent = [(theirs, ours) for theirs, ours in pairs if theirs is not None]
    if page.status == 200 and sent and all(theirs == ours for theirs, ours in sent):
        return Page(b"", 304, {name: have[name] for name in ("etag", "last-modified") if name in have})
    return page


def drip(data: bytes = b"x", *, every_s: float = 0.05, head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Misbehave:
    """Send `head`, then `data` again and again, until the other side gives up."""

    def misbehave(sock: socket.socket) -> None:
        try:
            sock.sendall(head)
            while True:
                sock.sendall(data)
                time.sleep(every_s)
        except OSError:
            return

    return misbehave


def flood(data: bytes, *, head: bytes = b"HTTP/1.1 200 OK\r\n") -> Misbehave:
    """The same without a pause: a stream of headers, of 100-Continue, of body."""
    return drip(data * 50, every_s=0.0, head=head)


def stall(seconds: float = 30.0) -> Misbehave:
    """Answer nothing, and hang up when the other side has."""

    def misbehave(sock: socket.socket) -> None:
        sock.settimeout(seconds)
        try:
            sock.recv(1)
        except OSError:
            return

    return misbehave


def say(data: bytes) -> Misbehave:
    """Send these very bytes and close."""

    def misbehave(sock: socket.socket) -> None:
        sock.sendall(data)

    return misbehave


def reset(data: bytes = b"") -> Misbehave:
    """Send a little and break the connection off with a reset."""

    def misbehave(sock: socket.socket) -> None:
        sock.sendall(data)
        time.sleep(0.05)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        sock.close()

    return misbehave
