"""SQLite's file: copied while it is written to, checked, and put in place of another as a whole.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from tracker.domain.errors import BackupError

_SIDES = ("-wal", "-shm", "-journal")
_IN_USE = (
    "The database is in use. Stop the site, and the timer that checks the blogs, and try again; "
    "nothing was changed."
)


def copy_sqlite(engine: Engine, target: Path) -> None:
    """A copy of one instant, by SQLite's backup API; writers go on. BackupError when it is not sound."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - for the type checker
        with closing(sqlite3.connect(target)) as copy:
            driver.backup(copy)
    settle(target)
    check_sound(target)


def settle(path: Path) -> None:
    """Bring everything into the one file: nothing is left in a log beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def check_sound(path: Path) -> None:
    """BackupError when SQLite's own check finds damage."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            says = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as exc:
        says = str(exc)
    if says != "ok":
        raise BackupError(f"The database’s file is damaged ({says}). Use a backup made before.")


def put_in_place(new: Path, target: Path, now: datetime) -> None:
    """Replace the database at once; whatever happens, one of the two is there, whole.

    BackupError when a program has it open. A damaged file is kept beside it under another name.
    """
    is_sound = not target.exists() or _take(target)
    owner = target if target.exists() else target.parent
    new.chmod(0o600)
    if target.exists():
        shutil.copymode(target, new)
    if os.geteuid() == 0:
        os.chown(new, owner.stat().st_uid, owner.stat().st_gid)
    for path in (target, *(target.with_name(target.name + side) for side in _SIDES)):
        if not is_sound and path.exists():
            path.rename(path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}"))
        elif path != target:
            path.unlink(missing_ok=True)
    new.replace(target)


def _take(path: Path) -> bool:
    """Whether the file is sound. Its log is folded in, which SQLite allows only to whoever has it alone."""
    try:
        with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.DatabaseError as exc:
        if exc.sqlite_errorname in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            return False
        if exc.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BackupError(_IN_USE) from exc
        raise BackupError(f"The database’s file can’t be replaced: {exc}. Nothing was changed.") from exc
    if mode != "delete":
        raise BackupError(_IN_USE)
    return True
