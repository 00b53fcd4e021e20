"""What a poll has to know of a feed, and what it comes to. Polling itself is `poll_feed`.

Tested in tests/feeds/test_poll_feed.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.domain.errors import FetchError, ParseError
from tracker.domain.feed import Document, FeedKind, KeptComments, Platform, PollOutcome, Validators
from tracker.domain.known import Coverage, Known, KnownPost


@dataclass(frozen=True, slots=True)
class PollTarget:
    """What a poll has to know of a feed.

    `recall` gives what is held of the blog (of its comments, or of its posts for a feed of posts);
    it is asked only when something new came. `first`: nothing was ever read from this feed.
    `conditional`: ask "has this changed?" with `validators`. `window_size` is the most items the
    feed was seen to show, `fully_checked_at` the start of the last complete poll, `since` how far back
    comments matter (the start of the term).

    `rest_url` is where the blog answers by REST, "" when it does not; None: not tried lately.
    `posts_url` is the blog's feed of posts, which counts its comments; `comments_window` the most
    comments that the blog's feed of comments was seen to show. `unread` is the history
    that the blog counts and we did not read. `counts`: a feed of posts is compared by its counts.
    `pages`: posts' pages may be read where nothing else reaches; `links_from_pages`: also for the
    links of writers whom a feed only names. `posts_to_find` are posts that open receipts name:
    every way to their comments is tried. `has_comment_feed`: the blog shows its comments as a whole, in a
    feed or by REST. `page_to_read` is a page of the blog that is read to see who keeps its comments, ""
    where it is not time for that; `kept_feed_url` the feed of such a program that is followed already.
    """

    feed_id: int
    kind: FeedKind
    url: str
    platform: Platform = Platform.GENERIC
    home_url: str = ""
    validators: Validators = field(default_factory=Validators)
    body_hash: str = ""
    recall: Callable[[], Known] = Known
    first: bool = True
    conditional: bool = False
    window_size: int | None = None
    fully_checked_at: datetime | None = None
    since: datetime | None = None
    rest_url: str | None = None
    posts_url: str = ""
    comments_window: int | None = None
    unread: int = 0
    counts: bool = False
    pages: bool = True
    links_from_pages: bool = True
    posts_to_find: tuple[KnownPost, ...] = ()
    has_comment_feed: bool = True
    page_to_read: str = ""
    kept_feed_url: str = ""


@dataclass(frozen=True, slots=True)
class FurtherReading:
    """What was read beside the feed itself. `coverages` are the places that were read whole; `ways` names
    what was asked."""

    documents: tuple[Document, ...] = ()
    coverages: tuple[Coverage, ...] = ()
    ways: tuple[str, ...] = ()

    def __add__(self, other: FurtherReading) -> FurtherReading:
        return FurtherReading(
            self.documents + other.documents,
            self.coverages + other.coverages,
            tuple(dict.fromkeys(self.ways + other.ways)),
        )


@dataclass(frozen=True, slots=True)
class Missed:
    """Comments that the blog showed and no way led to. `kind` is "overflow" (a full window shared
    nothing with what was known) or "count" (the blog says it has more); `expected` is how many,
    None when the blog does not say."""

    kind: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedPost:
    """A post that a receipt names was polled; `trouble` says why it could not be read at all."""

    url: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a poll came to.

    `primary` is the feed itself, None when it was not read or nothing in it had changed; `others`
    are other forms of it, further pages, and what else was read. `validators` and `body_hash` are
    to be stored together with the entries; they are empty when the document was broken or
    incomplete, so that the next poll reads it again. `missed`: comments were probably missed and
    could not be read elsewhere. `caught_up` says by what it was shown that all the blog shows
    since the term began is held now, "" if it was not. `conditional`: validators were really sent,
    so a 304 says less than a whole poll does (a WordPress 304 can hide late approvals).
    `rest_url`: where the blog answered by REST, "" when it did not, None when it was not asked;
    `rest_complete`: everything since the term began was read there; `are_comments_read`: the comments of
    every post of a feed of posts were, or are held as the blog counts them. `warning` says in a sentence
    what is strange about an answer that could be read. `asked_posts` are the ids ("kind:key") of
    each post whose own comments were read; where some had to be left for the next poll, every post
    was read after `all_asked_since`, so what was caught up with reaches no further (None: none was).
    `asked_at` is when the first request was begun and `answered_at` when all had been answered, by
    the clock of the job that polls: how long it then waits to be stored says nothing of the blog.
    `kept` is what a page said of who keeps the blog's comments, None where none was read.
    """

    target: PollTarget
    outcome: PollOutcome
    primary: Document | None = None
    others: tuple[Document, ...] = ()
    error: FetchError | ParseError | None = None
    http_status: int | None = None
    moved_to: str = ""
    validators: Validators = field(default_factory=Validators)
    body_hash: str = ""
    seconds: float = 0.0
    window_full: bool = False
    missed: Missed | None = None
    caught_up: str = ""
    coverages: tuple[Coverage, ...] = ()
    also_read: tuple[str, ...] = ()
    conditional: bool = False
    rest_url: str | None = None
    rest_complete: bool = False
    are_comments_read: bool = False
    asked_posts: tuple[frozenset[str], ...] = ()
    all_asked_since: datetime | None = None
    warning: str = ""
    checked: tuple[CheckedPost, ...] = ()
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    kept: KeptComments | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        return (self.primary, *self.others) if self.primary else self.others

    def with_reading(self, reading: FurtherReading, *ways: str) -> PollResult:
        """The same with what else was read; `ways` name it where it is anything."""
        named = (*self.also_read, *reading.ways, *(ways if reading.documents else ()))
        return replace(
            self,
            others=self.others + reading.documents,
            coverages=self.coverages + reading.coverages,
            also_read=tuple(dict.fromkeys(named)),
        )
