"""What WordPress serves and how to ask for it. All of it is data that can be corrected.

Pretty permalinks have addresses under /feed/; with default permalinks only the query forms work,
and the pretty ones answer 200 with a page.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# Atom first: only it carries the commenter's own website.
SITE_COMMENTS_PRETTY = ("comments/feed/atom/", "comments/feed/")
SITE_COMMENTS_DEFAULT = ("?feed=comments-atom", "?feed=comments-rss2")
SITE_COMMENTS_OLD = ("index.php/comments/feed/", "wp-commentsrss2.php")
POSTS_PRETTY = ("feed/atom/", "feed/")
POSTS_DEFAULT = ("?feed=atom", "?feed=rss2")
REST_COMMENTS_PRETTY = "wp-json/wp/v2/comments"
REST_COMMENTS_DEFAULT = "/wp/v2/comments"
REST_WORDPRESS_COM = "https://public-api.wordpress.com/wp/v2/sites/{site}/comments"
HOSTS = ("wordpress.com",)
"""Where WordPress.com serves blogs and their REST, also those with a name of their own; hosts below count."""
WINDOW = 10  # items in a feed unless the site raised it; cannot be paged
REST_PAGE = 100

_COMMENT_NUMBER = re.compile(r"#comment-(\d+)$")
_POST_NUMBER = re.compile(r"[?&](?:p|page_id|attachment_id)=(\d+)(?:&|#|$)")
_GUID = re.compile(r"\?(?:[^#]*&)?(?:p|page_id|attachment_id)=\d+(?:#comment-\d+)?$")
_FEED_TAIL = re.compile(r"(?:comments/)?feed/(?:atom|rss2?|rdf)?/?$|comments/feed/?$|feed/?$")
_PAGED_COMMENTS = re.compile(r"/comment-page-\d+/?$")


def comment_number(*texts: str) -> str:
    """The comment's own number from its guid or link (`…#comment-7480` → "7480")."""
    for text in texts:
        found = _COMMENT_NUMBER.search(text)
        if found:
            return found.group(1)
    return ""


def post_number(*texts: str) -> str:
    """The post's own number from a default permalink or guid (`/?p=882` → "882")."""
    for text in texts:
        found = _POST_NUMBER.search(text)
        if found:
            return found.group(1)
    return ""


def is_wordpress_guid(guid: str) -> bool:
    return bool(_GUID.search(guid))


def has_default_permalinks(url: str) -> bool:
    """True for an address only a site with default permalinks gives out."""
    query = urlsplit(url).query
    return bool(re.search(r"(?:^|&)(?:feed|p|page_id|cat|rest_route)=", query))


def alternates(comment_feed_url: str) -> tuple[str, ...]:
    """The other form of a feed: RSS for an Atom address, Atom for an RSS one; () if unknown.

    Holds for site and post feeds, comments and posts, pretty and default permalinks.
    """
    parts = urlsplit(comment_feed_url)
    query = dict(parse_qsl(parts.query))
    feed = query.get("feed", "")
    if feed:
        pairs = {"comments-atom": "comments-rss2", "atom": "rss2"}
        pairs |= {rss: atom for atom, rss in pairs.items()} | {"comments-rss": "comments-atom", "rss": "atom"}
        if feed not in pairs:
            return ()
        return (urlunsplit(parts._replace(query=urlencode(query | {"feed": pairs[feed]}))),)
    path = parts.path
    if re.search(r"/feed/atom/?$", path):
        return (urlunsplit(parts._replace(path=re.sub(r"/feed/atom/?$", "/feed/", path))),)
    if re.search(r"/feed(?:/rss2?)?/?$", path):
        return (urlunsplit(parts._replace(path=re.sub(r"/feed(?:/rss2?)?/?$", "/feed/atom/", path))),)
    return ()


def atom_first(feed_url: str) -> tuple[str, ...]:
    """Both forms of a feed address, the Atom one first."""
    others = alternates(feed_url)
    is_atom = "atom" in urlsplit(feed_url).path + urlsplit(feed_url).query
    return (feed_url, *others) if is_atom else (*others, feed_url)


def home_of(feed_url: str) -> str:
    """The blog's own address as far as a feed's tells it: the part before /feed/ or ?feed=."""
    parts = urlsplit(feed_url)
    path = re.sub(r"(?:index\.php|wp-commentsrss2\.php)$", "", _FEED_TAIL.sub("", parts.path))
    path = path.removesuffix("index.php/")
    return urlunsplit((parts.scheme, parts.netloc, path or "/", "", ""))


