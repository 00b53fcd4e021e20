"""A real Isso on loopback, where one is installed: `python -m venv .venv-isso`, then
`.venv-isso/bin/pip install isso`. It needs its own environment, since it brings a compiler's work along.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_CONFIG = """
[general]
dbpath = {folder}/comments.db
host = http://{blog}/
[server]
listen = http://127.0.0.1:{port}/
[guard]
enabled = false
[rss]
base = http://{blog}
"""


def find_isso() -> Path | None:
    """The program, None where it is not installed."""
    own = ROOT / ".venv-isso" / "bin" / "isso"
    found = str(own) if own.exists() else shutil.which("isso")
    return Path(found) if found else None


class Isso:
    """One that runs; `address` is where it listens."""

    def __init__(self, folder: Path, port: int) -> None:
        self._database = folder / "comments.db"
        self.address = f"127.0.0.1:{port}"

    def write(self, path: str, writer: str, text: str, at: datetime) -> None:
        """Leave a comment by the interface that its pages use, as if it were `at`."""
        said = json.dumps({"author": writer, "text": text, "title": path, "email": None, "website": None})
        query = urllib.parse.urlencode({"uri": path})
        status, answer = self.ask("POST", f"/new?{query}", said)
        assert status == 201, answer
        self._change("UPDATE comments SET created = ? WHERE id = ?", at.timestamp(), json.loads(answer)["id"])

    def _change(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self._database)) as database, database:
            database.execute(statement, values)

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        connection = HTTPConnection(self.address, timeout=10)
        try:
            connection.request(method, path, body or None, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def running(program: Path, folder: Path, blog: str, zone: str) -> Iterator[Isso]:
    """An Isso for the blog at this host, whose server's clock is in this time zone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "isso.cfg").write_text(_CONFIG.format(folder=folder, blog=blog, port=port))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(program), "-c", str(folder / "isso.cfg"), "run"],
            env={**os.environ, "TZ": zone},
            stdout=log,
            stderr=log,
        )
    isso = Isso(folder, port)
    try:
        _await(isso, process, folder / "log")
        yield isso
    finally:
        process.terminate()
        process.wait(10)


def _await(isso: Isso, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            isso.ask("GET", "/count")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"Isso does not answer: {log.read_text()}")
