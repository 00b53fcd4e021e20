"""Polls once with a profiler in every thread, and prints where this process' CPU went.

The children that parse have their own line: feedparser's work is in them.
"""

from __future__ import annotations

import contextlib
import cProfile
import io
import pstats
import resource
import runpy
import sys
import threading
import time

TOP = 20
_profiles: list[cProfile.Profile] = []


class _ProfiledThread(threading.Thread):
    """Counts only processor time of its own: waiting for servers is no work."""

    def run(self) -> None:
        profile = cProfile.Profile(time.thread_time)
        _profiles.append(profile)
        profile.enable()
        try:
            super().run()
        finally:
            profile.disable()


def main() -> None:
    sys.argv = ["tracker", "poll"]
    threading.Thread = _ProfiledThread  # type: ignore[misc]
    own = cProfile.Profile(time.thread_time)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        own.runcall(runpy.run_module, "tracker", run_name="__main__")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"children: {used.ru_utime + used.ru_stime:.2f} s CPU without a profiler")
    _show("The thread that claims and stores", [own])
    _show("The threads that look", _profiles)


def _show(name: str, profiles: list[cProfile.Profile]) -> None:
    if not profiles:
        return
    said = io.StringIO()
    stats = pstats.Stats(profiles[0], stream=said)
    for one in profiles[1:]:
        stats.add(one)
    stats.strip_dirs().sort_stats("tottime").print_stats(TOP)
    lines = [line for line in said.getvalue().splitlines() if line.strip()]
    print("\n".join([name, *lines]))


if __name__ == "__main__":
    main()
