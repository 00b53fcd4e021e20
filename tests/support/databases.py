"""Empty databases for tests, copied from a template so that a test pays for no CREATE TABLE."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, inspect, make_url, text

from config import from_environment
from tracker.app import create_app
from tracker.extensions import db
from tracker.models.engine import WRITE

POSTGRES_URL = "TEST_DATABASE_URL"
"""Where the tests' PostgreSQL listens; set by conftest when it starts its own cluster."""

SECRET = "only-for-tests-0123456789-0123456789"


def settings_for(url: str, folder: Path, **more: object) -> dict[str, object]:
    settings = from_environment(
        {
            "TRACKER_DATABASE_URL": url,
            "TRACKER_INSTANCE": str(folder),
            "TRACKER_SECRET_KEY": SECRET,
            "TRACKER_BASE_URL": "http://localhost",
            "TRACKER_CONTACT": "mailto:course@harlan.example",
        }
    )
    return {**settings, "SQLITE_SYNCHRONOUS": "OFF", **more}


def create_tables(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        db.create_all()
        db.engine.dispose()


class Templates:
    """One empty database of each kind a process, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sqlite: Path | None = None
        self._postgres: str | None = None

    @contextmanager
    def empty(self, kind: str, folder: Path) -> Iterator[str]:
        """The URL of an empty database with all tables; dropped afterwards."""
        if kind == "sqlite":
            path = folder / "test.sqlite"
            shutil.copy(self._sqlite_template(), path)
            yield f"sqlite:///{path}"
            return
        name = f"t{uuid.uuid4().hex}"
        self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{self._postgres_template()}"')
        try:
            yield self._url(name)
        finally:
            self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        if self._postgres:
            self._admin(f'DROP DATABASE "{self._postgres}" WITH (FORCE)')

    def _sqlite_template(self) -> Path:
        if self._sqlite is None:
            path = self._folder / "template.sqlite"
            create_tables(f"sqlite:///{path}", self._folder)
            # The write-ahead log must be folded in before the file alone is copied.
            engine = create_engine(f"sqlite:///{path}")
            with engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            engine.dispose()
            self._sqlite = path
        return self._sqlite

    def _postgres_template(self) -> str:
        if self._postgres is None:
            name = f"template{uuid.uuid4().hex}"
            self._admin(f'CREATE DATABASE "{name}"')
            create_tables(self._url(name), self._folder)
            self._postgres = name
        return self._postgres

    def _url(self, name: str) -> str:
        return make_url(os.environ[POSTGRES_URL]).set(database=name).render_as_string(hide_password=False)

    def _admin(self, statement: str) -> None:
        engine = create_engine(os.environ[POSTGRES_URL], isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


class SharedApps:
    """One application for each kind of database and process, emptied each time it is handed out."""

    def __init__(self, templates: Templates, folder: Path) -> None:
        self._templates = templates
        self._folder = folder
        self._stack = ExitStack()
        self._apps: dict[str, Flask] = {}

    def __enter__(self) -> SharedApps:
        return self

    def __exit__(self, *_exc: object) -> None:
        for app in self._apps.values():
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        self._stack.close()

    def get(self, kind: str) -> Flask:
        if kind not in self._apps:
            url = self._stack.enter_context(self._templates.empty(kind, self._folder))
            self._apps[kind] = create_app(settings_for(url, self._folder, TESTING=True))
        app = self._apps[kind]
        with app.app_context():
            db.session.remove()
            empty_tables()
        return app


def drop_tables() -> None:
    """Leave a database with no table at all, as it is before the first migration."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    else:
        db.drop_all()
    assert inspect(db.engine).get_table_names() == []


def empty_tables() -> None:
    """Delete every row and let numbers begin at 1 again."""
    tables = db.metadata.sorted_tables
    with db.engine.connect().execution_options(**{WRITE: True}) as connection:
        is_postgresql = db.engine.dialect.name == "postgresql"
        # Order would not help: posts, polls and feeds refer to each other in a ring.
        connection.execute(
            text(
                "SET LOCAL session_replication_role = replica"
                if is_postgresql
                else "PRAGMA defer_foreign_keys=ON"
            )
        )
        asked = " UNION ALL ".join(
            f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM {table.name})"  # noqa: S608 - our tables
            for table in tables
        )
        filled = set(connection.scalars(text(asked)))
        for table in tables:
            if table.name in filled:
                connection.execute(table.delete())
                if is_postgresql and "id" in table.columns:
                    again = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 1, false)"
                    connection.execute(text(again))
        connection.commit()
