"""What was said of grades and what the rule proposes now, and the plain names of what verdicts rest on.

Tested in tests/jobs/grades/test_grade_student.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms
from tracker.domain.grade import Score, Verdict
from tracker.domain.grouping import grouped
from tracker.domain.reason import Reason
from tracker.domain.record import GradeKind, GradeRecord, GradeWord
from tracker.domain.states import WAIVED, State
from tracker.grading.recording import is_certain, levels_of, record_of
from tracker.grading.score import propose
from tracker.models import (
    Assignment,
    Comment,
    Enrollment,
    GradeDecision,
    Linkage,
    Post,
    RequirementVerdict,
    User,
)
from tracker.queries.class_standing import in_sections
from tracker.queries.coursework import blogs_of, load_assignment, load_assignments

Cell = tuple[int, int]
"""(assignment, enrollment)"""

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_UNDECIDED = Score(None)


def load_records(
    session: Session,
    course_id: int,
    *,
    assignment_key: str | None = None,
    enrollment_ids: Collection[int] | None = None,
    section_ids: Collection[int] | None = None,
) -> dict[Cell, GradeRecord]:
    """Where each student's grades stand; who has neither verdicts nor words is left out.

    All of a course's, or those of one assignment, of some students, of some sections. Three
    questions, however many there are.
    """
    terms = {row.id: row.terms for row in load_assignments(session, course_id, assignment_key)}
    whose = _whose(enrollment_ids, section_ids)
    words = _load_words(session, course_id, whose)
    verdicts = _load_verdicts(session, course_id, terms, whose)
    return {
        cell: _record(terms[cell[0]], words.get(cell, ()), verdicts.get(cell, ()))
        for cell in sorted(words.keys() | verdicts.keys())
        if cell[0] in terms
    }


def _record(terms: AssignmentTerms, words: Sequence[GradeWord], verdicts: Sequence[Verdict]) -> GradeRecord:
    """Of whom nothing is asked any more, nothing is proposed: an excuse is no grade."""
    if verdicts and all(one.state in WAIVED for one in verdicts):
        return replace(record_of(words, _UNDECIDED), is_excused=True)
    record = record_of(words, propose(terms, verdicts, levels_of(words) or None))
    record = replace(record, has_marks=any(one.marks for one in verdicts))
    if not terms.rubric or record.grade is not None:
        return record
    return replace(record, needs_levels=is_certain(propose(replace(terms, rubric=()), verdicts)))


def load_proposal(
    session: Session, course_id: int, assignment_key: str, enrollment_id: int, levels: Mapping[str, str]
) -> Score:
    """What the rule proposes for one student by levels of the rubric that a person has just chosen."""
    row = load_assignment(session, course_id, assignment_key)
    found = _load_verdicts(session, course_id, [row.id], Enrollment.id == enrollment_id)
    return propose(row.terms, found.get((row.id, enrollment_id), ()), levels)


def load_words(session: Session, course_id: int, assignment_id: int, enrollment_id: int) -> list[GradeWord]:
    """Everything said of one student's grade for one assignment, oldest first."""
    found = _load_words(session, course_id, Enrollment.id == enrollment_id)
    return found.get((assignment_id, enrollment_id), [])


def load_recorded_grades(session: Session, course_id: int) -> dict[Cell, GradeWord]:
    """(assignment, enrollment) -> the recorded grade, where there is one; nothing is compared with the
    rule."""
    records = {
        cell: record_of(words, _UNDECIDED).grade
        for cell, words in _load_words(session, course_id, true()).items()
    }
    return {cell: grade for cell, grade in records.items() if grade is not None}


def _whose(
    enrollment_ids: Collection[int] | None, section_ids: Collection[int] | None
) -> ColumnElement[bool]:
    some = true() if enrollment_ids is None else Enrollment.id.in_(sorted(set(enrollment_ids)))
    return some & in_sections(section_ids)


def _load_words(session: Session, course_id: int, whose: ColumnElement[bool]) -> dict[Cell, list[GradeWord]]:
    rows = session.execute(
        select(GradeDecision, User.name)
        .join(Assignment, Assignment.id == GradeDecision.assignment_id)
        .join(Enrollment, Enrollment.id == GradeDecision.enrollment_id)
        .outerjoin(User, User.id == GradeDecision.by_user_id)
        .where(Assignment.course_id == course_id, whose)
        .order_by(GradeDecision.id)
    )
    return grouped(((row.assignment_id, row.enrollment_id), _word(row, name or "")) for row, name in rows)


def _word(row: GradeDecision, by: str) -> GradeWord:
    return GradeWord(
        number=row.id,
        kind=GradeKind(row.kind),
        at=row.at,
        by=by,
        value=row.value,
        satisfactory=row.satisfactory,
        reason=row.reason,
        undoes=row.undoes_id,
        proposed=None if row.terms_version is None else Score(row.proposed_satisfactory, row.proposed_value),
        levels=row.levels or {},
        batch=row.batch,
    )


def _load_verdicts(
    session: Session, course_id: int, assignment_ids: Collection[int], whose: ColumnElement[bool]
) -> dict[Cell, list[Verdict]]:
    """Of the stored verdicts what a proposal reads; narrow rows, since there are thousands of them."""
    rows = session.execute(
        select(
            RequirementVerdict.assignment_id,
            RequirementVerdict.enrollment_id,
            RequirementVerdict.requirement,
            RequirementVerdict.state,
            RequirementVerdict.credit,
            RequirementVerdict.marks,
        )
        .join(Assignment, Assignment.id == RequirementVerdict.assignment_id)
        .join(Enrollment, Enrollment.id == RequirementVerdict.enrollment_id)
        .where(Assignment.course_id == course_id, Assignment.id.in_(sorted(assignment_ids)), whose)
        .order_by(RequirementVerdict.id)
    )
    return grouped(
        (
            (assignment_id, enrollment_id),
            Verdict(key, State(state), "", _NO_TIME, credit=credit, marks=_marks(marks)),
        )
        for assignment_id, enrollment_id, key, state, credit, marks in rows
    )


def _marks(document: Sequence[Mapping[str, Any]] | None) -> tuple[Reason, ...]:
    return tuple(map(Reason.from_json, document or ()))


def load_external_ids(session: Session, course_id: int) -> dict[int, str]:
    """enrollment -> the student number of the roster ("" without one)."""
    rows = session.execute(
        select(Enrollment.id, Enrollment.external_id).where(Enrollment.course_id == course_id)
    )
    return {enrollment_id: external_id or "" for enrollment_id, external_id in rows}


def load_addresses(session: Session, course_id: int) -> tuple[dict[int, str], dict[int, str]]:
    """(comment -> permalink of the course's accepted comments, post -> address of its class blogs)."""
    comments = session.execute(
        select(Comment.id, Comment.permalink)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .where(Linkage.course_id == course_id, Linkage.verdict == "accept")
    )
    posts = session.execute(
        select(Post.id, Post.url).where(Post.blog_id.in_(blogs_of(course_id, "class-blog")))
    )
    return dict(comments.all()), dict(posts.all())
