"""Servers that asked us to wait: once one has, nothing more is asked of it in the same run."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tracker.domain.errors import AskedToWaitError, FetchError, FetchErrorClass
from tracker.domain.feed import FetchResult, Validators
from tracker.feeds.guard import read_target, upstream_of

Fetch = Callable[[str, Validators], FetchResult]


class Waits:
    """A fetch that remembers who said when to come back; any number of threads may call.

    A Retry-After holds for the whole upstream (all blogs of one hosting company are one): whoever
    answers for one blog of it that it has enough would say so for the next. A 429 or 503 without
    a Retry-After holds for its own address only, and is the schedule's to judge.
    """

    def __init__(self, fetch: Fetch, clock: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def fetch(self, url: str, validators: Validators) -> FetchResult:
        """Ask, unless the upstream wants us to wait: then AskedToWaitError, and nothing is sent."""
        upstream = _upstream(url)
        self._refuse_too_early(url, upstream)
        try:
            return self._fetch(url, validators)
        except FetchError as error:
            if error.error_class is FetchErrorClass.RATE_LIMITED and error.retry_after_s:
                self._note(upstream, error.retry_after_s)
            raise

    def _refuse_too_early(self, url: str, upstream: str) -> None:
        with self._lock:
            until = self._until.get(upstream)
        if until is None:
            return
        left_s = math.ceil((until - self._clock()).total_seconds())
        if left_s > 0:
            when = until.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
            raise AskedToWaitError(
                f"{upstream} asked us to wait until {when}.", url=url, retry_after_s=left_s
            )

    def _note(self, upstream: str, seconds: int) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        with self._lock:
            self._until[upstream] = max(until, self._until.get(upstream, until))


def _upstream(url: str) -> str:
    """Who answers at an address; one that cannot be taken apart is refused by the client itself."""
    try:
        return upstream_of(read_target(url))
    except FetchError:
        return url
