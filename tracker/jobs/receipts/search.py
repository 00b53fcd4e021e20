"""Which receipts a run looks for: not all at every poll, and not those whose time is over.

A receipt's post is read in the first run after it was saved, then once a night and at the polls of
its blog's deadline evenings. Reading it is left to the poll of one feed of the blog.

Tested in tests/jobs/receipts/test_receipts.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.assignment import Window
from tracker.domain.errors import TrackerError
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.domain.grouping import grouped
from tracker.feeds.receipt_links import is_home, page_of
from tracker.feeds.schedule import next_poll_at
from tracker.grading.rules.document import terms_from_document
from tracker.jobs.receipts.receipts import check_of, place_again
from tracker.models import Allocation, Course, Enrollment, Feed, Receipt, RequirementException
from tracker.queries import coursework
from tracker.queries.polling import known_items
from tracker.queries.polling.poll_inputs import PolledFeed
from tracker.queries.polling.timetable import Timetable
from tracker.text.addresses import post_key

POSTS_PER_BLOG = 10
POSTS_PER_RUN = 200
"""A hundred and fifty receipts on one blog must not hold up a night; those read longest ago come first."""

KEPT_SEARCHING = timedelta(days=30)
"""How long a comment is looked for after its assignment was due, or after the term."""
WITHOUT_END = timedelta(days=180)
"""How long it is looked for after it was saved, where neither an assignment nor a term has an end."""

_NEVER = datetime.min.replace(tzinfo=UTC)


def plan_search(session: Session, due: Sequence[PolledFeed], now: datetime) -> None:
    """Mark the receipts whose posts this run reads: `sought_at` is then `now`. Does not commit.

    expire those whose time is over -> leave those whose blog is not polled, or not yet again
    -> within the budget, those that waited longest
    """
    open_ = _load_open(session)
    if not open_:
        return
    _place_again(session, open_, now)
    _expire(session, open_, now)
    waiting = [
        receipt
        for receipt, _ in open_
        if receipt.blog_id is not None and receipt.state != "expired" and not is_home(receipt.url)
    ]
    for page in _choose(session, waiting, {feed.feed_id for feed in due}, now):
        for receipt in page:
            check_of(receipt).sought_at = now
    session.flush()


def _load_open(session: Session) -> list[tuple[Receipt, Course]]:
    """The receipts without a comment, of students who are in a course that goes on."""
    rows = session.execute(
        select(Receipt, Course)
        .join(Enrollment, Enrollment.id == Receipt.enrollment_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Receipt.comment_id.is_(None), Enrollment.is_active, Course.archived_at.is_(None))
        .order_by(Receipt.id)
    )
    return [(receipt, course) for receipt, course in rows]


def _place_again(session: Session, open_: Sequence[tuple[Receipt, Course]], now: datetime) -> None:
    """The course may follow by now what it did not follow when a receipt was saved."""
    nowhere = grouped((course.id, receipt) for receipt, course in open_ if receipt.blog_id is None)
    for course_id, receipts in nowhere.items():
        place_again(session, course_id, receipts, now)


def _choose(
    session: Session, waiting: Sequence[Receipt], due: Collection[int], now: datetime
) -> list[list[Receipt]]:
    """The receipts of each post that is read in this run, post by post."""
    finders = known_items.load_finders(session, {receipt.blog_id or 0 for receipt in waiting})
    waiting = [receipt for receipt in waiting if finders.get(receipt.blog_id or 0) in due]
    if not waiting:
        return []
    own_feeds = _load_pages_with_feeds(session, {receipt.blog_id or 0 for receipt in waiting})
    timetable = Timetable.load(session, now)
    posts: dict[tuple[int, str], list[Receipt]] = defaultdict(list)
    for receipt in waiting:
        key = post_key(page_of(receipt.url))
        if (receipt.blog_id, key) not in own_feeds and _is_time(receipt, timetable, now):
            posts[receipt.blog_id or 0, key].append(receipt)
    chosen: list[list[Receipt]] = []
    of_blog: dict[int, int] = defaultdict(int)
    for (blog_id, _), receipts in sorted(posts.items(), key=lambda post: _waited(post[1])):
        if of_blog[blog_id] < POSTS_PER_BLOG and len(chosen) < POSTS_PER_RUN:
            of_blog[blog_id] += 1
            chosen.append(receipts)
    return chosen


def _waited(receipts: Iterable[Receipt]) -> tuple[datetime, int]:
    return min((_checked_at(receipt) or _NEVER, receipt.id) for receipt in receipts)


def _checked_at(receipt: Receipt) -> datetime | None:
    return receipt.check.checked_at if receipt.check is not None else None


def _load_pages_with_feeds(session: Session, blog_ids: Collection[int]) -> set[tuple[int, str]]:
    """(blog, post) of the pages that are feeds themselves, and so are read at polls of their own."""
    rows = session.execute(
        select(Feed.blog_id, Feed.url).where(
            Feed.blog_id.in_(blog_ids), Feed.kind == FeedKind.PAGE.value, Feed.ended_at.is_(None)
        )
    )
    return {(blog_id, post_key(url)) for blog_id, url in rows}


def _is_time(receipt: Receipt, timetable: Timetable, now: datetime) -> bool:
    """Whether a search for it is due. A check that lies ahead was noted by a clock that was wrong."""
    checked_at = _checked_at(receipt)
    if checked_at is None or checked_at > now:
        return True
    # Comments of the blog as a whole: what its own feed is polled for, but not its busyness.
    times = timetable.of(receipt.blog_id or 0, FeedKind.COMMENTS.value, is_of_one_post=False)
    return next_poll_at(checked_at, times, outcome=PollOutcome.OK) <= now


def _expire(session: Session, open_: Sequence[tuple[Receipt, Course]], now: datetime) -> None:
    """Say of each whether its time is over; an extension, or a term that lasts longer, reopens it."""
    rounds: dict[int, list[_CommentsDue]] = {}
    for receipt, course in open_:
        if course.id not in rounds:
            rounds[course.id] = _load_rounds(session, course.id)
        is_over = now > _last_poll(receipt, course, rounds[course.id])
        if is_over or receipt.state == "expired":
            receipt.state = "expired" if is_over else "waiting"


@dataclass(frozen=True, slots=True)
class _CommentsDue:
    """An assignment's window for comments, and by enrollment when it is due for one who has longer."""

    assignment_id: int
    window: Window
    own_due: Mapping[int, datetime]

    def due_for(self, enrollment_id: int) -> datetime:
        return max(self.window.due_at, self.own_due.get(enrollment_id, self.window.due_at))


