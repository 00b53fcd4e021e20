"""What the assignments' pages ask: each rule in words, how far the class is, which blogs were given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.assignment import REQUIRED, AssignmentTerms, Trait
from tracker.domain.typed_rule import TypedRule
from tracker.grading.gradebook import DECIDED, Bucket, bucket
from tracker.grading.terms_document import terms_from_document
from tracker.grading.terms_text import rule_sentence
from tracker.grading.typed import read_rule
from tracker.grading.windows import shown_due, shown_opening
from tracker.grading.words import say_due
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Blog,
    Course,
    Enrollment,
    User,
)
from tracker.queries.coursework import load_assignments
from tracker.queries.grid import order_parts
from tracker.queries.saying import say_ago
from tracker.queries.standing import (
    Part,
    States,
    Student,
    count_in,
    fold,
    in_sections,
    load_parts,
    load_states,
    load_students,
    states_of,
)

TYPED = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class PartStanding:
    """A part with how far the class is: `said` is "139 of 150 decided" or "52 of 150 in"."""

    part: Part
    due: str
    said: str
    need_you: int


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """An assignment in the list. `with_blog` of `students` were given a blog."""

    key: str
    title: str
    version: int
    rule: str
    parts: tuple[PartStanding, ...]
    with_blog: int
    students: int


@dataclass(frozen=True, slots=True)
class FilledRule:
    """A rule as it is typed: times are local wall clock of the course, "2026-10-25T23:59"."""

    key: str
    title: str
    comments: int = 2
    opens: str = ""
    comments_due: str = ""
    summary_due: str = ""
    points: str = ""
    min_words: int = 0
    words_required: bool = False


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a rule: who put it in force, and when ("" and None where nobody is known)."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class GivenBlog:
    student: Student
    blog_id: int
    title: str


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """One assignment for its own page: `filled` for the form, `rule` as everybody reads it.
    `others` are the names by which a summary is known beside the title."""

    filled: FilledRule
    rule: str
    names: tuple[str, ...]
    version: int
    versions: tuple[VersionLine, ...]
    parts: tuple[PartStanding, ...]
    given: tuple[GivenBlog, ...]
    without_blog: tuple[Student, ...]


def load_assignment_list(
    session: Session, course_id: int, now: datetime, section_ids: Collection[int] | None = None
) -> list[AssignmentLine]:
    """Every assignment of the course, in the order of the grid."""
    zone = ZoneInfo(session.get_one(Course, course_id).time_zone)
    students = load_students(session, course_id, section_ids)
    states = load_states(session, course_id, section_ids)
    parts = order_parts(load_parts(session, course_id), now)
    given = dict(
        session.execute(
            select(Allocation.assignment_id, func.count(Allocation.enrollment_id.distinct()))
            .join(Enrollment, Enrollment.id == Allocation.enrollment_id)
            .where(
                Enrollment.course_id == course_id,
                Enrollment.is_active,
                Allocation.replaced_by_id.is_(None),
                in_sections(section_ids),
            )
            .group_by(Allocation.assignment_id)
        ).all()
    )
    rows = {row.id: row for row in load_assignments(session, course_id)}
    return [
        AssignmentLine(
            key=rows[one].key,
            title=rows[one].title,
            version=rows[one].version,
            rule=rule_sentence(terms_from_document(rows[one].document), zone),
            parts=_standings(
                [part for part in parts if part.assignment_id == one], states, students, now, zone
            ),
            with_blog=given.get(one, 0),
            students=len(students),
        )
        for one in dict.fromkeys(part.assignment_id for part in parts)
    ]


def load_assignment_page(
    session: Session,
    course_id: int,
    assignment: Assignment,
    now: datetime,
    section_ids: Collection[int] | None = None,
) -> AssignmentPage:
    """One assignment of the course."""
    zone = ZoneInfo(session.get_one(Course, course_id).time_zone)
    (row,) = load_assignments(session, course_id, assignment.key)
    terms = terms_from_document(row.document)
    students = load_students(session, course_id, section_ids)
    states = load_states(session, course_id, section_ids)
    parts = [part for part in load_parts(session, course_id) if part.assignment_id == assignment.id]
    given = _load_given(session, assignment.id, students)
    has_blog = {one.student.enrollment_id for one in given}
    return AssignmentPage(
        filled=fill_in(row.key, terms, zone),
        rule=rule_sentence(terms, zone),
        names=tuple(name for part in terms.post_parts for name in part.names),
        version=row.version,
        versions=tuple(_load_versions(session, assignment.id)),
        parts=_standings(parts, states, students, now, zone),
        given=tuple(given),
        without_blog=tuple(one for one in students if one.enrollment_id not in has_blog),
    )


def fill_in(key: str, terms: AssignmentTerms, zone: ZoneInfo) -> FilledRule:
    """A rule in force as a person would type it."""
    rule = terms.comment_parts[0]
    opens_at = rule.window.opens_at
    words = next((one for one in rule.conditions if one.trait is Trait.WORDS), None)
    summary = next((part for part in terms.post_parts if part.links), None)
    return FilledRule(
        key=key,
        title=terms.title,
        comments=rule.quota.required,
        opens=shown_opening(opens_at, zone).strftime(TYPED) if opens_at else "",
        comments_due=shown_due(rule.window.due_at, zone).strftime(TYPED),
        summary_due=shown_due(summary.window.due_at, zone).strftime(TYPED) if summary else "",
        points="" if terms.points is None else format(terms.points.normalize(), "f"),
        min_words=words.at_least if words else 0,
        words_required=words is not None and words.short_earns == REQUIRED,
    )


def propose_rule(session: Session, course_id: int, now: datetime) -> FilledRule:
    """The next C4T round as the model course has it: from Monday on two weeks for two comments,
    one more for the summary. Every number can be changed."""
    zone = ZoneInfo(session.get_one(Course, course_id).time_zone)
    keys = set(session.scalars(select(Assignment.key).where(Assignment.course_id == course_id)))
    number = next(n for n in range(1, len(keys) + 2) if f"c4t-{n}" not in keys)
    today = now.astimezone(zone).date()
    monday = datetime.combine(today + timedelta(days=-today.weekday() % 7), time(0), None)
    last_minute = timedelta(days=-1, hours=23, minutes=59)
    return FilledRule(
        key=f"c4t-{number}",
        title=f"C4T #{number}",
        opens=monday.strftime(TYPED),
        comments_due=(monday + timedelta(weeks=2) + last_minute).strftime(TYPED),
        summary_due=(monday + timedelta(weeks=3) + last_minute).strftime(TYPED),
    )


def say_rule(typed: TypedRule, zone: ZoneInfo) -> str:
    """A rule that is not in force yet, as everybody will read it. FieldError as of `read_rule`."""
    return rule_sentence(read_rule(typed, zone), zone)


def _standings(
    parts: Sequence[Part], states: States, students: Sequence[Student], now: datetime, zone: ZoneInfo
) -> tuple[PartStanding, ...]:
    found = []
    for part in parts:
        stands = [bucket(states_of(states, part, one.enrollment_id)) for one in students]
        if not part.is_open(now):
            said = f"opens {say_due(part.opens_at or part.due_at, zone)}"
        elif part.due_at > now:
            said = f"{count_in(states, part, students)} of {len(students)} in"
        else:
            said = f"{sum(one in DECIDED for one in stands)} of {len(students)} decided"
        found.append(
            PartStanding(
                part,
                f"{say_due(part.due_at, zone)}, {say_ago(part.due_at, now)}",
                said,
                stands.count(Bucket.NEEDS_REVIEW),
            )
        )
    return tuple(found)


def _load_given(session: Session, assignment_id: int, students: Sequence[Student]) -> list[GivenBlog]:
    known = {one.enrollment_id: one for one in students}
    rows = session.execute(
        select(Allocation.enrollment_id, Blog.id, Blog.title, Blog.home_url)
        .join(Blog, Blog.id == Allocation.blog_id)
        .where(Allocation.assignment_id == assignment_id, Allocation.replaced_by_id.is_(None))
        .order_by(Allocation.id)
    )
    found = [
        GivenBlog(known[who], blog_id, title or home_url)
        for who, blog_id, title, home_url in rows
        if who in known
    ]
    return sorted(found, key=lambda one: fold(one.student.sort_name))


def _load_versions(session: Session, assignment_id: int) -> list[VersionLine]:
    rows = session.execute(
        select(AssignmentTermsVersion.version, AssignmentTermsVersion.at, User.name)
        .outerjoin(User, User.id == AssignmentTermsVersion.by_user_id)
        .where(AssignmentTermsVersion.assignment_id == assignment_id)
        .order_by(AssignmentTermsVersion.version.desc())
    )
    return [VersionLine(number, at, name or "") for number, at, name in rows]
