"""What the review page asks: which comments wait for a person, and all that is known of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.grading.terms_document import terms_from_document
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Blog,
    Comment,
    Enrollment,
    Linkage,
    LinkageDecision,
    Post,
    RequirementVerdict,
    Section,
    User,
)
from tracker.queries.matching import load_standing_decisions

OPEN_STATES = ("not_due", "not_found_yet", "cannot_see", "in_moderation", "in_review", "provisional")
"""Verdicts that a comment found now could still turn into met."""


MAX_SIBLINGS = 50
"""Comments of one account that are listed beside the one being decided."""


@dataclass(frozen=True, slots=True)
class Student:
    """A student as a page names them. `section` is "" without one."""

    enrollment_id: int
    name: str
    section: str
    section_id: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Settles:
    """What deciding a comment settles: this student's open comments of this assignment."""

    student: str
    assignment: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class QueueLine:
    """Comments of one account that wait together; `comment_ids` newest first. `claims` of them are
    the students who could have written the first one, best first."""

    comment_ids: tuple[int, ...]
    author: str
    blog: str
    posted_at: datetime
    settles: Settles | None
    claims: tuple[str, ...]

    @property
    def first(self) -> int:
        return self.comment_ids[0]

    @property
    def size(self) -> int:
        return len(self.comment_ids)

    @property
    def is_group(self) -> bool:
        return self.size > 1


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A student who could have written it, with the sentences against ("Against: …") and for."""

    enrollment_id: int
    name: str
    section: str
    level: str
    against: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """The decision that stands. `student` is "" when it says nobody's."""

    decision_id: int
    kind: str
    student: str
    by: str
    at: datetime
    taught: bool


@dataclass(frozen=True, slots=True)
class ReviewedComment:
    """One comment with everything a person needs to say whose it is. Instants are aware, in UTC;
    `html` is as the blog sent it and must be sanitised before it is shown."""

    comment_id: int
    author: str
    author_url: str
    permalink: str
    blog_id: int
    blog: str
    post_title: str
    post_url: str
    html: str
    posted_at: datetime | None
    posted_raw: str
    first_seen_at: datetime
    last_look_before: datetime | None
    edited_at: datetime | None
    gone_since: datetime | None
    verdict: str
    reason: str
    student: str
    enrollment_id: int | None
    candidates: tuple[CandidateLine, ...]
    decision: DecisionLine | None
    row: Comment
    """For jobs that read the entry itself."""


def load_students(session: Session, course_id: int) -> dict[int, Student]:
    """Everybody who is or was a student of the course, by family name."""
    rows = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.course_id == course_id, Enrollment.role == "student")
        .order_by(Enrollment.family_name, Enrollment.given_name, Enrollment.id)
    )
    return {
        row.id: Student(row.id, name_of(row), section or "", row.section_id, row.is_active)
        for row, section in rows
    }


def name_of(row: Enrollment) -> str:
    """Given and family name as the roster has them."""
    return f"{row.given_name} {row.family_name}".strip()


def load_queue(
    session: Session, course_id: int, now: datetime, sections: Collection[int] | None = None
) -> list[QueueLine]:
    """The comments that wait for a person, those of one account together.

    First what settles an open requirement, nearest deadline first; then the newest. `sections`
    leaves only comments that a student of these sections could have written (None: all).
    """
    rows = session.execute(
        select(Linkage.candidates, Comment, Blog)
        .join(Comment, Comment.id == Linkage.comment_id)
        .join(Blog, Blog.id == Comment.blog_id)
        .where(
            Linkage.course_id == course_id,
            Linkage.verdict == "review",
            Linkage.decision_id.is_(None),
            Comment.merged_into_id.is_(None),
        )
        .order_by(Comment.id.desc())
    ).all()
    students = load_students(session, course_id)
    visible = None if sections is None else _in_sections(session, course_id, sections)
    open_rounds = _load_open_rounds(session, course_id)
    groups: dict[str, list[_Waiting]] = defaultdict(list)
    for candidates, comment, blog in rows:
        people = [one["enrollment_id"] for one in candidates]
        if visible is None or visible.intersection(people):
            waiting = _Waiting(
                comment, blog.title or blog.home_url, people, _settles(comment, people, open_rounds, students)
            )
            groups[_group_key(comment)].append(waiting)
    lines = [_line(group, students) for group in groups.values()]
    return sorted(lines, key=lambda line: _urgency(line, now))


