"""Follow a blog: a pasted address becomes a blog, its feeds and a subscription.

Tested in tests/jobs/matching/test_s0.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tracker.domain.feed import DiscoveredBlog, DiscoveredFeed, FeedKind
from tracker.feeds.comment_services import service_of_feed, sight_of
from tracker.feeds.discover import discover
from tracker.feeds.platforms.registry import guess_by_address
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.kept import note_kept
from tracker.jobs.polling.opt_out import load_left_alone, opted_out_error, refuse_opted_out
from tracker.jobs.transaction import read_transaction, write_transaction
from tracker.models import Blog, BlogAddress, Feed, FeedState, Subscription
from tracker.text.addresses import blog_key, blog_keys, home_key
from tracker.wording.blogs import say_kept


@dataclass(frozen=True)
class FollowReport:
    """What became of one address. `note` says in a sentence what cannot be seen, "" when all can."""

    url: str
    blog_id: int
    title: str
    platform: str
    home_url: str
    feeds: tuple[tuple[str, str], ...]
    """(kind, address) of every feed that will be polled."""
    note: str
    already: bool
    """This course followed it before; nothing changed."""


def follow(
    course_id: int,
    url: str,
    *,
    now: datetime,
    tools: Tools,
    role: str = "followed",
    preview: bool = False,
) -> FollowReport:
    """Find the blog behind an address and let the course follow it.

    Checks over the network first (DiscoveryError, FetchError if that fails), then stores. A blog
    that another course follows already is shared, feeds and comments included. Safe to repeat.
    """
    with read_transaction() as session:
        refuse_opted_out(session, url)
        tools = tools.leaving_alone(load_left_alone(session))
    found = discover(url, tools.fetch, tools.parse)
    return follow_found(course_id, url, found, now=now, role=role, preview=preview)


def follow_found(
    course_id: int,
    url: str,
    found: DiscoveredBlog,
    *,
    now: datetime,
    role: str = "followed",
    preview: bool = False,
) -> FollowReport:
    """Let the course follow a blog that was found at an address already, without asking it again."""
    with write_transaction(preview=preview) as session:
        blog = _find_blog(session, found, url) or _add_blog(session, found, now)
        if blog.opted_out_at is not None:
            raise opted_out_error(url)
        _remember_addresses(session, blog, found.home_url, url)
        for feed in found.feeds:
            _ensure_feed(session, blog, feed, now)
        if found.kept is not None:
            note_kept(blog, found.kept, now)
        already = _subscribe(session, course_id, blog, role, now)
        session.flush()
        feeds = select(Feed.kind, Feed.url).where(Feed.blog_id == blog.id).order_by(Feed.id)
        return FollowReport(
            url=url,
            blog_id=blog.id,
            title=blog.title,
            platform=blog.platform,
            home_url=blog.home_url,
            feeds=tuple((kind, address) for kind, address in session.execute(feeds)),
            note=" ".join(filter(None, (blog.note, _say_kept(session, blog)))),
            already=already,
        )


def follow_feed(
    course_id: int,
    url: str,
    *,
    now: datetime,
    role: str = "followed",
    kind: FeedKind = FeedKind.COMMENTS,
    preview: bool = False,
) -> FollowReport:
    """Store an address as a feed (of comments) without checking it now.

    Its blog is the one whose address it lies under, known or new; the platform follows from
    the form of the address until the first check tells more.
    """
    platform = guess_by_address(url)
    if kind is FeedKind.COMMENTS and platform.is_rest_address(url):
        kind = FeedKind.REST
    found = DiscoveredBlog(
        platform=platform.kind,
        home_url=platform.guess_home(url),
        title="",
        feeds=(DiscoveredFeed(kind, url, probed=False),),
    )
    return follow_found(course_id, url, found, now=now, role=role, preview=preview)


def unfollow(course_id: int, blog_id: int, *, now: datetime) -> None:
    """Stop looking for this course. What was seen stays, and so do its verdicts."""
    going_on = update(Subscription).filter_by(course_id=course_id, blog_id=blog_id, ended_at=None)
    with write_transaction() as session:
        session.execute(going_on.values(ended_at=now))


def _find_blog(session: Session, found: DiscoveredBlog, pasted: str) -> Blog | None:
    """The blog that holds one of these feeds, else the one at this address, by its longest key. What nobody
    has checked may be a post's feed: it lies on a blog whose address it begins with."""
    # One account with a program that keeps comments may serve several blogs.
    urls = [feed.url for feed in found.feeds if service_of_feed(feed.url) is None]
    by_feed = session.scalars(
        select(Blog).join(Feed, Feed.blog_id == Blog.id).where(Feed.url.in_(urls)).order_by(Blog.id)
    ).first()
    if by_feed is not None:
        return by_feed
    keys = {home_key(found.home_url)}
    if not all(feed.probed for feed in found.feeds):
        least = len(blog_key(pasted))
        keys.update(key for key in blog_keys(pasted) if len(key) >= least)
    return session.scalars(
        select(Blog)
        .join(BlogAddress, BlogAddress.blog_id == Blog.id)
        .where(BlogAddress.key.in_(keys), BlogAddress.valid_to.is_(None))
        .order_by(func.length(BlogAddress.key).desc(), Blog.id)
    ).first()


def _add_blog(session: Session, found: DiscoveredBlog, now: datetime) -> Blog:
    blog = Blog(
        platform=found.platform.value,
        platform_blog_id=found.platform_blog_id or None,
        home_url=found.home_url,
        title=found.title[:500],
        owner_names=list(found.owner_names),
        note=found.note[:500],
        created_at=now,
    )
    session.add(blog)
    session.flush()
    return blog


def _say_kept(session: Session, blog: Blog) -> str:
    urls = session.scalars(select(Feed.url).where(Feed.blog_id == blog.id, Feed.ended_at.is_(None)))
    return say_kept(blog.comments_by, sight_of(blog.comments_by, blog.comments_at, urls))


def _remember_addresses(session: Session, blog: Blog, home_url: str, pasted: str) -> None:
    """The blog's own address, and the pasted one, by which the roster may know it."""
    known = {address.key for address in blog.addresses}
    for key in dict.fromkeys((home_key(home_url), home_key(pasted))):
        if key and key not in known:
            session.add(BlogAddress(blog=blog, key=key[:500]))
    session.flush()


def _ensure_feed(session: Session, blog: Blog, feed: DiscoveredFeed, now: datetime) -> None:
    if session.scalar(select(Feed.id).where(Feed.url == feed.url)) is None:
        row = Feed(blog_id=blog.id, kind=feed.kind.value, url=feed.url, created_at=now, state=FeedState())
        session.add(row)


def _subscribe(session: Session, course_id: int, blog: Blog, role: str, now: datetime) -> bool:
    held = select(Subscription).filter_by(course_id=course_id, blog_id=blog.id, role=role)
    row = session.scalars(held).first()
    if row is None:
        session.add(Subscription(course_id=course_id, blog_id=blog.id, role=role, created_at=now))
        return False
    is_going_on = row.ended_at is None
    row.ended_at = None
    return is_going_on
