"""Who is signed in, and for how long: staff two hours idle and twelve in all, students two weeks.

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import session
from flask_login import login_user, logout_user

from tracker import clock
from tracker.extensions import db
from tracker.models import User
from tracker.queries.permissions import is_staff_anywhere

STAFF_IDLE = timedelta(hours=2)
STAFF_LONGEST = timedelta(hours=12)
STUDENT_LONGEST = timedelta(days=14)
NOTE_EVERY = timedelta(minutes=1)
"""How exactly a session remembers when it was last used; each change sends a new cookie."""


def begin(user: User) -> None:
    """Sign a user in under a new session; nothing of the one before is kept."""
    session.clear()
    login_user(user)
    session.permanent = True
    session["since"] = session["used"] = clock.now().timestamp()


def end() -> None:
    logout_user()
    session.clear()


def load_user(value: str) -> User | None:
    """The user of a session, asked at every request: None when the session was ended (its version
    is old), the account was closed, or its time is over."""
    user_id, _, version = value.partition(":")
    if not user_id.isdecimal():
        return None
    user = db.session.get(User, int(user_id))
    if user is None or user.is_disabled or version != str(user.session_version):
        return None
    is_staff = user.is_admin or is_staff_anywhere(db.session(), user.id)
    return user if _keep(clock.now(), is_staff) else None


def _keep(now: datetime, is_staff: bool) -> bool:
    """Whether the session is still good; notes that it was used."""
    age, idle = (now.timestamp() - float(session.get(key, 0)) for key in ("since", "used"))
    if age >= (STAFF_LONGEST if is_staff else STUDENT_LONGEST).total_seconds():
        return False
    if is_staff and idle >= STAFF_IDLE.total_seconds():
        return False
    if idle >= NOTE_EVERY.total_seconds():
        session["used"] = now.timestamp()
    return True
