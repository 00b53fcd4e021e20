"""Posts or comments: what the entries of a feed are, by what they carry and where they lead.

Titles are localized and prove nothing, except where a person has named the feed and nothing else tells.

Tested in tests/feeds/documents/test_kinds.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tracker.domain.feed import Document, FeedKind
from tracker.feeds.documents.items import plain_get
from tracker.feeds.platforms.base import is_comment_feed_address, points_at_comment

# Of a post's feed, its page or its count of comments; a comment has none of them.
_OF_POSTS = ("wfw_commentrss", "slash_comments", "thr_total", "comments")
_COMMENT_WORD = re.compile(r"[ck]om+ent", re.IGNORECASE)
"""As it is written in most languages of Europe: Kommentar, commentaire, comentario, komentarz."""
_LEAST_ON_ONE_PAGE = 2

Item = Mapping[str, Any]


def are_comments(items: Sequence[Item]) -> bool | None:
    """What the entries themselves say; None where they say nothing, as in many small programs."""
    signs = sum(
        "thr_in-reply-to" in item
        or points_at_comment(plain_get(item, "id"))
        or points_at_comment(plain_get(item, "link"))
        for item in items
    )
    if signs * 2 > len(items):
        return True
    return False if any(_is_post(item) for item in items) else None


def _is_post(item: Item) -> bool:
    replies = (link for link in item.get("links") or [] if isinstance(link, Mapping))
    return any(name in item for name in _OF_POSTS) or any(link.get("rel") == "replies" for link in replies)


def seem_comments(document: Document, url: str) -> bool:
    """Whether a feed that a person has named, and whose entries do not say what they are, is one of comments.

    Its address or title says so, or several entries lie on one page: each post has its own.
    """
    if not document.is_unsure:
        return document.kind is FeedKind.COMMENTS
    parts = urlsplit(url)
    if is_comment_feed_address(url) or _COMMENT_WORD.search(f"{parts.path}?{parts.query} {document.title}"):
        return True
    pages = Counter(entry.link.partition("#")[0].rstrip("/") for entry in document.entries if entry.link)
    home = document.home_url.rstrip("/")
    together = sum(count for page, count in pages.items() if count >= _LEAST_ON_ONE_PAGE and page != home)
    anchored = sum("#" in entry.link for entry in document.entries)
    return max(together, anchored) * 2 > len(document.entries)
