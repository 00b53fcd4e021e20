"""URL + validators -> FetchResult: the guarded client. It follows redirects, asks and reads the answer.

Opening the connection is left to `dial`; what the bytes mean, to `parse`; when to come back, to `schedule`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPException, IncompleteRead
from typing import Self
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from tracker.domain.errors import FetchError, FetchErrorClass
from tracker.domain.feed import FetchResult, Validators
from tracker.feeds.client.dial import Dialer, Resolve, resolve_by_system
from tracker.feeds.client.fetch_errors import explain, status_error
from tracker.feeds.client.guard import Hop, is_opted_out, owner_refuses, read_hop, upstream_of
from tracker.feeds.client.host_backoff import Waits
from tracker.feeds.client.inflate import Inflater, TooLargeError
from tracker.feeds.client.time_limit import Slots, TimeLimit

BeforeHop = Callable[[str], None]
"""Told of each address before it is asked, redirects included; its FetchError ends the fetch."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})
NO_VALIDATORS = Validators()

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, "
    "application/json;q=0.8, text/html;q=0.7, */*;q=0.1"
)
_CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True)
class FetchLimits:
    """How long, how much and how many. Times are in seconds.

    `allow_private` is the operator's list of exact `host:port` or CIDR that may be asked although
    they are not public (a class blog on the local network, a test server); empty by default.
    `opted_out` are hosts and addresses whose owners asked not to be read: nothing is sent there.
    """

    connect_timeout_s: float = 5.0
    read_timeout_s: float = 10.0
    total_timeout_s: float = 30.0
    max_bytes: int = 8 * 1024 * 1024
    connections: int = 64
    per_upstream: int = 2
    max_redirects: int = 5
    allow_private: tuple[str, ...] = ()
    opted_out: tuple[str, ...] = ()
    user_agent: str = "comment-tracker/1.0 (reads the comment feeds of blogs for a course)"


