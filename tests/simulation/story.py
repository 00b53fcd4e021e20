"""What happens to a blog during a term, as events with their instants, and what is public when.

Every instant is aware and in UTC. What the platforms make of it on the wire is left to `wordpress`
and `blogger`, what a poller must have stored to `oracle`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Published:
    """A post appears; a static page (`is_page`) is in no feed of posts."""

    at: datetime
    number: int
    slug: str
    title: str
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A comment is written. A `held` one is public only once it is approved, with this date."""

    at: datetime
    number: int
    post: int
    author: str
    html: str
    author_url: str = ""
    email: str = ""
    held: bool = False
    kind: str = "comment"  # or "pingback"
    by_owner: bool = False
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Reworded:
    """The text changes; number and date stay, and nothing tells."""

    at: datetime
    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Trashed, marked as spam or deleted; Blogger may leave a sentence in its place."""

    at: datetime
    number: int
    tombstone: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Renamed:
    """The post gets another slug, and with it another address."""

    at: datetime
    post: int
    slug: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The blog goes to another host; the old one redirects there for good."""

    at: datetime
    host: str


@dataclass(frozen=True, slots=True)
class Secured:
    """The blog is at https from now on, and plain http redirects there for good."""

    at: datetime


CommentEvent = Said | Approved | Reworded | Removed | Restored
Event = Published | CommentEvent | Renamed | Moved | Secured


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until just before `end` (None: still so)."""

    start: datetime
    end: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class Life:
    """One comment: how it was written, when it was public, what it said since when."""

    said: Said
    public: tuple[Span, ...]
    texts: tuple[tuple[datetime, str], ...]
    tombstone: str = ""

    @property
    def number(self) -> int:
        return self.said.number

    @property
    def order(self) -> tuple[datetime, int]:
        """By date, then number, as every platform lists them; the greatest is the newest."""
        return self.said.at, self.said.number

    def is_public(self, at: datetime) -> bool:
        return any(span.covers(at) for span in self.public)

    def html_at(self, at: datetime) -> str:
        return next((html for since, html in reversed(self.texts) if since <= at), self.texts[0][1])


@dataclass(frozen=True)
class Story:
    """A blog and all that ever happens to it."""

    host: str
    title: str
    owner: str
    events: tuple[Event, ...]
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Chicago"))
    lives: dict[int, Life] = field(init=False, default_factory=dict)
    _posts: dict[int, Published] = field(init=False, default_factory=dict)
    _renamed: list[Renamed] = field(init=False, default_factory=list)
    _moved: list[Moved] = field(init=False, default_factory=list)
    _secured: list[Secured] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "events", tuple(sorted(self.events, key=lambda event: event.at)))
        stories: dict[int, list[CommentEvent]] = {}
        for event in self.events:
            match event:
                case Published():
                    self._posts[event.number] = event
                case Renamed():
                    self._renamed.append(event)
                case Moved():
                    self._moved.append(event)
                case Secured():
                    self._secured.append(event)
                case _:
                    stories.setdefault(event.number, []).append(event)
        for number, own in stories.items():
            self.lives[number] = _live(own)

    def posts(self, now: datetime, *, pages: bool = False) -> list[Published]:
        """The posts (with `pages`, static pages too), the newest first."""
        shown = [post for post in self._posts.values() if post.at <= now and (pages or not post.is_page)]
        return sorted(shown, key=lambda post: (post.at, post.number), reverse=True)

    def post(self, number: int) -> Published:
        return self._posts[number]

    def slug(self, post: Published, now: datetime) -> str:
        return self.slugs(post, now)[-1]

    def slugs(self, post: Published, now: datetime) -> list[str]:
        """Every slug the post has had, the present one last."""
        later = [e.slug for e in self._renamed if e.post == post.number and e.at <= now]
        return [post.slug, *later]

    def host_at(self, now: datetime) -> str:
        return self.hosts(now)[-1]

    def hosts(self, now: datetime) -> list[str]:
        return [self.host, *(e.host for e in self._moved if e.at <= now)]

    def all_hosts(self) -> list[str]:
        return [self.host, *(event.host for event in self._moved)]

    def scheme_at(self, now: datetime) -> str:
        return "https" if any(e.at <= now for e in self._secured) else "http"

    def comments(self, now: datetime, post: int | None = None) -> list[Life]:
        """What is public, the newest by date first: a late approval comes in the middle."""
        shown = [
            life
            for life in self.lives.values()
            if (post is None or life.said.post == post) and life.is_public(now)
        ]
        return sorted(shown, key=lambda life: life.order, reverse=True)

    def changed_at(self, now: datetime) -> datetime:
        """What WordPress's validators follow: the newest post change or public comment's *date*.

        A blog that has nothing yet says that it changed just now.
        """
        changes: Iterable[datetime] = (
            *(post.at for post in self.posts(now, pages=True)),
            *(event.at for event in self._renamed if event.at <= now),
            *(life.said.at for life in self.lives.values() if life.is_public(now)),
        )
        return max(changes, default=now)


def _live(events: list[CommentEvent]) -> Life:
    """Follow one comment through its events, which come in the order of their instants."""
    said = events[0]
    if not isinstance(said, Said):
        raise ValueError(f"Comment {said.number} is spoken of before it is written.")
    is_approved, is_removed = not said.held, False
    spans: list[Span] = []
    since = said.at if is_approved else None
    texts = [(said.at, said.html)]
    tombstone = ""
    for event in events[1:]:
        if isinstance(event, Approved):
            is_approved = True
        elif isinstance(event, Removed):
            is_removed, tombstone = True, event.tombstone
        elif isinstance(event, Restored):
            is_removed, tombstone = False, ""
        elif isinstance(event, Reworded):
            texts.append((event.at, event.html))
        is_public = is_approved and not is_removed
        if is_public and since is None:
            since = event.at
        elif not is_public and since is not None:
            spans.append(Span(since, event.at))
            since = None
    if since is not None:
        spans.append(Span(since))
    return Life(said, tuple(spans), tuple(texts), tombstone)
