"""The rows under a student's status page: what is asked of them, their receipts, how their blogs are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.assignment import AssignmentTerms, Requirement
from tracker.domain.feed import FeedKind
from tracker.domain.grade import State, Verdict
from tracker.grading.terms_document import terms_from_document
from tracker.models import (
    Allocation,
    Assignment,
    Comment,
    Enrollment,
    Feed,
    FeedState,
    Linkage,
    Post,
    Receipt,
    RequirementVerdict,
)
from tracker.queries.coursework import AssignmentRow, load_assignments
from tracker.queries.status_words import Look


@dataclass(frozen=True, slots=True)
class Asked:
    """An assignment with this student's verdicts and blogs. `rows` lacks what was never judged."""

    row: AssignmentRow
    terms: AssignmentTerms
    rows: Mapping[str, RequirementVerdict]
    allocations: Sequence[Allocation]

    @property
    def last_due(self) -> datetime:
        return max(self._due(part) for part in self.terms.requirements())

    @property
    def opens_at(self) -> datetime | None:
        given = [one.opens_at for one in self.allocations if one.opens_at is not None]
        return min(given) if given else self.terms.comments.window.opens_at

    def verdict(self, part: Requirement) -> Verdict:
        """The stored verdict; before the first one, what is known without looking."""
        row = self.rows.get(part.key)
        if row is not None:
            return row.as_verdict()
        return Verdict(part.key, State.NOT_DUE, "not-due", "", part.window.due_at)

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
    given: dict[int, list[Allocation]] = defaultdict(list)
    for allocation in session.scalars(
        select(Allocation)
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .where(Allocation.enrollment_id == enrollment.id, Allocation.replaced_by_id.is_(None))
        .options(joinedload(Allocation.blog))
        .order_by(Allocation.id)
    ):
        given[allocation.assignment_id].append(allocation)
    asked = [
        Asked(row, terms_from_document(row.document), rows[row.id], given[row.id])
        for row in load_assignments(session, enrollment.course_id)
    ]
    return sorted(asked, key=lambda one: (one.last_due, one.row.id))


def load_receipts(session: Session, enrollment_id: int) -> list[tuple[Receipt, Post | None, Comment | None]]:
    """The student's receipts, newest first, with the post and the comment they lead to."""
    rows = session.execute(
        select(Receipt, Post, Comment)
        .outerjoin(Post, Post.id == Receipt.post_id)
        .outerjoin(Comment, Comment.id == Receipt.comment_id)
        .where(Receipt.enrollment_id == enrollment_id)
        .order_by(Receipt.saved_at.desc(), Receipt.id.desc())
    )
    return [(receipt, post, comment) for receipt, post, comment in rows]


def load_titles(session: Session, enrollment_id: int, permalinks: Collection[str]) -> dict[str, str]:
    """Addresses of the student's own comments -> the titles of the posts they are on."""
    rows = session.execute(
        select(Comment.permalink, Post.title)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .join(Post, Post.id == Comment.post_id)
        .where(Linkage.enrollment_id == enrollment_id, Comment.permalink.in_(sorted(permalinks)))
    )
    return {row.permalink: row.title for row in rows}


def load_looks(session: Session, blog_ids: Iterable[int]) -> tuple[dict[int, Look], dict[int, Look]]:
    """How each blog's comments, and how its posts, are seen."""
    by_blog: dict[int, list[tuple[str, FeedState]]] = defaultdict(list)
    for blog_id, kind, state in session.execute(
        select(Feed.blog_id, Feed.kind, FeedState)
        .join(FeedState, FeedState.feed_id == Feed.id)
        .where(Feed.blog_id.in_(sorted(set(blog_ids))))
        .order_by(Feed.id)
    ):
        by_blog[blog_id].append((kind, state))
    comments, posts = {}, {}
    for blog_id, feeds in by_blog.items():
        # As grading has it: a blog's comments are read from its site feed, else from what there is.
        site = [state for kind, state in feeds if kind == FeedKind.COMMENTS]
        other = [state for kind, state in feeds if kind not in (FeedKind.COMMENTS, FeedKind.POSTS)]
        comments[blog_id] = _look(site or other)
        posts[blog_id] = _look([state for kind, state in feeds if kind == FeedKind.POSTS])
    return comments, posts


def _look(states: Sequence[FeedState]) -> Look:
    looked = [state.looked_at for state in states if state.looked_at is not None]
    following = [state.next_poll_at for state in states if state.next_poll_at is not None]
    return Look(
        looked_at=min(looked) if states and len(looked) == len(states) else None,
        next_at=min(following) if states and len(following) == len(states) else None,
        sees=bool(states) and all(state.failing_since is None for state in states),
    )


def earliest(looks: Iterable[Look | None]) -> Look | None:
    """Several places are seen as well as the one seen worst."""
    known = [look for look in looks if look is not None]
    if not known:
        return None
    looked = [look.looked_at for look in known if look.looked_at is not None]
    following = [look.next_at for look in known if look.next_at is not None]
    return Look(
        looked_at=min(looked) if len(looked) == len(known) else None,
        next_at=max(following) if len(following) == len(known) else None,
        sees=all(look.sees for look in known),
    )
