"""Where what a feed no longer shows can still be: further pages, WordPress REST, the posts' pages.

Every step is a bonus on a look that worked: trouble here ends the step, never the look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.domain.errors import FetchError, FetchErrorClass, ParseError
from tracker.domain.feed import Document, Entry, EntryKind, FeedKind, FetchResult, Validators
from tracker.feeds.identity import document_identities, keys_of
from tracker.feeds.platforms import blogger, wordpress

Fetch = Callable[[str, Validators], FetchResult]
Parse = Callable[[FetchResult, FeedKind], Document]

MAX_PAGES = 20
MAX_POST_PAGES = 10
# REST sorts by date and late approvals keep theirs, so they lie behind the last look.
OVERLAP = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Reader:
    """Fetches and parses one more address, without validators."""

    fetch: Fetch
    parse: Parse

    def read(self, url: str, expect: FeedKind) -> Document:
        return self.parse(self.fetch(url, Validators()), expect)

    def try_read(self, url: str, expect: FeedKind) -> Document | None:
        """The document, or None when the address gives none."""
        try:
            return self.read(url, expect)
        except (FetchError, ParseError):
            return None


@dataclass(frozen=True, slots=True)
class Pages:
    """Further pages, and whether they reach to what was known, or to the end of all there is."""

    documents: tuple[Document, ...]
    is_complete: bool


def keys_in(documents: Sequence[Document]) -> frozenset[str]:
    """Every key of every entry."""
    return frozenset(
        key
        for document in documents
        for identity in document_identities(document)
        for key in keys_of(identity)
    )


def read_blogger_pages(reader: Reader, url: str, first: Document, known: frozenset[str]) -> Pages:
    """Page on by what came back, as long as whole pages are unknown and the blog says there is more."""
    expect = FeedKind.POSTS if first.kind is FeedKind.POSTS else FeedKind.COMMENTS
    documents: list[Document] = []
    page = first
    shown = _shown(first)
    while _shown(page) and known.isdisjoint(keys_in([page])):
        if first.total is None or shown >= first.total:
            return Pages(tuple(documents), is_complete=True)
        if len(documents) >= MAX_PAGES - 1:
            return Pages(tuple(documents), is_complete=False)
        more = reader.try_read(blogger.page_url(url, shown + 1), expect)
        if more is None or more.kind is not first.kind:
            return Pages(tuple(documents), is_complete=False)
        documents.append(more)
        shown += _shown(more)
        page = more
    return Pages(tuple(documents), is_complete=True)


def read_rest(
    reader: Reader, home_url: str, *, pretty: bool, post: str, after: datetime | None, known: frozenset[str]
) -> Pages:
    """A WordPress blog's (or post's) comments by REST, newest first, until a known one or the end.

    `after` is the last complete look; a generous overlap is read again before it.
    """
    since = after - OVERLAP if after is not None else None
    for form in dict.fromkeys((pretty, False)):
        url = wordpress.rest_url(home_url, pretty=form, post=post or None, after=since)
        try:
            first = reader.read(url, FeedKind.COMMENTS)
        except FetchError as error:
            if error.error_class is FetchErrorClass.RATE_LIMITED:
                break
            continue
        except ParseError:
            continue
        return _follow(reader, first, known)
    return Pages((), is_complete=False)


def follow_next(reader: Reader, first: Document, known: frozenset[str]) -> Pages:
    """The pages after `first`, as `next_url` leads, as long as whole pages are unknown."""
    pages = _follow(reader, first, known)
    return Pages(pages.documents[1:], pages.is_complete)


def _follow(reader: Reader, first: Document, known: frozenset[str]) -> Pages:
    documents = [first]
    while documents[-1].next_url and known.isdisjoint(keys_in([documents[-1]])):
        more = reader.try_read(documents[-1].next_url, FeedKind.COMMENTS)
        if more is None or len(documents) >= MAX_PAGES:
            return Pages(tuple(documents), is_complete=False)
        documents.append(more)
        if not _shown(more):
            break
    return Pages(tuple(documents), is_complete=True)


def read_post_pages(reader: Reader, addresses: Sequence[str]) -> Iterator[Document]:
    """The comments on the pages of these posts, at most ten pages."""
    for address in list(dict.fromkeys(addresses))[:MAX_POST_PAGES]:
        page = reader.try_read(address, FeedKind.PAGE)
        if page is not None and page.entries:
            yield page


def new_without_link(documents: Sequence[Document], known: frozenset[str]) -> list[Entry]:
    """Comments not known yet for which no form that was read carries a link of the writer."""
    linked: set[str] = set()
    bare: list[tuple[Entry, frozenset[str]]] = []
    for document in documents:
        for entry, identity in zip(document.entries, document_identities(document), strict=True):
            keys = frozenset(keys_of(identity))
            if entry.author_url or entry.account:
                linked |= keys
            elif entry.kind is EntryKind.COMMENT and known.isdisjoint(keys):
                bare.append((entry, keys))
    return [entry for entry, keys in bare if linked.isdisjoint(keys)]


def _shown(document: Document) -> int:
    return len(document.entries) + len(document.skipped)
