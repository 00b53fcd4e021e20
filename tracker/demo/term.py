"""Lives an invented course through: the same jobs as real use, night after night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from tracker.demo.records import DemoCourse
from tracker.domain.act import Act
from tracker.domain.typed_rule import TypedCondition, TypedPosts, TypedRule
from tracker.exports.roster_file import read_roster
from tracker.extensions import db
from tracker.jobs.assignments.assignments import create_assignment, import_allocations
from tracker.jobs.blogs.follow import follow
from tracker.jobs.dependencies import Tools
from tracker.jobs.people.accounts import create_course
from tracker.jobs.people.import_roster import apply
from tracker.jobs.polling.poll import RunReport, run_poll
from tracker.jobs.receipts.receipts import save_receipt
from tracker.models import Assignment, Enrollment

LOCAL = "%Y-%m-%d %H:%M"


@dataclass
class DemoTerm:
    """A course that is being lived through; `lived` is the last night that has passed."""

    course: DemoCourse
    course_id: int
    by: int | None = None
    lived: datetime | None = None
    runs: list[RunReport] = field(default_factory=list)


def set_up(
    course: DemoCourse, tools: Tools, *, by: int | None = None, said: Callable[[str], None] | None = None
) -> DemoTerm:
    """Do what an instructor does at the beginning, as of the first night: roster, blogs, round."""
    now = course.nights[0]
    course.blogosphere.now = now
    tell = said or (lambda _line: None)
    course_id = create_course(
        course.key,
        course.name,
        Act(now, by),
        time_zone=course.time_zone,
        words=course.words.split(";"),
        staff_names=course.staff_names,
        course_blog=course.course_blog,
    )
    report = apply(course_id, read_roster(course.roster_csv()), Act(now, by), hash_key=tools.hash_key)
    tell(f"{report.added} students enrolled")
    for url in course.followed:
        follow(course_id, url, now=now, tools=tools)
    tell(f"{len(course.followed)} blogs followed")
    for url in report.blogs_to_follow:
        follow(course_id, url, now=now, tools=tools, role="class-blog")
    tell(f"{len(report.blogs_to_follow)} class blogs followed")
    zone = course.zone
    for plan in course.assignments:
        typed = TypedRule(
            title=plan.title,
            opens=plan.opens.astimezone(zone).strftime(LOCAL),
            comments_due=plan.comments_due.astimezone(zone).strftime(LOCAL),
            summary_due=plan.summary_due.astimezone(zone).strftime(LOCAL),
            conditions=(TypedCondition("words", plan.min_words),) if plan.min_words else (),
            summary=TypedPosts(names="\n".join(plan.names)),
        )
        create_assignment(course_id, plan.key, typed, Act(now, by))
    import_allocations(course_id, course.allocations_csv(), Act(now, by))
    return DemoTerm(course, course_id, by)


def live_through(
    term: DemoTerm,
    tools: Tools,
    *,
    every: int = 1,
    told: Callable[[int, RunReport], None] | None = None,
) -> None:
    """Poll every night (or every so many, the last one always), each as of its own instant, saving
    receipts in between."""
    nights = term.course.nights
    for number, night in enumerate(nights, 1):
        if (len(nights) - number) % every:
            continue
        term.course.blogosphere.now = night
        _save_receipts(term, night)
        report = run_poll(tools, lambda at=night: at, trigger="timer", everything=True)  # type: ignore[misc]
        term.runs.append(report)
        term.lived = night
        if told:
            told(number, report)


def _save_receipts(term: DemoTerm, until: datetime) -> None:
    for row in term.course.receipts:
        if row.saved_at > until or (term.lived is not None and row.saved_at <= term.lived):
            continue
        enrollment_id = db.session.scalars(
            select(Enrollment.id).where(
                Enrollment.course_id == term.course_id, Enrollment.external_id == row.student_id
            )
        ).one()
        assignment_id = db.session.scalars(
            select(Assignment.id).where(
                Assignment.course_id == term.course_id, Assignment.key == row.assignment
            )
        ).one()
        save_receipt(enrollment_id, row.url, row.text, Act(row.saved_at), assignment_id=assignment_id)
