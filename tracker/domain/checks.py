"""When a place was last checked: the comments of a blog, or its posts. Every page and every verdict goes
by these definitions. Instants are aware, in UTC.

Tested in tests/queries/test_checks.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.domain.feed import FeedKind


@dataclass(frozen=True, slots=True)
class FeedNow:
    """A feed as the poller last left it."""

    feed_id: int
    kind: FeedKind
    url: str
    fully_checked_at: datetime | None
    """The last full check: what the feed showed then, we hold."""
    failures: int
    failing_since: datetime | None
    next_poll_at: datetime | None
    failed_at: datetime | None = None
    """The last check, if it failed."""
    is_gone: bool = False
    """The last check was told that nothing is there any more (410)."""
    opted_out_at: datetime | None = None
    """Since when its blog's owner wants not to be read."""
    answered_at: datetime | None = None
    """A later answer that nothing has changed, where that proves too little for a full check."""
    is_ended: bool = False
    """It is not polled any more."""
    comments_read_at: datetime | None = None
    """Of a feed of posts: the last check that saw the comments of every post."""
    kept_by: str = ""
    """The program that keeps its blog's comments, "" for the blog itself."""
    service: str = ""
    """The program whose feed it is, "" for a feed of the blog itself."""

    @property
    def tells_of_comments(self) -> bool:
        """Whether a comment that is left on the blog now can come by it."""
        return self.kind is not FeedKind.POSTS and self.kept_by in ("", self.service)


@dataclass(frozen=True, slots=True)
class LastCheck:
    """How one or several places were checked so far.

    `last_full_check`: all that they showed until then, we hold; verdicts rest on it. None: there was
    none. `last_answer`: when they answered last, perhaps only that nothing has changed; students are
    told it. `next_at` None: as soon as the job runs. `failing_since`: one of them does not answer.
    """

    last_full_check: datetime | None
    last_answer: datetime | None
    next_at: datetime | None
    failing_since: datetime | None = None

    @property
    def is_seen(self) -> bool:
        return self.last_full_check is not None and self.failing_since is None


def main_feeds(feeds: Iterable[FeedNow], *, of_posts: bool) -> list[FeedNow]:
    """The feeds that tell whether a place is seen: those of a blog's posts, or of its comments as a
    whole, or whatever feed of comments there is, or the feed of posts by which those of every post were
    read; where a program keeps them, only that program's feed of all comments. Those that ended count
    where no other is left."""
    known = everything = list(feeds)
    if of_posts:
        main = [feed for feed in known if feed.kind is FeedKind.POSTS]
    else:
        known = [feed for feed in known if feed.tells_of_comments]
        main = [feed for feed in known if feed.kind is FeedKind.COMMENTS]
        main = main or [feed for feed in known if not feed.kept_by]
        main = main or [
            replace(feed, fully_checked_at=feed.comments_read_at, answered_at=None)
            for feed in everything
            if feed.comments_read_at is not None and not feed.kept_by
        ]
    return [feed for feed in main if not feed.is_ended] or main


def check_of(feeds: Iterable[FeedNow]) -> LastCheck | None:
    """How a place was checked, by its main feeds; None where no feed shows it."""
    return check_of_all(
        LastCheck(
            one.fully_checked_at, one.answered_at or one.fully_checked_at, one.next_poll_at, one.failing_since
        )
        for one in feeds
    )


def check_of_all(places: Iterable[LastCheck | None]) -> LastCheck | None:
    """Several places are seen as well as the one seen worst; they are checked again once all of them are."""
    known = [place for place in places if place is not None]
    if not known:
        return None
    following = [place.next_at for place in known if place.next_at is not None]
    return LastCheck(
        last_full_check=_earliest([place.last_full_check for place in known]),
        last_answer=_earliest([place.last_answer for place in known]),
        next_at=max(following) if len(following) == len(known) else None,
        failing_since=min((place.failing_since for place in known if place.failing_since), default=None),
    )


def _earliest(instants: Sequence[datetime | None]) -> datetime | None:
    """None where one of them is missing."""
    known = [at for at in instants if at is not None]
    return min(known) if len(known) == len(instants) else None
