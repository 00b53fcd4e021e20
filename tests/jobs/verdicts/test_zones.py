"""The same rule in zones of half and quarter hours, in the south, and over both changes of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.rules import c4k
from tests.support.said import clock_of, sentence_of
from tracker.domain.act import Act
from tracker.domain.assignment import AssignmentTerms, JoinedLate, Late, Window
from tracker.domain.errors import FieldError, FileError, TrackerError
from tracker.domain.record import ExceptionKind
from tracker.domain.typed_rule import TypedRule
from tracker.extensions import db
from tracker.grading.lateness import started_days
from tracker.grading.rules.from_form import read_rule
from tracker.grading.windows import due_instant, opening_instant, parse_local, week_windows
from tracker.jobs.assignments.assignments import import_allocations
from tracker.jobs.grades import exceptions
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import Assignment, Comment, Course, Enrollment, EnrollmentEvent, RequirementVerdict

LATER = datetime(2027, 6, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)

DUES = {
    "Asia/Kathmandu": {"2026-10-25 23:59": "2026-10-25T18:15:00"},
    "Asia/Kolkata": {"2026-10-25 23:59": "2026-10-25T18:30:00"},
    "Australia/Lord_Howe": {
        "2026-10-03 23:59": "2026-10-03T13:30:00",
        "2026-10-04 23:59": "2026-10-04T13:00:00",
        "2027-04-03 23:59": "2027-04-03T13:00:00",
        "2027-04-04 23:59": "2027-04-04T13:30:00",
    },
    "Pacific/Auckland": {
        "2026-09-26 23:59": "2026-09-26T12:00:00",
        "2026-09-27 23:59": "2026-09-27T11:00:00",
        "2027-04-03 23:59": "2027-04-03T11:00:00",
        "2027-04-04 23:59": "2027-04-04T12:00:00",
    },
    "America/St_Johns": {
        "2026-10-31 23:59": "2026-11-01T02:30:00",
        "2026-11-01 23:59": "2026-11-02T03:30:00",
        "2027-03-13 23:59": "2027-03-14T03:30:00",
        "2027-03-14 23:59": "2027-03-15T02:30:00",
    },
    "America/Chicago": {
        "2026-10-31 23:59": "2026-11-01T05:00:00",
        "2026-11-01 23:59": "2026-11-02T06:00:00",
        "2027-03-13 23:59": "2027-03-14T06:00:00",
        "2027-03-14 23:59": "2027-03-15T05:00:00",
    },
}
"""By zone, deadlines as typed, on the eve of a change and on its day, and their exclusive bounds in UTC."""

WEEKS = {
    "Asia/Kathmandu": date(2026, 10, 12),
    "Australia/Lord_Howe": date(2026, 9, 28),
    "Pacific/Auckland": date(2026, 9, 21),
    "America/St_Johns": date(2026, 10, 26),
    "America/Chicago": date(2026, 10, 26),
}
"""By zone, the Monday of a week in which its clocks change (Kathmandu's never do)."""
SPRING = {"Australia/Lord_Howe": date(2027, 3, 29), "America/Chicago": date(2027, 3, 8)}
"""The week of the other change."""
EACH_WEEK = [pytest.param(zone, day, id=f"{zone} {day}") for some in (WEEKS, SPRING)
             for zone, day in some.items()]  # fmt: skip


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class World:
    """One student in a zone; every assignment has a blog of its own."""

    def __init__(self, zone: str) -> None:
        self.course: Course = make.add_course(time_zone=zone)
        self.student: Enrollment = make.add_enrollment(self.course)
        self.zone = ZoneInfo(zone)

    def ask(self, key: str, rule: AssignmentTerms, *said: datetime, **values: object) -> list[Comment]:
        """An assignment, and comments on posts of its blog at these instants."""
        blog = make.add_blog()
        make.follow(self.course, blog)
        make.add_feed(blog, fully_checked_at=LATER)
        make.allocate(make.add_assignment(self.course, key, rule), self.student, blog)
        found = []
        for n, at in enumerate(said):
            seen = {"posted_at": at, "first_seen_at": at + timedelta(days=2), **values}
            comment = make.add_comment(make.add_post(blog, posted_at=at), text=f"<p>Thought {n}</p>", **seen)
            make.add_linkage(self.course, comment, self.student)
            found.append(comment)
        return found

    def judge(self) -> dict[tuple[str, str], RequirementVerdict]:
        db.session.commit()
        regrade_course(self.course.id, LATER)
        db.session.expire_all()
        rows = db.session.execute(
            select(Assignment.key, RequirementVerdict).join(
                Assignment, Assignment.id == RequirementVerdict.assignment_id
            )
        )
        return {(key, row.requirement): row for key, row in rows}


def until(due_at: datetime, days: int = 7, **values: object) -> AssignmentTerms:
    """Two comments in the days before an instant."""
    return make.terms("Round", Window(due_at, due_at - timedelta(days=days)), None, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", DUES)
def test_the_last_second_is_on_time_and_the_next_is_late(context: Flask, name: str) -> None:
    here = World(name)
    for typed, bound in DUES[name].items():
        due_at = due_instant(parse_local(typed), here.zone)
        assert due_at == instant(bound)
        here.ask(typed[:10], until(due_at), due_at - SECOND, due_at)
    verdicts = here.judge()
    assert [verdicts[typed[:10], "comment-1"].state for typed in DUES[name]] == ["met"] * len(DUES[name])
    assert [verdicts[typed[:10], "comment-2"].state for typed in DUES[name]] == ["late"] * len(DUES[name])
    assert all(", 11:59 PM " in sentence_of(verdicts[typed[:10], "comment-2"]) for typed in DUES[name])


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "monday"), EACH_WEEK)
def test_weeks_stay_monday_to_sunday_on_the_wall(context: Flask, name: str, monday: date) -> None:
    here = World(name)
    weeks = week_windows(monday, 3, here.zone)
    for week in weeks:
        opens, last = (
            at.astimezone(here.zone) for at in (week.window.opens_at or LATER, week.window.due_at - SECOND)
        )
        assert (opens.strftime("%a %H:%M:%S"), last.strftime("%a %H:%M:%S")) == (
            "Mon 00:00:00",
            "Sun 23:59:59",
        )
    one, two, three = (week.window for week in weeks)
    assert (one.due_at, two.due_at) == (two.opens_at, three.opens_at)
    first, second, third = here.ask(
        "c4k", c4k("C4K", weeks), one.due_at - SECOND, one.due_at, three.due_at - SECOND
    )
    verdicts = here.judge()
    assert {key: (row.state, row.comment_id) for (_, key), row in verdicts.items()} == {
        "comment-w1-1": ("met", first.id),
        "comment-w2-1": ("met", second.id),
        "comment-w3-1": ("met", third.id),
    }


