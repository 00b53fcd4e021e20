"""Pages for the staff of a course, one module per subject. Their door is here; they hold no role checks."""

from __future__ import annotations

from flask import Blueprint, Flask

from tracker.web import load
from tracker.web.course_door import register_behind
from tracker.web.instructor.assignments import assign_blogs, assignments
from tracker.web.instructor.blogs import blogs
from tracker.web.instructor.course import course, totals
from tracker.web.instructor.grades import grade_round, grade_student, gradebook, grid
from tracker.web.instructor.matching import settings
from tracker.web.instructor.people import invitations, students
from tracker.web.instructor.review import (
    comments,
    conflicts,
    review,
    similar_text,
    split_comments,
    spot_checks,
    unknown_writers,
)

SUBJECTS: tuple[Blueprint, ...] = (
    course.bp,
    grid.bp,
    review.bp,
    grade_round.bp,
    grade_student.bp,
    conflicts.bp,
    spot_checks.bp,
    settings.bp,
    split_comments.bp,
    similar_text.bp,
    unknown_writers.bp,
    comments.bp,
    assignments.bp,
    assign_blogs.bp,
    blogs.bp,
    students.bp,
    gradebook.bp,
    totals.bp,
    invitations.bp,
)
"""The blueprints of the subjects, each made in its own module."""


def register_instructor(app: Flask) -> None:
    """Attach all subjects below the address of a course."""
    register_behind(app, "instructor", SUBJECTS, load.open_for_staff)
