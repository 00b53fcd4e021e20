"""PostgreSQL's own programs: pg_dump for a copy of one instant, pg_restore and psql to put it back.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from tracker.domain.backup import Manifest, TableSum
from tracker.domain.errors import BackupError
from tracker.queries.table_sums import POSTGRES_SETTINGS, POSTGRES_SUM

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/*/bin",
    "/usr/local/opt/*/bin",
    "/usr/local/pgsql/bin",
)
"""Where systems keep them, each version apart; PATH comes after."""
_VERSION = re.compile(r"\) (\d+)")
_LOCK_TIMEOUT = "10s"


def server_version(connection: Connection) -> int:
    """The server's major version."""
    found = connection.dialect.server_version_info
    assert found is not None  # noqa: S101 - known to whoever is connected; for the type checker
    return int(found[0])


def dump_postgres(connection: Connection, tables: Collection[str], target: Path) -> int:
    """Dump what the open transaction of `connection` sees, which must be a repeatable read; the version of
    pg_dump. Writers go on."""
    snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
    schema = connection.scalar(text("SELECT current_schema()"))
    version, folder = find_programs("pg_dump", server_version(connection))
    _run(
        connection.engine,
        folder / "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--file={target}",
        *(f'--table="{schema}"."{name}"' for name in sorted(tables)),
    )
    return version


def load_postgres(
    engine: Engine, dump: Path, manifest: Manifest, *, server: int, instead_of: Collection[str]
) -> None:
    """Put a dump back in place of the tables `instead_of`, where they are there, and compare it with its
    manifest: all in one transaction, which leaves everything as it was when it fails."""
    _, folder = find_programs("pg_restore", max(server, manifest.dumped_by))
    before, script, after = (dump.with_name(f"{name}.sql") for name in ("before", "script", "after"))
    _run(None, folder / "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    quote = engine.dialect.identifier_preparer.quote
    dropped = ", ".join(quote(name) for name in sorted(instead_of))
    before.write_text(f"SET lock_timeout = '{_LOCK_TIMEOUT}';\nDROP TABLE IF EXISTS {dropped};\n", "utf-8")
    after.write_text(_comparison({quote(name): table for name, table in manifest.tables.items()}), "utf-8")
    _run(
        engine,
        folder / "psql",
        "--no-psqlrc",
        "--quiet",
        "--output=/dev/null",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        *(f"--file={one}" for one in (before, script, after)),
    )


def _comparison(tables: Mapping[str, TableSum]) -> str:
    """SQL that raises for a table that does not hold what it should. What the dump set is set back first."""
    settings = "".join(f"SET LOCAL {setting};\n" for setting in POSTGRES_SETTINGS)
    raising = "THEN RAISE EXCEPTION 'It doesn’t hold what it should. Use another backup.'; END IF;"
    checks = ""
    for name, table in sorted(tables.items()):
        differs = f"count(*) <> {table.rows} OR {POSTGRES_SUM} <> {int(table.checksum, 16)}"
        checks += f"IF (SELECT {differs} FROM {name} AS t) {raising}\n"  # noqa: S608 - numbers, a quoted name
    return f"RESET search_path;\n{settings}DO $compare$ BEGIN\n{checks}END $compare$;\n"


def find_programs(name: str, version: int) -> tuple[int, Path]:
    """The folder of the programs of this major version, else of the next later one there is; with that
    version. BackupError names the package that is lacking."""
    on_path = map(Path, os.environ.get("PATH", "").split(os.pathsep))
    folders = [*(found for place in _PLACES for found in sorted(Path("/").glob(place[1:]))), *on_path]
    found: dict[int, Path] = {}
    for folder in folders:
        if (folder / name).is_file() and (its := _version_of(folder / name)):
            found.setdefault(its, folder)
    fitting = [one for one in found if one >= version]
    if not fitting:
        has = f"version {', '.join(map(str, sorted(found)))} is here" if found else "none was found"
        raise BackupError(
            f"{name} of PostgreSQL {version} is needed, and {has}. Install PostgreSQL’s client programs "
            f"(on Debian or Ubuntu: postgresql-client-{version})."
        )
    return min(fitting), found[min(fitting)]


def _version_of(program: Path) -> int:
    """0 for a program that does not say."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = _VERSION.search(said.stdout)
    return int(number[1]) if number else 0


def _run(engine: Engine | None, program: Path, *words: str) -> None:
    """Run a program, at the database of `engine`; the password is not among the words that all can see."""
    environment = dict(os.environ)
    if engine is not None:
        where = engine.dialect.create_connect_args(engine.url)[1]
        where.pop("context", None)  # SQLAlchemy’s own
        environment |= {"PGPASSWORD": str(where.pop("password"))} if "password" in where else {}
        words = (f"--dbname={_conninfo(where)}", *words)
    ended = subprocess.run(  # noqa: S603 - PostgreSQL's own
        [program, *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        says = " ".join(ended.stderr.split())[-500:]
        raise BackupError(f"{program.name} could not do it, and nothing was changed. It said: {says}")


def _conninfo(where: Mapping[str, object]) -> str:
    """libpq's connection string (PostgreSQL's documentation, 34.1.1.1)."""
    quoted = {key: re.sub(r"(['\\])", r"\\\1", str(value)) for key, value in where.items()}
    return " ".join(f"{key}='{value}'" for key, value in quoted.items())
