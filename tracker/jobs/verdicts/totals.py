"""What a course makes of the grades of its assignments: kept in its settings, checked before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.act import Act
from tracker.domain.totals import TotalRule
from tracker.grading.totals import read_rule
from tracker.jobs.audit import record
from tracker.jobs.transaction import write_transaction
from tracker.models import Course
from tracker.queries.coursework import load_assignments


def set_totals(course_id: int, document: Mapping[str, Any] | None, act: Act) -> TotalRule | None:
    """Keep the rule of a course's total, or (None) make no total. "all" becomes the assignments there
    are now. TrackerError when it cannot be read."""
    with write_transaction(preview=act.preview) as session:
        course = session.get_one(Course, course_id)
        keys = {row.key for row in load_assignments(session, course_id)}
        rule = None if document is None else read_rule(document, keys)
        kept = {key: value for key, value in course.settings.items() if key != "totals"}
        if document is not None and rule is not None:
            kept["totals"] = {**document, "required": list(rule.required)}
        before, after = course.settings.get("totals"), kept.get("totals")
        course.settings = kept
        record(session, act, "totals", "course", course_id, course_id=course_id, before=before, after=after)
    return rule
