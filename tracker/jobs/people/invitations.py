"""Links that let people in: offered once, used once, kept as hashes only.

Tested in tests/jobs/people/test_accounts.py.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.jobs.audit import record
from tracker.jobs.transaction import read_transaction, write_transaction
from tracker.models import Enrollment, Invitation, User
from tracker.queries.people.people import find_by_sign_in, find_without_account

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=1)


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


def invite(enrollment_id: int, act: Act) -> str:
    """A one-time link's token for a person enrolled; earlier unused ones stop working."""
    with write_transaction(preview=act.preview) as session:
        enrollment = session.get_one(Enrollment, enrollment_id)
        close_links(session, act.now, enrollment_ids=[enrollment_id])
        token = add_invitation(
            session,
            act.now,
            purpose="invite",
            enrollment_id=enrollment.id,
            course_id=enrollment.course_id,
            role=enrollment.role,
            created_by_id=act.by,
        )
        record(session, act, "invite", "enrollment", enrollment.id, course_id=enrollment.course_id)
        return token


def offer_new_password(user_id: int, act: Act) -> str:
    """A one-time link's token to choose a new password, for an hour; the first one, for 14 days.

    Staff (`by`) may offer it to students only: a link opens the account in every course.
    """
    with write_transaction(preview=act.preview) as session:
        user = session.get_one(User, user_id)
        teaches = exists().where(Enrollment.user_id == user_id, Enrollment.role != "student")
        if act.by is not None and (user.is_admin or session.scalar(select(teaches))):
            raise ConflictError("Only an administrator can reset the password of a staff member.")
        if user.is_disabled:
            raise ConflictError("This account is disabled. Enable it first (disable-user EMAIL --undo).")
        close_links(session, act.now, user_id=user_id)
        purpose, lasts = ("reset", RESET_LASTS) if user.password_hash else ("invite", INVITATION_LASTS)
        token = add_invitation(
            session, act.now, purpose=purpose, user_id=user_id, created_by_id=act.by, lasts=lasts
        )
        record(session, act, "offer-new-password", "user", user_id)
        return token


@dataclass(frozen=True)
class NewLink:
    """A link for somebody who cannot come in. `course` "": for an account that is there."""

    token: str
    lasts: timedelta
    course: str = ""


def make_new_link(name: str, act: Act) -> NewLink:
    """A link for anybody, by email address or sign-in name: to choose a password anew, to choose the
    first one again for 14 days, or, for a person who is only on a roster, to make the account.

    For whoever runs the program (`act.by` None): staff are told no when the account is a colleague's.
    """
    with read_transaction() as session:
        user = find_by_sign_in(session, name)
        enrollment = None if user else find_without_account(session, name)
        user_id = user.id if user else None
        lasts = RESET_LASTS if user and user.password_hash else INVITATION_LASTS
        enrolled = (enrollment.id, enrollment.course.key) if enrollment else None
    if user_id is not None:
        return NewLink(offer_new_password(user_id, act), lasts)
    if enrolled is None:
        raise NotFoundError(f"There is no user {name}, and nobody on a roster has this address.")
    return NewLink(invite(enrolled[0], act), lasts, enrolled[1])


def close_links(
    session: Session, now: datetime, *, user_id: int | None = None, enrollment_ids: Collection[int] = ()
) -> None:
    """End what links are open for an account or for enrollments. Does not commit."""
    whose = (Invitation.user_id == user_id) | Invitation.enrollment_id.in_(enrollment_ids)
    session.execute(update(Invitation).where(whose, Invitation.used_at.is_(None)).values(used_at=now))


def add_invitation(
    session: Session, now: datetime, *, lasts: timedelta = INVITATION_LASTS, **values: object
) -> str:
    """Keep a new link; its token, which is kept nowhere else."""
    token = secrets.token_urlsafe(24)
    session.add(Invitation(token_hash=hash_token(token), created_at=now, expires_at=now + lasts, **values))
    session.flush()
    return token


def _find_open(session: Session, token: str, now: datetime) -> Invitation:
    found = session.scalars(select(Invitation).where(Invitation.token_hash == hash_token(token))).first()
    if found is None or found.used_at is not None or found.expires_at <= now:
        raise NotFoundError("This link has been used or has expired. Ask your instructor for a new one.")
    return found


def _claim(session: Session, token: str, now: datetime) -> Invitation:
    """Use a link up before anything is done with it, so that of two at once only one goes on."""
    found = _find_open(session, token, now)
    claimed = session.execute(
        update(Invitation).where(Invitation.id == found.id, Invitation.used_at.is_(None)).values(used_at=now)
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]  # a cursor result has it
        raise NotFoundError("This link has been used. Ask your instructor for a new one.")
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

    Other sessions of the user end. A person who has an account already joins with it: `password_hash`
    must then be the present one, because a roster can name anybody's address, and a link made
    from it must never open their account.
    """
    with write_transaction() as session:
        invitation = _claim(session, token, now)
        user = _user_of(session, invitation, sign_in_name, now)
        joins = invitation.enrollment_id is not None and user.password_hash is not None
        if joins and user.password_hash != password_hash:
            raise ConflictError("You already have an account. Enter its password to join.")
        keep_password(
            session, user, password_hash, action="choose-password", course_id=invitation.course_id, now=now
        )
        return user.id


def keep_password(
    session: Session, user: User, password_hash: str, *, action: str, course_id: int | None, now: datetime
) -> None:
    """Change a user's password, end their other sessions and every link by which it could be changed
    again; `action` is for the audit log. Does not commit."""
    close_links(session, now, user_id=user.id)
    user.password_hash = password_hash
    user.session_version = User.session_version + 1
    record(session, Act(now, user.id), action, "user", user.id, course_id=course_id)


def _user_of(session: Session, invitation: Invitation, sign_in_name: str, now: datetime) -> User:
    if invitation.user_id is not None:
        return session.get_one(User, invitation.user_id)
    if invitation.enrollment_id is None:
        raise NotFoundError("This link is not for any account. Ask your instructor for a new one.")
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
            "This email address belongs to another person in the course. Tell your instructor."
        )
    enrollment.user_id = user.id
    return user


def _is_enrolled(session: Session, course_id: int, user_id: int) -> bool:
    statement = select(Enrollment.id).where(Enrollment.course_id == course_id, Enrollment.user_id == user_id)
    return session.scalar(statement) is not None


def _free_name(session: Session, wanted: str) -> str:
    name = wanted.strip().casefold()
    if not 3 <= len(name) <= 80 or any(char.isspace() or char == "@" for char in name):
        raise TrackerError("Choose a sign-in name of 3 to 80 characters, without spaces or @.")
    if session.scalar(select(User.id).where(User.sign_in_name == name)) is not None:
        raise ConflictError("This sign-in name is taken. Choose another one.")
    return name
