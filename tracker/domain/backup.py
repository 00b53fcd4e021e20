"""What a backup says of itself.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TableSum:
    """How many rows a table has, and a checksum of them that their order does not change."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `database` is the kind ("sqlite", "postgresql"), `dumped_by` the version of
    pg_dump (0 for none), `revisions` where its migrations stood."""

    made_at: datetime
    database: str
    dumped_by: int
    revisions: tuple[str, ...]
    tables: Mapping[str, TableSum]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())
