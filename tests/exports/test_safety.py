from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.exports.safety import defuse

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\rnext",
    "\nnext",
    "'\rnext",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "﹦1+1",
    "−1+1",
    "  =1+1",
    "\u00a0=1+1",
    '"=1+1',
    "'=1+1",
    " \" '=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "=cmd|' /C calc'!A0",
    "-",
]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_a_spreadsheet_might_run_gets_an_apostrophe(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "10",
        "-3.5",
        "+1",
        "0.95",
        "O’Hara, Aoife",
        "Nwachukwu-Hale, I.",
        "a=b",
        "x@host.example",
        "  ",
        "C4T #2",
    ],
)
def test_numbers_and_harmless_text_stay_as_they_are(cell: str) -> None:
    assert defuse(cell) == cell


@pytest.mark.parametrize("cell", ["-1e5", "+1,5", "-0x10", "-1 ", "１２"])
def test_only_plain_numbers_are_numbers(cell: str) -> None:
    assert defuse(cell) == (cell if cell == "１２" else f"'{cell}")


@settings(deadline=None)
@given(st.text())
def test_a_defused_cell_keeps_all_of_its_text(cell: str) -> None:
    assert defuse(cell) in (cell, f"'{cell}")


@settings(deadline=None)
@given(st.text(alphabet="=+-@\t\r\n\"' ＝＋－＠\ufeffab1", max_size=8))
def test_no_cell_begins_with_a_sign_once_it_is_read_by_a_spreadsheet(cell: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([defuse(cell), "end"])
    [row] = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert row[0] in (cell, f"'{cell}")
    begins = row[0].lstrip(' \ufeff"')[:1]
    assert begins not in {"=", "@", "＝", "＋", "－", "＠"}
    assert begins not in {"+", "-"} or row[0].lstrip("+-").isdecimal()
