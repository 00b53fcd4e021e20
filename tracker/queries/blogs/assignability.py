"""The facts by which a blog is judged fit to be assigned to students, and the report on them.

The number of questions to the database does not depend on how many blogs are asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.blog import LATELY, Assignability, BlogRecord
from tracker.domain.feed import FeedKind
from tracker.feeds.assignability import assess
from tracker.feeds.platforms.registry import platform_of
from tracker.models import Blog, Comment, Course, Feed, FeedState, Poll, Post
from tracker.queries.checks import load_blogs_now
from tracker.wording.blogs import ADVICE, say_reasons, say_record

Records = dict[int, BlogRecord]
NEWEST = 5
"""Whether comments are open is read off so many of the newest posts."""


@dataclass(frozen=True, slots=True)
class BlogReport:
    """Whether a blog can be assigned: one word, its reasons (the gravest first), and what was seen, as
    (topic, what there is to say)."""

    judged: Assignability
    word: str
    why: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def load_reports(
    session: Session, course_id: int, blog_ids: Collection[int], now: datetime
) -> dict[int, BlogReport]:
    """blog -> its report. The number of questions does not depend on how many blogs there are."""
    locale = session.get_one(Course, course_id).locale
    judged = {blog_id: assess(one, now) for blog_id, one in load_records(session, blog_ids, now).items()}
    return {
        blog_id: BlogReport(
            one,
            ADVICE[one.advice],
            say_reasons(one, locale),
            say_record(one.blog, now, locale),
        )
        for blog_id, one in judged.items()
    }


def load_records(session: Session, blog_ids: Collection[int], now: datetime) -> Records:
    records = _with_health(session, _load_blogs(session, blog_ids), now)
    return _with_comments(session, _with_posts(session, records), now)


def _load_blogs(session: Session, blog_ids: Collection[int]) -> Records:
    """How much the comment feed shows at most, whether the blog answers by REST, and whether its last
    poll was told that it is gone."""
    rows = session.execute(
        select(
            Blog.id,
            Blog.platform,
            Blog.opted_out_at,
            Blog.comments_by,
            func.max(Poll.entries),
            func.max(case((Poll.outcome == "gone", Poll.at))),
            func.max(Poll.at),
            func.max(case((and_(FeedState.rest_url != "", Feed.ended_at.is_(None)), 1), else_=0)),
        )
        .outerjoin(Feed, and_(Feed.blog_id == Blog.id, Feed.kind.in_(("comments", "rest"))))
        .outerjoin(FeedState, FeedState.feed_id == Feed.id)
        .outerjoin(Poll, Poll.feed_id == Feed.id)
        .where(Blog.id.in_(blog_ids))
        .group_by(Blog.id, Blog.platform, Blog.opted_out_at, Blog.comments_by)
        .order_by(Blog.id)
    )
    return {
        blog_id: BlogRecord(
            blog_id,
            opted_out_at=opted_out_at,
            has_post_feeds=platform_of(platform).has_post_feeds and not kept_by,
            kept_by=kept_by,
            window=window or None,
            is_gone=gone_at is not None and gone_at == last_at,
            has_rest=bool(has_rest) and not kept_by,
        )
        for blog_id, platform, opted_out_at, kept_by, window, gone_at, last_at, has_rest in rows
    }


def _with_health(session: Session, records: Records, now: datetime) -> Records:
    return {
        blog_id: replace(
            records[blog_id],
            kinds=frozenset(
                feed.kind
                for feed in blog.feeds
                if not feed.is_ended and (feed.kind is FeedKind.POSTS or feed.tells_of_comments)
            ),
            health=blog.health,
        )
        for blog_id, blog in load_blogs_now(session, records, now, of_posts=False).items()
    }


def _with_posts(session: Session, records: Records) -> Records:
    """How many posts, the last one, and how many of the newest five take comments."""
    when = func.coalesce(Post.posted_at, Post.first_seen_at)
    place = func.row_number().over(partition_by=Post.blog_id, order_by=(when.desc(), Post.id.desc()))
    is_open = case((or_(Post.comments_url != "", Post.comments_total > 0), 1), else_=0)
    posts = (
        select(Post.blog_id, when.label("at"), is_open.label("is_open"), place.label("place"))
        .where(Post.blog_id.in_(records), Post.merged_into_id.is_(None), Post.is_stub.is_(False))
        .subquery()
    )
    is_new = posts.c.place <= NEWEST
    rows = session.execute(
        select(
            posts.c.blog_id,
            func.count().label("posts"),
            func.max(posts.c.at).label("last_post_at"),
            (func.max(posts.c.is_open) == 1).label("open_ever"),
            func.count(case((is_new, 1))).label("posts_lately"),
            func.sum(case((is_new, posts.c.is_open), else_=0)).label("open_lately"),
        ).group_by(posts.c.blog_id)
    )
    return records | {row.blog_id: replace(records[row.blog_id], **row._mapping) for row in rows}


def _with_comments(session: Session, records: Records, now: datetime) -> Records:
    """Comments held, lately, and late: the rule is that of `load_holding_blogs`."""
    is_timed = and_(Comment.posted_at.is_not(None), Comment.last_check_before.is_not(None))
    rows = session.execute(
        select(
            Comment.blog_id,
            func.count().label("comments"),
            func.count(case((Comment.posted_at > now - LATELY, 1))).label("comments_lately"),
            func.count(case((is_timed, 1))).label("timed"),
            func.count(case((Comment.posted_at < Comment.last_check_before, 1))).label("late"),
        )
        .where(Comment.blog_id.in_(records), Comment.kind == "comment", Comment.merged_into_id.is_(None))
        .group_by(Comment.blog_id)
    )
    return records | {row.blog_id: replace(records[row.blog_id], **row._mapping) for row in rows}
