"""The whole database as text, to compare before and after, here and there."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from tracker.extensions import db

LOOKING = frozenset({"runs", "polls", "feed_state", "receipt_checks"})
"""The tables that checking again may change although nothing was found."""


def dump(*, without: Collection[str] = LOOKING) -> str:
    """Every row of every other table, ordered by primary key, one JSON line each."""
    db.session.rollback()
    return "\n".join(
        json.dumps([table.name, *(_plain(value) for value in row)], ensure_ascii=False, sort_keys=True)
        for table in db.metadata.sorted_tables
        if table.name not in without
        for row in _rows(table)
    )


def _rows(table: Table) -> Any:
    return db.session.execute(select(table).order_by(*table.primary_key.columns))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value if _is_json(value) else str(value)


def _is_json(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool, list, dict))
