"""The audit log: who changed what, by ids and codes only, so that erasing a person leaves it whole.

Tested in tests/jobs/grades/test_grade_student.py.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.models import AuditEntry


def record(
    session: Session,
    act: Act,
    action: str,
    subject_type: str,
    subject_id: int | None,
    *,
    course_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Note one change. `act.by` None: the command line or a job made it by itself."""
    session.add(
        AuditEntry(
            actor_user_id=act.by,
            course_id=course_id,
            subject_type=subject_type,
            subject_id=subject_id,
            action=action,
            before=before,
            after=after,
            at=act.now,
        )
    )
