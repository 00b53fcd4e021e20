"""Scenarios of grading as the product was described by them, with its own instants and percents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.said import clock_of, sentence_of
from tracker.domain.act import Act
from tracker.domain.assignment import (
    HINT,
    REQUIRED,
    AssignmentTerms,
    Condition,
    JoinedLate,
    Late,
    Window,
)
from tracker.domain.record import ExceptionKind
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.grading.similarity import LikenessKind
from tracker.grading.windows import due_instant, opening_instant, parse_local
from tracker.jobs.grades import exceptions, grade_student
from tracker.jobs.review.split_comments import join, suggest_joins
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import (
    Assignment,
    Blog,
    BlogAddress,
    Comment,
    Course,
    Enrollment,
    EnrollmentEvent,
    Handle,
    Post,
    RequirementVerdict,
)
from tracker.queries.grade_records import load_records
from tracker.queries.grades.why import load_why
from tracker.queries.verdicts.similarity import find_similar
from tracker.text.addresses import home_key
from tracker.wording.grades import say_rule_now

AFTERWARDS = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""Mon Nov 2, 03:00 in Chicago: every check after the summaries' due instant is done."""
WORDS = " ".join(f"w{n}" for n in range(60))


@dataclass
class World:
    """One student, the blog given to them with two posts, and their class blog."""

    course: Course
    student: Enrollment
    blog: Blog
    posts: list[Post]
    own: Blog
    assignment: Assignment

    def say(self, post: int, at: datetime, text: str = "", **values: Any) -> Comment:
        """A comment on the first or the second post, seen two hours later."""
        comment = make.add_comment(
            self.posts[post], "Noor", f"<p>{text or f'{WORDS} {at}'}</p>",
            **{"posted_at": at, "first_seen_at": at + timedelta(hours=2), **values},
        )  # fmt: skip
        make.add_linkage(self.course, comment, self.student)
        return comment

    def summarise(self, at: datetime, **values: Any) -> Post:
        links = " ".join(f"<a href='{one.url}'>this</a>" for one in self.posts)
        said = {"html": f"<p>{links}</p>", "posted_at": at, "first_seen_at": at + timedelta(hours=2)}
        return make.add_post(self.own, "C4T #2", **{**said, **values})

    def judge(self, at: datetime = AFTERWARDS) -> dict[str, RequirementVerdict]:
        db.session.commit()
        regrade_course(self.course.id, at)
        db.session.expire_all()
        rows = db.session.scalars(
            select(RequirementVerdict).where(RequirementVerdict.enrollment_id == self.student.id)
        )
        return {row.requirement: row for row in rows}

    def states(self, at: datetime = AFTERWARDS) -> dict[str, str]:
        return {key: row.state for key, row in self.judge(at).items()}


def world(rule: AssignmentTerms | None = None, fully_checked_at: datetime = AFTERWARDS) -> World:
    course = make.add_course(words=["EDT 320", "Harlan State"])
    student = make.add_enrollment(course, name="Noor Haddad")
    blog, own = make.add_blog(), make.add_blog("Noor in EDT 320")
    for one, role, kind in ((blog, "followed", "comments"), (own, "class-blog", "posts")):
        make.follow(course, one, role)
        make.add_feed(one, kind, fully_checked_at=fully_checked_at)
        db.session.add(BlogAddress(blog_id=one.id, key=home_key(one.home_url)))
    db.session.add(Handle(enrollment_id=student.id, kind="blog", key=home_key(own.home_url)))
    assignment = make.add_assignment(course, "c4t-2", rule or as_typed())
    make.allocate(assignment, student, blog)
    return World(course, student, blog, [make.add_post(blog) for _ in range(2)], own, assignment)


