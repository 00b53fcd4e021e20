"""What the person who is signed in does, as jobs want to be told of it.

Tested in tests/web/instructor/grades/test_grade_student.py.
"""

from __future__ import annotations

from flask_login import current_user

from tracker import clock
from tracker.domain.act import Act


def act(*, seen: int | None = None, preview: bool = False) -> Act:
    """Now, by the person who is signed in; `seen` and `preview` as of `Act`."""
    return Act(clock.now(), current_user.id, seen, preview)
