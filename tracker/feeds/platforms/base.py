"""What is asked of a blog's platform. The answers here hold for any blog; each platform's module has its own.

Asking the addresses is left to `client`, reading what they answer to `documents`.

Tested in tests/feeds/platforms/test_registry.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.domain.feed import KeptComments, Platform
from tracker.feeds.blog_home import told_home

# Tried in this order when a page names no feed; the site answers 404 or HTML to most of them.
USUAL_POST_FEEDS = (
    *("feed/", "atom.xml", "rss.xml", "index.xml", "feed.xml", "rss"),
    *("blog-feed.xml", "1/feed", "index.rdf"),
)
USUAL_COMMENT_FEEDS = ("comments/feed/", "crss", "comments.xml", "comments/feed")

# An anchor, or a part of a path or id of its own, with a number: #comment-7, #kommentar_7, /comments/7.
_COMMENT_ANCHOR = re.compile(
    r"#(?:(?:isso-|cmt_?|c)\d+|[\w-]*[ck]om+ent[\w-]*\d[\w-]*)$|[/:][ck]om+ent[a-z]*[/:]\d+/?$"
    r"|^(?:tag|urn):.*[/:,][ck]om+ent[a-z]*[-_.]\d+$",
    re.IGNORECASE,
)
_COMMENT_FEED_ADDRESS = re.compile(
    r"/comments/(?:feed|default|full|summary|atom)|/comments(?:\.rss|\.xml)?/?$|/crss/?$"
    r"|[?&]feed=(?:comments|comments-\w+)(?:&|$)|wp-commentsrss2\.php|/comments/feed",
    re.IGNORECASE,
)
_DRUPAL_GUID = re.compile(r"^comment (\d+) at ", re.IGNORECASE)
_POST_NUMBER = re.compile(r"[?&](?:p|page_id|attachment_id)=(\d+)(?:&|#|$)")


@dataclass(frozen=True, slots=True)
class Clues:
    """What a page or a feed tells of its blog.

    `generator` is in lower case. `ids` are those of a feed and its entries. Of a page, `feeds` are all
    that it names and `links` the (relation, address) of each link in its head, in its order.
    `given_feed` is the feed that was pasted instead of a page. `home_url` ends with a slash.
    `kept` names the program that keeps the comments, if not the blog.
    """

    url: str
    generator: str = ""
    ids: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    text: str = field(default="", repr=False)
    given_feed: str = ""
    platform: Platform = Platform.GENERIC
    home_url: str = ""
    title: str = ""
    blog_number: str = ""
    kept: KeptComments | None = None

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()


class BlogPlatform:
    """Any blog. A platform overrides what it does in its own way."""

    kind: ClassVar[Platform] = Platform.GENERIC
    name: ClassVar[str] = "Other platform"
    """What people call it."""

    # How much its documents tell.
    window: ClassVar[int] = 10
    """How many comments a feed shows at most, unless its site has changed that."""
    has_post_feeds: ClassVar[bool] = False
    """Each post has a feed of its own comments, so what the blog's feed drops is read there."""
    has_paged_feeds: ClassVar[bool] = False
    """Its feeds lead back to the first entry, page by page (`page_url`)."""
    has_post_pages: ClassVar[bool] = False
    """Its feeds of posts, and no others, have further pages (`posts_page_url`)."""
    has_rest: ClassVar[bool] = False
    """Its comments can be asked for by REST (`rest_bases`)."""
    is_unchanged_at_304: ClassVar[bool] = True
    """ "Not modified" proves that nothing has changed."""
    has_rising_numbers: ClassVar[bool] = False
    """A later comment has a higher number, whatever post it is on."""
    has_reply_line: ClassVar[bool] = True
    """A reply's text begins with a line that links the comment it answers."""
    has_page_zone: ClassVar[bool] = True
    """The zone of times on its pages is the true one, also where it is UTC."""
    tombstones: ClassVar[frozenset[str]] = frozenset()
    """What stands in place of a comment that was removed; in lower case, with straight apostrophes."""

    # Where it is.
    own_hosts: ClassVar[tuple[str, ...]] = ()
    """Hosts from which it serves feeds of blogs whatever their own names are; hosts below count."""
    hosting: ClassVar[tuple[str, ...]] = ()
    """Hosts below which one company answers for all blogs, so that they share one limit of politeness."""
    home_marks: ClassVar[tuple[str, ...]] = ("/feeds/",)
    """What in a feed's address follows that of its blog."""

    def recognizes(self, clues: Clues) -> bool:
        """Whether a page or feed was made by it."""
        return False

    def has_address(self, url: str) -> bool:
        """Whether an address that was not fetched yet looks like one of its own."""
        return False

    def hosting_of(self, host: str) -> str:
        """The entry of `hosting` that a host lies below, "" for none."""
        return next((name for name in self.hosting if host == name or host.endswith(f".{name}")), "")

    def home_of_page(self, clues: Clues) -> str:
        """The blog's own address, from one of its pages."""
        return told_home(clues.url)

    def home_of_feed(self, url: str) -> str:
        """The blog's own address as far as a feed's tells it, else ""."""
        return ""

    def home_of_link(self, link: str) -> str:
        """The blog's own address, from the page that a feed names as its own."""
        return link

    def guess_home(self, url: str) -> str:
        """The blog's own address, from a feed's that was not fetched yet."""
        for mark in self.home_marks:
            head, found, _ = url.partition(mark)
            if found:
                return f"{head}/"
        # `…/a-post/feed/` and pages give away what the host tells; the blog may be known by a longer key.
        return told_home(url)

    # Which addresses to ask.
    def post_feeds(self, clues: Clues) -> Iterator[str]:
        """Where a blog's posts may be, the likeliest first."""
        yield from (url for url in clues.feeds if not is_comment_feed_address(url))
        yield from _usual(clues, USUAL_POST_FEEDS)

    def comment_feeds(self, clues: Clues) -> Iterator[str]:
        """Where a blog's comments may be, the likeliest first."""
        yield from sorted(clues.feeds, key=is_comment_feed_address, reverse=True)
        yield from _usual(clues, USUAL_COMMENT_FEEDS)

    def feed_forms(self, url: str) -> tuple[str, ...]:
        """The addresses of one feed in all its forms, itself included, the form that tells most first."""
        return (url,)

    def post_comment_feeds(
        self, post_url: str, *, given: str = "", number: str = "", home_url: str = ""
    ) -> tuple[str, ...]:
        """Where the comments of one post may be; `given` is what the blog says, `number` the post's own."""
        return (given,) if given else ()

    def page_url(self, feed_url: str, start: int) -> str:
        """The page of a feed that begins with entry `start` (from 1), where `has_paged_feeds`."""
        raise NotImplementedError

    def posts_page_url(self, feed_url: str, page: int) -> str:
        """Page `page` (from 1) of a feed of posts, where `has_post_pages`."""
        raise NotImplementedError

    def is_rest_address(self, url: str) -> bool:
        """Whether an address is asked by REST."""
        return False

    def rest_bases(self, home_url: str, feed_url: str) -> tuple[str, ...]:
        """Where the comments of a blog may be by REST, the likeliest first."""
        return ()

    def rest_of_page(self, clues: Clues) -> tuple[str, ...]:
        """The same for a blog that is only being looked for, where its page may say it."""
        return self.rest_bases(clues.home_url, clues.given_feed)

    def rest_page_url(self, base_url: str, *, post: str = "", after: datetime | None = None) -> str:
        """The first page at a REST address, newest first, where `has_rest`; `after` is aware."""
        raise NotImplementedError

    # What ids and addresses mean.
    def blog_number(self, *texts: str) -> str:
        """The blog's own number on its platform, from ids and addresses."""
        return ""

    def comment_number(self, guid: str, link: str = "") -> str:
        """A comment's own number, unique on its blog: here Drupal's ("comment 104 at https://…").

        An anchor alone is no number of the blog: many programs count each post's comments from 1.
        """
        return first_group(_DRUPAL_GUID, guid)

    def post_number(self, guid: str, link: str = "") -> str:
        """A post's own number (`/?p=882` → "882")."""
        return first_group(_POST_NUMBER, guid) or first_group(_POST_NUMBER, link)

    def owner_addresses(self, home_url: str, feed_url: str) -> tuple[str, ...]:
        """The addresses of the blog that its owner's comments are signed with."""
        return ()

    # What a post's page shows of its comments.
    comment_anchor: ClassVar[str] = "comment-{}"

    def comment_number_of(self, node: LexborNode) -> str:
        """The number of the comment that an element with an id holds, "" where it holds none."""
        return ""

    def post_id_of(self, tree: LexborHTMLParser) -> str:
        """An id of the post, as its feeds name it."""
        return ""

    def account_of(self, classes: str, page_url: str) -> str:
        """The profile of a comment's writer, as far as the classes of its element tell it."""
        return ""

    def time_of(self, comment: LexborHTMLParser) -> str:
        """When a comment was posted, as its element says it."""
        return ""

    def is_by_owner(self, comment: LexborHTMLParser, classes: str) -> bool:
        """Whether a comment is marked as the blog owner's."""
        return False


def is_comment_feed_address(url: str) -> bool:
    """True when an address says by itself that comments are there."""
    return bool(_COMMENT_FEED_ADDRESS.search(url))


def points_at_comment(url: str) -> bool:
    """True for a link or id that names one comment: an anchor, or Blogger's showComment."""
    return bool(_COMMENT_ANCHOR.search(url)) or "showComment=" in url or bool(_DRUPAL_GUID.match(url))


def root_of(url: str) -> str:
    """Scheme and host with a closing slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def first_group(pattern: re.Pattern[str], text: str) -> str:
    """What a pattern's first group finds in a text, "" for nothing."""
    found = pattern.search(text)
    return found.group(1) if found else ""


def attribute(node: LexborNode | None, name: str) -> str:
    """An element's attribute, "" where either is absent."""
    return (node.attributes.get(name) or "") if node is not None else ""


def _usual(clues: Clues, forms: tuple[str, ...]) -> Iterator[str]:
    """Usual addresses below the page's own folder and below the blog's."""
    for base in dict.fromkeys((urljoin(clues.url, "."), clues.home_url)):
        yield from (urljoin(base, form) for form in forms)
