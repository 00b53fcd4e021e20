"""People by what they sign in with, and who still has no account."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.models import Enrollment, User
from tracker.queries.access import in_sections


def find_by_sign_in(session: Session, name: str) -> User | None:
    """The user with this e-mail address or sign-in name, in any case."""
    name = name.strip().casefold()
    return session.scalars(select(User).where(or_(User.email == name, User.sign_in_name == name))).first()


def students_without_account(
    session: Session, course_id: int, section_ids: Collection[int] | None
) -> list[Enrollment]:
    """Active students who have not used an invitation yet, by section and name."""
    return list(
        session.scalars(
            select(Enrollment)
            .where(
                Enrollment.course_id == course_id,
                Enrollment.role == "student",
                Enrollment.is_active,
                Enrollment.user_id.is_(None),
                in_sections(section_ids),
            )
            .options(joinedload(Enrollment.section))
            .order_by(Enrollment.section_id, Enrollment.family_name, Enrollment.given_name, Enrollment.id)
        )
    )
