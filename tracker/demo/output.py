"""Writes down the course that a scenario makes: rows to import, nights to poll, and the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tracker.demo.blogosphere.addresses import comment_url, post_url
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, Serves
from tracker.demo.blogosphere.http_texts import plain_text
from tracker.demo.names import STAFF
from tracker.demo.records import AllocationRow, AssignmentPlan, DemoCourse, PastedReceipt
from tracker.demo.scenario import TIME_ZONE, DemoStudent, Scenario
from tracker.demo.summaries import names_of
from tracker.domain.states import State

Receipts = list[tuple[DemoStudent, DemoComment, datetime]]
NIGHT = (2, 15)


def write_course(
    scenario: Scenario,
    cast: list[DemoStudent],
    receipts: Receipts,
    *,
    key: str,
    assignment: str,
    number: int,
    nights: Iterable[int],
    sections: int,
) -> DemoCourse:
    """Number the comments and write everything down. `nights` are the days of the polls, each at 02:15."""
    scenario.number_comments()
    course_blog = scenario.sphere.add(
        DemoBlog("edt320.localhost", Serves.BLOGGER, "EDT 320", STAFF[0], number=320)
    )
    scenario.write_post(course_blog, "Welcome to EDT 320", scenario.scribe.diary(), scenario.at(-30, 9))
    ordered = sorted(cast, key=lambda student: (student.name.family, student.name.given, student.student_id))
    polls = tuple(scenario.at(day, *NIGHT) for day in nights)
    scenario.sphere.now = polls[0]
    return DemoCourse(
        key=key,
        name="EDT 320, Fall 2026",
        time_zone=TIME_ZONE,
        words="EDT 320;EDT320;Harlan State",
        staff_names=STAFF,
        course_blog=course_blog.home_url,
        sections=tuple(str(n + 1) for n in range(sections)),
        roster=tuple(student.row() for student in ordered),
        followed=tuple(blog.home_url for blog in scenario.followed),
        allocations=tuple(_allocation(scenario, student, assignment) for student in ordered),
        assignments=(_plan(scenario, assignment, number),),
        receipts=tuple(_receipt(student, comment, at, assignment) for student, comment, at in receipts),
        blogosphere=scenario.sphere,
        nights=polls,
        truth=scenario.truth(assignment),
        classes=_classes(scenario),
        authors=scenario.author_rows(),
        conflicts={
            what: (comment_url(blog, comment), student.student_id)
            for what, (blog, comment, student) in scenario.conflicts.items()
        },
    )


def _allocation(scenario: Scenario, student: DemoStudent, assignment: str) -> AllocationRow:
    end = scenario.start + timedelta(days=13)
    return AllocationRow(student.allocated.home_url, student.student_id, assignment, scenario.start, end)


def _plan(scenario: Scenario, assignment: str, number: int) -> AssignmentPlan:
    return AssignmentPlan(
        assignment,
        f"C4T #{number}",
        scenario.at(0, 0).astimezone(scenario.zone),
        scenario.at(13, 23, 59).astimezone(scenario.zone),
        scenario.at(20, 23, 59).astimezone(scenario.zone),
        names_of(number),
    )


def _receipt(student: DemoStudent, comment: DemoComment, at: datetime, assignment: str) -> PastedReceipt:
    """The address is what WordPress gives a writer whose comment is held."""
    number = comment.number
    address = post_url(student.allocated, comment.post)
    url = f"{address}?unapproved={number}&moderation-hash={number:032x}#comment-{number}"
    return PastedReceipt(student.student_id, assignment, url, plain_text(comment.html), at)


def _classes(scenario: Scenario) -> Mapping[str, str]:
    """One word for each student, from where the comments stand; what needs a person comes first."""
    states: dict[str, list[State]] = {}
    for found in scenario.findings:
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
