"""How SQLite is opened so that readers, one writer and a sudden end get along.

Tested in tests/models/test_columns.py.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

WRITE = "tracker_write"
"""Execution option of a connection that is going to write: SQLite then takes its write lock at
once (BEGIN IMMEDIATE) instead of failing half-way."""


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
            "busy_timeout=15000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
