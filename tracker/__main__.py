"""`python -m tracker ...`: the commands of `flask tracker` without the pages, for timers.

Brings the database up to date first where that is needed, but not for copying it or putting a copy back.

Tested in tests/cli/test_group.py.
"""

from __future__ import annotations

import sys

from sqlalchemy.exc import DBAPIError

from tracker.cli.group import AS_IT_IS, give_up, tracker
from tracker.core import create_core, start
from tracker.domain.errors import TrackerError
from tracker.extensions import db
from tracker.jobs.transaction import explain
from tracker.models.revisions import is_behind, upgrade


def main() -> None:
    try:
        app = start(create_core)
        if not AS_IT_IS & set(sys.argv[1:2]):
            with app.app_context():
                with db.engine.connect() as connection:
                    behind = is_behind(connection)
                if behind:
                    upgrade()
    except TrackerError as error:
        give_up(str(error))
    except DBAPIError as error:
        give_up(explain(error) or f"The database can’t be used: {error.orig}")
    with app.app_context():
        tracker(prog_name="python -m tracker")


if __name__ == "__main__":
    main()
