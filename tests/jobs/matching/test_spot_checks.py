"""The weekly sample of automatic answers: drawn once, the same for everybody, marked by people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.factories import add_blog as make_blog
from tests.support.factories import add_comment, add_course, add_enrollment, add_linkage, add_post, follow
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.dependencies import make_tools
from tracker.jobs.matching.spot_checks import draw_sample, draw_sample_in, last_week, mark_sample
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.transaction import write_transaction
from tracker.models import AcceptSample, Linkage
from tracker.queries.matching.spot_checks import WeekCount, count_samples, load_samples

MONDAY = datetime(2026, 10, 19, 5, 0, tzinfo=UTC)
"""The first instant of week 43 in Chicago."""
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def course_id(context: Flask) -> int:
    """Thirty automatic answers of one week; one before it, one after, one that a person gave."""
    course = add_course()
    blog = make_blog(home_url="http://room.example/")
    follow(course, blog)
    post, student = add_post(blog), add_enrollment(course)
    for n in range(32):
        seen = MONDAY + timedelta(hours=n - 1) if n < 31 else MONDAY + timedelta(days=7)
        comment = add_comment(post, identity=f"number:{n}", native_number=str(n), first_seen_at=seen)
        add_linkage(course, comment, student)
    db.session.commit()
    return course.id


def test_twenty_answers_of_the_last_week_are_drawn_once(course_id: int, now: datetime) -> None:
    drawn = draw_sample(course_id, now)
    assert [one.place for one in drawn] == list(range(1, 21))
    assert {one.week for one in drawn} == {"2026-W43"}
    assert draw_sample(course_id, now + timedelta(days=2)) == drawn
    seen = [
        row.comment_id for row in db.session.scalars(select(AcceptSample).order_by(AcceptSample.comment_id))
    ]
    assert 1 not in seen
    assert 32 not in seen


@pytest.mark.one_database
def test_the_draw_does_not_depend_on_the_order_of_rows(course_id: int, now: datetime) -> None:
    first = [one.comment_id for one in draw_sample(course_id, now)]
    db.session.query(AcceptSample).delete()
    for row in db.session.scalars(select(Linkage)):
        row.rules_version = "another"
    db.session.commit()
    assert [one.comment_id for one in draw_sample(course_id, now)] == first
    assert first != sorted(first)


def test_wrong_answers_are_counted(course_id: int, now: datetime) -> None:
    first, second, third, *_ = draw_sample(course_id, now)
    mark_sample(course_id, first.sample_id, Act(now), is_right=True)
    mark_sample(course_id, second.sample_id, Act(now), is_right=False)
    mark = mark_sample(course_id, third.sample_id, Act(now), is_right=False)
    mark_sample(course_id, third.sample_id, Act(now, seen=mark), is_right=True)
    assert count_samples(db.session(), course_id) == [WeekCount("2026-W43", 20, 3, 1)]
    assert load_samples(db.session(), course_id)[1].is_right is False


def test_a_second_grader_who_did_not_see_the_mark_is_told(course_id: int, now: datetime) -> None:
    first = draw_sample(course_id, now)[0]
    mark_sample(course_id, first.sample_id, Act(now), is_right=True)
    with pytest.raises(ConflictError):
        mark_sample(course_id, first.sample_id, Act(now), is_right=False)
    assert count_samples(db.session(), course_id)[0].wrong == 0


@pytest.mark.one_database
def test_a_sample_of_another_course_cannot_be_marked(course_id: int, now: datetime) -> None:
    first = draw_sample(course_id, now)[0]
    with pytest.raises(NotFoundError):
        mark_sample(course_id + 1, first.sample_id, Act(now), is_right=True)


@pytest.mark.one_database
@pytest.mark.parametrize("week", ["2026-W44", "2026-43", "2026-W60"])
def test_only_a_week_that_is_over_can_be_drawn(course_id: int, now: datetime, week: str) -> None:
    with pytest.raises(TrackerError):
        draw_sample(course_id, now, week=week)


@pytest.mark.parametrize(
    ("instant", "before"),
    [
        pytest.param(MONDAY, "2026-W42", id="first instant of a week"),
        pytest.param(MONDAY - timedelta(seconds=1), "2026-W41", id="last instant of a week"),
        pytest.param(datetime(2027, 1, 2, 12, tzinfo=UTC), "2026-W52", id="a year's end"),
    ],
)
def test_a_week_is_the_courses_own(instant: datetime, before: str) -> None:
    assert last_week(instant, CHICAGO) == before


def poll(app: Flask, now: datetime) -> None:
    """A run over a course of which no blog is due."""
    with make_tools(app.config) as tools:
        assert run_poll(tools, lambda: now, trigger="timer").reason == ""


def test_the_first_run_of_a_week_draws_and_the_others_leave_it(
    context: Flask, course_id: int, now: datetime
) -> None:
    poll(context, now - timedelta(days=7))
    assert [one.week for one in load_samples(db.session(), course_id)] == ["2026-W42"]
    poll(context, now)
    drawn = load_samples(db.session(), course_id, "2026-W43")
    assert ({one.week for one in drawn}, len(drawn)) == ({"2026-W43"}, 20)
    mark_sample(course_id, drawn[0].sample_id, Act(now), is_right=True)
    poll(context, now + timedelta(days=1))
    assert [one.sample_id for one in load_samples(db.session(), course_id, "2026-W43")] == [
        one.sample_id for one in drawn
    ]


@pytest.mark.one_database
def test_a_draw_that_was_cut_off_leaves_nothing_and_is_the_same_when_made_up_for(
    course_id: int, now: datetime
) -> None:
    expected: list[int] = []

    def draw_and_die() -> None:
        with write_transaction() as session:
            expected.extend(one.comment_id for one in draw_sample_in(session, course_id, now))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_and_die()
    assert load_samples(db.session(), course_id) == []
    assert [one.comment_id for one in draw_sample(course_id, now)] == expected


@pytest.mark.one_database
def test_the_run_and_the_button_draw_the_same(context: Flask, course_id: int, now: datetime) -> None:
    poll(context, now)
    drawn = load_samples(db.session(), course_id, "2026-W43")
    assert draw_sample(course_id, now) == drawn
