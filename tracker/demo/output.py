"""Turns a played stage into the course that is handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tracker.demo.blogosphere.addresses import comment_url, post_url
from tracker.demo.blogosphere.blogs import Blog, Comment, Serves
from tracker.demo.blogosphere.http_texts import plain_text
from tracker.demo.names import STAFF
from tracker.demo.records import AllocationRow, AssignmentPlan, DemoCourse, ReceiptRow
from tracker.demo.scenario import TIME_ZONE, Stage, Student
from tracker.demo.summaries import names_of
from tracker.domain.grade import State

Receipts = list[tuple[Student, Comment, datetime]]
NIGHT = (2, 15)


def finish(
    stage: Stage,
    cast: list[Student],
    receipts: Receipts,
    *,
    key: str,
    assignment: str,
    number: int,
    nights: Iterable[int],
    sections: int,
) -> DemoCourse:
    """Number the comments and write everything down. `nights` are the days on which 02:15 is a look."""
    stage.number_comments()
    course_blog = stage.sphere.add(Blog("edt320.localhost", Serves.BLOGGER, "EDT 320", STAFF[0], number=320))
    stage.write_post(course_blog, "Welcome to EDT 320", stage.scribe.diary(), stage.at(-30, 9))
    ordered = sorted(cast, key=lambda student: (student.name.family, student.name.given, student.student_id))
    looks = tuple(stage.at(day, *NIGHT) for day in nights)
    stage.sphere.now = looks[0]
    return DemoCourse(
        key=key,
        name="EDT 320, Fall 2026",
        time_zone=TIME_ZONE,
        term_start=stage.start - timedelta(days=49),
        term_end=stage.start + timedelta(days=55),
        words="EDT 320;EDT320;Harlan State",
        staff_names=STAFF,
        course_blog=course_blog.home_url,
        sections=tuple(str(n + 1) for n in range(sections)),
        roster=tuple(student.row() for student in ordered),
        followed=tuple(blog.home_url for blog in stage.followed),
        allocations=tuple(_allocation(stage, student, assignment) for student in ordered),
        assignments=(_plan(stage, assignment, number),),
        receipts=tuple(_receipt(student, comment, at, assignment) for student, comment, at in receipts),
        blogosphere=stage.sphere,
        nights=looks,
        truth=stage.truth(assignment),
        classes=_classes(stage),
        authors=stage.author_rows(),
        to_settle={
            what: (comment_url(blog, comment), student.student_id)
            for what, (blog, comment, student) in stage.to_settle.items()
        },
    )


def _allocation(stage: Stage, student: Student, assignment: str) -> AllocationRow:
    end = stage.start + timedelta(days=13)
    return AllocationRow(student.allocated.home_url, student.student_id, assignment, stage.start, end)


def _plan(stage: Stage, assignment: str, number: int) -> AssignmentPlan:
    return AssignmentPlan(
        assignment,
        f"C4T #{number}",
        stage.at(0, 0).astimezone(stage.zone),
        stage.at(13, 23, 59).astimezone(stage.zone),
        stage.at(20, 23, 59).astimezone(stage.zone),
        names_of(number),
    )


def _receipt(student: Student, comment: Comment, at: datetime, assignment: str) -> ReceiptRow:
    """The address is what WordPress gives a writer whose comment is held."""
    number = comment.number
    address = post_url(student.allocated, comment.post)
    url = f"{address}?unapproved={number}&moderation-hash={number:032x}#comment-{number}"
    return ReceiptRow(student.student_id, assignment, url, plain_text(comment.html), at)


def _classes(stage: Stage) -> Mapping[str, str]:
    """One word for each student, from where the comments stand; what needs a person comes first."""
    states: dict[str, list[State]] = {}
    for found in stage.findings:
        if found.requirement.startswith("comment-"):
            states.setdefault(found.student.student_id, []).append(found.state)
    return {student_id: _class_of(found) for student_id, found in states.items()}


def _class_of(states: list[State]) -> str:
    for state, klass in (
        (State.IN_REVIEW, "review"),
        (State.CANNOT_SEE, "cannot_see"),
        (State.IN_MODERATION, "in_moderation"),
    ):
        if state in states:
            return klass
    return {2: "certain", 1: "one_found", 0: "none"}[states.count(State.MET)]