def _load_rounds(session: Session, course_id: int) -> list[_CommentsDue]:
    rows = coursework.load_assignments(session, course_id)
    own: dict[int, dict[int, datetime]] = defaultdict(dict)
    ids = [row.id for row in rows]
    grants: list[RequirementException | Allocation] = [
        *coursework.load_exceptions(session, ids),
        *coursework.load_allocations(session, ids),
    ]
    for grant in grants:
        if grant.due_at is not None:
            given = own[grant.assignment_id]
            given[grant.enrollment_id] = max(grant.due_at, given.get(grant.enrollment_id, grant.due_at))
    found = []
    for row in rows:
        try:
            window = terms_from_document(row.document).comments_window
        except TrackerError:  # terms that cannot be read end nothing
            continue
        if window is not None:
            found.append(_CommentsDue(row.id, window, own[row.id]))
    return found


def _last_poll(receipt: Receipt, course: Course, rounds: Sequence[_CommentsDue]) -> datetime:
    """Until when a receipt's comment is looked for: by the assignment it was saved for or, without
    one, by those that were open when it was made; else by the end of the term."""
    at = receipt.counts_from
    who = receipt.enrollment_id
    if receipt.assignment_id is not None:
        meant = [one for one in rounds if one.assignment_id == receipt.assignment_id]
    else:
        meant = [one for one in rounds if (one.window.opens_at or at) <= at < one.due_for(who)]
    dues = [one.due_for(who) for one in meant]
    if dues:
        return max([*dues, at]) + KEPT_SEARCHING
    if course.term_end is not None:
        ended = datetime.combine(course.term_end, time(23, 59), tzinfo=course.zone)
        return max(ended.astimezone(UTC), at) + KEPT_SEARCHING
    return at + WITHOUT_END
