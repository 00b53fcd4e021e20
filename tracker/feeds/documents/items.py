"""One item of a feed, as feedparser read it -> Entry. Which document it stands in is `parse`'s business.

Tested in tests/feeds/documents/test_parse.py.
"""

from __future__ import annotations

import calendar
import html as html_module
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from tracker.domain.feed import Entry, EntryKind, Source, StatedTime, TimeBasis
from tracker.feeds.documents import comments
from tracker.feeds.documents.clean import (
    MAX_TITLE,
    clean,
    clean_count,
    clean_guid,
    clean_line,
    clean_url,
    cut_body,
    join_url,
)
from tracker.feeds.documents.times import read_time
from tracker.feeds.placeholders import in_body
from tracker.feeds.platforms.base import BlogPlatform

Item = Mapping[str, Any]

_BLOGGER_KIND_SCHEME = "http://schemas.google.com/g/2005#kind"
_MAX_LABELS = 50
_MAX_RAW = 4000


@dataclass(frozen=True, slots=True)
class About:
    """What an item's document says about all of its items. `owner_links` are the owner's profile
    and the blog's own address (`comments.bare`), by which the owner's own comments are known."""

    source: Source
    platform: BlogPlatform
    url: str
    are_comments: bool
    zone: tzinfo | None = None
    owner_links: frozenset[str] = frozenset()


def read_item(item: Item, about: About) -> Entry | None:
    """The entry, or None when the item holds nothing at all."""
    guid = clean_guid(plain_get(item, "id"))
    link = _link(item, about.url)
    html, was_cut = cut_body(_body(item))
    if not (guid or link or html):
        return None
    author, author_url, account = _author(item, about.url)
    entry = Entry(
        kind=EntryKind.POST,
        source=about.source,
        guid=guid,
        link=link,
        author=author,
        author_url=author_url,
        account=account,
        html=html,
        posted=_posted(item, about.zone),
        edited_at=_edited_at(item, about.zone),
        cut=was_cut,
        raw=_raw(item),
    )
    return _as_comment(entry, item, about) if about.are_comments else _as_post(entry, item, about)


def _as_comment(entry: Entry, item: Item, about: About) -> Entry:
    html = entry.html
    placeholder = in_body(html, is_comment=True)
    if about.platform.has_reply_line:
        html = comments.without_reply_line(html)
    signed = {comments.bare(entry.author_url), comments.bare(entry.account)}
    return replace(
        entry,
        kind=comments.kind_of(entry.author, html),
        title=clean_line(plain_get(item, "title"), MAX_TITLE),
        html=html,
        placeholder=placeholder,
        native_number=about.platform.comment_number(entry.guid, entry.link),
        reply_to=_reply_to(item, about, entry),
        by_owner=bool(signed & about.owner_links),
    )


def _as_post(entry: Entry, item: Item, about: About) -> Entry:
    comments_url, comments_total = _comments_of_post(item, about.url)
    return replace(
        entry,
        title=clean_line(html_module.unescape(plain_get(item, "title")), MAX_TITLE),
        placeholder=in_body(entry.html, is_comment=False),
        native_number=about.platform.post_number(entry.guid, entry.link),
        labels=_labels(item),
        comments_url=comments_url,
        comments_total=comments_total,
    )


def plain_get(item: Item, key: str) -> str:
    """A value that really stands there: feedparser answers some keys with the value of others."""
    value = dict.get(item, key) if isinstance(item, dict) else item.get(key)
    return clean(value)


def detail_of(item: Item, key: str) -> Mapping[str, Any]:
    """A value that has parts of its own, {} where there is none."""
    value = item.get(key)
    return value if isinstance(value, Mapping) else {}


def _link(item: Item, base: str) -> str:
    """The item's own page; behind FeedBurner the original link, not the redirector."""
    link = clean_url(plain_get(item, "feedburner_origlink") or plain_get(item, "link"))
    return join_url(base, link)


def _body(item: Item) -> str:
    """The fullest text as HTML: `content:encoded` or Atom content before a summary."""
    parts = [part for part in (item.get("content") or []) if isinstance(part, Mapping)]
    for part in (*parts, detail_of(item, "summary_detail")):
        text = clean(part.get("value"))
        if text.strip():
            return html_module.escape(text, quote=False) if part.get("type") == "text/plain" else text
    return ""


def _author(item: Item, base: str) -> tuple[str, str, str]:
    detail = detail_of(item, "author_detail")
    name = comments.author_name(detail.get("name") or plain_get(item, "author"))
    return (name, *comments.author_links(detail.get("href"), base))


def _posted(item: Item, zone: tzinfo | None) -> StatedTime:
    """When it was posted; an item with one date only was posted then."""
    stated = (
        read_time(plain_get(item, key), zone=zone, fallback=_utc(item, key))
        for key in ("published", "created", "updated")
    )
    return next((one for one in stated if one.raw), StatedTime())


def _edited_at(item: Item, zone: tzinfo | None) -> datetime | None:
    """When an item that says when it was posted was last changed after that; None without a zone."""
    if not plain_get(item, "published"):
        return None
    changed = read_time(plain_get(item, "updated"), zone=zone)
    is_later = changed.at is not None and changed.raw != plain_get(item, "published")
    return changed.at if is_later and changed.basis in (TimeBasis.OFFSET, TimeBasis.FEED_ZONE) else None


def _utc(item: Item, key: str) -> datetime | None:
    """feedparser's own reading of a date, for the national formats it knows."""
    parsed = dict.get(item, f"{key}_parsed") if isinstance(item, dict) else None
    if not isinstance(parsed, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _reply_to(item: Item, about: About, entry: Entry) -> tuple[str, ...]:
    answers = detail_of(item, "thr_in-reply-to")
    ref, href = clean_guid(answers.get("ref")), clean_url(answers.get("href"))
    own_post = entry.guid if "#comment-" in entry.guid else ""
    return comments.names_of_post(own_post, ref, join_url(about.url, href), entry.link)


def _comments_of_post(item: Item, base: str) -> tuple[str, int | None]:
    """The address of a post's comment feed, and how many comments the blog says it has."""
    url = clean_url(plain_get(item, "wfw_commentrss"))
    counts = [item.get("slash_comments"), item.get("thr_total")]
    for link in item.get("links") or []:
        if isinstance(link, Mapping) and link.get("rel") == "replies":
            counts += [link.get("thr:count"), link.get("count")]
            if not url and link.get("type") == "application/atom+xml":
                url = clean_url(link.get("href"))
    total = next((count for text in counts if (count := clean_count(text)) is not None), None)
    return join_url(base, url), total


def _labels(item: Item) -> tuple[str, ...]:
    tags = [tag for tag in item.get("tags") or [] if isinstance(tag, Mapping)]
    terms = [
        clean_line(html_module.unescape(clean(tag.get("term"))), MAX_TITLE)
        for tag in tags
        if tag.get("scheme") != _BLOGGER_KIND_SCHEME
    ]
    return tuple(dict.fromkeys(term for term in terms if term))[:_MAX_LABELS]


def _raw(item: Item) -> str:
    """The item's small fields as they stood; its body is kept beside them as `Entry.html`."""
    fields = ("id", "link", "title", "author", "published", "updated")
    return json.dumps({key: plain_get(item, key) for key in fields}, ensure_ascii=False)[:_MAX_RAW]
