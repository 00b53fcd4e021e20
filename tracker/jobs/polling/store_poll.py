"""One look is stored: entries, linkages, verdicts, health and schedule in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.feed import Document, FeedKind, PollOutcome, Source, Validators
from tracker.feeds.platforms.registry import platform_of
from tracker.feeds.poll_target import Look
from tracker.jobs.matching.store_linkages import link_comments
from tracker.jobs.polling.absence import note_absences
from tracker.jobs.polling.gaps import find_reset, note_counts, note_gaps
from tracker.jobs.polling.moves import follow_move, shows_same_blog
from tracker.jobs.polling.next_poll import plan_next_look
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

    def matcher(self, session: Session, course_id: int) -> CourseMatcher:
        if course_id not in self.matchers:
            self.matchers[course_id] = build_matcher(session, course_id)
        return self.matchers[course_id]

    def timetable_at(self, session: Session, now: datetime) -> Timetable:
        """When courses want their blogs looked at."""
        if self.timetable is None:
            self.timetable = Timetable.load(session, now)
        return self.timetable


@dataclass(frozen=True)
class PollReport:
    """One look, with the keys of `poll --json`."""

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


def store_look(session: Session, run: RunState, look: Look, at: datetime) -> PollReport:
    """Store one look at one feed and carry what is new through to verdicts. Does not commit.

    `at` is the present, by which verdicts are given; what the look saw, it saw when it was asked for.

    record the poll -> keep entries -> note what is gone, and what was missed
    -> match -> regrade those touched -> plan the next look
    """
    feed = poll_inputs.load_feed(session, look.target.feed_id)
    asked_at, noted_at = _asked_at(look, at), _noted_at(look, at)
    poll = _record(session, run, feed, look, noted_at)
    keeping = Keeping(
        session,
        feed.blog_id,
        feed.id,
        poll.id,
        asked_at,
        feed.state.looked_at,
        run.hash_key,
        answered_at=look.answered_at,
        stored_at=at,
    )
    _keep(keeping, feed, look)
    note_absences(keeping, look.coverages)
    keeping.write_dispositions()
    if feed.state.looked_at is not None and (missed := find_reset(keeping, look)):
        look, poll.gap = replace(look, missed=missed), True
    note_counts(session, feed, look)
    note_gaps(session, feed, look, asked_at)
    note_checks(session, feed.blog_id, look, asked_at)
    _count(poll, keeping, look)
    _carry_on(session, run, feed, keeping, at)
    report = _report(feed, poll)
    follow_move(session, feed, look, noted_at, is_same_blog=shows_same_blog(keeping, feed, look))
    if keeping.unsure or look.moved_to:
        look = replace(look, validators=Validators(), body_hash="")
    plan_next_look(session, run.timetable_at(session, at), feed, look, noted_at)
    return report


def _asked_at(look: Look, at: datetime) -> datetime:
    """When a look was begun; `at`, the present, for one that does not say.

    All that a look proves, it proves of this instant: a complete look that was asked for before a
    due instant and stored after it has not seen what was due. An instant that lies ahead was told by
    a clock that has been put back meanwhile.
    """
    return min(look.asked_at or at, at)


def _noted_at(look: Look, at: datetime) -> datetime:
    """The instant in the record of a look, from which the next one is planned: a failed one's is that
    of the answer, because a server's wish to wait counts from there."""
    if look.error is None:
        return _asked_at(look, at)
    return min(look.answered_at or at, at)


def _keep(keeping: Keeping, feed: Feed, look: Look) -> None:
    if not look.documents:
        return
    books = Books(keeping, look.documents, first=feed.state.looked_at is None)
    for document, arrived in zip(look.documents, books.arrived, strict=True):
        keeping.last_look_before = _last_look_before(feed, look, document, keeping.at)
        keep_posts(keeping, books.posts, document)
        keep_comments(keeping, books, document, arrived)
        if document.owner_names and not feed.blog.owner_names and document.kind is FeedKind.POSTS:
            feed.blog.owner_names = list(document.owner_names)
    books.write()


