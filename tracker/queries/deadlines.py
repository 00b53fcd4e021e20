"""Which work is due soon, and on which blogs it may still show up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms, Deadline
from tracker.domain.errors import TrackerError
from tracker.grading.terms_document import terms_from_document
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Course,
    RequirementException,
)
from tracker.queries.coursework import load_class_blogs

BEHIND = timedelta(hours=1)
AHEAD = timedelta(days=2)
"""Due instants further away matter to no look that is planned now: a night comes before them."""

SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class _Round:
    id: int
    course_id: int
    title: str
    terms: AssignmentTerms


def load_deadlines(session: Session, now: datetime) -> dict[tuple[int, bool], tuple[Deadline, ...]]:
    """(blog, of its posts?) -> the due instants near `now` of work that may show up there.

    Comments are due on the blogs that were given to students, summaries on the class blogs of
    the course; extensions count beside the terms' own instant. Courses archived ask for nothing.
    """
    rounds = _load_rounds(session)
    extensions = _load_extensions(session, now)
    found: dict[tuple[int, bool], set[Deadline]] = defaultdict(set)
    for row in _load_allocations(session, rounds, {round_id for round_id, _ in extensions}, now):
        one = rounds[row.assignment_id]
        extended = [due for part, due in extensions.get((one.id, row.enrollment_id), ()) if part != SUMMARY]
        for due_at in (row.due_at or one.terms.comments.window.due_at, *extended):
            found[row.blog_id, False].add(Deadline(due_at, one.title))
    for one in rounds.values():
        if one.terms.summary is not None:
            for blog_id, due_at in _summaries(session, one, one.terms.summary.window.due_at, extensions, now):
                found[blog_id, True].add(Deadline(due_at, one.title))
    return {
        place: tuple(sorted(near, key=lambda one: (one.due_at, one.title)))
        for place, deadlines in found.items()
        if (near := [one for one in deadlines if _is_near(one.due_at, now)])
    }


def _is_near(due_at: datetime, now: datetime) -> bool:
    return now - BEHIND <= due_at <= now + AHEAD


def _load_rounds(session: Session) -> dict[int, _Round]:
    """The assignments of open courses. Terms that cannot be read keep no blog from being looked at."""
    rows = session.execute(
        select(Assignment, AssignmentTermsVersion.document)
        .join(Course, Course.id == Assignment.course_id)
        .join(
            AssignmentTermsVersion,
            and_(
                AssignmentTermsVersion.assignment_id == Assignment.id,
                AssignmentTermsVersion.version == Assignment.current_version,
            ),
        )
        .where(Course.archived_at.is_(None))
        .order_by(Assignment.id)
    )
    found = {}
    for assignment, document in rows:
        try:
            terms = terms_from_document(document)
        except TrackerError:
            continue
        found[assignment.id] = _Round(assignment.id, assignment.course_id, assignment.title, terms)
    return found


def _load_extensions(
    session: Session, now: datetime
) -> dict[tuple[int, int], list[tuple[str | None, datetime]]]:
    """(assignment, enrollment) -> requirement (None: all) and due instant of each extension near `now`."""
    rows = session.execute(
        select(RequirementException).where(
            RequirementException.revoked_at.is_(None),
            RequirementException.due_at >= now - BEHIND,
            RequirementException.due_at <= now + AHEAD,
        )
    )
    found: dict[tuple[int, int], list[tuple[str | None, datetime]]] = defaultdict(list)
    for (row,) in rows:
        if row.due_at is not None:
            found[row.assignment_id, row.enrollment_id].append((row.requirement, row.due_at))
    return found


def _load_allocations(
    session: Session, rounds: Mapping[int, _Round], extended: Collection[int], now: datetime
) -> Sequence[Allocation]:
    """The blogs given for rounds that are due soon, for everybody or for some."""
    near = [
        one.id
        for one in rounds.values()
        if one.id in extended or _is_near(one.terms.comments.window.due_at, now)
    ]
    own_due = and_(Allocation.assignment_id.in_(rounds), Allocation.due_at.between(now - BEHIND, now + AHEAD))
    return session.scalars(
        select(Allocation).where(
            or_(Allocation.assignment_id.in_(near), own_due), Allocation.replaced_by_id.is_(None)
        )
    ).all()


def _summaries(
    session: Session,
    one: _Round,
    due_at: datetime,
    extensions: dict[tuple[int, int], list[tuple[str | None, datetime]]],
    now: datetime,
) -> list[tuple[int, datetime]]:
    """(class blog, due instant) of the summaries of a round, where any is near."""
    given = {
        enrollment_id: [due for part, due in extended if part in (None, SUMMARY)]
        for (assignment_id, enrollment_id), extended in extensions.items()
        if assignment_id == one.id
    }
    if not _is_near(due_at, now) and not any(given.values()):
        return []
    return [
        (blog_id, due)
        for enrollment_id, blog_id in load_class_blogs(session, one.course_id)
        for due in (due_at, *given.get(enrollment_id, ()))
    ]
