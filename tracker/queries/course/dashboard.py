"""The course page: one sentence about the round in question, and what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.locale import CourseLocale
from tracker.domain.states import Bucket
from tracker.grading.phase import Phase
from tracker.grading.round_summary import RoundCounts, round_counts
from tracker.models import Allocation, Course, FeedState, Subscription
from tracker.models import Feed as FeedRow
from tracker.queries.blogs.activity import Week, load_weeks
from tracker.queries.blogs.activity_chart import Chart, draw_weeks
from tracker.queries.class_standing import (
    Part,
    States,
    Student,
    choose_round,
    count_done,
    load_parts,
    load_states,
    load_students,
    states_of,
)
from tracker.queries.coursework import load_class_blogs
from tracker.queries.grades.attention import (
    Need,
    Unseen,
    find_needs,
    find_unseen,
    load_open,
    load_undecided,
)
from tracker.queries.phrasing import load_blog_titles
from tracker.queries.polling.last_checked import Checks, load_check_lines
from tracker.wording.assignments import say_need_you
from tracker.wording.numbers import say_count, say_number
from tracker.wording.sentences import Phrasing
from tracker.wording.times import say_ago, say_clock_change, say_date, say_due

SHOWN_DEADLINES = 4


@dataclass(frozen=True, slots=True)
class LeadPart:
    """A clause of the lead sentence, and the filter of the grid that shows the students of it."""

    text: str
    state: str
    is_yours: bool = False


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One segment of the round's bar: how many stand there, and where the segment lies, in
    hundredths of the bar."""

    bucket: Bucket
    count: int
    words: str
    x: float
    width: float


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
    states = load_states(session, course_id, section_ids)
    opened = load_open(session, course_id, section_ids)
    undecided = load_undecided(session, course_id)
    blog_ids = {blog_id for one in opened for blog_id in one.verdict.blog_ids}
    phrasing = Phrasing(course.locale, load_blog_titles(session, blog_ids))
    chosen = choose_round(parts, now)
    own_blog = {enrollment_id for enrollment_id, _ in load_class_blogs(session, course_id)}
    unseen: list[Unseen] = []
    if chosen is not None:
        standing = {one.enrollment_id: states_of(states, chosen, one.enrollment_id) for one in students}
        unseen = find_unseen(opened, chosen, standing, phrasing)
    return Dashboard(
        setup=_load_setup(session, course_id, len(students), len({part.assignment_id for part in parts})),
        checks=load_check_lines(session, course, now),
        round=None
        if chosen is None
        else _round(chosen, states, students, _count_blogs(session, chosen), now, locale),
        needs=tuple(find_needs(opened, students, [chosen] if chosen else [], undecided, phrasing)),
        needs_elsewhere=tuple(
            find_needs(opened, students, [part for part in parts if part is not chosen], undecided, phrasing)
        ),
        unseen=tuple(unseen),
        deadlines=tuple(_deadlines(parts, states, students, now, locale)),
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
    part: Part, states: States, students: Sequence[Student], blogs: int, now: datetime, locale: CourseLocale
) -> Round:
    counts = round_counts(
        {
            one.enrollment_id: list(states.get((part.assignment_id, one.enrollment_id), {}).items())
            for one in students
        },
        part.keys,
    )
    return Round(
        part=part,
        due=f"Due {say_due(part.due_at, locale)}, {say_ago(part.due_at, now)}.",
        students=counts.students,
        blogs=say_count(blogs, "assigned blog"),
        lead=tuple(_lead(counts, is_past=part.due_at <= now)),
        key=tuple(_key(counts, len(part.keys))),
        need_you=counts.need_you,
        is_past=part.due_at <= now,
    )


def _lead(counts: RoundCounts, *, is_past: bool) -> list[LeadPart]:
    """The clauses of the lead sentence; their counts add up to the class."""
    word = "decided" if is_past else "in already"
    said = (
        f"All {counts.students}"
        if counts.decided == counts.students
        else f"{counts.decided} of {counts.students}"
    )
    lead = [LeadPart(f"{said} {word}", "decided")]
    if counts.need_you:
        lead.append(LeadPart(say_need_you(counts.need_you), Bucket.NEEDS_REVIEW, is_yours=True))
    if counts.cannot_be_seen:
        lead.append(LeadPart(f"{counts.cannot_be_seen} can’t be seen yet", "unseen"))
    if counts.not_due:
        verb = "has" if counts.not_due == 1 else "have"
        lead.append(LeadPart(f"{counts.not_due} {verb} time left", Bucket.NOT_DUE))
    return lead


def _key(counts: RoundCounts, asked: int) -> list[KeyPart]:
    """The bar's segments, left to right, with a hairline between two."""
    shown = [one for one in Bucket if counts.buckets[one]]
    found: list[KeyPart] = []
    x, gap = 0.0, 0.25
    for one in shown:
        count = counts.buckets[one]
        share = 100 * count / counts.students
        width = max(share - (gap if one is not shown[-1] else 0), 0.2)
        found.append(KeyPart(one, count, say_bucket(one, count, asked), round(x, 2), round(width, 2)))
        x += share
    return found


def say_bucket(one: Bucket, count: int, asked: int) -> str:
    """A segment's words, for a round that asks for this many comments."""
    every = {1: "met", 2: "both met"}.get(asked, f"all {say_number(asked)} met")
    some = "one of two found" if asked == 2 else "found in part"
    return {
        Bucket.ALL_MET: every,
        Bucket.LATE: "met, late",
        Bucket.SOME_FOUND: some,
        Bucket.NONE_FOUND: "none found yet",
        Bucket.NOT_COUNTING: "found, not counting",
        Bucket.EXCUSED: "excused",
        Bucket.NEEDS_REVIEW: "needs you" if count == 1 else "need you",
        Bucket.CANNOT_SEE: "can’t see",
        Bucket.IN_MODERATION: "in moderation",
        Bucket.NOT_DUE: "not due yet",
    }[one]


def _deadlines(
    parts: Sequence[Part], states: States, students: Sequence[Student], now: datetime, locale: CourseLocale
) -> list[ComingDeadline]:
    coming = sorted((part for part in parts if part.due_at > now), key=lambda part: (part.due_at, part.key))
    return [
        ComingDeadline(
            part,
            _say_due(part, now, locale),
            f"{count_done(states, part, students, Phase.OPEN)} of {len(students)} in"
            if part.phase(now) is Phase.OPEN
            else f"opens {say_date(part.opens_at or now, locale)}",
        )
        for part in coming[:SHOWN_DEADLINES]
    ]


def _say_due(part: Part, now: datetime, locale: CourseLocale) -> str:
    said = f"{say_due(part.due_at, locale)}, {say_ago(part.due_at, now)}."
    return f"{said} {say_clock_change(part.due_at, locale)}".rstrip()
