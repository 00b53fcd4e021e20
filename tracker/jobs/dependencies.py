"""What a job needs from outside the database: the guarded client, the parser, the secret.

Tested in tests/jobs/polling/test_opt_out.py.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker.domain.feed import Document, FeedKind, FetchResult, Validators
from tracker.feeds.client.allocator import share_arenas
from tracker.feeds.client.fetch import NO_VALIDATORS, BeforeHop, Fetcher, FetchLimits
from tracker.feeds.client.guard import owner_refuses
from tracker.feeds.client.host_backoff import Waits
from tracker.feeds.client.robots import AGENT, Robots
from tracker.feeds.documents.pool import ParserPool

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class Tools:
    """`hash_key` keys the hashes of email addresses that we keep (MODEL §2).

    `opted_out` is the operator's list of hosts and addresses that are never asked; `is_left_alone`
    tells the addresses of blogs whose owners asked for the same in the application.
    `waits` and `robots` remember what servers said for the time of one run; `of_run` begins again.
    """

    fetcher: Fetcher
    parser: ParserPool
    hash_key: bytes
    connections: int
    opted_out: tuple[str, ...] = ()
    waits: Waits | None = None
    robots: Robots | None = None
    is_left_alone: Callable[[str], bool] = lambda _url: False

    def leaving_alone(self, is_left_alone: Callable[[str], bool]) -> Tools:
        """The same tools, once it is known which owners asked not to be read."""
        return replace(self, is_left_alone=is_left_alone)

    def end_run(self) -> None:
        """Polls that pause between the pages of a host go on to the end."""
        if self.waits:
            self.waits.end()

    def of_run(self, clock: Callable[[], datetime]) -> Tools:
        """The same tools for one run, with nothing remembered of an earlier one."""
        waits = Waits(clock)
        run = replace(self, waits=waits)
        return replace(run, robots=Robots(run.fetch, waits))

    def fetch(
        self, url: str, validators: Validators = NO_VALIDATORS, *, before_hop: BeforeHop | None = None
    ) -> FetchResult:
        """Ask for an address, unless its server has asked us to wait in this run. No hop leads to
        a blog whose owner asked not to be read."""

        def heed_owners(there: str) -> None:
            if self.is_left_alone(there):
                raise owner_refuses(url, there)
            if before_hop:
                before_hop(there)

        return self.fetcher.fetch(url, validators, self.waits, heed_owners)

    def before_page(self, url: str) -> None:
        """FetchError where the owner's robots.txt keeps a page from programs, or cannot be read;
        comes back when it is the page's turn."""
        if self.robots:
            self.robots.before_page(url)

    def parse(self, result: FetchResult, expect: FeedKind) -> Document:
        return self.parser.parse(result.body, result.headers, result.final_url, expect)


def hash_key(secret_key: str) -> bytes:
    """The key for hashes of email addresses, derived from the application's secret."""
    return hmac.new(secret_key.encode(), b"avatar", hashlib.sha256).digest()


def limits(settings: Mapping[str, Any]) -> FetchLimits:
    contact = settings.get("CONTACT") or settings.get("BASE_URL", "")
    return FetchLimits(
        connect_timeout_s=settings["FETCH_CONNECT_TIMEOUT_S"],
        read_timeout_s=settings["FETCH_READ_TIMEOUT_S"],
        total_timeout_s=settings["FETCH_TOTAL_TIMEOUT_S"],
        max_bytes=settings["FETCH_MAX_BYTES"],
        connections=settings["FETCH_CONNECTIONS"],
        per_upstream=settings["FETCH_PER_UPSTREAM"],
        allow_private=tuple(settings["ALLOW_PRIVATE_HOSTS"]),
        opted_out=tuple(settings.get("OPT_OUT", ())),
        user_agent=f"{AGENT} (course feed reader; +{contact})",
    )


@contextmanager
def make_tools(settings: Mapping[str, Any], resolve: Resolve | None = None) -> Iterator[Tools]:
    """Open the client and the parser processes, and close them again.

    `settings` as `config.from_environment` gives them; `resolve` stands in for the system's
    name service (tests and the demo serve invented hosts).
    """
    share_arenas()
    with Fetcher(limits(settings), resolve=resolve) as fetcher, ParserPool() as parser:
        yield Tools(
            fetcher,
            parser,
            hash_key(settings["SECRET_KEY"]),
            settings["FETCH_CONNECTIONS"],
            tuple(settings.get("OPT_OUT", ())),
        )
