"""The poll job: poll every feed that is due, one after the other into the database.

begin, if no other run is under way -> choose feeds -> claim, fetch and parse (many at once)
-> store (one at a time) -> match again where rosters learned something -> regrade, since time has passed
-> once a week, draw a sample of automatic answers to be checked
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import ConflictError, StorageError, TrackerError
from tracker.domain.feed import PollOutcome
from tracker.feeds.poll_target import PollResult
from tracker.feeds.schedule import is_due
from tracker.jobs import runs
from tracker.jobs.dependencies import Tools
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.matching.spot_checks import draw_sample_in
from tracker.jobs.polling.opt_out import heed_operator
from tracker.jobs.polling.poll_feeds import failed_result, poll_feeds
from tracker.jobs.polling.post_feeds import ensure_post_feeds
from tracker.jobs.polling.store_poll import PollReport, RunState, is_unchanged, store_result, store_unchanged
from tracker.jobs.receipts.find_comment import settle_receipts
from tracker.jobs.receipts.search import plan_search
from tracker.jobs.runs import LostRunError, Started, Underway
from tracker.jobs.transaction import read_transaction, write_transaction
from tracker.jobs.verdicts.affected import Since
from tracker.jobs.verdicts.copies import note_copies
from tracker.jobs.verdicts.store_verdicts import store_touched, store_verdicts
from tracker.models.engine import checkpoint
from tracker.queries.matching.course_matcher import is_matched_by, is_stale
from tracker.queries.polling import poll_inputs
from tracker.queries.polling.affected import load_last_complete_run
from tracker.queries.polling.poll_inputs import PolledFeed

log = logging.getLogger(__name__)


@dataclass
class RunReport:
    """What one run did. `due` feeds were to be polled, `polls` were.

    `judged` verdicts were checked again at its end, `changed` of all came out otherwise.
    `reason`: why it ended early. `run_id` None: it did not begin, because another run was under way;
    `reason` says so, and nothing is wrong.
    """

    run_id: int | None = None
    due: int = 0
    polls: list[PollReport] = field(default_factory=list)
    reason: str = ""
    judged: int = 0
    changed: int = 0

    @property
    def failed(self) -> int:
        return sum(1 for poll in self.polls if poll.outcome in (PollOutcome.ERROR, PollOutcome.GONE))

    @property
    def new(self) -> int:
        return sum(poll.new for poll in self.polls)


class Progress:
    """Told how a run comes along, by the thread that stores. This one keeps it to itself."""

    def chosen(self, feeds: Sequence[PolledFeed]) -> None:
        """These are due."""

    def begun(self, feeds: Sequence[PolledFeed]) -> None:
        """These are being polled from now on."""

    def stored(self, poll: PollReport) -> None:
        """One poll is stored."""


@dataclass(frozen=True)
class FeedChoice:
    """Which feeds a run is for: those that are due, or `everything`; of one course, or one feed."""

    course_id: int | None = None
    feed_url: str | None = None
    everything: bool = False

    def choose(self, session: Session, now: datetime) -> tuple[list[PolledFeed], list[PolledFeed]]:
        """The feeds to poll now, and the chosen ones whose time has not come."""
        feeds = poll_inputs.load_feeds(session, course_id=self.course_id, feed_url=self.feed_url)
        due = [feed for feed in feeds if self.everything or is_due(feed.next_poll_at, now)]
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
    """Poll the feeds that are due (or `everything`), store what came, and regrade.

    `clock` tells the instant of each poll. One feed, one transaction: trouble with one is
    recorded on its poll and never stops the others. Safe to repeat, and safe beside another
    run: only one works, the other one says so in its report. What a run that was cut off left
    undone is still due, and what it owed to the courses is made up for by the next one.
    """
    report = RunReport()
    heed_operator(tools.opted_out, clock())
    begun = _begin(report, FeedChoice(course_id, feed_url, everything), trigger, clock())
    if begun is None:
        return report
    started, due = begun
    told = progress or Progress()
    told.chosen(due)
    try:
        run = RunState(started.run_id, tools.hash_key)
        _learn_rosters(run, due)
        for results in poll_feeds(tools, run.run_id, due, clock, told.begun):
            for poll in _store_all(run, results, clock):
                report.polls.append(poll)
                told.stored(poll)
        _finish_courses(run, report, clock, makes_up=started.makes_up)
    except LostRunError as exc:
        report.reason = str(exc)
    except BaseException as exc:
        report.reason = _say_why(exc, report)
        with suppress(TrackerError):
            _end(report, clock())
        raise
    _end(report, clock())
    return report


def _begin(
    report: RunReport, wanted: FeedChoice, trigger: str, now: datetime
) -> tuple[Started, list[PolledFeed]] | None:
    """Open the record of a run and choose its feeds, unless another run is under way: one transaction."""
    with write_transaction() as session:
        started = runs.start_run(session, trigger, now)
        if isinstance(started, Underway):
            report.reason = started.says
            return None
        ensure_post_feeds(session, now)
        due, waiting = wanted.choose(session, now)
        plan_search(session, due, now)
        runs.note_due(session, started.run_id, len(due))
    report.run_id, report.due = started.run_id, len(due)
    if wanted.feed_url is not None:
        report.polls.extend(_not_due(feed) for feed in waiting)
    return started, due


def _not_due(feed: PolledFeed) -> PollReport:
    when = feed.next_poll_at.strftime("%Y-%m-%d %H:%M UTC") if feed.next_poll_at else ""
    return PollReport(
        feed.url, feed.blog, PollOutcome.SKIPPED.value, error=f"Not due before {when}; --all checks at once."
    )


def _learn_rosters(run: RunState, due: Sequence[PolledFeed]) -> None:
    """Index the rosters as they are before anything new is stored, to see at the end whether the
    class blogs taught something: every comment is matched by the same knowledge, whichever blog
    answered first."""
    if not due:
        return
    with read_transaction() as session:
        for course_id in poll_inputs.load_open_courses(session):
            run.matcher(session, course_id)


def _store_all(
    run: RunState, results: Sequence[PollResult], clock: Callable[[], datetime]
) -> Iterator[PollReport]:
    """What is there by now: polls that found nothing new in one transaction, the others one by one."""
    unchanged = [result for result in results if is_unchanged(result)]
    if unchanged:
        yield from _store_unchanged(run, unchanged, clock())
    for result in results:
        if not is_unchanged(result):
            yield _store(run, result, clock())


def _store_unchanged(run: RunState, results: Sequence[PollResult], at: datetime) -> list[PollReport]:
    """All or none; when they cannot be stored together, one by one, to find out whose trouble it is."""
    try:
        with write_transaction() as session:
            runs.hold_run(session, run.run_id, at, done=len(results))
            return store_unchanged(session, run, results, at)
    except TrackerError:
        raise
    except Exception:
        log.exception("Storing %s results together failed", len(results))
    return [_store(run, result, at) for result in results]


def _store(run: RunState, result: PollResult, at: datetime) -> PollReport:
    """One poll, whole, in one transaction. What cannot be stored is recorded as that feed's trouble."""
    failed = failed_result(result.target)
    for one in (result, failed):
        try:
            with write_transaction() as session:
                runs.hold_run(session, run.run_id, at, done=1)
                return store_result(session, run, one, at)
        except TrackerError:
            raise  # the database is in trouble, or the run has been lost: no poll can be stored now
        except Exception:
            log.exception("Storing the result of feed %s (%s) failed", one.target.feed_id, one.outcome)
    # Not even the failure could be written down: the feed stays due, and the others go on.
    return PollReport(failed.target.url, "", PollOutcome.ERROR.value, error=str(failed.error))