LATE = Late(per_day=10, at_most=50, closes_after_days=5)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "due", "posted", "earns"),
    [
        pytest.param("America/Chicago", "2026-10-31 23:59", "2026-11-01T23:59:59", 90, id="of 25 hours"),
        pytest.param("America/Chicago", "2026-10-31 23:59", "2026-11-02T00:00:00", 80, id="and after"),
        pytest.param("America/Chicago", "2027-03-13 23:59", "2027-03-14T23:59:59", 90, id="of 23 hours"),
        pytest.param("America/Chicago", "2027-03-13 23:59", "2027-03-15T00:00:00", 80, id="and after 23"),
        pytest.param("Australia/Lord_Howe", "2026-10-03 23:59", "2026-10-04T23:59:59", 90, id="of 23.5"),
        pytest.param("Australia/Lord_Howe", "2026-10-03 23:59", "2026-10-05T00:00:00", 80, id="and after"),
        pytest.param("Asia/Kathmandu", "2026-10-25 23:59", "2026-10-27T08:00:00", 80, id="S12 in Kathmandu"),
    ],
)  # fmt: skip
def test_started_days_are_days_on_the_wall(
    context: Flask, name: str, due: str, posted: str, earns: int
) -> None:
    here = World(name)
    due_at = due_instant(parse_local(due), here.zone)
    at = datetime.fromisoformat(posted).replace(tzinfo=here.zone).astimezone(UTC)
    rule = until(due_at)
    here.ask("late", replace(rule, parts=(replace(rule.parts[0], late=LATE),)), due_at - SECOND, at)
    assert [int(row.credit) for row in here.judge().values()] == [100, earns]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "wall", "due_at", "taken", "read_as"),
    [
        pytest.param(
            "America/Chicago", "2026-11-01T01:30:00", "2026-11-01T07:00:00", "2026-11-01T06:30:00",
            "Sun, Nov 1, 1:30 AM CDT: that hour is ambiguous; of its readings this one",
            id="twice in Chicago",
        ),
        pytest.param(
            "Australia/Lord_Howe", "2027-04-04T01:45:00", "2027-04-03T15:00:00", "2027-04-03T14:45:00",
            "Sun, Apr 4, 1:45 AM +11: that hour is ambiguous; of its readings this one", id="by half an hour",
        ),
        pytest.param(
            "Pacific/Auckland", "2027-04-04T02:10:00", "2027-04-03T14:00:00", "2027-04-03T13:10:00",
            "Sun, Apr 4, 2:10 AM NZDT: that hour is ambiguous; of its readings this one", id="in the south",
        ),
        pytest.param(
            "America/Chicago", "2027-03-14T02:30:00", "2027-03-14T08:00:00", "2027-03-14T07:30:00",
            "Sun, Mar 14, 1:30 AM CST: the clocks skipped that hour; of its readings this one",
            id="never in Chicago",
        ),
        pytest.param(
            "Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:30:00", "2026-10-03T15:15:00",
            "Sun, Oct 4, 1:45 AM +1030: the clocks skipped that hour; of its readings this one",
            id="never, by half an hour",
        ),
    ],
)  # fmt: skip
def test_a_wall_clock_without_a_zone_is_read_as_favours_the_student_and_said(
    context: Flask, name: str, wall: str, due_at: str, taken: str, read_as: str
) -> None:
    """The other reading would be late; the reading as UTC is, too."""
    here = World(name)
    rule = until(instant(due_at), 1, count=1)
    here.ask(
        "naive", rule, instant(wall), posted_basis="naive", first_seen_at=instant(due_at) + timedelta(days=1)
    )
    [verdict] = here.judge().values()
    assert verdict.state == "met"
    assert clock_of(verdict) == (
        f"The blog gives no time zone; read as course time, {read_as} favors the student."
    )
    assert instant(taken) < instant(due_at)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "due", "added", "moved"),
    [
        pytest.param(
            "America/Chicago", "2026-10-25 23:59", date(2026, 10, 20), "2026-11-02T06:00:00", id="back"
        ),
        pytest.param(
            "America/Chicago", "2027-03-07 23:59", date(2027, 3, 1), "2027-03-15T05:00:00", id="forward"
        ),
        pytest.param(
            "Pacific/Auckland", "2026-09-20 23:59", date(2026, 9, 18), "2026-09-27T11:00:00", id="southern"
        ),
        pytest.param(
            "America/Chicago", "2027-03-07 02:30", date(2027, 3, 1), "2027-03-14T08:31:00",
            id="to a minute that does not exist: the later reading",
        ),
    ],
)  # fmt: skip
def test_who_was_added_late_is_due_at_the_same_minute_on_the_wall(
    context: Flask, name: str, due: str, added: date, moved: str
) -> None:
    here = World(name)
    due_at = due_instant(parse_local(due), here.zone)
    here.ask(
        "late", replace(until(due_at), joined_late=JoinedLate(7, 7)), instant(moved) - SECOND, instant(moved)
    )
    db.session.add(
        EnrollmentEvent(
            enrollment_id=here.student.id, kind="added", effective_on=added, recorded_at=make.OPENS
        )
    )
    rows = here.judge()
    assert [row.state for row in rows.values()] == ["met", "late"]
    assert {row.due_at for row in rows.values()} == {instant(moved)}


