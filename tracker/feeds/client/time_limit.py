"""How long an exchange may take and how many may run at once: what `fetch` holds itself to.

Tested in tests/feeds/client/test_fetch.py.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Self

from tracker.feeds.client.alarms import Alarm, ring_after


class TimeLimit:
    """Ends an exchange at a monotonic instant, whatever the layers above are waiting for.

    A time-out per read is no limit: a byte a second, a flood of headers or of 100-Continue, or a
    stalled handshake keep every read short. So an alarm shuts the socket itself.
    """

    def __init__(self, seconds: float) -> None:
        self._started = time.monotonic()
        self._seconds = max(0.0, seconds)
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._alarm: Alarm | None = None
        self._alarm_rang = False

    def __enter__(self) -> Self:
        self._alarm = ring_after(self._seconds, self._cut)
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        with self._lock:
            for sock in self._watched:
                sock.close()
            self._watched.clear()

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self._started

    @property
    def left_s(self) -> float:
        return max(0.0, self._seconds - self.elapsed_s)

    @property
    def is_over(self) -> bool:
        return self._alarm_rang or self.elapsed_s >= self._seconds

    def watch(self, sock: socket.socket) -> None:
        """Keep a duplicate: TLS takes the original over, but both are the same connection."""
        with self._lock:
            if self._alarm_rang:
                raise TimeoutError
            self._watched.append(sock.dup())

    def _cut(self) -> None:
        with self._lock:
            self._alarm_rang = True
            for sock in self._watched:
                with suppress(OSError):  # it was closed already, which is what we want
                    sock.shutdown(socket.SHUT_RDWR)


class Slots:
    """How many connections are open: to each upstream, and in all (F9)."""

    def __init__(self, connections: int, per_upstream: int) -> None:
        self._all = threading.BoundedSemaphore(connections)
        self._lock = threading.Lock()
        self._upstreams: defaultdict[str, threading.BoundedSemaphore] = defaultdict(
            lambda: threading.BoundedSemaphore(per_upstream)
        )

    @contextmanager
    def hold(self, upstream: str) -> Iterator[None]:
        with self._lock:
            of_upstream = self._upstreams[upstream]
        with of_upstream, self._all:
            yield


def within(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """Do `work` in a thread of its own, so that a resolver that hangs does not hang us."""
    results: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put(work())
        except Exception as exc:  # carried over to the caller, whatever it is
            results.put(exc)

    threading.Thread(target=run, daemon=True, name="resolve").start()
    try:
        result = results.get(timeout=max(0.01, seconds))
    except queue.Empty:
        raise socket.gaierror(socket.EAI_AGAIN, "no answer in time") from None
    if isinstance(result, Exception):
        raise result
    return result
