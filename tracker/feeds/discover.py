"""A pasted address -> the blog: its platform, its post feed, its comment feed.

Every candidate is confirmed by parsing it; titles are localized and prove nothing. What an
address form means is kept as data in `platforms`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from tracker.domain.errors import DiscoveryError, FetchError, FetchErrorClass, ParseError
from tracker.domain.feed import DiscoveredBlog, DiscoveredFeed, Document, FeedKind, FetchResult, Platform
from tracker.feeds.blog_home import find_home, told_home
from tracker.feeds.page_metadata import read_clues
from tracker.feeds.pasted import read_pasted, suggest, with_other_host
from tracker.feeds.platforms.base import Clues, is_comment_feed_address, root_of
from tracker.feeds.platforms.registry import platform_of

Fetch = Callable[[str], FetchResult]
Parse = Callable[[FetchResult, FeedKind], Document]

MAX_REQUESTS = 24
_TRY_OTHER_SCHEME = frozenset(
    {FetchErrorClass.CONNECT, FetchErrorClass.TLS, FetchErrorClass.TIMEOUT, FetchErrorClass.RESET}
)

NO_ADDRESS = "This is not a web address. Paste the address of a blog, such as https://roomnine.example/."
DID_YOU_MEAN = "Did you mean this address? {meant}"
MISTYPED = "This address seems to have a typo. " + DID_YOU_MEAN
NO_COMMENT_FEED = (
    "This blog has no comment feed that we can read. Ask students to save receipts for their comments."
)
COMMENTS_ELSEWHERE = (
    "This blog’s comments are on {service}, which has no feed. Ask students to save receipts."
)
NO_POST_FEED = "This blog has no feed of its posts. We can still follow its comments."


def discover(url: str, fetch: Fetch, parse: Parse) -> DiscoveredBlog:
    """Find a blog from its home page, a post, a comment, a feed, however the address was copied.

    Tiers: is it a feed already? what does the page name? what does its platform serve? WordPress
    comments are taken as Atom where that parses, since RSS has no links of the writers. Raises
    DiscoveryError, with a sentence, when there is no blog to be followed.
    """
    search = _Search(fetch, parse, url)
    start = search.open(url)
    given = search.read(start.final_url, FeedKind.COMMENTS)
    clues = (
        search.clues_of_feed(start, given)
        if given
        else read_clues(start.body, start.headers, start.final_url)
    )
    posts = search.first(platform_of(clues.platform).post_feeds(clues), FeedKind.POSTS)
    if posts:
        clues = _learn(clues, posts)
    comments = search.first(platform_of(clues.platform).comment_feeds(clues), FeedKind.COMMENTS)
    if comments is None and given and given.kind is FeedKind.COMMENTS and given.platform is Platform.GENERIC:
        comments = _Found(start.final_url, given)
    if posts is None and comments is None:
        raise DiscoveryError(
            "No feed was found at this address. Paste the address of the blog's home page or of its feed.",
            url=url,
        )
    return _describe(clues, posts, comments)


@dataclass(frozen=True, slots=True)
class _Found:
    url: str
    document: Document


@dataclass
class _Search:
    """Asks each address once, and not too many of them."""

    fetch: Fetch
    parse: Parse
    pasted: str
    _answers: dict[str, FetchResult | None] = field(default_factory=dict)
    _parked: bool = False

    def open(self, text: str) -> FetchResult:
        """The page at the pasted address: with and without www. where the host is not found, by https and by
        http where one does not answer. What is mistyped is not asked for: it may be another site's name."""
        meant = suggest(text)
        if meant:
            raise DiscoveryError(MISTYPED.format(meant=meant), url=self.pasted)
        troubles: list[FetchError] = []
        waiting = list(read_pasted(text))
        while waiting:
            address = waiting.pop(0)
            try:
                result = self.fetch(address)
            except FetchError as error:
                troubles.append(error)
                waiting = _next_addresses(address, error, waiting, is_first=len(troubles) == 1)
            else:
                self._answers[address] = self._answers[result.final_url] = result
                return result
        if not troubles:
            raise DiscoveryError(NO_ADDRESS, url=self.pasted)
        raise DiscoveryError(_say_trouble(text, troubles[0]), url=self.pasted) from troubles[0]

    def ask(self, url: str) -> FetchResult | None:
        if url not in self._answers:
            if self._parked or len(self._answers) >= MAX_REQUESTS:
                return None
            try:
                self._answers[url] = self.fetch(url)
            except FetchError as error:
                self._parked = error.error_class is FetchErrorClass.RATE_LIMITED
                self._answers[url] = None
        return self._answers[url]

    def read(self, url: str, expect: FeedKind) -> Document | None:
        result = self.ask(url)
        if result is None:
            return None
        try:
            return self.parse(result, expect)
        except ParseError:
            return None

    def first(self, candidates: Iterator[str], kind: FeedKind) -> _Found | None:
        """The first candidate that holds what is sought; an empty feed only if its address says so."""
        empty: _Found | None = None
        for url in dict.fromkeys(candidates):
            document = self.read(url, kind)
            if document is None or document.kind is not kind:
                continue
            if document.entries:
                return _Found(url, document)
            result = self.ask(url)
            says_comments = is_comment_feed_address(result.final_url if result else url)
            if empty is None and says_comments == (kind is FeedKind.COMMENTS):
                empty = _Found(url, document)
        return empty

    def clues_of_feed(self, start: FetchResult, feed: Document) -> Clues:
        """What the page a feed belongs to says; when it cannot be read, what the feed says itself."""
        home = platform_of(feed.platform).home_of_feed(start.final_url) or feed.home_url
        page_url = feed.home_url or home or root_of(start.final_url)
        page = self.ask(page_url)
        clues = read_clues(page.body, page.headers, page.final_url) if page else Clues(url=page_url)
        return replace(
            clues,
            platform=clues.platform if feed.platform is Platform.GENERIC else feed.platform,
            feeds=(start.final_url, *clues.feeds) if feed.kind is FeedKind.POSTS else clues.feeds,
            given_feed=start.final_url,
            home_url=clues.home_url or home or told_home(page_url),
            blog_number=clues.blog_number or feed.platform_blog_id,
        )


