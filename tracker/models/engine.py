"""How SQLite is opened so that readers, one writer and a sudden end get along.

Tested in tests/models/test_columns.py.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, event

WRITE = "tracker_write"
"""Execution option of a connection that is going to write: SQLite then takes its write lock at
once (BEGIN IMMEDIATE) instead of failing half-way."""
PATIENCE_MS = 15_000
"""How long SQLite waits for another writer."""


def prepare(engine: Engine, *, synchronous: str = "FULL") -> None:
    """Set up SQLite connections: WAL, full sync, foreign keys, fifteen seconds of patience.

    Other databases are left as they are. Call once for each engine. `synchronous` is FULL wherever
    grades are kept; databases that are thrown away (tests, the demo) save themselves the disk.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # The driver would begin transactions by itself, too late for an immediate lock.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            f"busy_timeout={PATIENCE_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def checkpoint(engine: Engine) -> None:
    """Fold SQLite's write-ahead log into its file, so that the file holds what was saved.

    Waits a second for readers; what they still hold stays in the log, and so does everything on a full
    disk. Nothing of it is lost: this makes a file complete, not safe.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a connection that is open has one; for the type checker
        with suppress(sqlite3.Error):
            driver.execute("PRAGMA busy_timeout=1000")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        driver.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
