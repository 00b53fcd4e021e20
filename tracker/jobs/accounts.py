"""People who sign in, the courses they teach, and the links that let them in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.jobs.audit import record
from tracker.jobs.transaction import write_transaction
from tracker.models import Course, Enrollment, Invitation, Section, SectionStaff, User

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=1)
ROLES = ("student", "assistant", "instructor")


@dataclass(frozen=True)
class NewUser:
    """A user and the one-time token with which a password is chosen. The token is shown once and
    kept nowhere; only its hash is."""

    user_id: int
    token: str


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that can still be used. `email` "" asks the person for a name to sign in with."""

    invitation_id: int
    name: str
    email: str
    role: str | None
    course_name: str
    needs_sign_in_name: bool


def hash_token(token: str) -> str:
    """What is kept of a one-time token."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_user(
    email: str, name: str, *, now: datetime, is_admin: bool = False, dry_run: bool = False
) -> NewUser:
    """Make a user without a password and a link to choose one. ConflictError if the e-mail is taken."""
    email = email.strip().casefold()
    if "@" not in email or any(char.isspace() for char in email):
        raise TrackerError(f"{email!r} is no e-mail address.")
    if not name.strip():
        raise TrackerError("A user needs a name.")
    with write_transaction(dry_run=dry_run) as session:
        if session.scalar(select(User.id).where(User.email == email)) is not None:
            raise ConflictError(f"There is a user {email} already.")
        user = User(email=email, name=name.strip()[:200], is_admin=is_admin, created_at=now)
        session.add(user)
        session.flush()
        token = _add_invitation(session, now, purpose="invite", user_id=user.id)
        record(
            session,
            actor=None,
            course_id=None,
            subject_type="user",
            subject_id=user.id,
            action="create",
            now=now,
        )
        return NewUser(user.id, token)


def create_course(
    key: str,
    name: str,
    *,
    time_zone: str,
    now: datetime,
    words: Sequence[str] = (),
    staff_names: Sequence[str] = (),
    course_blog: str = "",
    nightly_at: str = "02:15",
    by: int | None = None,
    dry_run: bool = False,
) -> int:
    """Make a course; its id. Whoever makes it (`by`) is enrolled as its instructor."""
    key = key.strip().casefold()
    if not key or len(key) > 60 or key == "new" or any(char.isspace() or char in "/?#&" for char in key):
        raise TrackerError("A course's key is a short word such as edt320, without blanks.")
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise TrackerError(f"{time_zone!r} is no time zone; write it like America/Chicago.") from exc
    with write_transaction(dry_run=dry_run) as session:
        if session.scalar(select(Course.id).where(Course.key == key)) is not None:
            raise ConflictError(f"There is a course {key} already.")
        course = Course(
            key=key,
            name=name.strip()[:200] or key,
            time_zone=time_zone,
            words=list(words),
            staff_names=list(staff_names),
            course_blog=course_blog.strip()[:500],
            nightly_at=nightly_at,
            settings={},
            created_at=now,
        )
        session.add(course)
        session.flush()
        if by is not None:
            _enroll_staff(session, course.id, by, "instructor", now)
        record(
            session,
            actor=by,
            course_id=course.id,
            subject_type="course",
            subject_id=course.id,
            action="create",
            now=now,
        )
        return course.id


def add_staff(
    course_id: int,
    email: str,
    role: str,
    *,
    now: datetime,
    sections: Sequence[str] = (),
    by: int | None = None,
    dry_run: bool = False,
) -> int:
    """Give a user a staff role in a course; the enrollment's id. Safe to repeat.

    An assistant with `sections` sees those only; without any, the whole course.
    """
    if role not in ("assistant", "instructor"):
        raise TrackerError(f"{role!r} is no staff role; it is assistant or instructor.")
    with write_transaction(dry_run=dry_run) as session:
        user = session.scalars(select(User).where(User.email == email.strip().casefold())).first()
        if user is None:
            raise NotFoundError(f"There is no user {email}; create one first.")
        enrollment = _enroll_staff(session, course_id, user.id, role, now)
        rows = session.execute(select(Section.name, Section.id).where(Section.course_id == course_id))
        known: dict[str, int] = {row.name: row.id for row in rows}
        for name in sections:
            if name not in known:
                raise NotFoundError(f"This course has no section {name!r}.")
            if session.get(SectionStaff, (known[name], enrollment.id)) is None:
                session.add(SectionStaff(section_id=known[name], enrollment_id=enrollment.id))
        record(
            session,
            actor=by,
            course_id=course_id,
            subject_type="enrollment",
            subject_id=enrollment.id,
            action="add-staff",
            after={"role": role},
            now=now,
        )
        return enrollment.id


def _enroll_staff(session: Session, course_id: int, user_id: int, role: str, now: datetime) -> Enrollment:
    enrollment = session.scalars(
        select(Enrollment).where(Enrollment.course_id == course_id, Enrollment.user_id == user_id)
    ).first()
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
        session.flush()
    else:
        enrollment.role = role
    return enrollment


def invite(enrollment_id: int, *, now: datetime, by: int | None = None) -> str:
    """A one-time link's token for somebody enrolled; earlier unused ones stop working."""
    with write_transaction() as session:
        enrollment = session.get_one(Enrollment, enrollment_id)
        _close_open(session, now, Invitation.enrollment_id == enrollment_id)
        token = _add_invitation(
            session,
            now,
            purpose="invite",
            enrollment_id=enrollment.id,
            course_id=enrollment.course_id,
            role=enrollment.role,
            created_by_id=by,
        )
        record(
            session,
            actor=by,
            course_id=enrollment.course_id,
            subject_type="enrollment",
            subject_id=enrollment.id,
            action="invite",
            now=now,
        )
        return token


