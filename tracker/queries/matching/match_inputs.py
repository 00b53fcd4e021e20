"""What matching is given: a course's roster and blogs, the comments to judge, what people said.

Tested in tests/jobs/matching/test_rematch.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.grouping import grouped
from tracker.domain.roster import (
    AccountKey,
    AccountUse,
    AllocatedBlog,
    BlogProfile,
    CourseSigns,
    Denial,
    Enrollee,
    HandleKind,
    HandleOrigin,
    HandleState,
    KnownHandle,
)
from tracker.models import (
    Allocation,
    Assignment,
    BlogAddress,
    Comment,
    CommentVersion,
    Course,
    Enrollment,
    Handle,
    HandleDenial,
    Linkage,
    LinkageDecision,
    Post,
    Section,
    Subscription,
)
from tracker.queries.coursework import batches, blogs_of, load_blogs
from tracker.queries.matching.account_keys import account_keys
from tracker.queries.matching.class_posts import ClassPost


@dataclass(frozen=True)
class CourseRoster:
    """A course as matching sees it. Two equal rosters give the same matches."""

    course_id: int
    signs: CourseSigns
    enrollees: tuple[Enrollee, ...]
    blogs: tuple[BlogProfile, ...]
    denials: tuple[Denial, ...]
    posts: tuple[ClassPost, ...] = ()
    """Of the class blogs, in which comments may be quoted."""
    uses: tuple[AccountUse, ...] = ()


def load_class_blog_authors(session: Session, course_id: int) -> list[tuple[int, str, str]]:
    """(blog, account, name): profile addresses that the course's class blogs' own post feeds give for
    their writer."""
    rows = session.execute(
        select(Post.blog_id, Post.account, Post.author)
        .join(Subscription, and_(Subscription.blog_id == Post.blog_id, Subscription.role == "class-blog"))
        .where(Subscription.course_id == course_id, Post.account != "", Post.merged_into_id.is_(None))
        .distinct()
        .order_by(Post.blog_id, Post.account, Post.author)
    )
    return [(blog_id, account, author) for blog_id, account, author in rows]


FIGURES = ("prior_bits", "accept_at", "review_at")
"""Course settings that are fields of `CourseSigns`, too."""


def load_signs(session: Session, course_id: int) -> CourseSigns:
    course = session.get_one(Course, course_id)
    figures = {name: course.settings[name] for name in FIGURES if name in course.settings}
    return CourseSigns(tuple(course.words), tuple(course.staff_names), course.course_blog, **figures)


def load_enrollees(session: Session, course_id: int, *, active: bool = True) -> list[Enrollee]:
    """The course's students with their handles and allocations, by enrollment; with `active` False
    those who dropped it."""
    students = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(
            Enrollment.course_id == course_id,
            Enrollment.role == "student",
            Enrollment.is_active.is_(active),
        )
        .order_by(Enrollment.id)
    ).all()
    if not students:
        return []
    handles = _handles(session, course_id)
    allocated = _allocated(session, course_id)
    return [
        Enrollee(
            enrollment_id=row.id,
            given_name=row.given_name,
            family_name=row.family_name,
            preferred_name=row.preferred_name,
            external_id=row.external_id or "",
            section=section or "",
            handles=tuple(handles.get(row.id, ())),
            allocated=tuple(allocated.get(row.id, ())),
        )
        for row, section in students
    ]


def _handles(session: Session, course_id: int) -> dict[int, list[KnownHandle]]:
    rows = session.execute(
        select(Handle, Comment.account, Comment.author_url, Comment.avatar_key)
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .outerjoin(LinkageDecision, LinkageDecision.id == Handle.taught_by_id)
        .outerjoin(Comment, Comment.id == LinkageDecision.comment_id)
        .where(Enrollment.course_id == course_id, Handle.state != HandleState.REVOKED.value)
        .order_by(Handle.id)
    )
    return grouped(
        (row.enrollment_id, _known_handle(row, account_keys(account or "", url or "", avatar or "")))
        for row, account, url, avatar in rows
    )


def _known_handle(row: Handle, beside: tuple[AccountKey, ...]) -> KnownHandle:
    return KnownHandle(
        kind=HandleKind(row.kind),
        key=row.key,
        shown=row.shown,
        origin=HandleOrigin(row.origin),
        state=HandleState(row.state),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        blog_id=row.blog_id,
        beside=beside if row.kind == HandleKind.NAME else (),
    )


def _allocated(session: Session, course_id: int) -> dict[int, list[AllocatedBlog]]:
    rows = session.scalars(
        select(Allocation)
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .where(Assignment.course_id == course_id)
        .order_by(Allocation.id)
    )
    return grouped((row.enrollment_id, AllocatedBlog(row.blog_id, row.opens_at, row.due_at)) for row in rows)


def load_blog_profiles(session: Session, course_id: int) -> list[BlogProfile]:
    """Every blog the course follows or has as a class blog, with all its addresses."""
    blogs = load_blogs(session, course_id)
    addresses = session.execute(
        select(BlogAddress.blog_id, BlogAddress.key)
        .where(BlogAddress.blog_id.in_(blogs_of(course_id)))
        .order_by(BlogAddress.id)
    )
    keys = grouped(addresses.all())
    return [BlogProfile(blog.id, tuple(keys.get(blog.id, ())), tuple(blog.owner_names)) for blog in blogs]


def load_denials(session: Session, course_id: int) -> list[Denial]:
    """What people denied of a course's handles; of a name, it was denied on the comment's blog."""
    rows = session.execute(
        select(HandleDenial, Comment.blog_id)
        .join(LinkageDecision, LinkageDecision.id == HandleDenial.decision_id)
        .outerjoin(Comment, Comment.id == LinkageDecision.comment_id)
        .where(HandleDenial.course_id == course_id)
        .order_by(HandleDenial.id)
    )
    return [
        Denial(kind, row.key, row.enrollment_id, blog_id if kind is HandleKind.NAME else None)
        for row, blog_id in rows
        for kind in (HandleKind(row.kind),)
    ]


@dataclass(frozen=True)
class CommentToMatch:
    """A comment with the text of its current version and the linkage it has now, if any."""

    row: Comment
    html: str
    linkage: Linkage | None


def load_comments(
    session: Session, course_id: int, *, comment_ids: Iterable[int] | None = None
) -> list[CommentToMatch]:
    """The comments of every blog the course checks, or those of `comment_ids` among them.

    One whose text was erased keeps the linkage that the text gave it, until a person decides.
    """
    if comment_ids is None:
        found = session.execute(_COMMENTS, {"course_id": course_id}).all()
    else:
        found = [
            row
            for ids in batches(sorted(set(comment_ids)))
            for row in session.execute(_SOME_COMMENTS, {"course_id": course_id, "comment_ids": ids})
        ]
    return [CommentToMatch(row, text or "", linkage) for row, text, linkage in found]


# Asked for every check that brought something; made once, since making them costs more than asking.
_COURSE = bindparam("course_id", type_=Integer)
_COMMENTS = (
    select(Comment, CommentVersion.text, Linkage)
    .outerjoin(Comment.version)
    .outerjoin(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == _COURSE))
    .where(
        Comment.merged_into_id.is_(None),
        Comment.blog_id.in_(blogs_of(_COURSE)),
        or_(
            CommentVersion.purged_at.is_(None),
            Linkage.id.is_(None),
            select(LinkageDecision.id)
            .where(LinkageDecision.course_id == _COURSE, LinkageDecision.comment_id == Comment.id)
            .exists(),
        ),
    )
    .order_by(Comment.id)
)
_SOME_COMMENTS = _COMMENTS.where(Comment.id.in_(bindparam("comment_ids", expanding=True)))

_UNDO = aliased(LinkageDecision)
_STANDING = (
    select(LinkageDecision)
    .outerjoin(_UNDO, _UNDO.undoes_id == LinkageDecision.id)
    .where(
        LinkageDecision.course_id == _COURSE,
        LinkageDecision.kind.in_(("confirm", "outsider")),
        LinkageDecision.comment_id.is_not(None),
        _UNDO.id.is_(None),
    )
    .order_by(LinkageDecision.id)
)
_SOME_STANDING = _STANDING.where(LinkageDecision.comment_id.in_(bindparam("comment_ids", expanding=True)))


def load_standing_decisions(
    session: Session, course_id: int, comment_ids: Iterable[int] | None = None
) -> dict[int, LinkageDecision]:
    """For each comment the latest decision that was not undone: what people stand by."""
    if comment_ids is None:
        found = session.scalars(_STANDING, {"course_id": course_id}).all()
    else:
        found = [
            decision
            for ids in batches(sorted(set(comment_ids)))
            for decision in session.scalars(_SOME_STANDING, {"course_id": course_id, "comment_ids": ids})
        ]
    return {decision.comment_id: decision for decision in found if decision.comment_id is not None}


def courses_of_blog(session: Session, blog_id: int) -> Sequence[int]:
    """The courses, not archived, that follow a blog or have it as a class blog."""
    return session.scalars(
        select(Subscription.course_id)
        .join(Course, Course.id == Subscription.course_id)
        .where(
            Subscription.blog_id == blog_id,
            Subscription.ended_at.is_(None),
            Course.archived_at.is_(None),
        )
        .distinct()
        .order_by(Subscription.course_id)
    ).all()
