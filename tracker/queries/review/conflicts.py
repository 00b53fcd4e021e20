"""What the page "Conflicts" shows: comments by the account they were posted under, people's decisions
that something came to contradict, and whose accounts were said to be.

Tested in tests/web/instructor/review/test_conflicts.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from tracker.domain.grouping import grouped
from tracker.domain.linkage import SETTLED_AS_SHARED, MatchLevel
from tracker.models import Comment, Linkage, LinkageDecision, User
from tracker.queries.matching.decisions import Words, load_settling, load_words
from tracker.queries.matching.names import load_names
from tracker.queries.review.review_queue import ListedStudent
from tracker.wording.evidence import Names, say_evidence

CONTRADICTED = ("claimed", "disclaimed", "rules-disagree")
"""Flags that a new word of a person lifts. That a student left the course is told, not asked about."""


_SHOWN = contains_eager(Linkage.comment).options(joinedload(Comment.blog), joinedload(Comment.version))


def load_signed(session: Session, course_id: int) -> Sequence[Linkage]:
    """What the course holds of comments that were posted under any account, newest first."""
    return session.scalars(
        select(Linkage)
        .join(Linkage.comment)
        .options(_SHOWN)
        .where(
            Linkage.course_id == course_id,
            Comment.merged_into_id.is_(None),
            or_(Comment.account != "", Comment.author_url != "", Comment.avatar_key != ""),
        )
        .order_by(Comment.posted_at.desc(), Comment.id.desc())
    ).all()


@dataclass(frozen=True, slots=True)
class FlaggedLine:
    """An answer that something came to contradict since. `whose` is "" for no student's; without a
    decision we linked it ourselves; `against` says what came since."""

    linkage: Linkage
    whose: str
    against: str


def load_flagged(
    session: Session, course_id: int, students: Mapping[int, ListedStudent]
) -> list[FlaggedLine]:
    """Answers that stand and that a person should check again, the latest decision first."""
    rows = session.scalars(
        select(Linkage)
        .join(Linkage.comment)
        .outerjoin(Linkage.decision)
        .options(_SHOWN, contains_eager(Linkage.decision).joinedload(LinkageDecision.by))
        .where(*_flagged(course_id))
        .order_by(LinkageDecision.id.desc(), Comment.id.desc())
    ).all()
    words = load_words(session, course_id, {row.comment_id for row in rows}) if rows else {}
    names = load_names(session, course_id) if rows else {}
    return [
        FlaggedLine(
            row,
            _name(students, row.enrollment_id),
            _say_against(row, words.get(row.comment_id), students, names),
        )
        for row in rows
    ]


def count_flagged(session: Session, course_id: int) -> int:
    statement = select(func.count()).select_from(Linkage).join(Comment, Comment.id == Linkage.comment_id)
    return session.scalar(statement.where(*_flagged(course_id))) or 0


def _flagged(course_id: int) -> tuple[Any, ...]:
    return Linkage.course_id == course_id, Linkage.flag.in_(CONTRADICTED), Comment.merged_into_id.is_(None)


def _say_against(
    linkage: Linkage, words: Words | None, students: Mapping[int, ListedStudent], names: Names
) -> str:
    """The evidence against the answer that stands, in a sentence."""
    whose = linkage.enrollment_id
    if linkage.flag == "disclaimed":
        return f"{_name(students, whose)} says they didn’t write it."
    if linkage.flag == "claimed":
        others = [_name(students, one) for one in (words.claimed if words else ()) if one != whose]
        if len(others) > 1:
            return f"{' and '.join(others)} each say they wrote it."
        return f"{''.join(others) or 'A student'} says they wrote it."
    certain = next((one for one in linkage.as_match().candidates if one.level is MatchLevel.CERTAIN), None)
    if certain is None:
        return "What we have learned since points to another student."
    best = next((one for one in certain.evidence if one.bits > 0), None)
    because = f": {say_evidence(best, certain.enrollment_id, names)}" if best else ""
    return f"What we have learned since points to {_name(students, certain.enrollment_id)}{because}."


def _name(students: Mapping[int, ListedStudent], enrollment_id: int | None) -> str:
    student = students.get(enrollment_id) if enrollment_id is not None else None
    return student.name if student else ""


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A student who left the course, and the comments that a person said were theirs, oldest first."""

    name: str
    comment_ids: tuple[int, ...]


def load_left(session: Session, course_id: int, students: Mapping[int, ListedStudent]) -> list[LeftLine]:
    """Decided comments of students who left, by student. Nothing waits there: the answers stay."""
    rows = session.execute(
        select(Linkage.enrollment_id, Linkage.comment_id)
        .join(Comment, Comment.id == Linkage.comment_id)
        .where(
            Linkage.course_id == course_id,
            Linkage.flag == "former-student",
            Comment.merged_into_id.is_(None),
        )
        .order_by(Linkage.comment_id)
    )
    found = grouped(rows.all())
    return [LeftLine(_name(students, whose), tuple(numbers)) for whose, numbers in found.items()]


@dataclass(frozen=True, slots=True)
class SettledLine:
    """An account of which a person said whose it is. `whose` is "" where it is no one student's."""

    decision: LinkageDecision
    whose: str
    by: str

    @property
    def is_shared(self) -> bool:
        return self.decision.note == SETTLED_AS_SHARED


def load_settled_lines(
    session: Session, course_id: int, students: Mapping[int, ListedStudent]
) -> list[SettledLine]:
    """What was settled and not taken back, the latest first; of one account the last word."""
    rows = sorted(load_settling(session, course_id).values(), key=lambda row: -row.id)
    ids = {row.by_user_id for row in rows if row.by_user_id is not None}
    names = {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(ids)))}
    return [
        SettledLine(
            decision=row,
            whose=_name(students, row.enrollment_id),
            by=names.get(row.by_user_id, "") if row.by_user_id is not None else "",
        )
        for row in rows
    ]
