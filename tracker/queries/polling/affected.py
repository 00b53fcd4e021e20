"""What a run checked, and the verdicts that may still change.

Tested in tests/jobs/verdicts/test_random_courses.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import (
    Allocation,
    Assignment,
    Enrollment,
    Feed,
    Poll,
    RequirementException,
    RequirementVerdict,
    Run,
)
from tracker.queries.coursework import active_students


@dataclass(frozen=True, slots=True)
class OpenVerdict:
    assignment_id: int
    enrollment_id: int
    due_at: datetime
    state: str
    reason: str
    blog_ids: tuple[int, ...]
    has_remarks: bool


def load_open_verdicts(session: Session, course_id: int, states: Collection[str]) -> list[OpenVerdict]:
    """The verdicts of active students in these states, with the places they rest on."""
    rows = session.execute(
        select(
            RequirementVerdict.assignment_id,
            RequirementVerdict.enrollment_id,
            RequirementVerdict.due_at,
            RequirementVerdict.state,
            RequirementVerdict.reason,
            RequirementVerdict.evidence,
        )
        .join(Enrollment, Enrollment.id == RequirementVerdict.enrollment_id)
        .where(active_students(course_id), RequirementVerdict.state.in_(states))
    )
    return [
        OpenVerdict(
            row.assignment_id,
            row.enrollment_id,
            row.due_at,
            row.state,
            row.reason,
            tuple(row.evidence.get("blog_ids", ())),
            bool(row.evidence.get("hints")),
        )
        for row in rows
    ]


def load_polled_blogs(session: Session, run_id: int) -> set[int]:
    """The blogs of which a run checked any feed."""
    rows = session.scalars(
        select(Feed.blog_id).join(Poll, Poll.feed_id == Feed.id).where(Poll.run_id == run_id).distinct()
    )
    return set(rows)


def load_last_complete_run(session: Session, before: int) -> datetime | None:
    """When the last run began, before this one, that came to its end."""
    return session.scalar(
        select(Run.started_at)
        .where(Run.id < before, Run.ended_at.is_not(None), Run.reason == "")
        .order_by(Run.id.desc())
        .limit(1)
    )


def load_changes(session: Session, course_id: int) -> list[int]:
    """Figures that change with every allocation and exception."""
    mine = select(Assignment.id).where(Assignment.course_id == course_id)
    of_allocations = select(func.count(), func.coalesce(func.max(Allocation.id), 0)).where(
        Allocation.assignment_id.in_(mine)
    )
    of_exceptions = select(
        func.count(),
        func.coalesce(func.max(RequirementException.id), 0),
        func.count(RequirementException.revoked_at),
    ).where(RequirementException.assignment_id.in_(mine))
    return [*session.execute(of_allocations).one(), *session.execute(of_exceptions).one()]
