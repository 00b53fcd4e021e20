"""Writes Blogger's feeds of comments and posts, and names its addresses and ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Generic, TypeVar

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost
from tracker.demo.blogosphere.http_texts import plain_text, rss_date

Item = TypeVar("Item")

OPEN = (
    "<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href=\"http://www.blogger.com/styles/atom.css\" "
    "type=\"text/css\"?><feed xmlns='http://www.w3.org/2005/Atom' "
    "xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' "
    "xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'>"
)
RSS_OPEN = (
    "<?xml version='1.0' encoding='UTF-8'?><rss xmlns:atom='http://www.w3.org/2005/Atom' "
    "xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' "
    "xmlns:thr='http://purl.org/syndication/thread/1.0' version='2.0'><channel>"
)
NOBODY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedPage(Generic[Item]):
    """A part of a listing: the items, how many there are in all, where it starts (from 1), the size asked."""

    items: Sequence[Item]
    total: int
    first: int
    size: int


def post_path(blog: DemoBlog, post: DemoPost) -> str:
    return f"{post.published.astimezone(blog.zone):%Y/%m}/{post.slug}.html"


def post_url(blog: DemoBlog, post: DemoPost) -> str:
    return blog.url(post_path(blog, post))


def comment_url(blog: DemoBlog, comment: DemoComment) -> str:
    milliseconds = int(comment.posted_at.timestamp() * 1000)
    return f"{post_url(blog, comment.post)}?showComment={milliseconds}#c{comment.number}"


def profile_url(profile: str) -> str:
    return f"https://www.blogger.com/profile/{profile}"


def comments(
    blog: DemoBlog,
    post: DemoPost | None,
    window: FeedPage[DemoComment],
    now: datetime,
    *,
    as_rss: bool,
    is_short: bool,
) -> bytes:
    title = f"Comments on {blog.title}" + (f": {post.title}" if post else "")
    own = blog.url(f"feeds/{post.number}/comments/default" if post else "feeds/comments/default")
    alternate = post_url(blog, post) if post else blog.home_url
    feed_id = (
        f"tag:blogger.com,1999:blog-{blog.number}" + (f".post{post.number}.." if post else ".") + "comments"
    )
    if as_rss:
        head = _rss_head(title, alternate, feed_id, window)
        return "".join(
            [RSS_OPEN, head, *(_comment_rss(blog, c, now) for c in window.items), "</channel></rss>"]
        ).encode()
    updated = max((comment.posted_at for comment in window.items), default=NOBODY_SINCE)
    head = _atom_head(
        blog, window, title=title, own=own, alternate=alternate, feed_id=feed_id, updated=updated
    )
    entries = (_comment_atom(blog, comment, now, is_short=is_short) for comment in window.items)
    return "".join([OPEN, head, *entries, "</feed>"]).encode()


def posts(
    blog: DemoBlog, window: FeedPage[DemoPost], now: datetime, *, as_rss: bool, is_short: bool
) -> bytes:
    own = blog.url("feeds/posts/default")
    feed_id = f"tag:blogger.com,1999:blog-{blog.number}"
    if as_rss:
        head = _rss_head(blog.title, blog.home_url, feed_id, window)
        return "".join(
            [RSS_OPEN, head, *(_post_rss(blog, p, now) for p in window.items), "</channel></rss>"]
        ).encode()
    updated = max((post.modified_at(now) for post in window.items), default=NOBODY_SINCE)
    labels = sorted({label for post in window.items for label in post.labels})
    head = _atom_head(
        blog,
        window,
        title=blog.title,
        own=own,
        alternate=blog.home_url,
        feed_id=feed_id,
        updated=updated,
        labels=labels,
    )
    entries = (_post_atom(blog, post, now, is_short=is_short) for post in window.items)
    return "".join([OPEN, head, *entries, "</feed>"]).encode()


def _atom_head(
    blog: DemoBlog,
    window: FeedPage[Item],
    *,
    title: str,
    own: str,
    alternate: str,
    feed_id: str,
    updated: datetime,
    labels: Sequence[str] = (),
) -> str:
    parts = [
        f"<id>{feed_id}</id><updated>{_stamp(blog, updated)}</updated>",
        *(f"<category term='{escape(label)}'/>" for label in labels),
        f"<title type='text'>{escape(title)}</title>",
        f"<link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml' href='{own}'/>",
        f"<link rel='self' type='application/atom+xml' href='{own}'/>",
        f"<link rel='alternate' type='text/html' href='{escape(alternate)}'/>",
    ]
    if window.first - 1 + len(window.items) < window.total and window.items:
        following = f"{own}?start-index={window.first + len(window.items)}&max-results={window.size}"
        parts.append(f"<link rel='next' type='application/atom+xml' href='{escape(following)}'/>")
    parts.append(_owner(blog))
    parts.append("<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>")
    return "".join(parts) + _counts(window)


def _counts(window: FeedPage[Item]) -> str:
    return (
        f"<openSearch:totalResults>{window.total}</openSearch:totalResults>"
        f"<openSearch:startIndex>{window.first}</openSearch:startIndex>"
        f"<openSearch:itemsPerPage>{window.size}</openSearch:itemsPerPage>"
    )


def _comment_atom(blog: DemoBlog, comment: DemoComment, now: datetime, *, is_short: bool) -> str:
    tombstone = comment.tombstone_at(now)
    html = tombstone or comment.html_at(now)
    text = plain_text(html)
    title = "" if tombstone else (text if len(text) <= 50 else text[:50] + "...")
    own = blog.url(f"feeds/{comment.post.number}/comments/default/{comment.number}")
    post = comment.post
    body = (
        f"<summary type='text'>{escape(text)}</summary>"
        if is_short
        else f"<content type='html'>{escape(html)}</content>"
    )
    removed = "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>" if tombstone else ""
    return (
        f"<entry><id>{_tag(blog, comment.number)}</id>"
        f"<published>{_stamp(blog, comment.posted_at)}</published>"
        f"<updated>{_stamp(blog, comment.posted_at)}</updated>"
        f"<title type='text'>{escape(title)}</title>{body}"
        f"<link rel='edit' type='application/atom+xml' href='{own}'/>"
        f"<link rel='self' type='application/atom+xml' href='{own}'/>"
        f"<link rel='alternate' type='text/html' href='{escape(comment_url(blog, comment))}' title=''/>"
        f"{_related(blog, comment)}{_author(comment.author or 'Anonymous', author_uri(comment))}"
        f"<thr:in-reply-to href='{escape(post_url(blog, post))}' ref='{_tag(blog, post.number)}' "
        f"source='{blog.url(f'feeds/posts/default/{post.number}')}' type='text/html'/>"
        f"{removed}<gd:extendedProperty name='blogger.itemClass' value='pid-{blog.number % 10**9}'/></entry>"
    )


def author_uri(comment: DemoComment) -> str:
    """A profile for people who were signed in, what was typed for "Name/URL", else nothing."""
    return profile_url(comment.profile) if comment.profile else comment.author_url


def _related(blog: DemoBlog, comment: DemoComment) -> str:
    """The parent comment; in-reply-to is always the post."""
    if comment.parent is None:
        return ""
    parent = blog.url(f"feeds/{comment.post.number}/comments/default/{comment.parent.number}")
    return f"<link rel='related' type='application/atom+xml' href='{parent}'/>"


def _post_atom(blog: DemoBlog, post: DemoPost, now: datetime, *, is_short: bool) -> str:
    own = blog.url(f"feeds/posts/default/{post.number}")
    link, replies = escape(post_url(blog, post)), blog.url(f"feeds/{post.number}/comments/default")
    count = len(blog.visible_comments(now, post))
    html = post.html_at(now)
    body = (
        f"<summary type='text'>{escape(plain_text(html)[:200])}</summary>"
        if is_short
        else f"<content type='html'>{escape(html)}</content>"
    )
    return (
        f"<entry><id>{_tag(blog, post.number)}</id><published>{_stamp(blog, post.published)}</published>"
        f"<updated>{_stamp(blog, max(post.modified_at(now), post.published))}</updated>"
        + "".join(
            f"<category scheme='http://www.blogger.com/atom/ns#' term='{escape(t)}'/>" for t in post.labels
        )
        + f"<title type='text'>{escape(post.title)}</title>{body}"
        f"<link rel='replies' type='application/atom+xml' href='{replies}' title='Post Comments'/>"
        f"<link rel='replies' type='text/html' href='{link}#comment-form' "
        f"title='{count} Comments'/><link rel='edit' type='application/atom+xml' href='{own}'/>"
        f"<link rel='self' type='application/atom+xml' href='{own}'/>"
        f"<link rel='alternate' type='text/html' href='{link}' title='{escape(post.title)}'/>{_owner(blog)}"
        f"<thr:total>{count}</thr:total></entry>"
    )


def _owner(blog: DemoBlog) -> str:
    return _author(blog.owner_name, profile_url(blog.owner_profile) if blog.owner_profile else "")


def _author(name: str, uri: str) -> str:
    link = f"<uri>{escape(uri)}</uri>" if uri else ""
    return f"<author><name>{escape(name)}</name>{link}<email>noreply@blogger.com</email></author>"


def _rss_head(title: str, alternate: str, feed_id: str, window: FeedPage[Item]) -> str:
    return (
        f"<atom:id>{feed_id}</atom:id><title>{escape(title)}</title><description></description>"
        f"<link>{escape(alternate)}</link><managingEditor>noreply@blogger.com (Blogger)</managingEditor>"
        f"<generator>Blogger</generator>{_counts(window)}"
    )


def _comment_rss(blog: DemoBlog, comment: DemoComment, now: datetime) -> str:
    html = comment.tombstone_at(now) or comment.html_at(now)
    return (
        f"<item><guid isPermaLink='false'>{_tag(blog, comment.number)}</guid>"
        f"<pubDate>{rss_date(comment.posted_at)}</pubDate><title>{escape(plain_text(html)[:50])}</title>"
        f"<description>{escape(html)}</description><link>{escape(comment_url(blog, comment))}</link>"
        f"<author>noreply@blogger.com ({escape(comment.author or 'Anonymous')})</author></item>"
    )


def _post_rss(blog: DemoBlog, post: DemoPost, now: datetime) -> str:
    return (
        f"<item><guid isPermaLink='false'>{_tag(blog, post.number)}</guid>"
        f"<pubDate>{rss_date(post.published)}</pubDate><title>{escape(post.title)}</title>"
        f"<description>{escape(post.html_at(now))}</description><link>{escape(post_url(blog, post))}</link>"
        f"<author>noreply@blogger.com ({escape(blog.owner_name)})</author>"
        f"<thr:total>{len(blog.visible_comments(now, post))}</thr:total></item>"
    )


def _tag(blog: DemoBlog, number: int) -> str:
    return f"tag:blogger.com,1999:blog-{blog.number}.post-{number}"


def _stamp(blog: DemoBlog, at: datetime) -> str:
    return at.astimezone(blog.zone).isoformat(timespec="milliseconds")
