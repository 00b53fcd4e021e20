"""Follow many blogs at once: addresses pasted one a line, or a feed reader's list."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.errors import FeedError, FileError
from tracker.domain.feed import DiscoveredBlog
from tracker.exports.opml import read_opml
from tracker.feeds.discover import discover
from tracker.jobs.blogs.follow import FollowReport, follow_found
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.opt_out import load_left_alone
from tracker.jobs.transaction import read_transaction

MOST = 200
"""Addresses taken at once: each is checked before the answer comes."""
AT_ONCE = 16
MAX_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """An address that led to no blog, with a sentence that says what to do."""

    url: str
    says: str


@dataclass(frozen=True, slots=True)
class FollowListReport:
    """What became of each address. `blind` are followed blogs whose comments no feed shows."""

    followed: tuple[FollowReport, ...]
    refused: tuple[NotFollowed, ...]

    @property
    def new(self) -> int:
        return sum(not one.already for one in self.followed)

    @property
    def blind(self) -> tuple[FollowReport, ...]:
        return tuple(one for one in self.followed if all(kind == "posts" for kind, _ in one.feeds))


def read_addresses(text: str, opml: bytes = b"") -> list[str]:
    """The addresses of a pasted text, one a line, and of an OPML file; each once.

    FileError when there are none, too many, or when the file cannot be read.
    """
    urls = [line.strip() for line in text.splitlines()]
    if opml:
        urls += [blog.home_url or blog.feed_url for blog in read_opml(opml)]
    found = list(dict.fromkeys(filter(None, urls)))
    if not found:
        raise FileError("Paste at least one address, or choose a file.")
    if len(found) > MOST:
        raise FileError(f"You pasted {len(found)} addresses. Paste at most {MOST} at a time.")
    long = next((url for url in found if len(url) > MAX_ADDRESS), None)
    if long is not None:
        raise FileError(f"“{long[:60]}…” is too long to be an address.")
    return found


def follow_list(
    course_id: int, urls: Sequence[str], *, now: datetime, tools: Tools, role: str = "followed"
) -> FollowListReport:
    """Find the blog behind each address and follow it.

        discover (many at once) -> store (one at a time)

    One address, one transaction: what leads nowhere is reported and stops nothing. Safe to repeat.
    """
    with read_transaction() as session:
        tools = tools.leaving_alone(load_left_alone(session))
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="follow") as threads:
        found = list(threads.map(lambda url: _find(url, tools), urls))
    followed, refused = [], []
    for url, one in zip(urls, found, strict=True):
        if isinstance(one, FeedError):
            refused.append(NotFollowed(url, str(one)))
        else:
            followed.append(follow_found(course_id, url, one, now=now, role=role))
    return FollowListReport(tuple(followed), tuple(refused))


def _find(url: str, tools: Tools) -> DiscoveredBlog | FeedError:
    try:
        return discover(url, tools.fetch, tools.parse)
    except FeedError as error:
        return error
