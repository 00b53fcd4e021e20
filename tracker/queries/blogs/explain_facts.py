"""What is asked about a comment that is looked for, and what is stored about it: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.domain.blog import FINE, Health, OpenGap
from tracker.domain.feed import AliasKey, EntryKind


class Answer(StrEnum):
    """What the question comes to; the values are part of the `explain --json` format."""

    NOT_AN_ADDRESS = "not-an-address"
    NOT_FOLLOWED = "not-followed"
    BLOG = "blog"
    POST = "post"
    HERE = "here"
    GONE = "gone"
    NOT_A_COMMENT = "not-a-comment"
    OPTED_OUT = "opted-out"
    CANNOT_SEE = "cannot-see"
    NEVER_LOOKED = "never-looked"
    GAP = "gap"
    HELD = "held"
    NOT_SHOWN = "not-shown"


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
    feed: str = ""
    versions: int = 1
    edited_at: datetime | None = None
    missed_at: datetime | None = None
    gone_since: datetime | None = None
    is_purged: bool = False
    by_owner: bool = False
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
    """A post that is known. `total` is how many comments its blog says it has; `looked_at` when its
    own feed was read last, None where it has none of its own. `receipts` are those for this post."""

    post_id: int
    title: str
    url: str
    first_seen_at: datetime
    held: int = 0
    total: int | None = None
    looked_at: datetime | None = None
    is_stub: bool = False
    takes_comments: bool | None = None


@dataclass(frozen=True, slots=True)
class BlogFacts:
    """The blog that the address lies on. `roles` are the standing ones ("followed", "class-blog");
    `ended_at` is set when the course stopped following it. `looked_at` is the last complete look at
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
    looked_at: datetime | None = None
    rest_at: datetime | None = None
    next_at: datetime | None = None
    gaps: tuple[OpenGap, ...] = ()
    holds_comments: bool = False
    later_held: bool = False
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """All that is stored about a question."""

    blog: BlogFacts | None = None
    post: PostFacts | None = None
    comment: CommentFacts | None = None
    receipts: tuple[ReceiptFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """`says` is the answer in a sentence, `facts` what it rests on in the order of doubt, `todo` what
    can be done. The ids are of what was found, to be linked to."""

    answer: Answer
    says: str
    facts: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    url: str = ""
    blog_id: int | None = None
    blog: str = ""
    comment_id: int | None = None
    enrollment_id: int | None = None
    in_review: bool = False
    has_page: bool = False
    """Review shows this comment to the reader."""
    can_follow: bool = False
    can_look: bool = False
