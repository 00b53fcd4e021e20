"""One way to write: a transaction that commits whole or not at all.

Tested in tests/reliability/test_disk_full.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from tracker.domain.errors import StorageError
from tracker.extensions import db
from tracker.models.engine import WRITE

_SENTENCE = (
    "We couldn’t save to the database: {}. Everything saved before is kept. To continue, {} and try again."
)
_TROUBLES = (
    (("SQLITE_FULL", "53100"), "the disk is full", "free some space"),
    (("SQLITE_READONLY", "25006"), "it is read-only", "make it writable"),
    (("SQLITE_IOERR", "58030"), "the disk failed or is full", "check the disk, free some space"),
    (("SQLITE_CANTOPEN",), "its file can’t be opened", "check the folder and its permissions"),
    (("SQLITE_BUSY", "SQLITE_LOCKED"), "another program is using it", "wait a moment"),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), "its file is damaged", "restore a backup"),
    (("53",), "the server is out of space", "check the server"),
    (("57P", "08"), "the connection to the server was lost", "make sure it is running"),
)
"""What SQLite's names of errors and PostgreSQL's SQLSTATE begin with -> what happened, what to do."""


@contextmanager
def write_transaction(*, preview: bool = False) -> Iterator[Session]:
    """Commit on leaving, roll back on an exception.

    With `preview` roll back in any case: what was done and told of inside has not happened. No network
    call belongs inside. StorageError when the database cannot be written: disk full, read-only, gone.
    """
    with _begin({WRITE: True}) as session:
        yield session
        if not preview:
            session.commit()


def read_transaction() -> AbstractContextManager[Session]:
    """What is stored now, read and let go. StorageError when the database is gone."""
    return _begin({})


@contextmanager
def _begin(options: dict[str, bool]) -> Iterator[Session]:
    """What was read before in this session is let go first, so that on SQLite a write lock is taken
    at the beginning; what is not committed inside is rolled back."""
    session: Session = db.session()
    try:
        session.rollback()
        session.connection(execution_options=options)
        yield session
        session.rollback()
    except DBAPIError as exc:
        with suppress(DBAPIError):
            session.rollback()
        says = explain(exc)
        if says:
            raise StorageError(says) from exc
        raise
    except BaseException:
        session.rollback()
        raise


def explain(exc: DBAPIError) -> str:
    """What is wrong with the database, in a sentence a person can act on; "" when it is not the
    database but what it was asked."""
    name = getattr(exc.orig, "sqlite_errorname", None) or getattr(exc.orig, "sqlstate", None) or ""
    for beginnings, what, advice in _TROUBLES:
        if name.startswith(beginnings):
            return _SENTENCE.format(what, advice)
    unreachable = isinstance(exc, OperationalError) and (exc.connection_invalidated or not name)
    return _SENTENCE.format("the server doesn’t respond", "make sure it is running") if unreachable else ""


def one_at_a_time(session: Session, *names: str) -> None:
    """Let transactions that name the same thing follow one another, to count and then insert.

    On SQLite a write transaction has the database to itself anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        for name in sorted(names):
            session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
