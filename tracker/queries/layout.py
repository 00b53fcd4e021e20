"""What the bar of every staff page shows."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import Enrollment, Linkage


def count_reviews(session: Session, course_id: int, section_ids: Collection[int] | None) -> int:
    """Comments of this course that wait for a person. With `section_ids`, those only for which a
    student of these sections is among the candidates."""
    waiting = (Linkage.course_id == course_id, Linkage.verdict == "review")
    if section_ids is None:
        return session.scalar(select(func.count()).select_from(Linkage).where(*waiting)) or 0
    theirs = set(
        session.scalars(
            select(Enrollment.id).where(
                Enrollment.course_id == course_id, Enrollment.section_id.in_(section_ids)
            )
        )
    )
    found = session.scalars(select(Linkage.candidates).where(*waiting))
    return sum(any(candidate["enrollment_id"] in theirs for candidate in row) for row in found)
