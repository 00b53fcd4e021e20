"""One whole look at one feed: ask, repair, read further where something may be missing. No database.

What became of the entries, and when to look again, is left to `jobs`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.domain.errors import FetchError, FetchErrorClass, ParseError
from tracker.domain.feed import Document, FeedKind, FetchResult, Platform, PollOutcome, Source, Validators
from tracker.feeds import backfill
from tracker.feeds.backfill import Fetch, Parse, Reader, keys_in
from tracker.feeds.gaps import find_gap, is_window_full
from tracker.feeds.platforms import wordpress

_NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class LookTarget:
    """What a look has to know of a feed.

    `known_keys` are the keys ("kind:key", see `identity.keys_of`) of the newest known comments of
    the blog, or posts for a feed of posts. `first`: nothing was ever read from this feed.
    `conditional`: ask "has this changed?" with `validators`. `window_size` is the most items the
    feed was seen to show, `looked_at` the end of the last complete look. `posts_needing_page`
    are addresses of posts whose page is to be read in any case (an open receipt names them). `since`
    is how far back a first look reads where the platform allows it (the start of the term).
    """

    feed_id: int
    kind: FeedKind
    url: str
    platform: Platform = Platform.GENERIC
    home_url: str = ""
    validators: Validators = field(default_factory=Validators)
    body_hash: str = ""
    known_keys: frozenset[str] = frozenset()
    first: bool = True
    conditional: bool = False
    window_size: int | None = None
    looked_at: datetime | None = None
    posts_needing_page: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look came to.

    `documents` has the feed itself first, then other forms of it and further pages. When nothing
    changed (NOT_MODIFIED, or OK with the body of last time) it holds only the pages asked for,
    mostly none. `validators` and
    `body_hash` are to be stored together with the entries; they are empty when the document was
    broken or incomplete, so that the next look reads it again. `gap`: comments were probably
    missed and could not be read elsewhere. `conditional`: validators were really sent, so a 304
    says less than a whole look does (a WordPress 304 can hide late approvals).
    """

    target: LookTarget
    outcome: PollOutcome
    documents: tuple[Document, ...] = ()
    error: FetchError | ParseError | None = None
    http_status: int | None = None
    moved_to: str = ""
    validators: Validators = field(default_factory=Validators)
    body_hash: str = ""
    seconds: float = 0.0
    window_full: bool = False
    gap: bool = False
    conditional: bool = False


def take_look(target: LookTarget, fetch: Fetch, parse: Parse) -> Look:
    """Look at one feed once; trouble of the blog is an outcome, never an exception.

        ask -> unchanged? -> parse, else the other form -> repair -> read on -> pages

    `fetch` is `Fetcher.fetch`, `parse` is `ParserPool.read`, or anything alike.
    """
    started = time.monotonic()
    conditional = target.conditional and target.validators != _NO_VALIDATORS
    try:
        look = _look(target, Reader(fetch, parse), conditional=conditional)
    except (FetchError, ParseError) as error:
        status = error.http_status if isinstance(error, FetchError) else None
        outcome = PollOutcome.GONE if status == 410 else PollOutcome.ERROR
        look = Look(target, outcome, error=error, http_status=status)
    return replace(look, seconds=time.monotonic() - started, conditional=conditional)


def _look(target: LookTarget, reader: Reader, *, conditional: bool) -> Look:
    try:
        result = reader.fetch(target.url, target.validators if conditional else _NO_VALIDATORS)
        if result.not_modified or _hash(result) == target.body_hash:
            return _unchanged(target, reader, result)
        document = _parse_expected(target, reader, result)
    except (FetchError, ParseError) as error:
        other = _read_other_form(target, reader, error)
        if other is None:
            raise
        return _read_on(Look(target, PollOutcome.OK, (other,), http_status=200), reader)
    look = Look(
        target,
        PollOutcome.OK,
        (document,),
        http_status=result.status,
        moved_to=result.moved_to,
        validators=result.validators,
        body_hash=_hash(result),
    )
    return _read_on(look, reader)


def _unchanged(target: LookTarget, reader: Reader, result: FetchResult) -> Look:
    return Look(
        target,
        PollOutcome.NOT_MODIFIED if result.not_modified else PollOutcome.OK,
        tuple(backfill.read_post_pages(reader, target.posts_needing_page)),
        http_status=result.status,
        moved_to=result.moved_to,
        validators=target.validators if result.not_modified else result.validators,
        body_hash=target.body_hash,
    )


def _read_on(look: Look, reader: Reader) -> Look:
    """Repair what was broken, and read what lies beyond the window."""
    target, primary = look.target, look.documents[0]
    if primary.fault or primary.cut_to_limit:
        look = replace(look, validators=_NO_VALIDATORS, body_hash="")
    shown = len(primary.entries) + len(primary.skipped)
    window_full = primary.cut_to_limit or is_window_full(shown, window_size=target.window_size)
    look = replace(look, window_full=window_full)
    if primary.source is Source.PAGE:
        return look
    if primary.platform is Platform.BLOGGER:
        look = _read_blogger(look, reader)
    elif primary.source is Source.REST:
        look = _with_pages(look, backfill.follow_next(reader, primary, target.known_keys))
    elif primary.platform is Platform.WORDPRESS and primary.kind is FeedKind.COMMENTS:
        look = _read_wordpress(look, reader)
    else:
        look = replace(look, gap=_has_gap(look))
    pages = tuple(backfill.read_post_pages(reader, target.posts_needing_page))
    return replace(look, documents=look.documents + pages)


