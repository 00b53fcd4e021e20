"""What is granted to one student changes their verdicts at once, and taking it back restores them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.record import ExceptionKind
from tracker.extensions import db
from tracker.jobs.grades import exceptions
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import AuditEntry, RequirementException, RequirementVerdict

THURSDAY = datetime(2026, 10, 29, 15, 0, tzinfo=UTC)
LATE = datetime(2026, 10, 27, 13, 0, tzinfo=UTC)  # Tue, Oct 27, 8:00 AM CDT


@dataclass(frozen=True)
class Room:
    course_id: int
    assignment_id: int
    student_id: int
    other_id: int
    rosa: int
    ifeoma: int

    def grant(self, kind: ExceptionKind = ExceptionKind.EXTENSION, **said: Any) -> int:
        values = {
            "due": "2026-10-28 23:59",
            "act": Act(THURSDAY, self.rosa),
            "requirement": "comment-2",
            **said,
        }
        return exceptions.grant(self.course_id, "c4t-2", self.student_id, kind, **values)

    def states(self, enrollment_id: int | None = None) -> dict[str, str]:
        rows = db.session.scalars(
            select(RequirementVerdict).where(
                RequirementVerdict.enrollment_id == (enrollment_id or self.student_id)
            )
        )
        return {row.requirement: row.state for row in rows}


@pytest.fixture
def room(context: Flask) -> Room:
    """PRODUCT S12: comment 1 on time, comment 2 on Oct 27, 8:00 AM; due Oct 25, 11:59 PM CDT."""
    course = make.add_course()
    student, other = make.add_enrollment(course), make.add_enrollment(course, name="Ida Vale")
    blog = make.add_blog()
    make.follow(course, blog)
    make.add_feed(blog, fully_checked_at=THURSDAY)
    assignment = make.add_assignment(course)
    for posted_at in (make.DUE - timedelta(days=3), LATE):
        for one in (student, other):
            comment = make.add_comment(
                make.add_post(blog), posted_at=posted_at, first_seen_at=posted_at + timedelta(hours=3),
                text=f"<p>{'We tried the same in our room. ' * 12}{one.id} {posted_at}</p>",
            )  # fmt: skip
            make.add_linkage(course, comment, one)
    for one in (student, other):
        make.allocate(assignment, one, blog)
    rosa, ifeoma = make.add_user("Rosa Achterberg"), make.add_user("Ifeoma Nwachukwu-Hale")
    db.session.commit()
    regrade_course(course.id, THURSDAY)
    return Room(course.id, assignment.id, student.id, other.id, rosa.id, ifeoma.id)


def test_extension_counts_late_work_at_once_and_revoking_restores(room: Room) -> None:
    before = room.states()
    assert (before["comment-1"], before["comment-2"]) == ("met", "late")
    number = room.grant()
    assert room.states()["comment-2"] == "met"
    assert room.states(room.other_id)["comment-2"] == "late", "of nobody else"
    exceptions.revoke(room.course_id, number, Act(THURSDAY, room.rosa))
    assert room.states() == before
    kept = db.session.get_one(RequirementException, number)
    assert (kept.kind, kept.revoked_at) == ("extension", THURSDAY), "history keeps both"


def test_due_is_typed_in_the_courses_zone_and_the_whole_minute_counts(room: Room) -> None:
    number = room.grant(due="2026-10-27T08:00")
    assert db.session.get_one(RequirementException, number).due_at == LATE + timedelta(minutes=1)
    assert room.states()["comment-2"] == "met"
    number = room.grant(due="2026-10-27 07:59", requirement=None)
    assert room.states()["comment-2"] == "met", "the later of two holds"


@pytest.mark.one_database
def test_excuse_of_the_whole_assignment_excuses_every_part(room: Room) -> None:
    room.grant(ExceptionKind.EXCUSE, requirement=None, due="")
    assert set(room.states().values()) == {"excused"}


@pytest.mark.one_database
def test_incomplete_moves_what_is_open_to_its_own_due_time(room: Room) -> None:
    afterwards = THURSDAY + timedelta(days=14)
    regrade_course(room.course_id, afterwards)
    assert room.states()["summary"] != "not_due"
    room.grant(ExceptionKind.INCOMPLETE, act=Act(afterwards), requirement=None, due="2027-03-14 23:59")
    assert room.states()["summary"] == "not_due"
    row = db.session.scalars(
        select(RequirementVerdict).where(RequirementVerdict.requirement == "summary")
    ).first()
    assert row is not None
    assert row.due_at == datetime(2027, 3, 15, 5, 0, tzinfo=UTC), "clocks have gone forward by then"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("said", "says"),
    [
        pytest.param({"due": " "}, "Enter the new due time", id="no-time"),
        pytest.param({"due": "soon"}, "as a time. Enter it like", id="no-time-at-all"),
        pytest.param(
            {"due": "2026-10-25 23:59"}, "It is already due Sun, Oct 25, 11:59 PM CDT", id="no-later"
        ),
        pytest.param({"due": "2027-03-14 02:30"}, "does not exist in America/Chicago", id="skipped-hour"),
        pytest.param({"requirement": "comment-9"}, "no longer asks for this part", id="no-such-part"),
        pytest.param(
            {"kind": ExceptionKind.SUBSTITUTE}, "why you mark it complete", id="substitute-needs-reason"
        ),
        pytest.param({"reason": "x" * 501}, "Use at most 500", id="too-long"),
    ],
)
def test_grant_that_lacks_something_is_refused_with_a_sentence(
    room: Room, said: dict[str, Any], says: str
) -> None:
    with pytest.raises(TrackerError, match=says):
        room.grant(**said)
    assert db.session.scalars(select(RequirementException)).all() == []


@pytest.mark.one_database
def test_substitute_keeps_its_reason_and_no_time(room: Room) -> None:
    number = room.grant(ExceptionKind.SUBSTITUTE, reason="Handed in on paper, Oct 24.")
    kept = db.session.get_one(RequirementException, number)
    assert (kept.kind, kept.due_at, kept.reason) == ("substitute", None, "Handed in on paper, Oct 24.")


def test_of_two_who_grant_the_slower_one_is_told(room: Room) -> None:
    seen = 0
    room.grant(act=Act(THURSDAY, room.ifeoma, seen=seen))
    with pytest.raises(
        ConflictError, match="Ifeoma Nwachukwu-Hale granted an exception in the meantime: extension"
    ):
        room.grant(ExceptionKind.EXCUSE, act=Act(THURSDAY, room.rosa, seen=seen))
    assert len(db.session.scalars(select(RequirementException)).all()) == 1


@pytest.mark.one_database
def test_revoking_twice_or_from_another_course_is_refused(room: Room) -> None:
    number = room.grant()
    other = make.add_course("edt110")
    db.session.commit()
    with pytest.raises(NotFoundError):
        exceptions.revoke(other.id, number, Act(THURSDAY))
    exceptions.revoke(room.course_id, number, Act(THURSDAY))
    with pytest.raises(ConflictError, match="already undone"):
        exceptions.revoke(room.course_id, number, Act(THURSDAY))


@pytest.mark.one_database
def test_log_has_who_granted_and_revoked_without_the_reason(room: Room) -> None:
    number = room.grant(reason="In hospital.")
    exceptions.revoke(room.course_id, number, Act(THURSDAY, room.ifeoma))
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(one.action, one.actor_user_id, one.subject_id) for one in entries] == [
        ("exception-extension", room.rosa, number),
        ("exception-revoked", room.ifeoma, number),
    ]
    assert "hospital" not in str(entries[0].after)
