"""Comments that a whole reading of their place did not show: missed once, gone the second time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.feed import DispositionKind, EntryKind, Placeholder
from tracker.domain.known import Coverage
from tracker.feeds.comment_services import service_of_feed
from tracker.jobs.polling.store_context import Keeping, batches, posts_named
from tracker.models import Comment, CommentAlias, Feed, Poll

APART = timedelta(hours=1)
"""Two polls of one evening may meet the same broken cache; the second must be so much later."""

_WHOLE_POST = tuple(one.value for one in (Placeholder.PASSWORD, Placeholder.WALL, Placeholder.REPEATED))
"""What stands in place of one comment of a post for all of them: other forms leave them out altogether."""

SINCE_MARGIN = timedelta(days=1)
"""A bound on stated times is the blog's to read, in its own clock: comments near it prove nothing."""


def note_absences(keeping: Keeping, coverages: Sequence[Coverage]) -> None:
    """Mark what we hold of these places and they did not show (PRODUCT S4).

    Leaving a feed's window is no absence, so only places that were read whole count. The first
    absence is written down, the second makes the comment gone since the first. What was credited
    stays: nothing is removed.
    """
    others = _first_shown_elsewhere(keeping) if coverages else frozenset()
    for coverage in coverages:
        shown = _ids_of(keeping.session, keeping.blog_id, coverage.keys)
        if _lies_elsewhere(keeping, coverage, shown):
            continue
        for comment in _held(keeping, coverage):
            if comment.id in shown or comment.id in others or comment.first_seen_at >= keeping.at:
                continue
            if comment.missed_at is None:
                comment.missed_at = keeping.at
                keeping.unsure = True
                keeping.dispose(DispositionKind.EDITED, comment.identity, "missing", comment.id)
            elif comment.gone_since is None and keeping.at - comment.missed_at >= APART:
                comment.gone_since = comment.missed_at
                keeping.edited.append(comment.id)
                keeping.touched_ids.add(comment.id)
                keeping.dispose(DispositionKind.EDITED, comment.identity, "gone", comment.id)
    keeping.session.flush()


def _first_shown_elsewhere(keeping: Keeping) -> frozenset[int]:
    """The comments of this blog that another program keeps than the one that was read: they are none of
    those it would show."""
    feeds = keeping.session.execute(select(Feed.id, Feed.url).where(Feed.blog_id == keeping.blog_id)).all()
    here = next((service_of_feed(url) for feed_id, url in feeds if feed_id == keeping.feed_id), None)
    other = [feed_id for feed_id, url in feeds if service_of_feed(url) is not here]
    if not other:
        return frozenset()
    ids = keeping.session.scalars(
        select(Comment.id)
        .join(Poll, Poll.id == Comment.first_seen_poll_id)
        .where(Comment.blog_id == keeping.blog_id, Poll.feed_id.in_(other))
    )
    return frozenset(ids)


def _held(keeping: Keeping, coverage: Coverage) -> Sequence[Comment]:
    """The comments that this place would show if they were still there."""
    behind_wall = select(Comment.post_id).where(
        Comment.blog_id == keeping.blog_id,
        Comment.placeholder.in_(_WHOLE_POST),
        Comment.post_id.is_not(None),
    )
    wanted = select(Comment).where(
        Comment.placeholder.not_in(_WHOLE_POST),
        or_(Comment.post_id.is_(None), Comment.post_id.not_in(behind_wall)),
        Comment.blog_id == keeping.blog_id,
        Comment.merged_into_id.is_(None),
        Comment.gone_since.is_(None),
    )
    if not coverage.has_pingbacks:
        wanted = wanted.where(Comment.kind == EntryKind.COMMENT.value)
    if coverage.post_keys:
        posts = posts_named(keeping.session, keeping.blog_id, coverage.post_keys)
        wanted = wanted.where(Comment.post_id.in_(posts))
    if coverage.since is not None:
        wanted = wanted.where(Comment.posted_at >= coverage.since + SINCE_MARGIN)
    return keeping.session.scalars(wanted.order_by(Comment.id)).all()


def _lies_elsewhere(keeping: Keeping, coverage: Coverage, shown: set[int]) -> bool:
    """Whether all that was shown lies on other posts: the page was one that this post's address
    leads to now, and says nothing of its comments."""
    if not coverage.post_keys or not shown:
        return False
    posts = posts_named(keeping.session, keeping.blog_id, coverage.post_keys)
    found: set[int | None] = set()
    for batch in batches(sorted(shown)):
        found.update(keeping.session.scalars(select(Comment.post_id).where(Comment.id.in_(batch))))
    return None not in found and posts.isdisjoint(found)


def _ids_of(session: Session, blog_id: int, keys: frozenset[str]) -> set[int]:
    """The comments that these ids name. A number, guid or link of several comments names none of
    them; what each says does, for of twins that nothing else tells apart all are shown."""
    wanted = {(kind, key[:600]) for kind, _, key in (name.partition(":") for name in keys)}
    found: set[int] = set()
    for batch in batches(sorted({key for _, key in wanted})):
        rows = session.execute(
            select(CommentAlias.comment_id, CommentAlias.kind, CommentAlias.key).where(
                CommentAlias.blog_id == blog_id,
                CommentAlias.key.in_(batch),
                or_(CommentAlias.ambiguous.is_(False), CommentAlias.kind == "text"),
            )
        )
        found.update(comment_id for comment_id, kind, key in rows if (kind, key) in wanted)
    return found
