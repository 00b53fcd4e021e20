"""PRODUCT S1 at its full size: a class of 150 the Monday after a deadline, by real rows and the real jobs."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.canonical import canonical
from tests.support.round_of_150 import BLIND, MONDAY, Round, build
from tracker.extensions import db
from tracker.grading.gradebook import Bucket
from tracker.jobs import bulk_grades
from tracker.jobs.regrade import regrade_course
from tracker.models import Assignment, RequirementVerdict
from tracker.queries.dashboard import load_dashboard
from tracker.queries.gradebook import load_gradebook
from tracker.queries.grid import Filter, load_grid
from tracker.queries.round_grades import Standing, load_round_grades

S1 = {"both": 124, "one": 9, "none": 6, "review": 4, "unseen": 6, "held": 1}
BUCKETS = {
    Bucket.ALL_MET: 124, Bucket.SOME_FOUND: 9, Bucket.NONE_FOUND: 6, Bucket.NEEDS_REVIEW: 4,
    Bucket.CANNOT_SEE: 6, Bucket.IN_MODERATION: 1,
}  # fmt: skip


@pytest.fixture
def room(context: Flask) -> Round:
    """The six whose comments nobody can see are on the three blogs without a feed of comments."""
    standing: list[str] = []
    places: list[int] = []
    for how, number in S1.items():
        for n in range(number):
            places.append(BLIND[n % 3] if how == "unseen" else len(standing) % BLIND[0])
            standing.append("none" if how == "unseen" else how)
    made = build(standing, places=places)
    regrade_course(made.course.id, MONDAY)
    return made


def words_of_grid(room: Round) -> list[str]:
    """The word in each student's cell of comments, over all pages."""
    found: list[str] = []
    page = pages = 1
    while page <= pages:
        grid = load_grid(db.session(), room.course.id, MONDAY, Filter(part="c4t-2.comments", page=page))
        found += [row.cells[0].word for row in grid.rows]
        page, pages = page + 1, grid.pages
    return found


def standings(room: Round) -> dict[Standing, int]:
    assignment = db.session.get_one(Assignment, room.assignment.id)
    counts = load_round_grades(db.session(), room.course.id, assignment).counts
    return {one: number for one, number in counts.items() if number}


def grades(room: Round) -> Counter[object]:
    return Counter(line.grades[0] for line in load_gradebook(db.session(), room.course.id).lines)


def test_s1_counts_add_up_to_150_everywhere_and_124_are_accepted_at_once(room: Round) -> None:
    shown = load_dashboard(db.session(), room.course.id, MONDAY).round
    assert shown is not None
    assert {part.bucket: part.count for part in shown.key if part.count} == BUCKETS
    assert Counter(words_of_grid(room)) == {
        "Met": 124, "1 of 2": 9, "Not found yet": 6, "Needs you": 4, "Cannot see": 6, "In moderation": 1,
    }  # fmt: skip
    before = {
        Standing.CERTAIN: 124, Standing.LACKING: 15, Standing.NEEDS_YOU: 4, Standing.UNSEEN: 6,
        Standing.HELD: 1,
    }  # fmt: skip
    assert standings(room) == before
    assert grades(room) == {True: 125, False: 15, None: 10}, "the held one provisionally"
    assert {sum(part.count for part in shown.key), len(words_of_grid(room)), sum(before.values()),
            sum(grades(room).values())} == {150}  # fmt: skip

    assert bulk_grades.accept_certain(room.course.id, "c4t-2", by=None, now=MONDAY).count == 124
    assert standings(room) == {Standing.RECORDED: 124, **{k: v for k, v in before.items() if v != 124}}
    assert standings(room)[Standing.NEEDS_YOU] == 4, "what is open for her"


@pytest.mark.one_database
def test_s1_running_the_job_again_changes_nothing(room: Round) -> None:
    bulk_grades.accept_certain(room.course.id, "c4t-2", by=None, now=MONDAY)
    before = canonical(db.session)
    assert len(db.session.scalars(select(RequirementVerdict.id)).all()) == 450
    assert regrade_course(room.course.id, MONDAY).changed == 0
    assert canonical(db.session) == before
