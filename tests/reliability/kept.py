"""One database that is put back as it was, again and again; and the course of `kill_course` in it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, make_url, text

from tests.support.canonical import canonical
from tests.support.databases import POSTGRES_URL, Templates, settings_for
from tests.support.kill_course import PausingServer, set_up
from tests.support.killing import ForkServer, forget_connections
from tracker.app import create_app
from tracker.extensions import db


@dataclass
class Scene:
    """`restore()` gives the eve of the poll back. `app` belongs to the test's own process."""

    url: str
    app: Flask
    server: PausingServer
    forks: ForkServer
    template: str

    def restore(self) -> None:
        forget_connections(self.app)
        if self.is_sqlite:
            path = Path(make_url(self.url).database or "")
            for ending in ("-wal", "-shm", "-journal"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            shutil.copy(self.template, path)
            return
        name = make_url(self.url).database
        _admin(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"',
        )

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def dump(self) -> list[str]:
        with self.app.app_context():
            lines = canonical(db.session())
            db.session.remove()
            return lines

    def check(self) -> str:
        """What SQLite says of its file; "ok" on a database that looks after itself."""
        if not self.is_sqlite:
            return "ok"
        connection = sqlite3.connect(make_url(self.url).database or "")
        try:
            return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        finally:
            connection.close()


@contextmanager
def open_scene(kind: str, templates: Templates, folder: Path) -> Iterator[Scene]:
    """The course on the eve of its second night, blogs and fork server running."""
    with templates.empty(kind, folder) as url, PausingServer() as server:
        app = create_app(
            settings_for(url, folder, SQLITE_SYNCHRONOUS="FULL", ALLOW_PRIVATE_HOSTS=("127.0.0.0/8",))
        )
        with app.app_context():
            set_up(app, server)
        forget_connections(app)
        template = _freeze(kind, url, folder)
        try:
            with ForkServer.open(url, folder) as forks:
                yield Scene(url, app, server, forks, template)
        finally:
            forget_connections(app)
            if kind == "postgresql":
                _admin(f'DROP DATABASE "{template}" WITH (FORCE)')


def _freeze(kind: str, url: str, folder: Path) -> str:
    if kind == "sqlite":
        path, copy = make_url(url).database or "", folder / "eve.sqlite"
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(path, copy)
        return str(copy)
    name = make_url(url).database
    _admin(f'CREATE DATABASE "{name}e" TEMPLATE "{name}"')
    return f"{name}e"


def _admin(*statements: str) -> None:
    engine = create_engine(os.environ[POSTGRES_URL], isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
