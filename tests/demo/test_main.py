"""The demo as `./dev demo` runs it, to the end."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

from sqlalchemy import select

from tests.support.databases import settings_for
from tracker.app import create_app
from tracker.demo.__main__ import three_weeks_ago
from tracker.demo.course import make_course
from tracker.extensions import db
from tracker.models import Course
from tracker.queries.status.course_status import course_status


def test_demo_lives_through_three_weeks_and_ends_with_people_who_can_sign_in(tmp_path: Path) -> None:
    started = three_weeks_ago()
    made = subprocess.run(
        [sys.executable, "-m", "tracker.demo", "--once", "--blogs-port", "0"],
        env={**os.environ, "TRACKER_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "28 students enrolled" in made.stdout
    assert "night 22:" in made.stdout
    with sqlite3.connect(tmp_path / "demo.sqlite") as database:
        roles = database.execute(
            "SELECT role, count(*) FROM enrollments WHERE user_id IS NOT NULL GROUP BY role"
        )
        assert dict(roles.fetchall()) == {"assistant": 1, "instructor": 1, "student": 2}
        said = database.execute("SELECT kind, count(*) FROM linkage_decisions GROUP BY kind")
        assert dict(said.fetchall()) == {"claim": 2, "confirm": 1, "disclaim": 1, "outsider": 2}
        contested = database.execute("SELECT count(*) FROM handles WHERE state = 'suspended'")
        contradicted = database.execute("SELECT count(*) FROM linkages WHERE flag = 'claimed'")
        assert [contested.fetchone(), contradicted.fetchone()] == [(1,), (1,)]
    database.close()
    _judged_as_laid_down(tmp_path, started)


def _judged_as_laid_down(folder: Path, started: date) -> None:
    """Every student stands where the course's maker put her; addresses, and so the port, aside."""
    course = make_course(start=started)
    app = create_app(settings_for(f"sqlite:///{folder / 'demo.sqlite'}", folder))
    with app.app_context():
        course_id = db.session.scalars(select(Course.id)).one()
        rows = course_status(course_id, course.as_of)
        db.session.remove()
        db.engine.dispose()
    judged = {
        (row.student_id, row.assignment, one.requirement): one.state.value
        for row in rows
        for one in row.requirements
    }
    assert judged == {
        (row.student_id, row.assignment, row.requirement): row.state.value for row in course.truth
    }