@dataclass(frozen=True, slots=True)
class _Waiting:
    comment: Comment
    blog: str
    people: Sequence[int]
    settles: Settles | None

    @property
    def at(self) -> datetime:
        return self.comment.posted_at or self.comment.first_seen_at


def _group_key(comment: Comment) -> str:
    """One account is one question; who has none is asked about comment by comment."""
    return comment.account or comment.author_url or comment.avatar_key or f"#{comment.id}"


def _line(group: list[_Waiting], students: Mapping[int, Student]) -> QueueLine:
    newest = sorted(group, key=lambda one: (one.settles is None, -one.at.timestamp(), -one.comment.id))
    first = newest[0]
    return QueueLine(
        comment_ids=tuple(one.comment.id for one in newest),
        author=first.comment.author,
        blog=first.blog,
        posted_at=first.at,
        settles=first.settles,
        claims=tuple(students[one].name for one in first.people if one in students),
    )


def _urgency(line: QueueLine, now: datetime) -> tuple[bool, float, float]:
    wait = abs((line.settles.due_at - now).total_seconds()) if line.settles else 0.0
    return line.settles is None, wait, -line.posted_at.timestamp()


@dataclass(frozen=True, slots=True)
class _OpenRound:
    """A blog given to a student for an assignment whose comments are not all found."""

    title: str
    opens_at: datetime | None
    due_at: datetime


def _load_open_rounds(session: Session, course_id: int) -> dict[tuple[int, int], list[_OpenRound]]:
    """(student, blog) -> the rounds in which a comment there is still looked for."""
    rows = session.execute(
        select(Allocation, Assignment.title, AssignmentTermsVersion, RequirementVerdict.due_at)
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .join(
            AssignmentTermsVersion,
            and_(
                AssignmentTermsVersion.assignment_id == Assignment.id,
                AssignmentTermsVersion.version == Assignment.current_version,
            ),
        )
        .join(
            RequirementVerdict,
            and_(
                RequirementVerdict.assignment_id == Assignment.id,
                RequirementVerdict.enrollment_id == Allocation.enrollment_id,
                RequirementVerdict.requirement.like("comment-%"),
                RequirementVerdict.state.in_(OPEN_STATES),
            ),
        )
        .where(Assignment.course_id == course_id)
        .order_by(RequirementVerdict.id)
    )
    found: dict[tuple[int, int], list[_OpenRound]] = defaultdict(list)
    opens: dict[int, datetime | None] = {}
    for allocation, title, terms, due_at in rows:
        if terms.id not in opens:
            opens[terms.id] = terms_from_document(terms.document).comments.window.opens_at
        found[allocation.enrollment_id, allocation.blog_id].append(
            _OpenRound(title, allocation.opens_at or opens[terms.id], due_at)
        )
    return found


def _settles(
    comment: Comment,
    people: Iterable[int],
    rounds: Mapping[tuple[int, int], list[_OpenRound]],
    students: Mapping[int, Student],
) -> Settles | None:
    at = comment.posted_at or comment.first_seen_at
    for person in people:
        for one in rounds.get((person, comment.blog_id), ()):
            if person in students and (one.opens_at is None or one.opens_at <= at):
                return Settles(students[person].name, one.title, one.due_at)
    return None


def _in_sections(session: Session, course_id: int, sections: Collection[int]) -> set[int]:
    return set(
        session.scalars(
            select(Enrollment.id).where(
                Enrollment.course_id == course_id, Enrollment.section_id.in_(set(sections))
            )
        )
    )


