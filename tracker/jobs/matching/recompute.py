"""Matches and verdicts that an upgrade dropped are computed again, or pages would be empty until a poll."""

from __future__ import annotations

from datetime import datetime

from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.matching.store_linkages import LinkingReport
from tracker.jobs.transaction import read_transaction
from tracker.jobs.verdicts.regrade import regrade_course
from tracker.queries.matching.not_computed import load_not_computed


def recompute_missing(now: datetime, *, preview: bool = False) -> dict[str, LinkingReport]:
    """Match and grade the courses of which no note says by what they were matched or graded last: those
    whose computed rows a migration dropped, archived ones too. What was done, by the course's key.

    One question where there is nothing to do; safe to repeat.
    """
    with read_transaction() as session:
        courses = load_not_computed(session)
    reports = {}
    for course_id, key, is_matched in courses:
        report = LinkingReport() if is_matched else rematch_course(course_id, now, preview=preview)
        graded = regrade_course(course_id, now, preview=preview).changed
        reports[key] = report + LinkingReport(verdicts=graded)
    return reports
