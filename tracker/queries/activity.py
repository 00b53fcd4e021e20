"""How much was written week by week, and how regularly we looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.grading.words import say_count, say_instant
from tracker.models import Comment, Course, Enrollment, Linkage, Run
from tracker.queries.standing import Part, in_sections

SHOWN_WEEKS = 16
GRACE = timedelta(hours=1)
"""How late a nightly look may begin before its page says that it did not take place."""


@dataclass(frozen=True, slots=True)
class Week:
    """Students' comments in the week that begins on `monday`; `due` names the rounds due in it."""

    monday: date
    label: str
    comments: int
    due: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """The last time we looked, in a sentence, and another one when a night was missed ("")."""

    last: str
    missed: str = ""


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
    zone = ZoneInfo(course.time_zone)
    counts = Counter(_monday(posted_at or seen_at, zone) for posted_at, seen_at in rows)
    this = _monday(now, zone)
    first = min((week for week in counts if week <= this), default=this)
    if course.term_start is not None:
        term_week = course.term_start - timedelta(days=course.term_start.weekday())
        first = min(max(first, term_week), this)
    first = max(first, this - timedelta(weeks=SHOWN_WEEKS - 1))
    due: dict[date, list[str]] = {}
    for part in parts:
        if not part.is_summary:
            due.setdefault(_monday(part.due_at - timedelta(microseconds=1), zone), []).append(part.title)
    weeks = [first + timedelta(weeks=n) for n in range((this - first).days // 7 + 1)]
    return [
        Week(
            week,
            f"{week:%b} {week.day}",
            counts[week],
            f"{' and '.join(due[week])} due" if week in due else "",
        )
        for week in weeks
    ]


def _monday(instant: datetime, zone: ZoneInfo) -> date:
    day = instant.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def load_looks(session: Session, course: Course, now: datetime) -> Looks:
    """When we last looked; and whether the look of last night took place."""
    zone = ZoneInfo(course.time_zone)
    runs = session.execute(
        select(Run.started_at, Run.ended_at, Run.done, Run.reason).order_by(Run.started_at.desc()).limit(1)
    ).first()
    expected = _last_nightly(course, now, zone)
    if runs is None:
        return Looks("No look has been taken yet.")
    started, ended, done, reason = runs
    said = f"Last look: {say_instant(started, zone)}"
    if ended is not None and not reason:
        said += f" to {ended.astimezone(zone):%H:%M}, {say_count(done, 'feed')}."
    elif ended is not None:
        said += f"; it {reason.rstrip('.')}." if reason.startswith("ended") else f"; {reason.rstrip('.')}."
    else:
        said += "; still under way, or it was cut off."
    missed = ""
    if started < expected - GRACE and now > expected + GRACE:
        missed = (
            f"The look of {say_instant(expected, zone)} did not take place. "
            "What came since then is not counted yet."
        )
    return Looks(said, missed)


def _last_nightly(course: Course, now: datetime, zone: ZoneInfo) -> datetime:
    """The latest instant before `now` at which the nightly look was to begin."""
    hour, minute = (int(part) for part in course.nightly_at.split(":"))
    local = now.astimezone(zone)
    at = datetime.combine(local.date(), time(hour, minute), zone)
    return at if at <= local else datetime.combine(local.date() - timedelta(days=1), time(hour, minute), zone)
