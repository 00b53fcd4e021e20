"""What grading is given, as rows: a constant number of questions for any number of students.

Tested in tests/jobs/verdicts/test_grading_scenarios.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import NotFoundError
from tracker.grading.rules.document import terms_from_document
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Blog,
    BlogAddress,
    Comment,
    CommentVersion,
    Enrollment,
    EnrollmentEvent,
    Handle,
    Linkage,
    Post,
    PostAlias,
    Receipt,
    RequirementException,
    RequirementVerdict,
    Subscription,
)

T = TypeVar("T", int, str)


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with the rule in force: `document` as it is stored, `terms` as it is read."""

    id: int
    key: str
    title: str
    version: int
    document: dict[str, object]

    @cached_property
    def terms(self) -> AssignmentTerms:
        return terms_from_document(self.document)


def load_assignments(session: Session, course_id: int, key: str | None = None) -> list[AssignmentRow]:
    """A course's assignments with the terms in force, in the order they were made."""
    rows = session.execute(
        select(Assignment, AssignmentTermsVersion)
        .join(Assignment.current_terms)
        .where(Assignment.course_id == course_id, true() if key is None else Assignment.key == key)
        .order_by(Assignment.id)
    )
    return [AssignmentRow(row.id, row.key, row.title, terms.version, terms.document) for row, terms in rows]


def load_assignment(session: Session, course_id: int, key: str) -> AssignmentRow:
    """The assignment of this key; NotFoundError when the course has none."""
    rows = load_assignments(session, course_id, key)
    if not rows:
        raise NotFoundError(f"There is no assignment {key} in this course.")
    return rows[0]


def active_students(course_id: int) -> ColumnElement[bool]:
    """A condition on `Enrollment`: a student of the course who has not dropped it."""
    return and_(Enrollment.course_id == course_id, Enrollment.role == "student", Enrollment.is_active)


def load_student_ids(session: Session, course_id: int) -> Sequence[int]:
    return session.scalars(
        select(Enrollment.id).where(active_students(course_id)).order_by(Enrollment.id)
    ).all()


@dataclass(frozen=True)
class CommentRow:
    """A comment with everything a fact is made of. `enrollment_id` None: undecided, see
    `candidate_ids`."""

    comment: Comment
    html: str
    post_url: str
    enrollment_id: int | None
    candidate_ids: tuple[int, ...]
    purged_words: int | None = None
    """How many words a text had that its blog's owner asked to have removed."""
    purged_counts: Mapping[str, Any] | None = None
    """What else it held, by course; None for texts erased before that was written down."""
    copy_percent: int | None = None
    """How much of it is like an earlier comment of a classmate; None: it is like none."""
    is_hidden: bool = False
    """Its blog has never shown its text."""


def load_comments(
    session: Session, course_id: int, enrollment_ids: Collection[int] | None = None
) -> list[CommentRow]:
    """Accepted and undecided comments of a course, oldest first; only those that bear on
    `enrollment_ids`, if given."""
    wanted = None if enrollment_ids is None else set(enrollment_ids)
    mine: ColumnElement[bool] = (
        true() if wanted is None else or_(Linkage.enrollment_id.in_(wanted), Linkage.verdict == "review")
    )
    rows = session.execute(
        select(
            Comment,
            CommentVersion.text,
            CommentVersion.words,
            CommentVersion.counts,
            CommentVersion.placeholder,
            Post.url,
            Linkage,
        )
        .join(Linkage, Linkage.comment_id == Comment.id)
        .outerjoin(Comment.version)
        .outerjoin(Post, Post.id == Comment.post_id)
        .where(
            Linkage.course_id == course_id,
            Linkage.verdict.in_(("accept", "review")),
            Comment.merged_into_id.is_(None),
            mine,
        )
        .order_by(Comment.id)
    )
    found = []
    for comment, html, words, counts, placeholder, post_url, linkage in rows:
        accepted = linkage.enrollment_id if linkage.verdict == "accept" else None
        candidates = (
            tuple(candidate["enrollment_id"] for candidate in linkage.candidates)
            if linkage.verdict == "review"
            else ()
        )
        if wanted is None or accepted in wanted or wanted.intersection(candidates):
            found.append(
                CommentRow(
                    comment,
                    html or "",
                    post_url or "",
                    accepted,
                    candidates,
                    words,
                    counts,
                    linkage.copy_percent if accepted is not None else None,
                    is_hidden=bool(placeholder),
                )
            )
    return found


