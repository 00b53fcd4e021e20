"""What a benchmark runs in: the server of the blogs, a folder, our environment and the peers'."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from bench import feeds
from bench.our_setup import SECRET


class Environment:
    """Serves `count` blogs while it is open. Keeps a prepared database for each contender to copy."""

    def __init__(self, root: Path, folder: Path, count: int, *, ways: bool = False) -> None:
        self.root = root
        self.folder = folder
        self.count = count
        self.peer_python = _peer_environment(root / "bench")
        # The server does not count, yet it shares the processors; it has at most one of them.
        self._server = subprocess.Popen(
            [sys.executable, "-m", "bench.server", "--feeds", str(count), *(["--ways"] if ways else [])],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self._server.stdout.readline()) if self._server.stdout else 0
        self.urls = [feeds.url(number, self.port) for number in range(count)]
        self.address_list = "\n".join(self.urls) + "\n"
        self.templates: dict[str, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate()  # closes its stdin, which ends it

    def set(self, **values: int) -> None:
        """What the blogs do from now on, such as news=1; everything not named is switched off."""
        query = "&".join(f"{name}={value}" for name, value in values.items())
        self._control(f"set?{query}")

    def counts(self) -> dict[str, int]:
        """How often the blogs were asked since `set`."""
        return self._control("counts")

    def _control(self, request: str) -> dict[str, int]:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}/-/{request}") as answer:
            found: dict[str, int] = json.load(answer)
        return found

    def our_environment(self, database: Path, **settings: object) -> dict[str, str]:
        return {
            "FLASK_APP": "wsgi",
            "TRACKER_SECRET_KEY": SECRET,
            "TRACKER_INSTANCE": str(self.folder),
            "TRACKER_DATABASE_URL": f"sqlite:///{database}",
            "TRACKER_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
            **{f"TRACKER_{name.upper()}": str(value) for name, value in settings.items()},
        }

    def our_template(self, students: int = 0) -> Path:
        """A database in which a course follows all the blogs and none was checked."""
        name = f"ours-{self.count}-{students}.sqlite"
        if name not in self.templates:
            self.templates[name] = self.folder / name
            self._prepare(
                [
                    sys.executable,
                    "-m",
                    "bench.our_setup",
                    f"sqlite:///{self.folder / name}",
                    "--students",
                    str(students),
                ]
            )
        return self.templates[name]

    def reader_template(self) -> Path:
        name = f"reader-{self.count}.sqlite"
        if name not in self.templates:
            self.templates[name] = self.folder / name
            self._prepare([*self.reader("add"), str(self.folder / name)])
        return self.templates[name]

    def reader(self, verb: str) -> list[str]:
        return [str(self.peer_python), str(self.root / "bench/peers/reader_job.py"), verb]

    def naive(self) -> list[str]:
        return [str(self.peer_python), str(self.root / "bench/peers/naive.py")]

    def _prepare(self, command: list[str]) -> None:
        started = time.monotonic()
        subprocess.run(command, cwd=self.root, input=self.address_list, text=True, check=True)
        print(f"  prepared a database in {time.monotonic() - started:.0f} s", file=sys.stderr)


def _peer_environment(bench: Path) -> Path:
    """The peers' own Python environment, made once and again when the list of peers changes."""
    wanted = (bench / "peers/requirements.txt").read_text()
    folder = bench / ".venv"
    python, stamp = folder / "bin/python", folder / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Installing the peers ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "-qq", "-r", str(bench / "peers/requirements.txt")],
            check=True,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        )
        stamp.write_text(wanted)
    return python
