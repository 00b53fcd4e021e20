"""Putting a rule in force: the first version of a new assignment, or a further one of an old.

Tested in tests/jobs/assignments/test_assignments.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import ConflictError
from tracker.domain.keys import read_key
from tracker.grading.rules.checks import check
from tracker.grading.rules.document import terms_from_document, terms_to_document
from tracker.jobs.audit import record
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Assignment, AssignmentTermsVersion


@dataclass(frozen=True)
class PutReport:
    """The version in force now. `made`: of a new assignment; `is_same`: it was in force already."""

    assignment_id: int
    key: str
    version: int
    made: bool = False
    is_same: bool = False


def put_terms(course_id: int, key: str, terms: AssignmentTerms, act: Act) -> PutReport:
    """Put terms in force for an assignment of this key, and judge everybody by them.

    `act.seen` is the version that the person saw, 0 for an assignment that is to be
    new, None for whichever there is. ConflictError when another person was faster; nothing is
    written then. The same terms again make no new version.
    """
    key = read_key(key, whose="An assignment", such_as="c4t-2")
    check(terms)
    with write_transaction(preview=act.preview) as session:
        assignment = session.scalar(select(Assignment).filter_by(course_id=course_id, key=key))
        if assignment is None:
            return _make(session, course_id, key, terms, act)
        if act.seen == 0:
            raise ConflictError(f"There is already an assignment {key} in this course.")
        if act.seen not in (None, assignment.current_version):
            raise ConflictError(
                "Someone saved another version in the meantime. Review it before you save yours."
            )
        return _change(session, assignment, terms, act)


def _make(session: Session, course_id: int, key: str, terms: AssignmentTerms, act: Act) -> PutReport:
    assignment = Assignment(course_id=course_id, key=key, title=terms.title[:200], created_at=act.now)
    session.add(assignment)
    session.flush()
    _add_version(session, assignment, terms, 1, act)
    record(session, act, "create", "assignment", assignment.id, course_id=course_id)
    store_verdicts(session, course_id, act.now)
    return PutReport(assignment.id, key, 1, made=True)


def _change(session: Session, assignment: Assignment, terms: AssignmentTerms, act: Act) -> PutReport:
    version = assignment.current_version
    if terms_from_document(assignment.current_terms.document) == replace(terms, version=version):
        return PutReport(assignment.id, assignment.key, version, is_same=True)
    _add_version(session, assignment, terms, version + 1, act)
    assignment.current_version, assignment.title = version + 1, terms.title[:200]
    course_id = assignment.course_id
    change = {"before": {"version": version}, "after": {"version": version + 1}}
    record(session, act, "change-terms", "assignment", assignment.id, course_id=course_id, **change)
    session.flush()
    store_verdicts(session, course_id, act.now)
    return PutReport(assignment.id, assignment.key, version + 1)


def _add_version(
    session: Session, assignment: Assignment, terms: AssignmentTerms, version: int, act: Act
) -> None:
    document = terms_to_document(replace(terms, version=version))
    session.add(
        AssignmentTermsVersion(
            assignment_id=assignment.id, version=version, document=document, by_user_id=act.by, at=act.now
        )
    )
    session.flush()
