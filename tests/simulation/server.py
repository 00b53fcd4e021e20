"""Serves blogs that live by a clock over HTTP on loopback, each under its own host names."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.simulation.story import Story
from tracker.demo.blogosphere.http_texts import Request, Response, page

Clock = Callable[[], datetime]


class Simulated(Protocol):
    """A blog as the server knows it: it answers for every host name of its story."""

    story: Story

    def answer(self, host: str, request: Request) -> Response: ...


class Hands:
    """A clock that stands where it was last put; call it for the instant (aware, UTC)."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class SimulationServer:
    """`with SimulationServer(blogs) as server:`; `resolve` and `allow` are for the guarded client.

    With a `certificate` (a file with key and certificate for its hosts) it answers https as well.
    """

    allow: tuple[str, ...] = ("127.0.0.0/8",)

    def __init__(self, *blogs: Simulated, certificate: Path | None = None) -> None:
        self.asked: list[tuple[str, str, int]] = []
        """(host, path with query, status) of every answer given."""
        self._blogs: dict[str, Simulated] = {}
        for blog in blogs:
            self.add(blog)
        self._plain = _Server(("127.0.0.1", 0), _handler_for(self, "http"))
        self._secure = _Server(("127.0.0.1", 0), _handler_for(self, "https"))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._secure.socket = context.wrap_socket(self._secure.socket, server_side=True)
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            for server in (self._plain, self._secure)
        ]

    def add(self, blog: Simulated) -> None:
        for host in blog.story.all_hosts():
            if host in self._blogs:
                raise ValueError(f"Two blogs at {host}.")
            self._blogs[host] = blog

    def resolve(self, host: str, port: int) -> list[str]:
        server = self._secure if port == 443 else self._plain
        return [f"127.0.0.1:{server.server_address[1]}"]

    def respond(self, host: str, target: str, headers: dict[str, str]) -> Response:
        parts = urlsplit(target)
        name = host.partition(":")[0].lower()
        blog = self._blogs.get(name)
        if blog is None:
            response = page("No such blog", "<h1>No such blog</h1>", status=404)
        else:
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            response = blog.answer(name, Request(unquote(parts.path) or "/", query, headers))
        self.asked.append((name, target, response.status))
        return response

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server, thread in zip((self._plain, self._secure), self._threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is none of our business."""


def _handler_for(server: SimulationServer, scheme: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            headers["x-forwarded-proto"] = scheme
            response = server.respond(headers.get("host", ""), self.path, headers)
            body = b"" if response.status == 304 else response.body
            self.close_connection = True
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            if response.status != 304:
                self.send_header("Content-Type", response.content_type)
                self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Tests read `asked` instead."""

    return Handler
