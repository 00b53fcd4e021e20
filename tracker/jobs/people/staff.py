"""Who teaches and assists in a course, and whose account is closed: the ones who cannot be done without stay.

Tested in tests/jobs/people/test_staff.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.jobs.audit import record
from tracker.jobs.people.invitations import close_links
from tracker.jobs.transaction import one_at_a_time, write_transaction
from tracker.models import Course, Enrollment, Section, SectionStaff, User
from tracker.queries.people.people import find_by_sign_in
from tracker.queries.permissions import STAFF_ROLES, find_enrollment, sections_of_staff


@dataclass(frozen=True)
class AccountReport:
    """`changed` False: the account was closed, or open, already."""

    name: str
    changed: bool


def add_staff(course_id: int, email: str, role: str, act: Act, *, sections: Sequence[str] = ()) -> int:
    """Give a user a staff role in a course; the enrollment's id. Safe to repeat.

    An assistant sees `sections` only, in place of those given before; without any, the whole course.
    ConflictError where the course's last instructor would be made an assistant.
    """
    if role not in STAFF_ROLES:
        raise TrackerError(f"{role!r} is not a staff role. Choose assistant or instructor.")
    if sections and role == "instructor":
        raise TrackerError("An instructor sees the whole course. Only an assistant is kept to sections.")
    with write_transaction(preview=act.preview) as session:
        one_at_a_time(session, "staff")
        user = find_user(session, email)
        taught = _taught_by(session, user.id)
        enrollment = enroll_staff(session, course_id, user.id, role, act.now)
        section_ids = _set_sections(session, enrollment, sections)
        _refuse_without_instructor(session, taught)
        record(
            session,
            act,
            "add-staff",
            "enrollment",
            enrollment.id,
            course_id=course_id,
            after={"role": role, "sections": section_ids},
        )
        return enrollment.id


def enroll_staff(session: Session, course_id: int, user_id: int, role: str, now: datetime) -> Enrollment:
    """The user's enrollment in a staff role, taken up again if there was one. Does not commit."""
    enrolled = select(Enrollment).filter_by(course_id=course_id, user_id=user_id)
    enrollment = session.scalars(enrolled).first()
    if enrollment is None:
        user = session.get_one(User, user_id)
        given, _, family = user.name.rpartition(" ")
        enrollment = Enrollment(
            course_id=course_id,
            user_id=user_id,
            role=role,
            given_name=given or family,
            family_name=family if given else "",
            email=user.email or "",
            created_at=now,
        )
        session.add(enrollment)
    enrollment.role = role
    enrollment.is_active = True
    session.flush()
    return enrollment


def remove_staff(course_id: int, email: str, act: Act) -> None:
    """End a user's work in a course; what they decided stays, and so does their account.

    ConflictError for the course's last instructor.
    """
    with write_transaction(preview=act.preview) as session:
        one_at_a_time(session, "staff")
        user = find_user(session, email)
        enrollment = find_enrollment(session, course_id, user.id, STAFF_ROLES)
        if enrollment is None:
            raise NotFoundError(f"{email} is not on the staff of this course.")
        taught = _taught_by(session, user.id)
        before = {"role": enrollment.role, "sections": _sections_of(session, enrollment)}
        _set_sections(session, enrollment, ())
        enrollment.is_active = False
        close_links(session, act.now, enrollment_ids=[enrollment.id])
        session.flush()
        _refuse_without_instructor(session, taught)
        record(session, act, "remove-staff", "enrollment", enrollment.id, course_id=course_id, before=before)


def disable_user(name: str, act: Act, *, undo: bool = False) -> AccountReport:
    """Close a user's account: no sign-in, no session, no link works. With `undo` open it again.

    ConflictError for the last administrator and for a course's last instructor.
    """
    with write_transaction(preview=act.preview) as session:
        one_at_a_time(session, "staff")
        user = find_user(session, name)
        if user.is_disabled is not undo:
            return AccountReport(user.name, changed=False)
        taught = _taught_by(session, user.id)
        user.is_disabled = not undo
        # A session from before stays ended when the account is opened again.
        user.session_version = User.session_version + 1
        if not undo:
            enrolled = session.scalars(select(Enrollment.id).where(Enrollment.user_id == user.id))
            close_links(session, act.now, user_id=user.id, enrollment_ids=enrolled.all())
        session.flush()
        _refuse_without_administrator(session, user)
        _refuse_without_instructor(session, taught)
        record(session, act, "enable-user" if undo else "disable-user", "user", user.id)
        return AccountReport(user.name, changed=True)


def find_user(session: Session, name: str) -> User:
    """The user with this email address or sign-in name; NotFoundError names it."""
    user = find_by_sign_in(session, name)
    if user is None:
        raise NotFoundError(f"There is no user {name}. Create one first.")
    return user


def _sections_of(session: Session, enrollment: Enrollment) -> list[int]:
    return sorted(sections_of_staff(session, enrollment.id) or ())


def _set_sections(session: Session, enrollment: Enrollment, names: Sequence[str]) -> list[int]:
    """Keep an assistant to these sections and to no others; their ids."""
    held = select(Section.name, Section.id).where(Section.course_id == enrollment.course_id)
    known = dict(session.execute(held).all())
    for name in names:
        if name not in known:
            raise NotFoundError(f"This course has no section {name!r}.")
    session.execute(delete(SectionStaff).where(SectionStaff.enrollment_id == enrollment.id))
    section_ids = sorted({known[name] for name in names})
    session.add_all(SectionStaff(section_id=one, enrollment_id=enrollment.id) for one in section_ids)
    return section_ids


def _taught_by(session: Session, user_id: int) -> Collection[int]:
    """The courses that a user teaches now."""
    return session.scalars(
        select(Enrollment.course_id).where(
            Enrollment.user_id == user_id, Enrollment.role == "instructor", Enrollment.is_active
        )
    ).all()


def _refuse_without_instructor(session: Session, course_ids: Collection[int]) -> None:
    """ConflictError when nobody is left who teaches one of these courses and can sign in."""
    taught = (
        select(Enrollment.course_id)
        .join(User, Enrollment.user_id == User.id)
        .where(Enrollment.role == "instructor", Enrollment.is_active, User.is_disabled.is_(False))
    )
    left_alone = select(Course.key).where(Course.id.in_(course_ids), Course.id.not_in(taught))
    if keys := session.scalars(left_alone.order_by(Course.key)).all():
        raise ConflictError(
            f"This is the last instructor of {', '.join(keys)}. Add another one first (add-staff)."
        )


def _refuse_without_administrator(session: Session, user: User) -> None:
    others = select(User.id).where(User.is_admin, User.is_disabled.is_(False)).limit(1)
    if user.is_admin and session.scalar(others) is None:
        raise ConflictError(
            "This is the last administrator. Create another one first (create-user ... --admin)."
        )
