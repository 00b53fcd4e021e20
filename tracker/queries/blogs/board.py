"""What the blogs page asks: every blog of a course with how well it is seen.

Tested in tests/queries/people/test_lists.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.blog import HealthLevel
from tracker.domain.checks import main_feeds
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.domain.grouping import grouped
from tracker.domain.states import SETTLED
from tracker.feeds.blog_health import (
    NIGHTS,
    NightMark,
    PollLine,
    mark_nights,
)
from tracker.feeds.platforms.registry import platform_of
from tracker.models import (
    Allocation,
    Assignment,
    Blog,
    Course,
    Enrollment,
    Feed,
    Poll,
    RequirementVerdict,
    Subscription,
)
from tracker.queries.blogs.assignability import BlogReport, load_reports
from tracker.queries.checks import BlogNow, load_blogs_now, load_feeds_now, say_kept_by
from tracker.queries.class_standing import in_sections, load_students
from tracker.queries.coursework import blogs_of, load_class_blogs
from tracker.wording.blogs import SaidHealth, say_board, say_health, say_nights

ROLES = ("followed", "class-blog")


@dataclass(frozen=True, slots=True)
class BlogLine:
    """A blog in the list. `students` are those it was given to, or whose class blog it is."""

    blog: Blog
    platform: str
    students: int
    owner: str
    seen: BlogNow
    health: SaidHealth
    nights: tuple[NightMark, ...]
    said_nights: str
    report: BlogReport | None = None
    """Whether students can be sent there; None for a class blog."""
    affected: int = 0
    """Those of `students` whose comments there are not all met yet: whom trouble with it concerns."""
    kept: str = ""
    """Who keeps its comments in its stead, in a sentence."""


@dataclass(frozen=True, slots=True)
class Board:
    """The blogs of one role, those in trouble first; `counts` has every `HealthLevel` and adds up."""

    role: str
    lines: tuple[BlogLine, ...]
    counts: Mapping[HealthLevel, int]
    others: int
    """How many blogs the course has in the other role."""
    says: str
    """How many are in which health, in a sentence."""


def load_board(
    session: Session,
    course_id: int,
    now: datetime,
    role: str = "followed",
    section_ids: Collection[int] | None = None,
) -> Board:
    """The followed blogs of a course, or its class blogs. Students are counted and named as far as
    the reader may see them (`section_ids`; None: all)."""
    locale = session.get_one(Course, course_id).locale
    blogs = session.scalars(select(Blog).where(Blog.id.in_(_subscribed(course_id, role)))).all()
    of_posts = role == "class-blog"
    seen = load_blogs_now(session, [blog.id for blog in blogs], now, of_posts=of_posts)
    polls = _load_polls(session, course_id, role, now)
    people = _load_people(session, course_id, section_ids, of_posts=of_posts)
    affected = {} if of_posts else _count_affected(session, course_id, section_ids)
    reports = {} if of_posts else load_reports(session, course_id, {blog.id for blog in blogs}, now)
    lines = []
    for blog in blogs:
        polled = (poll for feed in seen[blog.id].main for poll in polls.get(feed.feed_id, ()))
        nights = mark_nights(polled, now, locale.zone)
        names = people.get(blog.id, ())
        lines.append(
            BlogLine(
                blog=blog,
                platform=platform_of(blog.platform).name,
                students=len(names),
                owner=", ".join(names) if of_posts else "",
                seen=seen[blog.id],
                health=say_health(seen[blog.id].health, locale),
                nights=nights,
                said_nights=say_nights(nights),
                report=reports.get(blog.id),
                affected=affected.get(blog.id, 0),
                kept="" if of_posts else say_kept_by(blog, seen[blog.id]),
            )
        )
    order = list(HealthLevel)
    counts = {level: sum(one.health.level is level for one in lines) for level in HealthLevel}
    lines.sort(key=lambda one: (order.index(one.health.level), one.blog.shown_title.casefold(), one.blog.id))
    return Board(
        role=role,
        lines=tuple(lines),
        counts=counts,
        others=_count_blogs(session, course_id, ROLES[not of_posts]),
        says=say_board(counts),
    )


def _count_blogs(session: Session, course_id: int, role: str) -> int:
    return session.scalar(select(func.count()).select_from(_subscribed(course_id, role).subquery())) or 0


def _subscribed(course_id: int, role: str) -> Select[int]:
    return blogs_of(course_id, role).where(Subscription.ended_at.is_(None))


def _load_polls(session: Session, course_id: int, role: str, now: datetime) -> dict[int, list[PollLine]]:
    """feed -> its polls of the last fourteen nights; narrow rows, since there are thousands."""
    rows = session.execute(
        select(Poll.feed_id, Poll.at, Poll.outcome, Poll.new, Poll.gap)
        .join(Feed, Feed.id == Poll.feed_id)
        .where(
            Poll.at > now - timedelta(days=NIGHTS),
            Feed.kind == FeedKind.POSTS.value if role == "class-blog" else Feed.kind != FeedKind.POSTS.value,
            Feed.blog_id.in_(_subscribed(course_id, role)),
        )
    )
    return grouped(
        (feed_id, PollLine(at, PollOutcome(outcome), new, gap)) for feed_id, at, outcome, new, gap in rows
    )


def _load_people(
    session: Session, course_id: int, section_ids: Collection[int] | None, *, of_posts: bool
) -> dict[int, list[str]]:
    """blog -> the names of the students it was given to, or whose class blog it is."""
    students = {one.enrollment_id: one for one in load_students(session, course_id, section_ids)}
    pairs: Iterable[tuple[int, int]]
    if of_posts:
        pairs = load_class_blogs(session, course_id)
    else:
        pairs = session.execute(
            select(Allocation.enrollment_id, Allocation.blog_id)
            .join(Assignment, Assignment.id == Allocation.assignment_id)
            .where(Assignment.course_id == course_id, Allocation.replaced_by_id.is_(None))
            .distinct()
        ).all()
    return grouped((blog_id, students[who].name) for who, blog_id in pairs if who in students)


def _count_affected(session: Session, course_id: int, section_ids: Collection[int] | None) -> dict[int, int]:
    """blog -> how many of the students it was given to still have a comment open for which it was."""
    counts = (
        select(
            RequirementVerdict.assignment_id,
            RequirementVerdict.enrollment_id,
            func.count().label("parts"),
            func.count(case((RequirementVerdict.state.in_(SETTLED), 1))).label("met"),
        )
        .where(RequirementVerdict.requirement.like("comment-%"))
        .group_by(RequirementVerdict.assignment_id, RequirementVerdict.enrollment_id)
        .subquery()
    )
    rows = session.execute(
        select(Allocation.blog_id, func.count(Allocation.enrollment_id.distinct()).label("students"))
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .join(Enrollment, Enrollment.id == Allocation.enrollment_id)
        .outerjoin(
            counts,
            and_(
                counts.c.assignment_id == Allocation.assignment_id,
                counts.c.enrollment_id == Allocation.enrollment_id,
            ),
        )
        .where(
            Assignment.course_id == course_id,
            Allocation.replaced_by_id.is_(None),
            Enrollment.is_active,
            in_sections(section_ids),
            or_(counts.c.parts.is_(None), counts.c.met < counts.c.parts),
        )
        .group_by(Allocation.blog_id)
    )
    return {row.blog_id: row.students for row in rows}


def load_list(session: Session, course_id: int) -> list[tuple[Blog, str]]:
    """The followed blogs by title, each with the address of the feed that shows its comments, else its
    posts ("" without one)."""
    followed = _subscribed(course_id, "followed")
    feeds = load_feeds_now(session, followed)
    found = []
    for blog in session.scalars(select(Blog).where(Blog.id.in_(followed))):
        known = feeds.get(blog.id, [])
        main = main_feeds(known, of_posts=False) or known
        found.append((blog, main[0].url if main else ""))
    return sorted(found, key=lambda one: (one[0].shown_title.casefold(), one[0].home_url))
