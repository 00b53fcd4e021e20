"""Run migrations over the application's own engine, each in one transaction, on SQLite too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from tracker.extensions import db
from tracker.models.columns import Points, UTCDateTime
from tracker.models.engine import WRITE


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Migrations outlive our column types, so they are written with plain ones."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Points):
        return "sa.Integer()"
    return False


@contextmanager
def rebuilding(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which it refuses while rows refer to the old one.

    The check can be switched only between transactions, so it is made up for at the end.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise SystemExit(f"Rows refer to rows that are not there: {broken[:5]}. Restore the backup.")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    settings = current_app.extensions["migrate"].configure_args
    engine = db.engine
    with engine.connect().execution_options(**{WRITE: True}) as connection, rebuilding(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            transaction_per_migration=True,
            transactional_ddl=True,
            **settings,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database; offline SQL is not offered.")
run()
