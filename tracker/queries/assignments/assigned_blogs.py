"""What giving blogs to students rests on: who has which, who had which, how many each blog has.

Tested in tests/web/instructor/assignments/test_assign_blogs.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.models import Allocation, Assignment, Blog, Enrollment, RequirementVerdict, Subscription
from tracker.queries.blogs.assignability import BlogReport, load_reports
from tracker.queries.class_standing import Student, fold, load_students


@dataclass(frozen=True, slots=True)
class BlogChoice:
    """A followed blog that may be given: how many students of an assignment have it, and what speaks
    against it (`report.why`)."""

    blog_id: int
    title: str
    students: int
    report: BlogReport


def load_choices(session: Session, course_id: int, assignment_id: int, now: datetime) -> list[BlogChoice]:
    """Every followed blog, in the order in which it was followed."""
    blogs = session.scalars(
        select(Blog)
        .join(Subscription, Subscription.blog_id == Blog.id)
        .where(Subscription.course_id == course_id, Subscription.role == "followed")
        .order_by(Subscription.id)
    ).all()
    reports = load_reports(session, course_id, {blog.id for blog in blogs}, now)
    loads = Counter(blog_id for _, blog_id in load_current(session, assignment_id))
    return [BlogChoice(blog.id, blog.shown_title, loads[blog.id], reports[blog.id]) for blog in blogs]


def load_current(session: Session, assignment_id: int) -> list[tuple[int, int]]:
    """(student, blog) of an assignment now, without what was replaced."""
    rows = session.execute(
        select(Allocation.enrollment_id, Allocation.blog_id)
        .join(Enrollment, Enrollment.id == Allocation.enrollment_id)
        .where(
            Allocation.assignment_id == assignment_id,
            Allocation.replaced_by_id.is_(None),
            Enrollment.is_active,
        )
        .order_by(Allocation.id)
    )
    return [(who, blog_id) for who, blog_id in rows]


def load_had(session: Session, course_id: int) -> dict[int, frozenset[int]]:
    """student -> every blog that they were ever given in the course."""
    rows = session.execute(
        select(Allocation.enrollment_id, Allocation.blog_id)
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .where(Assignment.course_id == course_id)
    )
    return {who: frozenset(blogs) for who, blogs in grouped(rows.all()).items()}


def load_states(
    session: Session, assignment_id: int, keys: Collection[str]
) -> dict[int, list[RequirementVerdict]]:
    """student -> the stored verdicts of these requirements."""
    rows = session.scalars(
        select(RequirementVerdict)
        .where(RequirementVerdict.assignment_id == assignment_id, RequirementVerdict.requirement.in_(keys))
        .order_by(RequirementVerdict.id)
    )
    return grouped((row.enrollment_id, row) for row in rows)


@dataclass(frozen=True, slots=True)
class AllottedBlog:
    """A student and the blog, or the author or post on it, that is theirs now."""

    student: Student
    blog: BlogChoice
    author: str = ""
    post_url: str = ""


@dataclass(frozen=True, slots=True)
class Allotted:
    """An assignment's blogs as they are; `replaced`: taken from how many students."""

    key: str
    title: str
    given: tuple[AllottedBlog, ...]
    without: tuple[Student, ...]
    blogs: tuple[BlogChoice, ...]
    replaced: tuple[tuple[BlogChoice, int], ...]

    def name_of(self, enrollment_id: int) -> str:
        everybody = (*(one.student for one in self.given), *self.without)
        return next((one.sort_name for one in everybody if one.enrollment_id == enrollment_id), "")

    def title_of(self, blog_id: int) -> str:
        return next((one.title for one in self.blogs if one.blog_id == blog_id), "")


def load_allotted(session: Session, course_id: int, assignment: Assignment, now: datetime) -> Allotted:
    blogs = {one.blog_id: one for one in load_choices(session, course_id, assignment.id, now)}
    students = {one.enrollment_id: one for one in load_students(session, course_id)}
    rows = session.scalars(
        select(Allocation).where(Allocation.assignment_id == assignment.id).order_by(Allocation.id)
    ).all()
    current = [row for row in rows if row.replaced_by_id is None and row.enrollment_id in students]
    given = [
        AllottedBlog(students[row.enrollment_id], blogs[row.blog_id], row.author, row.post_url)
        for row in current
        if row.blog_id in blogs
    ]
    has_one = {row.enrollment_id for row in current}
    taken = Counter(row.blog_id for row in rows if row.replaced_by_id is not None)
    return Allotted(
        assignment.key,
        assignment.title,
        tuple(sorted(given, key=lambda one: fold(one.student.sort_name))),
        tuple(one for one in students.values() if one.enrollment_id not in has_one),
        tuple(blogs.values()),
        tuple((blogs[blog_id], number) for blog_id, number in taken.items() if blog_id in blogs),
    )
