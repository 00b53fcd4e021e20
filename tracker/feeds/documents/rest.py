"""A WordPress REST answer -> Document of comments.

Tested in tests/feeds/documents/test_parse.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tracker.domain.errors import FetchErrorClass, ParseError
from tracker.domain.feed import Document, Entry, EntryKind, FeedKind, Placeholder, Source, StatedTime
from tracker.feeds.documents import comments
from tracker.feeds.documents.clean import clean, clean_count, clean_line, clean_url, cut_body, join_url
from tracker.feeds.documents.times import read_time
from tracker.feeds.placeholders import in_body
from tracker.feeds.platforms.wordpress import WordPress, next_rest_url

MAX_ENTRIES = 2000
_MAX_RAW = 4000


def read_rest(text: str, headers: Mapping[str, str], url: str) -> Document:
    """Read `/wp-json/wp/v2/comments`: a list, newest first, or one comment.

    Raises ParseError for JSON that is something else; an error of WordPress is passed on in words.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise ParseError("The answer is not complete JSON.", url=url) from exc
    if isinstance(data, dict) and "author_name" in data:
        data = [data]
    if not isinstance(data, list) or not _are_comments(data):
        said = clean(data.get("message"))[:200] if isinstance(data, dict) else ""
        message = "This address answers, but not with the comments of a WordPress blog"
        message += f" ({said})." if said else "."
        raise ParseError(message, url=url, error_class=FetchErrorClass.NOT_A_FEED)
    kept = enumerate(data[:MAX_ENTRIES], start=1)
    items = [(clean_line(str(item.get("id", f"#{n}")), 20), item) for n, item in kept]
    entries, skipped = comments.read_each(items, lambda item: _read_item(item, url))
    return Document(
        kind=FeedKind.COMMENTS,
        source=Source.REST,
        entries=entries,
        platform=WordPress.kind,
        total=clean_count(headers.get("x-wp-total")),
        next_url=next_rest_url(url, str(clean_count(headers.get("x-wp-totalpages")) or "")),
        skipped=skipped,
        cut_to_limit=len(data) > MAX_ENTRIES,
    )


def _read_item(item: dict[str, Any], url: str) -> Entry:
    number, post = str(int(item["id"])), str(int(item.get("post") or 0))
    author = comments.author_name(item.get("author_name"))
    author_url, account = comments.author_links(item.get("author_url"), url)
    content = item["content"]
    html, was_cut = cut_body(content["rendered"])
    is_protected = content.get("protected") is True and not html.strip()
    link = join_url(url, clean_url(item.get("link")))
    is_pingback = item.get("type") in ("pingback", "trackback")
    return Entry(
        kind=EntryKind.PINGBACK if is_pingback else comments.kind_of(author, html),
        source=Source.REST,
        link=link,
        author=author,
        author_url=author_url,
        account=account,
        avatar_hash=comments.avatar_hash(str(item.get("author_avatar_urls"))),
        html=comments.without_reply_line(html),
        posted=_posted(item),
        native_number=number,
        reply_to=comments.names_of_post(f"?p={post}" if post != "0" else "", link),
        cut=was_cut,
        placeholder=Placeholder.PASSWORD if is_protected else in_body(html, is_comment=True),
        raw=json.dumps({k: v for k, v in item.items() if k not in ("content", "_links")})[:_MAX_RAW],
    )


def _posted(item: dict[str, Any]) -> StatedTime:
    """`date_gmt` is UTC without saying so; `date` alone is the site's wall clock."""
    gmt = clean(item.get("date_gmt"))
    return read_time(gmt + "Z") if gmt else read_time(clean(item.get("date")))


def _are_comments(data: list[Any]) -> bool:
    """No comments are an answer, too."""
    is_each_an_object = all(isinstance(item, dict) for item in data)
    return is_each_an_object and (not data or any("author_name" in item for item in data))
