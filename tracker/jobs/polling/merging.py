"""Two rows prove to be one thing: comments, posts, blogs. The one stays, all that hangs on the other
moves to it; nothing that was seen or decided is lost.

Tested in tests/reliability/test_moves.py.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.feed import AliasKey
from tracker.domain.grouping import grouped
from tracker.feeds.sameness import Traits, is_same_comment, own_guids, same_time
from tracker.jobs.polling.erasing import erase_texts, erased_at
from tracker.models import (
    Allocation,
    Blog,
    BlogAddress,
    Comment,
    CommentAlias,
    CommentJoin,
    CommentVersion,
    Disposition,
    Feed,
    Handle,
    Linkage,
    LinkageDecision,
    Post,
    PostAlias,
    Receipt,
    RequirementVerdict,
    Subscription,
)

OfBlog = TypeVar("OfBlog", BlogAddress, Subscription, Allocation)


def merge_comments(session: Session, keep: Comment, lose: Comment) -> None:
    """Move to `keep` what is known and was decided of `lose`; both stay rows. A text that was erased
    for the blog's owner stays erased, whichever of them showed it."""
    session.flush()
    if (purged_at := erased_at(session, (keep.id, lose.id))) is not None:
        erase_texts(session, (keep.id, lose.id), purged_at)
    for column in (
        Disposition.comment_id,
        LinkageDecision.comment_id,
        CommentJoin.comment_id,
        CommentJoin.with_comment_id,
        Receipt.comment_id,
        RequirementVerdict.comment_id,
    ):
        _move(session, column, lose.id, keep.id)
    for linkage in session.scalars(select(Linkage).where(Linkage.comment_id == lose.id)):
        session.delete(linkage)
    _move_aliases(session, lose, keep)
    lose.merged_into_id = keep.id
    _take_earlier_sight(keep, lose)
    keep.post_id = keep.post_id or lose.post_id
    session.flush()


def _move_aliases(session: Session, lose: Comment, keep: Comment) -> None:
    rows = session.execute(
        select(CommentAlias.kind, CommentAlias.key).where(CommentAlias.comment_id == keep.id)
    )
    known = {(row.kind, row.key) for row in rows}
    for alias in session.scalars(select(CommentAlias).where(CommentAlias.comment_id == lose.id)).all():
        if (alias.kind, alias.key) in known:
            session.delete(alias)
        else:
            alias.comment_id, alias.blog_id = keep.id, keep.blog_id
    session.flush()


def merge_posts(session: Session, keep: Post, lose: Post) -> None:
    """Move to `keep` the names, comments, feeds, receipts and verdicts of `lose`."""
    session.flush()
    for column in (
        PostAlias.post_id,
        Comment.post_id,
        Feed.post_id,
        Receipt.post_id,
        RequirementVerdict.post_id,
    ):
        _move(session, column, lose.id, keep.id)
    lose.merged_into_id = keep.id
    _take_earlier_sight(keep, lose)


def _take_earlier_sight(keep: Comment | Post, lose: Comment | Post) -> None:
    if lose.first_seen_at < keep.first_seen_at:
        keep.first_seen_at, keep.last_check_before = lose.first_seen_at, lose.last_check_before
        keep.first_seen_poll_id = lose.first_seen_poll_id


def merge_blogs(session: Session, keep: Blog, lose: Blog, at: datetime) -> None:
    """A blog has moved onto one that is known already: one blog from now on, with the comments,
    posts, courses, allocations and addresses of both."""
    session.flush()
    _merge_posts_of(session, keep, lose)
    _merge_comments_of(session, keep, lose)
    for column in (Receipt.blog_id, Handle.blog_id, Feed.blog_id):
        _move(session, column, lose.id, keep.id)
    _move_addresses(session, keep, lose, at)
    _move_subscriptions(session, keep, lose, at)
    _move_allocations(session, keep, lose)
    lose.merged_into_id = keep.id
    keep.opted_out_at = keep.opted_out_at or lose.opted_out_at
    keep.placeholders = list(dict.fromkeys((*keep.placeholders, *lose.placeholders)))
    keep.owner_names = list(dict.fromkeys((*keep.owner_names, *lose.owner_names)))
    session.flush()
    session.expire_all()


def _merge_posts_of(session: Session, keep: Blog, lose: Blog) -> None:
    posts = {post.id: post for post in session.scalars(select(Post).where(Post.blog_id == keep.id))}
    names = {
        (alias.kind, alias.key): posts[alias.post_id]
        for alias in session.scalars(select(PostAlias).where(PostAlias.blog_id == keep.id))
    }
    identities = {post.identity for post in posts.values()}
    held = session.scalars(select(PostAlias).where(PostAlias.blog_id == lose.id))
    aliases = grouped((alias.post_id, alias) for alias in held)
    for post in session.scalars(select(Post).where(Post.blog_id == lose.id, Post.merged_into_id.is_(None))):
        own = aliases.get(post.id, ())
        named = [names[a.kind, a.key] for a in own if (a.kind, a.key) in names]
        same = next((one for one in named if _may_be_one_post(one, post)), None)
        for alias in own:
            if (alias.kind, alias.key) in names:
                session.delete(alias)
            else:
                alias.blog_id = keep.id
        session.flush()
        if same is not None:
            merge_posts(session, same, post)
            continue
        if post.identity in identities:  # a number or path that both blogs gave to a post
            post.identity = f"moved:{post.id}"
        identities.add(post.identity)
        post.blog_id = keep.id
    session.flush()


