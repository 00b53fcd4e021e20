"""Where a student's work could be, and when each place was last checked.

Tested in tests/queries/test_checks.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.checks import LastCheck, check_of_all
from tracker.domain.grouping import grouped
from tracker.domain.locale import CourseLocale
from tracker.feeds.comment_services import sight_of
from tracker.models import Blog, Subscription
from tracker.queries.checks import load_checks
from tracker.wording.blogs import say_kept
from tracker.wording.times import say_instant


@dataclass(frozen=True, slots=True)
class Check:
    """When a blog was last checked in full. Read from the feeds as they are now."""

    blog_id: int
    title: str
    says: str
    is_failing: bool = False


def load_check_lines(
    session: Session, course_id: int, blog_ids: Collection[int], locale: CourseLocale
) -> list[Check]:
    """One line for each blog of the course: its comments where it is followed, its posts where it is
    a class blog."""
    wanted = sorted(blog_ids)
    comments, posts = load_checks(session, wanted)
    rows = session.execute(
        select(Blog, Subscription.role)
        .join(Subscription, (Subscription.blog_id == Blog.id) & (Subscription.course_id == course_id))
        .where(Blog.id.in_(wanted))
        .order_by(Blog.id)
    )
    seen = grouped((blog, (comments if role == "followed" else posts).get(blog.id)) for blog, role in rows)
    return [_check(blog, check_of_all(checks), locale) for blog, checks in seen.items()]


def _check(blog: Blog, check: LastCheck | None, locale: CourseLocale) -> Check:
    title = blog.shown_title
    if check is None:
        kept = say_kept(blog.comments_by, sight_of(blog.comments_by, blog.comments_at, ()))
        return Check(blog.id, title, kept or blog.note or "It has no feed that we can read.", is_failing=True)
    at = check.last_full_check
    last = f"Last full check {say_instant(at, locale)}." if at is not None else "No full check yet."
    if check.failing_since is not None:
        silent = f"Hasn’t responded since {say_instant(check.failing_since, locale)}."
        return Check(blog.id, title, f"{silent} {last}", is_failing=True)
    return Check(blog.id, title, last)
