"""One poll is stored: entries, linkages, verdicts, health and schedule in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.feed import Document, FeedKind, PollOutcome, Source, Validators
from tracker.feeds.documents.times import is_in_order
from tracker.feeds.platforms.registry import platform_of
from tracker.feeds.poll_target import PollResult
from tracker.jobs.matching.store_linkages import link_comments
from tracker.jobs.polling.absence import note_absences
from tracker.jobs.polling.gaps import find_reset, note_counts, note_gaps
from tracker.jobs.polling.hidden_texts import learn_repeated, settle_hidden
from tracker.jobs.polling.kept import store_kept
from tracker.jobs.polling.moves import follow_move, shows_same_blog
from tracker.jobs.polling.next_poll import plan_next_poll
from tracker.jobs.polling.store_comments import Books, keep_comments
from tracker.jobs.polling.store_context import Keeping
from tracker.jobs.polling.store_posts import keep_posts
from tracker.jobs.receipts.receipts import note_checks
from tracker.jobs.rows import insert_plain
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Feed, Poll
from tracker.queries import coursework
from tracker.queries.matching.course_matcher import CourseMatcher, build_matcher
from tracker.queries.matching.match_inputs import courses_of_blog
from tracker.queries.polling import poll_inputs
from tracker.queries.polling.timetable import Timetable

log = logging.getLogger(__name__)


@dataclass
class RunState:
    """What one run keeps between feeds: rosters are indexed once, not for every feed."""

    run_id: int
    hash_key: bytes
    matchers: dict[int, CourseMatcher] = field(default_factory=dict)
    timetable: Timetable | None = None
    changed_courses: set[int] = field(default_factory=set)
    new_texts: set[int] = field(default_factory=set)
    """Courses with comments that are new or changed."""

    def matcher(self, session: Session, course_id: int) -> CourseMatcher:
        if course_id not in self.matchers:
            self.matchers[course_id] = build_matcher(session, course_id)
        return self.matchers[course_id]

    def timetable_at(self, session: Session, now: datetime) -> Timetable:
        """When courses want their blogs polled."""
        if self.timetable is None:
            self.timetable = Timetable.load(session, now)
        return self.timetable


@dataclass(frozen=True)
class PollReport:
    """One poll, with the keys of `poll --json`."""

    url: str
    blog: str
    outcome: str
    moved_to: str = ""
    http_status: int | None = None
    error_class: str | None = None
    error: str = ""
    entries: int = 0
    stored: int = 0
    new: int = 0
    edited: int = 0
    gap: bool = False
    seconds: float = 0.0


_OF_POLL = [one.name for one in fields(PollReport) if one.name not in {"url", "blog"}]


def store_result(session: Session, run: RunState, result: PollResult, at: datetime) -> PollReport:
    """Store one poll of one feed and carry what is new through to verdicts. Does not commit.

    `at` is the present, by which verdicts are given; what the poll saw, it saw when it was asked for.

    record the poll -> keep entries -> note what is gone, and what was missed
    -> match -> regrade those touched -> plan the next poll
    """
    feed = poll_inputs.load_feed(session, result.target.feed_id)
    asked_at, noted_at = _asked_at(result, at), _noted_at(result, at)
    poll = Poll(**_poll_values(run, feed, result, noted_at))
    session.add(poll)
    session.flush()
    keeping = Keeping(
        session,
        feed.blog_id,
        feed.id,
        poll.id,
        asked_at,
        feed.state.fully_checked_at,
        run.hash_key,
        answered_at=result.answered_at,
        stored_at=at,
    )
    _keep(keeping, feed, result)
    note_absences(keeping, result.coverages)
    keeping.write_dispositions()
    if feed.state.fully_checked_at is not None and (missed := find_reset(keeping, result)):
        result, poll.gap = replace(result, missed=missed), True
    note_counts(session, feed, result)
    note_gaps(session, feed, result, asked_at)
    note_checks(session, feed.blog_id, result, asked_at)
    _count(poll, keeping, result)
    _carry_on(session, run, feed, keeping, at)
    store_kept(session, feed, result, asked_at)
    report = _report(feed, poll)
    follow_move(session, feed, result, noted_at, is_same_blog=shows_same_blog(keeping, feed, result))
    if keeping.unsure or result.moved_to:
        result = replace(result, validators=Validators(), body_hash="")
    plan_next_poll(session, run.timetable_at(session, at), feed, result, noted_at)
    return report


def _asked_at(result: PollResult, at: datetime) -> datetime:
    """When a poll was begun; `at`, the present, for one that does not say.

    All that a poll proves, it proves of this instant: a complete poll that was asked for before a
    due instant and stored after it has not seen what was due. An instant that lies ahead was told by
    a clock that has been put back meanwhile.
    """
    return min(result.asked_at or at, at)


def _noted_at(result: PollResult, at: datetime) -> datetime:
    """The instant in the record of a poll, from which the next one is planned: a failed one's is that
    of the answer, because a server's wish to wait counts from there."""
    if result.error is None:
        return _asked_at(result, at)
    return min(result.answered_at or at, at)


