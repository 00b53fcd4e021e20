"""The answers and verdicts of a course as they are stored, to be compared with a later moment.

Tested in tests/jobs/matching/test_learning.py.
"""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.effects import Effects, Snapshot, VerdictMark, compare
from tracker.models import Assignment, Linkage, RequirementVerdict


def take_snapshot(session: Session, course_id: int) -> Snapshot:
    answers = session.execute(
        select(Linkage.comment_id, Linkage.verdict, Linkage.enrollment_id).where(
            Linkage.course_id == course_id
        )
    )
    verdicts = session.scalars(
        select(RequirementVerdict)
        .join(Assignment, Assignment.id == RequirementVerdict.assignment_id)
        .where(Assignment.course_id == course_id)
    )
    return Snapshot(
        {row.comment_id: (row.verdict, row.enrollment_id) for row in answers},
        {
            (row.assignment_id, row.enrollment_id, row.requirement): VerdictMark(mark(row), row.as_of)
            for row in verdicts
        },
    )


def effects_since(session: Session, course_id: int, before: Snapshot) -> Effects:
    """What has changed since a snapshot, in the same transaction or another."""
    return compare(before, take_snapshot(session, course_id))


def mark(row: RequirementVerdict) -> str:
    """A short word for everything a verdict says but since when."""
    said = [
        row.state,
        row.reason,
        row.params,
        row.evidence,
        row.clock,
        row.marks,
        row.comment_id,
        row.post_id,
    ]
    text = json.dumps([*said, row.due_at.isoformat(), row.terms_version, row.rules_version], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
