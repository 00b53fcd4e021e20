"""What the page "To settle" shows: comments by the account they were posted under, people's decisions
that something came to contradict, and whose accounts were said to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.linkage import DecisionKind, MatchLevel
from tracker.models import Blog, Comment, CommentVersion, Linkage, LinkageDecision, User
from tracker.queries.matching.decisions import Words, load_standing, load_words
from tracker.queries.matching.names import load_names
from tracker.queries.review.review_queue import Student
from tracker.wording.evidence import Names, say_evidence

CONTRADICTED = ("claimed", "disclaimed", "rules-disagree")
"""Flags that a new word of a person lifts. That a student left the course is told, not asked about."""


@dataclass(frozen=True, slots=True)
class SeenUnder:
    """A comment with what names its account. `html` must be sanitised; `posted_at` aware, UTC."""

    comment_id: int
    author: str
    account: str
    author_url: str
    avatar_key: str
    blog: str
    posted_at: datetime
    html: str
    verdict: str
    enrollment_id: int | None
    is_decided: bool


def load_signed(session: Session, course_id: int) -> list[SeenUnder]:
    """The course's comments that were posted under any account, newest first."""
    rows = session.execute(
        select(Comment, CommentVersion.text, Linkage, Blog)
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .join(Blog, Blog.id == Comment.blog_id)
        .outerjoin(Comment.version)
        .where(
            Comment.merged_into_id.is_(None),
            or_(Comment.account != "", Comment.author_url != "", Comment.avatar_key != ""),
        )
        .order_by(Comment.posted_at.desc(), Comment.id.desc())
    )
    return [
        SeenUnder(
            comment_id=comment.id,
            author=comment.author,
            account=comment.account,
            author_url=comment.author_url,
            avatar_key=comment.avatar_key,
            blog=blog.title or blog.home_url,
            posted_at=comment.posted_at or comment.first_seen_at,
            html=text or "",
            verdict=linkage.verdict,
            enrollment_id=linkage.enrollment_id,
            is_decided=linkage.decision_id is not None,
        )
        for comment, text, linkage, blog in rows
    ]


@dataclass(frozen=True, slots=True)
class FlaggedLine:
    """An answer that something came to contradict since. `whose` is "" for nobody's; `by` and `at`
    name who decided (None: nobody did, we linked it ourselves); `against` says what came since."""

    comment_id: int
    author: str
    blog: str
    posted_at: datetime
    html: str
    flag: str
    whose: str
    by: str
    at: datetime | None
    decision_id: int | None
    against: str


def load_flagged(session: Session, course_id: int, students: Mapping[int, Student]) -> list[FlaggedLine]:
    """Answers that stand and that a person should look at again, the latest decision first."""
    rows = session.execute(
        select(Linkage, Comment, CommentVersion.text, Blog, LinkageDecision, User.name)
        .join(Comment, Comment.id == Linkage.comment_id)
        .join(Blog, Blog.id == Comment.blog_id)
        .outerjoin(Comment.version)
        .outerjoin(LinkageDecision, LinkageDecision.id == Linkage.decision_id)
        .outerjoin(User, User.id == LinkageDecision.by_user_id)
        .where(*_flagged(course_id))
        .order_by(LinkageDecision.id.desc(), Comment.id.desc())
    ).all()
    words = load_words(session, course_id, {comment.id for _, comment, *_ in rows}) if rows else {}
    names = load_names(session, course_id) if rows else {}
    return [
        FlaggedLine(
            comment_id=comment.id,
            author=comment.author,
            blog=blog.title or blog.home_url,
            posted_at=comment.posted_at or comment.first_seen_at,
            html=text or "",
            flag=linkage.flag,
            whose=_name(students, linkage.enrollment_id),
            by=by or "",
            at=decision.at if decision else None,
            decision_id=decision.id if decision else None,
            against=_say_against(linkage, words.get(comment.id), students, names),
        )
        for linkage, comment, text, blog, decision, by in rows
    ]


def count_flagged(session: Session, course_id: int) -> int:
    statement = select(func.count()).select_from(Linkage).join(Comment, Comment.id == Linkage.comment_id)
    return session.scalar(statement.where(*_flagged(course_id))) or 0


def _flagged(course_id: int) -> tuple[Any, ...]:
    return Linkage.course_id == course_id, Linkage.flag.in_(CONTRADICTED), Comment.merged_into_id.is_(None)


def _say_against(linkage: Linkage, words: Words | None, students: Mapping[int, Student], names: Names) -> str:
    """The evidence against the answer that stands, in a sentence."""
    whose = linkage.enrollment_id
    if linkage.flag == "disclaimed":
        return f"{_name(students, whose)} says that it is not theirs."
    if linkage.flag == "claimed":
        others = [_name(students, one) for one in (words.claimed if words else ()) if one != whose]
        if len(others) > 1:
            return f"{' and '.join(others)} each say that it is theirs."
        return f"{''.join(others) or 'A student'} says that it is theirs."
    certain = next((one for one in linkage.as_match().candidates if one.level is MatchLevel.CERTAIN), None)
    if certain is None:
        return "What we have learnt since points to somebody else."
    best = next((one for one in certain.evidence if one.bits > 0), None)
    because = f": {say_evidence(best, certain.enrollment_id, names)}" if best else ""
    return f"What we have learnt since points to {_name(students, certain.enrollment_id)}{because}."


def _name(students: Mapping[int, Student], enrollment_id: int | None) -> str:
    student = students.get(enrollment_id) if enrollment_id is not None else None
    return student.name if student else ""


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A student who left the course, and the comments that a person said were theirs, oldest first."""

    name: str
    comment_ids: tuple[int, ...]


def load_left(session: Session, course_id: int, students: Mapping[int, Student]) -> list[LeftLine]:
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
    found: dict[int | None, list[int]] = {}
    for whose, number in rows:
        found.setdefault(whose, []).append(number)
    return [LeftLine(_name(students, whose), tuple(numbers)) for whose, numbers in found.items()]


@dataclass(frozen=True, slots=True)
class SettledLine:
    """An account of which a person said whose it is. `whose` is "" for nobody's in particular."""

    decision_id: int
    kind: str
    key: str
    whose: str
    by: str
    at: datetime


def load_settled_lines(
    session: Session, course_id: int, students: Mapping[int, Student]
) -> list[SettledLine]:
    """What was settled and not taken back, the latest first; of one account the last word."""
    last = {
        (row.handle_kind, row.handle_key): row
        for row in load_standing(session, course_id, (DecisionKind.SETTLE,))
    }
    rows = sorted(last.values(), key=lambda row: -row.id)
    ids = {row.by_user_id for row in rows if row.by_user_id is not None}
    names = {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(ids)))}
    return [
        SettledLine(
            decision_id=row.id,
            kind=row.handle_kind or "",
            key=row.handle_key or "",
            whose=_name(students, row.enrollment_id),
            by=names.get(row.by_user_id, "") if row.by_user_id is not None else "",
            at=row.at,
        )
        for row in rows
    ]