class Fetcher:
    """Fetches one address at a time per calling thread; any number of threads may call.

    `resolve` turns host and port into IP addresses, each optionally with a port of its own
    ("127.0.0.1:8080"), which is how tests and the demo serve documents under the addresses they
    claim. Whatever it answers passes the same guard, and the checked address is the one dialled.
    """

    def __init__(self, limits: FetchLimits, resolve: Resolve | None = None) -> None:
        self._limits = limits
        self._dialer = Dialer(
            resolve or resolve_by_system,
            limits.allow_private,
            connect_timeout_s=limits.connect_timeout_s,
            read_timeout_s=limits.read_timeout_s,
        )
        self._slots = Slots(limits.connections, limits.per_upstream)
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Refuse further work; fetches under way end by their own limits."""
        self._closed = True

    def fetch(
        self,
        url: str,
        validators: Validators = NO_VALIDATORS,
        waits: Waits | None = None,
        before_hop: BeforeHop | None = None,
    ) -> FetchResult:
        """Ask for one address and follow where it points; 200 and 304 are answers.

        Everything else is a FetchError. Waiting for a free connection does not count against the
        total time; DNS, connecting, TLS, redirects and the body do. `waits` is heeded at every
        hop once the connection is free, so that a request queued behind a refusal is not sent either.
        `before_hop` may refuse any hop, and may take its time.
        """
        if self._closed:
            raise RuntimeError("this Fetcher was closed")
        left_s = self._limits.total_timeout_s
        only_permanent, seen = True, set[str]()
        hop = read_hop(url, self._limits.allow_private)
        while True:
            seen.add(hop.url)
            if is_opted_out(hop.url, self._limits.opted_out):
                raise owner_refuses(url, hop.url)
            if before_hop:
                before_hop(hop.url)
            answer = self._ask(url, hop, validators, left_s, waits)
            left_s -= answer.seconds
            if not _redirects(answer):
                moved_to = hop.url if len(seen) > 1 and only_permanent else ""
                return replace(answer, seconds=self._limits.total_timeout_s - left_s, moved_to=moved_to)
            only_permanent = only_permanent and answer.status in PERMANENT_REDIRECTS
            hop = self._next_hop(hop, answer, seen)

    def _next_hop(self, here: Hop, answer: FetchResult, seen: set[str]) -> Hop:
        location = _as_written(answer.headers["location"])
        try:
            address = urljoin(here.url, location).partition("#")[0]
        except ValueError:  # half an IPv6 number
            address = location
        there = read_hop(address, self._limits.allow_private)
        message = ""
        if there.url in seen:
            message = "The address redirects in a circle."
        elif len(seen) > self._limits.max_redirects:
            message = f"The address redirects more than {self._limits.max_redirects} times."
        elif here.scheme == "https" and there.scheme == "http":
            message = "The blog redirects from a secure address to an insecure one, which we don’t follow."
        if message:
            raise FetchError(
                message, url=answer.url, error_class=FetchErrorClass.REDIRECT, http_status=answer.status
            )
        return there

    def _ask(
        self, url: str, hop: Hop, validators: Validators, left_s: float, waits: Waits | None
    ) -> FetchResult:
        upstream = upstream_of(hop)
        with self._slots.hold(upstream), TimeLimit(left_s) as limit:
            if waits:
                waits.refuse_too_early(url, upstream)
            try:
                answer = self._exchange(url, hop, validators, limit)
                return replace(answer, seconds=limit.elapsed_s)
            except FetchError as error:
                if waits:
                    waits.note(upstream, error)
                raise
            except (OSError, HTTPException, HTTPError, zlib.error, TooLargeError, ValueError) as exc:
                raise explain(exc, url=url, host=hop.host, out_of_time=limit.is_over) from exc

    def _exchange(self, url: str, hop: Hop, validators: Validators, limit: TimeLimit) -> FetchResult:
        """One request, one answer. The body is read only of a 200, never of a redirect."""
        with closing(self._dialer.connection(hop, limit)) as connection:
            connection.request(
                "GET",
                hop.path,
                headers=self._headers(validators),
                preload_content=False,
                decode_content=False,
            )
            with closing(connection.getresponse()) as response:
                headers = {name.lower(): value for name, value in response.headers.itermerged()}
                answer = FetchResult(url, hop.url, response.status, headers, b"", seconds=0.0)
                if _redirects(answer) or (answer.not_modified and validators != NO_VALIDATORS):
                    return answer
                if answer.status != 200:
                    raise status_error(answer.status, headers, url=url)
                return replace(answer, body=self._read_body(response, headers, limit))

    def _headers(self, validators: Validators) -> dict[str, str]:
        headers = {
            "User-Agent": self._limits.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        etag, last_modified = (
            text if text.isprintable() and text.isascii() else ""
            for text in (validators.etag, validators.last_modified)
        )
        # Apache's mod_deflate marks its ETag so that, sent back, it never matches; the date alone does.
        if etag and not (last_modified and etag.endswith('-gzip"')):
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return headers

    def _read_body(self, response: BaseHTTPResponse, headers: dict[str, str], limit: TimeLimit) -> bytes:
        """The whole body, decoded once, or an error: a part is never returned."""
        coding = headers.get("content-encoding", "identity").strip().lower() or "identity"
        if coding not in ("identity", "gzip", "x-gzip"):
            raise HTTPException("a content coding that we did not ask for")
        announced = _announced_length(headers)
        if coding == "identity" and announced is not None and announced > self._limits.max_bytes:
            raise TooLargeError
        inflater = Inflater(gzip=coding != "identity", max_bytes=self._limits.max_bytes)
        raw_bytes = 0
        while data := response.read1(_CHUNK_BYTES, decode_content=False):
            raw_bytes += len(data)
            if raw_bytes > self._limits.max_bytes:
                raise TooLargeError
            inflater.feed(data)
            if limit.is_over:
                break
        if limit.is_over:
            raise TimeoutError
        if not inflater.finish() or (announced is not None and raw_bytes != announced):
            raise IncompleteRead(b"")
        return inflater.body()


def _redirects(answer: FetchResult) -> bool:
    return answer.status in REDIRECTS and bool(answer.headers.get("location"))


def _announced_length(headers: dict[str, str]) -> int | None:
    """Content-Length where it counts the body's bytes; a chunked body has its own end mark."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return None
    text = headers.get("content-length", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _as_written(location: str) -> str:
    """A Location header as its bytes meant it: HTTP hands over Latin-1, servers write UTF-8."""
    try:
        return location.strip().encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location.strip()
