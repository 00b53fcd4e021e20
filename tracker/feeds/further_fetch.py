"""One more address for a poll that already has its first answer; trouble here is never the poll's.

Tested in tests/feeds/test_poll_feed.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from tracker.domain.errors import FetchError, FetchErrorClass, ParseError
from tracker.domain.feed import Document, FeedKind, FetchResult, Validators
from tracker.feeds.allowed_hosts import Home
from tracker.feeds.client.fetch import NO_VALIDATORS, BeforeHop
from tracker.feeds.client.guard import blocked
from tracker.text.addresses import host_of


class Fetch(Protocol):
    """`Fetcher.fetch`, or anything alike."""

    def __call__(
        self, url: str, validators: Validators, *, before_hop: BeforeHop | None = None
    ) -> FetchResult: ...


Parse = Callable[[FetchResult, FeedKind], Document]

MAX_READS = 120
MAX_S = 300.0
MAX_SILENT = 3
_SILENT = (FetchErrorClass.TIMEOUT, FetchErrorClass.CONNECT, FetchErrorClass.DNS, FetchErrorClass.RESET)


def any_page(_url: str) -> None:
    """Every page may be read."""


@dataclass
class BlogReader:
    """Fetches and parses without validators, at most `left` times and for five minutes, and never
    again once the blog has asked us to wait or was silent three times in a row.

    `before_page` is told of each page, and of each address one redirects to, and raises FetchError
    where the owner's robots.txt does not let us read; feeds and REST are made for programs and are
    not asked about. Only what was really asked counts. What lies outside of the blog's `home` is
    not asked; its hosts are remembered in `elsewhere`.
    """

    fetch: Fetch
    parse: Parse
    before_page: BeforeHop = any_page
    home: Home | None = None
    elsewhere: set[str] = field(default_factory=set)
    left: int = MAX_READS
    until: float = field(default_factory=lambda: time.monotonic() + MAX_S)
    _silent: int = 0
    _seen: dict[str, Document | None] = field(default_factory=dict)

    def read(self, url: str, expect: FeedKind) -> Document:
        """The document, or FetchError, ParseError."""
        if self.left <= 0 or time.monotonic() > self.until:
            raise FetchError(
                "This check has made enough requests to the blog. The next check continues.",
                url=url,
                error_class=FetchErrorClass.RATE_LIMITED,
            )
        try:
            result = self.ask(url, expect)
        except FetchError as error:
            self._silent = self._silent + 1 if error.error_class in _SILENT else 0
            if error.error_class is FetchErrorClass.RATE_LIMITED or self._silent >= MAX_SILENT:
                self.left = 0
            raise
        self._silent = 0
        return self.parse(result, expect)

    def ask_feed(self, url: str, expect: FeedKind, validators: Validators) -> FetchResult:
        """The feed itself, which may move wherever it likes; where it is now is the blog's own."""
        result = self.ask(url, expect, validators, anywhere=True)
        if self.home is not None:
            self.home = replace(self.home, urls=(*self.home.urls, result.final_url))
        return result

    def ask(
        self, url: str, expect: FeedKind, validators: Validators = NO_VALIDATORS, *, anywhere: bool = False
    ) -> FetchResult:
        """The answer as it comes, or FetchError, also for a page that its owner keeps from programs."""
        hops: list[str] = []

        def before_hop(there: str) -> None:
            if self.home is not None and not anywhere and not self.home.owns(there):
                host = host_of(there)
                self.elsewhere.add(host)
                raise blocked(url, f"{host} is not known to belong to this blog, so we did not check it.")
            if expect is FeedKind.PAGE:
                self.before_page(there)
            self.left -= not hops
            hops.append(there)

        return self.fetch(url, validators, before_hop=before_hop)

    def try_read(self, url: str, expect: FeedKind) -> Document | None:
        """The document, or None when the address gives none. The same address is asked once."""
        if url not in self._seen:
            try:
                self._seen[url] = self.read(url, expect)
            except (FetchError, ParseError):
                self._seen[url] = None
        return self._seen[url]

    def first(self, urls: Sequence[str], expect: FeedKind) -> Document | None:
        """What the first of these addresses gives that gives the kind of document wanted."""
        wanted = FeedKind.POSTS if expect is FeedKind.POSTS else FeedKind.COMMENTS
        for url in urls:
            document = self.try_read(url, expect)
            if document is not None and document.kind is wanted:
                return document
        return None
