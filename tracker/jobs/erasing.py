"""What a text's removal takes away: the copies of it, and what linkages quote of it. Verdicts stay."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import Comment, CommentVersion, Linkage
from tracker.text.cleaning import clean, count_words

_QUOTING = frozenset({"text", "tail"})
"""Places of evidence that lie in the text (`where` of `domain.linkage.Evidence`)."""

_ERASED = "Something in the text, which was erased because the owner of the blog asked for it"


def erase_texts(session: Session, comment_ids: Collection[int], at: datetime) -> int:
    """Erase what we keep of these comments' texts; how many versions that were not erased before."""
    versions = session.scalars(
        select(CommentVersion).where(
            CommentVersion.comment_id.in_(comment_ids), CommentVersion.purged_at.is_(None)
        )
    ).all()
    for version in versions:
        version.words = words_of(version.text or "")
        version.text = version.raw = None
        version.purged_at = at
    for comment in session.scalars(select(Comment).where(Comment.id.in_(comment_ids))):
        comment.title = ""
    for linkage in session.scalars(select(Linkage).where(Linkage.comment_id.in_(comment_ids))):
        linkage.candidates = [_without_quotes(candidate) for candidate in linkage.candidates]
    return len(versions)


def erased_at(session: Session, comment_ids: Collection[int]) -> datetime | None:
    """When a text of these comments was first erased; None: never."""
    return session.scalar(
        select(func.min(CommentVersion.purged_at)).where(CommentVersion.comment_id.in_(comment_ids))
    )


def words_of(html: str) -> int:
    """How many words of the writer's own a text has."""
    return count_words(clean(html).words_text)


def _without_quotes(candidate: dict[str, Any]) -> dict[str, Any]:
    evidence = [
        {**piece, "seen": "", "says": _ERASED} if piece["where"] in _QUOTING else piece
        for piece in candidate["evidence"]
    ]
    return {**candidate, "evidence": evidence}
