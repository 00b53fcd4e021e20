"""May a page be read? What the owner's robots.txt says to us (RFC 9309).

Feeds and REST are offered to programs and are asked regardless; pages are made for people.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from tracker.domain.errors import FetchError, FetchErrorClass
from tracker.domain.feed import FetchResult, Validators
from tracker.feeds.client.host_backoff import Waits

Fetch = Callable[[str, Validators], FetchResult]

AGENT = "CommentTracker/1.0"
"""Our name; the User-Agent header begins with it, and a robots.txt may use it with or without the version."""

MAX_BYTES = 500 * 1024
"""What must be read of a robots.txt (RFC 9309, 2.5); what follows is left out."""


class Robots:
    """Answers for the hosts of one run; each is asked once. Any number of threads may call.

    `waits` keeps the pages of one host as far apart as its Crawl-delay says.
    """

    def __init__(self, fetch: Fetch, waits: Waits | None = None) -> None:
        self._fetch = fetch
        self._waits = waits
        self._lock = threading.Lock()
        self._host_locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._rules: dict[str, Protego | FetchError] = {}

    def before_page(self, url: str) -> None:
        """FetchError for a page that the owner does not let programs read, or may not. Comes back
        when it is the page's turn."""
        if not self.allow_page(url):
            raise FetchError(
                "The blog's robots.txt asks programs not to read this page.",
                url=url,
                error_class=FetchErrorClass.ROBOTS,
            )
        delay_s = self.crawl_delay_s(url)
        if self._waits and delay_s:
            self._waits.take_turn(url, urlsplit(url).netloc.lower(), delay_s)

    def crawl_delay_s(self, url: str) -> float:
        """How long the owner wants to be left alone between two pages; 0 when that is not said."""
        rules = self._rules_of(url)
        return 0.0 if isinstance(rules, FetchError) else rules.crawl_delay(AGENT) or 0.0

    def allow_page(self, url: str) -> bool:
        """Whether a page may be read. FetchError(ROBOTS) when the host could not tell us now:
        then its pages are left alone until the next run."""
        rules = self._rules_of(url)
        if isinstance(rules, FetchError):
            raise rules
        return rules.can_fetch(url, AGENT)

    def _rules_of(self, url: str) -> Protego | FetchError:
        where = _robots_url(url)
        with self._lock:
            host_lock = self._host_locks[where]
        with host_lock:
            if where not in self._rules:
                self._rules[where] = self._ask(where)
            return self._rules[where]

    def _ask(self, where: str) -> Protego | FetchError:
        """A host without a robots.txt (4xx) allows everything; one in trouble nothing (2.3.1)."""
        try:
            body = self._fetch(where, Validators()).body
        except FetchError as error:
            if error.error_class is not FetchErrorClass.HTTP_4XX:
                return _unknown(where)
            body = b""
        return Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", errors="replace"))


def _robots_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:  # half an IPv6 number
        return url
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def _unknown(where: str) -> FetchError:
    return FetchError(
        f"We couldn’t read {where}, so we don’t know which pages the blog lets programs read. "
        "Its pages wait for the next check.",
        url=where,
        error_class=FetchErrorClass.ROBOTS,
    )
