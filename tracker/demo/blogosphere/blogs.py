"""An invented web: blogs, their posts and comments, and what of them can be seen at an instant.

Each is made once and then driven by its events (`events`), so a term can be polled night by night.
What the platforms make of it in their documents is left to `wordpress`, `blogger` and `plain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.demo.blogosphere.events import BlogChange, Eventful, Span

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
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


class Rest(StrEnum):
    ON = "on"
    FORBIDDEN = "forbidden"  # a security plugin: 401 for everybody who is not signed in
    NO_ROUTE = "no route"  # 404 rest_no_route


class Atom(StrEnum):
    WORKS = "works"
    BROKEN = "broken"  # a plugin's warning stands before the XML declaration, and the body is cut
    MISSING = "missing"  # 404


class Failure(StrEnum):
    """How a blog fails during an outage."""

    UNAVAILABLE = "503"
    SERVER_ERROR = "500"
    GONE = "410"
    DROPPED = "dropped"  # the connection is closed without an answer


@dataclass(frozen=True, slots=True)
class Outage:
    """The blog fails from `start` until just before `end` (aware; None: for good)."""

    start: datetime
    end: datetime | None = None
    failure: Failure = Failure.UNAVAILABLE

    def covers(self, now: datetime) -> bool:
        return Span(self.start, self.end).covers(now)


@dataclass(eq=False, slots=True)
class DemoPost(Eventful):
    """`appears_at` is given when the blog shows the post later than it is dated (a re-dated post).

    A static page (`is_page`) is in no feed of posts, and has an address of another form.
    """

    number: int
    slug: str
    title: str
    html: str
    published: datetime
    labels: tuple[str, ...] = ()
    appears_at: datetime | None = None
    is_page: bool = False

    def is_visible(self, now: datetime) -> bool:
        return (self.appears_at or self.published) <= now

    def html_at(self, now: datetime) -> str:
        return [self.html, *self.texts(BlogChange.EDITED, now)][-1]

    def slugs(self, now: datetime) -> list[str]:
        """Every slug the post has had, the present one last."""
        return [self.slug, *self.texts(BlogChange.RENAMED, now)]

    def modified_at(self, now: datetime) -> datetime:
        changes = [event.at for event in self.events if event.at <= now]
        return max([self.appears_at or self.published, *changes])


@dataclass(eq=False, slots=True)
class DemoComment(Eventful):
    """`posted_at` is what the blog states. A `held` comment is public only once it is approved.

    `profile` is a Blogger profile number; `email` shows only as the hash of an avatar.
    """

    number: int
    post: DemoPost
    author: str
    html: str
    posted_at: datetime
    author_url: str = ""
    profile: str = ""
    email: str = ""
    held: bool = False
    kind: str = "comment"  # or "pingback"
    by_owner: bool = False
    parent: DemoComment | None = None

    def public_spans(self) -> list[Span]:
        """When the comment is public, once its post is."""
        is_approved, is_removed = not self.held, False
        since = self.posted_at if is_approved else None
        spans = []
        for event in self.events:
            is_approved = is_approved or event.change is BlogChange.APPROVED
            if event.change in (BlogChange.REMOVED, BlogChange.RESTORED):
                is_removed = event.change is BlogChange.REMOVED
            is_public = is_approved and not is_removed
            if is_public and since is None:
                since = event.at
            elif not is_public and since is not None:
                spans.append(Span(since, event.at))
                since = None
        return spans if since is None else [*spans, Span(since)]

    def is_visible(self, now: datetime) -> bool:
        if self.posted_at > now or not self.post.is_visible(now):
            return False
        return any(span.covers(now) for span in self.public_spans())

    def tombstone_at(self, now: datetime) -> str:
        """The sentence that Blogger shows in the place of a removed comment; "" when there is none."""
        removed = self.texts(BlogChange.REMOVED, now)
        if not removed or self.is_visible(now) or not self.post.is_visible(now):
            return ""
        was_public = any(span.start <= now for span in self.public_spans())
        return removed[-1] if was_public else ""

    def html_at(self, now: datetime) -> str:
        return [self.html, *self.texts(BlogChange.EDITED, now)][-1]


@dataclass(eq=False, slots=True)
class DemoBlog(Eventful):
    """One site. `path` is a folder when several blogs share the host.

    `number` is the blog's number at Blogger. `window` is how many items a WordPress or plain feed
    shows, and `page_size` how many threads a page of WordPress shows (None: all on one page).
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
    page_size: int | None = None
    pages_show_comments: bool = True
    """False: a script draws them, and no page holds any."""
    counts_comments: bool = True
    """Whether the feed of posts says how many comments each has."""
    moderated: bool = False
    sha256_avatars: bool = True
    rest: Rest = Rest.ON
    atom: Atom = Atom.WORKS
    deflates: bool = False
    """Apache compresses and marks the ETag "-gzip"; sent back, that one never matches again."""
    outages: list[Outage] = field(default_factory=list)
    posts: list[DemoPost] = field(default_factory=list)
    comments: list[DemoComment] = field(default_factory=list)
    port: int = 0
    """In the blog's addresses, unless 0; see `Blogosphere`."""

    @property
    def home_url(self) -> str:
        """Where the blog was at first."""
        return self.home_at(LONG_AGO)

    def home_at(self, now: datetime) -> str:
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme_at(now)}://{self.hosts(now)[-1]}{port}{self.path}/"

    def hosts(self, now: datetime = FAR_FUTURE) -> list[str]:
        """Every host name the blog has had, the present one last."""
        return [self.host, *self.texts(BlogChange.MOVED, now)]

    def scheme_at(self, now: datetime) -> str:
        return "https" if self.texts(BlogChange.SECURED, now) else "http"

    def url(self, rest: str) -> str:
        """An address on this blog; `rest` has no leading slash."""
        return self.home_url + rest

    def outage(self, now: datetime) -> Outage | None:
        return next((outage for outage in self.outages if outage.covers(now)), None)

    def visible_posts(self, now: datetime, *, pages: bool = False) -> list[DemoPost]:
        """The posts (with `pages`, static pages too), newest first by stated date."""
        shown = [post for post in self.posts if post.is_visible(now) and (pages or not post.is_page)]
        return sorted(shown, key=lambda post: (post.published, post.number), reverse=True)

    def visible_comments(self, now: datetime, post: DemoPost | None = None) -> list[DemoComment]:
        """Newest first by stated date: a comment approved late comes in the middle."""
        return self._comments(lambda comment: comment.is_visible(now), post)

    def listed_comments(self, now: datetime, post: DemoPost | None = None) -> list[DemoComment]:
        """Like `visible_comments`, with those of which Blogger keeps a tombstone."""
        return self._comments(
            lambda comment: comment.is_visible(now) or comment.tombstone_at(now) != "", post
        )

    def _comments(self, is_shown: Callable[[DemoComment], bool], post: DemoPost | None) -> list[DemoComment]:
        shown = [c for c in self.comments if (post is None or c.post is post) and is_shown(c)]
        return sorted(shown, key=lambda comment: (comment.posted_at, comment.number), reverse=True)

    def changed_at(self, now: datetime) -> datetime:
        """What WordPress's validators follow: the newest change of a post, or *date* of a public comment.

        A blog that has nothing yet says that it changed just now.
        """
        changes = [post.modified_at(now) for post in self.visible_posts(now, pages=True)]
        changes += [comment.posted_at for comment in self.comments if comment.is_visible(now)]
        return max(changes, default=now)


