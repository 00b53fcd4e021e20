"""What holds for one student alone: more time, an excuse, an incomplete, work handed in another way.

Each is a row of its own that is revoked, never changed or removed; the student is judged again at
once, from what is stored.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.locale import CourseLocale
from tracker.domain.record import ExceptionKind
from tracker.grading.rules.document import terms_from_document
from tracker.grading.windows import due_instant, parse_local
from tracker.jobs.audit import record as audit
from tracker.jobs.grades.decision_steps import checked_words, find_assignment
from tracker.jobs.lookup import find_student
from tracker.jobs.transaction import one_at_a_time, write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Assignment, Course, RequirementException, User
from tracker.wording.times import say_due

_DUE = {ExceptionKind.EXTENSION, ExceptionKind.INCOMPLETE}
_NO_REASON = {ExceptionKind.SUBSTITUTE: "Enter why you mark it complete. The reason is recorded."}


def grant(
    course_id: int,
    assignment_key: str,
    enrollment_id: int,
    kind: ExceptionKind,
    act: Act,
    *,
    requirement: str | None = None,
    due: str = "",
    reason: str = "",
) -> int:
    """Grant one student something, for one requirement or (None) all of the assignment; its number.

    `due` is typed in the course's zone, for extensions and incompletes. TrackerError says what is
    missing; ConflictError that another person granted or revoked something since `act.seen`
    (the number of the last grant; None: whatever happened).
    """
    with write_transaction(preview=act.preview) as session:
        row = find_assignment(session, course_id, assignment_key)
        find_student(session, course_id, enrollment_id)
        one_at_a_time(session, f"grades:{row.id}")
        _refuse_if_others_were_faster(session, row.id, enrollment_id, act)
        terms, locale = terms_from_document(row.document), session.get_one(Course, course_id).locale
        if requirement is not None and requirement not in {one.key for one in terms.requirements()}:
            raise TrackerError("The rule changed in the meantime. It no longer asks for this part.")
        said = checked_words(reason, if_none=_NO_REASON.get(kind, ""))
        due_at = _due(due, locale.zone) if kind in _DUE else None
        if due_at is not None:
            _check_later(due_at, terms, requirement, locale)
        made = RequirementException(
            assignment_id=row.id,
            enrollment_id=enrollment_id,
            requirement=requirement,
            kind=kind.value,
            due_at=due_at,
            reason=said,
            by_user_id=act.by,
            at=act.now,
        )
        session.add(made)
        session.flush()
        _judge_again(session, course_id, made, f"exception-{kind}", act)
        return made.id


def revoke(course_id: int, exception_id: int, act: Act) -> None:
    """Take a grant back: what the rule says without it holds again. ConflictError when it was already."""
    with write_transaction(preview=act.preview) as session:
        row = session.get(RequirementException, exception_id)
        assignment = session.get(Assignment, row.assignment_id) if row is not None else None
        if row is None or assignment is None or assignment.course_id != course_id:
            raise NotFoundError("There is no such exception in this course.")
        one_at_a_time(session, f"grades:{assignment.id}")
        session.refresh(row)
        if row.revoked_at is not None:
            raise ConflictError("This was already undone.")
        row.revoked_at = act.now
        session.flush()
        _judge_again(session, course_id, row, "exception-revoked", act)


def _refuse_if_others_were_faster(session: Session, assignment_id: int, enrollment_id: int, act: Act) -> None:
    if act.seen is None:
        return
    found = session.execute(
        select(RequirementException, User.name)
        .outerjoin(User, User.id == RequirementException.by_user_id)
        .where(
            RequirementException.assignment_id == assignment_id,
            RequirementException.enrollment_id == enrollment_id,
            RequirementException.id > act.seen,
            RequirementException.by_user_id.is_distinct_from(act.by),
        )
        .order_by(RequirementException.id.desc())
    ).first()
    if found is not None:
        row, name = found
        raise ConflictError(
            f"{name or 'Someone'} granted an exception in the meantime: {row.kind}. "
            "Your change was not saved. The current state is shown."
        )


def _due(typed: str, zone: ZoneInfo) -> datetime:
    """The exclusive bound of a time as typed. An extension may end in the past: what came until then
    counts."""
    if not typed.strip():
        raise TrackerError("Enter the new due time, like Oct 28, 2026, 11:59 PM.")
    return due_instant(parse_local(typed), zone)


def _check_later(
    due_at: datetime, terms: AssignmentTerms, requirement: str | None, locale: CourseLocale
) -> None:
    """More time than the rule gives, for something that it covers."""
    dues = [one.window.due_at for one in terms.requirements() if requirement in {None, one.key}]
    if all(due_at <= due for due in dues):
        raise TrackerError(f"It is already due {say_due(max(dues), locale)}. Enter a later time.")


def _judge_again(session: Session, course_id: int, row: RequirementException, action: str, act: Act) -> None:
    store_verdicts(session, course_id, act.now, enrollment_ids={row.enrollment_id})
    after = {
        "assignment": row.assignment_id,
        "enrollment": row.enrollment_id,
        "requirement": row.requirement,
        "kind": row.kind,
        "due_at": None if row.due_at is None else row.due_at.isoformat(),
    }
    audit(session, act, action, "exception", row.id, course_id=course_id, after=after)
