"""PRODUCT S12, late and extension; and that no job moves what a person said of a grade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import update

from tests.support import factories as make
from tests.support.blog_server import BlogServer
from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment, add_post
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.assignment import Late
from tracker.domain.record import ExceptionKind, GradeRecord
from tracker.exports.roster_file import read_roster
from tracker.extensions import db
from tracker.jobs.assignments.assignments import import_allocations
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import hash_key, make_tools
from tracker.jobs.grades import exceptions, grade_round, grade_student
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.people.import_roster import apply
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import Course, Enrollment, FeedState
from tracker.queries.grade_records import load_records
from tracker.queries.grades.why import load_why
from tracker.wording.grades import say_rule_now

TUESDAY = datetime(2026, 10, 27, 13, 0, tzinfo=UTC)  # 08:00 CDT
THURSDAY = datetime(2026, 10, 29, 15, 0, tzinfo=UTC)
KEY = "c4t-2"
POLICY = Late(per_day=10, at_most=50, closes_after_days=5, of_whole=True)
ROSTER = "student_id,given_name,family_name,email,blog_url,section\n"
PEOPLE = (
    RosterFileRow("s1", "Noor", "Haddad", blog_url="http://noorreads.blogspot.com/"),
    RosterFileRow("s2", "Ida", "Vale", blog_url="http://idawrites.blogspot.com/"),
)


@dataclass(frozen=True)
class World:
    course_id: int
    noor: int
    ida: int
    rosa: int

    def record(self, who: int | None = None) -> GradeRecord:
        records = load_records(db.session(), self.course_id)
        return next(one for (_, enrollment), one in records.items() if enrollment == (who or self.noor))

    def says(self) -> tuple[Decimal | None, str]:
        """The grade in the gradebook, and the notice beside it."""
        record = self.record()
        if record.grade is not None:
            return record.grade.value, say_rule_now(record)
        return record.proposal.points, ""

    def extend(self, due: str = "2026-10-28 23:59") -> int:
        return exceptions.grant(
            self.course_id, KEY, self.noor, ExceptionKind.EXTENSION, Act(THURSDAY, self.rosa), due=due
        )

    def set_by_hand(self) -> int:
        return grade_student.override(
            self.course_id,
            KEY,
            self.noor,
            Act(THURSDAY, self.rosa, seen=self.record().latest),
            value=Decimal(95),
            satisfactory=True,
            reason="Talked it over.",
        )


@pytest.fixture
def world(context: Flask) -> World:
    """Two students with comment 1 on time; comment 2 came on Tue, Oct 27, 8:00 AM. Due Sun, Oct 25, 11:59 PM;
    ten percent off a started day, at most fifty, closed after five days."""
    course_id = add_course(make.OPENS)
    noor, ida = add_students(course_id, PEOPLE, SECRET, make.OPENS)
    blog = add_blog(course_id, "http://room.example/", make.OPENS)
    for number, at in enumerate((make.DUE - timedelta(days=3), TUESDAY), 1):
        post = add_post(blog, make.OPENS, number=number)
        for place, person in enumerate(PEOPLE):
            add_comment(
                blog, person.given_name, f"<p>{'So did we in our own room. ' * 10}{number} {place}</p>", at,
                number=10 * number + place, post=post, author_url=person.blog_url,
            )  # fmt: skip
    rule = make.terms(points=Decimal(100), summary=None)
    part = replace(rule.parts[0], late=POLICY)
    course = db.session.get_one(Course, course_id)
    made = make.add_assignment(course, KEY, replace(rule, parts=(part,)))
    for who in (noor, ida):
        make.allocate(made, db.session.get_one(Enrollment, who), blog)
    db.session.execute(update(FeedState).values(fully_checked_at=THURSDAY))
    rosa = make.add_user("Rosa Achterberg")
    db.session.commit()
    rematch_course(course_id, THURSDAY)
    return World(course_id, noor, ida, rosa.id)


def test_extension_makes_80_into_100_at_once_and_revoking_restores_80(world: World) -> None:
    assert world.says() == (Decimal(80), ""), "two started days"
    number = world.extend()
    assert world.says() == (Decimal(100), ""), "without a look at any blog"
    exceptions.revoke(world.course_id, number, Act(THURSDAY, world.rosa))
    assert world.says() == (Decimal(80), "")
    why = load_why(db.session(), world.course_id, world.noor, KEY)
    assert why is not None
    said = [event.says for event in why.history]
    assert "Extended to Wed, Oct 28, 11:59 PM CDT by Rosa Achterberg" in said
    assert "Extended to Wed, Oct 28, 11:59 PM CDT undone by Rosa Achterberg" in said


def test_95_set_by_hand_stays_with_a_notice_that_the_rule_now_says_100(world: World) -> None:
    world.set_by_hand()
    assert world.says() == (Decimal(95), "")
    number = world.extend()
    assert world.says() == (Decimal(95), "The rule now says 100.")
    exceptions.revoke(world.course_id, number, Act(THURSDAY, world.rosa))
    assert world.says() == (Decimal(95), "")


def test_grade_accepted_and_released_is_not_lowered_by_a_changed_rule(world: World) -> None:
    number = world.extend()
    grade_round.accept_certain(world.course_id, KEY, Act(THURSDAY, world.rosa))
    grade_round.release_all(world.course_id, KEY, Act(THURSDAY, world.rosa))
    exceptions.revoke(world.course_id, number, Act(THURSDAY, world.rosa))
    record = world.record()
    shown = record.shown_to_student
    assert shown is not None
    assert (shown.value, say_rule_now(record)) == (Decimal(100), "The rule now says 80.")


def _poll(context: Flask, world: World) -> None:
    with BlogServer() as server:
        follow_feed(world.course_id, server.url("/comments/feed/"), now=THURSDAY)
        settings = {**context.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "FETCH_READ_TIMEOUT_S": 2.0}
        with make_tools(settings, resolve=server.resolve) as tools:
            run_poll(tools, lambda: THURSDAY, trigger="test", feed_url=server.url("/comments/feed/"))


def _rematch(_: Flask, world: World) -> None:
    rematch_course(world.course_id, THURSDAY + timedelta(days=1))


def _regrade(_: Flask, world: World) -> None:
    regrade_course(world.course_id, THURSDAY + timedelta(days=40))


def _import(_: Flask, world: World) -> None:
    """A roster with another name and address for her, and then one without her."""
    key = hash_key(SECRET)
    ida = "s2,Ida,Vale,,http://idawrites.blogspot.com/,1\n"
    renamed = f"{ROSTER}s1,Noor,Lindström,,http://noor-moved.blogspot.com/,2\n{ida}"
    apply(world.course_id, read_roster(renamed), Act(THURSDAY), hash_key=key)
    apply(world.course_id, read_roster(ROSTER + ida), Act(THURSDAY), hash_key=key, drop={world.noor})


def _give_another_blog(_: Flask, world: World) -> None:
    add_blog(world.course_id, "http://other.example/", THURSDAY)
    given = "blog_url,student_id,round,start,end\nhttp://other.example/,s1,2,2026-10-12,2026-10-25\n"
    import_allocations(world.course_id, given.encode(), Act(THURSDAY))


@pytest.mark.parametrize("job", [_poll, _rematch, _regrade, _import, _give_another_blog])
def test_no_job_moves_what_a_person_said(
    context: Flask, world: World, job: Callable[[Flask, World], None]
) -> None:
    world.set_by_hand()
    accepted = grade_student.accept(world.course_id, KEY, world.ida, Act(THURSDAY, world.rosa, seen=0))
    grade_student.release(world.course_id, KEY, world.ida, Act(THURSDAY, world.rosa, seen=accepted))
    job(context, world)
    db.session.expire_all()
    mine, hers = world.record(), world.record(world.ida)
    assert mine.grade is not None
    assert (mine.grade.value, mine.grade.reason) == (Decimal(95), "Talked it over.")
    assert hers.shown_to_student is not None
    assert (hers.shown_to_student.value, hers.shown_to_student.number) == (Decimal(80), accepted)
