"""One student as staff see them: every assignment, what they are known by, what they wrote."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.locale import CourseLocale
from tracker.domain.states import PLAIN, State
from tracker.models import (
    Allocation,
    Assignment,
    Comment,
    Course,
    Enrollment,
    EnrollmentEvent,
    Linkage,
    RequirementVerdict,
)
from tracker.queries.checks import load_checks
from tracker.queries.class_standing import Part, load_parts
from tracker.queries.grades.grid import order_parts, show_cell
from tracker.queries.people.roster import RosterLine, line_of, load_known_as
from tracker.queries.phrasing import load_phrasing
from tracker.queries.status.status_receipts import Around, ReceiptLine
from tracker.queries.status.status_rows import load_asked, load_receipts
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
class Given:
    blog_id: int
    title: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """An assignment as it stands for this student."""

    key: str
    title: str
    parts: tuple[PartLine, ...]
    blogs: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A comment that is theirs. `by_person` when somebody said so."""

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
    parts = order_parts(load_parts(session, course_id), now)
    comments = _load_comments(session, course_id, row.id)
    known_as = load_known_as(session, course_id, row.id).get(row.id, ())
    return StudentPage(
        line=line_of(row, row.section.name if row.section else "", known_as),
        rounds=tuple(_rounds(session, course, row.id, parts)),
        comments=tuple(comments[:SHOWN_COMMENTS]),
        comments_in_all=len(comments),
        receipts=_receipts(session, row, now, course.locale),
        events=tuple(_load_events(session, row.id, course.locale)),
    )


def _receipts(
    session: Session, row: Enrollment, now: datetime, locale: CourseLocale
) -> tuple[ReceiptLine, ...]:
    receipts = load_receipts(session, row.id)
    if not receipts:
        return ()
    blog_ids = {one.receipt.blog_id for one in receipts if one.receipt.blog_id is not None}
    checks, _ = load_checks(session, blog_ids)
    return Around(load_asked(session, row), checks, now, locale, to_staff=True).tell(receipts)


def _rounds(session: Session, course: Course, enrollment_id: int, parts: list[Part]) -> list[RoundLine]:
    verdicts = _load_verdicts(session, course.id, enrollment_id)
    phrasing = load_phrasing(session, course, [row.as_verdict() for row in verdicts.values()])
    blogs = _load_given(session, course.id, enrollment_id)
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.assignment_id].append(part)
    return [
        RoundLine(
            key=mine[0].assignment_key,
            title=mine[0].title,
            parts=tuple(_part_line(part, verdicts, phrasing) for part in mine),
            blogs=tuple(blogs.get(assignment_id, ())),
        )
        for assignment_id, mine in found.items()
    ]


def _part_line(
    part: Part, verdicts: dict[tuple[int, str], RequirementVerdict], phrasing: Phrasing
) -> PartLine:
    mine = [verdicts[part.assignment_id, key] for key in part.keys if (part.assignment_id, key) in verdicts]
    due_at = max((one.due_at for one in mine), default=part.due_at)
    open_one = next((one for one in mine if one.state not in PLAIN), None)
    says = "" if open_one is None else say_verdict(open_one.as_verdict(), phrasing)
    return PartLine(
        part,
        f"due {say_due(due_at, phrasing.locale)}",
        show_cell(part, [State(one.state) for one in mine]),
        says,
    )


def _load_verdicts(
    session: Session, course_id: int, enrollment_id: int
) -> dict[tuple[int, str], RequirementVerdict]:
    rows = session.scalars(
        select(RequirementVerdict)
        .join(Assignment, Assignment.id == RequirementVerdict.assignment_id)
        .where(Assignment.course_id == course_id, RequirementVerdict.enrollment_id == enrollment_id)
    )
    return {(row.assignment_id, row.requirement): row for row in rows}


def _load_given(session: Session, course_id: int, enrollment_id: int) -> dict[int, list[Given]]:
    rows = session.scalars(
        select(Allocation)
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .where(
            Assignment.course_id == course_id,
            Allocation.enrollment_id == enrollment_id,
            Allocation.replaced_by_id.is_(None),
        )
        .options(joinedload(Allocation.blog))
        .order_by(Allocation.id)
    )
    found: dict[int, list[Given]] = defaultdict(list)
    for row in rows:
        found[row.assignment_id].append(Given(row.blog_id, row.blog.title or row.blog.home_url))
    return found


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
            at=comment.posted_at or comment.first_seen_at,
            blog=comment.blog.title or comment.blog.home_url,
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
