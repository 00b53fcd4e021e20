"""Recorded grades and the plain names of what verdicts rest on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.models import Assignment, Comment, Enrollment, GradeDecision, Linkage, Post, Subscription


@dataclass(frozen=True)
class RecordedGrade:
    """What a person decided: the latest accept or override that was not undone."""

    value: Decimal | None
    satisfactory: bool | None
    reason: str


def load_recorded_grades(session: Session, course_id: int) -> dict[tuple[int, int], RecordedGrade]:
    """(assignment, enrollment) -> the recorded grade, where there is one."""
    undo = aliased(GradeDecision)
    rows = session.scalars(
        select(GradeDecision)
        .join(Assignment, Assignment.id == GradeDecision.assignment_id)
        .outerjoin(undo, undo.undoes_id == GradeDecision.id)
        .where(
            Assignment.course_id == course_id,
            GradeDecision.kind.in_(("accept", "override")),
            undo.id.is_(None),
        )
        .order_by(GradeDecision.id)
    )
    return {
        (row.assignment_id, row.enrollment_id): RecordedGrade(row.value, row.satisfactory, row.reason)
        for row in rows
    }


def load_external_ids(session: Session, course_id: int) -> dict[int, str]:
    """enrollment -> the student number of the roster ("" without one)."""
    rows = session.execute(
        select(Enrollment.id, Enrollment.external_id).where(Enrollment.course_id == course_id)
    )
    return {enrollment_id: external_id or "" for enrollment_id, external_id in rows}


def load_addresses(session: Session, course_id: int) -> tuple[dict[int, str], dict[int, str]]:
    """(comment -> permalink of the course's accepted comments, post -> address of its class blogs)."""
    comments = session.execute(
        select(Comment.id, Comment.permalink)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .where(Linkage.course_id == course_id, Linkage.verdict == "accept")
    )
    posts = session.execute(
        select(Post.id, Post.url).where(
            Post.blog_id.in_(
                select(Subscription.blog_id).where(
                    Subscription.course_id == course_id, Subscription.role == "class-blog"
                )
            )
        )
    )
    return dict(comments.all()), dict(posts.all())
