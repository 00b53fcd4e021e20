"""Feeds of single posts: polled while students may comment there and nothing reaches further.

Tested in tests/reliability/test_many_posts.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.feed import FeedKind, Platform
from tracker.feeds.allowed_hosts import Home
from tracker.feeds.comment_services import SERVICES, service_named
from tracker.feeds.platforms.registry import PLATFORMS, platform_of
from tracker.feeds.receipt_links import page_of
from tracker.jobs.polling.store_context import batches
from tracker.models import Allocation, Assignment, Blog, Course, Feed, FeedState, Post, Receipt, Subscription

POSTS_PER_BLOG = 10
AFTER_DUE = timedelta(days=14)
"""How long after its due instant comments of an allocation are still expected to be let through."""


def ensure_post_feeds(session: Session, now: datetime) -> None:
    """Let the feeds of the posts that students may comment on now be polled, and end the others.

    A blog that answers by REST, or whose own feed can be paged (Blogger), shows everything
    already. Everywhere else the newest ten comments of the whole blog pass by quickly, while
    those of one post stay: so the newest posts of allocated blogs get a feed of their own, and
    the page of a post that a receipt names is read where a blog has no feed at all. Does not commit.
    """
    wanted = _posts_of_allocated_blogs(session, now) | _posts_kept_elsewhere(session)
    _apply(session, wanted | _pages_of_receipts(session), now)


WantedFeeds = dict[str, tuple[FeedKind, int, int | None]]
"""Address -> kind, blog and post."""


def _posts_of_allocated_blogs(session: Session, now: datetime) -> WantedFeeds:
    blogs = session.scalars(
        select(Blog)
        .where(
            Blog.platform.in_([one.kind.value for one in PLATFORMS if not one.has_paged_feeds]),
            Blog.merged_into_id.is_(None),
            Blog.id.in_(_allocated(now)),
            Blog.id.not_in(
                select(Feed.blog_id)
                .join(FeedState, FeedState.feed_id == Feed.id)
                .where((FeedState.rest_url != "") | (Feed.kind == FeedKind.REST.value))
            ),
            # Not before the blog itself was polled: only then is it known whether REST is there.
            Blog.id.in_(
                select(Feed.blog_id)
                .join(FeedState, FeedState.feed_id == Feed.id)
                .where(Feed.kind == FeedKind.COMMENTS.value, FeedState.fully_checked_at.is_not(None))
            ),
        )
        .order_by(Blog.id)
    ).all()
    platforms = {blog.id: platform_of(blog.platform) for blog in blogs}
    homes = _homes_of(session, blogs)
    newest: dict[int, list[tuple[int, str]]] = defaultdict(list)
    # Not whole posts: a thousand blogs' texts would be loaded for their addresses.
    for batch in batches(sorted(platforms)):
        for post_id, blog_id, comments_url in session.execute(
            select(Post.id, Post.blog_id, Post.comments_url)
            .where(Post.blog_id.in_(batch), Post.merged_into_id.is_(None), Post.is_stub.is_(False))
            .order_by(func.coalesce(Post.posted_at, Post.first_seen_at).desc(), Post.id.desc())
        ):
            if len(newest[blog_id]) < POSTS_PER_BLOG:
                newest[blog_id].append((post_id, comments_url))
    found: WantedFeeds = {}
    for blog_id, posts in newest.items():
        for post_id, comments_url in posts:
            # "" where comments are closed; of its forms the one that carries the links of the writers.
            url = platforms[blog_id].feed_forms(comments_url)[0]
            if url and homes[blog_id].owns(url):
                found[url] = (FeedKind.POST_COMMENTS, blog_id, post_id)
    return found


def _posts_kept_elsewhere(session: Session) -> WantedFeeds:
    """The feeds of the newest posts where a program keeps the comments that has no other feeds."""
    blogs = session.scalars(
        select(Blog)
        .where(
            Blog.comments_by.in_([one.name for one in SERVICES if one.post_feed]),
            Blog.comments_at != "",
            Blog.merged_into_id.is_(None),
            Blog.id.in_(select(Subscription.blog_id).where(Subscription.ended_at.is_(None))),
        )
        .order_by(Blog.id)
    ).all()
    found: WantedFeeds = {}
    for blog in blogs:
        service = service_named(blog.comments_by)
        posts = session.execute(
            select(Post.id, Post.url)
            .where(Post.blog_id == blog.id, Post.merged_into_id.is_(None), Post.is_stub.is_(False))
            .order_by(func.coalesce(Post.posted_at, Post.first_seen_at).desc(), Post.id.desc())
            .limit(POSTS_PER_BLOG)
        )
        for post_id, url in posts:
            address = service.feed_of_post(blog.comments_at, url) if service and url else ""
            if address:
                found[address] = (FeedKind.POST_COMMENTS, blog.id, post_id)
    return found


def _homes_of(session: Session, blogs: Sequence[Blog]) -> dict[int, Home]:
    """Where each blog is: a post may name any address as that of its comments."""
    urls: dict[int, set[str]] = {blog.id: {blog.home_url} for blog in blogs}
    for batch in batches(sorted(urls)):
        of_blogs = select(Feed.blog_id, Feed.url).where(
            Feed.blog_id.in_(batch), Feed.kind.in_((FeedKind.COMMENTS.value, FeedKind.POSTS.value))
        )
        for blog_id, url in session.execute(of_blogs):
            urls[blog_id].add(url)
    return {blog.id: Home(tuple(urls[blog.id]), Platform(blog.platform)) for blog in blogs}


def _allocated(now: datetime) -> Select[int]:
    return (
        select(Allocation.blog_id)
        .join(Assignment, Assignment.id == Allocation.assignment_id)
        .join(Course, Course.id == Assignment.course_id)
        .where(
            Course.archived_at.is_(None),
            Allocation.replaced_by_id.is_(None),
            Allocation.due_at.is_(None) | (Allocation.due_at >= now - AFTER_DUE),
        )
    )


def _pages_of_receipts(session: Session) -> WantedFeeds:
    """Of blogs that have no feed at all, the pages of the posts at which receipts wait: the blog, the
    post. Only so many of a blog; those further on are read in turn (`jobs.receipts.search`)."""
    with_feeds = select(Feed.blog_id).where(Feed.kind != FeedKind.PAGE.value)
    found: WantedFeeds = {}
    of_blog: dict[int, int] = defaultdict(int)
    for receipt in session.scalars(
        select(Receipt)
        .where(
            Receipt.blog_id.is_not(None),
            Receipt.blog_id.not_in(with_feeds),
            Receipt.comment_id.is_(None),
            Receipt.state != "expired",
        )
        .order_by(Receipt.id)
    ):
        url, blog_id = page_of(receipt.url), receipt.blog_id or 0
        if url not in found and of_blog[blog_id] < POSTS_PER_BLOG:
            of_blog[blog_id] += 1
            found[url] = (FeedKind.PAGE, blog_id, receipt.post_id)
    return found


def _apply(session: Session, wanted: WantedFeeds, now: datetime) -> None:
    """Add and revive what is wanted; end what was added here and is wanted no more."""
    known: dict[str, Feed] = {}
    for batch in batches(sorted(wanted)):
        known |= {feed.url: feed for feed in session.scalars(select(Feed).where(Feed.url.in_(batch)))}
    for url, (kind, blog_id, post_id) in wanted.items():
        if url in known:
            known[url].ended_at = None
        else:
            feed = Feed(
                blog_id=blog_id,
                kind=kind.value,
                url=url,
                post_id=post_id,
                created_at=now,
                from_receipt=kind is FeedKind.PAGE,
                state=FeedState(),
            )
            session.add(feed)
    added_here = (Feed.kind == FeedKind.POST_COMMENTS.value) & Feed.post_id.is_not(None) | Feed.from_receipt
    for feed in session.scalars(select(Feed).where(added_here, Feed.ended_at.is_(None))):
        if feed.url not in wanted:
            feed.ended_at = now
