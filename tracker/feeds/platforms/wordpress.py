"""What WordPress serves and how to ask for it. All of it is data that can be corrected.

Pretty permalinks have addresses under /feed/; with default permalinks only the query forms work,
and the pretty ones answer 200 with a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.feed import Platform
from tracker.feeds.blog_home import may_be_home, told_home
from tracker.feeds.platforms.base import BlogPlatform, Clues, attribute, first_group, is_comment_feed_address

# Atom first: only it carries the commenter's own website.
_PRETTY = ("{path}feed/atom/", "{path}feed/")
_DEFAULT = ("?feed={word}atom", "?feed={word}rss2")
_OLD_COMMENTS = ("index.php/comments/feed/", "wp-commentsrss2.php")
_ATOM_OF = {"comments-rss2": "comments-atom", "comments-rss": "comments-atom", "rss2": "atom", "rss": "atom"}
_RSS_OF = {"comments-atom": "comments-rss2", "atom": "rss2"}
_REST_PRETTY = "wp-json/wp/v2/comments"
_REST_PATH = "wp/v2/comments"
_REST_DEFAULT = f"/{_REST_PATH}"
_REST_WORDPRESS_COM = "https://public-api.wordpress.com/wp/v2/sites/{site}/comments"
_REST_PAGE = 100

_COMMENT_NUMBER = re.compile(r"#comment-(\d+)$")
_GUID = re.compile(r"\?(?:[^#]*&)?(?:p|page_id|attachment_id)=\d+(?:#comment-\d+)?$")
_ADDRESS_MARKS = ("/wp-json/", "rest_route=", "feed=comments", "/comments/feed", "/feed")
_FEED_TAIL = re.compile(r"(?:comments/)?feed/(?:atom|rss2?|rdf)?/?$|comments/feed/?$|feed/?$")
_ATOM_PATH = re.compile(r"/feed/atom/?$")
_RSS_PATH = re.compile(r"/feed(?:/rss2?)?/?$")
_PAGED_COMMENTS = re.compile(r"/comment-page-\d+/?$")
_API_TAIL = re.compile(r"(?:index\.php/?)?(?:wp-json/?(?:index\.html)?)?(?:\?.*)?$")
_DEFAULT_PERMALINK = re.compile(r"(?:^|&)(?:feed|p|page_id|cat|rest_route)=")
_ELEMENT_ID = re.compile(r"^(?:li-|div-)?comment-(\d+)$")
_LOGIN_CLASS = re.compile(r"(?:^|\s)comment-author-([a-z0-9-]+)")
_POST_CLASS = re.compile(r"(?:^|\s)(?:postid|page-id)-(\d+)(?:\s|$)")


class WordPress(BlogPlatform):
    kind = Platform.WORDPRESS
    name = "WordPress"

    has_post_feeds = True
    has_post_pages = True
    has_rest = True
    # Its validators follow the date of the newest approved comment: late approvals, edits and
    # removals change a feed without changing them.
    is_unchanged_at_304 = False
    has_rising_numbers = True
    # Old themes label the blog's wall clock +00:00.
    has_page_zone = False
    own_hosts = ("wordpress.com",)
    hosting = ("wordpress.com", "edublogs.org")
    home_marks = ("/wp-json/", "/comments/feed", *BlogPlatform.home_marks)

    def recognizes(self, clues: Clues) -> bool:
        return (
            bool(_api_of(clues))
            or "wordpress" in clues.generator
            or any(clues.host.endswith(f".{host}") for host in self.hosting)
            or any(_GUID.search(guid) for guid in clues.ids)
            or "/wp-content/" in clues.text
            or "/wp-includes/" in clues.text
        )

    def has_address(self, url: str) -> bool:
        return any(mark in url for mark in _ADDRESS_MARKS)

    def home_of_page(self, clues: Clues) -> str:
        api = _api_of(clues)
        home = _API_TAIL.sub("", api)
        if home != api:
            return home
        # The shortest address before /feed/ is the blog's; the others are its posts' and categories'.
        here = urlsplit(clues.url).hostname
        feeds = [feed for feed in clues.feeds if urlsplit(feed).hostname == here]
        homes = {feed: self.home_of_feed(feed) for feed in feeds}
        # A home page that is a page of its own names the feed of that ("/homepage/feed/"), which lies below.
        above = {feed: home for feed, home in homes.items() if may_be_home(home, clues.url)}
        whole = [home for feed, home in above.items() if is_comment_feed_address(feed)]
        return min(whole or above.values(), key=len, default=told_home(clues.url))

    def home_of_feed(self, url: str) -> str:
        """The part before /feed/ or ?feed=."""
        parts = urlsplit(url)
        path = re.sub(r"(?:index\.php|wp-commentsrss2\.php)$", "", _FEED_TAIL.sub("", parts.path))
        path = path.removesuffix("index.php/")
        return urlunsplit((parts.scheme, parts.netloc, path or "/", "", ""))

    def post_feeds(self, clues: Clues) -> Iterator[str]:
        named = [url for url in clues.feeds if not is_comment_feed_address(url)]
        # Of all feeds a page names, the blog's own before those of this post or category.
        for url in named:
            if self.home_of_feed(url) == clues.home_url:
                yield from self.feed_forms(url)
        for home in _homes(clues):
            yield from _site_feeds(clues, home)
        yield from named

    def comment_feeds(self, clues: Clues) -> Iterator[str]:
        for url in clues.feeds:
            if is_comment_feed_address(url):
                yield from self.feed_forms(url)
        for home in _homes(clues):
            yield from _site_feeds(clues, home, "comments/", "comments-")
        yield from (urljoin(_slashed(clues.home_url), form) for form in _OLD_COMMENTS)

    def feed_forms(self, url: str) -> tuple[str, ...]:
        """Atom and RSS; holds for site and post feeds, comments and posts, pretty and default permalinks."""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        feed = query.get("feed", "")
        if feed:
            other = _ATOM_OF.get(feed) or _RSS_OF.get(feed)
            changed = parts._replace(query=urlencode(query | {"feed": other})) if other else parts
            is_atom = feed in _RSS_OF
        else:
            is_atom = bool(_ATOM_PATH.search(parts.path))
            pattern, ending = (_ATOM_PATH, "/feed/") if is_atom else (_RSS_PATH, "/feed/atom/")
            changed = parts._replace(path=pattern.sub(ending, parts.path))
        forms = (url, urlunsplit(changed)) if is_atom else (urlunsplit(changed), url)
        return forms if changed != parts else (url,)

    def post_comment_feeds(
        self, post_url: str, *, given: str = "", number: str = "", home_url: str = ""
    ) -> tuple[str, ...]:
        """A window of its own ten, far safer than the site's."""
        named = self.feed_forms(given) if given else ()
        if not post_url:
            return named
        parts = urlsplit(post_url)
        written = self.post_number(post_url)
        if written:
            home = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
            return (*named, *(f"{home}?feed={form}&p={written}&withcomments=1" for form in ("atom", "rss2")))
        path = _slashed(_PAGED_COMMENTS.sub("/", parts.path))
        base = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
        return (*named, f"{base}feed/atom/", f"{base}feed/")

    def posts_page_url(self, feed_url: str, page: int) -> str:
        parts = urlsplit(feed_url)
        query = dict(parse_qsl(parts.query)) | {"paged": str(page)}
        return urlunsplit(parts._replace(query=urlencode(query)))

    def is_rest_address(self, url: str) -> bool:
        return "/wp-json/" in url or "rest_route=" in url

    def rest_bases(self, home_url: str, feed_url: str) -> tuple[str, ...]:
        """Free blogs of WordPress.com answer at a public address of its own (developer.wordpress.com)."""
        home = _slashed(home_url or self.home_of_feed(feed_url))
        pretty = () if _has_default_permalinks(feed_url) else (home + _REST_PRETTY,)
        host = urlsplit(home).hostname or ""
        hosted = (_REST_WORDPRESS_COM.format(site=host),) if host.endswith(".wordpress.com") else ()
        return (*pretty, f"{home}?rest_route={quote(_REST_DEFAULT)}", *hosted)

    def rest_of_page(self, clues: Clues) -> tuple[str, ...]:
        api = _api_of(clues)
        told = (f"{_slashed(api)}{_REST_PATH}",) if api else ()
        return tuple(dict.fromkeys((*told, *self.rest_bases(clues.home_url, clues.given_feed))))

    def rest_page_url(self, base_url: str, *, post: str = "", after: datetime | None = None) -> str:
        """At most 100. `after` is sent with a Z: without a zone it would be the blog's local time."""
        query = {"per_page": str(_REST_PAGE), "page": "1"}
        if post:
            query["post"] = post
        if after is not None:
            query["after"] = after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{base_url}{'&' if '?' in base_url else '?'}{urlencode(query)}"

    def comment_number(self, guid: str, link: str = "") -> str:
        """`…#comment-7480` → "7480"."""
        return first_group(_COMMENT_NUMBER, guid) or first_group(_COMMENT_NUMBER, link)

    def owner_addresses(self, home_url: str, feed_url: str) -> tuple[str, ...]:
        return (home_url, self.home_of_feed(feed_url))

    def comment_number_of(self, node: LexborNode) -> str:
        return first_group(_ELEMENT_ID, attribute(node, "id"))

    def post_id_of(self, tree: LexborHTMLParser) -> str:
        number = (
            self.post_number(attribute(tree.css_first("link[rel=shortlink]"), "href"))
            or attribute(tree.css_first("input[name=comment_post_ID]"), "value")
            or first_group(_POST_CLASS, attribute(tree.css_first("body"), "class"))
        )
        return f"?p={number}" if number.isdecimal() else ""

    def account_of(self, classes: str, page_url: str) -> str:
        login = first_group(_LOGIN_CLASS, classes)
        is_hosted = (urlsplit(page_url).hostname or "").endswith(".wordpress.com")
        return f"https://{login}.wordpress.com/" if login and is_hosted else ""

    def time_of(self, comment: LexborHTMLParser) -> str:
        stated = attribute(comment.css_first("time[datetime]"), "datetime")
        if stated:
            return stated
        shown = comment.css_first(".comment-meta, .commentmetadata, .comment-date, .comment-time")
        return shown.text() if shown is not None else ""  # old themes say it in words only

    def is_by_owner(self, comment: LexborHTMLParser, classes: str) -> bool:
        return "bypostauthor" in classes


