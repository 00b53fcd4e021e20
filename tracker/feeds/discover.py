"""A pasted address -> the blog: its platform, its post feed, its comment feed.

Every candidate is confirmed by parsing it; titles are localized and prove nothing. What an
address form means is kept as data in `platforms`.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from tracker.domain.errors import DiscoveryError
from tracker.domain.feed import (
    DiscoveredBlog,
    DiscoveredFeed,
    Document,
    FeedKind,
    FetchResult,
    Platform,
    Source,
)
from tracker.feeds.blog_home import find_home, told_home
from tracker.feeds.documents.kinds import seem_comments
from tracker.feeds.feed_search import FeedSearch, Fetch, Found, Parse
from tracker.feeds.kept_elsewhere import find_kept, with_kept
from tracker.feeds.page_metadata import read_clues
from tracker.feeds.platforms.base import Clues, root_of
from tracker.feeds.platforms.registry import guess_by_address, platform_of
from tracker.feeds.walls import Wall, say_wall, wall_shown

NO_FEED = "No feed was found at this address. Paste the address of the blog's home page or of its feed."
LED_ELSEWHERE = "The address leads to {host}. " + NO_FEED
NO_COMMENT_FEED = (
    "This blog has no comment feed that we can read. Ask students to save receipts for their comments."
)
READ_BY_POST = "This blog has no feed of all its comments, so we read the comments of each post."
NO_POST_FEED = "This blog has no feed of its posts. We can still follow its comments."
OF_ONE_POST = "This feed shows the comments of one post only, and the blog has no other."


def discover(url: str, fetch: Fetch, parse: Parse) -> DiscoveredBlog:
    """Find a blog from its home page, a post, a comment, a feed, however the address was copied.

    Tiers: is it a feed already? what does the page name? what does its platform serve? WordPress
    comments are taken as Atom where that parses, since RSS has no links of the writers; a feed of a
    small program is taken as whoever pasted it means it. Raises DiscoveryError, with a sentence, when
    there is no blog to be followed.
    """
    search = FeedSearch(fetch, parse, url)
    start = search.open(url)
    given = _read_given(search, start)
    clues = _clues_of_feed(search, start, given) if given else _clues_of_page(search, start)
    posts = _find_posts(search, clues)
    if posts:
        clues = _learn(clues, posts)
    comments = _find_comments(search, clues, start, given)
    if posts is None and comments is None:
        raise DiscoveryError(_say_nothing_found(search, start), url=url)
    read = posts.document if posts else None
    kept = find_kept(clues.kept, comments.url if comments else "", read, search.ask, search.read)
    return with_kept(_describe(search, clues, posts, comments, is_kept=kept is not None), kept)


def _read_given(search: FeedSearch, start: FetchResult) -> Document | None:
    """The feed that was pasted, as one of comments where it seems to be one; None for a page."""
    given = search.read(start.final_url, FeedKind.POSTS)
    if given is not None and given.is_unsure and seem_comments(given, start.final_url):
        given = search.read(start.final_url, FeedKind.COMMENTS)
    return given


def _clues_of_page(search: FeedSearch, start: FetchResult) -> Clues:
    """What a page says; DiscoveryError at a wall that no feed can stand before.

    Where only consent is asked for, the feeds behind it are mostly open.
    """
    if search.wall is Wall.CONSENT:
        platform = guess_by_address(start.url)
        return Clues(url=start.url, platform=platform.kind, home_url=told_home(start.url))
    if search.wall is not None:
        raise DiscoveryError(say_wall(search.wall, search.wall_url), url=search.pasted)
    clues = read_clues(start.body, start.headers, start.final_url)
    wall = None if clues.feeds else wall_shown(start)
    if wall is not None:
        search.meet_wall(wall, start.final_url)
    return clues


def _clues_of_feed(search: FeedSearch, start: FetchResult, feed: Document) -> Clues:
    """What the page a feed belongs to says; when it cannot be read, what the feed says itself."""
    home = platform_of(feed.platform).home_of_feed(start.final_url) or feed.home_url
    page_url = feed.home_url or home or root_of(start.final_url)
    page = search.ask(page_url)
    clues = read_clues(page.body, page.headers, page.final_url) if page else Clues(url=page_url)
    return replace(
        clues,
        platform=clues.platform if feed.platform is Platform.GENERIC else feed.platform,
        feeds=(start.final_url, *clues.feeds) if feed.kind is FeedKind.POSTS else clues.feeds,
        given_feed=start.final_url,
        home_url=clues.home_url or home or told_home(page_url),
        blog_number=clues.blog_number or feed.platform_blog_id,
    )


def _find_posts(search: FeedSearch, clues: Clues) -> Found | None:
    """The blog's feed of posts. One of a category, or of a page, names a home above its own: its feed is
    the blog's, where it has one."""
    platform = platform_of(clues.platform)
    found = search.first(platform.post_feeds(clues), FeedKind.POSTS)
    if found is None or clues.platform is Platform.GENERIC:
        return found
    named = urlsplit(found.document.home_url)
    home = named._replace(path=named.path.rstrip("/") + "/", query="", fragment="").geturl()
    if home == clues.home_url or not clues.home_url.startswith(home):
        return found
    above = replace(clues, home_url=home, feeds=())
    return search.first(platform.post_feeds(above), FeedKind.POSTS) or found


