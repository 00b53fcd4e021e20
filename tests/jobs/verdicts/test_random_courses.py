"""What holds for any course: judged twice, in any order, on either database, after a rule was changed and
changed back, and by the part that a run's looks bear on."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, select

from tests.support import factories as make
from tests.support.databases import POSTGRES_URL, SharedApps
from tests.support.random_course import HOLDS, RandomCourse, draw_course, snapshot
from tracker.domain.assignment import AssignmentTerms
from tracker.extensions import db
from tracker.grading.rules.document import terms_to_document
from tracker.jobs.matching.rematch import rematch_in
from tracker.jobs.verdicts.affected import Since
from tracker.jobs.verdicts.store_verdicts import store_touched, store_verdicts
from tracker.models import (
    Assignment,
    AssignmentTermsVersion,
    Feed,
    FeedState,
    Poll,
    RequirementVerdict,
    Run,
)
from tracker.queries.grade_records import load_records

CHUNKS = 4
SEED = 20261123


@pytest.fixture(params=range(CHUNKS))
def numbers(request: pytest.FixtureRequest, full: bool) -> range:
    """The numbers of the courses drawn by this test; of all chunks together, 1,000 with --full."""
    each = (1000 if full else 52) // CHUNKS
    return range(request.param * each, (request.param + 1) * each)


def test_random_courses_come_out_the_same_whatever_is_done_to_them(
    numbers: range, shared_apps: SharedApps, full: bool
) -> None:
    if not os.environ.get(POSTGRES_URL):
        pytest.skip("PostgreSQL is not installed here")
    seen: Counter[str] = Counter()
    found: dict[str, list[Any]] = {}
    for kind in ("sqlite", "postgresql"):
        with shared_apps.get(kind).app_context():
            found[kind] = [_live(number, seen, thoroughly=full) for number in numbers]
    assert found["sqlite"] == found["postgresql"]
    for what in ("late", "ties", "overrides", "clock", "all of them"):
        assert seen[what] >= 0.3 * 2 * len(numbers), (what, seen[what])


def _live(number: int, seen: Counter[str], *, thoroughly: bool) -> list[Any]:
    """What comes of one course. Everything is done to it where that is asked, else one thing."""
    drawn = draw_course(Random(SEED + number), number)
    seen.update(drawn.holds)
    seen["all of them"] += len(drawn.holds) == len(HOLDS)
    rng = Random(number)
    store_verdicts(db.session(), drawn.course.id, drawn.as_of)
    first, grades = snapshot(drawn), _recorded(drawn)
    assert store_verdicts(db.session(), drawn.course.id, drawn.as_of) == 0
    for n, change in enumerate((_judge_in_another_order, _move_a_deadline_and_back)):
        if thoroughly or number % 4 == n:
            change(drawn, rng)
            assert snapshot(drawn) == first
    if thoroughly or number % 4 == 2:
        _judge_by_a_run(drawn, rng)
        assert store_verdicts(db.session(), drawn.course.id, drawn.as_of + timedelta(days=2)) == 0
    if thoroughly or number % 4 == 3:
        rematch_in(db.session(), drawn.course.id, drawn.as_of)
        assert _recorded(drawn) == grades
    db.session.commit()
    return [first, grades]


def _recorded(drawn: RandomCourse) -> list[Any]:
    """What people said of grades, without row numbers."""
    records = load_records(db.session(), drawn.course.id)
    places = {one.id: n for n, one in enumerate(drawn.assignments)}
    people = {one.id: n for n, one in enumerate(drawn.students)}
    return sorted(
        (places[cell[0]], people[cell[1]], str(one.grade.value), one.grade.satisfactory, one.grade.reason)
        for cell, one in records.items()
        if one.grade is not None
    )


def _judge_in_another_order(drawn: RandomCourse, rng: Random) -> None:
    ids = [one.id for one in drawn.assignments]
    db.session.execute(delete(RequirementVerdict).where(RequirementVerdict.assignment_id.in_(ids)))
    for student in rng.sample(drawn.students, len(drawn.students)):
        store_verdicts(db.session(), drawn.course.id, drawn.as_of, enrollment_ids={student.id})


def _move_a_deadline_and_back(drawn: RandomCourse, rng: Random) -> None:
    n = rng.randrange(2)
    by = timedelta(hours=rng.choice([-30, -2, 2, 30]))
    moved = tuple(
        replace(
            part,
            periods=tuple(
                replace(period, window=replace(period.window, due_at=period.window.due_at + by))
                if period is part.periods[-1]
                else period
                for period in part.periods
            ),
        )
        for part in drawn.terms[n].parts
    )
    for terms in (replace(drawn.terms[n], parts=moved), drawn.terms[n]):
        _put_in_force(drawn.assignments[n], terms)
        store_verdicts(db.session(), drawn.course.id, drawn.as_of)


def _put_in_force(assignment: Assignment, terms: AssignmentTerms) -> None:
    assignment.current_version += 1
    db.session.add(
        AssignmentTermsVersion(
            assignment_id=assignment.id,
            version=assignment.current_version,
            document=terms_to_document(terms),
            at=make.NOW,
        )
    )
    db.session.flush()


def _judge_by_a_run(drawn: RandomCourse, rng: Random) -> None:
    """A run two days later checks some of the blogs: some answer, some begin to fail."""
    later = drawn.as_of + timedelta(days=2)
    before = Run(trigger="nightly", started_at=drawn.as_of, ended_at=drawn.as_of, owner="")
    run = Run(trigger="nightly", started_at=later, owner="")
    db.session.add_all([before, run])
    db.session.flush()
    feeds = db.session.execute(
        select(Feed, FeedState)
        .join(FeedState, FeedState.feed_id == Feed.id)
        .where(Feed.blog_id.in_([one.id for one in drawn.blogs]))
        .order_by(Feed.id)
    ).all()
    for feed, state in feeds:
        if rng.random() < 0.5:
            db.session.add(Poll(run_id=run.id, feed_id=feed.id, at=later, outcome="ok"))
            if rng.random() < 0.2:
                state.failing_since = state.failing_since or later
            else:
                state.fully_checked_at, state.failing_since = later, None
    db.session.flush()
    before_at = before.started_at
    store_touched(db.session(), drawn.course.id, Since(run.id, before_at), later)
