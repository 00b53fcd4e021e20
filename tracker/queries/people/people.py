"""People by what they sign in with, and who still has no account.

Tested in tests/web/instructor/people/test_invitations.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.models import Enrollment, Invitation, User
from tracker.queries.class_standing import in_sections
from tracker.queries.coursework import active_students
from tracker.queries.permissions import STAFF_ROLES


def find_by_sign_in(session: Session, name: str) -> User | None:
    """The user with this email address or sign-in name, in any case."""
    name = name.strip().casefold()
    return session.scalars(select(User).where(or_(User.email == name, User.sign_in_name == name))).first()


def find_without_account(session: Session, email: str) -> Enrollment | None:
    """The latest active enrollment under this email address that nobody has made an account for."""
    return session.scalars(
        select(Enrollment)
        .where(
            func.lower(Enrollment.email) == email.strip().casefold(),
            Enrollment.user_id.is_(None),
            Enrollment.is_active,
        )
        .options(joinedload(Enrollment.course))
        .order_by(Enrollment.id.desc())
    ).first()


def students_without_account(
    session: Session, course_id: int, section_ids: Collection[int] | None
) -> Sequence[Enrollment]:
    """Active students who have not used an invitation yet, by section and name."""
    return session.scalars(
        _students(course_id, section_ids)
        .where(Enrollment.user_id.is_(None))
        .order_by(Enrollment.section_id, *_BY_NAME)
    ).all()


def students_with_account(
    session: Session, course_id: int, section_ids: Collection[int] | None
) -> Sequence[Enrollment]:
    """Active students who have an open account and are nothing but students, here and elsewhere: staff of
    one course must not be able to choose a password for staff of another."""
    staff = select(Enrollment.user_id).where(
        Enrollment.role.in_(STAFF_ROLES), Enrollment.user_id.is_not(None)
    )
    return session.scalars(
        _students(course_id, section_ids)
        .join(Enrollment.user)
        .where(User.is_admin.is_(False), User.is_disabled.is_(False), User.id.not_in(staff))
        .order_by(*_BY_NAME)
    ).all()


_BY_NAME = (Enrollment.family_name, Enrollment.given_name, Enrollment.id)


def _students(course_id: int, section_ids: Collection[int] | None) -> Select[Enrollment]:
    return (
        select(Enrollment)
        .where(active_students(course_id), in_sections(section_ids))
        .options(joinedload(Enrollment.section))
    )


def account_of_invitation(session: Session, invitation_id: int) -> User | None:
    """The account with a password that an invitation to a course would be joined to. Its owner must
    prove to be the owner: the roster's writer typed that address."""
    enrollment = session.scalars(
        select(Enrollment)
        .join(Invitation, Invitation.enrollment_id == Enrollment.id)
        .where(Invitation.id == invitation_id)
    ).first()
    if enrollment is None:
        return None
    if enrollment.user_id is not None:
        user = session.get(User, enrollment.user_id)
    else:
        user = find_by_sign_in(session, enrollment.email) if enrollment.email else None
    return user if user is not None and user.password_hash else None
