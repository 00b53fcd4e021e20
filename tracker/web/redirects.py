"""Where to go next, when the address comes from outside.

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

import unicodedata

from flask import url_for


def safe_path(value: str | None) -> str | None:
    """A path on this site, or None: it starts with one slash and holds no backslash, no control
    or other character that a browser drops or folds before it reads the address."""
    if not value or not value.startswith("/") or value.startswith("//") or "\\" in value:
        return None
    if any(unicodedata.category(char).startswith(("C", "Z")) for char in value):
        return None
    return value


def next_page(value: str | None) -> str:
    """The path asked for if it is ours, else the first page."""
    return safe_path(value) or url_for("home.index")