def offer_new_password(user_id: int, *, now: datetime, by: int | None = None) -> str:
    """A one-time link's token to choose a new password, for an hour.

    Staff (`by`) may offer it to students only: a link opens the account in every course.
    """
    with write_transaction() as session:
        user = session.get_one(User, user_id)
        teaches = exists().where(Enrollment.user_id == user_id, Enrollment.role != "student")
        if by is not None and (user.is_admin or session.scalar(select(teaches))):
            raise ConflictError("Only an administrator can give staff a new password.")
        _close_open(session, now, Invitation.user_id == user_id)
        token = _add_invitation(
            session, now, purpose="reset", user_id=user_id, created_by_id=by, lasts=RESET_LASTS
        )
        record(
            session,
            actor=by,
            course_id=None,
            subject_type="user",
            subject_id=user_id,
            action="offer-new-password",
            now=now,
        )
        return token


def _close_open(session: Session, now: datetime, whose: object) -> None:
    for row in session.scalars(
        select(Invitation).where(whose, Invitation.used_at.is_(None))  # type: ignore[arg-type]
    ):
        row.used_at = now


def _add_invitation(
    session: Session, now: datetime, *, lasts: timedelta = INVITATION_LASTS, **values: object
) -> str:
    token = secrets.token_urlsafe(24)
    session.add(Invitation(token_hash=hash_token(token), created_at=now, expires_at=now + lasts, **values))
    session.flush()
    return token


def _find_open(session: Session, token: str, now: datetime) -> Invitation:
    found = session.scalars(select(Invitation).where(Invitation.token_hash == hash_token(token))).first()
    if found is None or found.used_at is not None or found.expires_at <= now:
        raise NotFoundError("This link has been used or has run out; ask your instructor for a new one.")
    return found


def _claim(session: Session, token: str, now: datetime) -> Invitation:
    """Use a link up before anything is done with it, so that of two at once only one goes on."""
    found = _find_open(session, token, now)
    claimed = session.execute(
        update(Invitation).where(Invitation.id == found.id, Invitation.used_at.is_(None)).values(used_at=now)
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]  # a cursor result has it
        raise NotFoundError("This link has been used; ask your instructor for a new one.")
    return found


