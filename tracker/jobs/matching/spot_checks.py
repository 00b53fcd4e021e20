"""Twenty automatic answers of each week for a person to check, so that wrong ones become known."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.jobs.audit import record
from tracker.jobs.transaction import one_at_a_time, write_transaction
from tracker.models import AcceptSample, Course, SampleMark
from tracker.queries.matching.spot_checks import AcceptedComment, SampleLine, load_accepted, load_samples

SIZE = 20


def last_week(now: datetime, zone: ZoneInfo) -> str:
    """The last week that is over: the one before the week `now` lies in."""
    day = now.astimezone(zone).date() - timedelta(days=7)
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def draw_sample(course_id: int, now: datetime, *, week: str | None = None) -> list[SampleLine]:
    """Draw a week's sample (None: of the last week that is over), unless it is drawn already.

    Which answers are drawn follows from course, week and the comments, not from who asks or when.
    TrackerError for a week that is not over, or none.
    """
    with write_transaction() as session:
        return draw_sample_in(session, course_id, now, week=week)


def draw_sample_in(
    session: Session, course_id: int, now: datetime, *, week: str | None = None
) -> list[SampleLine]:
    """The same inside a transaction that is under way."""
    one_at_a_time(session, f"sample:{course_id}")
    course = session.get_one(Course, course_id)
    zone = course.zone
    wanted = week or last_week(now, zone)
    begins, ends = _bounds(wanted, zone)
    if ends > now:
        raise TrackerError(f"The week {wanted} is not over yet.")
    drawn = load_samples(session, course_id, wanted)
    if drawn:
        return drawn
    found = load_accepted(session, course_id, begins, ends)
    found.sort(key=lambda one: _lot(course.key, wanted, one))
    for place, one in enumerate(found[:SIZE], 1):
        session.add(
            AcceptSample(
                course_id=course_id, week=wanted, place=place, comment_id=one.comment_id,
                enrollment_id=one.enrollment_id, rules_version=one.rules_version, drawn_at=now,
            )
        )  # fmt: skip
    session.flush()
    return load_samples(session, course_id, wanted)


def mark_sample(course_id: int, sample_id: int, act: Act, *, is_right: bool) -> int:
    """Say whether a drawn answer was right; the mark's id. Changes no linkage: a wrong one is decided
    like any other comment. ConflictError when another person marked it since `act.seen`."""
    with write_transaction(preview=act.preview) as session:
        sample = session.get(AcceptSample, sample_id)
        if sample is None or sample.course_id != course_id:
            raise NotFoundError("There is no such match in this course's spot checks.")
        one_at_a_time(session, f"mark:{sample_id}")
        _refuse_stale(session, sample, act.seen)
        mark = SampleMark(sample_id=sample_id, is_right=is_right, by_user_id=act.by, at=act.now)
        session.add(mark)
        said = {"right": is_right, "sample": sample_id}
        record(session, act, "mark-sample", "comment", sample.comment_id, course_id=course_id, after=said)
        session.flush()
        return mark.id


def _refuse_stale(session: Session, sample: AcceptSample, seen: int | None) -> None:
    lines = load_samples(session, sample.course_id, sample.week)
    standing = next(one.mark_id for one in lines if one.sample_id == sample.id)
    if standing != seen:
        raise ConflictError("Someone marked this match in the meantime. Their mark is shown.")


def _bounds(week: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    try:
        year, number = week.split("-W")
        monday = date.fromisocalendar(int(year), int(number), 1)
    except ValueError as exc:
        raise TrackerError(f"{week!r} is not a week. Enter it like 2026-W43.") from exc
    begins = datetime.combine(monday, time(), zone)
    return begins.astimezone(UTC), datetime.combine(monday + timedelta(days=7), time(), zone).astimezone(UTC)


def _lot(course: str, week: str, one: AcceptedComment) -> str:
    return hashlib.sha256(f"{course} {week} {one.name}".encode()).hexdigest()
