"""What is stored about a comment that staff ask about; a constant number of questions, no network.

Tested in tests/queries/blogs/test_missing_comment.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.feed import AliasKey, EntryKind, FeedKind
from tracker.domain.missing_comment import (
    BlogFacts,
    CommentFacts,
    Person,
    PostFacts,
    Question,
    ReceiptFacts,
    StoredFacts,
)
from tracker.feeds.platforms.registry import platform_of
from tracker.models import (
    Blog,
    BlogAddress,
    Comment,
    CommentAlias,
    CommentVersion,
    Enrollment,
    Feed,
    FeedState,
    Linkage,
    Poll,
    Post,
    PostAlias,
    Receipt,
    Subscription,
)
from tracker.queries.checks import load_followed_now
from tracker.queries.class_standing import in_sections
from tracker.queries.coursework import load_holding_blogs

Sections = Collection[int] | None
MOST_RECEIPTS = 5


def load_held(
    session: Session,
    course_id: int,
    question: Question,
    *,
    now: datetime,
    blog_id: int | None = None,
    section_ids: Sections = None,
) -> StoredFacts:
    """Everything stored about a question. `blog_id` is the blog on whose page it was asked: what
    names no blog (a bare number, an id) is looked for there. Students are named as far as the
    reader may see them (`section_ids`; None: all)."""
    blog = _find_blog(session, course_id, question, blog_id)
    if blog is None:
        return StoredFacts()
    comment = _find_comment(session, blog.id, question.comment_keys)
    post = _find_post(session, blog.id, question.post_keys)
    facts = _blog_facts(session, course_id, blog, question, now)
    return StoredFacts(
        blog=replace(facts, is_other=blog_id is not None and blog.id != blog_id),
        post=_post_facts(session, post) if post else None,
        comment=_comment_facts(session, course_id, comment, section_ids) if comment else None,
        receipts=tuple(_receipts(session, course_id, blog.id, question, post, section_ids)),
    )


def _find_blog(session: Session, course_id: int, question: Question, blog_id: int | None) -> Blog | None:
    """The blog of the course that the address lies on, the closest one first."""
    names: list[ColumnElement[bool]] = [BlogAddress.key.in_(question.blog_keys)]
    if question.platform_blog_id:
        names.append(Blog.platform_blog_id == question.platform_blog_id)
    if question.blog_keys or question.platform_blog_id:
        found = session.scalars(
            select(Blog)
            .join(Subscription, Subscription.blog_id == Blog.id)
            .outerjoin(BlogAddress, BlogAddress.blog_id == Blog.id)
            .where(Subscription.course_id == course_id, Blog.merged_into_id.is_(None), or_(*names))
            .order_by(Subscription.ended_at.is_not(None), func.length(BlogAddress.key).desc(), Blog.id)
            .limit(1)
        ).first()
        return found
    return session.get(Blog, blog_id) if blog_id is not None else None


def _find_comment(session: Session, blog_id: int, keys: Collection[AliasKey]) -> Comment | None:
    rows = session.execute(
        select(CommentAlias.kind, CommentAlias.key, Comment)
        .join(Comment, Comment.id == CommentAlias.comment_id)
        .where(
            CommentAlias.blog_id == blog_id,
            CommentAlias.key.in_([key.key for key in keys]),
            CommentAlias.ambiguous.is_(False),
            Comment.merged_into_id.is_(None),
        )
        .options(joinedload(Comment.post))
        .order_by(Comment.id.desc())
    )
    found = {AliasKey(kind, key): comment for kind, key, comment in rows}
    return next((found[key] for key in keys if key in found), None)


def _find_post(session: Session, blog_id: int, keys: Collection[AliasKey]) -> Post | None:
    rows = session.execute(
        select(PostAlias.kind, PostAlias.key, Post)
        .join(Post, Post.id == PostAlias.post_id)
        .where(PostAlias.blog_id == blog_id, PostAlias.key.in_([key.key for key in keys]))
        .order_by(Post.id.desc())
    )
    found = {AliasKey(kind, key): post for kind, key, post in rows}
    return next((found[key] for key in keys if key in found), None)


def _blog_facts(session: Session, course_id: int, blog: Blog, question: Question, now: datetime) -> BlogFacts:
    subscriptions, seen = load_followed_now(session, course_id, blog.id, now)
    standing = [one for one in subscriptions if one.ended_at is None]
    rest_at = session.scalar(
        select(func.max(FeedState.rest_read_at))
        .join(Feed, Feed.id == FeedState.feed_id)
        .where(Feed.blog_id == blog.id)
    )
    return BlogFacts(
        blog_id=blog.id,
        title=blog.shown_title,
        home_url=blog.home_url,
        roles=tuple(one.role for one in standing),
        ended_at=max((one.ended_at for one in subscriptions if one.ended_at), default=None),
        followed_since=standing[0].created_at if standing else None,
        opted_out_at=blog.opted_out_at,
        has_comment_feed=any(feed.tells_of_comments for feed in seen.feeds),
        health=seen.health,
        fully_checked_at=seen.fully_checked_at,
        rest_at=rest_at,
        next_at=seen.next_at,
        gaps=seen.gaps,
        holds_comments=blog.id in load_holding_blogs(session, course_id),
        later_held=_is_later_held(session, blog, question.number),
    )


def _is_later_held(session: Session, blog: Blog, number: str) -> bool:
    """Whether comments with higher numbers came in."""
    if not number or not platform_of(blog.platform).has_rising_numbers:
        return False
    length = func.length(Comment.native_number)
    later = or_(length > len(number), and_(length == len(number), Comment.native_number > number))
    wanted = select(Comment.id).where(Comment.blog_id == blog.id, later).limit(1)
    return session.scalar(wanted) is not None


def _post_facts(session: Session, post: Post) -> PostFacts:
    held = session.scalar(
        select(func.count()).where(
            Comment.post_id == post.id, Comment.merged_into_id.is_(None), Comment.gone_since.is_(None)
        )
    )
    fully_checked_at = session.scalar(
        select(func.max(FeedState.fully_checked_at))
        .join(Feed, Feed.id == FeedState.feed_id)
        .where(Feed.post_id == post.id)
    )
    says_closed = not post.is_stub and not post.comments_url and not post.comments_total
    others_open = says_closed and session.scalar(
        select(Post.id).where(Post.blog_id == post.blog_id, Post.comments_url != "").limit(1)
    )
    return PostFacts(
        post_id=post.id,
        title=post.title,
        url=post.url,
        first_seen_at=post.first_seen_at,
        held=held or 0,
        total=post.comments_total,
        fully_checked_at=fully_checked_at,
        takes_comments=False if others_open else None,
    )


def _comment_facts(session: Session, course_id: int, comment: Comment, section_ids: Sections) -> CommentFacts:
    versions, purged = session.execute(
        select(func.count(), func.count(CommentVersion.purged_at)).where(
            CommentVersion.comment_id == comment.id
        )
    ).one()
    kind = session.scalar(
        select(Feed.kind).join(Poll, Poll.feed_id == Feed.id).where(Poll.id == comment.first_seen_poll_id)
    )
    others = session.scalar(select(func.count()).where(Comment.merged_into_id == comment.id))
    facts = CommentFacts(
        comment_id=comment.id,
        kind=EntryKind(comment.kind),
        author=comment.author,
        permalink=comment.permalink,
        first_seen_at=comment.first_seen_at,
        posted_at=comment.posted_at,
        post_title=comment.post.title if comment.post else "",
        feed=FeedKind(kind) if kind else None,
        versions=versions,
        edited_at=comment.edited_at,
        missed_at=comment.missed_at,
        gone_since=comment.gone_since,
        is_purged=purged > 0,
        other_ids=others or 0,
    )
    return _with_linkage(session, course_id, facts, section_ids)


def _with_linkage(
    session: Session, course_id: int, facts: CommentFacts, section_ids: Sections
) -> CommentFacts:
    linkage = session.scalars(
        select(Linkage).where(Linkage.course_id == course_id, Linkage.comment_id == facts.comment_id)
    ).first()
    if linkage is None:
        return facts
    student = None
    if linkage.verdict == "accept" and linkage.enrollment_id is not None:
        student = session.scalars(
            select(Enrollment).where(Enrollment.id == linkage.enrollment_id, in_sections(section_ids))
        ).first()
    return replace(
        facts,
        verdict=linkage.verdict,
        reason=linkage.reason,
        decided=linkage.decision_id is not None,
        student=_person(student) if student else None,
        candidates=len(linkage.candidates),
    )


def _receipts(
    session: Session,
    course_id: int,
    blog_id: int,
    question: Question,
    post: Post | None,
    section_ids: Sections,
) -> list[ReceiptFacts]:
    names: list[ColumnElement[bool]] = []
    if question.post_key:
        names.append(Receipt.post_key == question.post_key)
    if post is not None:
        names.append(Receipt.post_id == post.id)
    if not names:
        return []
    rows = session.execute(
        select(Receipt, Enrollment)
        .join(Enrollment, Enrollment.id == Receipt.enrollment_id)
        .where(
            Enrollment.course_id == course_id,
            in_sections(section_ids),
            Receipt.blog_id == blog_id,
            or_(*names),
        )
        .order_by(Receipt.saved_at.desc(), Receipt.id.desc())
        .limit(MOST_RECEIPTS)
    )
    return [
        ReceiptFacts(
            _person(student),
            receipt.saved_at,
            "found" if receipt.comment_id is not None else receipt.state,
            receipt.trouble,
        )
        for receipt, student in rows
    ]


def _person(student: Enrollment) -> Person:
    name = " ".join(part for part in (student.given_name, student.family_name) if part)
    return Person(student.id, name or "(no name)")
