"""Databases as earlier releases left them: dumps without secrets, and what fills an empty database from one.

Before a release, dump the demo of the release before it, with the code that made it checked out:
`python -m tests.support.upgrades DATABASE tests/data/upgrades/REVISION.jsonl.gz`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    MetaData,
    Table,
    Text,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from tests.support.databases import settings_for
from tracker.app import create_app
from tracker.extensions import db
from tracker.models import Course, Run
from tracker.models.engine import WRITE
from tracker.queries.status.course_status import AssignmentStatus, course_status
from tracker.queries.verdicts.gradebook import load_gradebook

REVISIONS = "alembic_version"

LEFT_OUT = {
    ("users", "password_hash"): None,
    ("invitations", "token_hash"): "left out {}",
    ("runs", "owner"): "",
}
"""What no dump needs: what passwords and links are checked by, and the machine a run was on. What
stands for it; {} is the row's number, where values must differ."""


@dataclass(frozen=True)
class About:
    """The first line of a dump. `tables` names the columns of each table in the order of its rows;
    `gradebook` is what the release itself made of it, as of its last run."""

    revision: str
    gradebook: str
    tables: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Dump:
    """A dump, read. `rows` are lists: the table's name, then the values in the order of `about.tables`;
    instants are ISO in UTC, JSON columns are text."""

    about: About
    rows: Sequence[Sequence[Any]]

    def of(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of one table, by column."""
        names = self.about.tables[table]
        return (dict(zip(names, row[1:], strict=True)) for row in self.rows if row[0] == table)

    def counts(self) -> dict[str, int]:
        return {name: sum(row[0] == name for row in self.rows) for name in self.about.tables}


def read_dump(path: Path) -> Dump:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        about = About(**json.loads(next(lines)))
        return Dump(about, [json.loads(line) for line in lines])


def write_dump(path: Path) -> About:
    """Dump the database of the application at hand, byte for byte the same for the same rows."""
    with db.engine.connect() as connection:
        tables = _reflect(connection)
        revision = connection.scalar(text(f"SELECT version_num FROM {REVISIONS}"))  # noqa: S608 - our table
        columns = {table.name: [column.name for column in table.columns] for table in tables}
        about = About(str(revision), gradebook_checksum(db.session()), columns)
        lines = [asdict(about), *read_rows(connection, columns)]
    content = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content.encode(), mtime=0))
    return about


def restore(dump: Dump) -> None:
    """Migrate a database without tables to the dump's revision and fill it; needs its application's
    context. Going on from there is `flask_migrate.upgrade()`."""
    upgrade(revision=dump.about.revision)
    with db.engine.connect().execution_options(**{WRITE: True}) as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        # Order would not help: posts, polls and feeds refer to each other in a ring.
        later = "SET LOCAL session_replication_role = replica"
        connection.execute(text(later if on_postgresql else "PRAGMA defer_foreign_keys=ON"))
        for table in _reflect(connection):
            names = dump.about.tables[table.name]
            columns = [table.columns[name] for name in names]
            for column in columns:
                if isinstance(column.type, JSON):
                    column.type = NullType()  # the text goes in as it is
            rows = [
                {
                    column.name: _to_database(value, column, naive=not on_postgresql)
                    for column, value in zip(columns, row[1:], strict=True)
                }
                for row in dump.rows
                if row[0] == table.name
            ]
            if rows:
                connection.execute(table.insert(), rows)
            if rows and on_postgresql and "id" in names:
                last = select(func.max(table.c.id)).scalar_subquery()
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
        connection.commit()


RENAMED = {
    "receipt_checks": "receipt_looks",
    "fully_checked_at": "looked_at",
    "fully_read_at": "whole_look_at",
    "rest_read_at": "rest_looked_at",
    "last_check_before": "last_look_before",
}
"""Tables and columns that had another name in earlier releases."""


def read_rows(connection: Connection, columns_by_table: Mapping[str, Sequence[str]]) -> Iterator[list[Any]]:
    """The rows as a dump has them, by table and primary key, under the names that the dump knows; columns
    that are no longer there are None."""
    known = {name for table, columns in columns_by_table.items() for name in (table, *columns)}

    def name_of(now: str) -> str:
        return now if now in known else RENAMED.get(now, now)

    for table in _reflect(connection):
        names = columns_by_table.get(name_of(table.name), ())
        if not names:
            continue
        asked = [
            (cast(column, Text) if isinstance(column.type, JSON) else column).label(name_of(column.name))
            for column in table.columns
            if name_of(column.name) in names
        ]
        for row in connection.execute(select(*asked).order_by(*table.primary_key.columns)).mappings():
            yield [name_of(table.name), *(_to_dump(name_of(table.name), name, row) for name in names)]


def count_orphans(connection: Connection) -> dict[str, int]:
    """Foreign key -> how many rows refer to a row that is not there; only those that have any."""
    found = {}
    for table in _reflect(connection):
        for key in table.foreign_keys:
            child, parent = key.parent, key.column.table.alias()
            there = select(parent).where(parent.columns[key.column.name] == child).exists()
            lost = select(func.count()).select_from(table).where(child.is_not(None), ~there)
            if number := connection.scalar(lost):
                found[f"{table.name}.{child.name}"] = number
    return found


Sentences = Mapping[tuple[str, str, str], tuple[str, str]]
"""(student, assignment, requirement) -> the sentence and the clock that an earlier release stored."""


def gradebook_checksum(session: Session, sentences: Sentences | None = None) -> str:
    """Every verdict and grade of every student, judged as of the last run and as stored, in one figure.

    Earlier releases counted their own sentences in; those of a dump are given as `sentences`.
    """
    as_of = last_run(session)
    lines: list[Any] = []
    for course_id in session.scalars(select(Course.id).order_by(Course.id)):
        lines.extend(_plain(one, sentences) for one in course_status(course_id, as_of))
        book = load_gradebook(session, course_id)
        lines.append(book.assignments)
        lines.extend([one.student.external_id, *map(str, one.grades)] for one in book.lines)
    return hashlib.sha256(json.dumps(lines, default=str).encode()).hexdigest()


def last_run(session: Session) -> datetime:
    """When the last run began."""
    return session.scalars(select(Run.started_at).order_by(Run.started_at.desc()).limit(1)).one()


_WORDS = re.compile(r"\d+ words?")
_REWORDED = {"has not answered since": "does not answer since"}


def say_as_before(says: str) -> str:
    """A sentence as the dumps have it: without the number of words, which is counted better from release
    to release, and in the words of its time where it reads better now."""
    for now, before in _REWORDED.items():
        says = says.replace(now, before)
    return _WORDS.sub("words", says)


def stored_sentences(dump: Dump) -> Sentences | None:
    """The sentences of a dump's verdicts as its release counted them; None where it stored none."""
    if "says" not in dump.about.tables["verdicts"]:
        return None
    students = {row["id"]: row["external_id"] for row in dump.of("enrollments")}
    keys = {row["id"]: row["key"] for row in dump.of("assignments")}
    return {
        (students[row["enrollment_id"]] or "", keys[row["assignment_id"]], row["requirement"]): (
            say_as_before(row["says"]),
            row["clock"],
        )
        for row in dump.of("verdicts")
    }


def _plain(one: AssignmentStatus, sentences: Sentences | None) -> list[Any]:
    """Field by field, so that a field a later release adds does not count as a change."""
    told = sentences or {}
    return [
        one.student_id,
        one.assignment,
        [
            [
                it.requirement,
                it.state.value,
                it.reason,
                *says[:1],
                it.due_at.isoformat(),
                it.permalink,
                *says[1:],
            ]
            for it in one.requirements
            for says in (told.get((one.student_id, one.assignment, it.requirement), ()),)
        ],
        one.counted,
        [[it.permalink, it.reason] for it in one.not_counted],
        one.companion_post,
        one.grade,
    ]


def _reflect(connection: Connection) -> list[Table]:
    """The tables as they are in the database, by name: models speak of the newest ones only."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [metadata.tables[name] for name in sorted(metadata.tables) if name != REVISIONS]


def _to_dump(table: str, column: str, row: Mapping[str, Any]) -> Any:
    value = row.get(column)
    if value is not None and (table, column) in LEFT_OUT:
        instead = LEFT_OUT[table, column]
        return instead and instead.format(row["id"])
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _to_database(value: Any, column: Column[Any], *, naive: bool) -> Any:
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        at = datetime.fromisoformat(value)
        return at.replace(tzinfo=None) if naive else at
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return bool(value) if isinstance(column.type, Boolean) else value


def main(database: str, out: str) -> None:
    """Dump DATABASE (an SQLite file, which is left as it is, or a URL) into OUT."""
    with TemporaryDirectory() as folder:
        url = database
        if "://" not in database:
            copy = Path(folder, "copy.sqlite")
            shutil.copy(database, copy)
            url = f"sqlite:///{copy}"
        app = create_app(settings_for(url, Path(folder)))
        with app.app_context():
            about = write_dump(Path(out))
            db.session.remove()
            db.engine.dispose()
    print(f"{out}: {about.revision}, {Path(out).stat().st_size // 1024} KB")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("python -m tests.support.upgrades DATABASE OUT")
    main(*sys.argv[1:])
