"""Pages for the staff of a course, one module per subject. Their door is here; they hold no role checks."""

from __future__ import annotations

from flask import Blueprint, Flask

from tracker.web import access
from tracker.web.course_door import register_behind
from tracker.web.instructor import (
    allocations,
    assignments,
    blogs,
    comments,
    conflicts,
    course,
    gradebook,
    grid,
    invitations,
    joins,
    matching,
    review,
    sample,
    settle,
    settle_round,
    similar,
    students,
    totals,
)

SUBJECTS: tuple[Blueprint, ...] = (
    course.bp,
    grid.bp,
    review.bp,
    settle_round.bp,
    settle.bp,
    conflicts.bp,
    sample.bp,
    matching.bp,
    joins.bp,
    similar.bp,
    comments.bp,
    assignments.bp,
    allocations.bp,
    blogs.bp,
    students.bp,
    gradebook.bp,
    totals.bp,
    invitations.bp,
)
"""The blueprints of the subjects, each made in its own module."""


def register_instructor(app: Flask) -> None:
    """Attach all subjects below the address of a course."""
    register_behind(app, "instructor", SUBJECTS, access.open_for_staff)