def _may_be_one_post(one: Post, other: Post) -> bool:
    """Posts of two blogs that share a number or a path: one that nothing but comments named says
    nothing against it; else time, or title and text, must agree, too."""
    if one.is_stub or other.is_stub:
        return not (one.title and other.title) or one.title == other.title
    if one.native_number and other.native_number and one.native_number != other.native_number:
        return False
    return same_time(one.stated_time(), other.stated_time()) is True or one.hash == other.hash


def _merge_comments_of(session: Session, keep: Blog, lose: Blog) -> None:
    known: dict[AliasKey, list[Comment]] = defaultdict(list)
    rows = session.execute(
        select(CommentAlias.kind, CommentAlias.key, Comment)
        .join(Comment, Comment.id == CommentAlias.comment_id)
        .where(CommentAlias.blog_id == keep.id, Comment.merged_into_id.is_(None))
        .order_by(CommentAlias.id)
    )
    for kind, key, comment in rows:
        known[AliasKey(kind, key)].append(comment)
    identities = set(session.scalars(select(Comment.identity).where(Comment.blog_id == keep.id)))
    for comment in session.scalars(
        select(Comment).where(Comment.blog_id == lose.id, Comment.merged_into_id.is_(None))
    ).all():
        aliases = _aliases_of(session, comment)
        named = [one for alias in aliases for one in known[AliasKey(alias.kind, alias.key)]]
        same = next((one for one in named if _may_be_same(session, one, comment)), None)
        if same is not None:
            merge_comments(session, same, comment)
            continue
        if comment.identity in identities:
            texts = [f"text:{alias.key}" for alias in aliases if alias.kind == "text"]
            comment.identity = next((one for one in texts if one not in identities), f"moved:{comment.id}")
        identities.add(comment.identity)
        comment.blog_id = keep.id
        for alias in aliases:
            name = AliasKey(alias.kind, alias.key)
            alias.blog_id = keep.id
            alias.ambiguous = alias.ambiguous or bool(known[name])
            for holder in known[name]:
                _mark_ambiguous(session, holder, name)
            known[name].append(comment)
    session.flush()


def _aliases_of(session: Session, comment: Comment) -> list[CommentAlias]:
    rows = select(CommentAlias).where(CommentAlias.comment_id == comment.id).order_by(CommentAlias.id)
    return list(session.scalars(rows))


def _mark_ambiguous(session: Session, comment: Comment, key: AliasKey) -> None:
    for alias in _aliases_of(session, comment):
        if (alias.kind, alias.key) == (key.kind, key.key):
            alias.ambiguous = True


def _may_be_same(session: Session, one: Comment, other: Comment) -> bool:
    """Comments of two blogs that share an id, which may well be a number or a path."""
    numbers = {one.native_number, other.native_number} - {None}
    return len(numbers) < 2 and is_same_comment(traits_of_row(session, one), traits_of_row(session, other))


def traits_of_row(session: Session, comment: Comment) -> Traits:
    hashes = session.scalars(
        select(CommentVersion.hash).where(
            CommentVersion.comment_id == comment.id, CommentVersion.placeholder == ""
        )
    )
    keys = [AliasKey(alias.kind, alias.key) for alias in _aliases_of(session, comment)]
    return Traits(comment.author, comment.stated_time(), frozenset(hashes), own_guids(keys))


def _move_addresses(session: Session, keep: Blog, lose: Blog, at: datetime) -> None:
    for address, other in _paired(session, BlogAddress, keep, lose, ("key",)):
        if other is not None:
            session.delete(address)
        else:
            address.blog_id = keep.id
            address.valid_to = address.valid_to or at
    session.flush()


def _move_subscriptions(session: Session, keep: Blog, lose: Blog, at: datetime) -> None:
    for row, other in _paired(session, Subscription, keep, lose, ("course_id", "role")):
        if other is None:
            row.blog_id = keep.id
            continue
        if row.ended_at is None:
            other.ended_at = None
        row.ended_at = row.ended_at or at
    session.flush()


def _move_allocations(session: Session, keep: Blog, lose: Blog) -> None:
    """A student who had both blogs has one of them now, and keeps the first allocation."""
    for row, other in _paired(session, Allocation, keep, lose, ("assignment_id", "enrollment_id")):
        if other is None:
            row.blog_id = keep.id
        elif row.replaced_by_id is None:
            row.replaced_by_id = other.id
    session.flush()


def _paired(
    session: Session, model: type[OfBlog], keep: Blog, lose: Blog, columns: tuple[str, ...]
) -> list[tuple[OfBlog, OfBlog | None]]:
    """What hangs on the blog that goes, each with what is the same by these columns on the one that stays."""
    same = attrgetter(*columns)
    known = {same(row): row for row in session.scalars(select(model).where(model.blog_id == keep.id))}
    return [
        (row, known.get(same(row))) for row in session.scalars(select(model).where(model.blog_id == lose.id))
    ]


def _move(session: Session, column: InstrumentedAttribute[Any], lose: int, keep: int) -> None:
    session.execute(
        update(column.class_).where(column == lose).values({column.key: keep}),
        execution_options={"synchronize_session": "fetch"},
    )
