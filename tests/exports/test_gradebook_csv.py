from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from tracker.domain.errors import ExportError
from tracker.exports.gradebook_csv import GradebookRow, gradebook_csv

NOOR = GradebookRow("Haddad-Lindström", "Noor", "S-007", "2", (Decimal("10.50"), True, None))
MALLORY = GradebookRow("=HYPERLINK(1)", "-Mallory", "007", "@3", (Decimal("0"), False, Decimal("-1")))


def read(document: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(document.decode("utf-8-sig"), newline="")))


def test_students_go_down_and_assignments_across() -> None:
    document = gradebook_csv([NOOR], ["C4T #1", "C4T #2", "C4K October"])
    assert read(document) == [
        ["Student (Family, Given)", "ID", "Section", "C4T #1", "C4T #2", "C4K October"],
        ["Haddad-Lindström, Noor", "S-007", "2", "10.50", "satisfactory", ""],
    ]


def test_names_are_read_rightly_by_a_spreadsheet_and_lines_end_as_the_rfc_says() -> None:
    document = gradebook_csv([NOOR], ["a", "b", "c"])
    assert document.startswith(b"\xef\xbb\xbf")
    assert document.count(b"\r\n") == document.count(b"\n") == 2


def test_a_cell_that_would_run_is_defused_and_a_grade_stays_a_number() -> None:
    row = read(gradebook_csv([MALLORY], ["=A1", "b", "c"]))
    assert row[0][3] == "'=A1"
    assert row[1] == ["'=HYPERLINK(1), -Mallory", "007", "'@3", "0", "not yet", "-1"]


def test_half_a_name_stands_without_a_comma() -> None:
    [_, row] = read(gradebook_csv([GradebookRow("", "Sukarno", "", "")], []))
    assert row == ["Sukarno", "", ""]


def test_a_row_without_a_grade_for_each_assignment_is_refused() -> None:
    with pytest.raises(ExportError, match="Noor has 3 grades for 1"):
        gradebook_csv([NOOR], ["C4T #1"])


def test_characters_no_file_can_hold_do_not_stop_the_export() -> None:
    [_, row] = read(gradebook_csv([GradebookRow("Bro\0ken", "\ud800", "", "")], []))
    assert row[0] == "Broken, ?"
