"""Tables that people hand in: CSV as spreadsheets and registrars really write it.

Tested in tests/jobs/people/test_import_roster.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.errors import FileError

MAX_ROWS = 5_000
MAX_CELL = 200
MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table; `line` counts from 1, the header included. Cells are trimmed."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(content: str | bytes, aliases: Mapping[str, str]) -> list[TableRow]:
    """Read a CSV with a header line; separator (comma, semicolon, tab) found from the header.

    `aliases` maps the headers we understand, in lower case and without blanks, to column names;
    other columns are left out. Empty lines are skipped. FileError names the line.
    """
    text = decode(content)
    header, _, _ = text.partition("\n")
    separator = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as exc:
        raise FileError(f"We can’t read line {reader.line_num} as CSV: {exc}.", line=reader.line_num) from exc
    if not lines:
        raise FileError("The file is empty. It needs a line of column names and one line per row.")
    columns = [aliases.get(_squeeze(cell), "") for cell in lines[0][1]]
    if not any(columns):
        known = ", ".join(dict.fromkeys(aliases.values()))
        raise FileError(f"The first line must have column names. Use one or more of: {known}.", line=1)
    rows = [_row(number, cells, columns) for number, cells in lines[1:] if any(map(str.strip, cells))]
    if len(rows) > MAX_ROWS:
        raise FileError(f"The file has {len(rows)} rows. Import at most {MAX_ROWS} at a time.")
    return rows


def decode(content: str | bytes) -> str:
    """The text of a file as spreadsheets save it, whatever its encoding. FileError when too large."""
    if len(content) > MAX_BYTES:
        raise FileError("The file is larger than 2 MB.")
    if isinstance(content, str):
        return content.removeprefix("\ufeff").replace("\x00", "")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").replace("\x00", "")
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        # What is no UTF-8 was saved by an older spreadsheet under Windows.
        return content.decode("cp1252", "replace").replace("\x00", "")


def _row(line: int, cells: Sequence[str], columns: Sequence[str]) -> TableRow:
    found: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        value = cell.strip()
        if len(value) > MAX_CELL and column:
            raise FileError(
                f"Line {line}: {column} has {len(value)} characters. Use at most {MAX_CELL}.", line=line
            )
        if column and value:
            found.setdefault(column, value)
    return TableRow(line, found)


def _squeeze(text: str) -> str:
    return "".join(char for char in text.strip().casefold() if char.isalnum())
