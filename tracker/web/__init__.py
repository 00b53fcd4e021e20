"""Shown: pages for instructors and students. Rules live in the rooms below."""

from __future__ import annotations

from flask import Flask

from tracker.web import access, auth, errors, filters, headers, home, layout, moved, values
from tracker.web.instructor import register_instructor
from tracker.web.student import register_student


def register(app: Flask) -> None:
    """Attach every page to the application: first what an address may hold, and last the door, when all
    of them are known."""
    for part in (values, errors, filters, headers, layout, auth):
        part.register(app)
    app.register_blueprint(home.bp)
    app.register_blueprint(moved.bp)
    register_instructor(app)
    register_student(app)
    access.register(app)
