"""One way to write: a transaction that commits whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
