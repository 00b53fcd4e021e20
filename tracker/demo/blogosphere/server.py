"""Serves an invented blogosphere over HTTP on loopback, every blog under a name of its own.

A blog's address is `http://NAME.localhost:PORT/`: browsers take *.localhost for this machine by
themselves. A program is given `resolve` for the names and `allow` for the address behind them.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tracker.demo.blogosphere.addresses import answer
from tracker.demo.blogosphere.blogs import Blogosphere, Trouble
from tracker.demo.blogosphere.http_texts import Request, Response, deflate, page

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in and what was answered; status 0 means the line was dropped."""

    host: str
    target: str
    headers: dict[str, str]
    status: int


class BlogServer:
    """A running web of invented blogs; use it in a `with` block.

    Listens from the start, so that `port` is known before a blogosphere is made for it. Without
    `port` the blogosphere's own is taken, and if that is 0 too, a free one.
    """

    allow: tuple[str, ...] = ("127.0.0.0/8",)
    """The networks a guarded client must be allowed to reach."""

    def __init__(self, blogosphere: Blogosphere | None = None, *, port: int | None = None) -> None:
        wanted = port if port is not None else (blogosphere.port if blogosphere else 0)
        self._http = _Server((LOOPBACK, wanted), _Handler)
        self._http.blog_server = self
        self._thread: threading.Thread | None = None
        self.blogosphere: Blogosphere | None = None
        self.requests: list[Seen] = []
        if blogosphere is not None:
            self.show(blogosphere)

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    def show(self, blogosphere: Blogosphere) -> None:
        """Serve this blogosphere from now on; its addresses take this server's port.

        Texts may hold addresses, so a blogosphere made for another port is a ValueError.
        """
        if blogosphere.port not in (0, self.port):
            raise ValueError(f"Made for port {blogosphere.port}, but served at {self.port}.")
        blogosphere.port = self.port
        self.blogosphere = blogosphere

    def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a host, as a name server would tell: every *.localhost is here."""
        return [LOOPBACK] if host.lower().endswith("localhost") else []

    def start(self) -> BlogServer:
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        if self._thread is not None:
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()

    def serve_forever(self) -> None:
        """Serve in this thread until interrupted, for `./dev demo`."""
        self._http.serve_forever()

    def counts(self) -> Counter[str]:
        """Requests per host since the start or the last `forget`."""
        return Counter(seen.host for seen in self.requests)

    def forget(self) -> None:
        self.requests.clear()

    def respond(self, host: str, target: str, headers: dict[str, str]) -> Response | None:
        """The answer to a GET; None means to drop the line."""
        parts = urlsplit(target)
        path = unquote(parts.path) or "/"
        sphere = self.blogosphere
        blog = sphere.find(host.partition(":")[0], path) if sphere else None
        if sphere is None or blog is None:
            return page("No such blog", "<h1>No such blog</h1>", status=404)
        now = sphere.now
        if blog.is_gone(now):
            return page("Gone", "<h1>410 Gone</h1>", status=410)
        outage = blog.outage(now)
        if outage is not None:
            if outage.trouble is Trouble.DROPPED:
                return None
            return page("Trouble", "<h1>Please try again later</h1>", status=int(outage.trouble))
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        response = answer(blog, Request(path.removeprefix(blog.path) or "/", query, headers), now)
        return deflate(headers, response) if blog.deflates else response

    def __enter__(self) -> BlogServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    blog_server: BlogServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Apache"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        server = self.server.blog_server  # type: ignore[attr-defined]
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "")
        response = server.respond(host, self.path, headers)
        server.requests.append(
            Seen(host.partition(":")[0], self.path, headers, response.status if response else 0)
        )
        self.close_connection = True
        if response is None:
            return
        body = b"" if response.status == 304 else response.body
        self.send_response(response.status)
        if response.status != 304:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(body)))
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        log.debug("%s %s", self.address_string(), format % args)
