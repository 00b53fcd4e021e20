"""What the assignments' pages ask: each rule in words, how far the class is, which blogs were given.

Tested in tests/queries/people/test_lists.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.locale import CourseLocale
from tracker.domain.typed_rule import TypedRule
from tracker.grading.phase import Phase
from tracker.grading.rules.to_form import type_rule
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Blog,
    Course,
    Enrollment,
    User,
)
from tracker.queries.class_standing import (
    Part,
    Student,
    fold,
    in_sections,
    load_parts,
    load_students,
)
from tracker.queries.coursework import AssignmentRow, load_assignment, load_assignments
from tracker.queries.grades.grid import order_parts
from tracker.queries.standings import Standings, count_done, load_standings
from tracker.wording.rules import rule_sentence
from tracker.wording.times import say_ago, say_due


@dataclass(frozen=True, slots=True)
class PartStanding:
    """A part with how far the class is: `said` is "139 of 150 decided" or "52 of 150 in"."""

    part: Part
    due: str
    said: str
    need_you: int


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """An assignment in the list. `with_blog` of `students` were given a blog."""

    row: AssignmentRow
    rule: str
    parts: tuple[PartStanding, ...]
    with_blog: int
    students: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a rule: who put it in force, and when ("" where not known)."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """One assignment for its own page: `typed` for the form, None where the rule has more than the form
    says; `rule` as students read it; `given` are the students with the blogs assigned to them."""

    row: AssignmentRow
    typed: TypedRule | None
    rule: str
    versions: tuple[VersionLine, ...]
    parts: tuple[PartStanding, ...]
    given: tuple[tuple[Student, Blog], ...]
    without_blog: tuple[Student, ...]


def load_assignment_list(
    session: Session, course_id: int, now: datetime, section_ids: Collection[int] | None = None
) -> list[AssignmentLine]:
    """Every assignment of the course, in the order of the grid."""
    locale = session.get_one(Course, course_id).locale
    students = load_students(session, course_id, section_ids)
    standings = load_standings(session, course_id, section_ids)
    parts = order_parts(load_parts(session, course_id), now)
    given = dict(
        session.execute(
            select(Allocation.assignment_id, func.count(Allocation.enrollment_id.distinct()))
            .join(Enrollment, Enrollment.id == Allocation.enrollment_id)
            .where(
                Enrollment.course_id == course_id,
                Enrollment.is_active,
                Allocation.replaced_by_id.is_(None),
                in_sections(section_ids),
            )
            .group_by(Allocation.assignment_id)
        ).all()
    )
    rows = {row.id: row for row in load_assignments(session, course_id)}
    return [
        AssignmentLine(
            row=rows[one],
            rule=rule_sentence(rows[one].terms, locale),
            parts=_standings(
                [part for part in parts if part.assignment_id == one], standings, students, now, locale
            ),
            with_blog=given.get(one, 0),
            students=len(students),
        )
        for one in dict.fromkeys(part.assignment_id for part in parts)
    ]


def load_assignment_page(
    session: Session,
    course_id: int,
    assignment: Assignment,
    now: datetime,
    section_ids: Collection[int] | None = None,
) -> AssignmentPage:
    """One assignment of the course."""
    locale = session.get_one(Course, course_id).locale
    row = load_assignment(session, course_id, assignment.key)
    students = load_students(session, course_id, section_ids)
    standings = load_standings(session, course_id, section_ids)
    parts = [part for part in load_parts(session, course_id) if part.assignment_id == assignment.id]
    given = _load_given(session, assignment.id, students)
    has_blog = {student.enrollment_id for student, _ in given}
    return AssignmentPage(
        row=row,
        typed=type_rule(row.terms, locale.zone),
        rule=rule_sentence(row.terms, locale),
        versions=tuple(_load_versions(session, assignment.id)),
        parts=_standings(parts, standings, students, now, locale),
        given=tuple(given),
        without_blog=tuple(one for one in students if one.enrollment_id not in has_blog),
    )


def _standings(
    parts: Sequence[Part],
    standings: Standings,
    students: Sequence[Student],
    now: datetime,
    locale: CourseLocale,
) -> tuple[PartStanding, ...]:
    found = []
    for part in parts:
        phase = part.phase(now)
        done = f"{count_done(standings, part, students, phase)} of {len(students)}"
        if phase is Phase.COMING:
            said = f"opens {say_due(part.opens_at or part.due_at, locale)}"
        else:
            said = f"{done} decided" if phase is Phase.PAST else f"{done} in"
        found.append(
            PartStanding(
                part,
                f"{say_due(part.due_at, locale)}, {say_ago(part.due_at, now)}",
                said,
                sum(standings.of(part, one.enrollment_id).needs_you for one in students),
            )
        )
    return tuple(found)


def _load_given(
    session: Session, assignment_id: int, students: Sequence[Student]
) -> list[tuple[Student, Blog]]:
    known = {one.enrollment_id: one for one in students}
    rows = session.execute(
        select(Allocation.enrollment_id, Blog)
        .join(Blog, Blog.id == Allocation.blog_id)
        .where(Allocation.assignment_id == assignment_id, Allocation.replaced_by_id.is_(None))
        .order_by(Allocation.id)
    )
    found = [(known[who], blog) for who, blog in rows if who in known]
    return sorted(found, key=lambda one: fold(one[0].sort_name))


def _load_versions(session: Session, assignment_id: int) -> list[VersionLine]:
    rows = session.execute(
        select(AssignmentTermsVersion.version, AssignmentTermsVersion.at, User.name)
        .outerjoin(User, User.id == AssignmentTermsVersion.by_user_id)
        .where(AssignmentTermsVersion.assignment_id == assignment_id)
        .order_by(AssignmentTermsVersion.version.desc())
    )
    return [VersionLine(number, at, name or "") for number, at, name in rows]
