"""Whole courses, lived through night by night and held against the generator's own truth."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.support.big_course import make_big_course
from tests.support.dump import dump
from tests.support.term import tools_for
from tracker.demo.blogosphere.server import BlogosphereServer
from tracker.demo.course import make_course
from tracker.demo.records import DemoCourse
from tracker.demo.term import DemoTerm, live_through, set_up
from tracker.domain.act import Act
from tracker.domain.states import Bucket
from tracker.extensions import db
from tracker.jobs.grades.export_gradebook import export_gradebook
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.polling.poll import run_poll
from tracker.queries.course.dashboard import load_dashboard
from tracker.queries.grades.grid import Filter, load_grid
from tracker.queries.review.comments import load_comment_lines
from tracker.queries.status.course_status import AssignmentStatus, course_status

CLASSES = ("certain", "one_found", "none", "review", "cannot_see", "in_moderation")


def numbers(students: int, blogs: int, *classes: int) -> dict[str, int]:
    return {"students": students, "blogs": blogs, **dict(zip(CLASSES, classes, strict=True))}


SMALL = numbers(16, 30, 8, 2, 2, 1, 2, 1)
AS_S1 = numbers(150, 90, 124, 9, 6, 4, 6, 1)
OTHER_NUMBERS = numbers(150, 90, 110, 17, 9, 6, 7, 1)
SHOWN = {
    "certain": (Bucket.ALL_MET, {"Met"}),
    "one_found": (Bucket.SOME_FOUND, {"1 of 2"}),
    "none": (Bucket.NONE_FOUND, {"Not found yet"}),
    "review": (Bucket.NEEDS_REVIEW, {"Needs you"}),
    "cannot_see": (Bucket.CANNOT_SEE, {"Can’t see"}),
    "in_moderation": (Bucket.IN_MODERATION, {"In moderation"}),
}
"""The generator's classes, as the dashboard counts them and the grid words them."""


def lived(app: Flask, server: BlogosphereServer, course: DemoCourse, *, every: int = 1) -> DemoTerm:
    server.show(course.blogosphere)
    with tools_for(app, server) as tools:
        term = set_up(course, tools)
        live_through(term, tools, every=every)
    return term


def states(course: DemoCourse) -> dict[tuple[str, str, str], str]:
    return {(row.student_id, row.assignment, row.requirement): row.state.value for row in course.truth}


def judged(rows: list[AssignmentStatus]) -> dict[tuple[str, str, str], str]:
    return {
        (row.student_id, row.assignment, one.requirement): one.state.value
        for row in rows
        for one in row.requirements
    }


@pytest.mark.only_in_full
def test_the_small_course_is_judged_as_its_maker_laid_it_down(context: Flask) -> None:
    """The edge cases of PRODUCT §6: every state, every summary, and nobody else's comment.

    Every day, tests/demo/test_main.py has the command live through the same course.
    """
    with BlogosphereServer() as server:
        course = make_course(port=server.port)
        term = lived(context, server, course)
    rows = course_status(term.course_id, course.as_of)
    assert judged(rows) == states(course)
    companions = {row.student_id: row.companion_post for row in rows if row.companion_post}
    laid_down = {row.student_id: row.companion for row in course.truth if row.companion}
    assert companions == laid_down
    _nobody_elses(term, course)


def _nobody_elses(term: DemoTerm, course: DemoCourse) -> None:
    truth = {row.permalink: row for row in course.authors}
    lines = load_comment_lines(db.session(), term.course_id)
    accepted = {x.permalink: x.student_id for x in lines if x.decision == "accept" and x.permalink in truth}
    assert len(accepted) > 30
    assert accepted == {permalink: truth[permalink].student_id for permalink in accepted}
    assert not [permalink for permalink in accepted if truth[permalink].needs_person]


ROUNDS = [pytest.param(1, AS_S1, id="the numbers of S1"), pytest.param(2, OTHER_NUMBERS, id="other numbers")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "in_full" in metafunc.fixturenames:
        metafunc.parametrize(("seed", "in_full"), ROUNDS if metafunc.config.option.full else ROUNDS[:1])


def test_the_round_that_works_agrees_with_its_truth_everywhere(
    context: Flask, full: bool, seed: int, in_full: dict[str, int]
) -> None:
    """PRODUCT S1: 150 students and 90 blogs in full, fewer every day."""
    counts = in_full if full else SMALL
    with BlogosphereServer() as server:
        course = make_big_course(seed=seed, port=server.port, **counts)
        term = lived(context, server, course, every=1 if full else 7)
        after = course.as_of
        assert judged(course_status(term.course_id, after)) == states(course)
        _agree(term, course)
        before = dump()
        with tools_for(context, server) as tools:
            again = run_poll(tools, lambda: after + timedelta(hours=1), trigger="test", everything=True)
            assert again.new == 0
            rematch_course(term.course_id, after + timedelta(hours=1))
        assert dump() == before


def _agree(term: DemoTerm, course: DemoCourse) -> None:
    """Dashboard, grid and export say the same as the truth, student by student."""
    session, at = db.session(), course.as_of + timedelta(hours=6)
    classes = Counter(course.classes.values())
    shown = load_dashboard(session, term.course_id, at)
    assert shown.round is not None
    assert {part.bucket: part.count for part in shown.round.key if part.count} == {
        SHOWN[name][0]: count for name, count in classes.items()
    }
    assert sum(part.count for part in shown.round.key) == len(course.roster)
    cells = _comment_cells(term, course, at)
    wrong = {one: word for one, word in cells.items() if word not in SHOWN[course.classes[one]][1]}
    assert (len(cells), wrong) == (len(course.roster), {})
    handed_out = export_gradebook(term.course_id, Act(at)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(handed_out)))
    assert {row["ID"] for row in rows} == {row.student_id for row in course.roster}
    met: dict[str, set[str]] = {}
    for (student_id, _, _), state in states(course).items():
        met.setdefault(student_id, set()).add(state)
    # The summary is not due yet: who has it all is satisfactory, nobody else is graded before.
    expected = {one: "satisfactory" if found == {"met"} else "" for one, found in met.items()}
    assert {row["ID"]: row[course.assignments[0].title] for row in rows} == expected


def _comment_cells(term: DemoTerm, course: DemoCourse, at: datetime) -> dict[str, str]:
    """student number -> the word in the grid's cell for the comments, over all its pages."""
    found: dict[str, str] = {}
    page = pages = 1
    while page <= pages:
        wanted = Filter(part=f"{course.assignments[0].key}.comments", page=page)
        grid = load_grid(db.session(), term.course_id, at, wanted)
        found |= {row.student.external_id: row.cells[0].word for row in grid.rows}
        page, pages = page + 1, grid.pages
    return found
