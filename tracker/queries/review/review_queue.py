"""The review queue: which comments wait for a person, in which order; and the students to choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.states import CAN_BE_FILLED
from tracker.models import (
    Allocation,
    Blog,
    Comment,
    Enrollment,
    Linkage,
    RequirementVerdict,
    Section,
)
from tracker.queries.coursework import load_assignments
from tracker.queries.matching.decisions import load_words
from tracker.queries.standings import load_recorded


@dataclass(frozen=True, slots=True)
class ListedStudent:
    """A student as a page names them. `section` is "" without one."""

    enrollment_id: int
    name: str
    section: str
    section_id: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Settles:
    """What deciding a comment settles: this student's open comments of this assignment."""

    student: str
    assignment: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class QueueLine:
    """Comments of one account that wait together; `comment_ids` newest first. `claims` of them are
    the students who could have written the first one, best first. `asked` are the students who were
    asked about one of them and have not answered: until then it waits for them, not for staff."""

    comment_ids: tuple[int, ...]
    author: str
    blog: str
    posted_at: datetime
    settles: Settles | None
    claims: tuple[str, ...]
    asked: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        return self.comment_ids[0]

    @property
    def size(self) -> int:
        return len(self.comment_ids)

    @property
    def is_group(self) -> bool:
        return self.size > 1


def load_students(session: Session, course_id: int) -> dict[int, ListedStudent]:
    """Everybody who is or was a student of the course, by family name."""
    rows = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.course_id == course_id, Enrollment.role == "student")
        .order_by(Enrollment.family_name, Enrollment.given_name, Enrollment.id)
    )
    return {
        row.id: ListedStudent(row.id, name_of(row), section or "", row.section_id, row.is_active)
        for row, section in rows
    }


def name_of(row: Enrollment) -> str:
    """Given and family name as the roster has them."""
    return f"{row.given_name} {row.family_name}".strip()


def load_queue(
    session: Session, course_id: int, now: datetime, sections: Collection[int] | None = None
) -> list[QueueLine]:
    """The comments that wait for a person, those of one account together.

    First what settles an open requirement, nearest deadline first; then the newest; at the end what
    waits for a student's answer, set aside by the rules or not. `sections` leaves only comments that a
    student of these sections could have written, or was asked about (None: all).
    """
    rows = session.execute(
        select(Linkage.candidates, Linkage.verdict, Linkage.flag, Comment, Blog)
        .join(Comment, Comment.id == Linkage.comment_id)
        .join(Blog, Blog.id == Comment.blog_id)
        .where(
            Linkage.course_id == course_id,
            or_(Linkage.verdict == "review", Linkage.flag == "asked"),
            Linkage.decision_id.is_(None),
            Comment.merged_into_id.is_(None),
        )
        .order_by(Comment.id.desc())
    ).all()
    students = load_students(session, course_id)
    visible = None if sections is None else _in_sections(session, course_id, sections)
    open_rounds = load_open_rounds(session, course_id)
    asked = _load_unanswered(session, course_id, {comment.id for _, _, flag, comment, _ in rows if flag})
    groups: dict[str, list[_Waiting]] = defaultdict(list)
    for candidates, verdict, _, comment, blog in rows:
        people = [one["enrollment_id"] for one in candidates]
        unanswered = asked.get(comment.id, ())
        if verdict != "review" and not unanswered:
            continue
        if visible is None or visible.intersection((*people, *unanswered)):
            settles = _settles(comment, people, open_rounds, students)
            waiting = _Waiting(comment, blog.shown_title, people, settles, unanswered)
            groups[group_key(comment)].append(waiting)
    lines = [_line(group, students) for group in groups.values()]
    return sorted(lines, key=lambda line: _queue_order(line, now))


@dataclass(frozen=True, slots=True)
class _Waiting:
    comment: Comment
    blog: str
    people: Sequence[int]
    settles: Settles | None
    asked: Sequence[int] = ()


