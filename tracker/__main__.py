"""`python -m tracker ...`: the commands of `flask tracker` without the pages, for timers."""

from __future__ import annotations

from config import from_environment
from tracker.cli.group import tracker
from tracker.core import create_core
from tracker.domain.errors import TrackerError


def main() -> None:
    try:
        app = create_core(from_environment())
    except TrackerError as error:
        raise SystemExit(str(error)) from error
    with app.app_context():
        tracker(prog_name="python -m tracker")


if __name__ == "__main__":
    main()
