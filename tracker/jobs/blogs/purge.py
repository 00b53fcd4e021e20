"""The owner of a blog asks for a comment's text to be removed: the words go, what they were worth stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.feeds.identity import clean_link
from tracker.jobs.audit import record
from tracker.jobs.polling.erasing import erase_texts
from tracker.jobs.transaction import write_transaction
from tracker.models import Blog, BlogAddress, Comment, CommentAlias
from tracker.text.addresses import blog_keys


@dataclass(frozen=True)
class PurgeReport:
    """`versions` texts were removed; 0 when they had been before."""

    comment_id: int
    permalink: str
    versions: int


def purge_comment(permalink: str, act: Act) -> PurgeReport:
    """Erase every text and raw copy that we keep of the comment at this address (PRODUCT S4), and
    what linkages quote of it.

    Its hash, its times, whom it was linked to and its verdicts stay: how many words it had is
    written down before. What its blog shows of it later is not kept either. Raises NotFoundError
    when no comment is known by the address, ConflictError when several are.
    """
    with write_transaction(preview=act.preview) as session:
        comment = _find(session, permalink)
        versions = erase_texts(session, _with_merged(session, comment.id), act.now)
        if versions:
            record(session, act, "purge-text", "comment", comment.id, after={"versions": versions})
        return PurgeReport(comment.id, comment.permalink, versions)


def _with_merged(session: Session, comment_id: int) -> list[int]:
    """The comment's row and those that proved to be the same comment: each keeps its own texts."""
    found = [comment_id]
    for one in found:
        found += session.scalars(select(Comment.id).where(Comment.merged_into_id == one))
    return found


def _find(session: Session, address: str) -> Comment:
    """The one comment that goes by this address or, written in digits, has this number of ours."""
    found = _named(session, address)
    if not found:
        raise NotFoundError(
            "We have no comment with this address. Paste the comment’s own link, which ends in #comment-…"
        )
    if len(found) > 1:
        raise ConflictError(
            "Several comments have this address. Enter the number of the one you mean instead: "
            + "; ".join(f"{one.id} is by {one.author or 'an unnamed writer'}, {_when(one)}" for one in found)
            + "."
        )
    return found[0]


def _when(comment: Comment) -> str:
    if comment.posted_at is None:
        return f"first seen {comment.first_seen_at:%Y-%m-%d %H:%M} UTC"
    return f"posted {comment.posted_at:%Y-%m-%d %H:%M} UTC"


def _named(session: Session, address: str) -> Sequence[Comment]:
    held = select(Comment).where(Comment.merged_into_id.is_(None)).order_by(Comment.id)
    if address.isascii() and address.isdigit():
        return session.scalars(held.where(Comment.id == int(address))).all()
    blogs = (
        select(Blog.id)
        .join(BlogAddress, BlogAddress.blog_id == Blog.id)
        .where(BlogAddress.key.in_(blog_keys(address)))
    )
    named = select(CommentAlias.comment_id).where(
        CommentAlias.blog_id.in_(blogs),
        CommentAlias.kind == "link",
        CommentAlias.key == clean_link(address),
    )
    return session.scalars(held.where(Comment.id.in_(named))).all()
