"""When and how a comment came to us: the check that first showed it, its times, its versions.

Tested in tests/queries/review/test_how_matched.py.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.arrival import Arrival, Version
from tracker.domain.feed import FeedKind
from tracker.domain.locale import CourseLocale
from tracker.models import Comment, CommentVersion, Feed, Poll, Run
from tracker.wording.arrival import FORMS, TRIGGERS, WAYS, say_stated


def load_arrival(session: Session, comment: Comment, locale: CourseLocale) -> Arrival:
    """Three questions."""
    check = session.execute(
        select(Poll.at, Feed.kind, Run.trigger)
        .join(Feed, Feed.id == Poll.feed_id)
        .join(Run, Run.id == Poll.run_id)
        .where(Poll.id == comment.first_seen_poll_id)
    ).one_or_none()
    versions = session.execute(
        select(
            CommentVersion.n,
            CommentVersion.seen_at,
            CommentVersion.source,
            CommentVersion.purged_at,
            CommentVersion.is_cut,
            CommentVersion.placeholder,
        )
        .where(CommentVersion.comment_id == comment.id)
        .order_by(CommentVersion.n)
    )
    others = session.scalar(select(func.count()).where(Comment.merged_into_id == comment.id))
    return Arrival(
        posted=say_stated(comment.posted_at, comment.posted_raw, comment.posted_basis, locale),
        first_seen_at=comment.first_seen_at,
        way=WAYS[FeedKind(check.kind)] if check else "",
        trigger=TRIGGERS.get(check.trigger, "a check") if check else "",
        last_check_before=comment.last_check_before,
        edited_at=comment.edited_at,
        missed_at=comment.missed_at,
        gone_since=comment.gone_since,
        other_ids=others or 0,
        versions=tuple(
            Version(
                row.n,
                row.seen_at,
                FORMS.get(row.source, row.source),
                row.purged_at is not None,
                row.is_cut,
                bool(row.placeholder),
            )
            for row in versions
        ),
        is_hidden=bool(comment.placeholder),
    )