def _learn(clues: Clues, posts: _Found) -> Clues:
    """What the feed of posts knows better than the page. Where no platform tells the blog's home, several
    may lie on one host."""
    document, is_any = posts.document, clues.platform is Platform.GENERIC
    return replace(
        clues,
        platform=document.platform if is_any else clues.platform,
        home_url=find_home(clues.url, posts.url, document.home_url) if is_any else clues.home_url,
        title=document.title or clues.title,
        blog_number=clues.blog_number or document.platform_blog_id,
    )


def _describe(clues: Clues, posts: _Found | None, comments: _Found | None) -> DiscoveredBlog:
    notes = []
    if comments is None:
        notes.append(
            COMMENTS_ELSEWHERE.format(service=clues.comments_by) if clues.comments_by else NO_COMMENT_FEED
        )
    if posts is None:
        notes.append(NO_POST_FEED)
    feeds = [DiscoveredFeed(FeedKind.POSTS, posts.url)] if posts else []
    feeds += [DiscoveredFeed(FeedKind.COMMENTS, comments.url)] if comments else []
    documents = [found.document for found in (posts, comments) if found]
    platform = next((d.platform for d in documents if d.platform is not Platform.GENERIC), clues.platform)
    return DiscoveredBlog(
        platform=platform,
        home_url=clues.home_url,
        title=clues.title or next((d.title for d in documents if d.title), ""),
        feeds=tuple(feeds),
        platform_blog_id=clues.blog_number or next((d.platform_blog_id for d in documents), ""),
        owner_names=posts.document.owner_names if posts else (),
        note=" ".join(notes),
    )


def _next_addresses(address: str, error: FetchError, waiting: list[str], *, is_first: bool) -> list[str]:
    """What is worth trying after an address gave nothing."""
    if error.error_class is FetchErrorClass.DNS:
        # The other scheme has the same host; the host with or without www. is another.
        twin = with_other_host(address) if is_first else ""
        return [twin, *(with_other_host(one) for one in waiting)] if twin else []
    return waiting if error.error_class in _TRY_OTHER_SCHEME else []


def _say_trouble(text: str, error: FetchError) -> str:
    if error.error_class is not FetchErrorClass.DNS:
        return str(error)
    if "." not in next(iter(read_pasted(text)), "").partition("://")[2].partition("/")[0]:
        return NO_ADDRESS
    meant = suggest(text, not_found=True)
    return f"{error} {DID_YOU_MEAN.format(meant=meant)}" if meant else str(error)
