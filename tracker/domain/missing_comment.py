"""A question about a comment that is not found, what is stored about it, and why it is not here.

Tested in tests/queries/blogs/test_explain.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.domain.blog import FINE, Health, OpenGap
from tracker.domain.feed import AliasKey, EntryKind, FeedKind


class Finding(StrEnum):
    """Why a comment is here or not, as exactly as it is known."""

    NOT_AN_ADDRESS = "not-an-address"
    NOT_FOLLOWED = "not-followed"
    NO_LONGER_FOLLOWED = "no-longer-followed"
    BLOG = "blog"
    POST = "post"
    HERE = "here"
    GONE = "gone"
    NOT_A_COMMENT = "not-a-comment"
    OPTED_OUT = "opted-out"
    CLASS_BLOG = "class-blog"
    NO_COMMENT_FEED = "no-comment-feed"
    NEVER_CHECKED = "never-looked"
    BLOG_GONE = "blog-gone"
    NO_ANSWER = "no-answer"
    HELD = "held"
    GAP = "gap"
    UNKNOWN_POST = "unknown-post"
    NOT_SHOWN = "not-shown"

    @property
    def answer(self) -> str:
        """The same for programs, as `explain --json` has it: less exactly."""
        return _ANSWERS.get(self, self.value)


_ANSWERS = {
    Finding.NO_LONGER_FOLLOWED: "not-followed",
    Finding.CLASS_BLOG: "cannot-see",
    Finding.NO_COMMENT_FEED: "cannot-see",
    Finding.BLOG_GONE: "cannot-see",
    Finding.NO_ANSWER: "cannot-see",
    Finding.UNKNOWN_POST: "not-shown",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What was pasted, read. `number` is the comment's own number in it, "" for none; `is_held`: the
    link is the one WordPress shows a writer whose comment waits for the owner."""

    pasted: str
    url: str = ""
    comment_keys: tuple[AliasKey, ...] = ()
    post_keys: tuple[AliasKey, ...] = ()
    post_key: str = ""
    blog_keys: tuple[str, ...] = ()
    platform_blog_id: str = ""
    number: str = ""
    names_comment: bool = False
    is_held: bool = False
    is_home: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    enrollment_id: int
    name: str


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """A comment that is held. `verdict` and `reason` are its linkage's ("" where this course has
    none), `student` who it is linked to as far as the reader may see them. `other_ids`: it came in
    as several comments that proved to be one."""

    comment_id: int
    kind: EntryKind
    author: str
    permalink: str
    first_seen_at: datetime
    posted_at: datetime | None = None
    post_title: str = ""
    feed: FeedKind | None = None
    versions: int = 1
    edited_at: datetime | None = None
    missed_at: datetime | None = None
    gone_since: datetime | None = None
    is_purged: bool = False
    other_ids: int = 0
    verdict: str = ""
    reason: str = ""
    decided: bool = False
    student: Person | None = None
    candidates: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    person: Person
    saved_at: datetime
    state: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post that is known. `total` is how many comments its blog says it has; `fully_checked_at` when its
    own feed was read last, None where it has none of its own. `receipts` are those for this post."""

    post_id: int
    title: str
    url: str
    first_seen_at: datetime
    held: int = 0
    total: int | None = None
    fully_checked_at: datetime | None = None
    takes_comments: bool | None = None

    @property
    def is_incomplete(self) -> bool:
        """Its blog counts more comments than we hold."""
        return self.total is not None and self.total > self.held


@dataclass(frozen=True, slots=True)
class BlogFacts:
    """The blog that the address lies on. `roles` are the standing ones ("followed", "class-blog");
    `ended_at` is set when the course stopped following it. `fully_checked_at` is the last full check at
    all its comments, `rest_at` the last one that read everything by REST. `later_held`: comments
    with higher numbers than the one in question are held."""

    blog_id: int
    title: str
    home_url: str
    roles: tuple[str, ...] = ("followed",)
    ended_at: datetime | None = None
    followed_since: datetime | None = None
    opted_out_at: datetime | None = None
    has_comment_feed: bool = True
    health: Health = FINE
    fully_checked_at: datetime | None = None
    rest_at: datetime | None = None
    next_at: datetime | None = None
    gaps: tuple[OpenGap, ...] = ()
    holds_comments: bool = False
    later_held: bool = False
    is_other: bool = False

    @property
    def is_checked(self) -> bool:
        return bool(self.roles) and self.opted_out_at is None


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """All that is stored about a question."""

    blog: BlogFacts | None = None
    post: PostFacts | None = None
    comment: CommentFacts | None = None
    receipts: tuple[ReceiptFacts, ...] = ()
