"""Pages for one student of a course: their own record, nobody else's. Their door is here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, g

from tracker.web import access
from tracker.web.student import status

SUBJECTS: tuple[Blueprint, ...] = (status.bp,)
"""The blueprints of the subjects; `status` has the page `student.status.index`."""


def register_student(app: Flask) -> None:
    """Attach all subjects below the address of a course and `me`."""
    bp = Blueprint("student", __name__, url_prefix="/courses/<course_key>/me")
    bp.url_value_preprocessor(_take_course_key)
    bp.before_request(_open_course)
    for subject in SUBJECTS:
        bp.register_blueprint(subject)
    app.register_blueprint(bp)


def _take_course_key(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.course_key = (values or {}).pop("course_key", "")


def _open_course() -> None:
    access.open_for_student(g.course_key)
