"""Load this or answer 404: every object is fetched through the open course (`g.course`) and for the
person who asks. What is not there and what is not theirs look alike.

Tested in tests/web/test_access.py.
"""

from __future__ import annotations

from typing import TypeVar

from flask import abort, g
from flask_login import current_user

from tracker.extensions import db
from tracker.models import Assignment, Blog, Enrollment, Linkage
from tracker.queries import permissions as queries

T = TypeVar("T")


def _or_404(found: T | None) -> T:
    if found is None:
        abort(404)
    return found


def open_for_staff(course_key: str) -> None:
    """Set `g.course` and `g.enrollment` for a member of its staff or an administrator (whose
    enrollment may be None); 404 for everybody else."""
    course = _or_404(queries.find_course(db.session(), course_key))
    g.enrollment = queries.find_enrollment(db.session(), course.id, current_user.id, queries.STAFF_ROLES)
    if g.enrollment is None and not current_user.is_admin:
        abort(404)
    g.course = course


def open_for_student(course_key: str) -> None:
    """Set `g.course` and `g.enrollment` for a student of the course; 404 for everybody else."""
    course = _or_404(queries.find_course(db.session(), course_key))
    g.enrollment = _or_404(queries.find_enrollment(db.session(), course.id, current_user.id, ("student",)))
    g.course = course


def visible_section_ids() -> frozenset[int] | None:
    """The sections whose students may be seen; None means the whole course."""
    if g.enrollment is None or g.enrollment.role != "assistant":
        return None
    if "visible_section_ids" not in g:
        g.visible_section_ids = queries.sections_of_staff(db.session(), g.enrollment.id)
    visible: frozenset[int] | None = g.visible_section_ids
    return visible


def whole_course_or_404() -> None:
    """For what concerns everybody, not for assistants who see some sections only."""
    if visible_section_ids() is not None:
        abort(404)


def student_or_404(enrollment_id: int) -> Enrollment:
    return _or_404(queries.find_student(db.session(), g.course.id, enrollment_id, visible_section_ids()))


def assignment_or_404(key: str) -> Assignment:
    return _or_404(queries.find_assignment(db.session(), g.course.id, key))


def blog_or_404(blog_id: int) -> Blog:
    return _or_404(queries.find_blog(db.session(), g.course.id, blog_id))


def linkage_or_404(comment_id: int) -> Linkage:
    """What this course holds about a comment, the comment loaded with its blog."""
    return _or_404(queries.find_linkage(db.session(), g.course.id, comment_id, visible_section_ids()))
