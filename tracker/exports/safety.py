"""Cells that a spreadsheet would run as formulas, made harmless."""

from __future__ import annotations

import re
import unicodedata

# A number is a number to a spreadsheet, whatever its sign.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_SIGNS = set("=+-@−")
_CONTROLS = ("\t", "\r", "\n")
_QUOTES = set("\"'`´‘’‚‛“”„‟«»＂＇")


def defuse(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet might run it.

    That is text that begins with = + - @ (also in their full-width forms), after any blanks,
    quotes and invisible characters, or with a tab or a line break. Plain numbers stay as they are.
    """
    return f"'{cell}" if _would_run(cell) else cell


def _would_run(cell: str) -> bool:
    if cell.lstrip("'").startswith(_CONTROLS):
        return True
    if _NUMBER.fullmatch(cell):
        return False
    first = next((char for char in cell if not _is_passed_over(char)), "")
    return bool(first) and unicodedata.normalize("NFKC", first)[0] in _SIGNS


def _is_passed_over(char: str) -> bool:
    return char.isspace() or char in _QUOTES or unicodedata.category(char) in {"Cc", "Cf"}
