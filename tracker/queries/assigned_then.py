"""Who was assigned a blog when a comment was posted on it: those who can have written it, whoever did.

Tested in tests/queries/test_assigned_then.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.domain.roster import AllocatedBlog
from tracker.matching.candidates import is_within
from tracker.models import Allocation, Enrollment
from tracker.queries.class_standing import in_sections
from tracker.queries.coursework import active_students


@dataclass(frozen=True, slots=True)
class AssignedThen:
    """Blog -> the active students who were assigned it at any time, each with the window."""

    windows: Mapping[int, Sequence[tuple[int, AllocatedBlog]]]

    def at(self, blog_id: int, posted_at: datetime | None) -> frozenset[int]:
        """Whose the blog was at an instant; of an undated comment, at any."""
        return frozenset(who for who, window in self.windows.get(blog_id, ()) if is_within(window, posted_at))


def load_assigned_then(
    session: Session, course_id: int, section_ids: Collection[int] | None, blog_ids: Collection[int]
) -> AssignedThen:
    """For these blogs, the students of these sections (None: of all)."""
    rows = session.scalars(
        select(Allocation)
        .join(Enrollment, Enrollment.id == Allocation.enrollment_id)
        .where(active_students(course_id), in_sections(section_ids), Allocation.blog_id.in_(blog_ids))
        .order_by(Allocation.id)
    )
    return AssignedThen(
        grouped(
            (row.blog_id, (row.enrollment_id, AllocatedBlog(row.blog_id, row.opens_at, row.due_at)))
            for row in rows
        )
    )
