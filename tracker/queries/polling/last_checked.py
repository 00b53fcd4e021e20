"""When we last checked, and whether a check that was due is missing: from the feeds, not from hope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.locale import CourseLocale
from tracker.models import Blog, Course, Feed, FeedState, Run, Subscription
from tracker.queries.checks import load_last_run
from tracker.wording.numbers import say_count
from tracker.wording.times import say_instant, say_time

OVERDUE = timedelta(hours=2)
"""How long a feed may wait for its check before staff should hear of it: a run over many slow
blogs takes its time, and timers tick every quarter of an hour."""

ONE_NIGHT = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Checks:
    """The last time we checked, in a sentence, and another one when a check is missing ("")."""

    last: str
    missed: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many of the course's `blogs` have a feed that has been due for hours; `since` is the longest."""

    blogs: int
    overdue: int
    since: datetime | None


def load_check_lines(session: Session, course: Course, now: datetime) -> Checks:
    """When we last checked; and which checks are missing, with why the last run did not take them."""
    locale = course.locale
    run = load_last_run(session)
    if run is None:
        return Checks(say_last(run, now, locale))
    overdue = load_overdue(session, course, now)
    return Checks(say_last(run, now, locale), _say_missed(run, overdue, now, locale))


def load_overdue(session: Session, course: Course, now: datetime) -> Overdue:
    """The feeds that this course waits for: of blogs it follows, not ended, their owners content."""
    due_at = func.coalesce(FeedState.next_poll_at, Feed.created_at)
    rows = session.execute(
        select(Feed.blog_id, func.min(due_at, type_=FeedState.next_poll_at.type))
        .join(FeedState, FeedState.feed_id == Feed.id)
        .join(Blog, Blog.id == Feed.blog_id)
        .join(Subscription, Subscription.blog_id == Feed.blog_id)
        .where(
            Subscription.course_id == course.id,
            Subscription.ended_at.is_(None),
            Blog.merged_into_id.is_(None),
            Blog.opted_out_at.is_(None),
            Feed.ended_at.is_(None),
        )
        .group_by(Feed.blog_id)
    ).all()
    late = [since for _, since in rows if since < now - OVERDUE]
    return Overdue(len(rows), len(late), min(late, default=None))


def say_last(run: Run | None, now: datetime, locale: CourseLocale) -> str:
    """The last run in a sentence, on the course page and at the foot of every page."""
    if run is None:
        return "Not checked yet."
    started = say_instant(run.started_at, locale)
    said = f"Last check: {started}"
    if run.ended_at is not None and not run.reason:
        took = "" if say_instant(run.ended_at, locale) == started else f" to {say_time(run.ended_at, locale)}"
        return f"{said}{took}, {say_count(run.done, 'feed')}."
    if run.ended_at is not None:
        return f"{said}; it was interrupted. {run.reason}"
    if _is_going(run, now):
        return f"{said}; in progress, {run.done} of {run.due} feeds so far."
    return f"{said}; it was interrupted after {run.done} of {run.due} feeds."


def _say_missed(run: Run, overdue: Overdue, now: datetime, locale: CourseLocale) -> str:
    if overdue.since is None or _is_going(run, now):
        return ""
    waiting = f"{overdue.overdue} of {say_count(overdue.blogs, 'blog')}"
    have = "has" if overdue.overdue == 1 else "have"
    since = f"{waiting} {have} been due since {say_instant(overdue.since, locale)}"
    if run.started_at >= overdue.since and (run.reason or run.ended_at is None):
        why = run.reason or f"It reached {run.done} of {run.due} feeds."
        return f"The last check was interrupted. {why} {since}."
    if now - overdue.since < ONE_NIGHT:
        return f"Last night’s check did not run: {since}."
    return f"The checks of several nights did not run: {since}."


def _is_going(run: Run, now: datetime) -> bool:
    """As far as a page can tell: a dead process is found out by the next run."""
    return run.ended_at is None and run.leased_until is not None and run.leased_until > now
