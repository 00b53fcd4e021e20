"""The gradebook as a CSV file: students down, assignments across."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.errors import ExportError
from tracker.exports.safety import defuse

SATISFACTORY = "satisfactory"
NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class GradebookRow:
    """One student. `grades` are in the order of the assignments: points, satisfactory (True) or
    not yet (False), or None while nothing is proposed or decided."""

    family: str
    given: str
    external_id: str
    section: str
    grades: Sequence[Decimal | bool | None] = ()
    total: str | None = None
    """What the course makes of them; None where it makes no total."""


def gradebook_csv(rows: Sequence[GradebookRow], assignments: Sequence[str]) -> bytes:
    """The file's bytes: RFC 4180, UTF-8 with a byte order mark, without which Excel would read
    names as Latin-1. Raises ExportError when a row has not one grade for each assignment."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    total = ["Total"] if any(row.total is not None for row in rows) else []
    writer.writerow(["Student (Family, Given)", "ID", "Section", *map(_text, assignments), *total])
    for row in rows:
        if len(row.grades) != len(assignments):
            raise ExportError(
                f"{_name(row)} has {len(row.grades)} grades for {len(assignments)} assignments; "
                "nothing was written."
            )
        who = (_name(row), row.external_id, row.section)
        last = [_text(row.total or "")] if total else []
        writer.writerow([*map(_text, who), *map(_grade, row.grades), *last])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _name(row: GradebookRow) -> str:
    return ", ".join(part for part in (row.family, row.given) if part)


def _text(cell: str) -> str:
    return defuse(cell.replace("\0", ""))


def _grade(grade: Decimal | bool | None) -> str:
    if grade is None:
        return ""
    if isinstance(grade, bool):
        return SATISFACTORY if grade else NOT_YET
    return f"{grade:f}"
