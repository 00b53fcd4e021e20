"""The course page: one sentence about the round in question, and what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.locale import CourseLocale
from tracker.grading.phase import Phase
from tracker.grading.round_summary import round_counts
from tracker.models import Allocation, Course, FeedState, Subscription
from tracker.models import Feed as FeedRow
from tracker.queries.blogs.activity import Week, load_weeks
from tracker.queries.blogs.activity_chart import Chart, draw_weeks
from tracker.queries.class_standing import (
    Part,
    Student,
    choose_round,
    load_parts,
    load_students,
)
from tracker.queries.coursework import load_class_blogs
from tracker.queries.grades.attention import (
    Need,
    Needs,
    Unseen,
    find_unseen,
    load_open,
    load_undecided,
)
from tracker.queries.grades.lead import KeyPart, LeadPart, draw_key, say_lead
from tracker.queries.phrasing import load_blog_titles
from tracker.queries.polling.last_checked import Checks, load_check_lines
from tracker.queries.standings import Standings, count_done, load_standings
from tracker.wording.numbers import say_count
from tracker.wording.sentences import Phrasing
from tracker.wording.times import say_ago, say_clock_change, say_date, say_due

SHOWN_DEADLINES = 4


@dataclass(frozen=True, slots=True)
class Round:
    """The round in question. The counts of `key` add up to `students`."""

    part: Part
    due: str
    students: int
    blogs: str
    lead: tuple[LeadPart, ...]
    key: tuple[KeyPart, ...]
    need_you: int
    is_past: bool


@dataclass(frozen=True, slots=True)
class ComingDeadline:
    part: Part
    due: str
    said: str


@dataclass(frozen=True, slots=True)
class Setup:
    """How far a new course has come: how many there are of each, and whether we ever checked."""

    students: int
    blogs: int
    assignments: int
    looked: bool

    @property
    def next_step(self) -> int:
        """1 to 4; 5 when all is done."""
        done = (self.students > 0, self.blogs > 0, self.assignments > 0, self.looked)
        return next((step for step, is_done in enumerate(done, 1) if not is_done), 5)

    @property
    def is_done(self) -> bool:
        return self.next_step > 4


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the course page; sentences are ready to be shown."""

    setup: Setup
    checks: Checks
    round: Round | None
    needs: tuple[Need, ...]
    needs_elsewhere: tuple[Need, ...]
    unseen: tuple[Unseen, ...]
    deadlines: tuple[ComingDeadline, ...]
    without_blog: tuple[Student, ...]
    weeks: tuple[Week, ...]

    @property
    def comments_so_far(self) -> int:
        return sum(week.comments for week in self.weeks)

    @property
    def chart(self) -> Chart:
        return draw_weeks(self.weeks)

    @property
    def unseen_students(self) -> int:
        return sum(line.students for line in self.unseen)


def load_dashboard(
    session: Session, course_id: int, now: datetime, section_ids: Collection[int] | None = None
) -> Dashboard:
    """The course page as of `now`, for these sections (None: the whole course)."""
    course = session.get_one(Course, course_id)
    locale = course.locale
    students = load_students(session, course_id, section_ids)
    parts = load_parts(session, course_id)
    standings = load_standings(session, course_id, section_ids)
    opened = load_open(session, course_id, section_ids)
    undecided = load_undecided(session, course_id)
    blog_ids = {blog_id for one in opened for blog_id in one.verdict.blog_ids}
    phrasing = Phrasing(course.locale, load_blog_titles(session, blog_ids))
    chosen = choose_round(parts, now)
    needs = Needs(opened, students, standings, undecided, phrasing)
    own_blog = {enrollment_id for enrollment_id, _ in load_class_blogs(session, course_id)}
    unseen: list[Unseen] = []
    if chosen is not None:
        hidden = {
            one.enrollment_id for one in students if standings.of(chosen, one.enrollment_id).cannot_be_seen
        }
        unseen = find_unseen(opened, chosen, hidden, phrasing)
    return Dashboard(
        setup=_load_setup(session, course_id, len(students), len({part.assignment_id for part in parts})),
        checks=load_check_lines(session, course, now),
        round=None
        if chosen is None
        else _round(chosen, standings, students, _count_blogs(session, chosen), now, locale),
        needs=tuple(needs.find([chosen] if chosen else [])),
        needs_elsewhere=tuple(needs.find([part for part in parts if part is not chosen])),
        unseen=tuple(unseen),
        deadlines=tuple(_deadlines(parts, standings, students, now, locale)),
        without_blog=tuple(one for one in students if one.enrollment_id not in own_blog),
        weeks=tuple(load_weeks(session, course, parts, now, section_ids)),
    )


def _load_setup(session: Session, course_id: int, students: int, assignments: int) -> Setup:
    blogs = (
        select(func.count())
        .select_from(Subscription)
        .where(Subscription.course_id == course_id, Subscription.role == "followed")
    )
    looked = (
        select(func.count())
        .select_from(FeedState)
        .join(FeedRow, FeedRow.id == FeedState.feed_id)
        .join(Subscription, Subscription.blog_id == FeedRow.blog_id)
        .where(Subscription.course_id == course_id, FeedState.fully_checked_at.is_not(None))
    )
    counted, seen = session.execute(select(blogs.scalar_subquery(), looked.scalar_subquery())).one()
    return Setup(students, counted, assignments, seen > 0)


def _count_blogs(session: Session, part: Part) -> int:
    blogs = select(func.count(Allocation.blog_id.distinct()))
    return session.scalar(blogs.where(Allocation.assignment_id == part.assignment_id)) or 0


def _round(
    part: Part,
    standings: Standings,
    students: Sequence[Student],
    blogs: int,
    now: datetime,
    locale: CourseLocale,
) -> Round:
    counts = round_counts([standings.of(part, one.enrollment_id) for one in students])
    return Round(
        part=part,
        due=f"Due {say_due(part.due_at, locale)}, {say_ago(part.due_at, now)}.",
        students=counts.students,
        blogs=say_count(blogs, "assigned blog"),
        lead=say_lead(counts, part.phase(now)),
        key=draw_key(counts, len(part.keys)),
        need_you=counts.need_you,
        is_past=part.due_at <= now,
    )


def _deadlines(
    parts: Sequence[Part],
    standings: Standings,
    students: Sequence[Student],
    now: datetime,
    locale: CourseLocale,
) -> list[ComingDeadline]:
    coming = sorted((part for part in parts if part.due_at > now), key=lambda part: (part.due_at, part.key))
    return [
        ComingDeadline(
            part,
            _say_due(part, now, locale),
            f"{count_done(standings, part, students, Phase.OPEN)} of {len(students)} in"
            if part.phase(now) is Phase.OPEN
            else f"opens {say_date(part.opens_at or now, locale)}",
        )
        for part in coming[:SHOWN_DEADLINES]
    ]


def _say_due(part: Part, now: datetime, locale: CourseLocale) -> str:
    said = f"{say_due(part.due_at, locale)}, {say_ago(part.due_at, now)}."
    return f"{said} {say_clock_change(part.due_at, locale)}".rstrip()
