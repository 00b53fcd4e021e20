"""Serves an invented blogosphere over HTTP on loopback, every blog under a name of its own.

A blog below .localhost is at `http://NAME.localhost:PORT/`: browsers take *.localhost for this machine
by themselves. Other names have no port in their addresses; a program is given `resolve` to find them,
and `allow` for the address behind.
"""

from __future__ import annotations

import logging
import ssl
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tracker.demo.blogosphere.addresses import answer
from tracker.demo.blogosphere.blogs import Blogosphere, Failure
from tracker.demo.blogosphere.http_texts import Request, Response, deflate, page, redirect

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it came in and what was answered; status 0 means that the connection was closed."""

    host: str
    target: str
    headers: dict[str, str]
    status: int


class BlogosphereServer:
    """A running web of invented blogs; use it in a `with` block.

    Listens from the start, so that `port` is known before a blogosphere is made for it. Without
    `port` the blogosphere's own is taken, and if that is 0 too, a free one. With a `certificate`
    (a file with key and certificate for the blogs' hosts) it answers https as well.
    """

    allow: tuple[str, ...] = ("127.0.0.0/8",)
    """The networks a guarded client must be allowed to reach."""

    def __init__(
        self,
        blogosphere: Blogosphere | None = None,
        *,
        port: int | None = None,
        certificate: Path | None = None,
    ) -> None:
        wanted = port if port is not None else (blogosphere.port if blogosphere else 0)
        self._http = _Listener(self, wanted, "http")
        self._listeners = [self._http]
        if certificate is not None:
            self._listeners.append(_Listener(self, 0, "https", certificate))
        self._threads: list[threading.Thread] = []
        self.blogosphere: Blogosphere | None = None
        self.requests: list[SeenRequest] = []
        if blogosphere is not None:
            self.show(blogosphere)

    @property
    def port(self) -> int:
        return self._http.server_port

    def show(self, blogosphere: Blogosphere) -> None:
        """Serve this blogosphere from now on; its addresses take this server's port.

        Texts may hold addresses, so a blogosphere made for another port is a ValueError.
        """
        if blogosphere.port not in (0, self.port):
            raise ValueError(f"Made for port {blogosphere.port}, but served at {self.port}.")
        blogosphere.listen_at(self.port)
        self.blogosphere = blogosphere

    def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a host, as a name server would tell; with the port for names without one."""
        if host.lower().endswith("localhost"):
            return [LOOPBACK]
        if self.blogosphere is None or self.blogosphere.find(host) is None:
            return []
        listener = self._listeners[-1 if port == 443 else 0]
        return [f"{LOOPBACK}:{listener.server_port}"]

    def start(self) -> BlogosphereServer:
        self._threads = [
            threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
            for listener in self._listeners
        ]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        for listener, thread in zip(self._listeners, self._threads, strict=False):
            listener.shutdown()
            thread.join()
        for listener in self._listeners:
            listener.server_close()

    def respond(
        self, host: str, target: str, headers: dict[str, str], scheme: str = "http"
    ) -> Response | None:
        """The answer to a GET; None means to close the connection without one."""
        parts = urlsplit(target)
        path, name = unquote(parts.path) or "/", host.partition(":")[0].lower()
        sphere = self.blogosphere
        blog = sphere.find(name, path) if sphere else None
        if sphere is None or blog is None or name not in blog.hosts(sphere.now):
            return page("No such blog", "<h1>No such blog</h1>", status=404)
        now = sphere.now
        outage = blog.outage(now)
        if outage is not None:
            if outage.failure is Failure.DROPPED:
                return None
            return page("Trouble", "<h1>Please try again later</h1>", status=int(outage.failure))
        rest = path.removeprefix(blog.path) or "/"
        if (scheme, name) != (blog.scheme_at(now), blog.hosts(now)[-1]):
            return redirect(blog.home_at(now) + rest[1:] + (f"?{parts.query}" if parts.query else ""))
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        response = answer(blog, Request(rest, query, headers), now)
        return deflate(headers, response) if blog.deflates else response

    def __enter__(self) -> BlogosphereServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, web: BlogosphereServer, port: int, scheme: str, certificate: Path | None = None
    ) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.web, self.scheme = web, scheme
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client may hang up as it likes."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Apache"
    sys_version = ""
    timeout = 10
    server: _Listener

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        web = self.server.web
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "")
        response = web.respond(host, self.path, headers, self.server.scheme)
        status = response.status if response else 0
        web.requests.append(SeenRequest(host.partition(":")[0], self.path, headers, status))
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
