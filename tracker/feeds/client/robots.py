"""May a page be read? What the owner's robots.txt says to us (RFC 9309).

Feeds and REST are offered to programs and are asked regardless; pages are made for people.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

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

    def __init__(self, fetch: Fetch, waits: Waits) -> None:
        self._fetch = fetch
        self._waits = waits
        self._lock = threading.Lock()
        self._host_locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._rules: dict[str, Protego | FetchError] = {}

    def before_page(self, url: str) -> None:
        """FetchError(ROBOTS) for a page that the owner does not let programs read, and for every page of
        a host that could not tell us now: those wait for the next run. Comes back when it is the page's
        turn."""
        rules = self._rules_of(url)
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(url, AGENT):
            raise _refused(url, "The blog's robots.txt asks programs not to read this page.")
        delay_s = rules.crawl_delay(AGENT)
        if delay_s:
            self._waits.take_turn(url, urlsplit(url).netloc.lower(), delay_s)

    def _rules_of(self, url: str) -> Protego | FetchError:
        where = urljoin(url, "/robots.txt")
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
                return _refused(
                    where,
                    f"We couldn’t read {where}, so we don’t know which pages the blog lets programs read. "
                    "Its pages wait for the next check.",
                )
            body = b""
        return Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", errors="replace"))


def _refused(url: str, message: str) -> FetchError:
    return FetchError(message, url=url, error_class=FetchErrorClass.ROBOTS)
