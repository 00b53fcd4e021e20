"""The link on a receipt: stored as it was pasted, without secrets, under its blog's own scheme and host;
and the page that is read for its sake.

Tested in tests/jobs/receipts/test_receipts.py.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tracker.feeds.documents.comments import post_address
from tracker.feeds.identity import clean_link
from tracker.feeds.pasted import read_pasted
from tracker.text.addresses import host_of

_OF_THE_READER: dict[str, tuple[str, ...]] = {
    "m": ("0", "1"),
    "showcomment": (),
    "commentpage": (),
    "replytocom": (),
    "cpage": (),
}
"""Parameters that only say how a page is shown, with the values that do (none: whatever they are)."""


def drop_moderation_hash(url: str) -> str:
    """WordPress shows a commenter whose comment is held `…?unapproved=N&moderation-hash=…#comment-N`;
    the number is worth keeping, the hash is a secret. What is no address stays as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(part for part in parts.query.split("&") if not part.startswith("moderation-hash="))
    return urlunsplit(parts._replace(query=kept))


def settle_host(url: str, home_url: str) -> str:
    """The address under the scheme and host by which its blog is known, where they are one host:
    what is pasted lacks a scheme or a `www.`, and not every name of a blog answers."""
    try:
        parts, home = urlsplit(url), urlsplit(home_url)
    except ValueError:
        return url
    if not home.netloc or host_of(url) != host_of(home_url):
        return url
    return urlunsplit(parts._replace(scheme=home.scheme, netloc=home.netloc))


def page_of(url: str) -> str:
    """The address of the post itself, without what names one comment, the way there, or the reader."""
    addresses = read_pasted(url)
    if not addresses:
        return url
    parts = urlsplit(addresses[0])
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _is_of_the_reader(name.lower(), value)]
    if len(kept) < len(pairs):
        parts = parts._replace(query=urlencode(kept))
    address = urlunsplit(parts)
    return post_address(address) if "/comment-page-" in address else address


def is_home(url: str) -> bool:
    """Whether an address is that of a whole site, where no post's comments can be found."""
    return clean_link(page_of(url)) == "/"


def _is_of_the_reader(name: str, value: str) -> bool:
    return name in _OF_THE_READER and (not _OF_THE_READER[name] or value in _OF_THE_READER[name])
