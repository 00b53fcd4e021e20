"""The gaps in what blogs showed that are still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.domain.blog import OpenGap
from tracker.domain.feed import FeedKind
from tracker.models import Feed, Gap


def load_open_gaps(session: Session, blog_ids: Collection[int] | Select[int]) -> dict[int, list[OpenGap]]:
    """blog -> the gaps in its comments that are still open."""
    rows = session.execute(
        select(Feed.blog_id, Gap.after_at, Gap.before_at, Gap.expected)
        .join(Feed, Feed.id == Gap.feed_id)
        .where(
            Gap.closed_at.is_(None),
            or_(Feed.kind != FeedKind.POSTS.value, Gap.kind == "count"),
            Feed.blog_id.in_(blog_ids),
        )
        .order_by(Gap.id)
    )
    found: dict[int, list[OpenGap]] = defaultdict(list)
    for blog_id, after_at, before_at, expected in rows:
        found[blog_id].append(OpenGap(after_at, before_at, expected))
    return found
