"""The poll job: look at every feed that is due, one after the other into the database.

choose feeds -> claim -> fetch and parse (many at once) -> store (one at a time)
-> match again where rosters learnt something -> regrade, since time has passed
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime

from tracker.domain.errors import ConflictError
from tracker.domain.feed import PollOutcome
from tracker.feeds.look import take_look
from tracker.feeds.target import Look
from tracker.jobs.grading import store_verdicts
from tracker.jobs.linking import build_matcher, link_comments
from tracker.jobs.post_feeds import ensure_post_feeds
from tracker.jobs.receipts import settle_receipts
from tracker.jobs.store import PollReport, RunState, store_look
from tracker.jobs.targets import LEASE, claim
from tracker.jobs.tools import Tools
from tracker.jobs.transaction import write_transaction
from tracker.models import Run
from tracker.queries import polling
from tracker.queries.polling import PolledFeed

log = logging.getLogger(__name__)


@dataclass
class RunReport:
    """What one run did. `due` feeds were to be looked at, `polls` were."""

    run_id: int | None = None
    due: int = 0
    polls: list[PollReport] = field(default_factory=list)
    reason: str = ""

    @property
    def failed(self) -> int:
        return sum(1 for poll in self.polls if poll.outcome in (PollOutcome.ERROR, PollOutcome.GONE))

    @property
    def new(self) -> int:
        return sum(poll.new for poll in self.polls)


Progress = Callable[[PollReport, int, int], None]
"""Told after each feed: its report, how many are done, how many are due."""


def choose_feeds(
    now: datetime,
    *,
    course_id: int | None = None,
    feed_url: str | None = None,
    everything: bool = False,
) -> tuple[list[PolledFeed], list[PolledFeed]]:
    """The feeds to look at now, and the chosen ones whose time has not come."""
    with write_transaction(dry_run=True) as session:
        feeds = polling.load_feeds(session, course_id=course_id, feed_url=feed_url)
    due = [feed for feed in feeds if everything or feed.next_poll_at is None or feed.next_poll_at <= now]
    chosen = {feed.feed_id for feed in due}
    return due, [feed for feed in feeds if feed.feed_id not in chosen]


def run_poll(
    tools: Tools,
    clock: Callable[[], datetime],
    *,
    trigger: str,
    course_id: int | None = None,
    feed_url: str | None = None,
    everything: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Look at the feeds that are due (or `everything`), store what came, and regrade.

    `clock` tells the instant of each look. One feed, one transaction: trouble with one is
    recorded on its poll and never stops the others. Safe to repeat, and safe beside another
    run: a feed that somebody else has claimed is left to them.
    """
    ensure_post_feeds(clock())
    due, waiting = choose_feeds(clock(), course_id=course_id, feed_url=feed_url, everything=everything)
    report = RunReport(due=len(due))
    if feed_url is not None:
        report.polls.extend(_not_due(feed) for feed in waiting)
    report.run_id = _start_run(trigger, len(due), clock())
    run = RunState(report.run_id, tools.hash_key)
    try:
        for look in _looks(tools, run, due, clock):
            with write_transaction() as session:
                poll = store_look(session, run, look, clock())
            report.polls.append(poll)
            if progress:
                progress(poll, len(report.polls), report.due)
        _finish_courses(run, clock())
    except BaseException as exc:
        report.reason = f"ended early: {type(exc).__name__}"
        raise
    finally:
        _end_run(report, clock())
    return report


def _not_due(feed: PolledFeed) -> PollReport:
    when = feed.next_poll_at.strftime("%Y-%m-%d %H:%M UTC") if feed.next_poll_at else ""
    return PollReport(
        feed.url, feed.blog, PollOutcome.SKIPPED.value, error=f"Not due before {when}; --all looks at once."
    )


def _start_run(trigger: str, due: int, now: datetime) -> int:
    with write_transaction() as session:
        run = Run(trigger=trigger, started_at=now, due=due, leased_until=now + LEASE)
        session.add(run)
        session.flush()
        return run.id


def _end_run(report: RunReport, now: datetime) -> None:
    with write_transaction() as session:
        run = session.get_one(Run, report.run_id)
        run.ended_at, run.reason, run.leased_until = now, report.reason, None
        run.done = sum(poll.outcome != PollOutcome.SKIPPED for poll in report.polls)


def _looks(
    tools: Tools, run: RunState, feeds: Sequence[PolledFeed], clock: Callable[[], datetime]
) -> Iterator[Look]:
    """Fetch and parse in threads, a bounded number ahead of whoever stores the results."""
    ahead = tools.connections * 2
    waiting: set[Future[Look]] = set()
    with ThreadPoolExecutor(max_workers=tools.connections, thread_name_prefix="look") as threads:
        for start in range(0, len(feeds), ahead):
            for target in claim(run.run_id, feeds[start : start + ahead], clock()):
                waiting.add(threads.submit(take_look, target, tools.fetcher.fetch, tools.parse))
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()


def _finish_courses(run: RunState, now: datetime) -> None:
    """Once all is stored: match again where class blogs taught something, regrade everywhere,
    because a look after a due instant changes verdicts even when it found nothing."""
    with write_transaction(dry_run=True) as session:
        courses = polling.load_open_courses(session)
    for course_id in courses:
        with write_transaction() as session:
            if course_id in run.changed_courses:
                matcher = build_matcher(session, course_id)
                known = run.matchers.get(course_id)
                if known is None or known.roster != matcher.roster:
                    link_comments(session, matcher)
            settle_receipts(session, course_id)
            store_verdicts(session, course_id, now)


def refuse_if_running(now: datetime) -> None:
    """Raise ConflictError when another run is going, for callers that should not start a second."""
    with write_transaction(dry_run=True) as session:
        running = polling.load_running(session, now)
    if running is not None:
        raise ConflictError("A look at the blogs is under way; its results appear as they come in.")
