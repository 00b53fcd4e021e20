"""What comes in from a blog: fetched documents and the entries in them. Storing is left to `jobs`.

Tested in tests/feeds/documents/test_parse.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Platform(StrEnum):
    """The program a blog runs on, as far as it changes what we may ask for."""

    WORDPRESS = "wordpress"
    BLOGGER = "blogger"
    GENERIC = "generic"


class FeedKind(StrEnum):
    """What an address of a blog is polled for."""

    COMMENTS = "comments"
    POST_COMMENTS = "post-comments"
    POSTS = "posts"
    REST = "rest"
    PAGE = "page"


class Source(StrEnum):
    """The form in which an entry reached us; forms differ in what they tell about its writer."""

    ATOM = "atom"
    RSS = "rss"
    REST = "rest"
    PAGE = "page"


class EntryKind(StrEnum):
    """What an entry is. Only COMMENT can ever be a student's comment."""

    POST = "post"
    COMMENT = "comment"
    PINGBACK = "pingback"
    TOMBSTONE = "tombstone"


class Placeholder(StrEnum):
    """What a blog shows in place of the text of a comment or post; nobody wrote it there as their work."""

    PASSWORD = "password"  # noqa: S105 - what is shown, not one
    MODERATION = "moderation"
    WALL = "wall"  # a form, script or frame and nothing else, such as a request for consent
    ERROR = "error"
    EXCERPT = "excerpt"
    EMPTY = "empty"
    REPEATED = "repeated"  # one text in place of several different ones


class TimeBasis(StrEnum):
    """What a stated time rests on (MODEL §8)."""

    OFFSET = "offset"
    FEED_ZONE = "feed-zone"
    NAIVE = "naive"
    MISSING = "missing"
    IMPLAUSIBLE = "implausible"
    SHIFTED = "shifted"  # off by whole hours against the server's own clock


@dataclass(frozen=True, slots=True)
class StatedTime:
    """When a blog says something happened.

    `at` is aware, in UTC; None when the basis is MISSING or IMPLAUSIBLE. With basis NAIVE the
    blog gave no offset and `at` is the stated wall clock read as if it were UTC: whoever
    judges it chooses the reading. `raw` is the text as it stood in the document.
    """

    raw: str = ""
    at: datetime | None = None
    basis: TimeBasis = TimeBasis.MISSING


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave us to ask "has this changed?" with; sent back verbatim."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class FetchResult:
    """A complete answer. `headers` has lower-case names; `body` is decoded (no gzip), in bytes.

    `moved_to` is the final address when every hop that led there was permanent, else "".
    A 304 has an empty body and `not_modified` True.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    moved_to: str = ""

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def validators(self) -> Validators:
        return Validators(self.headers.get("etag", "")[:1024], self.headers.get("last-modified", "")[:1024])


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a feed, a REST answer or a page delivered it. Texts are NUL-free; "" is unknown.

    `html` is the raw, unsanitised body. `native_number` is the item's own number on its blog
    (`#comment-7480` → "7480"). `placeholder`: the body stands in place of a text that is not shown, as far as
    the body itself tells. `account` is a profile address of the writer
    (`https://www.blogger.com/profile/1`), `author_url` what the writer typed or the platform
    linked. `edited_at` is when it was last changed, where the blog says so with a zone.
    `avatar_hash` is the hex part of a gravatar address. `reply_to` holds every id and
    address by which the entry names the post it belongs to, the surest first.
    """

    kind: EntryKind
    source: Source
    guid: str = ""
    link: str = ""
    title: str = ""
    author: str = ""
    author_url: str = ""
    account: str = ""
    avatar_hash: str = ""
    html: str = ""
    posted: StatedTime = field(default_factory=StatedTime)
    edited_at: datetime | None = None
    native_number: str = ""
    reply_to: tuple[str, ...] = ()
    post_title: str = ""
    by_owner: bool = False
    labels: tuple[str, ...] = ()
    comments_url: str = ""
    comments_total: int | None = None
    cut: bool = False
    placeholder: Placeholder | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class SkippedEntry:
    """An entry that could not be read, with the reason; the rest of its feed was kept."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeptComments:
    """The program that keeps a blog's comments in the blog's stead ("Disqus").

    `where` is the address of the program, or the blog's name there; "" where the page does not say.
    `feed_url` is the feed of all its comments, "" where there is none. An empty `service` says that a page
    was read and loads no such program.
    """

    service: str
    where: str = ""
    feed_url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed feed, REST answer or page.

    `kind` is COMMENTS or POSTS by what the entries are, not by what was hoped for. `total` is
    how many items the blog says it holds (openSearch, X-WP-Total), None when it says nothing;
    `next_url` the following page where the platform has one,
    `more_urls` the other pages that a post's comments are split over. `fault` says in a sentence what
    was broken although entries could be read; "" when nothing was. `is_unsure`: the entries do not say
    whether they are posts or comments, so `kind` is what was hoped for. `identities` are those of the
    entries, in their order, where they were worked out already; `feeds.identity` has them. `kept` is set
    for a page: whether it leaves its comments to another program.
    """

    kind: FeedKind
    source: Source
    entries: tuple[Entry, ...]
    title: str = ""
    platform: Platform = Platform.GENERIC
    platform_blog_id: str = ""
    home_url: str = ""
    owner_names: tuple[str, ...] = ()
    total: int | None = None
    next_url: str = ""
    more_urls: tuple[str, ...] = ()
    skipped: tuple[SkippedEntry, ...] = ()
    cut_to_limit: bool = False
    fault: str = ""
    is_unsure: bool = False
    identities: tuple[Identity, ...] = field(default=(), compare=False)
    kept: KeptComments | None = None


@dataclass(frozen=True, slots=True)
class AliasKey:
    """One of the names an item goes by on its blog: `kind` is number, guid, link or text."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes an item itself on its blog (MODEL §4): `key` starts with its kind and a colon.

    `aliases` holds every other id, surest first. An alias shared by two different comments of
    one document is in `ambiguous` and identifies neither.
    """

    key: str
    aliases: tuple[AliasKey, ...]
    ambiguous: tuple[AliasKey, ...] = ()


class PollOutcome(StrEnum):
    """What one check of one feed came to; the values are part of the `poll --json` format."""

    OK = "ok"
    NOT_MODIFIED = "not-modified"
    GONE = "gone"
    SKIPPED = "skipped"
    ERROR = "error"


class DispositionKind(StrEnum):
    """What became of an entry. Known entries are only counted, on the poll."""

    NEW = "new"
    EDITED = "edited"
    NOT_A_COMMENT = "not-a-comment"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DiscoveredFeed:
    """An address of a blog that holds posts or comments. `probed` is True when we parsed it."""

    kind: FeedKind
    url: str
    probed: bool = True


@dataclass(frozen=True, slots=True)
class DiscoveredBlog:
    """What a pasted address led to.

    `home_url` is the blog's own address. `note` is a sentence for a person, "" when all is
    well ("This blog has no comment feed; ask students for receipts."). `kept`: its comments are not
    with the blog itself.
    """

    platform: Platform
    home_url: str
    title: str
    feeds: tuple[DiscoveredFeed, ...]
    platform_blog_id: str = ""
    owner_names: tuple[str, ...] = ()
    note: str = ""
    kept: KeptComments | None = None

    @property
    def has_comment_feed(self) -> bool:
        """Whether it shows its comments as a whole, in a feed or by REST."""
        return any(feed.kind in (FeedKind.COMMENTS, FeedKind.REST) for feed in self.feeds)
