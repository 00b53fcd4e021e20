"""A comment in the feed of a program that keeps comments for blogs -> the comment on its blog's post.

Tested in tests/feeds/documents/test_kept.py.
"""

from __future__ import annotations

import html as html_module
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime

from tracker.domain.feed import Entry, TimeBasis
from tracker.feeds.comment_services import CommentService
from tracker.feeds.documents.clean import MAX_AUTHOR, MAX_GUID, MAX_TITLE, clean_line
from tracker.text.addresses import host_of

_WIDEST_ZONE = timedelta(hours=14)
_ZONE_STEP = timedelta(minutes=15)

_ANSWERS = " > "
"""Between two names in the title of a reply (Remark42)."""


def read_all(
    entries: Sequence[Entry], service: CommentService, headers: Mapping[str, str]
) -> tuple[Entry, ...]:
    """The comments of a program's feed, newest first."""
    shift = _shift_of(entries, headers) if service.has_local_times else None
    return tuple(_read_kept(entry, service, shift) for entry in entries)


def _shift_of(entries: Sequence[Entry], headers: Mapping[str, str]) -> timedelta | None:
    """By how much a server's own time is ahead of UTC: its feed gives the newest comment's time so, its
    header "Last-Modified" the same instant truly. None where they do not differ by a zone's offset."""
    try:
        true = parsedate_to_datetime(headers.get("last-modified", ""))
    except ValueError:
        return None
    stated = entries[0].posted.at if entries else None
    if stated is None or true.tzinfo is None:
        return None
    shift = timedelta(seconds=round((stated - true).total_seconds()))
    return shift if abs(shift) <= _WIDEST_ZONE and not shift % _ZONE_STEP else None


def _read_kept(entry: Entry, service: CommentService, shift: timedelta | None) -> Entry:
    """The comment with its writer, its post's title and an id that no comment of the blog itself has.

    A thread that has its address with the program names its post by the title alone.
    """
    is_with_service = _is_with_service(entry.link, service)
    stated = entry.posted
    if service.has_local_times and stated.at is not None:
        basis = TimeBasis.NAIVE if shift is None else TimeBasis.OFFSET
        stated = replace(stated, at=stated.at - (shift or timedelta(0)), basis=basis)
    html = entry.html
    if service.quotes and _ANSWERS in entry.title:
        html = re.sub(service.quotes, "", html, flags=re.DOTALL)
    title = html_module.unescape(entry.title)
    return replace(
        entry,
        author=entry.author or clean_line(_found(service.author_in, title, "author"), MAX_AUTHOR),
        guid=_guid(entry, service),
        native_number="",
        html=html,
        posted=stated,
        reply_to=() if is_with_service else entry.reply_to,
        post_title=clean_line(_found(service.post_in, title, "post"), MAX_TITLE),
        by_owner=False,
    )


def _is_with_service(link: str, service: CommentService) -> bool:
    own = f"{service.name.lower()}.com"
    host = host_of(link) if link else ""
    return not host or host == own or host.endswith(f".{own}")


def _guid(entry: Entry, service: CommentService) -> str:
    """The blog's own comments are numbered, too, so a bare number gets the program's name before it."""
    given = entry.guid or entry.link.partition("#")[2]
    if not given or "://" in given or given.startswith("tag:"):
        return given
    return f"{service.name.lower()}:{given}"[:MAX_GUID]


def _found(pattern: str, text: str, name: str) -> str:
    found = re.search(pattern, text) if pattern else None
    return found.group(name) if found else ""
