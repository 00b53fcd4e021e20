"""One whole poll of one feed: ask, repair, read further where something may be missing. No database.

What became of the entries, and when to poll again, is left to `jobs`.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace

from tracker.domain.errors import AskedToWaitError, FetchError, FetchErrorClass, ParseError
from tracker.domain.feed import Document, FeedKind, FetchResult, PollOutcome
from tracker.domain.known import KnownPost
from tracker.feeds.allowed_hosts import Home
from tracker.feeds.client.fetch import NO_VALIDATORS, BeforeHop
from tracker.feeds.documents.comments import bare
from tracker.feeds.further_fetch import BlogReader, Fetch, Parse, any_page
from tracker.feeds.further_sources import compares, read_alternate, read_beyond, ways_of
from tracker.feeds.kept_elsewhere import look_at_page
from tracker.feeds.poll_target import CheckedPost, PollResult, PollTarget
from tracker.feeds.post_comments import read_post

ELSEWHERE = (
    "The blog names addresses on hosts that are not known to be its own ({}), so we did not check them."
)


def poll_feed(
    target: PollTarget, fetch: Fetch, parse: Parse, before_page: BeforeHop = any_page
) -> PollResult:
    """Poll one feed once; trouble of the blog is an outcome, never an exception.

        ask -> unchanged? -> parse, else the other form -> what lies beyond -> posts to find

    `fetch` and `parse` are those of the jobs' tools, or anything alike.
    """
    started = time.monotonic()
    conditional = target.conditional and target.validators != NO_VALIDATORS
    reader = BlogReader(fetch, parse, before_page, _home_of(target))
    try:
        result = _ask(target, reader, conditional=conditional)
        result = read_beyond(replace(result, conditional=conditional), reader)
    except (FetchError, ParseError) as error:
        # The poll outlives the answer: a traceback would keep the whole body in memory with it.
        error.__traceback__ = error.__cause__ = error.__context__ = None
        status = error.http_status if isinstance(error, FetchError) else None
        outcome = PollOutcome.GONE if status == 410 else PollOutcome.ERROR
        if isinstance(error, AskedToWaitError):
            return PollResult(target, PollOutcome.SKIPPED, error=error)
        result = PollResult(target, outcome, error=error, http_status=status, conditional=conditional)
        if error.error_class in (FetchErrorClass.RATE_LIMITED, FetchErrorClass.TIMEOUT):
            return replace(result, seconds=time.monotonic() - started)
    result = _find_posts(look_at_page(result, reader), reader)
    result = _say_elsewhere(result, reader)
    return replace(result, seconds=time.monotonic() - started)


def _home_of(target: PollTarget) -> Home:
    """Where a blog is as far as people told us and its own moves showed."""
    named = (post.url for post in target.posts_to_find)
    urls = (target.url, target.home_url, target.posts_url, target.rest_url or "", *named)
    return Home(urls, target.platform)


def _say_elsewhere(result: PollResult, reader: BlogReader) -> PollResult:
    if not reader.elsewhere:
        return result
    hosts = ", ".join(sorted(reader.elsewhere)[:3])
    return replace(result, warning=" ".join(filter(None, (result.warning, ELSEWHERE.format(hosts)))))


def _ask(target: PollTarget, reader: BlogReader, *, conditional: bool) -> PollResult:
    """The feed's own answer, parsed unless it is the one we know."""
    try:
        result = reader.ask_feed(target.url, target.kind, target.validators if conditional else NO_VALIDATORS)
        body_hash = target.body_hash if result.not_modified else hashlib.sha256(result.body).hexdigest()
        is_unchanged = result.not_modified or (body_hash == target.body_hash and not compares(target))
        document = None if is_unchanged else _parse_expected(target, reader, result)
    except (FetchError, ParseError) as error:
        other = _read_other_form(target, reader, error)
        if other is None:
            raise
        return PollResult(target, PollOutcome.OK, other, http_status=200)
    return PollResult(
        target,
        PollOutcome.NOT_MODIFIED if result.not_modified else PollOutcome.OK,
        document,
        http_status=result.status,
        moved_to=result.moved_to,
        validators=target.validators if result.not_modified else result.validators,
        body_hash=body_hash,
    )


def _find_posts(result: PollResult, reader: BlogReader) -> PollResult:
    """Every way to the comments of the posts that receipts wait for, whatever became of the feed."""
    target = result.target
    for post in target.posts_to_find:
        reading = read_post(reader, post, ways_of(result))
        shows = any(document.entries for document in reading.documents)
        trouble = "" if shows else _trouble_with(post, reader, only_gone=bool(reading.documents))
        checked = (*result.checked, CheckedPost(post.url, trouble))
        result = replace(result.with_reading(reading), checked=checked)
    return result


def _trouble_with(post: KnownPost, reader: BlogReader, *, only_gone: bool) -> str:
    """Why nothing of a post could be read, in the words of its page's own trouble.

    `only_gone`: some way showed no comment, which is no trouble, unless the page is not there at
    all: WordPress gives an empty feed for a post that does not exist.
    """
    try:
        reader.read(post.url, FeedKind.PAGE)
    except FetchError as error:
        return str(error) if not only_gone or error.http_status in (404, 410) else ""
    except ParseError as error:
        return "" if only_gone else str(error)
    return ""


def _parse_expected(target: PollTarget, reader: BlogReader, result: FetchResult) -> Document:
    """Parse, and refuse posts where comments are followed, and the other way round."""
    expect = target.kind if target.kind in (FeedKind.POSTS, FeedKind.PAGE) else FeedKind.COMMENTS
    document = reader.parse(result, expect)
    wanted = FeedKind.POSTS if target.kind is FeedKind.POSTS else FeedKind.COMMENTS
    # What says nothing of itself is taken as it was named, but not where the blog leads to its posts.
    is_other = document.is_unsure and _is_one_address(result.final_url, target.posts_url)
    if document.kind is not wanted or (is_other and wanted is FeedKind.COMMENTS):
        there, here = ("posts", "comments") if wanted is FeedKind.COMMENTS else ("comments", "posts")
        raise ParseError(
            f"This address now shows the blog's {there}, not its {here}.",
            url=target.url,
            error_class=FetchErrorClass.NOT_A_FEED,
        )
    return document


def _is_one_address(one: str, other: str) -> bool:
    return bool(other) and bare(one) == bare(other)


def _read_other_form(
    target: PollTarget, reader: BlogReader, error: FetchError | ParseError
) -> Document | None:
    """RSS where Atom is not there or holds no feed (and the other way round), where there are both."""
    is_missing = isinstance(error, ParseError) or error.http_status in (400, 404, 406)
    return read_alternate(target, reader) if is_missing else None
