"""An invented web as plain, mutable models: blogs, their posts and comments, each with its times.

What can be seen of them is a function of an instant, so a term can be looked at night by night.
What the platforms make of it on the wire is left to `wordpress`, `blogger` and `plain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)


class Serves(StrEnum):
    """The program an invented blog pretends to run on."""

    WORDPRESS = "wordpress"
    BLOGGER = "blogger"
    GENERIC = "generic"  # one plain RSS feed of comments
    NONE = "none"  # posts only; comments are drawn by a script and stand in no document


class Permalinks(StrEnum):
    PRETTY = "pretty"
    DEFAULT = "default"  # /?p=12: then the pretty feed addresses answer with the home page


class Theme(StrEnum):
    CLASSIC = "classic"
    BLOCK = "block"


class Trouble(StrEnum):
    """How a blog fails during an outage."""

    UNAVAILABLE = "503"
    SERVER_ERROR = "500"
    DROPPED = "dropped"  # the connection is closed without a word


@dataclass(frozen=True, slots=True)
class Outage:
    """The blog fails from `start` until just before `end` (aware; None: for good)."""

    start: datetime
    end: datetime | None = None
    trouble: Trouble = Trouble.UNAVAILABLE

    def covers(self, now: datetime) -> bool:
        return self.start <= now < (self.end or FAR_FUTURE)


@dataclass(frozen=True, slots=True)
class Edit:
    at: datetime
    html: str


@dataclass(eq=False, slots=True)
class Post:
    """`appears_at` is given when the blog shows the post later than it is dated (a re-dated post)."""

    number: int
    slug: str
    title: str
    html: str
    published: datetime
    labels: tuple[str, ...] = ()
    appears_at: datetime | None = None
    edits: list[Edit] = field(default_factory=list)

    def is_visible(self, now: datetime) -> bool:
        return (self.appears_at or self.published) <= now

    def html_at(self, now: datetime) -> str:
        return _latest_html(self.html, self.edits, now)

    def modified_at(self, now: datetime) -> datetime:
        changes = [self.appears_at or self.published, *(edit.at for edit in self.edits if edit.at <= now)]
        return max(changes)


@dataclass(eq=False, slots=True)
class Comment:
    """`posted_at` is what the blog states. A `held` comment is shown from `approved_at` on (None: never).

    `profile` is a Blogger profile number, `login` a WordPress.com name; `email` shows only as the
    hash of an avatar. `page_tail` is HTML that a plugin adds on the post's page and in no feed.
    `tombstone` is the sentence Blogger leaves behind; "" means that a deleted comment just vanishes.
    """

    number: int
    post: Post
    author: str
    html: str
    posted_at: datetime
    author_url: str = ""
    profile: str = ""
    login: str = ""
    email: str = ""
    held: bool = False
    approved_at: datetime | None = None
    deleted_at: datetime | None = None
    tombstone: str = ""
    edits: list[Edit] = field(default_factory=list)
    kind: str = "comment"  # or "pingback"
    by_owner: bool = False
    parent: Comment | None = None
    page_tail: str = ""

    def is_deleted(self, now: datetime) -> bool:
        return self.deleted_at is not None and self.deleted_at <= now

    def has_appeared(self, now: datetime) -> bool:
        shown_from = (self.approved_at or FAR_FUTURE) if self.held else self.posted_at
        return max(shown_from, self.posted_at) <= now and self.post.is_visible(now)

    def is_visible(self, now: datetime) -> bool:
        return self.has_appeared(now) and not self.is_deleted(now)

    def html_at(self, now: datetime) -> str:
        return _latest_html(self.html, self.edits, now)


@dataclass(eq=False, slots=True)
class Blog:
    """One site. `host` is a name below .localhost, `path` a folder when several blogs share the host.

    `number` is the blog's number at Blogger. `window` is how many items a WordPress or plain feed
    shows. The two breaks are the ones real WordPress feeds have (see docs of the switches below).
    """

    host: str
    serves: Serves
    title: str
    owner_name: str
    path: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Chicago"))
    number: int = 1
    owner_profile: str = ""
    owner_email: str = ""
    permalinks: Permalinks = Permalinks.PRETTY
    theme: Theme = Theme.CLASSIC
    generator: str = "WordPress 6.8.2"
    window: int = 10
    moderated: bool = False
    has_comment_feed: bool = True
    shows_avatars: bool = True
    sha256_avatars: bool = True
    has_rest: bool = True
    breaks_cdata: bool = False
    """The owner typed a raw `]]>` (allowed with unfiltered_html), which ends the CDATA early."""
    bare_ampersand: bool = False
    """Default permalinks with paged comments: Atom replies carry an unescaped `&` in an href."""
    deflates: bool = False
    """Apache compresses and marks the ETag "-gzip"; sent back, that one never matches again."""
    gone_from: datetime | None = None
    outages: list[Outage] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    port: int = 0
    """Set by the blogosphere the blog belongs to."""

    @property
    def authority(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def home_url(self) -> str:
        return f"http://{self.authority}{self.path}/"

    def url(self, rest: str) -> str:
        """An address on this blog; `rest` has no leading slash."""
        return self.home_url + rest

    def is_gone(self, now: datetime) -> bool:
        return self.gone_from is not None and self.gone_from <= now

    def outage(self, now: datetime) -> Outage | None:
        return next((outage for outage in self.outages if outage.covers(now)), None)

    def visible_posts(self, now: datetime) -> list[Post]:
        """Newest first by stated date, as every platform lists them."""
        shown = [post for post in self.posts if post.is_visible(now)]
        return sorted(shown, key=lambda post: (post.published, post.number), reverse=True)

    def visible_comments(self, now: datetime, post: Post | None = None) -> list[Comment]:
        """Newest first by stated date: a comment approved late comes in the middle."""
        return self._comments(lambda comment: comment.is_visible(now), post)

    def listed_comments(self, now: datetime, post: Post | None = None) -> list[Comment]:
        """Like `visible_comments`, with the tombstones that Blogger keeps."""
        return self._comments(
            lambda comment: (
                comment.is_visible(now) or (bool(comment.tombstone) and comment.has_appeared(now))
            ),
            post,
        )

    def _comments(self, is_shown: Callable[[Comment], bool], post: Post | None) -> list[Comment]:
        shown = [c for c in self.comments if is_shown(c) and (post is None or c.post is post)]
        return sorted(shown, key=lambda comment: (comment.posted_at, comment.number), reverse=True)


class Blogosphere:
    """All invented blogs, at one instant (`now`, aware, may be moved) and behind one port."""

    def __init__(self, blogs: Iterable[Blog] = (), *, now: datetime, port: int = 0) -> None:
        self.now = now
        self.blogs = list(blogs)
        self._port = 0
        self.port = port

    @property
    def port(self) -> int:
        return self._port

    @port.setter
    def port(self, port: int) -> None:
        self._port = port
        for blog in self.blogs:
            blog.port = port

    def add(self, blog: Blog) -> Blog:
        blog.port = self._port
        self.blogs.append(blog)
        return blog

    def find(self, host: str, path: str) -> Blog | None:
        """The blog that answers at this host and path; the longest folder wins."""
        fitting = [
            blog
            for blog in self.blogs
            if blog.host == host.lower() and f"{path}/".startswith(f"{blog.path}/")
        ]
        return max(fitting, key=lambda blog: len(blog.path), default=None)


def _latest_html(html: str, edits: list[Edit], now: datetime) -> str:
    for edit in sorted(edits, key=lambda edit: edit.at):
        if edit.at <= now:
            html = edit.html
    return html