def as_typed() -> AssignmentTerms:
    """C4T #2 as PRODUCT §6 has it, from the times that the instructor types."""
    zone = ZoneInfo("America/Chicago")
    opens = opening_instant(parse_local("2026-10-12 00:00"), zone)
    dues = (due_instant(parse_local(text), zone) for text in ("2026-10-25 23:59", "2026-11-01 23:59"))
    comments, summary = (Window(due_at, opens) for due_at in dues)
    return make.terms("C4T #2", comments, summary, conditions=(Condition(Trait.WORDS, 50, HINT),))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# S11 -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "state"),
    [
        pytest.param("2026-10-26T04:59:40", "met", id="Oct 25 23:59:40 CDT"),
        pytest.param("2026-10-26T05:00:00", "late", id="midnight"),
    ],
)
def test_s11_a_comment_of_the_last_minute_is_on_time(context: Flask, at: str, state: str) -> None:
    here = world()
    here.say(0, utc(at))
    assert here.judge()["comment-1"].state == state


@pytest.mark.parametrize(
    ("at", "state"),
    [
        pytest.param("2026-11-02T05:59:40", "met", id="Nov 1 23:59:40 CST"),
        pytest.param("2026-11-02T06:00:00", "late", id="midnight"),
    ],
)
def test_s11_a_summary_of_the_last_minute_after_clocks_went_back_is_on_time(
    context: Flask, at: str, state: str
) -> None:
    here = world()
    for n in range(2):
        here.say(n, make.DUE - timedelta(days=3 - n))
    here.summarise(utc(at))
    assert here.judge()["summary"].state == state


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("due_at", "basis", "posted_at", "state", "clock"),
    [
        pytest.param(
            "2026-11-01T07:00:00", "naive", "2026-11-01T01:30:00", "met",
            "The blog gives no time zone; read as course time, Sun, Nov 1, 1:30 AM CDT: that hour is "
            "ambiguous; of its readings this one favors the student.",
            id="no offset: the favourable instant, 06:30 UTC",
        ),
        pytest.param(
            "2026-11-01T07:00:00", "offset", "2026-11-01T07:30:00", "late", "The blog’s own time.",
            id="the feed's offset says 07:30 UTC",
        ),
        pytest.param(
            "2026-11-02T06:00:00", "naive", "2026-11-01T01:30:00", "met",
            "The blog gives no time zone; read as course time, Sun, Nov 1, 1:30 AM CDT: that hour is "
            "ambiguous; of its readings this one favors the student.",
            id="in time by either reading",
        ),
    ],
)  # fmt: skip
def test_s11_an_ambiguous_half_past_one_is_read_as_favours_the_student_and_said(
    context: Flask, due_at: str, basis: str, posted_at: str, state: str, clock: str
) -> None:
    here = world(make.terms(summary=Window(utc(due_at), make.OPENS)))
    for n in range(2):
        here.say(n, make.DUE - timedelta(days=3 - n))
    here.summarise(utc(posted_at), posted_basis=basis, first_seen_at=utc("2026-11-02T08:30:00"))
    summary = here.judge()["summary"]
    assert (summary.state, clock_of(summary)) == (state, clock)


@pytest.mark.one_database
def test_s11_half_past_ten_pacific_is_half_an_hour_late(context: Flask) -> None:
    """The feed says 22:30 -07:00: Oct 26, 05:30 UTC, 00:30 in Chicago."""
    here = world()
    here.say(0, datetime.fromisoformat("2026-10-25T22:30:00-07:00").astimezone(UTC))
    verdict = here.judge()["comment-1"]
    assert verdict.state == "late"
    assert "30 minutes" in sentence_of(verdict)


# S12 -----------------------------------------------------------------------------------------------

POLICY = Late(per_day=10, at_most=50, closes_after_days=5, of_whole=True)
THURSDAY = datetime(2026, 10, 29, 15, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 10, 27, 13, 0, tzinfo=UTC)  # 08:00 CDT


def late_round(policy: Late, second: datetime = TUESDAY) -> World:
    """Comment 1 in time, comment 2 when told; 100 points for two comments."""
    rule = make.terms(points=Decimal(100), summary=None)
    here = world(replace(rule, parts=(replace(rule.parts[0], late=policy),)), fully_checked_at=AFTERWARDS)
    here.say(0, make.DUE - timedelta(days=3))
    here.say(1, second)
    return here


