"""Pages for the staff of a course, one module per subject. Their door is here; they hold no role checks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, g

from tracker.web import access
from tracker.web.instructor import (
    assignments,
    blogs,
    course,
    gradebook,
    grid,
    invitations,
    review,
    students,
)

SUBJECTS: tuple[Blueprint, ...] = (
    course.bp,
    grid.bp,
    review.bp,
    assignments.bp,
    blogs.bp,
    students.bp,
    gradebook.bp,
    invitations.bp,
)
"""The blueprints of the subjects, each made in its own module."""


def register_instructor(app: Flask) -> None:
    """Attach all subjects below the address of a course."""
    bp = Blueprint("instructor", __name__, url_prefix="/courses/<course_key>")
    bp.url_value_preprocessor(_take_course_key)
    bp.before_request(_open_course)
    for subject in SUBJECTS:
        bp.register_blueprint(subject)
    app.register_blueprint(bp)


def _take_course_key(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.course_key = (values or {}).pop("course_key", "")


def _open_course() -> None:
    access.open_for_staff(g.course_key)
