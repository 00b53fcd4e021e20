"""A blog that died before a round was over: its unfinished students get another one and more time.

What they wrote on the old one keeps its credit (PRODUCT S15). An undo gives the old blogs back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.assignment import AssignmentTerms, Where
from tracker.domain.errors import ConflictError, TrackerError
from tracker.domain.states import NOTHING_TO_DO
from tracker.grading.rota import allot
from tracker.grading.rules.document import terms_from_document
from tracker.grading.windows import due_instant, shown_due
from tracker.jobs.assignments.assign_blogs import find_assignment, finish
from tracker.jobs.transaction import write_transaction
from tracker.models import Allocation, Assignment, Course
from tracker.queries.assignments.assigned_blogs import BlogChoice, load_choices, load_had, load_states

EXTRA_DAYS = 5
OFFERED = 3


@dataclass(frozen=True)
class Moved:
    """A student who gets another blog: how many comments they keep, until when the rest is due."""

    enrollment_id: int
    blog_id: int
    kept: int
    due_at: datetime


@dataclass(frozen=True)
class ReplaceReport:
    """`untouched` had everything in. `offered` are the least loaded blogs that can be given."""

    moved: tuple[Moved, ...]
    untouched: tuple[int, ...]
    without: Mapping[int, str]
    offered: tuple[BlogChoice, ...]


def replace_blog(
    course_id: int,
    key: str,
    blog_id: int,
    act: Act,
    *,
    extra_days: int = EXTRA_DAYS,
    expected: Mapping[int, int] | None = None,
) -> ReplaceReport:
    """Give the unfinished students of a blog one of the three least loaded healthy blogs, and so many
    days more, by the clock on the wall. `expected`: student -> blog as a person saw it before saving."""
    if not 0 <= extra_days <= 365:
        raise TrackerError("Enter from 0 to 365 extra days.")
    with write_transaction(preview=act.preview) as session:
        assignment = find_assignment(session, course_id, key)
        report = _plan(session, assignment, blog_id, extra_days, act.now)
        if expected is not None and dict(expected) != {
            one.enrollment_id: one.blog_id for one in report.moved
        }:
            raise ConflictError("Something changed in the meantime. Review the new blogs before you save.")
        if not act.preview:
            _move(session, assignment, blog_id, report, act)
    return report


def undo_replace(course_id: int, key: str, blog_id: int, act: Act) -> int:
    """Give the old blog back to everybody whom it was taken from; how many."""
    with write_transaction(preview=act.preview) as session:
        assignment = find_assignment(session, course_id, key)
        old = session.scalars(
            select(Allocation).where(
                Allocation.assignment_id == assignment.id,
                Allocation.blog_id == blog_id,
                Allocation.replaced_by_id.is_not(None),
            )
        ).all()
        for row in old:
            new = session.get_one(Allocation, row.replaced_by_id)
            row.replaced_by_id, row.keeps_credit = None, False
            session.flush()
            session.delete(new)
        if old:
            finish(session, assignment, "undo-replace-blog", {"blog": blog_id, "students": len(old)}, act)
        return len(old)


def _plan(
    session: Session, assignment: Assignment, blog_id: int, extra_days: int, now: datetime
) -> ReplaceReport:
    terms = terms_from_document(assignment.current_terms.document)
    standing = select(Allocation).filter_by(assignment_id=assignment.id, blog_id=blog_id, replaced_by_id=None)
    rows = session.scalars(standing.order_by(Allocation.id)).all()
    states = load_states(session, assignment.id, _keys(terms))
    at_work = {
        row.enrollment_id
        for row in rows
        if any(one.state not in NOTHING_TO_DO for one in states[row.enrollment_id])
    }
    choices = load_choices(session, assignment.course_id, assignment.id, now)
    healthy = sorted(
        (one for one in choices if one.report.judged.is_healthy and one.blog_id != blog_id),
        key=lambda one: one.students,
    )
    offered = healthy[:OFFERED]
    plan = allot(
        [row.enrollment_id for row in rows if row.enrollment_id in at_work],
        [one.blog_id for one in offered],
        had=load_had(session, assignment.course_id),
        loads={one.blog_id: one.students for one in offered},
    )
    zone = session.get_one(Course, assignment.course_id).zone
    moved = tuple(
        Moved(
            row.enrollment_id,
            plan.given[row.enrollment_id],
            sum(
                one.comment_id is not None and one.state in NOTHING_TO_DO for one in states[row.enrollment_id]
            ),
            _new_due(row.due_at or _due(terms), extra_days, now, zone),
        )
        for row in rows
        if row.enrollment_id in plan.given
    )
    untouched = tuple(row.enrollment_id for row in rows if row.enrollment_id not in at_work)
    return ReplaceReport(moved, untouched, plan.without, tuple(offered))


def _new_due(due_at: datetime, extra_days: int, now: datetime, zone: ZoneInfo) -> datetime:
    """So many days after a due time, by the clock on the wall; where it has passed, after the next time
    that the clock shows its hour, so that nobody gets a due time in the past."""
    last, here = shown_due(due_at, zone), now.astimezone(zone).replace(tzinfo=None)
    passed = (here - last) // timedelta(days=1) + 1 if last <= here else 0
    return due_instant(last + timedelta(days=passed + extra_days), zone)


def _move(session: Session, assignment: Assignment, blog_id: int, report: ReplaceReport, act: Act) -> None:
    for one in report.moved:
        held = select(Allocation).filter_by(assignment_id=assignment.id, enrollment_id=one.enrollment_id)
        old = session.scalars(held.filter_by(blog_id=blog_id)).one()
        new = Allocation(
            assignment_id=assignment.id,
            enrollment_id=one.enrollment_id,
            blog_id=one.blog_id,
            opens_at=old.opens_at,
            due_at=one.due_at,
            created_at=act.now,
        )
        session.add(new)
        session.flush()
        old.replaced_by_id, old.keeps_credit = new.id, True
    if report.moved:
        finish(session, assignment, "replace-blog", {"blog": blog_id, "students": len(report.moved)}, act)


def _keys(terms: AssignmentTerms) -> list[str]:
    return [
        slot.key
        for part in terms.comment_parts
        if part.target.where is Where.ALLOCATED
        for slot in part.requirements()
    ]


def _due(terms: AssignmentTerms) -> datetime:
    window = terms.comments_window
    if window is None:
        raise TrackerError("This assignment doesn’t ask for comments.")
    return window.due_at