def next_rest_url(url: str, total_pages: str) -> str:
    """The page after `url`, "" after the last (X-WP-TotalPages)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    page = int(query.get("page", "1")) if query.get("page", "1").isdigit() else 1
    if not total_pages.isdigit() or page >= int(total_pages):
        return ""
    return urlunsplit(parts._replace(query=urlencode(query | {"page": str(page + 1)}, safe="/")))


def _homes(clues: Clues) -> Iterator[str]:
    """Where the blog may be: at its home as far as a page tells it, else in a folder above, at last the root
    of what its host gives to one user. A page may name its own feed only."""
    home, root = _slashed(clues.home_url), told_home(clues.url)
    yield home
    while not _api_of(clues) and home != root and home.startswith(root):
        home = home.rstrip("/").rpartition("/")[0] + "/"
        yield home


def _site_feeds(clues: Clues, home: str, path: str = "", word: str = "") -> Iterator[str]:
    """The form in use first, then the other."""
    is_default = (
        "rest_route=" in _api_of(clues)
        or any("?feed=" in feed for feed in clues.feeds)
        or _has_default_permalinks(clues.given_feed)
    )
    for form in (*_DEFAULT, *_PRETTY) if is_default else (*_PRETTY, *_DEFAULT):
        yield urljoin(home, form.format(path=path, word=word))


def _api_of(clues: Clues) -> str:
    """Where the blog says that its REST interface is."""
    return next((href for rel, href in clues.links if rel == "https://api.w.org/" and href), "")


def _has_default_permalinks(url: str) -> bool:
    """True for an address only a site with default permalinks gives out."""
    return bool(_DEFAULT_PERMALINK.search(urlsplit(url).query))


def _slashed(url: str) -> str:
    return url if url.endswith("/") else url + "/"
