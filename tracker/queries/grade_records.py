"""What was said of grades and what the rule proposes now, and the plain names of what verdicts rest on.

Tested in tests/jobs/grades/test_grade_student.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import NotFoundError
from tracker.domain.grade import Score, Verdict
from tracker.domain.grouping import grouped
from tracker.domain.reason import Reason
from tracker.domain.record import GradeKind, GradeRecord, GradeWord
from tracker.domain.states import WAIVED, State
from tracker.grading.recording import levels_of, part_grade, record_of, whole_of_parts
from tracker.grading.round_summary import Standing, lacks_levels_only
from tracker.grading.rules.document import terms_from_document
from tracker.grading.score import propose, propose_part
from tracker.models import (
    Assignment,
    AssignmentTermsVersion,
    Comment,
    Enrollment,
    GradeDecision,
    Linkage,
    Post,
    RequirementVerdict,
    User,
)
from tracker.queries.class_standing import in_sections
from tracker.queries.coursework import AssignmentRow, blogs_of, load_assignment, load_assignments

Cell = tuple[int, int]
"""(assignment, enrollment)"""

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_UNDECIDED = Score(None)
_NOTHING = GradeRecord(_UNDECIDED)


@dataclass(frozen=True, slots=True)
class GradeRecords:
    """One student's grades for one assignment: of the whole, and of each part that is graded by itself."""

    whole: GradeRecord
    parts: Mapping[str, GradeRecord]

    def of(self, part: str | None) -> GradeRecord:
        """Of a part, or (None) of the whole. NotFoundError where the part is not graded by itself."""
        if part is None:
            return self.whole
        if part not in self.parts:
            raise NotFoundError("The rule changed in the meantime. This part is not graded by itself.")
        return self.parts[part]


def load_records(
    session: Session,
    course_id: int,
    *,
    assignment_key: str | None = None,
    enrollment_ids: Collection[int] | None = None,
    section_ids: Collection[int] | None = None,
    part: str | None = None,
) -> dict[Cell, GradeRecord]:
    """Where each student's grades stand, of a part or (None) of the whole; else as `load_all_records`."""
    found = load_all_records(
        session,
        course_id,
        assignment_key=assignment_key,
        enrollment_ids=enrollment_ids,
        section_ids=section_ids,
    )
    return {cell: records.of(part) for cell, records in found.items()}


def load_all_records(
    session: Session,
    course_id: int,
    *,
    assignment_key: str | None = None,
    enrollment_ids: Collection[int] | None = None,
    section_ids: Collection[int] | None = None,
) -> dict[Cell, GradeRecords]:
    """Where each student's grades stand; who has neither verdicts nor words is left out.

    All of a course's, or those of one assignment, of some students, of some sections. Three
    questions, however many there are; a fourth where grades were given by an earlier rule.
    """
    rows = {row.id: row for row in load_assignments(session, course_id, assignment_key)}
    whose = _whose(enrollment_ids, section_ids)
    words = {cell: said for cell, said in _load_words(session, course_id, whose).items() if cell[0] in rows}
    verdicts = _load_verdicts(session, course_id, rows, whose)
    earlier = _load_earlier_terms(session, rows, words)
    return {
        cell: _records(rows[cell[0]], earlier, words.get(cell, ()), verdicts.get(cell, ()))
        for cell in sorted(words.keys() | verdicts.keys())
    }


def without_words(terms: AssignmentTerms) -> GradeRecords:
    """Of a student of whom nothing was judged and nothing said."""
    return GradeRecords(_NOTHING, dict.fromkeys(terms.graded_parts, _NOTHING))


def _records(
    row: AssignmentRow,
    earlier: Mapping[tuple[int, int], AssignmentTerms],
    words: Sequence[GradeWord],
    verdicts: Sequence[Verdict],
) -> GradeRecords:
    terms, latest = row.terms, words[-1].number if words else 0
    whole = replace(
        _whole_record(terms, [word for word in words if word.part is None], verdicts), latest=latest
    )
    if not terms.graded_parts:
        return GradeRecords(whole, {})
    parts = {
        key: replace(_part_record(terms, key, words, verdicts), latest=latest, covered_by=whole.grade)
        for key in terms.graded_parts
    }
    versions = [one.grade.terms_version or 0 for one in parts.values() if one.grade is not None]
    if whole.grade is not None or not versions:
        return GradeRecords(whole, parts)
    then = earlier.get((row.id, max(versions)), terms)
    return GradeRecords(_follow(whole, parts, verdicts, terms, then), parts)