def points(here: World, at: datetime = AFTERWARDS) -> Decimal | None:
    here.judge(at)
    return load_records(db.session(), here.course.id)[here.assignment.id, here.student.id].proposal.points


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("of_whole", "second", "expected"),
    [
        pytest.param(True, TUESDAY, 80, id="two started days, the round earns what its latest does"),
        pytest.param(False, TUESDAY, 90, id="two started days, each comment for itself: 100 and 80"),
        pytest.param(True, make.DUE - timedelta(seconds=1), 100, id="the last second"),
        pytest.param(True, make.DUE, 90, id="the due instant begins the first day"),
        pytest.param(True, make.DUE + timedelta(days=1), 80, id="24 hours later begins the second"),
        pytest.param(True, make.DUE + timedelta(days=5, seconds=-1), 50, id="the fifth day, at most half"),
        pytest.param(True, make.DUE + timedelta(days=5), 0, id="closed after five days"),
        pytest.param(False, make.DUE + timedelta(days=5), 0, id="closed: one comment lacks, all or nothing"),
    ],
)
def test_s12_each_started_day_takes_ten_percent(
    context: Flask, of_whole: bool, second: datetime, expected: int
) -> None:
    assert points(late_round(replace(POLICY, of_whole=of_whole), second)) == expected


def test_s12_history_shows_late_extension_override_and_revocation(context: Flask) -> None:
    here = late_round(POLICY)
    rosa = make.add_user("Rosa Achterberg")
    assert points(here, THURSDAY) == 80
    grade_student.override(
        here.course.id,
        "c4t-2",
        here.student.id,
        Act(THURSDAY, rosa.id, seen=0),
        value=Decimal(95),
        satisfactory=True,
        reason="Talked it over.",
    )
    number = exceptions.grant(
        here.course.id,
        "c4t-2",
        here.student.id,
        ExceptionKind.EXTENSION,
        Act(THURSDAY, rosa.id),
        due="2026-10-28 23:59",
    )
    record = load_records(db.session(), here.course.id)[here.assignment.id, here.student.id]
    assert record.proposal.points == 100
    assert record.grade is not None
    assert (record.grade.value, say_rule_now(record)) == (95, "The rule now says 100.")
    exceptions.revoke(here.course.id, number, Act(THURSDAY + timedelta(hours=1), rosa.id))
    record = load_records(db.session(), here.course.id)[here.assignment.id, here.student.id]
    assert (record.proposal.points, record.grade and record.grade.value) == (80, 95)
    why = load_why(db.session(), here.course.id, here.student.id, "c4t-2")
    assert why is not None
    said = " / ".join(event.says for event in why.history)
    for step in (
        "95",
        "Extended to Wed, Oct 28, 11:59 PM CDT by",
        "11:59 PM CDT undone by Rosa Achterberg",
    ):
        assert step in said


# S10 -----------------------------------------------------------------------------------------------


def words(first: int, count: int) -> str:
    return " ".join(f"w{n}" for n in range(first, first + count))


INTRODUCTION = "Hello, my name is Noor Haddad and I am a student in EDT 320 at Harlan State."
TAIL = '<p>Noor´s last blog post ..<a href="http://noor.example/9">Blog Post 4</a></p>'


@pytest.mark.parametrize("end", ["", TAIL], ids=["the same text", "with a plugin's tail below"])
def test_s10_the_same_85_words_on_two_posts_are_no_second_comment(context: Flask, end: str) -> None:
    here = world(make.terms(summary=None, points=Decimal(100)))
    first = here.say(0, make.DUE - timedelta(days=3), f"{INTRODUCTION} {words(0, 85)}")
    second = here.say(1, make.DUE - timedelta(days=2), f"{INTRODUCTION} {words(0, 85)}{end}")
    verdicts = here.judge()
    assert {key: row.state for key, row in verdicts.items()} == {
        "comment-1": "met", "comment-2": "not_found_yet",
    }  # fmt: skip
    assert verdicts["comment-1"].comment_id == first.id
    refused = verdicts["comment-1"].evidence["not_counted"]
    assert [(one["permalink"], one["reason"]) for one in refused] == [(second.permalink, "same-text")]
    [flag] = find_similar(db.session(), here.course.id)
    assert (flag.kind, flag.percent) == (LikenessKind.TWICE, 100)
    assert (flag.later.comment_id, flag.earlier.comment_id) == (second.id, first.id)


