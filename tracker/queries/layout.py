"""What the bar and the foot of every staff page show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import Enrollment, Linkage, Run


@dataclass(frozen=True)
class LastRun:
    """The latest poll run that came to its end; instants in UTC."""

    started_at: datetime
    ended_at: datetime
    done: int


def count_reviews(session: Session, course_id: int, section_ids: Collection[int] | None) -> int:
    """Comments of this course that wait for a person. With `section_ids`, those only for which a
    student of these sections is among the candidates."""
    waiting = (Linkage.course_id == course_id, Linkage.verdict == "review")
    if section_ids is None:
        return session.scalar(select(func.count()).select_from(Linkage).where(*waiting)) or 0
    theirs = set(
        session.scalars(
            select(Enrollment.id).where(
                Enrollment.course_id == course_id, Enrollment.section_id.in_(section_ids)
            )
        )
    )
    found = session.scalars(select(Linkage.candidates).where(*waiting))
    return sum(any(candidate["enrollment_id"] in theirs for candidate in row) for row in found)


def last_run(session: Session) -> LastRun | None:
    """The last run that came to its end; None before the first. A look at one blog that somebody
    asked for with a button is not meant."""
    run = session.scalars(
        select(Run)
        .where(Run.ended_at.is_not(None), Run.trigger != "button")
        .order_by(Run.started_at.desc())
        .limit(1)
    ).first()
    return None if run is None or run.ended_at is None else LastRun(run.started_at, run.ended_at, run.done)
