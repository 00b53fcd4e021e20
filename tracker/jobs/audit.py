"""The audit log: who changed what, by ids and codes only, so that erasing a person leaves it whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.models import AuditEntry


def record(
    session: Session,
    *,
    actor: int | None,
    course_id: int | None,
    subject_type: str,
    subject_id: int | None,
    action: str,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Note one change. `actor` is a user's id, None for the command line and the jobs themselves."""
    session.add(
        AuditEntry(
            actor_user_id=actor,
            course_id=course_id,
            subject_type=subject_type,
            subject_id=subject_id,
            action=action,
            before=before,
            after=after,
            at=now,
        )
    )