def _learn(clues: Clues, posts: Found) -> Clues:
    """What the feed of posts knows better than the page. Where no platform tells the blog's home, several
    may lie on one host."""
    document, is_any = posts.document, clues.platform is Platform.GENERIC
    return replace(
        clues,
        platform=document.platform if is_any else clues.platform,
        home_url=find_home(clues.url, posts.url, document.home_url) if is_any else _home_above(clues, posts),
        title=document.title or clues.title,
        blog_number=clues.blog_number or document.platform_blog_id,
    )


def _home_above(clues: Clues, posts: Found) -> str:
    """The blog's home, where its feed of posts was found above the one that a page told."""
    home = platform_of(clues.platform).home_of_feed(posts.url)
    return home if home and home != clues.home_url and clues.home_url.startswith(home) else clues.home_url


def _find_comments(
    search: FeedSearch, clues: Clues, start: FetchResult, given: Document | None
) -> Found | None:
    """The blog's feed of comments, else its REST interface, else the feed that was pasted."""
    named = given if given is not None and given.kind is FeedKind.COMMENTS else None
    is_any = clues.platform is Platform.GENERIC
    if named is not None and is_any and not _is_of_one_post(named, clues):
        return Found(start.final_url, named)
    platform = platform_of(clues.platform)
    found = search.first(
        platform.comment_feeds(clues),
        FeedKind.COMMENTS,
        accept=lambda document: not (is_any and _is_of_one_post(document, clues)),
    )
    return found or _find_rest(search, clues) or (Found(start.final_url, named) if named else None)


def _find_rest(search: FeedSearch, clues: Clues) -> Found | None:
    """Where a blog without a feed of comments answers by REST."""
    platform = platform_of(clues.platform)
    for base in platform.rest_of_page(clues) if platform.has_rest else ():
        url = platform.rest_page_url(base)
        document = search.read(url, FeedKind.COMMENTS)
        if document is not None and document.source is Source.REST:
            return Found(url, document)
    return None


def _is_of_one_post(document: Document, clues: Clues) -> bool:
    """Whether a feed says that it belongs to the one post on which all its comments lie."""
    pages = {entry.link.partition("#")[0].rstrip("/") for entry in document.entries}
    home = document.home_url.rstrip("/")
    return pages == {home} and home != clues.home_url.rstrip("/")


def _has_feeds_of_posts(search: FeedSearch, posts: Found | None) -> bool:
    """Whether the blog names a feed of comments for its posts, which can be read."""
    entries = posts.document.entries if posts else ()
    url = next((entry.comments_url for entry in entries if entry.comments_url), "")
    document = search.read(url, FeedKind.COMMENTS) if url else None
    return document is not None and document.kind is FeedKind.COMMENTS


def _say_nothing_found(search: FeedSearch, start: FetchResult) -> str:
    if search.wall is not None:
        return say_wall(search.wall, search.wall_url)
    asked, led = (urlsplit(url).netloc.lower().removeprefix("www.") for url in (start.url, start.final_url))
    return NO_FEED if asked == led else LED_ELSEWHERE.format(host=led)


def _describe(
    search: FeedSearch, clues: Clues, posts: Found | None, comments: Found | None, *, is_kept: bool
) -> DiscoveredBlog:
    notes = [search.insecure] if search.insecure else []
    if comments is None:
        by_post = READ_BY_POST if _has_feeds_of_posts(search, posts) else NO_COMMENT_FEED
        notes += [] if is_kept else [by_post]
    elif clues.platform is Platform.GENERIC and _is_of_one_post(comments.document, clues):
        notes.append(OF_ONE_POST)
    if posts is None:
        notes.append(NO_POST_FEED)
    feeds = [DiscoveredFeed(FeedKind.POSTS, posts.url)] if posts else []
    if comments:
        is_rest = comments.document.source is Source.REST
        feeds.append(DiscoveredFeed(FeedKind.REST if is_rest else FeedKind.COMMENTS, comments.url))
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