def load_holding_blogs(session: Session, course_id: int) -> frozenset[int]:
    """Blogs known to let comments through late: two or more were public only after a complete
    check that came after their stated time. One alone may be a wrong clock."""
    rows = session.scalars(
        select(Comment.blog_id)
        .where(
            Comment.kind == "comment",
            Comment.merged_into_id.is_(None),
            Comment.posted_at < Comment.last_check_before,
            Comment.blog_id.in_(blogs_of(course_id)),
        )
        .group_by(Comment.blog_id)
        .having(func.count() > 1)
    )
    return frozenset(rows)


def load_receipted_comments(session: Session, course_id: int) -> frozenset[int]:
    """Comments that their writer's own receipt was found to speak of."""
    rows = session.scalars(
        select(Receipt.comment_id)
        .join(Enrollment, Enrollment.id == Receipt.enrollment_id)
        .where(Enrollment.course_id == course_id, Receipt.comment_id.is_not(None))
    )
    return frozenset(comment_id for comment_id in rows if comment_id is not None)


def load_class_blogs(session: Session, course_id: int) -> list[tuple[int, int]]:
    """(enrollment, blog) for every class blog: a blog handle of the student leads to it."""
    rows = session.execute(
        select(Handle.enrollment_id, BlogAddress.blog_id)
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .join(BlogAddress, BlogAddress.key == Handle.key)
        .join(
            Subscription,
            and_(Subscription.blog_id == BlogAddress.blog_id, Subscription.course_id == Enrollment.course_id),
        )
        .where(
            Enrollment.course_id == course_id,
            Handle.kind == "blog",
            Handle.state.in_(("active", "provisional")),
            Subscription.role == "class-blog",
        )
        .distinct()
        .order_by(Handle.enrollment_id, BlogAddress.blog_id)
    )
    return [(enrollment_id, blog_id) for enrollment_id, blog_id in rows]


def load_posts(session: Session, blog_ids: Collection[int]) -> list[Post]:
    """The posts that these blogs' own feeds showed, oldest first."""
    return [
        post
        for batch in batches(sorted(blog_ids))
        for post in session.scalars(
            select(Post)
            .where(Post.blog_id.in_(batch), Post.merged_into_id.is_(None), Post.is_stub.is_(False))
            .order_by(Post.id)
        )
    ]


def load_post_aliases(
    session: Session, blog_ids: Collection[int], keys: Collection[str]
) -> dict[tuple[int, str, str], int]:
    """(blog, kind, key) -> post, for those of these keys that name a post of these blogs."""
    wanted = set(blog_ids)
    return {
        (blog_id, kind, key): post_id
        for batch in batches(sorted(keys))
        for blog_id, kind, key, post_id in session.execute(
            select(PostAlias.blog_id, PostAlias.kind, PostAlias.key, PostAlias.post_id).where(
                PostAlias.key.in_(batch)
            )
        )
        if blog_id in wanted
    }


def load_followed_addresses(session: Session, course_id: int) -> list[tuple[int, str]]:
    """(blog, address key) of every followed blog of the course."""
    rows = session.execute(
        select(BlogAddress.blog_id, BlogAddress.key)
        .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
        .where(Subscription.course_id == course_id, Subscription.role == "followed")
        .order_by(BlogAddress.id)
    )
    return [(blog_id, key) for blog_id, key in rows]


def load_section_ids(session: Session, course_id: int) -> dict[int, int | None]:
    """enrollment -> section, of active students."""
    rows = session.execute(select(Enrollment.id, Enrollment.section_id).where(active_students(course_id)))
    return dict(rows.all())


