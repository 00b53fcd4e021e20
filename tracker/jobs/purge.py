"""The owner of a blog asks for a comment's text to be removed: the words go, what they were worth stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFoundError
from tracker.feeds.identity import clean_link
from tracker.jobs.audit import record
from tracker.jobs.transaction import write_transaction
from tracker.models import Blog, BlogAddress, Comment, CommentAlias, CommentVersion
from tracker.text.addresses import blog_keys
from tracker.text.cleaning import clean, count_words


@dataclass(frozen=True)
class PurgeReport:
    """`versions` texts were removed; 0 when they had been before."""

    comment_id: int
    permalink: str
    versions: int


def purge_comment(
    permalink: str, *, now: datetime, by: int | None = None, dry_run: bool = False
) -> PurgeReport:
    """Erase every text and raw copy that we keep of the comment at this address (PRODUCT S4).

    Its hash, its times, whom it was linked to and its verdicts stay: how many words it had is
    written down before. Raises NotFoundError when no comment is known by the address.
    """
    with write_transaction(dry_run=dry_run) as session:
        comment = _find(session, permalink)
        versions = session.scalars(
            select(CommentVersion).where(
                CommentVersion.comment_id == comment.id, CommentVersion.purged_at.is_(None)
            )
        ).all()
        for version in versions:
            version.words = count_words(clean(version.text or "").words_text)
            version.text = version.raw = None
            version.purged_at = now
        comment.title = ""
        if versions:
            record(
                session,
                actor=by,
                course_id=None,
                subject_type="comment",
                subject_id=comment.id,
                action="purge-text",
                now=now,
                after={"versions": len(versions)},
            )
        return PurgeReport(comment.id, comment.permalink, len(versions))


def _find(session: Session, permalink: str) -> Comment:
    blogs = (
        select(Blog.id)
        .join(BlogAddress, BlogAddress.blog_id == Blog.id)
        .where(BlogAddress.key.in_(blog_keys(permalink)))
    )
    found = session.scalars(
        select(Comment)
        .join(CommentAlias, CommentAlias.comment_id == Comment.id)
        .where(
            CommentAlias.blog_id.in_(blogs),
            CommentAlias.kind == "link",
            CommentAlias.key == clean_link(permalink),
            CommentAlias.ambiguous.is_(False),
            Comment.merged_into_id.is_(None),
        )
    ).first()
    if found is None:
        raise NotFoundError(
            "No comment is known by this address; paste its own link, with #comment-… at the end."
        )
    return found
