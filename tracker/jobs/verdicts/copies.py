"""Comments that are like an earlier one of a classmate, written down for every page (PRODUCT S10).

Tested in tests/jobs/verdicts/test_copies.py.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Linkage
from tracker.queries.coursework import batches
from tracker.queries.verdicts.similarity import find_copies


def note_copies(session: Session, course_id: int) -> set[int]:
    """Bring up to date which comments of a course are like which; the students whose marks changed.
    Does not commit."""
    found = find_copies(session, course_id)
    mine = select(Linkage).where(Linkage.course_id == course_id)
    rows = {row.comment_id: row for row in session.scalars(mine.where(Linkage.copy_of_id.is_not(None)))}
    for ids in batches(sorted(found)):
        rows |= {row.comment_id: row for row in session.scalars(mine.where(Linkage.comment_id.in_(ids)))}
    changed: set[int] = set()
    for row in rows.values():
        like = found.get(row.comment_id)
        now = (None, None) if like is None else (like.percent, like.other_id)
        if (row.copy_percent, row.copy_of_id) != now:
            row.copy_percent, row.copy_of_id = now
            if row.enrollment_id is not None:
                changed.add(row.enrollment_id)
    session.flush()
    return changed
