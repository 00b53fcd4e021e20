"""Checksums of what a database holds, the same for a copy of it, whatever the order of its rows.

Tested in tests/reliability/test_backups.py.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, inspect, text

from tracker.domain.backup import TableSum

POSTGRES_SETTINGS = (
    "TimeZone = 'UTC'",
    "DateStyle = 'ISO, MDY'",
    "extra_float_digits = 1",
    "bytea_output = hex",
)
"""How PostgreSQL is to write values, whatever a server or role prefers."""
POSTGRES_SUM = (
    "coalesce(sum(('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint), 0)"
)
"""The sum of the rows' hashes as the server computes it, so that it can be compared before a commit."""
_MODULUS = 1 << 256


def sum_tables(connection: Connection) -> dict[str, TableSum]:
    """Each table by its name. In one transaction: what is written meanwhile is not seen."""
    is_postgresql = connection.dialect.name == "postgresql"
    for setting in POSTGRES_SETTINGS if is_postgresql else ():
        connection.execute(text(f"SET LOCAL {setting}"))
    sum_table = _sum_by_server if is_postgresql else _sum_rows
    quote = connection.dialect.identifier_preparer.quote
    return {
        name: sum_table(connection, quote(name)) for name in sorted(inspect(connection).get_table_names())
    }


def _sum_by_server(connection: Connection, quoted: str) -> TableSum:
    statement = f"SELECT count(*), {POSTGRES_SUM} FROM {quoted} AS t"  # noqa: S608 - a table's own name
    rows, total = connection.exec_driver_sql(statement).one()
    return TableSum(rows, f"{int(total):x}")


def _sum_rows(connection: Connection, quoted: str) -> TableSum:
    """A sum of the rows' hashes does not depend on their order, which a copy may change."""
    rows, total = 0, 0
    streamed = connection.execution_options(stream_results=True, yield_per=1000)
    for row in streamed.exec_driver_sql(f"SELECT * FROM {quoted}"):  # noqa: S608 - a table's own name
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return TableSum(rows, f"{total % _MODULUS:x}")
