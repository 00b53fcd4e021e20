"""Which comments people said are one, or are not.

Tested in tests/web/instructor/review/test_split_comments.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import CommentJoin, Course

JOIN_PARTS = "join_parts"
"""The course setting by which suggested parts count as one without a person's word."""


@dataclass(frozen=True, slots=True)
class SaidOfPair:
    """The last word about a pair: `is_joined`, by the row of this number."""

    row_id: int
    is_joined: bool


def load_said_of_pairs(session: Session, course_id: int) -> dict[tuple[int, int], SaidOfPair]:
    rows = session.scalars(
        select(CommentJoin).where(CommentJoin.course_id == course_id).order_by(CommentJoin.id)
    )
    return {(row.comment_id, row.with_comment_id): SaidOfPair(row.id, row.kind == "join") for row in rows}


def joins_by_itself(session: Session, course_id: int) -> bool:
    """Whether the course counts suggested parts as one."""
    return session.get_one(Course, course_id).settings.get(JOIN_PARTS) is True
