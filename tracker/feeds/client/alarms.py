"""Does something at an instant unless it is called off: one thread for all who ask, since starting one
for each fetch would cost more than the fetch."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


def _nothing() -> None:
    """What a canceled alarm does."""


@dataclass(order=True, slots=True)
class Alarm:
    """`at` is an instant of the monotonic clock; alarms of one instant ring in the order they were set."""

    at: float
    number: int
    action: Callable[[], object] = field(compare=False)

    def cancel(self) -> None:
        """Call it off, and let go of what it would have acted on. An action that has begun goes on."""
        self.action = _nothing


class Alarms:
    """Any thread may set alarms. Actions run one after the other in one thread, so they must be short."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[Alarm] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def set(self, seconds: float, action: Callable[[], object]) -> Alarm:
        alarm = Alarm(time.monotonic() + seconds, next(self._numbers), action)
        with self._changed:
            self._drop_cancelled()
            heapq.heappush(self._waiting, alarm)
            if self._thread is None or not self._thread.is_alive():  # a fork leaves the thread behind
                self._thread = threading.Thread(target=self._run, daemon=True, name="alarms")
                self._thread.start()
            elif self._waiting[0] is alarm:
                self._changed.notify()
        return alarm

    def _run(self) -> None:
        while True:
            alarm = self._next_due()
            try:
                alarm.action()
            except Exception:  # one that fails must not silence the others
                log.exception("an alarm's action failed")

    def _next_due(self) -> Alarm:
        with self._changed:
            while True:
                self._drop_cancelled()
                left_s = self._waiting[0].at - time.monotonic() if self._waiting else None
                if left_s is not None and left_s <= 0:
                    return heapq.heappop(self._waiting)
                self._changed.wait(left_s)

    def _drop_cancelled(self) -> None:
        while self._waiting and self._waiting[0].action is _nothing:
            heapq.heappop(self._waiting)


_alarms = Alarms()


def ring_after(seconds: float, action: Callable[[], object]) -> Alarm:
    """Run `action` after so many seconds, unless the alarm is canceled before."""
    return _alarms.set(seconds, action)
