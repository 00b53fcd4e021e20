"""Hosts that asked us to wait (Retry-After): nothing more is asked of one in the same run, and the pages of a
host that wants time between requests are asked one after the other. Back-off between runs is decided in
`feeds.schedule`."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tracker.domain.errors import AskedToWaitError, FetchError, FetchErrorClass

MAX_PAUSE_S = 30.0
"""A page that would have to wait longer waits for the next run."""

MAX_PAUSING = 8
"""So many threads may pause at once; a run has as many to spare, so no other feed waits."""


class Waits:
    """Who said when to come back, for the client to heed; any number of threads may call.

    A Retry-After holds for the whole upstream (all blogs of one hosting company are one): a
    server that has enough of requests for one blog has enough of those for the next. A 429 or 503 without
    a Retry-After holds for its own address only, and is the schedule's to judge.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._lock = threading.Lock()
        self._next_page_at: dict[str, float] = {}
        self._pausing = 0
        self._is_over = threading.Event()

    def take_turn(self, url: str, host: str, delay_s: float) -> None:
        """Wait until a host's next page may be asked, `delay_s` after the one before (Crawl-delay).

        FetchError(ROBOTS) instead when that is too long, when too many wait already, or when the run ends.
        """
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next_page_at.get(host, now))
            is_now = at == now
            if not is_now and (at - now > MAX_PAUSE_S or self._pausing >= MAX_PAUSING):
                raise _not_its_turn(url, host)
            self._next_page_at[host] = at + delay_s
            self._pausing += not is_now
        if is_now:
            return
        is_over = self._is_over.wait(at - now)
        with self._lock:
            self._pausing -= 1
        if is_over:
            raise _not_its_turn(url, host)

    def end(self) -> None:
        """End every pause: the run is over."""
        self._is_over.set()

    def refuse_too_early(self, url: str, upstream: str) -> None:
        """AskedToWaitError while the upstream wants to be left alone."""
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

    def note(self, upstream: str, error: FetchError) -> None:
        """Remember the wish in an answer, if there is one; of several the longest counts."""
        if error.error_class is not FetchErrorClass.RATE_LIMITED or not error.retry_after_s:
            return
        until = self._clock() + timedelta(seconds=error.retry_after_s)
        with self._lock:
            self._until[upstream] = max(until, self._until.get(upstream, until))


def _not_its_turn(url: str, host: str) -> FetchError:
    return FetchError(
        f"The robots.txt of {host} asks us to wait between pages, so this one waits for the next check.",
        url=url,
        error_class=FetchErrorClass.ROBOTS,
    )
