"""A password is kept, whoever chose it and by whatever way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.jobs.audit import record
from tracker.models import User


def keep_password(
    session: Session, user: User, password_hash: str, *, action: str, course_id: int | None, now: datetime
) -> None:
    """Change a user's password and end their other sessions; `action` is for the audit log.
    Does not commit."""
    user.password_hash = password_hash
    user.session_version = User.session_version + 1
    record(session, Act(now, user.id), action, "user", user.id, course_id=course_id)
