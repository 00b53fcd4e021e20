"""Pages for one student of a course: their own record, nobody else's. Their door is here."""

from __future__ import annotations

from flask import Blueprint, Flask

from tracker.web import load
from tracker.web.course_door import register_behind
from tracker.web.student import comments, status

SUBJECTS: tuple[Blueprint, ...] = (status.bp, comments.bp)
"""The blueprints of the subjects; `status` has the page `student.status.index`."""


def register_student(app: Flask) -> None:
    """Attach all subjects below the address of a course and `me`."""
    register_behind(app, "student", SUBJECTS, load.open_for_student, below="/me")
