"""The rows under a student's status page: what is asked of them, their receipts, how their blogs are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.assignment import AssignmentTerms, Requirement
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.domain.grade import State, Verdict
from tracker.grading.rules.document import terms_from_document
from tracker.models import (
    Allocation,
    Assignment,
    Blog,
    Comment,
    Enrollment,
    Feed,
    FeedState,
    Linkage,
    Poll,
    Post,
    Receipt,
    RequirementVerdict,
)
from tracker.queries.coursework import AssignmentRow, load_assignments
from tracker.queries.status.status_words import Look


@dataclass(frozen=True, slots=True)
class Asked:
    """An assignment with this student's verdicts and blogs. `rows` lacks what was never judged."""

    row: AssignmentRow
    terms: AssignmentTerms
    rows: Mapping[str, RequirementVerdict]
    allocations: Sequence[Allocation]

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
    def opens_at(self) -> datetime | None:
        given = [one.opens_at for one in self.allocations if one.opens_at is not None]
        window = self.terms.comments_window or self.terms.parts[0].window
        return min(given) if given else window.opens_at

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


@dataclass(frozen=True, slots=True)
class _FeedLook:
    """A feed as it was last looked at; aware instants in UTC."""

    kind: str
    looked_at: datetime | None
    next_at: datetime | None
    is_failing: bool


def load_looks(session: Session, blog_ids: Iterable[int]) -> tuple[dict[int, Look], dict[int, Look]]:
    """How each blog's comments, and how its posts, are seen; of what no feed shows, nothing is said.

    A look that was answered "not modified" is a look, although it proves too little for a verdict
    on a blog where comments change without that (WordPress); those still go by the complete one.
    """
    wanted = sorted(set(blog_ids))
    answered = (
        select(Poll.feed_id, func.max(Poll.at, type_=Poll.at.type).label("at"))
        .join(FeedState, FeedState.feed_id == Poll.feed_id)
        .join(Feed, Feed.id == Poll.feed_id)
        .where(
            Feed.blog_id.in_(wanted),
            Poll.at > FeedState.looked_at,
            Poll.outcome == PollOutcome.NOT_MODIFIED.value,
        )
        .group_by(Poll.feed_id)
        .subquery()
    )
    by_blog: dict[int, list[_FeedLook]] = defaultdict(list)
    for blog_id, kind, state, at in session.execute(
        select(Feed.blog_id, Feed.kind, FeedState, answered.c.at)
        .join(FeedState, FeedState.feed_id == Feed.id)
        .outerjoin(answered, answered.c.feed_id == Feed.id)
        # A page that only a receipt names says nothing of the rest of its blog.
        .where(Feed.blog_id.in_(wanted), Feed.from_receipt.is_(False))
        .order_by(Feed.id)
    ):
        look = _FeedLook(kind, at or state.looked_at, state.next_poll_at, state.failing_since is not None)
        by_blog[blog_id].append(look)
    comments, posts = {}, {}
    for blog_id, feeds in by_blog.items():
        # As grading has it: a blog's comments are read from its site feed, else from what there is.
        site = [feed for feed in feeds if feed.kind == FeedKind.COMMENTS]
        other = [feed for feed in feeds if feed.kind not in (FeedKind.COMMENTS, FeedKind.POSTS)]
        own = [feed for feed in feeds if feed.kind == FeedKind.POSTS]
        if site or other:
            comments[blog_id] = _look(site or other)
        if own:
            posts[blog_id] = _look(own)
    return comments, posts


def _look(feeds: Sequence[_FeedLook]) -> Look:
    looked = [feed.looked_at for feed in feeds if feed.looked_at is not None]
    following = [feed.next_at for feed in feeds if feed.next_at is not None]
    return Look(
        looked_at=min(looked) if len(looked) == len(feeds) else None,
        next_at=min(following) if len(following) == len(feeds) else None,
        sees=not any(feed.is_failing for feed in feeds),
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
