"""When courses want which blog to be checked: their nights and their deadlines.

Tested in tests/jobs/polling/test_next_poll.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker.domain.assignment import Deadline
from tracker.domain.feed import FeedKind
from tracker.feeds.schedule import PollTimes
from tracker.queries.polling.deadlines import load_deadlines
from tracker.queries.polling.poll_inputs import load_nightly


@dataclass
class Timetable:
    """When courses want which blog polled; loaded once for many feeds."""

    nightly: dict[int, list[tuple[time, ZoneInfo]]]
    deadlines: dict[tuple[int, bool], tuple[Deadline, ...]]

    @classmethod
    def load(cls, session: Session, now: datetime) -> Timetable:
        return cls(load_nightly(session), load_deadlines(session, now))

    def of(
        self, blog_id: int, kind: str, *, is_of_one_post: bool, window_span: timedelta | None = None
    ) -> PollTimes:
        """Deadlines are for the feeds that verdicts rest on: a post's own feed, polled beside the
        whole blog's, only makes sure that nothing is pushed out."""
        deadlines = self.deadlines.get((blog_id, kind == FeedKind.POSTS), ())
        return PollTimes(
            nightly=tuple(self.nightly.get(blog_id, ())),
            deadlines=() if is_of_one_post and kind == FeedKind.POST_COMMENTS else deadlines,
            window_span=window_span,
        )
