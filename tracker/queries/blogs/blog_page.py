"""What one blog's own page asks: its feeds, its last checks, and the students it concerns.

Tested in tests/queries/people/test_lists.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from tracker.domain.checks import FeedNow
from tracker.domain.grouping import grouped
from tracker.feeds.platforms.registry import platform_of
from tracker.models import Allocation, Assignment, Blog, Course, Poll
from tracker.queries.blogs.assignability import BlogReport, load_reports
from tracker.queries.blogs.check_history import Timeline, load_timeline
from tracker.queries.checks import BlogNow, load_followed_now, say_kept_by
from tracker.queries.class_standing import Student, load_students
from tracker.queries.coursework import load_class_blogs
from tracker.wording.blogs import SaidHealth, say_health
from tracker.wording.check_history import FEEDS


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed on its blog's own page. `window` is the most entries it was seen to show, `busiest`
    the most that were new at once after the first check."""

    feed: FeedNow
    what: str
    window: int | None
    busiest: int | None


@dataclass(frozen=True, slots=True)
class GivenTo:
    """A student whom this blog was given to; `rounds` are (key, title) of the assignments, newest first."""

    student: Student
    rounds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BlogPage:
    """What is known of checking one blog, beside its row. `roles` are empty when it is followed no more."""

    platform: str
    roles: tuple[str, ...]
    followed_since: datetime
    seen: BlogNow
    health: SaidHealth
    feeds: tuple[FeedLine, ...]
    timeline: Timeline
    report: BlogReport
    given_to: tuple[GivenTo, ...]
    owners: tuple[Student, ...]
    kept: str = ""
    """Who keeps its comments in its stead, in a sentence."""


def load_blog(
    session: Session,
    course_id: int,
    blog: Blog,
    now: datetime,
    section_ids: Collection[int] | None = None,
    before: datetime | None = None,
) -> BlogPage:
    """A blog of the course, for its own page; its checks end `before` an instant, if given."""
    locale = session.get_one(Course, course_id).locale
    subscriptions, seen = load_followed_now(session, course_id, blog.id, now)
    standing = [row for row in subscriptions if row.ended_at is None]
    students = {one.enrollment_id: one for one in load_students(session, course_id, section_ids)}
    return BlogPage(
        platform=platform_of(blog.platform).name,
        roles=tuple(one.role for one in standing),
        followed_since=(standing or subscriptions)[0].created_at,
        seen=seen,
        health=say_health(seen.health, locale),
        feeds=tuple(_feed_lines(session, seen.feeds)),
        timeline=load_timeline(session, blog.id, locale, before),
        report=load_reports(session, course_id, {blog.id}, now)[blog.id],
        given_to=tuple(_given_to(session, course_id, blog.id, students)),
        owners=tuple(
            students[enrollment_id]
            for enrollment_id, blog_id in load_class_blogs(session, course_id)
            if blog_id == blog.id and enrollment_id in students
        ),
        kept=say_kept_by(blog, seen),
    )


def _feed_lines(session: Session, feeds: Sequence[FeedNow]) -> Iterable[FeedLine]:
    ids = [feed.feed_id for feed in feeds]
    first = select(func.min(Poll.id)).where(Poll.feed_id.in_(ids)).group_by(Poll.feed_id)
    rows = session.execute(
        select(Poll.feed_id, func.max(Poll.entries), func.max(case((Poll.id.not_in(first), Poll.new))))
        .where(Poll.feed_id.in_(ids))
        .group_by(Poll.feed_id)
    )
    found = {feed_id: (window or None, busiest) for feed_id, window, busiest in rows}
    for feed in feeds:
        yield FeedLine(feed, FEEDS[feed.kind], *found.get(feed.feed_id, (None, None)))


def _given_to(
    session: Session, course_id: int, blog_id: int, students: Mapping[int, Student]
) -> Iterable[GivenTo]:
    rows = session.execute(
        select(Allocation.enrollment_id, Assignment.key, Assignment.title)
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .where(
            Assignment.course_id == course_id,
            Allocation.blog_id == blog_id,
            Allocation.replaced_by_id.is_(None),
        )
        .order_by(Assignment.id.desc())
    )
    found = grouped((who, (key, title)) for who, key, title in rows)
    return [GivenTo(students[who], tuple(found[who])) for who in students if who in found]
