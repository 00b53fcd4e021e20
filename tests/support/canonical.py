"""The whole database as text without its row numbers, to compare two histories that should agree.

Every table but `runs`, `polls`, `match_state` and `grading_state` (digests of row numbers, too), and
`feed_state` without its leases. Numbers are replaced by what
they stand for, followed through every foreign key, and the lines are sorted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, select
from sqlalchemy.orm import Session

from tracker.extensions import db

WITHOUT = frozenset({"runs", "polls", "match_state", "grading_state"})
DECISION_LOG = frozenset({"linkage_decisions", "audit_entries", "comment_joins"})
"""What people said and who did what: an undo is a row of its own there."""
LEASES = frozenset({"lease_run_id", "leased_until"})
NAMES = {
    "blogs": ("home_url",),
    "enrollments": ("course_id", "external_id", "given_name", "family_name", "email"),
    "linkage_decisions": ("course_id", "comment_id", "kind", "at"),
    "polls": ("feed_id", "at"),
    "receipts": ("enrollment_id", "url", "saved_at"),
    "runs": ("started_at",),
    "grade_decisions": ("assignment_id", "enrollment_id", "kind", "at"),
    "allocations": ("assignment_id", "enrollment_id", "blog_id"),
}
"""What names a row where no unique constraint does."""

IN_JSON = {
    "enrollment_id": "enrollments",
    "blog_id": "blogs",
    "blog_ids": "blogs",
    "comment_id": "comments",
    "comment_ids": "comments",
    "post_id": "posts",
    "assignment_id": "assignments",
}
"""Keys inside documents that hold row numbers."""


def canonical(session: Session, *, without: Collection[str] = ()) -> list[str]:
    """One line a row, sorted; no rows of the tables `without`."""
    session.rollback()
    return _Reading(session).lines(without)


class _Reading:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._named: dict[tuple[str, int], Any] = {}

    @cached_property
    def _rows(self) -> dict[str, list[Mapping[str, Any]]]:
        return {
            table.name: [row._mapping for row in self._session.execute(select(table))]
            for table in db.metadata.sorted_tables
        }

    @cached_property
    def _by_id(self) -> dict[str, dict[int, Mapping[str, Any]]]:
        return {name: {row["id"]: row for row in rows if "id" in row} for name, rows in self._rows.items()}

    def lines(self, without: Collection[str] = ()) -> list[str]:
        return sorted(
            json.dumps([table.name, self._row(table, row)], ensure_ascii=False, sort_keys=True)
            for table in db.metadata.sorted_tables
            if table.name not in WITHOUT and table.name not in without
            for row in self._rows[table.name]
        )

    def _row(self, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            column.name: self._value(column, row[column.name])
            for column in table.columns
            if column.name != "id" and not (table.name == "feed_state" and column.name in LEASES)
        }

    def _value(self, column: Column[Any], value: Any) -> Any:
        if value is None:
            return None
        for key in column.foreign_keys:
            return self._name(key.column.table, value)
        return self._plain(value)

    def _name(self, table: Table, number: int) -> Any:
        """What stands for a row: its own name, with the names of the rows that this name needs."""
        if (table.name, number) not in self._named:
            row = self._by_id[table.name].get(number)
            self._named[table.name, number] = (
                [self._value(table.columns[name], row[name]) for name in _name_columns(table)]
                if row is not None
                else f"{table.name} {number} is not there"
            )
        return self._named[table.name, number]

    def _plain(self, value: Any) -> Any:
        """A document with the row numbers in it replaced; instants and exact numbers as text."""
        if isinstance(value, dict):
            return {key: self._inside(key, one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._plain(one) for one in value]
        if isinstance(value, datetime):
            return value.isoformat()
        return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)

    def _inside(self, key: str, value: Any) -> Any:
        if key not in IN_JSON or value is None:
            return self._plain(value)
        table = db.metadata.tables[IN_JSON[key]]
        if isinstance(value, list):
            return sorted((self._name(table, one) for one in value), key=str)
        return self._name(table, value)


def _name_columns(table: Table) -> tuple[str, ...]:
    if table.name in NAMES:
        return NAMES[table.name]
    if "id" not in table.columns:
        return tuple(column.name for column in table.primary_key.columns)
    for column in table.columns:
        if column.unique:
            return (column.name,)
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    if unique:
        return tuple(column.name for column in unique[0].columns)
    return tuple(c.name for c in table.columns if c.name != "id" and not c.nullable)
