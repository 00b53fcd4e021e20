"""The rows under a student's status page: what is asked of them, and their receipts.

Tested in tests/queries/status/test_student_status.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.assignment import AssignmentTerms, Requirement, RequirementKind
from tracker.domain.grade import Verdict
from tracker.domain.grouping import grouped
from tracker.domain.states import State
from tracker.models import (
    Allocation,
    Blog,
    Comment,
    Enrollment,
    Linkage,
    Post,
    Receipt,
    RequirementVerdict,
)
from tracker.queries.coursework import AssignmentRow, load_assignments


@dataclass(frozen=True, slots=True)
class Asked:
    """An assignment with this student's verdicts and blogs. `rows` lacks what was never judged."""

    row: AssignmentRow
    rows: Mapping[str, RequirementVerdict]
    allocations: Sequence[Allocation]

    @property
    def terms(self) -> AssignmentTerms:
        return self.row.terms

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What is asked of this student; of what is optional, what there is something to say of."""
        return tuple(
            part for part in self.terms.requirements() if not part.is_optional or part.key in self.rows
        )

    @property
    def last_due(self) -> datetime:
        return max((self._due(part) for part in self.requirements), default=self.terms.parts[0].window.due_at)

    @property
    def comments_due(self) -> datetime | None:
        """The last due instant of the comments; None where none are asked."""
        comments = (part for part in self.requirements if part.kind is RequirementKind.COMMENT)
        return max((self._due(part) for part in comments), default=None)

    @property
    def opens_at(self) -> datetime | None:
        given = [one.opens_at for one in self.allocations if one.opens_at is not None]
        window = self.terms.comments_window or self.terms.parts[0].window
        return min(given) if given else window.opens_at

    def verdict(self, part: Requirement) -> Verdict:
        """The stored verdict; before the first one, what is known without looking."""
        row = self.rows.get(part.key)
        if row is not None:
            return row.as_verdict()
        return Verdict(part.key, State.NOT_DUE, "not-due", part.window.due_at)

    def _due(self, part: Requirement) -> datetime:
        row = self.rows.get(part.key)
        return part.window.due_at if row is None else row.due_at


def load_asked(session: Session, enrollment: Enrollment) -> list[Asked]:
    rows: dict[int, dict[str, RequirementVerdict]] = defaultdict(dict)
    for verdict in session.scalars(
        select(RequirementVerdict)
        .where(RequirementVerdict.enrollment_id == enrollment.id)
        .options(
            joinedload(RequirementVerdict.post),
            joinedload(RequirementVerdict.comment).joinedload(Comment.post),
        )
    ):
        rows[verdict.assignment_id][verdict.requirement] = verdict
    allocations = session.scalars(
        select(Allocation)
        .where(Allocation.enrollment_id == enrollment.id, Allocation.replaced_by_id.is_(None))
        .options(joinedload(Allocation.blog))
        .order_by(Allocation.id)
    )
    given = grouped((row.assignment_id, row) for row in allocations)
    asked = [
        Asked(row, rows[row.id], given.get(row.id, ()))
        for row in load_assignments(session, enrollment.course_id)
    ]
    return sorted(asked, key=lambda one: (one.last_due, one.row.id))


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt with the post and the comment it leads to; `home_url` "" where it lies on no blog."""

    receipt: Receipt
    post: Post | None
    comment: Comment | None
    home_url: str


def load_receipts(session: Session, enrollment_id: int) -> list[ReceiptRow]:
    """The student's receipts, newest first."""
    rows = session.execute(
        select(Receipt, Post, Comment, Blog.home_url)
        .outerjoin(Post, Post.id == Receipt.post_id)
        .outerjoin(Comment, Comment.id == Receipt.comment_id)
        .outerjoin(Blog, Blog.id == Receipt.blog_id)
        .where(Receipt.enrollment_id == enrollment_id)
        .order_by(Receipt.saved_at.desc(), Receipt.id.desc())
    )
    return [ReceiptRow(receipt, post, comment, home_url or "") for receipt, post, comment, home_url in rows]


def load_titles(session: Session, enrollment_id: int, permalinks: Collection[str]) -> dict[str, str]:
    """Addresses of the student's own comments -> the titles of the posts they are on."""
    rows = session.execute(
        select(Comment.permalink, Post.title)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .join(Post, Post.id == Comment.post_id)
        .where(Linkage.enrollment_id == enrollment_id, Comment.permalink.in_(sorted(permalinks)))
    )
    return {row.permalink: row.title for row in rows}