def is_unchanged(look: Look) -> bool:
    """Whether a look came to nothing but that all is as it was."""
    return (
        look.outcome in (PollOutcome.OK, PollOutcome.NOT_MODIFIED)
        and look.error is None
        and look.missed is None
        and look.target.kind is not FeedKind.PAGE  # whether it could be read stands on receipts, too
        and not (look.documents or look.coverages or look.checked or look.caught_up or look.moved_to)
    )


def store_unchanged(session: Session, run: RunState, looks: Sequence[Look], at: datetime) -> list[PollReport]:
    """Store looks of which `is_unchanged` holds, as `store_look` would one by one. Does not commit.

    record the polls -> plan the next looks
    """
    feeds = poll_inputs.load_some_feeds(session, [look.target.feed_id for look in looks])
    polls = [_poll_values(run, feeds[look.target.feed_id], look, _noted_at(look, at)) for look in looks]
    insert_plain(session, Poll, polls)
    timetable = run.timetable_at(session, at)
    reports = []
    for look, values in zip(looks, polls, strict=True):
        feed = feeds[look.target.feed_id]
        reports.append(_report(feed, Poll(**values, entries=0, stored=0, new=0, edited=0)))
        follow_move(session, feed, look, values["at"], is_same_blog=False)
        plan_next_look(session, timetable, feed, look, values["at"])
    return reports


def _record(session: Session, run: RunState, feed: Feed, look: Look, at: datetime) -> Poll:
    poll = Poll(**_poll_values(run, feed, look, at))
    session.add(poll)
    session.flush()
    return poll


def _poll_values(run: RunState, feed: Feed, look: Look, at: datetime) -> dict[str, Any]:
    error = look.error
    return {
        "run_id": run.run_id,
        "feed_id": feed.id,
        "at": at,
        "outcome": look.outcome.value,
        "http_status": look.http_status,
        "error_class": error.error_class.value if error else None,
        "error": str(error)[:500] if error else "",
        "seconds": round(look.seconds, 3),
        "conditional": look.conditional,
        "window_full": look.window_full,
        "gap": look.missed is not None and feed.state.looked_at is not None,
        "also_read": ", ".join(look.also_read)[:200],
        "fault": " ".join(dict.fromkeys(_oddities(look)))[:500],
        "moved_to": look.moved_to,
    }


def _oddities(look: Look) -> Iterator[str]:
    if look.warning:
        yield look.warning
    yield from (document.fault for document in look.documents if document.fault)


def _count(poll: Poll, keeping: Keeping, look: Look) -> None:
    poll.entries = len(look.primary.entries) if look.primary else 0
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
        if touched and matcher.roster.enrollees:  # the first students' import matches what came before
            people |= link_comments(session, matcher, touched).enrollment_ids
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


def _last_look_before(feed: Feed, look: Look, document: Document, at: datetime) -> datetime | None:
    """The last look that would have shown what this document shows. A page or a post's feed that
    was read beside the feed itself was not read every night, so nothing can be said of it; nor of
    a look that lies ahead, which a clock that was wrong left behind."""
    is_further_page = platform_of(document.platform).has_paged_feeds and document.source is Source.ATOM
    looked_at = None
    if document is look.primary or document.kind is FeedKind.POSTS or is_further_page:
        looked_at = feed.state.looked_at
    elif document.source is Source.REST and feed.kind == FeedKind.COMMENTS:
        looked_at = feed.state.rest_looked_at
    return looked_at if looked_at is not None and looked_at < at else None


def _report(feed: Feed, poll: Poll) -> PollReport:
    return PollReport(
        url=feed.url,
        blog=feed.blog.title or feed.blog.home_url,
        outcome=poll.outcome,
        moved_to=poll.moved_to,
        http_status=poll.http_status,
        error_class=poll.error_class,
        error=poll.error,
        entries=poll.entries,
        stored=poll.stored,
        new=poll.new,
        edited=poll.edited,
        gap=poll.gap,
        seconds=poll.seconds,
    )
