"""Terms, facts or the clock changed: judge again, keeping what people decided about grades."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts


@dataclass(frozen=True)
class RegradeReport:
    """How many verdicts differ from before."""

    changed: int


def regrade_course(
    course_id: int,
    now: datetime,
    *,
    enrollment_ids: Collection[int] | None = None,
    preview: bool = False,
) -> RegradeReport:
    """Judge every requirement of a course as of `now` and store what changed. Safe to repeat."""
    with write_transaction(preview=preview) as session:
        return RegradeReport(store_verdicts(session, course_id, now, enrollment_ids=enrollment_ids))
