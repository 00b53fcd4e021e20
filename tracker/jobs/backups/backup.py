"""Making a backup while everything runs: copy one instant -> sum it up -> one file -> note it.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, create_engine

from tracker.domain.act import Act
from tracker.domain.backup import Manifest
from tracker.domain.errors import BackupError, ConflictError, StorageError
from tracker.exports.backup_file import write_backup
from tracker.jobs.audit import record
from tracker.jobs.backups.postgres_dump import dump_postgres
from tracker.jobs.backups.sqlite_file import copy_sqlite
from tracker.jobs.transaction import write_transaction
from tracker.models.revisions import revisions_of
from tracker.queries.table_sums import sum_tables


@dataclass(frozen=True)
class BackupReport:
    """What is in a backup that was made."""

    rows: int
    tables: int
    size_bytes: int


def make_backup(engine: Engine, path: Path, secret: str, act: Act) -> BackupReport:
    """Write database and secret into one new file that its owner alone may read.

    The copy is of one instant; polls and pages go on. The file appears when it is complete, and takes the
    place of no other. ConflictError when there is one of that name.
    """
    if path.exists():
        raise ConflictError(f"{path} exists. Give the backup another name, such as one with the date.")
    with TemporaryDirectory(dir=path.absolute().parent, prefix=".backup-") as folder:
        copied, archive = Path(folder, "database"), Path(folder, "archive")
        manifest = _copy(engine, copied, act)
        write_backup(archive, manifest, copied, secret)
        archive.chmod(0o600)
        with archive.open("rb") as written:
            os.fsync(written.fileno())
        archive.replace(path)
    # A disk that is full is no reason to have no backup.
    with suppress(StorageError), write_transaction(preview=act.preview) as session:
        record(session, act, "backup", "database", None, after={"rows": manifest.rows})
    return BackupReport(manifest.rows, len(manifest.tables), path.stat().st_size)


def _copy(engine: Engine, target: Path, act: Act) -> Manifest:
    if engine.dialect.name == "sqlite":
        copy_sqlite(engine, target)
        copied = create_engine(f"sqlite:///{target}")
        with copied.connect() as connection:
            manifest = _describe(connection, act)
        copied.dispose()
        return manifest
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        manifest = _describe(connection, act)
        return replace(manifest, dumped_by=dump_postgres(connection, manifest.tables, target))


def _describe(connection: Connection, act: Act) -> Manifest:
    """What a database holds, in one transaction."""
    revisions = tuple(sorted(revisions_of(connection)))
    if not revisions:
        raise BackupError("There is nothing to back up: the database has no tables of this program yet.")
    return Manifest(act.now, connection.dialect.name, 0, revisions, sum_tables(connection))
