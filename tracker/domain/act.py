"""What every job that a person starts is told about the person: who, when, and what they had seen.

Tested in tests/jobs/matching/test_matching_scenarios.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person does.

    `by` is the user's id, None for the command line. `seen` is the number of the row that stood when
    the person's page was made (the last decision, grant or version); what None means, each job says.
    With `preview` the job does everything and takes it back at the end: its report says what would
    happen.
    """

    now: datetime
    by: int | None = None
    seen: int | None = None
    preview: bool = False
