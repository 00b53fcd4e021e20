"""What the review page asks of one comment: who could have written it, what was decided about it.

Tested in tests/web/instructor/review/test_review.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.models import (
    Comment,
    CommentVersion,
    Enrollment,
    Linkage,
    LinkageDecision,
    User,
)
from tracker.queries.matching.match_inputs import load_standing_decisions
from tracker.queries.matching.names import load_names
from tracker.queries.review.review_queue import ListedStudent, name_of
from tracker.wording.evidence import EvidenceLine, say_candidate

_UNDO = aliased(LinkageDecision)
MAX_SIBLINGS = 50
"""Comments of one account that are listed beside the one being decided."""


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A student who could have written it, with the evidence in sentences."""

    student: ListedStudent
    level: str
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """The decision that stands. `student` is "" when it says no student's."""

    decision_id: int
    kind: str
    student: str
    by: str
    at: datetime
    taught: bool


@dataclass(frozen=True, slots=True)
class ReviewedComment:
    """One comment with everything a person needs to say whose it is. `student` is whose it is held to
    be, "" for no student's."""

    linkage: Linkage
    student: str
    candidates: tuple[CandidateLine, ...]
    decision: DecisionLine | None

    @property
    def row(self) -> Comment:
        return self.linkage.comment


def load_reviewed(
    session: Session, linkage: Linkage, students: Mapping[int, ListedStudent]
) -> ReviewedComment:
    """A comment of a course, decided or not, as `find_linkage` loads it."""
    match = linkage.as_match()
    names = load_names(session, linkage.course_id, match.people)
    standing = load_standing_decisions(session, linkage.course_id, {linkage.comment_id})
    decision = standing.get(linkage.comment_id)
    writer = students.get(linkage.enrollment_id) if linkage.enrollment_id else None
    return ReviewedComment(
        linkage=linkage,
        student=writer.name if writer else "",
        candidates=tuple(
            CandidateLine(students[one.enrollment_id], one.level.value, say_candidate(one, names))
            for one in match.candidates
            if one.enrollment_id in students
        ),
        decision=_decision(session, decision, students) if decision else None,
    )


def load_shown(session: Session, course_id: int, comment_ids: Collection[int]) -> Sequence[Comment]:
    """These comments of the course with blog, post and text, newest first."""
    return session.scalars(
        select(Comment)
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .options(joinedload(Comment.blog), joinedload(Comment.post), joinedload(Comment.version))
        .where(Comment.id.in_(comment_ids))
        .order_by(Comment.posted_at.desc(), Comment.id.desc())
    ).all()


class Writer(NamedTuple):
    """What the form of a comment says of its writer, and the blog it is on."""

    author: str
    account: str
    author_url: str
    avatar_key: str
    blog_id: int


def load_writers(session: Session, course_id: int) -> dict[int, Writer]:
    """comment -> how it was signed, of all the course's comments."""
    rows = session.execute(
        select(
            Comment.id,
            Comment.author,
            Comment.account,
            Comment.author_url,
            Comment.avatar_key,
            Comment.blog_id,
        )
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .where(Comment.merged_into_id.is_(None))
        .order_by(Comment.id)
    )
    return {row[0]: Writer(row[1], row[2], row[3], row[4], row[5]) for row in rows}


def find_comments_with(session: Session, course_id: int, links: Collection[str]) -> set[int]:
    """The course's comments that have one of these addresses, as they are keyed, behind the name or in the
    text, and some that only seem to."""
    if not links:
        return set()
    places = [
        place.contains(link, autoescape=True)
        for link in links
        for place in (func.lower(Comment.author_url), func.lower(CommentVersion.text))
    ]
    return set(
        session.scalars(
            select(Comment.id)
            .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
            .outerjoin(Comment.version)
            .where(Comment.merged_into_id.is_(None), or_(*places))
        )
    )


def find_standing(session: Session, course_id: int, comment_id: int) -> int | None:
    """The id of the decision that stands about a comment."""
    standing = load_standing_decisions(session, course_id, {comment_id}).get(comment_id)
    return standing.id if standing else None


def _decision(
    session: Session, decision: LinkageDecision, students: Mapping[int, ListedStudent]
) -> DecisionLine:
    by = session.get(User, decision.by_user_id) if decision.by_user_id else None
    whose = students.get(decision.enrollment_id) if decision.enrollment_id else None
    return DecisionLine(
        decision_id=decision.id,
        kind=decision.kind,
        student=whose.name if whose else "",
        by=by.name if by else "",
        at=decision.at,
        taught=any("used" not in one for one in decision.taught),
    )


@dataclass(frozen=True, slots=True)
class LastDecision:
    """A person's latest decision that stands, for the undo button."""

    decision_id: int
    comment_id: int
    author: str
    student: str
    at: datetime


def load_last_decision(session: Session, course_id: int, by: int) -> LastDecision | None:
    """A person's latest decision in a course that was not taken back."""
    row = session.execute(
        select(LinkageDecision, Comment.author, Enrollment)
        .join(Comment, Comment.id == LinkageDecision.comment_id)
        .outerjoin(Enrollment, Enrollment.id == LinkageDecision.enrollment_id)
        .outerjoin(_UNDO, _UNDO.undoes_id == LinkageDecision.id)
        .where(
            LinkageDecision.course_id == course_id,
            LinkageDecision.by_user_id == by,
            LinkageDecision.kind.in_(("confirm", "outsider")),
            _UNDO.id.is_(None),
        )
        .order_by(LinkageDecision.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    decision, author, student = row
    return LastDecision(
        decision.id, decision.comment_id or 0, author, name_of(student) if student else "", decision.at
    )
