"""Class blogs that the roster names and the course does not follow yet.

Tested in tests/web/instructor/blogs/test_blogs.py.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import BlogAddress, Enrollment, Handle, Subscription


def load_unfollowed_class_blogs(session: Session, course_id: int) -> list[str]:
    """Addresses as the roster gives them, of active students, without repeats."""
    followed = (
        select(BlogAddress.key)
        .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
        .where(
            Subscription.course_id == course_id,
            Subscription.role == "class-blog",
            Subscription.ended_at.is_(None),
        )
    )
    rows = session.scalars(
        select(Handle.shown)
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .where(
            Enrollment.course_id == course_id,
            Enrollment.role == "student",
            Enrollment.is_active,
            Handle.kind == "blog",
            Handle.state.in_(("active", "provisional")),
            Handle.shown != "",
            Handle.key.not_in(followed),
        )
        .order_by(Handle.id)
    )
    return list(dict.fromkeys(rows))