def read_invitation(session: Session, token: str, now: datetime) -> OpenInvitation:
    """What a link is for; NotFoundError when it cannot be used any more."""
    invitation = _find_open(session, token, now)
    enrollment = session.get(Enrollment, invitation.enrollment_id) if invitation.enrollment_id else None
    user = session.get(User, invitation.user_id) if invitation.user_id else None
    if user is None and enrollment is not None and enrollment.user_id:
        user = session.get(User, enrollment.user_id)
    email = (user.email if user else None) or (enrollment.email if enrollment else "")
    sign_in_name = user.sign_in_name if user else None
    return OpenInvitation(
        invitation_id=invitation.id,
        name=(user.name if user else "") or (_name_of(enrollment) if enrollment else ""),
        email=email,
        role=invitation.role,
        course_name=enrollment.course.name if enrollment else "",
        needs_sign_in_name=not email and sign_in_name is None,
    )


def _name_of(enrollment: Enrollment) -> str:
    return f"{enrollment.preferred_name or enrollment.given_name} {enrollment.family_name}".strip()


def accept_invitation(token: str, password_hash: str, *, now: datetime, sign_in_name: str = "") -> int:
    """Use a link: make or find the user, set the password, link the enrollment; the user's id.

    Other sessions of the user end. Whoever has an account already joins with it: `password_hash`
    must then be the present one, because a roster can name anybody's address, and a link made
    from it must never open their account.
    """
    with write_transaction() as session:
        invitation = _claim(session, token, now)
        user = _user_of(session, invitation, sign_in_name, now)
        joins = invitation.enrollment_id is not None and user.password_hash is not None
        if joins and user.password_hash != password_hash:
            raise ConflictError("You have an account already; give its present password to join.")
        user.password_hash = password_hash
        user.session_version = User.session_version + 1
        record(
            session,
            actor=user.id,
            course_id=invitation.course_id,
            subject_type="user",
            subject_id=user.id,
            action="choose-password",
            now=now,
        )
        return user.id


def _user_of(session: Session, invitation: Invitation, sign_in_name: str, now: datetime) -> User:
    if invitation.user_id is not None:
        return session.get_one(User, invitation.user_id)
    if invitation.enrollment_id is None:
        raise NotFoundError("This link belongs to nobody; ask for a new one.")
    enrollment = session.get_one(Enrollment, invitation.enrollment_id)
    if enrollment.user_id is not None:
        return session.get_one(User, enrollment.user_id)
    email = enrollment.email.strip().casefold() or None
    user = session.scalars(select(User).where(User.email == email)).first() if email else None
    if user is None:
        name = None if email else _free_name(session, sign_in_name)
        user = User(
            email=email, sign_in_name=name, name=_name_of(enrollment)[:200], session_version=0, created_at=now
        )
        session.add(user)
        session.flush()
    elif _is_enrolled(session, enrollment.course_id, user.id):
        raise ConflictError(
            "This e-mail address belongs to somebody else in the course; tell your instructor."
        )
    enrollment.user_id = user.id
    return user


def _is_enrolled(session: Session, course_id: int, user_id: int) -> bool:
    statement = select(Enrollment.id).where(Enrollment.course_id == course_id, Enrollment.user_id == user_id)
    return session.scalar(statement) is not None


def _free_name(session: Session, wanted: str) -> str:
    name = wanted.strip().casefold()
    if not 3 <= len(name) <= 80 or any(char.isspace() or char == "@" for char in name):
        raise TrackerError("Choose a name to sign in with: 3 to 80 characters, without blanks and @.")
    if session.scalar(select(User.id).where(User.sign_in_name == name)) is not None:
        raise ConflictError("Somebody signs in with this name already; choose another.")
    return name


def set_password(user_id: int, password_hash: str, *, now: datetime) -> None:
    """Change a password; every session of the user ends."""
    with write_transaction() as session:
        user = session.get_one(User, user_id)
        user.password_hash = password_hash
        user.session_version = User.session_version + 1
        record(
            session,
            actor=user_id,
            course_id=None,
            subject_type="user",
            subject_id=user_id,
            action="change-password",
            now=now,
        )


def end_sessions(user_id: int) -> None:
    """Sign a user out everywhere."""
    with write_transaction() as session:
        session.get_one(User, user_id).session_version = User.session_version + 1
