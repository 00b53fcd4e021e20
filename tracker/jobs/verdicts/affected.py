"""Which verdicts a run may have changed: those that its checks or the time bear on, and no others.

Comments and posts that a check brings are judged with it, student by student. What is left for the
end of a run is what finding nothing changes, and what passing instants do.

Tested in tests/jobs/verdicts/test_random_courses.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.states import MAY_CHANGE, State
from tracker.grading.judging.credit import RULES_VERSION
from tracker.grading.rules.document import terms_from_document
from tracker.models import Course, GradingState
from tracker.queries import coursework
from tracker.queries.polling.affected import OpenVerdict, load_changes, load_open_verdicts, load_polled_blogs
from tracker.queries.verdicts.facts import load_sights

Cell = tuple[int, int]


@dataclass(frozen=True)
class Since:
    """The run that ends, and when the last one began that came to its end (None: there was none)."""

    run_id: int
    at: datetime | None


def find_touched(session: Session, course_id: int, since: Since, as_of: datetime) -> set[Cell]:
    """The cells to judge again at the end of a run: open ones on blogs that this run checked, and
    those with an instant that passed since the last run."""
    polled = load_polled_blogs(session, since.run_id)
    troubled = {
        one.blog_id
        for sights in load_sights(session, course_id)
        for one in sights.values()
        if one.failing_since is not None or one.is_opted_out
    }
    opened = _load_opened(session, course_id, since.at, as_of)
    return {
        (row.assignment_id, row.enrollment_id)
        for row in load_open_verdicts(session, course_id, sorted(MAY_CHANGE))
        if row.assignment_id in opened
        or (row.due_at <= as_of and (since.at is None or since.at < row.due_at))
        or _may_differ(row, polled, troubled)
    }


def _may_differ(row: OpenVerdict, polled: set[int], troubled: set[int]) -> bool:
    """Whether a check can have changed it. Of what is not due yet a check changes only the warning that
    its blog is in trouble, or is no longer."""
    blogs = polled.intersection(row.blog_ids)
    if row.state == State.NOT_DUE and row.reason != "receipt-saved":
        return bool(blogs) and (row.has_remarks or not troubled.isdisjoint(blogs))
    return bool(blogs)


def _load_opened(session: Session, course_id: int, since: datetime | None, as_of: datetime) -> set[int]:
    """Assignments of which a window opened meanwhile, the terms' own or one that a student was given."""
    rows = coursework.load_assignments(session, course_id)
    own = coursework.load_allocations(session, [row.id for row in rows])
    opens: list[tuple[int, datetime | None]] = [
        (row.id, period.window.opens_at)
        for row in rows
        for part in terms_from_document(row.document).parts
        for period in part.periods
    ]
    opens += [(row.assignment_id, row.opens_at) for row in own]
    return {
        assignment_id
        for assignment_id, at in opens
        if at is not None and at <= as_of and (since is None or at > since)
    }


def is_graded_by_now(session: Session, course_id: int) -> bool:
    """Whether all verdicts of a course were judged by the rules, terms and places of now."""
    state = session.get(GradingState, course_id)
    return state is not None and state.graded_by == _digest(session, course_id)


def note_graded(session: Session, course_id: int) -> None:
    """Note that all verdicts of a course are judged by what holds now. Does not commit."""
    digest = _digest(session, course_id)
    state = session.get(GradingState, course_id)
    if state is None:
        session.add(GradingState(course_id=course_id, graded_by=digest))
    elif state.graded_by != digest:
        state.graded_by = digest


def _digest(session: Session, course_id: int) -> str:
    course = session.get_one(Course, course_id)
    parts: Iterable[object] = (
        RULES_VERSION,
        course.time_zone,
        list(course.words),
        course.settings,
        [[row.id, row.version] for row in coursework.load_assignments(session, course_id)],
        sorted(coursework.load_section_ids(session, course_id).items()),
        coursework.load_followed_addresses(session, course_id),
        coursework.load_class_blogs(session, course_id),
        load_changes(session, course_id),
    )
    return hashlib.sha256(json.dumps(list(parts), sort_keys=True, default=str).encode()).hexdigest()
