"""The facts by which a blog is judged fit to be given to students.

The number of questions to the database does not depend on how many blogs are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.checks import FeedNow, main_feeds
from tracker.domain.feed import FeedKind, Platform
from tracker.domain.locale import CourseLocale
from tracker.models import Blog, Comment, Course, Feed, FeedState, Gap, Poll, Post
from tracker.queries.blogs.assignability import LATELY, BlogFacts, Report, assess
from tracker.queries.blogs.blog_health import OpenGap, judge_health

Facts = dict[int, BlogFacts]
NEWEST = 5
"""Whether comments are open is read off so many of the newest posts."""


def load_report(session: Session, course_id: int, blog_id: int, now: datetime) -> Report:
    """The report of one blog of the course."""
    return load_reports(session, course_id, {blog_id}, now)[blog_id]


def load_reports(
    session: Session, course_id: int, blog_ids: Collection[int], now: datetime
) -> dict[int, Report]:
    """blog -> its report. The number of questions does not depend on how many blogs there are."""
    locale = session.get_one(Course, course_id).locale
    facts = load_facts(session, blog_ids, now, locale)
    return {blog_id: assess(one, now, locale) for blog_id, one in facts.items()}


def load_facts(
    session: Session, blog_ids: Collection[int], now: datetime, locale: CourseLocale
) -> dict[int, BlogFacts]:
    facts = _load_feeds(session, blog_ids, now, locale)
    return _with_comments(session, _with_posts(session, _with_windows(session, facts)), now)


def _load_feeds(session: Session, blog_ids: Collection[int], now: datetime, locale: CourseLocale) -> Facts:
    blogs: Facts = {}
    feeds: dict[int, list[FeedNow]] = defaultdict(list)
    rows = session.execute(
        select(Blog.id, Blog.platform, Blog.opted_out_at, Feed, FeedState)
        .outerjoin(Feed, and_(Feed.blog_id == Blog.id, Feed.ended_at.is_(None), Feed.from_receipt.is_(False)))
        .outerjoin(FeedState, FeedState.feed_id == Feed.id)
        .where(Blog.id.in_(blog_ids))
        .order_by(Blog.id, Feed.id)
    )
    for blog_id, platform, opted_out_at, feed, state in rows:
        one = blogs.setdefault(blog_id, BlogFacts(blog_id, Platform(platform), opted_out_at=opted_out_at))
        if feed is None or state is None:
            continue
        feeds[blog_id].append(
            FeedNow(
                feed.id,
                FeedKind(feed.kind),
                feed.url,
                state.looked_at,
                state.failures,
                state.failing_since,
                state.next_poll_at,
            )
        )
        blogs[blog_id] = replace(one, has_rest=one.has_rest or bool(state.rest_url))
    gaps: dict[int, list[OpenGap]] = defaultdict(list)
    for blog_id, after_at, before_at, expected in session.execute(
        select(Feed.blog_id, Gap.after_at, Gap.before_at, Gap.expected)
        .join(Feed, Feed.id == Gap.feed_id)
        .where(
            Feed.blog_id.in_(blogs),
            Gap.closed_at.is_(None),
            or_(Feed.kind != FeedKind.POSTS.value, Gap.kind == "count"),
        )
        .order_by(Gap.id)
    ):
        gaps[blog_id].append(OpenGap(after_at, before_at, expected))
    return {
        blog_id: replace(
            one,
            kinds=frozenset(feed.kind for feed in feeds[blog_id]),
            health=judge_health(
                main_feeds(feeds[blog_id], of_posts=False),
                gaps[blog_id],
                of_posts=False,
                now=now,
                locale=locale,
            ),
        )
        for blog_id, one in blogs.items()
    }


def _with_windows(session: Session, facts: Facts) -> Facts:
    """How much the comment feed shows at most, and whether its last look was told it is gone."""
    rows = session.execute(
        select(
            Feed.blog_id,
            func.max(Poll.entries),
            func.max(case((Poll.outcome == "gone", Poll.at))),
            func.max(Poll.at),
        )
        .join(Poll, Poll.feed_id == Feed.id)
        .where(Feed.blog_id.in_(facts), Feed.kind.in_(("comments", "rest")))
        .group_by(Feed.blog_id)
    )
    found = dict(facts)
    for blog_id, window, gone_at, last_at in rows:
        found[blog_id] = replace(
            found[blog_id], window=window or None, is_gone=gone_at is not None and gone_at == last_at
        )
    return found


def _with_posts(session: Session, facts: Facts) -> Facts:
    """How many posts, the last one, and how many of the newest five take comments."""
    when = func.coalesce(Post.posted_at, Post.first_seen_at)
    place = func.row_number().over(partition_by=Post.blog_id, order_by=(when.desc(), Post.id.desc()))
    is_open = case((or_(Post.comments_url != "", Post.comments_total > 0), 1), else_=0)
    posts = (
        select(Post.blog_id, when.label("at"), is_open.label("is_open"), place.label("place"))
        .where(Post.blog_id.in_(facts), Post.merged_into_id.is_(None), Post.is_stub.is_(False))
        .subquery()
    )
    is_new = posts.c.place <= NEWEST
    rows = session.execute(
        select(
            posts.c.blog_id,
            func.count(),
            func.max(posts.c.at),
            func.max(posts.c.is_open),
            func.count(case((is_new, 1))),
            func.sum(case((is_new, posts.c.is_open), else_=0)),
        ).group_by(posts.c.blog_id)
    )
    found = dict(facts)
    for blog_id, number, last, open_ever, lately, open_lately in rows:
        found[blog_id] = replace(
            found[blog_id],
            posts=number,
            last_post_at=last,
            open_ever=bool(open_ever),
            posts_lately=lately,
            open_lately=open_lately or 0,
        )
    return found


def _with_comments(session: Session, facts: Facts, now: datetime) -> Facts:
    """Comments held, lately, and late: the rule is that of `load_holding_blogs`."""
    is_timed = and_(Comment.posted_at.is_not(None), Comment.last_look_before.is_not(None))
    rows = session.execute(
        select(
            Comment.blog_id,
            func.count(),
            func.count(case((Comment.posted_at > now - LATELY, 1))),
            func.max(Comment.posted_at),
            func.count(case((is_timed, 1))),
            func.count(case((Comment.posted_at < Comment.last_look_before, 1))),
        )
        .where(Comment.blog_id.in_(facts), Comment.kind == "comment", Comment.merged_into_id.is_(None))
        .group_by(Comment.blog_id)
    )
    found = dict(facts)
    for blog_id, comments, lately, last, timed, late in rows:
        found[blog_id] = replace(
            found[blog_id],
            comments=comments,
            comments_lately=lately,
            last_comment_at=last,
            timed=timed,
            late=late,
        )
    return found
