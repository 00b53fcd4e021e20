"""Permissions, or who may see what: every object is asked for through its course and the person who asks.

Who may open a page is decided in `web.access` and at each blueprint's door (`web.course_door`); what is
left out of a page for an assistant, in `queries.redaction`.

Tested in tests/web/test_access.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.models import (
    Assignment,
    Blog,
    Comment,
    Course,
    Enrollment,
    Linkage,
    SectionStaff,
    Subscription,
)
from tracker.queries.assigned_then import load_assigned_then
from tracker.queries.class_standing import in_sections

STAFF_ROLES = ("assistant", "instructor")


def find_enrollment(
    session: Session, course_id: int, user_id: int, roles: Collection[str]
) -> Enrollment | None:
    """The user's active enrollment in a course in one of these roles."""
    return session.scalars(
        select(Enrollment).where(
            Enrollment.course_id == course_id,
            Enrollment.user_id == user_id,
            Enrollment.role.in_(roles),
            Enrollment.is_active,
        )
    ).first()


def is_staff_anywhere(session: Session, user_id: int) -> bool:
    """Whether the user teaches or assists in any course."""
    statement = select(Enrollment.id).where(
        Enrollment.user_id == user_id, Enrollment.role.in_(STAFF_ROLES), Enrollment.is_active
    )
    return session.scalars(statement.limit(1)).first() is not None


def enrollments_of(session: Session, user_id: int) -> Sequence[Enrollment]:
    """The user's active enrollments with their courses, the newest course first."""
    return session.scalars(
        select(Enrollment)
        .join(Course)
        .where(Enrollment.user_id == user_id, Enrollment.is_active)
        .options(joinedload(Enrollment.course))
        .order_by(Course.archived_at.is_not(None), Course.created_at.desc(), Course.id.desc())
    ).all()


def find_course(session: Session, key: str) -> Course | None:
    """The course with this key, in any case."""
    return session.scalars(select(Course).where(Course.key == key.strip().casefold())).first()


def all_courses(session: Session) -> list[Course]:
    """Every course, the newest first; for administrators."""
    return list(session.scalars(select(Course).order_by(Course.created_at.desc(), Course.id.desc())))


def sections_of_staff(session: Session, enrollment_id: int) -> frozenset[int] | None:
    """The sections an assistant is limited to; None for the whole course."""
    found = frozenset(
        session.scalars(select(SectionStaff.section_id).where(SectionStaff.enrollment_id == enrollment_id))
    )
    return found or None


def find_student(
    session: Session, course_id: int, enrollment_id: int, section_ids: Collection[int] | None
) -> Enrollment | None:
    """A student of the course, dropped ones included, in the sections that may be seen."""
    return session.scalars(
        select(Enrollment)
        .where(
            Enrollment.id == enrollment_id,
            Enrollment.course_id == course_id,
            Enrollment.role == "student",
            in_sections(section_ids),
        )
        .options(joinedload(Enrollment.section))
    ).first()


def find_assignment(session: Session, course_id: int, key: str) -> Assignment | None:
    """An assignment of the course by its key."""
    return session.scalars(
        select(Assignment).where(Assignment.course_id == course_id, Assignment.key == key)
    ).first()


def find_blog(session: Session, course_id: int, blog_id: int) -> Blog | None:
    """A blog this course follows or has followed."""
    return session.scalars(
        select(Blog)
        .join(Subscription, Subscription.blog_id == Blog.id)
        .where(Blog.id == blog_id, Subscription.course_id == course_id)
        .limit(1)
    ).first()


def find_linkage(
    session: Session, course_id: int, comment_id: int, section_ids: Collection[int] | None
) -> Linkage | None:
    """What this course holds about a comment, which is loaded with blog, post and text. Staff limited
    to sections see a comment when its writer, or one of those it may be by, is in them, and when it is
    no student's; one that points at nobody, also when a student of theirs was assigned its blog then."""
    linkage = session.scalars(
        select(Linkage)
        .where(Linkage.course_id == course_id, Linkage.comment_id == comment_id)
        .options(
            joinedload(Linkage.comment).options(
                joinedload(Comment.blog), joinedload(Comment.post), joinedload(Comment.version)
            )
        )
    ).first()
    if linkage is None or section_ids is None:
        return linkage
    if linkage.enrollment_id is not None:
        people = {linkage.enrollment_id}
    else:
        people = {candidate["enrollment_id"] for candidate in linkage.candidates}
    if not people:
        return linkage
    if linkage.enrollment_id is None and linkage.verdict == "ignore":
        blog_id, posted_at = linkage.comment.blog_id, linkage.comment.posted_at
        if load_assigned_then(session, course_id, section_ids, {blog_id}).at(blog_id, posted_at):
            return linkage
    seen = select(Enrollment.id).where(
        Enrollment.course_id == course_id, Enrollment.id.in_(people), in_sections(section_ids)
    )
    return linkage if session.scalars(seen.limit(1)).first() is not None else None
