"""Which work is due soon, and on which blogs it may still show up.

Tested in tests/jobs/polling/test_next_poll.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms, Deadline, RequirementKind, Where
from tracker.domain.errors import TrackerError
from tracker.domain.grouping import grouped
from tracker.grading.rules.document import terms_from_document
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Course,
    RequirementException,
)
from tracker.queries.coursework import load_class_blogs, load_followed_addresses

BEHIND = timedelta(hours=1)
AHEAD = timedelta(days=2)
"""Due instants further away matter to no check that is planned now: a night comes before them."""


@dataclass(frozen=True, slots=True)
class _OpenAssignment:
    id: int
    course_id: int
    title: str
    terms: AssignmentTerms

    def dues(self, kind: RequirementKind, *, allocated: bool = True) -> list[datetime]:
        """The due instants of the work of a kind; only of what is `allocated`, or only of what is not."""
        return [
            period.window.due_at
            for part in self.terms.parts
            if part.kind is kind and (part.target.where is Where.ALLOCATED) is allocated
            for period in part.periods
        ]

    def open_places(self) -> dict[RequirementKind, list[Where]]:
        """Where work that is not bound to a blog given may stand."""
        return grouped(
            (part.kind, part.target.where)
            for part in self.terms.parts
            if part.target.where is not Where.ALLOCATED
        )


def load_deadlines(session: Session, now: datetime) -> dict[tuple[int, bool], tuple[Deadline, ...]]:
    """(blog, of its posts?) -> the due instants near `now` of work that may show up there.

    Comments are due on the blogs that were given to students or, where a rule leaves the choice, on
    every blog of its choice; posts on the class blogs of the course. Extensions count beside the
    terms' own instants. Courses archived ask for nothing.
    """
    rounds = _load_rounds(session)
    extensions = _load_extensions(session, now)
    found: dict[tuple[int, bool], set[Deadline]] = defaultdict(set)
    for row in _load_allocations(session, rounds, {round_id for round_id, _ in extensions}, now):
        one = rounds[row.assignment_id]
        extended = _extended(one, RequirementKind.COMMENT, extensions, row.enrollment_id)
        own = [row.due_at] if row.due_at is not None else one.dues(RequirementKind.COMMENT)
        for due_at in (*own, *extended):
            found[row.blog_id, False].add(Deadline(due_at, one.title))
    for one in rounds.values():
        for blog_id, of_posts, due_at in _everywhere(session, one, extensions, now):
            found[blog_id, of_posts].add(Deadline(due_at, one.title))
    return {
        place: tuple(sorted(near, key=lambda one: (one.due_at, one.title)))
        for place, deadlines in found.items()
        if (near := [one for one in deadlines if _is_near(one.due_at, now)])
    }


def _is_near(due_at: datetime, now: datetime) -> bool:
    return now - BEHIND <= due_at <= now + AHEAD


def _load_rounds(session: Session) -> dict[int, _OpenAssignment]:
    """The assignments of open courses. Terms that cannot be read keep no blog from being checked."""
    rows = session.execute(
        select(Assignment, AssignmentTermsVersion.document)
        .join(Course, Course.id == Assignment.course_id)
        .join(Assignment.current_terms)
        .where(Course.archived_at.is_(None))
        .order_by(Assignment.id)
    )
    found = {}
    for assignment, document in rows:
        try:
            terms = terms_from_document(document)
        except TrackerError:
            continue
        found[assignment.id] = _OpenAssignment(assignment.id, assignment.course_id, assignment.title, terms)
    return found


def _load_extensions(
    session: Session, now: datetime
) -> dict[tuple[int, int], list[tuple[str | None, datetime]]]:
    """(assignment, enrollment) -> requirement (None: all) and due instant of each extension near `now`."""
    rows = session.scalars(
        select(RequirementException).where(
            RequirementException.revoked_at.is_(None),
            RequirementException.due_at >= now - BEHIND,
            RequirementException.due_at <= now + AHEAD,
        )
    )
    return grouped(
        ((row.assignment_id, row.enrollment_id), (row.requirement, row.due_at))
        for row in rows
        if row.due_at is not None
    )


def _load_allocations(
    session: Session, rounds: Mapping[int, _OpenAssignment], extended: Collection[int], now: datetime
) -> Sequence[Allocation]:
    """The blogs given for rounds that are due soon, for all students or for some."""
    near = [
        one.id
        for one in rounds.values()
        if one.id in extended or any(_is_near(due_at, now) for due_at in one.dues(RequirementKind.COMMENT))
    ]
    own_due = and_(Allocation.assignment_id.in_(rounds), Allocation.due_at.between(now - BEHIND, now + AHEAD))
    return session.scalars(
        select(Allocation).where(
            or_(Allocation.assignment_id.in_(near), own_due), Allocation.replaced_by_id.is_(None)
        )
    ).all()


def _extended(
    one: _OpenAssignment,
    kind: RequirementKind,
    extensions: Mapping[tuple[int, int], Sequence[tuple[str | None, datetime]]],
    enrollment_id: int,
) -> list[datetime]:
    """The due instants that one student was given for work of a kind."""
    keys = {slot.key for slot in one.terms.requirements() if slot.kind is kind}
    return [due for key, due in extensions.get((one.id, enrollment_id), ()) if key is None or key in keys]


def _everywhere(
    session: Session,
    one: _OpenAssignment,
    extensions: Mapping[tuple[int, int], Sequence[tuple[str | None, datetime]]],
    now: datetime,
) -> Iterator[tuple[int, bool, datetime]]:
    """(blog, of its posts?, due instant) of work that is not bound to a blog given, where any is near."""
    for kind, places in one.open_places().items():
        given = {
            enrollment_id: _extended(one, kind, extensions, enrollment_id)
            for assignment_id, enrollment_id in extensions
            if assignment_id == one.id
        }
        near = [due_at for due_at in one.dues(kind, allocated=False) if _is_near(due_at, now)]
        if not near and not any(given.values()):
            continue
        dues = set(near).union(*given.values()) if kind is RequirementKind.COMMENT else set(near)
        if {Where.FOLLOWED, Where.LISTED}.intersection(places):
            followed = {blog_id for blog_id, _ in load_followed_addresses(session, one.course_id)}
            yield from ((blog_id, False, due_at) for blog_id in followed for due_at in dues)
        if {Where.CLASSMATES, Where.SECTION, Where.OWN}.intersection(places):
            of_posts = kind is RequirementKind.POST
            for enrollment_id, blog_id in load_class_blogs(session, one.course_id):
                own = given.get(enrollment_id, ()) if of_posts else ()
                yield from ((blog_id, of_posts, due_at) for due_at in (*dues, *own))
