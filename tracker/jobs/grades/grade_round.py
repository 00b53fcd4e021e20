"""What people say about many grades at once: accept what is certain, release, take it back as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.record import GradeKind, GradeRecord
from tracker.grading.recording import waits_for_acceptance, waits_for_release
from tracker.jobs.audit import record as audit
from tracker.jobs.grades.decision_steps import (
    OpenGrade,
    checked_words,
    find_assignment,
    proposed_grade,
    row_of,
    taken_back,
)
from tracker.jobs.transaction import one_at_a_time, write_transaction
from tracker.models import Assignment, Enrollment, GradeDecision
from tracker.queries.class_standing import in_sections, load_students
from tracker.queries.grade_records import load_records
from tracker.queries.grades.grade_round import digest_of


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What was said of many students at once; `batch` takes it back."""

    batch: str
    count: int


def accept_certain(
    course_id: int,
    assignment_key: str,
    act: Act,
    *,
    part: str | None = None,
    satisfactory: bool = True,
    release: bool = False,
    words: str = "",
    expected: str | None = None,
    section_ids: Collection[int] | None = None,
) -> BulkReport:
    """Accept every grade that is certain and not recorded yet, of a part or (None) of the whole, of these
    sections (None: of all); with `release` show those to their students in the same step.

    Those that are satisfactory, or (False) those that are not yet: to say of many at once that they
    lack something is a step of its own. ConflictError when it would not be exactly what `expected`
    (`digest_of`) stood for.
    """
    return _say_of_many(
        course_id,
        assignment_key,
        GradeKind.ACCEPT,
        lambda found: waits_for_acceptance(found, satisfactory=satisfactory),
        act,
        part=part,
        expected=expected,
        section_ids=section_ids,
        release=checked_words(words) if release else None,
    )


def release_all(
    course_id: int,
    assignment_key: str,
    act: Act,
    *,
    part: str | None = None,
    words: str = "",
    expected: str | None = None,
    section_ids: Collection[int] | None = None,
) -> BulkReport:
    """Show every recorded grade of a part, or (None) of the whole, to its student, if it is not released yet.
    ConflictError as above."""
    return _say_of_many(
        course_id,
        assignment_key,
        GradeKind.RELEASE,
        waits_for_release,
        act,
        part=part,
        expected=expected,
        section_ids=section_ids,
        release=checked_words(words),
    )


def undo_batch(
    course_id: int, batch: str, act: Act, *, section_ids: Collection[int] | None = None
) -> BulkReport:
    """Take back what was said of many at once. What was said of single students since stays; so does
    what is outside of these sections. ConflictError when nothing of it is left to take back."""
    with write_transaction(preview=act.preview) as session:
        rows = _load_batch(session, course_id, batch, section_ids) if batch else []
        if not rows:
            raise NotFoundError("There is no such bulk action in this course.")
        one_at_a_time(session, *{f"grades:{row.assignment_id}" for row in rows})
        gone = taken_back(session, [row.id for row in rows])
        left = [row for row in rows if row.id not in gone]
        if not left:
            raise ConflictError("This was already undone.")
        made = str(uuid4())
        for row in left:
            session.add(
                GradeDecision(
                    assignment_id=row.assignment_id,
                    enrollment_id=row.enrollment_id,
                    kind=GradeKind.UNDO.value,
                    by_user_id=act.by,
                    at=act.now,
                    undoes_id=row.id,
                    batch=made,
                    part=row.part,
                )
            )
        session.flush()
        students = len({row.enrollment_id for row in left})
        after = {"batch": made, "count": students, "undoes": batch}
        first = left[0].assignment_id
        audit(session, act, "grades-undo", "assignment", first, course_id=course_id, after=after)
        return BulkReport(made, students)


def _say_of_many(
    course_id: int,
    assignment_key: str,
    kind: GradeKind,
    wanted: Callable[[GradeRecord], bool],
    act: Act,
    *,
    part: str | None,
    expected: str | None,
    section_ids: Collection[int] | None,
    release: str | None,
) -> BulkReport:
    """Say it of all that are wanted. `release` are the words of a release, None without one."""
    with write_transaction(preview=act.preview) as session:
        row = find_assignment(session, course_id, assignment_key)
        one_at_a_time(session, f"grades:{row.id}")
        people = {one.enrollment_id for one in load_students(session, course_id, section_ids)}
        records = load_records(
            session, course_id, assignment_key=assignment_key, section_ids=section_ids, part=part
        )
        chosen = {
            enrollment_id: found
            for (_, enrollment_id), found in records.items()
            if enrollment_id in people and wanted(found)
        }
        if expected is not None and expected != digest_of(chosen):
            raise ConflictError(
                "These grades changed after you opened this page. Nothing was saved. "
                "Review the list and try again."
            )
        batch = str(uuid4())
        for enrollment_id, found in chosen.items():
            opened = OpenGrade(course_id, row, row.terms, enrollment_id, found, part)
            if kind is GradeKind.ACCEPT:
                values = proposed_grade(found.proposal, part)
                session.add(row_of(opened, GradeKind.ACCEPT, act, batch=batch, **values))
            if release is not None:
                session.add(row_of(opened, GradeKind.RELEASE, act, batch=batch, reason=release))
        session.flush()
        if chosen:
            after = {"batch": batch, "count": len(chosen)} | ({} if part is None else {"part": part})
            audit(session, act, f"grades-{kind}", "assignment", row.id, course_id=course_id, after=after)
        return BulkReport(batch, len(chosen))


def _load_batch(
    session: Session, course_id: int, batch: str, section_ids: Collection[int] | None
) -> list[GradeDecision]:
    rows = session.scalars(
        select(GradeDecision)
        .join(Assignment, Assignment.id == GradeDecision.assignment_id)
        .join(Enrollment, Enrollment.id == GradeDecision.enrollment_id)
        .where(Assignment.course_id == course_id, GradeDecision.batch == batch)
        .where(GradeDecision.kind != GradeKind.UNDO.value)
        .where(in_sections(section_ids))
        .order_by(GradeDecision.id)
    )
    return list(rows)