def _follow(
    whole: GradeRecord,
    parts: Mapping[str, GradeRecord],
    verdicts: Sequence[Verdict],
    terms: AssignmentTerms,
    then: AssignmentTerms,
) -> GradeRecord:
    """The whole, some of whose parts are graded: proposed by the rule with what was recorded in place of its
    answers; recorded with the last part, by the terms (`then`) that held when it was."""
    recorded = {key: part_grade(terms, key, one.grade) for key, one in parts.items() if one.grade is not None}
    known = [one for one in then.graded_parts if one in parts and (one in recorded or parts[one].is_excused)]
    if known and len(known) == len(then.graded_parts):
        mine = {key: grade for key, grade in recorded.items() if key in known}
        return whole_of_parts(whole, parts, propose(then, verdicts, recorded=mine), known)
    left = {slot.key for part in terms.parts if part.key not in recorded for slot in part.requirements()}
    open_ones = [one for one in verdicts if one.requirement in left]
    return _placed(replace(whole, proposal=propose(terms, verdicts, recorded=recorded)), open_ones)


def _whole_record(
    terms: AssignmentTerms, words: Sequence[GradeWord], verdicts: Sequence[Verdict]
) -> GradeRecord:
    """Of whom nothing is asked any more, nothing is proposed: an excuse is no grade."""
    excused = _is_excused(verdicts)
    record = record_of(words, _UNDECIDED if excused else propose(terms, verdicts, levels_of(words) or None))
    needs_levels = bool(terms.rubric) and record.grade is None and _lacks_levels(verdicts)
    return _placed(replace(record, is_excused=excused, needs_levels=needs_levels), verdicts)


def _part_record(
    terms: AssignmentTerms, key: str, words: Sequence[GradeWord], verdicts: Sequence[Verdict]
) -> GradeRecord:
    keys = {slot.key for slot in terms.part(key).requirements()}
    mine = [one for one in verdicts if one.requirement in keys]
    excused = _is_excused(mine)
    proposal = _UNDECIDED if excused else propose_part(terms, key, mine)
    record = record_of([word for word in words if word.part == key], proposal)
    is_recorded = record_of([word for word in words if word.part is None], _UNDECIDED).grade is not None
    return _placed(replace(record, is_excused=excused), mine, is_recorded=is_recorded)


def _placed(record: GradeRecord, verdicts: Sequence[Verdict], *, is_recorded: bool = False) -> GradeRecord:
    """The record with where its student stands."""
    has_marks = any(one.marks for one in verdicts)
    standing = Standing(
        states=tuple(one.state for one in verdicts),
        has_marks=has_marks,
        needs_levels=record.needs_levels,
        is_recorded=is_recorded or record.grade is not None,
    )
    return replace(record, has_marks=has_marks, place=standing.place)


def _is_excused(verdicts: Sequence[Verdict]) -> bool:
    return bool(verdicts) and all(one.state in WAIVED for one in verdicts)


def _lacks_levels(verdicts: Sequence[Verdict]) -> bool:
    return lacks_levels_only([one.state for one in verdicts])


def _load_earlier_terms(
    session: Session, rows: Mapping[int, AssignmentRow], words: Mapping[Cell, Sequence[GradeWord]]
) -> dict[tuple[int, int], AssignmentTerms]:
    """(assignment, version) -> the terms by which parts were graded, where they are no longer in force."""
    wanted = {
        (cell[0], word.terms_version)
        for cell, said in words.items()
        for word in said
        if word.part is not None and word.terms_version not in {None, rows[cell[0]].version}
    }
    if not wanted:
        return {}
    found = session.scalars(
        select(AssignmentTermsVersion).where(
            AssignmentTermsVersion.assignment_id.in_(sorted({number for number, _ in wanted}))
        )
    )
    return {
        (one.assignment_id, one.version): terms_from_document(one.document)
        for one in found
        if (one.assignment_id, one.version) in wanted
    }


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
    """(assignment, enrollment) -> the recorded grade of the whole, where there is one."""
    records = load_records(session, course_id)
    return {cell: record.grade for cell, record in records.items() if record.grade is not None}


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
        part=row.part,
        exact=None if row.exact is None else Fraction(row.exact),
        terms_version=row.terms_version,
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
