"""The migrations: which there are, at which a database stands, and bringing it to the newest.

Tested in tests/cli/test_group.py.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, text

from tracker.domain.errors import StorageError

ROOT = Path(__file__).resolve().parents[2]
UPGRADE = (sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade", "-d", "migrations")


@cache
def known_revisions() -> frozenset[str]:
    """The names of all migrations of this release, read from their files: loading Alembic for every
    check of the blogs would cost more than the check."""
    return frozenset(_names("revision"))


@cache
def newest_revisions() -> frozenset[str]:
    """The migrations on which no other one is built: one, but while branches are being joined."""
    return known_revisions() - set(_names("down_revision"))


def revisions_of(connection: Connection) -> frozenset[str]:
    """Where a database stands; empty for one without tables, and for one made without migrations."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return frozenset()
    return frozenset(connection.scalars(text("SELECT version_num FROM alembic_version")))


def is_behind(connection: Connection) -> bool:
    """Whether a database lacks a migration, the empty one all of them. StorageError when it has one that
    this release does not know.

    A database whose tables were made without migrations, as in tests, is left alone.
    """
    stands_at = revisions_of(connection)
    if not stands_at:
        return not connection.dialect.has_table(connection, "courses")
    if unknown := stands_at - known_revisions():
        raise StorageError(
            f"The database was used with a newer release ({', '.join(sorted(unknown))}). Install that "
            "release, or restore a backup made before it."
        )
    return stands_at != newest_revisions()


def upgrade(url: str | None = None, **settings: str) -> None:
    """Run the migrations that are lacking, at the database `url` (default: the one that is set up), with
    `settings` in place of the environment's. StorageError when one fails; what it said is on stderr.

    In a process of its own: Alembic and the pages are needed once a release, checks every night.
    """
    environment = {**os.environ, **settings, **({"TRACKER_DATABASE_URL": url} if url else {})}
    done = subprocess.run(UPGRADE, cwd=ROOT, env=environment, stdout=2, check=False)  # noqa: S603
    if done.returncode:
        raise StorageError(
            "The database could not be brought up to date; see the lines above. The migrations that "
            "went through are kept. Mend what they name and try again, or restore a backup."
        )


def _names(what: str) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "migrations" / "versions").glob("*.py")]
    return {name for step in texts for name in re.findall(rf'^{what} = "(.+)"', step, re.M)}
