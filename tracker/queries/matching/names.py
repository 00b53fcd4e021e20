"""The students' names that sentences of evidence need.

Tested in tests/jobs/matching/test_rematch.py.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.roster import PersonName
from tracker.models import Enrollment


def load_names(
    session: Session, course_id: int, people: Collection[int] | None = None
) -> dict[int, PersonName]:
    """enrollment -> name, of these students of a course (None: of all)."""
    wanted = Enrollment.course_id == course_id
    if people is not None:
        wanted &= Enrollment.id.in_(sorted(people))
    return {row.id: row.as_name() for row in session.scalars(select(Enrollment).where(wanted))}
