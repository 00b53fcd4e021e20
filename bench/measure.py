"""Runs a command and tells what it cost: processor, time and memory of it and its children."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY_S = 0.2


@dataclass(frozen=True)
class Cost:
    """`cpu_s` is user + system of the process and its children, from interpreter start to the end.
    `peak_mb` is the highest sum of their proportional set sizes seen, 0 when it was not sampled."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    exit_code: int
    output: str


def run(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    text: str = "",
    memory: bool = False,
) -> Cost:
    """Run a command to its end with `text` on stdin. Its stderr is shown when it fails."""
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as said:
        given.write(text)
        given.seek(0)
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=given,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        sampler = _Sampler(process.pid) if memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        peak_mb = sampler.stop() if sampler else 0.0
        said.seek(0)
        output = said.read()
    return Cost(usage.ru_utime + usage.ru_stime, wall_s, peak_mb, process.returncode, output)


class _Sampler:
    """Adds up the memory of a process and everything it started, again and again."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak_kb = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self._peak_kb / 1024

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_EVERY_S):
            self._peak_kb = max(self._peak_kb, sum(map(_pss_kb, family(self._pid))))


def family(pid: int) -> set[int]:
    """A process and its descendants."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            # The name in brackets may hold blanks; the state and the parent follow it.
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _pss_kb(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
