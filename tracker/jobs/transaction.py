"""One way to write: a transaction that commits whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.extensions import db
from tracker.models.engine import WRITE


@contextmanager
def write_transaction(*, dry_run: bool = False) -> Iterator[Session]:
    """Commit on leaving, roll back on an exception or when `dry_run`.

    What was read before in this session is let go first, so that on SQLite the write lock is
    taken at the beginning. No network call belongs inside.
    """
    session: Session = db.session()
    session.rollback()
    session.connection(execution_options={WRITE: True})
    try:
        yield session
    except BaseException:
        session.rollback()
        raise
    if dry_run:
        session.rollback()
    else:
        session.commit()


def one_at_a_time(session: Session, *names: str) -> None:
    """Let transactions that name the same thing follow one another, to count and then insert.

    On SQLite a write transaction has the database to itself anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        for name in sorted(names):
            session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