def _finish_courses(
    run: RunState, report: RunReport, clock: Callable[[], datetime], *, makes_up: bool
) -> None:
    """Once all is stored: match again where class blogs taught something, regrade what the polls and
    the time bear on, because a poll after a due instant changes verdicts even when it found nothing.
    The first run of a week draws last week's sample of automatic answers.

    `makes_up`: the run before was cut off and may have stored what they taught; match everything.
    """
    with read_transaction() as session:
        courses = poll_inputs.load_open_courses(session)
    for course_id in courses:
        with read_transaction() as session:
            known = run.matchers.get(course_id)
            again = makes_up or (known is not None and is_stale(session, course_id, known.roster))
            by_known = known is not None and is_matched_by(session, course_id, known.roster)
        if again:
            rematch_course(
                course_id,
                clock(),
                before_batch=lambda session: runs.hold_run(session, run.run_id, clock()),
                matched_by=known.roster if known is not None and by_known and not makes_up else None,
            )
        with write_transaction() as session:
            runs.hold_run(session, run.run_id, clock())
            settle_receipts(session, course_id)
            if again or course_id in run.new_texts:
                copied = note_copies(session, course_id)
                if copied:
                    report.changed += store_verdicts(session, course_id, clock(), enrollment_ids=copied)
            if makes_up:
                report.changed += store_verdicts(session, course_id, clock())
            else:
                since = Since(run.run_id, load_last_complete_run(session, run.run_id))
                stored = store_touched(session, course_id, since, clock())
                report.judged += stored.judged
                report.changed += stored.changed
            draw_sample_in(session, course_id, clock())


def _say_why(exc: BaseException, report: RunReport) -> str:
    done = sum(poll.outcome != PollOutcome.SKIPPED for poll in report.polls)
    reached = f"after {done} of {report.due} feeds"
    if isinstance(exc, KeyboardInterrupt):
        return f"It was stopped by hand {reached}."
    if isinstance(exc, StorageError):
        return f"It stopped {reached}: {exc}"
    return f"It stopped {reached} because of an internal error ({type(exc).__name__}). See the log."


def _end(report: RunReport, now: datetime) -> None:
    """Close the record, and fold what the run wrote into the database's file."""
    if report.run_id is not None:
        with write_transaction() as session:
            runs.end_run(session, report.run_id, report.reason, now)
            engine = session.get_bind().engine
        checkpoint(engine)


def refuse_if_running(now: datetime) -> None:
    """Raise ConflictError when another run is going, for callers that should not start a second."""
    with read_transaction() as session:
        underway = runs.find_underway(session, now)
    if underway is not None:
        raise ConflictError("A check is already in progress. Its results appear as they come in.")
