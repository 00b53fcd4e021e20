"""Assignments and allocations as people type them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tests.support.written import add_blog
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.assignment import HINT, REQUIRED, Condition
from tracker.domain.errors import ConflictError, FileError, TrackerError
from tracker.domain.traits import Trait
from tracker.domain.typed_rule import TypedCondition, TypedQuota, TypedRule
from tracker.extensions import db
from tracker.grading.rules.document import terms_from_document
from tracker.grading.rules.from_form import read_rule
from tracker.jobs.assignments.assignments import (
    change_terms,
    create_assignment,
    import_allocations,
)
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.jobs.verdicts.terms import put_terms
from tracker.models import Allocation, Assignment, AssignmentTermsVersion, RequirementVerdict
from tracker.queries.verdicts.rule_files import export_rule, read_terms

ZONE = ZoneInfo("America/Chicago")
ROUND = TypedRule(
    "C4T #2",
    opens="2026-10-12",
    comments_due="2026-10-25T23:59",
    summary_due="2026-11-01 23:59",
    points="10",
)


def course_with_students(now: datetime) -> tuple[int, list[int]]:
    course_id = add_course(now)
    rows = [RosterFileRow("s1", "Noor", "Haddad"), RosterFileRow("s2", "Ida", "Vale")]
    return course_id, add_students(course_id, rows, SECRET, now)


def test_a_typed_round_becomes_terms_in_the_courses_zone() -> None:
    terms = read_rule(ROUND, ZONE)
    comments, summary = terms.parts
    assert comments.window.opens_at == datetime(2026, 10, 12, 5, tzinfo=UTC)
    assert comments.window.due_at == datetime(2026, 10, 26, 5, tzinfo=UTC)
    assert summary.window.due_at == datetime(2026, 11, 2, 6, tzinfo=UTC)
    assert (terms.points, summary.names) == (Decimal(10), ("C4T #2",))


def test_required_words_are_a_floor_and_others_a_hint() -> None:
    hint = read_rule(replace(ROUND, conditions=(TypedCondition("words", 50),)), ZONE).parts[0].conditions
    floor = (
        read_rule(replace(ROUND, conditions=(TypedCondition("words", 50, REQUIRED),)), ZONE)
        .parts[0]
        .conditions
    )
    assert hint == (Condition(Trait.WORDS, 50, HINT),)
    assert floor == (Condition(Trait.WORDS, 50, REQUIRED),)


def test_without_a_summary_or_points_only_comments_are_asked() -> None:
    terms = read_rule(replace(ROUND, summary_due="", points=""), ZONE)
    assert (terms.parts, terms.points) == (terms.comment_parts, None)
    assert [part.key for part in terms.requirements()] == ["comment-1", "comment-2"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"title": " "}, "title", id="no-title"),
        pytest.param({"quota": TypedQuota()}, "1 to 100", id="no-comments"),
        pytest.param({"comments_due": ""}, "when the comments are due", id="no-due"),
        pytest.param({"comments_due": "soon"}, "as a time", id="not-a-time"),
        pytest.param({"comments_due": "2026-02-30"}, "not a valid date", id="no-such-day"),
        pytest.param({"opens": "2026-10-26"}, "opens after", id="opens-after-due"),
        pytest.param({"summary_due": "2026-10-01"}, "summary is due before", id="summary-before-opening"),
        pytest.param({"points": "many"}, "not a number", id="points-in-words"),
        pytest.param({"points": "-1"}, "Enter points from", id="points-below-nothing"),
        pytest.param({"points": "1.005"}, "Enter points from", id="points-finer-than-hundredths"),
        pytest.param({"points": "nan"}, "Enter points from", id="points-not-a-number"),
    ],
)
def test_what_does_not_fit_together_is_said(change: dict[str, object], says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        read_rule(replace(ROUND, **change), ZONE)  # type: ignore[arg-type]


def test_a_new_assignment_is_judged_for_everybody_at_once(context: Flask, now: datetime) -> None:
    course_id, students = course_with_students(now)
    create_assignment(course_id, " C4T-2 ", ROUND, Act(now))
    rows = db.session.scalars(select(RequirementVerdict)).all()
    assert {row.enrollment_id for row in rows} == set(students)
    assert len(rows) == 6
    assert db.session.scalars(select(Assignment.key)).all() == ["c4t-2"]


def test_a_key_is_taken_once_in_a_course(context: Flask, now: datetime) -> None:
    course_id, _ = course_with_students(now)
    create_assignment(course_id, "c4t-2", ROUND, Act(now))
    with pytest.raises(ConflictError):
        create_assignment(course_id, "C4T-2", ROUND, Act(now))
    create_assignment(add_course(now, key="edt999"), "c4t-2", ROUND, Act(now))


@pytest.mark.parametrize("key", ["", "c4t 2", "a/b", "x" * 61])
def test_a_key_that_no_address_can_hold_is_refused(context: Flask, now: datetime, key: str) -> None:
    with pytest.raises(TrackerError, match="short name has 1 to 60 characters"):
        create_assignment(add_course(now), key, ROUND, Act(now))


def test_changed_terms_are_a_new_version_and_the_old_one_stays(context: Flask, now: datetime) -> None:
    course_id, _ = course_with_students(now)
    assignment_id = create_assignment(course_id, "c4t-2", ROUND, Act(now))
    report = change_terms(
        assignment_id, replace(ROUND, title="C4T two", quota=TypedQuota(3)), Act(now, seen=1)
    )
    assignment = db.session.get_one(Assignment, assignment_id)
    assert (report.version, assignment.current_version, assignment.title) == (2, 2, "C4T two")
    versions = db.session.scalars(
        select(AssignmentTermsVersion).order_by(AssignmentTermsVersion.version)
    ).all()
    assert [terms_from_document(row.document).parts[0].quota.required for row in versions] == [2, 3]
    assert len(db.session.scalars(select(RequirementVerdict.id)).all()) == 8


def test_a_rule_in_force_is_judged_also_where_it_would_not_be_taken_any_more(
    context: Flask, now: datetime
) -> None:
    """A release may come to refuse what an earlier one took: here a pool that the latest would decide."""
    course_id, _ = course_with_students(now)
    create_assignment(course_id, "c4t-2", ROUND, Act(now))
    row = db.session.scalars(select(AssignmentTermsVersion)).one()
    parts = [
        {**part, "worth": {"kind": "each", "item_points": "1"}, "late": {"per_day": 10, "of_whole": True}}
        for part in row.document["parts"]
    ]
    taken_once = {**row.document, "parts": parts, "combine": "pool"}
    with pytest.raises(TrackerError, match="can only lose its own points"):
        put_terms(course_id, "c4t-2", read_terms(taken_once), Act(now))
    row.document = taken_once
    db.session.execute(delete(RequirementVerdict))
    store_verdicts(db.session(), course_id, now)
    assert len(db.session.scalars(select(RequirementVerdict)).all()) == 6
    assert export_rule(db.session(), course_id, "c4t-2")["combine"] == "pool"


def test_fewer_comments_take_their_verdicts_away(context: Flask, now: datetime) -> None:
    course_id, _ = course_with_students(now)
    assignment_id = create_assignment(course_id, "c4t-2", ROUND, Act(now))
    change_terms(assignment_id, replace(ROUND, quota=TypedQuota(1)), Act(now, seen=1))
    assert set(db.session.scalars(select(RequirementVerdict.requirement))) == {"comment-1", "summary"}


def test_who_edits_an_old_version_is_told_and_changes_nothing(context: Flask, now: datetime) -> None:
    course_id, _ = course_with_students(now)
    assignment_id = create_assignment(course_id, "c4t-2", ROUND, Act(now))
    change_terms(assignment_id, replace(ROUND, quota=TypedQuota(4)), Act(now, seen=1))
    with pytest.raises(ConflictError):
        change_terms(assignment_id, replace(ROUND, quota=TypedQuota(3)), Act(now, seen=1))
    assert db.session.get_one(Assignment, assignment_id).current_version == 2


@pytest.fixture
def followed(context: Flask, now: datetime) -> int:
    """A course with two students, one followed blog and two assignments."""
    course_id, _ = course_with_students(now)
    add_blog(course_id, "http://room.example/", now, title="Room")
    create_assignment(course_id, "c4t-2", ROUND, Act(now))
    create_assignment(course_id, "c4k-3", ROUND, Act(now))
    return course_id


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("blog_url,student_id,round\nhttp://room.example/,s1,c4t-2\n", id="by-key"),
        pytest.param("blog_url,student_id,round\nhttp://room.example/,s1,2\n", id="by-number"),
        pytest.param("Blog;Student;Assignment\nroom.example;s1;C4T-2\n", id="other-headers"),
        pytest.param(
            "blog_url,student_id,round\nhttps://www.room.example,s1,2\n", id="address-in-another-way"
        ),
        pytest.param("blog,id,round\nhttp://room.example/2026/10/hello/,s1,2\n", id="a-posts-address"),
    ],
)
def test_a_blog_is_given_to_a_student(followed: int, now: datetime, content: str) -> None:
    report = import_allocations(followed, content, Act(now))
    assert (report.added, report.changed, report.unchanged) == (1, 0, 0)
    assert import_allocations(followed, content, Act(now)).unchanged == 1


def test_days_of_an_allocation_are_the_courses_and_the_last_one_counts_whole(
    followed: int, now: datetime
) -> None:
    head = "blog_url,student_id,round,start,end\n"
    row = "http://room.example/,s1,c4t-2,2026-10-12,2026-10-25\n"
    import_allocations(followed, head + row, Act(now))
    one = db.session.scalars(select(Allocation)).one()
    assert one.opens_at == datetime(2026, 10, 12, 5, tzinfo=UTC)
    assert one.due_at == datetime(2026, 10, 26, 5, tzinfo=UTC)
    later = import_allocations(followed, head + row.replace("10-25", "10-27"), Act(now))
    assert (later.added, later.changed) == (0, 1)


HEAD = "blog_url,student_id,round,start,end\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param("http://room.example/,s9,c4t-2,,", "no student with the ID 's9'", id="unknown-student"),
        pytest.param("http://room.example/,s1,c4t-9,,", "no assignment 'c4t-9'", id="unknown-assignment"),
        pytest.param("http://other.example/,s1,c4t-2,,", "not followed yet", id="blog-not-followed"),
        pytest.param("http://room.example/,s1,c4t-2,soon,", "as a time", id="start-no-time"),
    ],
)
def test_an_error_names_its_line_and_nothing_is_given(
    followed: int, now: datetime, row: str, says: str
) -> None:
    content = f"{HEAD}http://room.example/,s1,c4t-2,,\n{row}\n"
    with pytest.raises(FileError, match=says) as caught:
        import_allocations(followed, content, Act(now))
    assert caught.value.line == 3
    assert db.session.scalars(select(Allocation.id)).all() == []


def test_a_preview_gives_nothing(followed: int, now: datetime) -> None:
    content = HEAD + "http://room.example/,s1,c4t-2,,\n"
    assert import_allocations(followed, content, Act(now, preview=True)).added == 1
    assert db.session.scalars(select(Allocation.id)).all() == []


def test_a_list_may_name_one_writer_or_post_of_a_shared_blog(followed: int, now: datetime) -> None:
    content = (
        "blog_url,student_id,round,author,post\nhttp://room.example/,s1,c4t-2,Ada,http://room.example/p/1/\n"
    )
    import_allocations(followed, content, Act(now))
    row = db.session.scalars(select(Allocation)).one()
    assert (row.author, row.post_url) == ("Ada", "http://room.example/p/1/")
    again = import_allocations(followed, content.replace("Ada", "Ben"), Act(now))
    assert (again.added, again.changed) == (0, 1)