def _keep(keeping: Keeping, feed: Feed, result: PollResult) -> None:
    if not result.documents:
        return
    books = Books(keeping, result.documents, first=feed.state.fully_checked_at is None)
    comments = [(one.entry, one.identity, one.hash) for one in books.all_comments()]
    learn_repeated(keeping, feed.blog, comments, result.documents, books.comments, books.posts)
    for document, arrived in zip(result.documents, books.arrived, strict=True):
        keeping.last_check_before = _last_poll_before(feed, result, document, keeping.at)
        keeping.is_in_order = is_in_order([entry.posted.at for entry in document.entries])
        keep_posts(keeping, books.posts, document)
        keep_comments(keeping, books, document, arrived)
        if document.owner_names and not feed.blog.owner_names and document.kind is FeedKind.POSTS:
            feed.blog.owner_names = list(document.owner_names)
    settle_hidden(keeping, books.comments)
    books.write()


def is_unchanged(result: PollResult) -> bool:
    """Whether a poll came to nothing but that all is as it was."""
    return (
        result.outcome in (PollOutcome.OK, PollOutcome.NOT_MODIFIED)
        and result.error is None
        and result.missed is None
        and result.target.kind is not FeedKind.PAGE  # whether it could be read stands on receipts, too
        and not (
            result.documents
            or result.coverages
            or result.checked
            or result.caught_up
            or result.moved_to
            or result.kept
        )
    )


def store_unchanged(
    session: Session, run: RunState, results: Sequence[PollResult], at: datetime
) -> list[PollReport]:
    """Store polls of which `is_unchanged` holds, as `store_result` would one by one. Does not commit.

    record the polls -> plan the next polls
    """
    feeds = poll_inputs.load_some_feeds(session, [result.target.feed_id for result in results])
    polls = [
        _poll_values(run, feeds[result.target.feed_id], result, _noted_at(result, at)) for result in results
    ]
    insert_plain(session, Poll, polls)
    timetable = run.timetable_at(session, at)
    reports = []
    for result, values in zip(results, polls, strict=True):
        feed = feeds[result.target.feed_id]
        reports.append(_report(feed, Poll(**values, entries=0, stored=0, new=0, edited=0)))
        follow_move(session, feed, result, values["at"], is_same_blog=False)
        plan_next_poll(session, timetable, feed, result, values["at"])
    return reports


def _poll_values(run: RunState, feed: Feed, result: PollResult, at: datetime) -> dict[str, Any]:
    error = result.error
    return {
        "run_id": run.run_id,
        "feed_id": feed.id,
        "at": at,
        "outcome": result.outcome.value,
        "http_status": result.http_status,
        "error_class": error.error_class.value if error else None,
        "error": str(error)[:500] if error else "",
        "seconds": round(result.seconds, 3),
        "conditional": result.conditional,
        "window_full": result.window_full,
        "gap": result.missed is not None and feed.state.fully_checked_at is not None,
        "also_read": ", ".join(result.also_read)[:200],
        "fault": " ".join(dict.fromkeys(_oddities(result)))[:500],
        "moved_to": result.moved_to,
    }


def _oddities(result: PollResult) -> Iterator[str]:
    if result.warning:
        yield result.warning
    yield from (document.fault for document in result.documents if document.fault)


def _count(poll: Poll, keeping: Keeping, result: PollResult) -> None:
    poll.entries = len(result.primary.entries) if result.primary else 0
    poll.known = keeping.known
    poll.new = keeping.new
    poll.edited = len(set(keeping.edited))
    poll.stored = poll.known + poll.new + len(keeping.edited)


def _carry_on(session: Session, run: RunState, feed: Feed, keeping: Keeping, at: datetime) -> None:
    touched = keeping.touched
    if not touched and not keeping.has_changed_posts:
        return
    for course_id in courses_of_blog(session, feed.blog_id):
        people: set[int] = set()
        matcher = run.matcher(session, course_id)
        if touched:
            run.new_texts.add(course_id)
        if touched and matcher.roster.enrollees:  # the first students' import matches what came before
            people |= link_comments(session, matcher, touched).enrollment_ids
            people |= coursework.load_writers(session, course_id, touched)  # of texts that were edited
        if keeping.has_changed_posts:
            run.changed_courses.add(course_id)
            people |= {
                enrollment_id
                for enrollment_id, blog_id in coursework.load_class_blogs(session, course_id)
                if blog_id == feed.blog_id
            }
            # What a comment's text takes up of its post, and their order, may read otherwise now.
            people |= coursework.load_commenters(session, course_id, feed.blog_id)
        if people:
            store_verdicts(session, course_id, at, enrollment_ids=people)


def _last_poll_before(feed: Feed, result: PollResult, document: Document, at: datetime) -> datetime | None:
    """The last poll that would have shown what this document shows. A page or a post's feed that
    was read beside the feed itself was not read every night, so nothing can be said of it; nor of
    a poll that lies ahead, which a clock that was wrong left behind."""
    is_further_page = platform_of(document.platform).has_paged_feeds and document.source is Source.ATOM
    last = None
    if document is result.primary or document.kind is FeedKind.POSTS or is_further_page:
        last = feed.state.fully_checked_at
    elif document.source is Source.REST and feed.kind == FeedKind.COMMENTS:
        last = feed.state.rest_read_at
    return last if last is not None and last < at else None


def _report(feed: Feed, poll: Poll) -> PollReport:
    own = {name: getattr(poll, name) for name in _OF_POLL}
    return PollReport(feed.url, feed.blog.title or feed.blog.home_url, **own)
