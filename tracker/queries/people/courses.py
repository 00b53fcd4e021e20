"""Courses by key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Course


def find_course(session: Session, key: str) -> Course | None:
    """The course with this key, in any case."""
    return session.scalars(select(Course).where(Course.key == key.strip().casefold())).first()
