"""How much was written week by week. How regularly we checked is told by `checks`.

Tested in tests/queries/course/test_dashboard.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.models import Comment, Course, Enrollment, Linkage
from tracker.queries.class_standing import Part, in_sections
from tracker.wording.lists import say_list
from tracker.wording.times import say_date

SHOWN_WEEKS = 16


@dataclass(frozen=True, slots=True)
class Week:
    """Students' comments in the week that begins on `monday`; `due` names the rounds due in it."""

    monday: date
    label: str
    comments: int
    due: str = ""


def load_weeks(
    session: Session,
    course: Course,
    parts: Sequence[Part],
    now: datetime,
    section_ids: Collection[int] | None = None,
) -> list[Week]:
    """Comments of the course's students by course week, the last sixteen, from the term's first.

    A comment falls in the week in which its blog says it was posted; without a time, in the one
    in which we first saw it.
    """
    rows = session.execute(
        select(Comment.posted_at, Comment.first_seen_at)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .join(Enrollment, Enrollment.id == Linkage.enrollment_id)
        .where(
            Linkage.course_id == course.id,
            Linkage.verdict == "accept",
            Comment.merged_into_id.is_(None),
            in_sections(section_ids),
        )
    )
    zone = course.zone
    counts = Counter(_monday(posted_at or seen_at, zone) for posted_at, seen_at in rows)
    this = _monday(now, zone)
    first = min((week for week in counts if week <= this), default=this)
    if course.term_start is not None:
        term_week = course.term_start - timedelta(days=course.term_start.weekday())
        first = min(max(first, term_week), this)
    first = max(first, this - timedelta(weeks=SHOWN_WEEKS - 1))
    due = grouped(
        (_monday(part.due_at - timedelta(microseconds=1), zone), part.title)
        for part in parts
        if not part.is_post
    )
    weeks = [first + timedelta(weeks=n) for n in range((this - first).days // 7 + 1)]
    return [
        Week(
            week,
            say_date(week, course.locale),
            counts[week],
            f"{say_list(due[week], course.locale)} due" if week in due else "",
        )
        for week in weeks
    ]


def _monday(instant: datetime, zone: ZoneInfo) -> date:
    day = instant.astimezone(zone).date()
    return day - timedelta(days=day.weekday())
