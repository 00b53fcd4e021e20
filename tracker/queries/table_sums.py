"""Checksums of what a database holds, the same for a copy of it, whatever the order of its rows.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, inspect, text

from tracker.domain.backup import TableSum

_MODULUS = 1 << 256
_AS_TEXT = ("TIME ZONE 'UTC'", "DateStyle = 'ISO, MDY'", "extra_float_digits = 1", "bytea_output = 'hex'")
"""How PostgreSQL is to write values, whatever a server or role prefers."""


def sum_tables(connection: Connection) -> dict[str, TableSum]:
    """Each table by its name. One transaction: what is written meanwhile is not seen."""
    if connection.dialect.name == "postgresql":
        for setting in _AS_TEXT:
            connection.execute(text(f"SET LOCAL {setting}"))
    return {name: _sum_table(connection, name) for name in sorted(inspect(connection).get_table_names())}


def _sum_table(connection: Connection, name: str) -> TableSum:
    """The sum of the rows' hashes: it does not depend on their order, which another server's collation
    or a dump may change."""
    quoted = connection.dialect.identifier_preparer.quote(name)
    columns = "t::text" if connection.dialect.name == "postgresql" else "*"
    statement = f"SELECT {columns} FROM {quoted} AS t"  # noqa: S608 - a table's own name, quoted
    rows, total = 0, 0
    streamed = connection.execution_options(stream_results=True, yield_per=1000)
    for row in streamed.exec_driver_sql(statement):
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return TableSum(rows, f"{total % _MODULUS:064x}")
