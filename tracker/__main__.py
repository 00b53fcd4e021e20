"""`python -m tracker ...`: the commands of `flask tracker` without the pages, for timers.

Brings the database up to date first where that is needed.

Tested in tests/cli/test_group.py.
"""

from __future__ import annotations

import subprocess
import sys

from config import from_environment
from tracker.cli.group import tracker
from tracker.core import ROOT, create_core, is_behind
from tracker.domain.errors import TrackerError

UPGRADE = (sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade", "-d", "migrations")


def main() -> None:
    try:
        app = create_core(from_environment())
    except TrackerError as error:
        raise SystemExit(str(error)) from error
    if is_behind(app):
        # In a process of its own: Alembic and the pages are needed once a release, looks every night.
        done = subprocess.run(UPGRADE, cwd=ROOT, check=False)  # noqa: S603 - our own interpreter
        if done.returncode:
            raise SystemExit(done.returncode)
    with app.app_context():
        tracker(prog_name="python -m tracker")


if __name__ == "__main__":
    main()
