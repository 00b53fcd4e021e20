"""Receipts: a student's own record of a comment just made, until the comment is found.

Which of them a run looks for is decided in `search`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import TrackerError
from tracker.domain.feed import FeedKind, PollOutcome
from tracker.domain.known import KnownPost
from tracker.feeds.identity import post_keys
from tracker.feeds.pasted import suggest
from tracker.feeds.poll_target import CheckedPost, PollResult
from tracker.feeds.receipt_links import page_of, settle_host
from tracker.grading.windows import opening_instant, parse_local
from tracker.jobs.audit import record
from tracker.jobs.receipts.find_comment import settle_receipts
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import (
    Blog,
    BlogAddress,
    Enrollment,
    FeedState,
    Poll,
    Post,
    PostAlias,
    Receipt,
    ReceiptCheck,
    Subscription,
)
from tracker.queries.blogs.missing_comment import read_question
from tracker.queries.polling import known_items
from tracker.text.addresses import post_key

TEXT_LIMIT = 20_000
LINK_LIMIT = 2000
NOT_A_LINK = "Paste the post’s address from your browser’s address bar."
SOON = timedelta(minutes=30)
"""A receipt asks for a poll of its blog, but not oftener than a busy blog is polled anyway."""


@dataclass(frozen=True)
class ReceiptReport:
    """`blog_id` None: the address lies on no blog that the course follows. `names_post` is False for
    the address of the blog as a whole, where no comment can be looked for."""

    receipt_id: int
    blog_id: int | None
    saved_at: datetime
    names_post: bool = True


def read_made(text: str, zone: ZoneInfo) -> datetime | None:
    """An instant as a form gives it, in course time; None for "". A time that the clock shows twice
    is taken the first time. Raises TrackerError for what is no time."""
    if not text.strip():
        return None
    return opening_instant(parse_local(text, end_of_day=False), zone)


def save_receipt(
    enrollment_id: int,
    url: str,
    text: str,
    act: Act,
    *,
    assignment_id: int | None = None,
    by_staff: bool = False,
    made_at: datetime | None = None,
) -> ReceiptReport:
    """Keep link and text of a comment as of now, and regrade the student.

    The same link and text saved again gives back the first receipt: its time is the earlier one,
    unless staff, saving it for the student, say when the comment was made (`made_at`). TrackerError
    for what cannot be read.
    """
    question = read_question(url)
    link = question.url[:LINK_LIMIT]
    if not link:
        meant = suggest(url)
        raise TrackerError(f"{NOT_A_LINK} Did you mean this address? {meant}" if meant else NOT_A_LINK)
    if not text.strip():
        raise TrackerError("Paste the text of your comment too. We use it to find the comment.")
    if made_at is not None and made_at > act.now:
        raise TrackerError("That time is in the future. Enter when the comment was posted, in course time.")
    with write_transaction(preview=act.preview) as session:
        enrollment = session.get_one(Enrollment, enrollment_id)
        blog = _find_blog(session, enrollment.course_id, question.blog_keys)
        link = settle_host(link, blog.home_url) if blog is not None else link
        same = select(Receipt).filter_by(enrollment_id=enrollment_id, url=link, text=text[:TEXT_LIMIT])
        receipt = session.scalars(same.order_by(Receipt.id)).first()
        if receipt is None:
            receipt = Receipt(
                enrollment_id=enrollment_id,
                assignment_id=assignment_id,
                url=link,
                text=text[:TEXT_LIMIT],
                saved_at=act.now,
                by_staff=by_staff,
            )
            session.add(receipt)
        _place(session, receipt, blog, act.now)
        session.flush()
        if by_staff:
            _save_for(session, receipt, made_at, enrollment.course_id, act)
        settle_receipts(session, enrollment.course_id)
        store_verdicts(session, enrollment.course_id, act.now, enrollment_ids={enrollment_id})
        return ReceiptReport(receipt.id, receipt.blog_id, receipt.saved_at, not question.is_home)


def _save_for(session: Session, receipt: Receipt, made_at: datetime | None, course_id: int, act: Act) -> None:
    before = {"made_at": receipt.made_at.isoformat() if receipt.made_at else None}
    receipt.made_at = made_at or receipt.made_at
    after = {
        "enrollment_id": receipt.enrollment_id,
        "assignment_id": receipt.assignment_id,
        "blog_id": receipt.blog_id,
        "made_at": receipt.made_at.isoformat() if receipt.made_at else None,
    }
    record(
        session,
        act,
        "save-for-student",
        "receipt",
        receipt.id,
        course_id=course_id,
        before=before,
        after=after,
    )


def place_again(session: Session, course_id: int, receipts: Sequence[Receipt], now: datetime) -> None:
    """Find the blogs of receipts that lay on none the course followed then. Does not commit."""
    for receipt in receipts:
        blog = _find_blog(session, course_id, read_question(receipt.url).blog_keys)
        if blog is not None:
            _place(session, receipt, blog, now)


def _find_blog(session: Session, course_id: int, keys: Sequence[str]) -> Blog | None:
    """The blog of the course at the closest of these addresses."""
    return session.scalars(
        select(Blog)
        .join(BlogAddress, BlogAddress.blog_id == Blog.id)
        .join(Subscription, Subscription.blog_id == Blog.id)
        .where(Subscription.course_id == course_id, BlogAddress.key.in_(keys))
        .order_by(func.length(BlogAddress.key).desc(), BlogAddress.id)
    ).first()


def _place(session: Session, receipt: Receipt, blog: Blog | None, now: datetime) -> None:
    """Note which blog and post a receipt names, and have the blog polled soon for a new one."""
    page = page_of(receipt.url)
    receipt.post_key = post_key(page)[:600]
    if blog is None:
        return
    if receipt.blog_id != blog.id:
        _poll_soon(session, blog.id, now)
    receipt.blog_id = blog.id
    receipt.post_id = receipt.post_id or _find_post(session, blog.id, page)


def _poll_soon(session: Session, blog_id: int, now: datetime) -> None:
    """Bring the next poll of the blog forward, where it answers and has not asked us to wait."""
    feed_id = known_items.load_finders(session, {blog_id}).get(blog_id)
    state = session.get(FeedState, feed_id) if feed_id is not None else None
    if state is None or state.next_poll_at is None or state.failures:
        return
    last = session.execute(
        select(Poll.at, Poll.outcome).where(Poll.feed_id == feed_id).order_by(Poll.id.desc()).limit(1)
    ).first()
    if last is not None and last.outcome in (PollOutcome.OK, PollOutcome.NOT_MODIFIED):
        state.next_poll_at = min(state.next_poll_at, max(now, last.at + SOON))


def _find_post(session: Session, blog_id: int, page: str) -> int | None:
    keys = post_keys(page)
    if not keys:
        return None
    return session.scalars(
        select(PostAlias.post_id).where(
            PostAlias.blog_id == blog_id, PostAlias.key.in_([key.key for key in keys])
        )
    ).first()


def post_named_by(receipt: Receipt) -> KnownPost:
    """A post that we know from a receipt alone."""
    url = page_of(receipt.url)
    return KnownPost(url=url, keys=frozenset(f"{key.kind}:{key.key}" for key in post_keys(url)))


def check_of(receipt: Receipt) -> ReceiptCheck:
    """What is remembered of looking for it, begun if need be."""
    if receipt.check is None:
        receipt.check = ReceiptCheck(receipt_id=receipt.id)
    return receipt.check


def note_checks(session: Session, blog_id: int, result: PollResult, at: datetime) -> None:
    """Write on waiting receipts when their post was read, or why it could not be."""
    checked = list(result.checked)
    if result.target.kind is FeedKind.PAGE and result.outcome is not PollOutcome.SKIPPED:
        checked.append(CheckedPost(result.target.url, str(result.error or "")))
    if not checked:
        return
    troubles = {post_key(check.url): check.trouble for check in checked}
    rows = session.execute(
        select(Receipt, Post.url)
        .outerjoin(Post, Post.id == Receipt.post_id)
        .where(Receipt.blog_id == blog_id, Receipt.comment_id.is_(None), Receipt.state != "expired")
    )
    for receipt, url in rows:
        key = next((key for key in (receipt.post_key, post_key(url or "")) if key in troubles), None)
        if key is not None:
            receipt.state = "unreadable" if troubles[key] else "waiting"
            receipt.trouble = troubles[key][:500]
            check_of(receipt).checked_at = at
