"""What every form of a comment shares: whose account, is it a pingback or a tombstone, whom it answers.

Tested in tests/feeds/documents/test_parse.py.
"""

from __future__ import annotations

import html as html_module
import re
from collections.abc import Callable, Iterable
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tracker.domain.feed import Entry, EntryKind, SkippedEntry
from tracker.feeds.documents.clean import MAX_AUTHOR, clean, clean_line, clean_url, join_url
from tracker.feeds.platforms.base import first_group
from tracker.feeds.platforms.registry import TOMBSTONES

_TAG = re.compile(r"<[^>]*>")
_PINGBACK_START = re.compile(r"^\W{0,3}(?:\[(?:…|\.\.\.|\s*&#8230;\s*)\]|\[…)")
# Titles have separators, a colon or an ellipsis ("Post | Blog"), or simply many words; names do not.
_TITLE_SIGN = re.compile(r"[|»«›‹…:·?!\"“„]|\s[-–—]\s|\.{2,}|\d{4}")
_TITLE_WORDS = 5

# "In reply to <a href="…#comment-7">Name</a>." which WordPress puts before a reply's body, in any language.
_REPLY_LINE = re.compile(
    r"""^\s*(?:<p[^>]*>)?[^<\n]{0,60}<a\b[^>]*\bhref=["'][^"']*\#comment-\d+["'][^>]*>[^<]{0,200}</a>[^<\n]{0,40}"""
    r"""(?:</p>\s*|\s*<br\s*/?>\s*<br\s*/?>\s*|\n\s*\n\s*)""",
    re.IGNORECASE,
)

_PROFILE = re.compile(
    r"^https?://(?:www\.)?(?:blogger\.com/profile/\d+|draft\.blogger\.com/profile/\d+|plus\.google\.com/(?:u/\d/)?\d+)",
    re.IGNORECASE,
)
_WORDPRESS_LOGIN = re.compile(r"^https?://([a-z0-9-]+)\.wordpress\.com/?$", re.IGNORECASE)
_NOT_A_LOGIN = frozenset({"www", "en", "blog", "public-api", "s0", "s1", "s2"})
_AVATAR = re.compile(r"gravatar\.com/avatar/([0-9a-f]{64}|[0-9a-f]{32})\b", re.IGNORECASE)
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")
_NOT_THE_POST = frozenset({"showComment", "cpage", "replytocom", "unapproved", "moderation-hash", "m"})


Item = TypeVar("Item")


def read_each(
    items: Iterable[tuple[str, Item]], read: Callable[[Item], Entry | None]
) -> tuple[tuple[Entry, ...], tuple[SkippedEntry, ...]]:
    """The entries of a document's items, each of them with its key. One bad item never costs the others,
    whatever is wrong with it."""
    entries, skipped = [], []
    for key, item in items:
        try:
            entry, reason = read(item), "it holds neither an id, a link nor a text"
        except Exception as exc:
            entry, reason = None, f"it could not be read ({type(exc).__name__})"
        if entry is None:
            skipped.append(SkippedEntry(key, reason))
        else:
            entries.append(entry)
    return tuple(entries), tuple(skipped)


def author_name(text: object) -> str:
    """A name as written: WordPress escapes it once more than the format asks for, and what is read
    leniently from broken XML once more still."""
    return clean_line(html_module.unescape(html_module.unescape(clean(text))), MAX_AUTHOR)


def bare(address: str) -> str:
    """An address without scheme, `www.` and closing slash, for telling whether two are one."""
    return re.sub(r"^https?://(?:www\.)?", "", address.strip(), flags=re.IGNORECASE).rstrip("/").lower()


def author_links(url: object, base: str) -> tuple[str, str]:
    """(typed address, profile) from the address under a name; a WordPress.com login is both."""
    address = clean_url(url)
    if not address:
        return "", ""
    address = join_url(base, html_module.unescape(address)) if "://" not in address else address
    if not address.lower().startswith(("http://", "https://")):
        return "", ""
    if _PROFILE.match(address):
        return "", address
    login = _WORDPRESS_LOGIN.match(address)
    if login and login.group(1).lower() not in _NOT_A_LOGIN:
        return address, f"https://{login.group(1).lower()}.wordpress.com/"
    return address, ""


def avatar_hash(address: str) -> str:
    """The hash in a gravatar address: MD5 (32 hex) or, since WordPress 6.8, SHA-256 (64)."""
    return first_group(_AVATAR, address).lower()


def kind_of(author: str, html: str) -> EntryKind:
    """COMMENT, unless the text says it was removed, or is a quotation by another site's program.

    Pingbacks are unmarked in feeds: they begin with […] and their "author" is a page's title.
    """
    text = html_module.unescape(_TAG.sub("", html[:4000])).strip()
    if len(html) < 400 and text.casefold().replace("’", "'") in TOMBSTONES:
        return EntryKind.TOMBSTONE
    if _PINGBACK_START.match(text.removeprefix(author).lstrip()) and _is_title_like(author):
        return EntryKind.PINGBACK
    return EntryKind.COMMENT


def _is_title_like(author: str) -> bool:
    return bool(_TITLE_SIGN.search(author)) or len(author.split()) >= _TITLE_WORDS or len(author) > 60


def without_reply_line(html: str) -> str:
    """The body without the line that names whom it answers, or the answer would match that person."""
    return _REPLY_LINE.sub("", html, count=1)


def post_address(url: str) -> str:
    """The address of the post a comment's address lies on: no anchor, no comment page."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _NOT_THE_POST]
    path = _COMMENT_PAGE.sub("/", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(query), ""))


def names_of_post(*candidates: str) -> tuple[str, ...]:
    """Ids and addresses of the post, cleaned, without repeats, in the order given."""
    cleaned = (
        post_address(clean_url(text))
        if text.startswith(("http://", "https://"))
        else text.partition("#comment-")[0]
        for text in candidates
    )
    return tuple(dict.fromkeys(text for text in cleaned if text))