def site_comment_feeds(home_url: str, *, pretty: bool) -> tuple[str, ...]:
    """Where a blog's comments are: the form in use first, then the other, then old ones."""
    forms = [SITE_COMMENTS_PRETTY, SITE_COMMENTS_DEFAULT]
    ordered = forms if pretty else forms[::-1]
    return tuple(
        urljoin(_slashed(home_url), form) for forms in (*ordered, SITE_COMMENTS_OLD) for form in forms
    )


def post_feeds(home_url: str, *, pretty: bool) -> tuple[str, ...]:
    forms = [POSTS_PRETTY, POSTS_DEFAULT]
    ordered = forms if pretty else forms[::-1]
    return tuple(urljoin(_slashed(home_url), form) for group in ordered for form in group)


def post_permalink(address: str) -> str:
    """A post's address without the page of its comments: `…/post/comment-page-2/` → `…/post/`."""
    parts = urlsplit(address)
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if k not in ("cpage", "replytocom")])
    return urlunsplit(parts._replace(path=_PAGED_COMMENTS.sub("/", parts.path), query=query, fragment=""))


def post_comment_feeds(permalink: str) -> tuple[str, ...]:
    """Where one post's comments are, Atom first: a window of its own ten, far safer than the site's."""
    parts = urlsplit(permalink)
    number = post_number(permalink)
    if number:
        home = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
        return (f"{home}?feed=atom&p={number}&withcomments=1", f"{home}?feed=rss2&p={number}&withcomments=1")
    path = _slashed(_PAGED_COMMENTS.sub("/", parts.path))
    base = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return (base + "feed/atom/", base + "feed/")


def rest_url(
    home_url: str,
    *,
    pretty: bool,
    page: int = 1,
    post: str | None = None,
    after: datetime | None = None,
) -> str:
    """One page of a blog's comments by REST, newest first, at most 100.

    `after` (aware) is always sent with a Z: without a zone it would be the blog's local time.
    """
    query = {"per_page": str(REST_PAGE), "page": str(page)}
    if post:
        query["post"] = post
    if after is not None:
        query["after"] = after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    home = _slashed(home_url)
    if pretty:
        return f"{home}{REST_COMMENTS_PRETTY}?{urlencode(query)}"
    return f"{home}?rest_route={quote(REST_COMMENTS_DEFAULT)}&{urlencode(query)}"


def rest_bases(home_url: str, *, pretty: bool) -> tuple[str, ...]:
    """Where a blog may answer by REST, in the order to try. Free blogs of WordPress.com answer at
    a public address of its own (developer.wordpress.com)."""
    home = _slashed(home_url)
    default = f"{home}?rest_route={quote(REST_COMMENTS_DEFAULT)}"
    host = urlsplit(home).hostname or ""
    hosted = (REST_WORDPRESS_COM.format(site=host),) if host.endswith(".wordpress.com") else ()
    return (*((home + REST_COMMENTS_PRETTY,) if pretty else ()), default, *hosted)


def rest_page_url(base_url: str, *, post: str = "", after: datetime | None = None) -> str:
    """The first page at an address where a blog answers by REST, newest first, at most 100.

    `after` (aware) is always sent with a Z: without a zone it would be the blog's local time.
    """
    query = {"per_page": str(REST_PAGE), "page": "1"}
    if post:
        query["post"] = post
    if after is not None:
        query["after"] = after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{base_url}{'&' if '?' in base_url else '?'}{urlencode(query)}"


def posts_page_url(feed_url: str, page: int) -> str:
    """A further page of a feed of posts; feeds of comments cannot be paged."""
    parts = urlsplit(feed_url)
    query = dict(parse_qsl(parts.query)) | {"paged": str(page)}
    return urlunsplit(parts._replace(query=urlencode(query)))


def next_rest_url(url: str, headers_total_pages: str) -> str:
    """The page after `url`, "" after the last (X-WP-TotalPages)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    page = int(query.get("page", "1")) if query.get("page", "1").isdigit() else 1
    if not headers_total_pages.isdigit() or page >= int(headers_total_pages):
        return ""
    return urlunsplit(parts._replace(query=urlencode(query | {"page": str(page + 1)}, safe="/")))


def _slashed(url: str) -> str:
    return url if url.endswith("/") else url + "/"
