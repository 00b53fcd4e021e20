"""Prepares a database for our own job: a course that follows the feeds named on stdin.

`python -m bench.our_setup DATABASE_URL [--students N]`; with students the job also matches and grades.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from bench.feeds import FAMILY, GIVEN
from tracker.app import create_app
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.models import Course, Enrollment

SECRET = "a-secret-of-the-benchmarks-that-guards-nothing-at-all"  # noqa: S105


def prepare(database_url: str, urls: list[str], students: int) -> None:
    now = datetime.now(UTC)
    settings = {
        "SECRET_KEY": SECRET,
        "SQLALCHEMY_DATABASE_URI": database_url,
        "SQLITE_SYNCHRONOUS": "OFF",
        "INSTANCE_DIR": Path(tempfile.gettempdir()),
    }
    with create_app(settings).app_context():
        db.create_all()
        course = Course(
            key="edt-320",
            name="EDT 320",
            time_zone="America/Chicago",
            created_at=now,
            term_start=date(2026, 8, 24),
        )
        db.session.add(course)
        db.session.flush()
        db.session.add_all(_students(course.id, students, now))
        db.session.commit()
        course_id = course.id
        for url in urls:
            follow_feed(course_id, url, now=now)


def _students(course_id: int, count: int, now: datetime) -> list[Enrollment]:
    random = Random(1)  # noqa: S311 - the same class every time
    return [
        Enrollment(
            course_id=course_id,
            role="student",
            external_id=f"S{number:05}",
            given_name=random.choice(GIVEN),
            family_name=random.choice(FAMILY),
            created_at=now,
        )
        for number in range(count)
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database_url")
    parser.add_argument("--students", type=int, default=0)
    options = parser.parse_args()
    prepare(options.database_url, sys.stdin.read().split(), options.students)