SKIPPED = [
    pytest.param("America/Chicago", "2027-03-14 02:30", "Take 1:30 AM or 3:30 AM.", id="Chicago"),
    pytest.param("America/St_Johns", "2027-03-14 02:00", "Take 1:00 AM or 3:00 AM.", id="St. John's"),
    pytest.param("Australia/Lord_Howe", "2026-10-04 02:15", "Take 1:45 AM or 2:45 AM.", id="Lord Howe"),
    pytest.param("Pacific/Auckland", "2026-09-27 02:59", "Take 1:59 AM or 3:59 AM.", id="Auckland"),
]


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "typed", "instead"), SKIPPED)
def test_a_deadline_typed_in_a_skipped_hour_is_refused_with_what_to_take(
    context: Flask, name: str, typed: str, instead: str
) -> None:
    """Wherever one can be typed: for a rule, for a student, in a file of allocations."""
    here = World(name)
    here.ask("round-1", until(instant("2026-09-01T00:00:00")))
    blog = make.add_blog()
    make.follow(here.course, blog)
    db.session.commit()
    for field in ("opens", "comments_due", "summary_due"):
        dues = {"comments_due": "2027-07-01", field: typed}
        with pytest.raises(FieldError, match="does not exist") as in_form:
            read_rule(TypedRule(title="C4T", **dues), here.zone)
        assert in_form.value.field == field
        assert str(in_form.value).endswith(instead)
        assert here.zone.key in str(in_form.value)
    with pytest.raises(TrackerError, match="does not exist") as refused:
        exceptions.grant(
            here.course.id, "round-1", here.student.id, ExceptionKind.EXTENSION, Act(LATER), due=typed
        )
    assert str(refused.value).endswith(instead)
    lines = f"blog_url,student_id,round,start,end\n{blog.home_url},{here.student.external_id},1,,{typed}\n"
    with pytest.raises(FileError, match=r"Line 2: .*does not exist") as in_file:
        import_allocations(here.course.id, lines.encode(), Act(LATER))
    assert str(in_file.value).endswith(instead)


