"""PRODUCT S1 and S13 at their full size: a class of 150 after a deadline, by real rows and jobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.canonical import canonical
from tests.support.databases import SECRET
from tests.support.round_of_150 import MONDAY, Round, build, build_s1
from tracker.domain.act import Act
from tracker.domain.states import Bucket
from tracker.exports.roster_file import read_roster
from tracker.extensions import db
from tracker.jobs.dependencies import hash_key
from tracker.jobs.grades import grade_round
from tracker.jobs.people.import_roster import apply
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import Assignment, CommentVersion, RequirementVerdict
from tracker.queries.course.dashboard import load_dashboard
from tracker.queries.grades.grade_round import GradeStanding, load_round_grades
from tracker.queries.grades.grid import Filter, load_grid
from tracker.queries.verdicts.gradebook import load_gradebook

BUCKETS = {
    Bucket.ALL_MET: 124, Bucket.SOME_FOUND: 9, Bucket.NONE_FOUND: 6, Bucket.NEEDS_REVIEW: 4,
    Bucket.CANNOT_SEE: 6, Bucket.IN_MODERATION: 1,
}  # fmt: skip


@pytest.fixture
def room(context: Flask) -> Round:
    made = build_s1()
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


def standings(room: Round, part: str = "comment") -> dict[GradeStanding, int]:
    assignment = db.session.get_one(Assignment, room.assignment.id)
    counts = load_round_grades(db.session(), room.course.id, assignment).of(part).counts
    return {one: number for one, number in counts.items() if number}


def grades(room: Round) -> Counter[object]:
    return Counter(line.grades[0] for line in load_gradebook(db.session(), room.course.id).lines)


def test_s1_counts_add_up_to_150_everywhere_and_124_are_accepted_at_once(room: Round) -> None:
    shown = load_dashboard(db.session(), room.course.id, MONDAY).round
    assert shown is not None
    assert {part.bucket: part.count for part in shown.key if part.count} == BUCKETS
    assert Counter(words_of_grid(room)) == {
        "Met": 124, "1 of 2": 9, "Not found yet": 6, "Needs you": 4, "Can’t see": 6, "In moderation": 1,
    }  # fmt: skip
    before = {
        GradeStanding.CERTAIN: 124, GradeStanding.LACKING: 15, GradeStanding.NEEDS_YOU: 4,
        GradeStanding.UNSEEN: 6, GradeStanding.HELD: 1,
    }  # fmt: skip
    assert standings(room) == before
    assert grades(room) == {True: 125, False: 15, None: 10}, "the held one provisionally"
    assert {sum(part.count for part in shown.key), len(words_of_grid(room)), sum(before.values()),
            sum(grades(room).values())} == {150}  # fmt: skip

    assert grade_round.accept_certain(room.course.id, "c4t-2", Act(MONDAY), part="comment").count == 124
    assert standings(room) == {GradeStanding.RECORDED: 124, **{k: v for k, v in before.items() if v != 124}}
    assert standings(room)[GradeStanding.NEEDS_YOU] == 4, "what is open for her"


@pytest.mark.one_database
def test_s1_running_the_job_again_changes_nothing(room: Round) -> None:
    grade_round.accept_certain(room.course.id, "c4t-2", Act(MONDAY))
    before = canonical(db.session)
    assert len(db.session.scalars(select(RequirementVerdict.id)).all()) == 450
    assert regrade_course(room.course.id, MONDAY) == 0
    assert canonical(db.session) == before


HEADER = "student_id,given_name,family_name\n"


def roster(room: Round, left_out: Sequence[int]) -> list[Any]:
    lines = [
        f"{one.external_id},{one.given_name},{one.family_name}"
        for n, one in enumerate(room.students)
        if n not in left_out
    ]
    return read_roster(HEADER + "\n".join(lines))


def numbers(room: Round) -> set[int]:
    """How many students the course page, the grid and the gradebook count."""
    session, course_id = db.session(), room.course.id
    shown = load_dashboard(session, course_id, MONDAY).round
    assert shown is not None
    grid = load_grid(session, course_id, MONDAY, Filter())
    lines = load_gradebook(session, course_id).lines
    return {sum(part.count for part in shown.key), grid.students, len(lines)}


@pytest.mark.one_database
def test_s13_who_drops_is_counted_no_more_and_what_was_found_is_kept(context: Flask) -> None:
    room = build(["both"] * 150)
    regrade_course(room.course.id, MONDAY)
    assert numbers(room) == {150}
    left, key, october_30 = room.students[7].id, hash_key(SECRET), datetime(2026, 10, 30, 15, 0, tzinfo=UTC)
    texts = len(db.session.scalars(select(CommentVersion.id)).all())

    asked = apply(room.course.id, roster(room, [5, 6, 7]), Act(october_30), hash_key=key)
    assert (len(asked.missing), asked.dropped) == (3, 0), "asked about, not dropped"
    assert numbers(room) == {150}

    done = apply(room.course.id, roster(room, [7]), Act(october_30), hash_key=key, drop={left})
    assert (done.dropped, numbers(room)) == (1, {149})
    rows = select(RequirementVerdict.state).where(RequirementVerdict.enrollment_id == left)
    assert db.session.scalars(rows).all() == ["met"] * 3
    assert len(db.session.scalars(select(CommentVersion.id)).all()) == texts
