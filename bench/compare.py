"""One round after the other: our job and its peers do the same work, taking turns."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench.environment import Environment
from bench.measure import Cost, run
from bench.server import has_news

Key = tuple[int, str, str]
"""Number of feeds, phase, contender."""


@dataclass
class Figures:
    """Everything measured, and what the outcomes were checked to be."""

    costs: dict[Key, list[Cost]] = field(default_factory=lambda: defaultdict(list))
    parsed_unchanged: list[int] = field(default_factory=list)
    healthy_lost: list[int] = field(default_factory=list)
    timeout_s: float = 0.0
    profiles: dict[str, str] = field(default_factory=dict)
    further_requests: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))


class PollComparison:
    def __init__(self, environment: Environment, figures: Figures, connections: int) -> None:
        self._environment = environment
        self._figures = figures
        self._connections = connections
        self._ours = environment.folder / "round-ours.sqlite"
        self._reader = environment.folder / "round-reader.sqlite"
        self._naive = environment.folder / "round-naive.sqlite"

    def phases(self, *, with_naive: bool, ways: bool) -> None:
        """Cold, warm, unchanged without conditions, and one feed in ten with news."""
        environment = self._environment
        self._fresh()
        for phase, news in (("cold", 0), ("warm", 0), ("unconditional", 0), ("changed", 1)):
            environment.set(news=news, ways=int(ways))
            self._let_time_pass(a_day=phase == "unconditional")
            before = _stored(self._ours)
            self._poll(phase)
            after = _stored(self._ours)
            self._check(phase, after - before)
            if phase == "unconditional":
                self._figures.parsed_unchanged.append(_parsed_in_last_run(self._ours))
                continue
            environment.set(news=news, ways=int(ways))
            cost = run([*environment.reader("update"), str(self._reader)], folder=environment.root)
            self._add(phase, "reader", cost)
            self._check_reader(phase, json.loads(cost.output))
            self._curl(phase)
            if with_naive:
                command = [*environment.naive(), str(self._naive)]
                self._add(
                    phase, "naive", run(command, folder=environment.root, text=environment.address_list)
                )

    def latency(self, latency_ms: int, *, rounds: int) -> None:
        """What the last round's end left, unchanged since, each answer so much later."""
        phase = f"warm at {latency_ms} ms"
        for _ in range(rounds):
            self._environment.set(news=1, latency_ms=latency_ms)
            self._let_time_pass()
            self._poll(phase)
            self._check_unchanged()
            self._curl(phase)

    def broken(self, *, timeout_s: float) -> None:
        """A cold poll of healthy blogs, and one with 2 % broken ones, half of them silent."""
        self._figures.timeout_s = timeout_s
        limits = {"fetch_read_timeout_s": timeout_s, "fetch_total_timeout_s": timeout_s}
        for phase, broken in (("healthy, short time-out", 0), ("2 % broken", 1)):
            self._fresh()
            self._environment.set(broken=broken)
            self._poll(phase, **limits)
            if broken:
                bad = sum((number + number // 50) % 50 == 0 for number in range(self._environment.count))
                self._figures.healthy_lost.append(self._environment.count - bad - _outcomes(self._ours)["ok"])

    def with_students(self, students: int) -> None:
        """Cold and warm once more for a course whose students the comments are matched against."""
        shutil.copy(self._environment.our_template(students), self._ours)
        for phase in ("cold", "warm"):
            self._environment.set()
            self._let_time_pass()
            self._poll(f"{phase}, {students} students")

    def profile(self) -> None:
        """Each phase once more under a profiler, whose own cost is in nothing else that is printed."""
        self._fresh()
        for phase, news in (("cold", 0), ("warm", 0), ("changed", 1)):
            self._environment.set(news=news)
            self._let_time_pass()
            cost = run(
                [sys.executable, "-m", "bench.profiled"],
                folder=self._environment.root,
                environment=self._environment.our_environment(
                    self._ours, fetch_connections=self._connections
                ),
            )
            self._figures.profiles[phase] = cost.output

    def _fresh(self) -> None:
        for path in (self._ours, self._reader, self._naive):
            for tail in ("", "-wal", "-shm", "-journal"):
                Path(f"{path}{tail}").unlink(missing_ok=True)
        shutil.copy(self._environment.our_template(), self._ours)
        shutil.copy(self._environment.reader_template(), self._reader)

    def _poll(self, phase: str, **settings: object) -> None:
        environment = self._environment
        variables = environment.our_environment(self._ours, fetch_connections=self._connections, **settings)
        cost = run(
            [sys.executable, "-m", "tracker", "poll"],
            folder=environment.root,
            environment=variables,
            memory=True,
        )
        if cost.exit_code not in (0, 10):
            raise SystemExit(f"Our job ended with {cost.exit_code}:\n{cost.output}")
        self._add(phase, "ours", cost)
        self._figures.further_requests[environment.count, phase, "ours"].append(
            environment.counts().get("further", 0)
        )

    def _curl(self, phase: str) -> None:
        """Downloads everything; after the first time only what has another ETag."""
        environment = self._environment
        target = environment.folder / "downloads"
        target.mkdir(exist_ok=True)
        lines = [
            f'url = "{url}"\noutput = "{target}/{number}"' for number, url in enumerate(environment.urls)
        ]
        if phase.startswith("warm at"):
            lines.append('header = "If-None-Match: \\"state-0\\", \\"state-1\\""')
        elif phase != "cold":
            lines.append('header = "If-None-Match: \\"state-0\\""')
        config = environment.folder / "curl.txt"
        config.write_text("\n".join(lines) + "\n")
        command = [
            "curl", "--silent", "--compressed", "--noproxy", "*", "--parallel", "--parallel-immediate",
            "--parallel-max", str(self._connections), "--config", str(config),
        ]  # fmt: skip
        self._add(phase, "curl", run(command, folder=environment.folder))

    def _add(self, phase: str, who: str, cost: Cost) -> None:
        self._figures.costs[self._environment.count, phase, who].append(cost)
        print(f"  {phase}: {who} {cost.cpu_s:.2f} s CPU, {cost.wall_s:.2f} s", file=sys.stderr)

    def _let_time_pass(self, *, a_day: bool = False) -> None:
        """Make all feeds due; after `a_day` looks are unconditional again."""
        with closing(sqlite3.connect(self._ours)) as connection, connection:
            connection.execute("UPDATE feed_state SET next_poll_at = NULL")
            if a_day:
                earlier = "strftime('%Y-%m-%d %H:%M:%f', {0}, '-1 day') || '000'"
                for column in ("fully_checked_at", "fully_read_at"):
                    moved = f"UPDATE feed_state SET {column} = {earlier.format(column)}"  # noqa: S608 - no input
                    connection.execute(moved)

    def _check_unchanged(self) -> None:
        outcomes = _outcomes(self._ours)
        if outcomes != {"not-modified": self._environment.count}:
            raise SystemExit(f"nothing had changed, yet our job came to {dict(outcomes)}")

    def _check_reader(self, phase: str, outcomes: dict[str, int]) -> None:
        """Nor may a peer that asks no server be the measure."""
        count = self._environment.count
        updated = {"cold": count, "changed": sum(map(has_news, range(count)))}.get(phase, 0)
        if outcomes != {"updated": updated, "unchanged": count - updated, "failed": 0}:
            raise SystemExit(f"{phase}: reader came to {outcomes}")

    def _check(self, phase: str, stored: int) -> None:
        """A contender that did not do the work would win every time."""
        outcomes = _outcomes(self._ours)
        expected = {"ok", "not-modified"}
        if set(outcomes) - expected or sum(outcomes.values()) != self._environment.count:
            raise SystemExit(f"{phase}: our job came to {dict(outcomes)}")
        news = sum(map(has_news, range(self._environment.count)))
        wanted = {"warm": 0, "unconditional": 0, "changed": news}.get(phase, stored)
        if stored != wanted:
            raise SystemExit(f"{phase}: our job stored {stored} comments, not {wanted}")


def _stored(database: Path) -> int:
    return int(_one(database, "SELECT count(*) FROM comments"))


def _parsed_in_last_run(database: Path) -> int:
    in_last = "run_id = (SELECT max(id) FROM runs)"
    return int(_one(database, f"SELECT count(*) FROM polls WHERE entries + known > 0 AND {in_last}"))  # noqa: S608


def _outcomes(database: Path) -> defaultdict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT outcome, count(*) FROM polls WHERE run_id = (SELECT max(id) FROM runs) GROUP BY outcome"
        )
        return defaultdict(int, {str(outcome): int(count) for outcome, count in rows})


def _one(database: Path, query: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(query).fetchone()[0])
