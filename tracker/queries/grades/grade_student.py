"""One student and one assignment to be settled: their own words, the rule line by line, the grade.

Tested in tests/web/instructor/grades/test_grade_student.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.locale import CourseLocale
from tracker.domain.record import GradeRecord
from tracker.grading.score import full_points
from tracker.models import Blog, Comment, CommentVersion, Course, Linkage, Post
from tracker.queries.class_standing import WHOLE, GradedUnit, units_of, whole_of
from tracker.queries.coursework import AssignmentRow
from tracker.queries.grade_records import GradeRecords, load_all_records, without_words
from tracker.queries.grades.why import RequirementAnswer, Why, load_why
from tracker.wording.arrival import say_stated
from tracker.wording.grades import say_grade, say_proposal, say_proposed
from tracker.wording.times import say_instant


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment of the student. `answer` is the requirement it fills or is in question for, `refused`
    why it does not count; without either this assignment does not use it. `html` is as the blog sent
    it and must be sanitized before it is shown; "" where the text was erased."""

    comment_id: int
    author: str
    url: str
    said: str
    first_seen: str
    html: str
    at: datetime
    answer: RequirementAnswer | None = None
    refused: str = ""
    is_undecided: bool = False
    gone_since: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """The student's comments on one post, oldest first."""

    title: str
    url: str
    published: str
    blog_id: int
    blog: str
    comments: tuple[ShownComment, ...]


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post of the student’s own that a requirement found; `html` as for comments."""

    title: str
    url: str
    said: str
    html: str
    answer: RequirementAnswer


@dataclass(frozen=True, slots=True)
class UnitGrade:
    """Another part of the assignment, or the whole: `key` as addresses name it, and its grade in words."""

    key: str
    what: str
    says: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Settling:
    """Everything on the page, about the grade of `unit`: `points` are what it can have, `proposes` is the
    rule's answer as it would be recorded, "" for none. `units` are the parts and the whole; () where the
    whole is graded at once."""

    why: Why
    threads: tuple[Thread, ...]
    posts: tuple[ShownPost, ...]
    unit: GradedUnit
    units: tuple[UnitGrade, ...]
    points: Decimal | None
    record: GradeRecord
    proposes: str


def load_settling(
    session: Session,
    course_id: int,
    enrollment_id: int,
    assignment_key: str,
    unit: GradedUnit,
    section_ids: Collection[int] | None = None,
) -> Settling | None:
    """None when the reader may see no such student or there is no such assignment."""
    why = load_why(session, course_id, enrollment_id, assignment_key, section_ids)
    if why is None:
        return None
    locale = session.get_one(Course, course_id).locale
    found = load_all_records(
        session, course_id, assignment_key=assignment_key, enrollment_ids={enrollment_id}
    )
    terms = why.assignment.terms
    records = found.get((why.assignment.id, enrollment_id)) or without_words(terms)
    record = records.of(unit.key)
    return Settling(
        why=why,
        threads=tuple(_load_threads(session, course_id, why, locale)),
        posts=tuple(_load_posts(session, why.answers, locale)),
        unit=unit,
        units=tuple(_show_units(why.assignment, records, unit)),
        points=full_points(terms, unit.key),
        record=record,
        proposes=say_proposal(record.proposal),
    )


def _show_units(row: AssignmentRow, records: GradeRecords, here: GradedUnit) -> Iterator[UnitGrade]:
    if not row.terms.graded_parts:
        return
    units = units_of(row)
    for unit in (*units, whole_of(row, units)):
        says = _say_standing(records.of(unit.key))
        yield UnitGrade(unit.key or WHOLE, unit.what, says, is_here=unit.key == here.key)


def _say_standing(record: GradeRecord) -> str:
    """ "satisfactory, released", "follows from its parts", "not yet proposed", "open"."""
    grade = record.grade or record.covered_by
    if grade is None:
        return "excused" if record.is_excused else say_proposed(record.proposal) or "open"
    said = say_grade(grade.value, grade.satisfactory)
    if record.grade is None:
        return f"{said}, with the whole"
    return f"{said}, {'released' if record.released is not None else 'recorded'}"


def _load_threads(session: Session, course_id: int, why: Why, locale: CourseLocale) -> list[Thread]:
    """The student's comments that bear on the assignment: those a requirement names, those found and
    not counted, and the others on the blogs given to them, or that may be theirs; post by post, as
    they were written."""
    answers = {one.item.comment_id: one for one in why.answers if one.item and one.item.comment_id}
    refused = {one.url: one.says for one in why.not_counted if one.url}
    rows = session.execute(
        select(Comment, Linkage, CommentVersion.text, Post, Blog)
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .join(Blog, Blog.id == Comment.blog_id)
        .outerjoin(Post, Post.id == Comment.post_id)
        .outerjoin(Comment.version)
        .where(
            Comment.merged_into_id.is_(None),
            or_(
                Comment.id.in_(sorted(answers)),
                and_(Linkage.enrollment_id == why.student.enrollment_id, Linkage.verdict == "accept"),
                and_(Linkage.verdict == "review", Comment.blog_id.in_(sorted(why.blogs))),
            ),
        )
    )
    on_posts: dict[tuple[int, str], tuple[Post | None, Blog, list[ShownComment]]] = {}
    for comment, linkage, html, post, blog in rows:
        if comment.id not in answers and comment.permalink not in refused and blog.id not in why.blogs:
            continue
        is_undecided = linkage.verdict == "review"
        if is_undecided and why.student.enrollment_id not in _candidates(linkage):
            continue
        shown = ShownComment(
            comment_id=comment.id,
            author=comment.author or "Anonymous",
            url=comment.permalink,
            said=say_stated(comment.posted_at, comment.posted_raw, comment.posted_basis, locale),
            first_seen=say_instant(comment.first_seen_at, locale),
            html=html or "",
            at=comment.at,
            answer=answers.get(comment.id),
            refused="" if comment.id in answers else refused.get(comment.permalink, ""),
            is_undecided=is_undecided,
            gone_since="" if comment.gone_since is None else say_instant(comment.gone_since, locale),
        )
        key = (comment.post_id or 0, "" if comment.post_id else comment.permalink)
        on_posts.setdefault(key, (post, blog, []))[2].append(shown)
    threads = [_thread(post, blog, comments, locale) for post, blog, comments in on_posts.values()]
    return sorted(threads, key=lambda thread: thread.comments[0].at)


def _candidates(linkage: Linkage) -> set[int]:
    return {one["enrollment_id"] for one in linkage.candidates}


def _thread(post: Post | None, blog: Blog, comments: list[ShownComment], locale: CourseLocale) -> Thread:
    return Thread(
        title="" if post is None else post.title,
        url="" if post is None else post.url,
        published="" if post is None or post.posted_at is None else say_instant(post.posted_at, locale),
        blog_id=blog.id,
        blog=blog.shown_title,
        comments=tuple(sorted(comments, key=lambda one: (one.at, one.comment_id))),
    )


def _load_posts(
    session: Session, answers: Sequence[RequirementAnswer], locale: CourseLocale
) -> list[ShownPost]:
    named = {
        one.item.post_id: one for one in answers if one.item and not one.item.comment_id and one.item.post_id
    }
    if not named:
        return []
    rows = session.scalars(select(Post).where(Post.id.in_(sorted(named))).order_by(Post.id))
    return [
        ShownPost(
            post.title or "Untitled",
            post.url,
            say_stated(post.posted_at, post.posted_raw, post.posted_basis, locale),
            post.html or "",
            named[post.id],
        )
        for post in rows
    ]
