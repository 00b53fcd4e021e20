"""A blog's owner asks not to be read: nothing of it is asked for any more, in no course."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, DiscoveryError, NotFoundError
from tracker.feeds.client.guard import is_opted_out
from tracker.jobs.audit import record
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Blog, BlogAddress, Feed, FeedState
from tracker.queries.matching.match_inputs import courses_of_blog
from tracker.text.addresses import blog_keys

BY_SETTING = "opt-out-by-setting"


@dataclass(frozen=True)
class OptOutReport:
    """What became of an owner's wish. `changed` is False when it was so before; `courses` is how
    many courses, not archived, poll the blog."""

    url: str
    blog_id: int
    title: str
    opted_out: bool
    changed: bool
    courses: int


def opt_out(url: str, act: Act, *, undo: bool = False, opted_out_hosts: Sequence[str] = ()) -> OptOutReport:
    """Leave the blog at an address alone from now on, or (`undo`) poll it again.

    What was seen stays, verdicts are judged again: work that may be there can no longer be seen.
    NotFoundError when no blog is known there; ConflictError for an undo of what the operator's
    own list (`opted_out_hosts`, TRACKER_OPT_OUT) says. Safe to repeat.
    """
    with write_transaction(preview=act.preview) as session:
        blog = find_blog(session, url)
        if blog is None:
            raise NotFoundError(
                f"No course follows a blog at {url!r}. To keep it from being followed, "
                "add its host to TRACKER_OPT_OUT."
            )
        if undo and is_opted_out(blog.home_url, opted_out_hosts):
            raise ConflictError(
                f"{blog.home_url} is listed in TRACKER_OPT_OUT. Remove it from that list first."
            )
        changed = (blog.opted_out_at is None) != undo
        if changed:
            _set(session, blog, None if undo else act.now, "opt-out-undone" if undo else "opt-out", act)
        courses = courses_of_blog(session, blog.id)
        for course_id in courses if changed else ():
            store_verdicts(session, course_id, act.now)
        return OptOutReport(url, blog.id, blog.title or blog.home_url, not undo, changed, len(courses))


def heed_operator(opted_out_hosts: Sequence[str], now: datetime) -> None:
    """Mark the blogs that the operator's list names. The client asks nothing of them anyway; marked,
    they are not due, and pages say why nothing is seen there. Taking one off the list does not
    unmark it: that takes an `opt-out --undo`."""
    if not opted_out_hosts:
        return
    with write_transaction() as session:
        rows = session.execute(
            select(Blog, Feed.url)
            .outerjoin(Feed, Feed.blog_id == Blog.id)
            .where(Blog.opted_out_at.is_(None), Blog.merged_into_id.is_(None))
            .order_by(Blog.id)
        ).all()
        for blog, feed_url in rows:
            is_listed = any(is_opted_out(one, opted_out_hosts) for one in (blog.home_url, feed_url or ""))
            if is_listed and blog.opted_out_at is None:
                _set(session, blog, now, BY_SETTING, Act(now))


def load_left_alone(session: Session) -> Callable[[str], bool]:
    """For the client, at every hop: whether an address lies on a blog whose owner asked not to be
    read. Of several blogs known there the closest counts, so its neighbors on a host are read."""
    if not session.scalar(select(Blog.id).where(Blog.opted_out_at.is_not(None)).limit(1)):
        return lambda _url: False
    feeds = select(Feed.url).join(Blog, Blog.id == Feed.blog_id).where(Blog.opted_out_at.is_not(None))
    addresses = (
        select(BlogAddress.key, Blog.opted_out_at.is_not(None))
        .join(Blog, Blog.id == BlogAddress.blog_id)
        .where(Blog.merged_into_id.is_(None))
        .order_by(BlogAddress.valid_to.is_(None), BlogAddress.id)  # what holds now has the last word
    )
    urls = set(session.scalars(feeds))
    by_key = {row[0]: bool(row[1]) for row in session.execute(addresses)}

    def is_left_alone(url: str) -> bool:
        return url in urls or next((by_key[key] for key in blog_keys(url) if key in by_key), False)

    return is_left_alone


def refuse_opted_out(session: Session, url: str) -> None:
    """DiscoveryError when the blog at an address is one whose owner asked not to be read."""
    blog = find_blog(session, url)
    if blog is not None and blog.opted_out_at is not None:
        raise opted_out_error(url)


def opted_out_error(url: str) -> DiscoveryError:
    return DiscoveryError(
        "The owner of this blog asked us not to read it, so you can’t follow it. Choose another blog.",
        url=url,
    )


def find_blog(session: Session, url: str) -> Blog | None:
    """The blog with a feed at this address, else the one the address lies on, by its longest key."""
    full = url if "://" in url else f"https://{url}"
    statement = (
        select(Blog)
        .outerjoin(Feed, Feed.blog_id == Blog.id)
        .outerjoin(BlogAddress, BlogAddress.blog_id == Blog.id)
        .where(
            Blog.merged_into_id.is_(None),
            or_(Feed.url == url, BlogAddress.key.in_(blog_keys(full)) & BlogAddress.valid_to.is_(None)),
        )
        .order_by((Feed.url == url).desc(), func.length(BlogAddress.key).desc(), Blog.id)
        .limit(1)
    )
    return session.scalars(statement).first()


def _said(blog: Blog) -> dict[str, str | None]:
    return {"opted_out_at": blog.opted_out_at.isoformat() if blog.opted_out_at else None}


def _set(session: Session, blog: Blog, opted_out_at: datetime | None, action: str, act: Act) -> None:
    before = _said(blog)
    blog.opted_out_at = opted_out_at
    record(session, act, action, "blog", blog.id, before=before, after=_said(blog))
    if opted_out_at is None:  # what was missed meanwhile is looked for at once
        feeds = select(Feed.id).where(Feed.blog_id == blog.id)
        session.execute(update(FeedState).where(FeedState.feed_id.in_(feeds)).values(next_poll_at=None))
    session.flush()
