"""Receipts: a student's own record of a comment just made, until the comment is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import TrackerError
from tracker.feeds.identity import post_keys, text_hash
from tracker.feeds.target import Checked
from tracker.jobs.grading import store_verdicts
from tracker.jobs.transaction import write_transaction
from tracker.models import (
    BlogAddress,
    Comment,
    CommentVersion,
    Enrollment,
    Linkage,
    Post,
    PostAlias,
    Receipt,
    Subscription,
)
from tracker.text.addresses import blog_keys, post_key

TEXT_LIMIT = 20_000


@dataclass(frozen=True)
class ReceiptReport:
    """`blog_id` None: the address lies on no blog that the course follows."""

    receipt_id: int
    blog_id: int | None
    saved_at: datetime


def save_receipt(
    enrollment_id: int, url: str, text: str, *, now: datetime, assignment_id: int | None = None
) -> ReceiptReport:
    """Keep link and text of a comment as of `now`, and regrade the student.

    The same link and text saved again gives back the first receipt: its time is the earlier one.
    """
    url = drop_moderation_hash(url.strip())
    if not url.lower().startswith(("http://", "https://")):
        raise TrackerError("Paste the address of the post, as it stands in your browser's address bar.")
    if not text.strip():
        raise TrackerError("Paste the text of your comment too; it is how we will recognise it.")
    with write_transaction() as session:
        enrollment = session.get_one(Enrollment, enrollment_id)
        known = session.scalars(
            select(Receipt).where(
                Receipt.enrollment_id == enrollment_id, Receipt.url == url, Receipt.text == text[:TEXT_LIMIT]
            )
        ).first()
        receipt = known or _add(session, enrollment, url, text, now, assignment_id)
        settle_receipts(session, enrollment.course_id)
        store_verdicts(session, enrollment.course_id, now, enrollment_ids={enrollment_id})
        return ReceiptReport(receipt.id, receipt.blog_id, receipt.saved_at)


def drop_moderation_hash(url: str) -> str:
    """WordPress shows a commenter whose comment is held `…?unapproved=N&moderation-hash=…#comment-N`;
    the number is worth keeping, the hash is a secret. What is no address stays as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(part for part in parts.query.split("&") if not part.startswith("moderation-hash="))
    return urlunsplit(parts._replace(query=kept))


def _add(
    session: Session, enrollment: Enrollment, url: str, text: str, now: datetime, assignment_id: int | None
) -> Receipt:
    blog_id = session.scalars(
        select(BlogAddress.blog_id)
        .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
        .where(Subscription.course_id == enrollment.course_id, BlogAddress.key.in_(blog_keys(url)))
        .order_by(func.length(BlogAddress.key).desc())
    ).first()
    receipt = Receipt(
        enrollment_id=enrollment.id,
        assignment_id=assignment_id,
        url=url,
        blog_id=blog_id,
        post_id=_find_post(session, blog_id, url) if blog_id else None,
        post_key=post_key(url),
        text=text[:TEXT_LIMIT],
        saved_at=now,
    )
    session.add(receipt)
    session.flush()
    return receipt


def _find_post(session: Session, blog_id: int, url: str) -> int | None:
    keys = post_keys(url.split("#", maxsplit=1)[0])
    if not keys:
        return None
    return session.scalars(
        select(PostAlias.post_id).where(
            PostAlias.blog_id == blog_id, PostAlias.key.in_([key.key for key in keys])
        )
    ).first()


def note_checks(session: Session, blog_id: int, checked: Sequence[Checked]) -> None:
    """Write on waiting receipts whether their post could be read, and why not."""
    for check in checked:
        for receipt in session.scalars(
            select(Receipt).where(
                Receipt.blog_id == blog_id,
                Receipt.comment_id.is_(None),
                Receipt.post_key == post_key(check.url),
            )
        ):
            receipt.state = "unreadable" if check.trouble else "waiting"
            receipt.trouble = check.trouble[:500]


def settle_receipts(session: Session, course_id: int) -> int:
    """Find the comments that waiting receipts speak of; how many were found. Does not commit.

    A receipt is settled by a comment that was matched to the same student, on the same post or
    with the same text, and that no other receipt has claimed.
    """
    waiting = session.scalars(
        select(Receipt)
        .join(Enrollment, Enrollment.id == Receipt.enrollment_id)
        .where(Enrollment.course_id == course_id, Receipt.comment_id.is_(None))
        .order_by(Receipt.id)
    ).all()
    if not waiting:
        return 0
    rows = session.execute(
        select(Linkage.enrollment_id, Comment, CommentVersion.hash, Post.url)
        .join(Comment, Comment.id == Linkage.comment_id)
        .join(
            CommentVersion,
            (CommentVersion.comment_id == Comment.id) & (CommentVersion.n == Comment.current_version),
        )
        .outerjoin(Post, Post.id == Comment.post_id)
        .where(
            Linkage.course_id == course_id,
            Linkage.verdict == "accept",
            Linkage.enrollment_id.in_({receipt.enrollment_id for receipt in waiting}),
            Comment.id.not_in(select(Receipt.comment_id).where(Receipt.comment_id.is_not(None))),
        )
        .order_by(Comment.id)
    ).all()
    taken: set[int] = set()
    for receipt in waiting:
        for enrollment_id, comment, hash_, post_url in rows:
            same_post = post_key(post_url or comment.permalink) == receipt.post_key
            if enrollment_id != receipt.enrollment_id or comment.id in taken:
                continue
            if same_post or hash_ == text_hash(receipt.text):
                taken.add(comment.id)
                receipt.comment_id, receipt.state, receipt.trouble = comment.id, "found", ""
                receipt.post_id = receipt.post_id or comment.post_id
                break
    session.flush()
    return len(taken)