def load_joined_days(session: Session, course_id: int) -> dict[int, date]:
    """enrollment -> the day, in the course's zone, on which the student was last added."""
    rows = session.execute(
        select(EnrollmentEvent.enrollment_id, EnrollmentEvent.effective_on)
        .join(Enrollment, Enrollment.id == EnrollmentEvent.enrollment_id)
        .where(Enrollment.course_id == course_id, EnrollmentEvent.kind.in_(("added", "readded")))
        .order_by(EnrollmentEvent.effective_on, EnrollmentEvent.id)
    )
    return dict(rows.all())


def load_allocations(session: Session, assignment_ids: Sequence[int]) -> Sequence[Allocation]:
    return session.scalars(
        select(Allocation).where(Allocation.assignment_id.in_(assignment_ids)).order_by(Allocation.id)
    ).all()


def load_exceptions(session: Session, assignment_ids: Sequence[int]) -> Sequence[RequirementException]:
    """Extensions and excuses that stand."""
    return session.scalars(
        select(RequirementException)
        .where(
            RequirementException.assignment_id.in_(assignment_ids),
            RequirementException.revoked_at.is_(None),
        )
        .order_by(RequirementException.id)
    ).all()


def load_receipts(session: Session, course_id: int) -> Sequence[Receipt]:
    return session.scalars(
        select(Receipt)
        .join(Enrollment, Enrollment.id == Receipt.enrollment_id)
        .where(Enrollment.course_id == course_id)
        .order_by(Receipt.id)
    ).all()


def load_commenters(session: Session, course_id: int, blog_id: int) -> set[int]:
    """Students of whom a comment on this blog counts as theirs."""
    rows = session.scalars(
        select(Linkage.enrollment_id)
        .join(Comment, Comment.id == Linkage.comment_id)
        .where(Linkage.course_id == course_id, Linkage.verdict == "accept", Comment.blog_id == blog_id)
        .distinct()
    )
    return {one for one in rows if one is not None}


def load_writers(session: Session, course_id: int, comment_ids: Collection[int]) -> set[int]:
    """Students of whom one of these comments counts as theirs, or may be theirs."""
    found: set[int] = set()
    for batch in batches(sorted(comment_ids)):
        rows = session.execute(
            select(Linkage.enrollment_id, Linkage.verdict, Linkage.candidates).where(
                Linkage.course_id == course_id,
                Linkage.comment_id.in_(batch),
                Linkage.verdict.in_(("accept", "review")),
            )
        )
        for enrollment_id, verdict, candidates in rows:
            if verdict == "review":
                found.update(candidate["enrollment_id"] for candidate in candidates)
            elif enrollment_id is not None:
                found.add(enrollment_id)
    return found


def load_blogs(session: Session, course_id: int) -> list[Blog]:
    """Every blog that the course follows or followed, also as a student's class blog."""
    return list(session.scalars(select(Blog).where(Blog.id.in_(blogs_of(course_id))).order_by(Blog.id)))


def blogs_of(course_id: int | BindParameter[int], role: str | None = None) -> Select[int]:
    """The ids of these blogs, or of those in one role, to be asked for."""
    blogs = select(Subscription.blog_id).where(Subscription.course_id == course_id)
    return blogs if role is None else blogs.where(Subscription.role == role)


def load_verdicts(
    session: Session, assignment_ids: Sequence[int], enrollment_ids: Sequence[int]
) -> list[RequirementVerdict]:
    """The stored verdicts of these assignments and students."""
    return [
        row
        for batch in batches(enrollment_ids)
        for row in session.scalars(
            select(RequirementVerdict)
            .where(
                RequirementVerdict.assignment_id.in_(assignment_ids),
                RequirementVerdict.enrollment_id.in_(batch),
            )
            .order_by(RequirementVerdict.id)
        )
    ]


def batches(ids: Sequence[T], size: int = 500) -> Sequence[Sequence[T]]:
    """The ids by so many, as many as one question may name."""
    return [ids[start : start + size] for start in range(0, len(ids), size)]
