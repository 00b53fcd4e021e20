"""People who sign in, and the courses that are made for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, TrackerError
from tracker.domain.keys import read_key
from tracker.domain.locale import DEFAULT, LOCALES
from tracker.jobs.audit import record
from tracker.jobs.people.invitations import add_invitation, keep_password
from tracker.jobs.people.staff import enroll_staff
from tracker.jobs.transaction import write_transaction
from tracker.models import Course, User


@dataclass(frozen=True)
class NewUser:
    """A user and the one-time token with which a password is chosen. The token is shown once and
    kept nowhere; only its hash is."""

    user_id: int
    token: str


def create_user(email: str, name: str, act: Act, *, is_admin: bool = False) -> NewUser:
    """Make a user without a password and a link to choose one. ConflictError if the email is taken."""
    email = email.strip().casefold()
    if "@" not in email or any(char.isspace() for char in email):
        raise TrackerError(f"{email!r} is not an email address.")
    if not name.strip():
        raise TrackerError("Enter the user’s name.")
    with write_transaction(preview=act.preview) as session:
        if session.scalar(select(User.id).where(User.email == email)) is not None:
            raise ConflictError(f"There is already a user {email}.")
        user = User(email=email, name=name.strip()[:200], is_admin=is_admin, created_at=act.now)
        session.add(user)
        session.flush()
        token = add_invitation(session, act.now, purpose="invite", user_id=user.id)
        record(session, act, "create", "user", user.id)
        return NewUser(user.id, token)


def create_course(
    key: str,
    name: str,
    act: Act,
    *,
    time_zone: str,
    locale: str = DEFAULT,
    words: Sequence[str] = (),
    staff_names: Sequence[str] = (),
    course_blog: str = "",
) -> int:
    """Make a course; its id. The user who makes it (`act.by`) is enrolled as its instructor."""
    key = read_key(key, whose="A course", such_as="edt320", reserved={"new"})
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise TrackerError(f"{time_zone!r} is not a time zone. Enter one like America/Chicago.") from exc
    if locale not in LOCALES:
        raise TrackerError(f"{locale!r} is not a supported locale. Choose one of {', '.join(LOCALES)}.")
    with write_transaction(preview=act.preview) as session:
        if session.scalar(select(Course.id).where(Course.key == key)) is not None:
            raise ConflictError(f"There is already a course {key}.")
        course = Course(
            key=key,
            name=name.strip()[:200] or key,
            time_zone=time_zone,
            locale_tag=locale,
            words=list(words),
            staff_names=list(staff_names),
            course_blog=course_blog.strip()[:500],
            settings={},
            created_at=act.now,
        )
        session.add(course)
        session.flush()
        if act.by is not None:
            enroll_staff(session, course.id, act.by, "instructor", act.now)
        record(session, act, "create", "course", course.id, course_id=course.id)
        return course.id


def set_password(user_id: int, password_hash: str, *, now: datetime) -> None:
    """Change a password; every session of the user ends."""
    with write_transaction() as session:
        user = session.get_one(User, user_id)
        keep_password(session, user, password_hash, action="change-password", course_id=None, now=now)


def end_sessions(user_id: int) -> None:
    """Sign a user out everywhere."""
    with write_transaction() as session:
        session.get_one(User, user_id).session_version = User.session_version + 1
