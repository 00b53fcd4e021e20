"""The inner doors: a blueprint below the address of a course that lets in only whom it is for.

Tested in tests/web/test_access.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask, g


def register_behind(
    app: Flask, name: str, subjects: Iterable[Blueprint], opens: Callable[[str], None], below: str = ""
) -> None:
    """Attach the subjects at /courses/KEY + `below`; `opens` takes the key before each request, and
    refuses who may not come in."""
    bp = Blueprint(name, __name__, url_prefix=f"/courses/<course_key>{below}")

    @bp.url_value_preprocessor
    def take_course_key(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.course_key = (values or {}).pop("course_key", "")

    @bp.before_request
    def open_course() -> None:
        opens(g.course_key)

    for subject in subjects:
        bp.register_blueprint(subject)
    app.register_blueprint(bp)
