"""One student as staff see them: every assignment, what they are known by, what they wrote.

Tested in tests/queries/people/test_lists.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.locale import CourseLocale
from tracker.domain.states import PLAIN
from tracker.grading.round_summary import Standing
from tracker.models import (
    Blog,
    Comment,
    Course,
    Enrollment,
    EnrollmentEvent,
    Linkage,
    RequirementVerdict,
)
from tracker.queries.checks import load_checks
from tracker.queries.class_standing import Part, parts_of
from tracker.queries.coursework import AssignmentRow
from tracker.queries.grades.grid import order_parts, show_cell
from tracker.queries.people.roster import RosterLine, line_of, load_known_as
from tracker.queries.phrasing import load_phrasing
from tracker.queries.standings import load_standings_of
from tracker.queries.status.status_receipts import Around, ReceiptLine
from tracker.queries.status.status_rows import Asked, load_asked, load_receipts
from tracker.wording.sentences import Phrasing
from tracker.wording.states import Cell
from tracker.wording.times import say_day, say_due
from tracker.wording.verdicts import say_verdict

SHOWN_COMMENTS = 25
EVENT_WORDS = {
    "added": "Added to the course",
    "dropped": "Dropped",
    "readded": "Rejoined",
    "incomplete": "Marked incomplete",
}


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of an assignment with where it stands; `due` says until when."""

    part: Part
    due: str
    cell: Cell
    says: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """An assignment as it stands for this student."""

    row: AssignmentRow
    parts: tuple[PartLine, ...]
    blogs: tuple[Blog, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A comment that is theirs. `by_person` when a person said so."""

    comment_id: int
    at: datetime
    blog: str
    post: str
    url: str
    author: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class StudentPage:
    line: RosterLine
    rounds: tuple[RoundLine, ...]
    comments: tuple[Written, ...]
    comments_in_all: int
    receipts: tuple[ReceiptLine, ...]
    events: tuple[tuple[str, str], ...]
    """(day as the roster says it, what happened), newest last."""


def load_student_page(session: Session, course_id: int, row: Enrollment, now: datetime) -> StudentPage:
    """Everything about one student of the course, active or dropped."""
    course = session.get_one(Course, course_id)
    asked = load_asked(session, row)
    comments = _load_comments(session, course_id, row.id)
    known_as = load_known_as(session, course_id, row.id).get(row.id, ())
    return StudentPage(
        line=line_of(row, row.section.name if row.section else "", known_as),
        rounds=tuple(_rounds(session, course, row.id, asked, now)),
        comments=tuple(comments[:SHOWN_COMMENTS]),
        comments_in_all=len(comments),
        receipts=_receipts(session, row, asked, now, course.locale),
        events=tuple(_load_events(session, row.id, course.locale)),
    )


def _receipts(
    session: Session, row: Enrollment, asked: Sequence[Asked], now: datetime, locale: CourseLocale
) -> tuple[ReceiptLine, ...]:
    receipts = load_receipts(session, row.id)
    if not receipts:
        return ()
    blog_ids = {one.receipt.blog_id for one in receipts if one.receipt.blog_id is not None}
    checks, _ = load_checks(session, blog_ids)
    return Around(asked, checks, now, locale, to_staff=True).tell(receipts)


def _rounds(
    session: Session, course: Course, who: int, asked: Sequence[Asked], now: datetime
) -> Iterator[RoundLine]:
    standings = load_standings_of(session, course.id, who)
    phrasing = load_phrasing(
        session, course, [row.as_verdict() for one in asked for row in one.rows.values()]
    )
    by_id = {one.row.id: one for one in asked}
    parts = [part for one in asked for part in parts_of(one.row)]
    for assignment_id, mine in groupby(order_parts(parts, now), key=lambda part: part.assignment_id):
        assignment = by_id[assignment_id]
        yield RoundLine(
            row=assignment.row,
            parts=tuple(
                _part_line(part, assignment.rows, standings.of(part, who), phrasing) for part in mine
            ),
            blogs=tuple(row.blog for row in assignment.allocations),
        )


def _part_line(
    part: Part, verdicts: Mapping[str, RequirementVerdict], standing: Standing, phrasing: Phrasing
) -> PartLine:
    mine = [verdicts[key] for key in part.keys if key in verdicts]
    due_at = max((one.due_at for one in mine), default=part.due_at)
    open_one = next((one for one in mine if one.state not in PLAIN), None)
    says = "" if open_one is None else say_verdict(open_one.as_verdict(), phrasing)
    return PartLine(
        part,
        f"due {say_due(due_at, phrasing.locale)}",
        show_cell(part, standing),
        says,
    )


def _load_comments(session: Session, course_id: int, enrollment_id: int) -> list[Written]:
    rows = session.execute(
        select(Comment, Linkage.decision_id)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .where(
            Linkage.course_id == course_id,
            Linkage.enrollment_id == enrollment_id,
            Linkage.verdict == "accept",
            Comment.merged_into_id.is_(None),
        )
        .options(joinedload(Comment.blog), joinedload(Comment.post))
    )
    found = [
        Written(
            comment_id=comment.id,
            at=comment.at,
            blog=comment.blog.shown_title,
            post=comment.post.title if comment.post else "",
            url=comment.permalink,
            author=comment.author,
            by_person=decision_id is not None,
        )
        for comment, decision_id in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.comment_id), reverse=True)


def _load_events(session: Session, enrollment_id: int, locale: CourseLocale) -> list[tuple[str, str]]:
    rows = session.scalars(
        select(EnrollmentEvent)
        .where(EnrollmentEvent.enrollment_id == enrollment_id)
        .order_by(EnrollmentEvent.effective_on, EnrollmentEvent.id)
    )
    return [(say_day(row.effective_on, locale), EVENT_WORDS[row.kind]) for row in rows]