def _read_blogger(look: Look, reader: Reader) -> Look:
    """Blogger pages and counts, so nothing need ever be lost: page until something is known."""
    target = look.target
    pages = backfill.read_blogger_pages(reader, target.url, look.documents[0], target.known_keys)
    return _with_pages(look, pages)


def _with_pages(look: Look, pages: backfill.Pages) -> Look:
    """A look that could not read all its pages must not be believed unchanged next time."""
    look = replace(look, documents=look.documents + pages.documents)
    if pages.is_complete:
        return look
    return replace(
        look,
        validators=_NO_VALIDATORS,
        body_hash="",
        gap=not look.target.first and bool(look.target.known_keys),
    )


def _read_wordpress(look: Look, reader: Reader) -> Look:
    """The other form and REST for a broken feed, REST behind a gap, pages where links are missing."""
    target = look.target
    if look.documents[0].fault:
        look = _add(look, [_read_alternate(target, reader), _rest_page(look, reader)])
    if _has_gap(look):
        look = _close_gap(look, reader)
    elif target.first and look.window_full and target.since is not None:
        look = _add(look, _read_rest(look, reader, after=target.since, known=frozenset()).documents)
    return _find_links(look, reader)


def _find_links(look: Look, reader: Reader) -> Look:
    """RSS names writers without their links: look for them in Atom, in REST, at last on the pages."""
    target = look.target
    if look.documents[0].source is not Source.RSS:
        return look
    if not _is_atom(target.url) and backfill.new_without_link(look.documents, target.known_keys):
        look = _add(look, [_read_alternate(target, reader)])
    if not _has_links(look) and backfill.new_without_link(look.documents, target.known_keys):
        look = _add(look, [_rest_page(look, reader)])
    if not _has_links(look):
        bare = backfill.new_without_link(look.documents, target.known_keys)
        addresses = [name for entry in bare for name in entry.reply_to if _is_permalink(name)]
        look = _add(look, list(backfill.read_post_pages(reader, addresses)))
    return look


def _has_links(look: Look) -> bool:
    """True when a form was read that would carry a writer's link, had the writer given one."""
    return any(document.source is not Source.RSS for document in look.documents)


def _close_gap(look: Look, reader: Reader) -> Look:
    """Read REST back to what was known; the gap stays when that cannot be reached."""
    target, primary = look.target, look.documents[0]
    pages = _read_rest(look, reader, after=target.looked_at, known=target.known_keys)
    look = replace(look, documents=look.documents + pages.documents)
    read = keys_in(pages.documents)
    is_same_blog = not read.isdisjoint(keys_in([primary]))
    return replace(look, gap=not (pages.is_complete and is_same_blog))


def _has_gap(look: Look) -> bool:
    target = look.target
    return find_gap(
        target.known_keys,
        sorted(keys_in(look.documents)),
        window_full=look.window_full,
        first=target.first,
    )


def _rest_page(look: Look, reader: Reader) -> Document | None:
    """One page of REST, for the texts and links the feed does not have."""
    pages = _read_rest(look, reader, after=None, known=keys_in(look.documents))
    return pages.documents[0] if pages.documents else None


def _read_rest(
    look: Look, reader: Reader, *, after: datetime | None, known: frozenset[str]
) -> backfill.Pages:
    target = look.target
    return backfill.read_rest(
        reader,
        target.home_url or wordpress.home_of(target.url),
        pretty=not wordpress.has_default_permalinks(target.url),
        post=_post_number(target, look.documents[0]),
        after=after,
        known=known,
    )


def _parse_expected(target: LookTarget, reader: Reader, result: FetchResult) -> Document:
    """Parse, and refuse posts where comments are followed, and the other way round."""
    expect = target.kind if target.kind in (FeedKind.POSTS, FeedKind.PAGE) else FeedKind.COMMENTS
    document = reader.parse(result, expect)
    wanted = FeedKind.POSTS if target.kind is FeedKind.POSTS else FeedKind.COMMENTS
    if document.kind is not wanted:
        there, here = ("posts", "comments") if wanted is FeedKind.COMMENTS else ("comments", "posts")
        raise ParseError(
            f"This address now shows the blog's {there}, not its {here}.",
            url=target.url,
            error_class=FetchErrorClass.NOT_A_FEED,
        )
    return document


def _read_other_form(target: LookTarget, reader: Reader, error: FetchError | ParseError) -> Document | None:
    """RSS where Atom is not there or holds no feed (and the other way round), on WordPress."""
    is_missing = isinstance(error, ParseError) or error.http_status in (400, 404, 406)
    if target.platform is not Platform.WORDPRESS or not is_missing:
        return None
    return _read_alternate(target, reader)


def _read_alternate(target: LookTarget, reader: Reader) -> Document | None:
    for url in wordpress.alternates(target.url):
        try:
            return _parse_expected(target, reader, reader.fetch(url, _NO_VALIDATORS))
        except (FetchError, ParseError):
            continue
    return None


def _add(look: Look, documents: Sequence[Document | None]) -> Look:
    return replace(look, documents=look.documents + tuple(d for d in documents if d is not None))


def _post_number(target: LookTarget, document: Document) -> str:
    """The post whose comments are followed, for REST; "" for a whole site."""
    if target.kind is not FeedKind.POST_COMMENTS:
        return ""
    return wordpress.post_number(*(name for entry in document.entries for name in entry.reply_to))


def _is_atom(url: str) -> bool:
    return "atom" in url.rpartition("/feed/")[2] or "feed=comments-atom" in url or "feed=atom" in url


def _is_permalink(name: str) -> bool:
    return name.startswith(("http://", "https://")) and not wordpress.is_wordpress_guid(name)


def _hash(result: FetchResult) -> str:
    return hashlib.sha256(result.body).hexdigest()
