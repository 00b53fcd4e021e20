"""What a course makes of the grades of its assignments: kept in its settings, checked before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.domain.totals import TotalRule
from tracker.grading.totals import read_rule
from tracker.jobs.audit import record
from tracker.jobs.transaction import write_transaction
from tracker.models import Course
from tracker.queries.coursework import load_assignments


def set_totals(
    course_id: int,
    document: Mapping[str, Any] | None,
    *,
    by: int | None,
    now: datetime,
    dry_run: bool = False,
) -> TotalRule | None:
    """Keep the rule of a course's total, or (None) make no total. "all" becomes the assignments there
    are now. TrackerError when it cannot be read."""
    with write_transaction(dry_run=dry_run) as session:
        course = session.get_one(Course, course_id)
        keys = {row.key for row in load_assignments(session, course_id)}
        rule = None if document is None else read_rule(document, keys)
        kept = {key: value for key, value in course.settings.items() if key != "totals"}
        if document is not None and rule is not None:
            kept["totals"] = {**document, "required": list(rule.required)}
        before = course.settings.get("totals")
        course.settings = kept
        record(
            session,
            actor=by,
            course_id=course_id,
            subject_type="course",
            subject_id=course_id,
            action="totals",
            before=before,
            after=kept.get("totals"),
            now=now,
        )
    return rule