@pytest.mark.one_database
def test_s10_flags_lower_no_grade_and_introductions_make_nobody_alike(context: Flask) -> None:
    """92 percent a classmate's of two days before, and 70 percent the post's: both only flagged."""
    here = world(make.terms(summary=None, points=Decimal(100)))
    other = make.add_enrollment(here.course, name="Bart Vale")
    here.posts[1].html = f"<p>{words(400, 100)}</p>"
    said = make.add_comment(
        here.posts[0], "Bart", f"<p>{INTRODUCTION} {words(200, 79)}</p>",
        posted_at=make.DUE - timedelta(days=5),
    )  # fmt: skip
    make.add_linkage(here.course, said, other)
    before = points(here)
    here.say(0, make.DUE - timedelta(days=3), f"{INTRODUCTION} {words(900, 6)} {words(206, 73)}")
    here.say(1, make.DUE - timedelta(days=2), f"{INTRODUCTION} {words(400, 70)}. {words(600, 30)}")
    assert (before, points(here)) == (0, 100)
    flags = {(one.kind, one.percent) for one in find_similar(db.session(), here.course.id)}
    assert flags == {(LikenessKind.CLASSMATE, 92), (LikenessKind.FROM_POST, 70)}


# S13 -----------------------------------------------------------------------------------------------


CHICAGO_DUE = utc("2026-09-21T05:00:00")  # Sun Sep 20, 23:59 CDT
LATER_DUE = utc("2026-09-28T05:00:00")  # Sun Sep 27, 23:59 CDT


@pytest.mark.parametrize(
    ("added", "due_at"),
    [
        pytest.param(date(2026, 9, 14), LATER_DUE, id="added Sep 14"),
        pytest.param(date(2026, 9, 13), LATER_DUE, id="seven days before the due day"),
        pytest.param(date(2026, 9, 12), CHICAGO_DUE, id="eight days before"),
        pytest.param(date(2026, 8, 24), CHICAGO_DUE, id="there from the first day"),
    ],
)
def test_s13_who_was_added_within_seven_days_has_seven_more(
    context: Flask, added: date, due_at: datetime
) -> None:
    rule = make.terms("C4T #1", Window(CHICAGO_DUE, utc("2026-09-07T05:00:00")), None)
    here = world(replace(rule, joined_late=JoinedLate(within_days=7, extra_days=7)))
    db.session.add(
        EnrollmentEvent(
            enrollment_id=here.student.id, kind="added", effective_on=added, recorded_at=make.OPENS
        )
    )
    here.say(0, due_at - timedelta(seconds=20))
    here.say(1, due_at)
    verdicts = here.judge()
    assert [verdicts[key].state for key in ("comment-1", "comment-2")] == ["met", "late"]
    assert {row.due_at for row in verdicts.values()} == {due_at}


# S9 ------------------------------------------------------------------------------------------------


@pytest.mark.one_database
def test_s9_the_79_words_of_two_parts_are_those_that_are_judged(context: Flask) -> None:
    """The first begins with an introduction, which counts neither in the suggestion nor in the verdict."""
    floor = (Condition(Trait.WORDS, 79, REQUIRED),)
    here = world(make.terms(summary=None, conditions=floor))
    at = make.DUE - timedelta(days=3)
    first = here.say(0, at, f"{INTRODUCTION} {words(0, 41)}")
    second = here.say(0, at + timedelta(minutes=3), f"{words(41, 38)}.")
    assert sentence_of(here.judge()["comment-1"]).startswith("Found, 41 words")
    [suggestion] = suggest_joins(db.session(), here.course.id)
    assert suggestion.part.words == 79
    join(here.course.id, first.id, second.id, Act(AFTERWARDS))
    assert here.states() == {"comment-1": "met", "comment-2": "not_found_yet"}
