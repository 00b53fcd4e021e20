"""Processes that really poll and can really be killed: a fork server, and what its parent sees.

`python -m tests.support.killing` imports everything once and forks a process for each poll, so that
two hundred of them are affordable. The parent stops a poll where it stands (SIGSTOP), writes down what
the database and the blogs say of it, and kills it (SIGKILL).
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from flask import Flask
from sqlalchemy import create_engine, func, make_url, select, text

from tests.support.databases import settings_for
from tests.support.kill_course import NIGHT, check, tools_of
from tracker.app import create_app
from tracker.cli.group import tracker
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.people.accounts import create_user
from tracker.models import FeedState, Run


class ForkServer:
    """The parent's side. `start` gives the number of a process that polls."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    @contextmanager
    def open(cls, url: str, folder: Path) -> Iterator[ForkServer]:
        """All polls are at the database `url`; it may be replaced between two of them."""
        with subprocess.Popen(
            [sys.executable, "-m", __name__, url, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        ) as process:
            try:
                yield cls(process)
            finally:
                assert process.stdin is not None
                process.stdin.close()
                process.wait(30)

    def start(self, port: int, *, now: datetime = NIGHT) -> int:
        """A process that runs the job at `now` against the blogs at `port`."""
        return int(self._ask({"do": "look", "port": port, "now": now.isoformat()})["pid"])

    def command(self, port: int, *words: str, out: Path, file_limit: int | None = None) -> int:
        """A process that runs `flask tracker ...` where every invented host is at `port`; what it says
        goes to `out`.out and `out`.err. The command `check` is the job at the night of `kill_course`.
        `file_limit`: no file may grow beyond so many bytes."""
        question = {"do": "command", "port": port, "words": words, "out": str(out), "limit": file_limit}
        return int(self._ask(question)["pid"])

    def write(self, name: str, out: Path) -> int:
        """A process that makes one user after another, name-00000 and so on, until there is a file
        `out`.stop; each is noted in `out` once it is saved."""
        return int(self._ask({"do": "write", "name": name, "out": str(out)})["pid"])

    def wait(self, pid: int) -> int:
        """The exit code of a process; minus the signal's number if one ended it."""
        return int(self._ask({"do": "wait", "pid": pid})["code"])

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        heard: dict[str, Any] = json.loads(self._process.stdout.readline())
        return heard


def main(url: str, folder: Path) -> None:
    app = create_app(
        settings_for(url, folder, SQLITE_SYNCHRONOUS="FULL", ALLOW_PRIVATE_HOSTS=("127.0.0.0/8",))
    )
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        question = json.loads(line)
        if question["do"] == "wait":
            _, status = os.waitpid(question["pid"], 0)
            answer = {"code": os.waitstatus_to_exitcode(status)}
        else:
            pid = os.fork()
            if pid == 0:
                _be_a_child(app, question)
            answer = {"pid": pid}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _be_a_child(app: Flask, question: dict[str, Any]) -> None:
    """Never returns."""
    code = 70
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if question["do"] == "look":
            with app.app_context(), tools_of(app, question["port"]) as tools:
                check(tools, datetime.fromisoformat(question["now"]))
            code = 0
        elif question["do"] == "write":
            _write(app, question["name"], Path(question["out"]))
            code = 0
        else:
            code = _command(app, question)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _write(app: Flask, name: str, out: Path) -> None:
    stop = Path(f"{out}.stop")
    with app.app_context(), out.open("a", encoding="utf-8") as acknowledged:
        for number in itertools.count():
            if stop.exists():
                return
            email = f"{name}-{number:05d}@harlan.example"
            create_user(email, "Wren Sallow", Act(NIGHT))
            acknowledged.write(f"{email}\n")
            acknowledged.flush()


def _command(app: Flask, question: dict[str, Any]) -> int:
    for number, ending in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{question['out']}.{ending}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    if question["limit"] is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (question["limit"], question["limit"]))
    port = question["port"]
    _serve_names(port)

    @tracker.command("look")
    def look_at_night() -> None:
        with tools_of(app, port) as tools:
            check(tools)

    try:
        with app.app_context():
            app.cli.main(args=["tracker", *question["words"]], prog_name="flask", standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _serve_names(port: int) -> None:
    """Stand in for the system's name service: invented hosts are on this machine."""
    system = socket.getaddrinfo

    def find(host: str, asked: int, *args: Any, **more: Any) -> Any:
        if not str(host).endswith(".example"):
            return system(host, asked, *args, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.0.0.1:{port}", asked))]

    socket.getaddrinfo = find


@dataclass(frozen=True)
class Kill:
    """What was seen of a process at the instant at which it was killed.

    `recorded`: its run stood open in the records, with `done` of `due` feeds. `leased` feeds were
    claimed and not stored; `pending` answers were on their way at the server.
    """

    was_running: bool
    recorded: bool = False
    done: int = 0
    due: int = 0
    leased: int = 0
    pending: int = 0
    in_transaction: bool = False

    @property
    def counts(self) -> bool:
        """In the middle: a feed in flight as the records show, or a transaction open."""
        return self.was_running and (self.in_transaction or (self.recorded and self.leased > 0))

    @property
    def kind(self) -> str:
        if not self.was_running:
            return "after its end"
        if self.in_transaction:
            return "a transaction open"
        if self.recorded and self.leased:
            return "a feed in flight"
        return "before its first record" if not self.recorded else "between"


def kill(pid: int, url: str, count_pending: Callable[[], int]) -> Kill:
    """Stop a process where it stands, see how things are, and kill it. It is still to be waited for."""
    os.kill(pid, signal.SIGSTOP)
    process = psutil.Process(pid)
    while (state := process.status()) not in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE):
        time.sleep(0.001)
    seen = _see(url, count_pending()) if state == psutil.STATUS_STOPPED else Kill(was_running=False)
    os.kill(pid, signal.SIGKILL)
    return seen


def wait_for_transaction(pid: int, url: str, timeout_s: float) -> None:
    """Return as soon as a transaction that writes is open, or the process has ended."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        if is_in_transaction(url):
            return
        time.sleep(0.002)


def is_in_transaction(url: str) -> bool:
    """Whether somebody else writes to the database right now."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(make_url(url).database or "", timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return True
        finally:
            connection.close()
        return False
    # Asked from another database, so that this one may be dropped at any time.
    return bool(_ask_admin(url, WRITING, name=make_url(url).database))


WRITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND backend_xid IS NOT NULL "
    "AND pid <> pg_backend_pid()"
)
_admins: dict[str, Any] = {}


def _ask_admin(url: str, question: str, **values: Any) -> Any:
    address = make_url(url).set(database="postgres").render_as_string(hide_password=False)
    if address not in _admins:
        _admins[address] = create_engine(address, isolation_level="AUTOCOMMIT")
    with _admins[address].connect() as connection:
        return connection.scalar(text(question), values)


def _see(url: str, pending: int) -> Kill:
    in_transaction = is_in_transaction(url)
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            run = connection.execute(
                select(Run.id, Run.done, Run.due).where(Run.ended_at.is_(None)).order_by(Run.id.desc())
            ).first()
            if run is None:
                return Kill(True, pending=pending, in_transaction=in_transaction)
            leased = connection.scalar(
                select(func.count()).select_from(FeedState).where(FeedState.lease_run_id == run.id)
            )
            return Kill(True, True, run.done, run.due, leased or 0, pending, in_transaction)
    finally:
        engine.dispose()


def forget_connections(app: Flask) -> None:
    """Let go of a database that is about to be replaced."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
