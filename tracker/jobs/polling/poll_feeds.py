"""Polls many feeds at once, each handed over as soon as it is there to be stored.

Blogs are polled side by side; the feeds of one blog one after the other, its posts last and each
only when the one before is stored. Posts count their comments and are compared with what is held, and
what two feeds of a blog both show becomes the same rows whichever answers first. So the order in which
blogs arrive decides nothing, and a slow blog holds up no other.

Tested in tests/reliability/test_runs.py.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime, timedelta

from tracker.domain.errors import ParseError
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.domain.grouping import grouped
from tracker.feeds.client.host_backoff import MAX_PAUSING
from tracker.feeds.poll_feed import poll_feed
from tracker.feeds.poll_target import PollResult, PollTarget
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.lease import claim
from tracker.jobs.polling.opt_out import load_left_alone
from tracker.jobs.runs import hold_run
from tracker.jobs.transaction import read_transaction, write_transaction
from tracker.queries.polling.poll_inputs import PolledFeed

log = logging.getLogger(__name__)

SIGN_OF_LIFE = timedelta(minutes=1)
"""So often a run that waits for slow servers, and stores nothing meanwhile, says that it lives."""

TOGETHER = 50
"""So many polls are handed over at once at most."""


Begun = Callable[[Sequence[PolledFeed]], None]
"""Told which feeds are being polled from now on."""


def poll_feeds(
    tools: Tools,
    run_id: int,
    feeds: Sequence[PolledFeed],
    clock: Callable[[], datetime],
    begun: Begun,
) -> Iterator[list[PollResult]]:
    """Fetch and parse in threads, a bounded number ahead of storing the results.

    Comes back with whatever is there by now, at most TOGETHER polls, each of another blog. Whoever
    takes polls from here stores them before asking for the next ones.
    """
    with read_transaction() as session:
        tools = tools.leaving_alone(load_left_alone(session)).of_run(clock)
    ahead = tools.connections * 2 + MAX_PAUSING
    batch = max(1, ahead // 4)
    chains = [deque(chain) for chain in chain_feeds(feeds)]
    ready = deque(chain.popleft() for chain in chains)
    later = {chain[0].blog_id: chain for chain in chains if chain}
    pending: dict[Future[PollResult], PolledFeed] = {}

    # Polls that pause between two pages of a slow host take no thread from the others.
    threads = ThreadPoolExecutor(tools.connections + MAX_PAUSING, thread_name_prefix="poll")
    try:
        while ready or pending:
            _submit(threads, tools, run_id, _take(ready, ahead - len(pending)), pending, clock, begun)
            done = _wait(pending, run_id, clock)
            for start in range(0, len(done), TOGETHER):
                group = done[start : start + TOGETHER]
                yield [future.result() for future in group]
                chains_on = (later.get(pending.pop(future).blog_id) for future in group)
                ready.extend(chain.popleft() for chain in chains_on if chain)
                if ready and ahead - len(pending) >= batch:
                    _submit(threads, tools, run_id, _take(ready, batch), pending, clock, begun)
    finally:
        tools.end_run()
        threads.shutdown(cancel_futures=True)


def chain_feeds(feeds: Sequence[PolledFeed]) -> list[list[PolledFeed]]:
    """For each blog its feeds in the order in which they are polled: by id, posts last."""
    in_order = sorted(feeds, key=lambda feed: (feed.kind == FeedKind.POSTS, feed.feed_id))
    return list(grouped((feed.blog_id, feed) for feed in in_order).values())


def _take(ready: deque[PolledFeed], most: int) -> list[PolledFeed]:
    return [ready.popleft() for _ in range(min(most, len(ready)))]


def _submit(
    threads: ThreadPoolExecutor,
    tools: Tools,
    run_id: int,
    feeds: Sequence[PolledFeed],
    pending: dict[Future[PollResult], PolledFeed],
    clock: Callable[[], datetime],
    begun: Begun,
) -> None:
    if not feeds:
        return
    by_id = {feed.feed_id: feed for feed in feeds}
    for target in claim(run_id, feeds, clock()):
        pending[threads.submit(_poll_one, tools, target, clock)] = by_id[target.feed_id]
    begun(feeds)


def _poll_one(tools: Tools, target: PollTarget, clock: Callable[[], datetime]) -> PollResult:
    """A poll. A fault of our own in it is the trouble of that feed alone, too (reliability F13)."""
    asked_at = clock()
    try:
        result = poll_feed(target, tools.fetch, tools.parse, tools.before_page)
    except Exception:
        log.exception("Polling feed %s failed", target.feed_id)
        result = failed_result(target)
    return replace(result, asked_at=asked_at, answered_at=clock())


def failed_result(target: PollTarget) -> PollResult:
    says = "Reading this feed failed because of an internal error. See the log, and please report it."
    return PollResult(target, PollOutcome.ERROR, error=ParseError(says, url=target.url))


def _wait(
    pending: dict[Future[PollResult], PolledFeed], run_id: int, clock: Callable[[], datetime]
) -> list[Future[PollResult]]:
    """What is there by now, in the order in which it was asked for; waits for something to come."""
    while pending:
        done, _ = wait(pending, timeout=SIGN_OF_LIFE.total_seconds(), return_when=FIRST_COMPLETED)
        if done:
            return [future for future in pending if future in done]
        with write_transaction() as session:
            hold_run(session, run_id, clock())
    return []