class Blogosphere:
    """All invented blogs, at one instant (`now`, aware, may be moved) and behind one port.

    The addresses of blogs below .localhost carry that port, so that a browser finds them; for every
    other host name the server has to be asked where it is.
    """

    def __init__(self, blogs: Iterable[DemoBlog] = (), *, now: datetime, port: int = 0) -> None:
        self.now = now
        self.port = port
        self.blogs: list[DemoBlog] = []
        for blog in blogs:
            self.add(blog)

    def clock(self) -> datetime:
        return self.now

    def listen_at(self, port: int) -> None:
        self.port = port
        for blog in self.blogs:
            self._give_port(blog)

    def add(self, blog: DemoBlog) -> DemoBlog:
        self._give_port(blog)
        self.blogs.append(blog)
        return blog

    def _give_port(self, blog: DemoBlog) -> None:
        blog.port = self.port if blog.host.endswith(".localhost") else 0

    def find(self, host: str, path: str = "") -> DemoBlog | None:
        """The blog that ever answers at this host and path; the longest folder wins."""
        fitting = [
            blog
            for blog in self.blogs
            if host.lower() in blog.hosts() and f"{path}/".startswith(f"{blog.path}/")
        ]
        return max(fitting, key=lambda blog: len(blog.path), default=None)
