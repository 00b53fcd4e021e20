"""Values that no row has and no database takes: found out before anything is asked with them.

Tested in tests/web/test_values_out_of_range.py.
"""

from __future__ import annotations

import re

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

from tracker.models.columns import LARGEST_ID

ROW_NUMBER = rf"[0-9]{{1,{len(str(LARGEST_ID))}}}"
"""A row's number, up to the largest."""


class RowNumberConverter(IntegerConverter):
    """The number of a row in an address; a page about any other number is not there."""

    regex = ROW_NUMBER


def register(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumberConverter
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """No page has a NUL in its address; PostgreSQL refuses even to look for it. Forms drop it
    (`web.forms`)."""
    asked = (text for pair in request.args.items(multi=True) for text in pair)
    if "\0" in request.path or any("\0" in text for text in asked):
        abort(404)


def read_number(text: str | None) -> int | None:
    """A number as an address or a hidden field carries it; None for none and for what no row can have."""
    return int(text) if text and re.fullmatch(ROW_NUMBER, text) else None
