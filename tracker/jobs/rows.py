"""Rows as one check decides them, in memory; written together, one statement for each table.

Tested in tests/jobs/polling/test_store_poll.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, insert, or_, update
from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey
from tracker.domain.grouping import grouped
from tracker.models import CommentAlias, PostAlias

_NOT_HELD = object()


@dataclass(eq=False, slots=True)
class PendingRow:
    """A row with the columns that deciding reads; `id` is None until it is written."""

    values: dict[str, Any]
    id: int | None = None
    changed: set[str] = field(default_factory=set)

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def put(self, **values: Any) -> None:
        """Set columns; those that come out the same are not written again."""
        for column, value in values.items():
            if self.values.get(column, _NOT_HELD) != value:
                self.values[column] = value
                self.changed.add(column)


def table_of(model: Any) -> Table:
    table: Table = model.__table__
    return table


def insert_rows(session: Session, model: Any, rows: Sequence[PendingRow]) -> None:
    """Write new rows of one blog, and note the ids they were given."""
    if not rows:
        return
    table = table_of(model)
    # By their identity, which no two items of a blog share: asked for in the order of the rows,
    # SQLAlchemy writes them one by one on SQLite.
    statement = insert(table).returning(table.c.identity, table.c.id)
    written = session.connection().execute(statement, [row.values for row in rows])
    ids = {given.identity: given.id for given in written}
    for row in rows:
        row.id = ids[row["identity"]]
        row.changed.clear()


def insert_plain(session: Session, model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows whose ids are not needed."""
    if rows:
        session.connection().execute(insert(table_of(model)), list(rows))


def update_rows(session: Session, model: Any, rows: Iterable[PendingRow]) -> None:
    """Write what has changed of rows that are there."""
    table = table_of(model)
    by_columns = grouped(
        (tuple(sorted(row.changed)), row) for row in rows if row.changed and row.id is not None
    )
    for columns, changed in by_columns.items():
        statement = update(table).where(table.c.id == bindparam("of_id"))
        statement = statement.values({column: bindparam(f"to_{column}") for column in columns})
        session.connection().execute(
            statement,
            [{"of_id": row.id, **{f"to_{column}": row[column] for column in columns}} for row in changed],
        )
        for row in changed:
            row.changed.clear()


def any_of(alias: type[CommentAlias] | type[PostAlias], keys: Sequence[AliasKey]) -> ColumnElement[bool]:
    """One of these aliases, asked so that the index over kind and key serves."""
    by_kind = grouped((key.kind, key.key) for key in keys)
    return or_(*(and_(alias.kind == kind, alias.key.in_(by_kind[kind])) for kind in sorted(by_kind)))
