"""The demo as `./dev demo` runs it, to the end."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path


def test_demo_lives_through_three_weeks_and_ends_with_people_who_can_sign_in(tmp_path: Path) -> None:
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
        verdicts = dict(database.execute("SELECT state, count(*) FROM verdicts GROUP BY state").fetchall())
    database.close()
    assert verdicts["met"] > 40
