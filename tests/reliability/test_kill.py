"""A poll that is killed at any instant costs nothing: the next one ends where one poll would have (S2)."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter

from sqlalchemy import select

from tests.reliability.kept import Scene
from tests.support.kill_course import FEEDS, NIGHT, check, tools_of
from tests.support.killing import Kill, kill, wait_for_transaction
from tracker.extensions import db
from tracker.models import Run

KILLS = {"sqlite": (5, 120), "postgresql": (5, 80)}
"""Every day, and with --full."""
PAUSE_S = 0.06
LONGEST_S = 20.0


def test_run_after_a_killed_one_ends_where_an_undisturbed_one_does(
    scene: Scene, database_kind: str, full: bool
) -> None:
    before = scene.dump()
    kills = Counter[str]()
    counted = 0
    number = KILLS[database_kind][full]
    with scene.app.app_context(), tools_of(scene.app, scene.server.port) as tools:
        scene.server.start_counting()
        assert check(tools) == ""
        requests = scene.server.count
        expected = scene.dump()
        assert expected != before
        for seed in range(number):
            scene.restore()
            seen = _kill_one(scene, random.Random(seed), requests)
            kills[seen.kind] += 1
            counted += seen.counts
            assert scene.check() == "ok", f"seed {seed}: {seen}"
            assert check(tools) == "", f"seed {seed}: {seen}"
            assert scene.dump() == expected, f"seed {seed}: {seen}"
            _check_records(seen)
    print(f"{database_kind}: {number} killed: {dict(kills)}")
    assert counted >= 0.75 * number, dict(kills)


def _kill_one(scene: Scene, rng: random.Random, requests: int) -> Kill:
    """Begin a poll and kill it: while answers are awaited, while it writes, or at any other instant."""
    scene.server.pause_s = PAUSE_S
    scene.server.start_counting()
    pid = scene.forks.start(scene.server.port)
    way = rng.choice(("in flight", "in flight", "writing", "writing", "any"))
    if way == "any":
        time.sleep(rng.uniform(0, 1.5))
    else:
        scene.server.wait_for_request(rng.randint(1, requests), LONGEST_S)
        time.sleep(rng.uniform(0, PAUSE_S))
    if way == "writing":
        wait_for_transaction(pid, scene.url, 1.0)
    seen = kill(pid, scene.url, lambda: scene.server.pending)
    code = scene.forks.wait(pid)
    assert code == (-signal.SIGKILL if seen.was_running else 0)
    scene.server.pause_s = 0.0
    return seen


def _check_records(seen: Kill) -> None:
    """The killed run left its record, and the next one wrote why it ended (S10)."""
    runs = db.session.scalars(select(Run).order_by(Run.id)).all()[1:]
    assert all(run.ended_at is not None and run.leased_until is None for run in runs)
    if seen.recorded and seen.was_running:
        dead = runs[0]
        said = f"The process ended unexpectedly after {dead.done} of {dead.due} feeds."
        assert (dead.reason, dead.started_at) == (said, NIGHT)
        assert runs[-1].due == FEEDS - dead.done
    db.session.rollback()
