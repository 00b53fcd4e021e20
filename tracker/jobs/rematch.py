"""The roster, a handle or a decision changed: decide again, keeping what people decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.jobs.grading import store_verdicts
from tracker.jobs.linking import LinkingReport, build_matcher, link_comments, link_course
from tracker.jobs.transaction import write_transaction


@dataclass(frozen=True)
class RematchReport:
    """`judged` comments were looked at, `changed` linkages differ from before, and with them
    `verdicts` verdicts."""

    judged: int
    changed: int
    verdicts: int


def rematch_course(
    course_id: int, now: datetime, *, comment_ids: Iterable[int] | None = None, dry_run: bool = False
) -> RematchReport:
    """Match the comments of a course (None: all) again and regrade the students it bears on.

        load the roster -> match -> keep people's decisions -> store -> regrade

    One transaction; safe to repeat.
    """
    with write_transaction(dry_run=dry_run) as session:
        return rematch_in(session, course_id, now, comment_ids=comment_ids)


def rematch_in(
    session: Session, course_id: int, now: datetime, *, comment_ids: Iterable[int] | None = None
) -> RematchReport:
    """The same inside a transaction that is under way."""
    linked = _link(session, course_id, comment_ids)
    verdicts = 0
    if linked.enrollment_ids:
        verdicts = store_verdicts(session, course_id, now, enrollment_ids=linked.enrollment_ids)
    return RematchReport(linked.judged, linked.changed, verdicts)


def _link(session: Session, course_id: int, comment_ids: Iterable[int] | None) -> LinkingReport:
    if comment_ids is None:
        return link_course(session, course_id)
    return link_comments(session, build_matcher(session, course_id), comment_ids)
