"""Which comment a receipt speaks of, once it is there.

Tested in tests/jobs/receipts/test_receipts.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.feeds.identity import clean_link, text_hash
from tracker.models import Comment, CommentVersion, Enrollment, Linkage, Post, Receipt
from tracker.queries.blogs.missing_comment import read_question
from tracker.text.addresses import post_key


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A comment of the student's that a receipt may speak of."""

    comment: Comment
    hash: str
    post_key: str


def settle_receipts(session: Session, course_id: int) -> int:
    """Find the comments that waiting receipts speak of; how many were found. Does not commit.

    A receipt is settled by a comment that was matched to the same student and that no other
    receipt has claimed: the one its link names, else one on the same post with the same text, with
    the same text elsewhere, or on the same post (unless the link names another comment there).
    """
    waiting = list(
        session.scalars(
            select(Receipt)
            .join(Enrollment, Enrollment.id == Receipt.enrollment_id)
            .where(Enrollment.course_id == course_id, Receipt.comment_id.is_(None))
            .order_by(Receipt.id)
        )
    )
    if not waiting:
        return 0
    candidates = _load_candidates(session, course_id, {receipt.enrollment_id for receipt in waiting})
    taken: set[int] = set()
    for fits in _FITS:
        for receipt in waiting:
            if receipt.comment_id is not None:
                continue
            for one in candidates.get(receipt.enrollment_id, ()):
                if one.comment.id not in taken and fits(receipt, one):
                    taken.add(one.comment.id)
                    receipt.comment_id, receipt.state, receipt.trouble = one.comment.id, "found", ""
                    receipt.post_id = receipt.post_id or one.comment.post_id
                    break
    session.flush()
    return len(taken)


def _load_candidates(
    session: Session, course_id: int, enrollment_ids: set[int]
) -> dict[int, list[_Candidate]]:
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
            Linkage.enrollment_id.in_(enrollment_ids),
            Comment.id.not_in(select(Receipt.comment_id).where(Receipt.comment_id.is_not(None))),
        )
        .order_by(Comment.id)
    )
    return grouped(
        (enrollment_id or 0, _Candidate(comment, hash_, post_key(url or comment.permalink)))
        for enrollment_id, comment, hash_, url in rows
    )


def _is_named(receipt: Receipt, one: _Candidate) -> bool:
    question = read_question(receipt.url)
    if not question.names_comment or receipt.blog_id != one.comment.blog_id:
        return False
    if question.number and one.comment.native_number:
        return question.number == one.comment.native_number
    anchor = clean_link(receipt.url).partition("#")[2]
    return bool(anchor) and clean_link(receipt.url) == clean_link(one.comment.permalink)


def _is_on_its_post(receipt: Receipt, one: _Candidate) -> bool:
    by_row = receipt.post_id is not None and receipt.post_id == one.comment.post_id
    return by_row or (bool(receipt.post_key) and receipt.post_key == one.post_key)


def _has_its_text(receipt: Receipt, one: _Candidate) -> bool:
    return one.hash == text_hash(receipt.text)


def _names_another(receipt: Receipt, one: _Candidate) -> bool:
    number = read_question(receipt.url).number
    return bool(number and one.comment.native_number and number != one.comment.native_number)


_FITS: tuple[Callable[[Receipt, _Candidate], bool], ...] = (
    _is_named,
    lambda receipt, one: _is_on_its_post(receipt, one) and _has_its_text(receipt, one),
    _has_its_text,
    lambda receipt, one: _is_on_its_post(receipt, one) and not _names_another(receipt, one),
)
"""What ties a receipt to a comment, the surest first."""
