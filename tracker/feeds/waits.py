"""Servers that asked us to wait: once one has, nothing more is asked of it in the same run."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tracker.domain.errors import AskedToWaitError, FetchError, FetchErrorClass


class Waits:
    """Who said when to come back, for the client to heed; any number of threads may call.

    A Retry-After holds for the whole upstream (all blogs of one hosting company are one): whoever
    answers for one blog of it that it has enough would say so for the next. A 429 or 503 without
    a Retry-After holds for its own address only, and is the schedule's to judge.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._lock = threading.Lock()

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
