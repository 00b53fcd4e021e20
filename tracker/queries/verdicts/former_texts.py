"""What comments and posts said before they were edited, and when each edit was made.

Tested in tests/jobs/verdicts/test_edits.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.grade import EditTimes
from tracker.domain.grouping import grouped
from tracker.models import Comment, CommentVersion, PostVersion
from tracker.queries.coursework import batches


@dataclass(frozen=True, slots=True)
class FormerText:
    """A text that an item had, up to the edit that replaced it."""

    html: str
    edit: EditTimes
    title: str = ""
    labels: tuple[str, ...] = ()


def load_former_comments(session: Session, comment_ids: Collection[int]) -> dict[int, list[FormerText]]:
    """By comment, its earlier texts, the oldest first; none of one whose text was erased.

    Forms of one comment differ in markup, so only the form that shows it now tells of edits. What stood in
    place of a text that was hidden is none of them.
    """
    rows = [
        row
        for ids in batches(sorted(comment_ids))
        for row in session.execute(
            select(
                CommentVersion.comment_id,
                CommentVersion.n,
                CommentVersion.source,
                CommentVersion.text,
                CommentVersion.replaces_shown_at,
                CommentVersion.edited_at,
                CommentVersion.seen_at,
                CommentVersion.placeholder,
                Comment.current_version,
            )
            .join(Comment, Comment.id == CommentVersion.comment_id)
            .where(CommentVersion.comment_id.in_(ids))
            .order_by(CommentVersion.comment_id, CommentVersion.n)
        )
    ]
    found: dict[int, list[FormerText]] = {}
    for comment_id, versions in grouped((row.comment_id, row) for row in rows).items():
        shown = next((row.source for row in versions if row.n == row.current_version), None)
        of_form = [row for row in versions if row.source == shown and not row.placeholder]
        found[comment_id] = [
            FormerText(before.text, EditTimes(row.edited_at, row.replaces_shown_at, row.seen_at))
            for before, row in pairwise(of_form)
            if row.replaces_shown_at is not None and before.text is not None and row.n <= row.current_version
        ]
    return {comment_id: texts for comment_id, texts in found.items() if texts}


def load_former_posts(session: Session, post_ids: Collection[int]) -> dict[int, list[FormerText]]:
    """By post, what it held earlier, the oldest first."""
    rows = [
        row
        for ids in batches(sorted(post_ids))
        for row in session.scalars(
            select(PostVersion)
            .where(PostVersion.post_id.in_(ids))
            .order_by(PostVersion.post_id, PostVersion.n)
        )
    ]
    return {
        post_id: [
            FormerText(
                row.html, EditTimes(row.edited_at, row.shown_at, row.seen_at), row.title, tuple(row.labels)
            )
            for row in former
        ]
        for post_id, former in grouped((row.post_id, row) for row in rows).items()
    }
