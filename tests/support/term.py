"""A course made through the jobs themselves, for tests that follow, poll, match and grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import Flask

from tracker.demo.blogosphere.server import BlogosphereServer
from tracker.demo.records import RosterFileRow
from tracker.extensions import db
from tracker.jobs.dependencies import Tools, hash_key, make_tools
from tracker.matching.handles import handles_from_roster
from tracker.models import Course, Enrollment, Handle


@contextmanager
def tools_for(app: Flask, server: BlogosphereServer, **settings: Any) -> Iterator[Tools]:
    """Client and parser that may reach the invented blogs, and nothing else on this machine."""
    allowed = {**app.config, "ALLOW_PRIVATE_HOSTS": server.allow, **settings}
    with make_tools(allowed, resolve=server.resolve) as tools:
        yield tools


def add_course(now: datetime, **values: Any) -> int:
    """An empty course; EDT 320 at Harlan State unless told otherwise."""
    course = Course(
        **{
            "key": "edt320",
            "name": "EDT 320, Fall 2026",
            "time_zone": "America/Chicago",
            "words": ["EDT 320", "EDT320", "Harlan State"],
            "staff_names": ["Dr. Pennock"],
            "course_blog": "http://edt320.blogspot.com/",
            "created_at": now,
            **values,
        }
    )
    db.session.add(course)
    db.session.commit()
    return course.id


def add_students(course_id: int, rows: Sequence[RosterFileRow], secret_key: str, now: datetime) -> list[int]:
    """Enroll students with the handles their roster rows give."""
    ids = []
    for row in rows:
        student = Enrollment(
            course_id=course_id,
            role="student",
            external_id=row.student_id,
            given_name=row.given_name,
            family_name=row.family_name,
            preferred_name=row.preferred_name,
            email=row.email,
            created_at=now,
        )
        db.session.add(student)
        db.session.flush()
        for handle in handles_from_roster(
            blog_url=row.blog_url,
            email=row.email,
            aliases=row.aliases,
            twitter=row.twitter,
            hash_key=hash_key(secret_key),
        ):
            db.session.add(
                Handle(enrollment_id=student.id, kind=handle.kind.value, key=handle.key, shown=handle.shown)
            )
        ids.append(student.id)
    db.session.commit()
    return ids
