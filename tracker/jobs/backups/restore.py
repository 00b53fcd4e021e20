"""Putting a backup back: read it -> compare it with what it should hold -> put it in place -> migrate it
-> put the secret back -> note it. What is damaged, newer or in the way is refused before anything changes.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy.exc import DatabaseError

from tracker.domain.act import Act
from tracker.domain.backup import Manifest
from tracker.domain.errors import BackupError, ConflictError
from tracker.exports.backup_file import read_backup
from tracker.extensions import db
from tracker.jobs.audit import record
from tracker.jobs.backups.postgres_dump import load_postgres, server_version
from tracker.jobs.backups.sqlite_file import check_sound, put_in_place, settle
from tracker.jobs.transaction import write_transaction
from tracker.models.revisions import is_behind, known_revisions, newest_revisions, upgrade
from tracker.queries.table_sums import sum_tables

VERSIONS = "alembic_version"


class SecretIs(StrEnum):
    """What became of the backup's secret."""

    SAME = "same"
    PUT_BACK = "put back"
    TO_BE_SET = "to be set"


@dataclass(frozen=True)
class Here:
    """What a backup is put back into: the database, the folder of this copy, and the secret it runs with."""

    engine: Engine
    folder: Path
    secret: str

    @property
    def url(self) -> str:
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def file(self) -> Path:
        """SQLite's."""
        return Path(self.engine.url.database or "").absolute()


@dataclass(frozen=True)
class RestoreReport:
    """What was put back. `migrated`: the backup was of an older schema. `secret_file` holds the backup's
    secret, unless it is the one this copy runs with."""

    made_at: datetime
    rows: int
    tables: int
    migrated: bool
    secret: SecretIs
    secret_file: Path


def restore_backup(here: Here, path: Path, act: Act, *, replace: bool = False) -> RestoreReport:
    """Put a backup back; a database with rows gives way only to `replace`. A preview reads and compares the
    backup and changes nothing.

    BackupError when the file is damaged or newer than this program, when the database is in use, or when
    a step fails; ConflictError when there are rows.
    """
    is_sqlite = here.engine.dialect.name == "sqlite"
    beside = here.file.parent if is_sqlite else here.folder
    with TemporaryDirectory(dir=beside, prefix=".restore-") as folder:
        unpacked = Path(folder, "database")
        manifest, secret = read_backup(path, unpacked)
        _refuse_unfit(manifest, path, here.engine)
        if is_sqlite:
            _compare_sqlite(unpacked, manifest)
        if not replace and _has_rows(here.engine, here.file if is_sqlite else None):
            raise ConflictError(
                "The database holds data, which the backup would replace. Make a backup of it first; then "
                "say --replace."
            )
        migrated = set(manifest.revisions) != newest_revisions()
        if not act.preview:
            (_put_sqlite if is_sqlite else _put_postgres)(here, unpacked, manifest, secret, act)
    secret_is, secret_file = _put_secret(here, secret, preview=act.preview)
    if not act.preview:
        with write_transaction(preview=act.preview) as session:
            record(session, act, "restore", "database", None, after={"made_at": manifest.made_at.isoformat()})
    return RestoreReport(
        manifest.made_at, manifest.rows, len(manifest.tables), migrated, secret_is, secret_file
    )


def _refuse_unfit(manifest: Manifest, path: Path, engine: Engine) -> None:
    if manifest.database != engine.dialect.name:
        raise BackupError(
            f"{path.name} is of a {manifest.database} database, and TRACKER_DATABASE_URL names a "
            f"{engine.dialect.name} one. Set it to a {manifest.database} database."
        )
    if unknown := set(manifest.revisions) - known_revisions():
        raise BackupError(
            f"{path.name} was made by a newer release of this program (its database is at "
            f"{', '.join(sorted(unknown))}). Install that release first."
        )


def _put_sqlite(here: Here, unpacked: Path, manifest: Manifest, secret: str, act: Act) -> None:
    """Migrate the copy and put it in place as a whole: what fails leaves the database as it was."""
    _migrate(f"sqlite:///{unpacked}", here, secret)
    settle(unpacked)
    _let_go(here.engine)
    put_in_place(unpacked, here.file, act.now)


def _put_postgres(here: Here, unpacked: Path, manifest: Manifest, secret: str, _act: Act) -> None:
    """All tables change in one transaction; then they are migrated, one step after another."""
    with here.engine.connect() as connection:
        server = server_version(connection)
    _let_go(here.engine)
    replaced = {*manifest.tables, *db.metadata.tables, VERSIONS}
    load_postgres(here.engine, unpacked, manifest, server=server, instead_of=replaced)
    _migrate(here.url, here, secret)


def _migrate(url: str, here: Here, secret: str) -> None:
    with _opened(url) as connection:
        behind = is_behind(connection)
    if behind:
        upgrade(url, TRACKER_SECRET_KEY=secret, TRACKER_INSTANCE=str(here.folder))


def _compare_sqlite(path: Path, manifest: Manifest) -> None:
    """BackupError unless each table of the unpacked file holds what its manifest says."""
    check_sound(path)
    with _opened(f"sqlite:///{path}") as connection:
        found = sum_tables(connection)
    if wrong := sorted(name for name, held in manifest.tables.items() if found.get(name) != held):
        raise BackupError(f"The backup doesn’t hold what it should ({', '.join(wrong)}). Use another backup.")


def _has_rows(engine: Engine, file: Path | None) -> bool:
    """Whether any table but the migrations' own has a row; a file that can't be read may have."""
    if file is not None and not (file.exists() and file.stat().st_size):
        return False
    try:
        with engine.connect() as connection:
            quote = connection.dialect.identifier_preparer.quote
            names = [name for name in inspect(connection).get_table_names() if name != VERSIONS]
            first = (f"SELECT 1 FROM {quote(name)} LIMIT 1" for name in names)  # noqa: S608 - our tables
            return any(connection.exec_driver_sql(one).first() for one in first)
    except DatabaseError:
        if file is None:
            raise
        return True
    finally:
        _let_go(engine)


@contextmanager
def _opened(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _let_go(engine: Engine) -> None:
    db.session.remove()
    engine.dispose()


def _put_secret(here: Here, secret: str, *, preview: bool) -> tuple[SecretIs, Path]:
    """Where `./dev` keeps the secret, it is put back there. Where the environment names another one,
    it is left beside for a person to set, since only they can."""
    file = here.folder / "secret"
    if secret == here.secret:
        return SecretIs.SAME, file
    held = file.read_text(encoding="utf-8").strip() if file.exists() else ""
    is_ours = held == here.secret
    file = file if is_ours else file.with_name("secret.restored")
    if not preview:
        new = file.with_name(f"{file.name}.new")
        new.touch(mode=0o600)
        new.write_text(f"{secret}\n", encoding="utf-8")
        new.replace(file)
    return SecretIs.PUT_BACK if is_ours else SecretIs.TO_BE_SET, file
