"""How much memory a process and its children use, as the system counts it."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

_EVERY_S = 0.05


def resident_kb(pid: int) -> int:
    """Resident memory that is the process's own (not shared files); 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("RssAnon:"))


def children_of(pid: int) -> list[int]:
    return [child.pid for child in psutil.Process(pid).children()]


class Watch:
    """Samples a process and its children while open; `growth_mb` is the peak over the beginning.

    `ignored` are children that are no part of what is watched.
    """

    def __init__(self, *ignored: int) -> None:
        self._ignored = set(ignored)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._first = self._peak = 0

    def __enter__(self) -> Self:
        self._first = self._peak = self._sample()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def growth_mb(self) -> float:
        return (self._peak - self._first) / 1024

    def _sample(self) -> int:
        pid = os.getpid()
        return resident_kb(pid) + sum(
            resident_kb(child) for child in children_of(pid) if child not in self._ignored
        )

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY_S):
            self._peak = max(self._peak, self._sample())