def group_key(comment: Comment | Row[Any]) -> str:
    """One account is one question; who has none is asked about comment by comment."""
    return comment.account or comment.author_url or comment.avatar_key or f"#{comment.id}"


def _line(group: list[_Waiting], students: Mapping[int, ListedStudent]) -> QueueLine:
    newest = sorted(
        group, key=lambda one: (one.settles is None, -one.comment.at.timestamp(), -one.comment.id)
    )
    first = newest[0]
    return QueueLine(
        comment_ids=tuple(one.comment.id for one in newest),
        author=first.comment.author,
        blog=first.blog,
        posted_at=first.comment.at,
        settles=first.settles,
        claims=tuple(students[one].name for one in first.people if one in students),
        asked=_names({one for waiting in group for one in waiting.asked}, students),
    )


def _names(people: Collection[int], students: Mapping[int, ListedStudent]) -> tuple[str, ...]:
    """In the order of the roster."""
    return tuple(student.name for one, student in students.items() if one in people)


def _load_unanswered(
    session: Session, course_id: int, comment_ids: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """comment -> the students who were asked about it and have said nothing of it since."""
    found = {}
    for comment_id, words in load_words(session, course_id, comment_ids).items() if comment_ids else ():
        if words.unanswered:
            found[comment_id] = words.unanswered
    return found


def _queue_order(line: QueueLine, now: datetime) -> tuple[bool, bool, float, float]:
    wait = abs((line.settles.due_at - now).total_seconds()) if line.settles else 0.0
    return bool(line.asked), line.settles is None, wait, -line.posted_at.timestamp()


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A blog given to a student for an assignment whose comments are neither all found nor graded."""

    title: str
    opens_at: datetime | None
    due_at: datetime

    def is_open_at(self, at: datetime) -> bool:
        return self.opens_at is None or self.opens_at <= at


OpenRounds = Mapping[tuple[int, int], Sequence[OpenRound]]
"""(student, blog) -> the rounds in which a comment there is still looked for."""


def load_open_rounds(session: Session, course_id: int) -> OpenRounds:
    assignments = {row.id: row for row in load_assignments(session, course_id)}
    rows = session.execute(
        select(Allocation, RequirementVerdict)
        .join(
            RequirementVerdict,
            and_(
                RequirementVerdict.assignment_id == Allocation.assignment_id,
                RequirementVerdict.enrollment_id == Allocation.enrollment_id,
                RequirementVerdict.state.in_(CAN_BE_FILLED),
            ),
        )
        .where(Allocation.assignment_id.in_(assignments))
        .order_by(RequirementVerdict.id)
    )
    found: dict[tuple[int, int], list[OpenRound]] = defaultdict(list)
    recorded = load_recorded(session, course_id)
    for allocation, verdict in rows:
        assignment = assignments[allocation.assignment_id]
        terms, window = assignment.terms, assignment.terms.comments_window
        parts = {slot.key: part.key for part in terms.comment_parts for slot in part.requirements()}
        cell, part = (allocation.assignment_id, allocation.enrollment_id), parts.get(verdict.requirement)
        if (*cell, part) in recorded or (*cell, None) in recorded:
            continue
        if window is not None and part is not None:
            found[allocation.enrollment_id, allocation.blog_id].append(
                OpenRound(assignment.title, allocation.opens_at or window.opens_at, verdict.due_at)
            )
    return found


def _settles(
    comment: Comment,
    people: Iterable[int],
    rounds: OpenRounds,
    students: Mapping[int, ListedStudent],
) -> Settles | None:
    for person in people:
        for one in rounds.get((person, comment.blog_id), ()):
            if person in students and one.is_open_at(comment.at):
                return Settles(students[person].name, one.title, one.due_at)
    return None


def _in_sections(session: Session, course_id: int, sections: Collection[int]) -> set[int]:
    return set(
        session.scalars(
            select(Enrollment.id).where(
                Enrollment.course_id == course_id, Enrollment.section_id.in_(set(sections))
            )
        )
    )
