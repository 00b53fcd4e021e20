"""Facts become verdicts: judged and stored after a poll, a decision, a new rule, or when a command
asks (`regrade_course`).

Tested in tests/jobs/verdicts/test_random_courses.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.grade import Verdict
from tracker.grading.judging.credit import RULES_VERSION
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.affected import Since, find_touched, is_graded_by_now, note_graded
from tracker.models import RequirementVerdict
from tracker.queries import coursework as queries
from tracker.queries.verdicts.judge import Judged, judge_course


@dataclass(frozen=True)
class Stored:
    """How many verdicts were judged, and how many differ from before."""

    judged: int
    changed: int


def store_verdicts(
    session: Session, course_id: int, as_of: datetime, *, enrollment_ids: Collection[int] | None = None
) -> int:
    """Judge and bring the verdict rows up to date; how many changed. Does not commit.

    A row that comes out the same is left as it is, its `as_of` and the version of the rules that
    gave it included, so that judging again changes nothing. Rows of requirements that are no longer
    asked are removed.
    """
    judged = list(judge_course(session, course_id, as_of, enrollment_ids=enrollment_ids))
    if enrollment_ids is None:
        note_graded(session, course_id)
    return _store(session, judged, as_of).changed


def regrade_course(course_id: int, now: datetime, *, preview: bool = False) -> int:
    """Judge every requirement of a course as of `now`; how many verdicts changed. Safe to repeat."""
    with write_transaction(preview=preview) as session:
        return store_verdicts(session, course_id, now)


def store_touched(session: Session, course_id: int, run: Since, as_of: datetime) -> Stored:
    """Bring up to date what a run's checks, or the time since the last one, may have changed; all of it
    where rules, terms or places are others than at the last time. Does not commit."""
    if not is_graded_by_now(session, course_id):
        judged = list(judge_course(session, course_id, as_of))
        note_graded(session, course_id)
    else:
        cells = find_touched(session, course_id, run, as_of)
        judged = list(judge_course(session, course_id, as_of, cells=cells)) if cells else []
    return _store(session, judged, as_of)


def _store(session: Session, judged: Sequence[Judged], as_of: datetime) -> Stored:
    stored: dict[tuple[int, int, str], RequirementVerdict] = {
        (row.assignment_id, row.enrollment_id, row.requirement): row
        for row in queries.load_verdicts(
            session,
            sorted({one.assignment.id for one in judged}),
            sorted({one.enrollment_id for one in judged}),
        )
    }
    changed = 0
    asked: set[tuple[int, int, str]] = set()
    for one in judged:
        not_counted = [
            {"permalink": it.permalink, "reason": it.reason, "params": it.params}
            for it in one.judgment.not_counted
        ]
        for verdict in one.judgment.verdicts:
            key = (one.assignment.id, one.enrollment_id, verdict.requirement)
            asked.add(key)
            values = _values(one, verdict, not_counted)
            row = stored.get(key)
            if row is None:
                session.add(
                    RequirementVerdict(
                        assignment_id=key[0],
                        enrollment_id=key[1],
                        requirement=key[2],
                        as_of=as_of,
                        rules_version=RULES_VERSION,
                        **values,
                    )
                )
            elif any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                row.as_of, row.rules_version = as_of, RULES_VERSION
            else:
                continue
            changed += 1
    cells = {(one.assignment.id, one.enrollment_id) for one in judged}
    for key, row in stored.items():
        if key not in asked and key[:2] in cells:
            session.delete(row)
            changed += 1
    session.flush()
    return Stored(len(asked), changed)


def _values(judged: Judged, verdict: Verdict, not_counted: Sequence[dict[str, Any]]) -> dict[str, Any]:
    evidence: dict[str, Any] = {"permalink": verdict.permalink, "blog_ids": list(verdict.blog_ids)}
    if verdict.hints:
        evidence["hints"] = [one.as_json() for one in verdict.hints]
    if not_counted:
        evidence["not_counted"] = not_counted
    return {
        "state": verdict.state.value,
        "reason": verdict.reason,
        "params": verdict.params,
        "evidence": evidence,
        "clock": [one.as_json() for one in verdict.clock] if verdict.clock else None,
        "marks": [one.as_json() for one in verdict.marks] if verdict.marks else None,
        "comment_id": verdict.comment_id,
        "post_id": verdict.post_id,
        "due_at": verdict.due_at,
        "credit": verdict.credit,
        "terms_version": judged.assignment.version,
    }