def test_windows_typed_on_the_night_of_a_change_hold_its_repeated_hour_whole() -> None:
    zone = ZoneInfo("America/Chicago")
    opens = opening_instant(parse_local("2026-11-01 01:00"), zone)
    due_at = due_instant(parse_local("2026-11-01 01:59"), zone)
    assert (opens, due_at) == (instant("2026-11-01T06:00:00"), instant("2026-11-01T08:00:00"))


@pytest.mark.parametrize(
    ("name", "due", "night"),
    [
        pytest.param("America/Chicago", "2026-10-31 01:44", "2026-11-01T05:00:00", id="back, in Chicago"),
        pytest.param("America/Chicago", "2027-03-13 02:29", "2027-03-14T06:00:00", id="forward, in Chicago"),
        pytest.param("Australia/Lord_Howe", "2027-04-03 01:44", "2027-04-03T13:00:00", id="by half an hour"),
    ],
)
def test_who_comes_later_is_never_less_late(name: str, due: str, night: str) -> None:
    """Although the wall shows an hour twice, or one not at all, a day after the deadline."""
    zone = ZoneInfo(name)
    due_at = due_instant(parse_local(due), zone)
    days = [started_days(instant(night) + timedelta(minutes=n), due_at, zone) for n in range(0, 5 * 60, 5)]
    assert days == sorted(days)
    assert set(days) == {1, 2}