def load_reviewed(
    session: Session, course_id: int, comment_id: int, students: Mapping[int, Student]
) -> ReviewedComment | None:
    """One comment of the course, decided or not; None when the course has no such comment."""
    row = session.execute(
        select(Linkage, Comment, Blog, Post)
        .join(Comment, Comment.id == Linkage.comment_id)
        .join(Blog, Blog.id == Comment.blog_id)
        .outerjoin(Post, Post.id == Comment.post_id)
        .options(joinedload(Comment.version))
        .where(Linkage.course_id == course_id, Linkage.comment_id == comment_id)
    ).one_or_none()
    if row is None:
        return None
    linkage, comment, blog, post = row
    standing = load_standing_decisions(session, course_id, {comment_id}).get(comment_id)
    writer = students.get(linkage.enrollment_id) if linkage.enrollment_id else None
    return ReviewedComment(
        comment_id=comment.id,
        author=comment.author,
        author_url=comment.author_url or comment.account,
        permalink=comment.permalink,
        blog_id=blog.id,
        blog=blog.title or blog.home_url,
        post_title=post.title if post else "",
        post_url=post.url if post else "",
        html=(comment.version.text or "") if comment.version else "",
        posted_at=comment.posted_at,
        posted_raw=comment.posted_raw,
        first_seen_at=comment.first_seen_at,
        last_look_before=comment.last_look_before,
        edited_at=comment.edited_at,
        gone_since=comment.gone_since,
        verdict=linkage.verdict,
        reason=linkage.reason,
        student=writer.name if writer else "",
        enrollment_id=linkage.enrollment_id,
        candidates=tuple(_candidates(linkage.candidates, students)),
        decision=_decision(session, standing, students) if standing else None,
        row=comment,
    )


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another comment of the same account, in one line. `html` must be sanitised or stripped."""

    comment_id: int
    author: str
    blog: str
    posted_at: datetime
    html: str


def load_siblings(session: Session, course_id: int, comment_ids: Sequence[int]) -> list[Sibling]:
    """These comments of the course, newest first."""
    rows = session.execute(
        select(Comment, Blog)
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .join(Blog, Blog.id == Comment.blog_id)
        .options(joinedload(Comment.version))
        .where(Comment.id.in_(comment_ids[:MAX_SIBLINGS]))
        .order_by(Comment.posted_at.desc(), Comment.id.desc())
    )
    return [
        Sibling(
            comment_id=comment.id,
            author=comment.author,
            blog=blog.title or blog.home_url,
            posted_at=comment.posted_at or comment.first_seen_at,
            html=(comment.version.text or "") if comment.version else "",
        )
        for comment, blog in rows
    ]


def find_comments_of_account(session: Session, course_id: int, address: str, avatar_key: str) -> set[int]:
    """The ids of the course's comments that were written under an account's address, or beside a
    picture with this key when there is no address."""
    mine = (
        or_(Comment.account == address, Comment.author_url == address)
        if address
        else Comment.avatar_key == avatar_key
    )
    return set(
        session.scalars(
            select(Comment.id)
            .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
            .where(mine, Comment.merged_into_id.is_(None))
        )
    )


def find_standing(session: Session, course_id: int, comment_id: int) -> int | None:
    """The id of the decision that stands about a comment."""
    standing = load_standing_decisions(session, course_id, {comment_id}).get(comment_id)
    return standing.id if standing else None


def _candidates(
    stored: Iterable[Mapping[str, Any]], students: Mapping[int, Student]
) -> Iterable[CandidateLine]:
    for one in stored:
        student = students.get(one["enrollment_id"])
        if student is None:
            continue
        pieces = one["evidence"]
        yield CandidateLine(
            enrollment_id=student.enrollment_id,
            name=student.name,
            section=student.section,
            level=one["level"],
            against=tuple(piece["says"] for piece in pieces if _is_against(piece)),
            reasons=tuple(piece["says"] for piece in pieces if not _is_against(piece)),
        )


def _is_against(piece: Mapping[str, Any]) -> bool:
    return bool(piece["veto"]) or piece["bits"] < 0


def _decision(
    session: Session, decision: LinkageDecision, students: Mapping[int, Student]
) -> DecisionLine | None:
    by = session.get(User, decision.by_user_id) if decision.by_user_id else None
    whose = students.get(decision.enrollment_id) if decision.enrollment_id else None
    return DecisionLine(
        decision_id=decision.id,
        kind=decision.kind,
        student=whose.name if whose else "",
        by=by.name if by else "",
        at=decision.at,
        taught=bool(decision.taught),
    )


@dataclass(frozen=True, slots=True)
class LastDecision:
    """Somebody's latest decision that stands, for the undo button."""

    decision_id: int
    comment_id: int
    author: str
    student: str
    at: datetime


def load_last_decision(session: Session, course_id: int, by: int) -> LastDecision | None:
    """A person's latest decision in a course that was not taken back."""
    undo = aliased(LinkageDecision)
    row = session.execute(
        select(LinkageDecision, Comment.author, Enrollment)
        .join(Comment, Comment.id == LinkageDecision.comment_id)
        .outerjoin(Enrollment, Enrollment.id == LinkageDecision.enrollment_id)
        .outerjoin(undo, undo.undoes_id == LinkageDecision.id)
        .where(
            LinkageDecision.course_id == course_id,
            LinkageDecision.by_user_id == by,
            LinkageDecision.kind.in_(("confirm", "outsider")),
            undo.id.is_(None),
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
