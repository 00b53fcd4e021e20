"""Blogs, when we checked them, and what they showed. All courses share these rows.

Tested in tests/models/test_migrations.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.feed import Entry, EntryKind, Source, StatedTime, TimeBasis
from tracker.extensions import Model
from tracker.models.columns import Numbered, UTCDateTime


class Blog(Numbered):
    __tablename__ = "blogs"

    platform: Mapped[str] = mapped_column(String(12))
    platform_blog_id: Mapped[str | None] = mapped_column(String(80))
    home_url: Mapped[str] = mapped_column(String(2000))
    title: Mapped[str] = mapped_column(String(500), default="")
    owner_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(String(500), default="")
    """What discovery said about it in a sentence, such as that it has no comment feed."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("blogs.id"))
    opted_out_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Its owner asked not to be polled; no address of it is asked for while this is set."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    addresses: Mapped[list[BlogAddress]] = relationship(back_populates="blog", order_by="BlogAddress.id")
    feeds: Mapped[list[Feed]] = relationship(back_populates="blog", order_by="Feed.id")

    @property
    def shown_title(self) -> str:
        """Its title, else its address."""
        return self.title or self.home_url


class BlogAddress(Numbered):
    """An address of a blog, now or earlier: a blog moves, its comments stay."""

    __tablename__ = "blog_addresses"
    __table_args__ = (UniqueConstraint("blog_id", "key"), Index("ix_blog_addresses_key", "key"))

    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"))
    key: Mapped[str] = mapped_column(String(500))
    """Normal form by `text.addresses.blog_key`."""
    valid_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UTCDateTime)

    blog: Mapped[Blog] = relationship(back_populates="addresses")


class Feed(Numbered):
    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("kind IN ('comments', 'post-comments', 'posts', 'rest', 'page')", name="kind"),
    )

    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"), index=True)
    kind: Mapped[str] = mapped_column(String(14))
    url: Mapped[str] = mapped_column(String(2000), unique=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    """For kinds post-comments and page: the post whose comments it holds."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Set while it is not polled, as a post's own feed is once nobody may comment there any more."""
    from_receipt: Mapped[bool] = mapped_column(default=False)
    """A page that is read only because a receipt names it: it shows its post, and nothing of the
    rest of the blog."""

    blog: Mapped[Blog] = relationship(back_populates="feeds")
    state: Mapped[FeedState] = relationship(back_populates="feed", uselist=False)


class FeedAddress(Numbered):
    """An earlier address of a feed that has moved."""

    __tablename__ = "feed_addresses"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), index=True)
    url: Mapped[str] = mapped_column(String(2000), index=True)
    left_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FeedState(Model):
    """What the poller remembers between two checks; apart from `feeds`, so that checking again and
    finding nothing changes no fact."""

    __tablename__ = "feed_state"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), primary_key=True)
    etag: Mapped[str] = mapped_column(Text, default="")
    last_modified: Mapped[str] = mapped_column(Text, default="")
    body_hash: Mapped[str] = mapped_column(String(64), default="")
    next_poll_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    """None: due at once."""
    failures: Mapped[int] = mapped_column(default=0)
    """Failed looks in a row."""
    failing_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fully_checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The start of the last full check: what the blog showed then, we hold."""
    fully_read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The last full check that asked for the whole document, whatever we knew."""
    moved_to: Mapped[str] = mapped_column(String(2000), default="")
    """Where a permanent redirect led last time; followed for good when it goes on doing so."""
    moved_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The first check that it led there."""
    rest_url: Mapped[str] = mapped_column(String(2000), default="")
    """Where this WordPress blog answers by REST; empty when it does not, or was never asked."""
    rest_checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rest_read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The last check that read everything REST has since the term began."""
    window_size: Mapped[int] = mapped_column(default=0)
    """The most entries the feed was ever seen to show; 0 before the first."""
    full_window: Mapped[int] = mapped_column(default=0)
    """The most it showed in a window that was full, behind which there may be more; 0: never full."""
    unread: Mapped[int | None]
    """How many comments the blog said it had, beyond those we read, when we first checked: its history."""
    lease_run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)

    feed: Mapped[Feed] = relationship(back_populates="state")


class Subscription(Numbered):
    """This course follows this blog; a feed is polled once, however many courses do."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("course_id", "blog_id", "role"),
        CheckConstraint("role IN ('followed', 'class-blog')", name="role"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Set when the course stopped following; what was seen stays."""

    blog: Mapped[Blog] = relationship()


class Run(Numbered):
    """One execution of the poll job over many feeds."""

    __tablename__ = "runs"

    trigger: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it ended early; empty when it did not."""
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    owner: Mapped[str] = mapped_column(String(120), default="")
    """The process that holds the lease, as host:pid:start; a lease of a dead process holds nothing."""


class Poll(Numbered):
    """One check one feed, with its outcome."""

    __tablename__ = "polls"
    __table_args__ = (Index("ix_polls_feed_id_at", "feed_id", "at"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[str] = mapped_column(String(14))
    http_status: Mapped[int | None]
    error_class: Mapped[str | None] = mapped_column(String(14))
    error: Mapped[str] = mapped_column(String(500), default="")
    seconds: Mapped[float] = mapped_column(default=0.0)
    entries: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    stored: Mapped[int] = mapped_column(default=0)
    """Rows held of what this check showed: new and known alike."""
    new: Mapped[int] = mapped_column(default=0)
    edited: Mapped[int] = mapped_column(default=0)
    conditional: Mapped[bool] = mapped_column(default=False)
    window_full: Mapped[bool] = mapped_column(default=False)
    gap: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[str] = mapped_column(String(500), default="")
    """What was broken in a document that could be read all the same."""
    moved_to: Mapped[str] = mapped_column(String(2000), default="")
    also_read: Mapped[str] = mapped_column(String(200), default="")
    """The other ways to the comments that this check took, in words: REST, post feeds, pages."""

    feed: Mapped[Feed] = relationship()


class Disposition(Numbered):
    """What became of an entry that was new, edited, no comment, or could not be kept."""

    __tablename__ = "dispositions"
    __table_args__ = (Index("ix_dispositions_feed_id_entry_key", "feed_id", "entry_key"),)

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), index=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"))
    entry_key: Mapped[str] = mapped_column(String(600))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(14))
    reason: Mapped[str] = mapped_column(String(500), default="")


class Gap(Numbered):
    """Between two full checks a blog may have shown comments that we did not see."""

    __tablename__ = "gaps"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="overflow")
    """overflow: a full window shared nothing with what was known; count: the blog says it has more."""
    after_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    before_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expected: Mapped[int | None]
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by: Mapped[str] = mapped_column(String(200), default="")


class _SeenItem:
    """What posts and comments have in common: identity and three clocks (MODEL §4)."""

    identity: Mapped[str] = mapped_column(String(600))
    native_number: Mapped[str | None] = mapped_column(String(80))
    author: Mapped[str] = mapped_column(String(200), default="")
    author_url: Mapped[str] = mapped_column(Text, default="")
    account: Mapped[str] = mapped_column(String(500), default="")
    """A profile address of the writer."""
    title: Mapped[str] = mapped_column(String(500), default="")
    posted_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    posted_raw: Mapped[str] = mapped_column(String(200), default="")
    posted_basis: Mapped[str] = mapped_column(String(12), default="missing")
    first_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_check_before: Mapped[datetime | None] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When we saw that it had changed; the last time, if often."""
    gone_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    missed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The first check that read the whole place and lacked it; the second one makes it gone."""

    def stated_time(self) -> StatedTime:
        return StatedTime(self.posted_raw, self.posted_at, TimeBasis(self.posted_basis))


class Post(_SeenItem, Numbered):
    """A post of a blog. One that is only known from a comment on it is `is_stub`."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("blog_id", "identity"),)

    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"))
    url: Mapped[str] = mapped_column(Text, default="")
    labels: Mapped[list[str]] = mapped_column(JSON, default=list)
    html: Mapped[str] = mapped_column(Text, default="")
    hash: Mapped[str] = mapped_column(String(64), default="")
    comments_total: Mapped[int | None]
    """How many comments its blog says it has, as last seen."""
    comments_unread: Mapped[int | None]
    """How many of them we did not read when we first saw the post: its history before the course."""
    comments_asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When its own feed, REST or page was last read for its comments, by a check the whole blog."""
    comments_url: Mapped[str] = mapped_column(Text, default="")
    """Where its own comments are, as its blog gives it; empty when it gives none or they are closed."""
    is_stub: Mapped[bool] = mapped_column(default=False)
    first_seen_poll_id: Mapped[int | None] = mapped_column(ForeignKey("polls.id", use_alter=True))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)

    blog: Mapped[Blog] = relationship()


class PostAlias(Numbered):
    __tablename__ = "post_aliases"
    __table_args__ = (UniqueConstraint("blog_id", "kind", "key"), Index("ix_post_aliases_key", "key"))

    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(600))


class Comment(_SeenItem, Numbered):
    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("blog_id", "identity"),
        CheckConstraint("kind IN ('comment', 'pingback', 'tombstone')", name="kind"),
    )

    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    permalink: Mapped[str] = mapped_column(Text, default="")
    guid: Mapped[str] = mapped_column(String(500), default="")
    avatar_key: Mapped[str] = mapped_column(String(64), default="")
    """Keyed hash of the writer's gravatar hash; the bare one is not kept."""
    by_owner: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(8))
    """The form that gave the richest evidence so far."""
    first_seen_poll_id: Mapped[int | None] = mapped_column(ForeignKey("polls.id"))
    current_version: Mapped[int] = mapped_column(default=1)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)

    blog: Mapped[Blog] = relationship()
    post: Mapped[Post | None] = relationship()
    version: Mapped[CommentVersion | None] = relationship(
        primaryjoin="and_(Comment.id == CommentVersion.comment_id, "
        "Comment.current_version == CommentVersion.n)",
        foreign_keys="[CommentVersion.comment_id, CommentVersion.n]",
        viewonly=True,
        uselist=False,
    )

    @property
    def at(self) -> datetime:
        """When the blog says it was posted, else when we first saw it."""
        return self.posted_at or self.first_seen_at

    @property
    def html(self) -> str:
        """Its text as the blog sent it, to be sanitized before it is shown; "" when it is not kept."""
        return (self.version.text or "") if self.version else ""

    def as_entry(self, html: str) -> Entry:
        """The comment as matching reads it; `html` is the text of the version to judge."""
        return Entry(
            kind=EntryKind(self.kind),
            source=Source(self.source),
            guid=self.guid,
            link=self.permalink,
            title=self.title,
            author=self.author,
            author_url=self.author_url,
            account=self.account,
            avatar_hash=self.avatar_key,
            html=html,
            posted=self.stated_time(),
            native_number=self.native_number or "",
            by_owner=self.by_owner,
        )


class CommentAlias(Numbered):
    """Another id of a comment. Not unique: one guid may be carried by several comments, and is
    then `ambiguous` and identifies none of them."""

    __tablename__ = "comment_aliases"
    __table_args__ = (
        UniqueConstraint("comment_id", "kind", "key"),
        Index("ix_comment_aliases_blog_id_kind_key", "blog_id", "kind", "key"),
    )

    blog_id: Mapped[int] = mapped_column(ForeignKey("blogs.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(600))
    ambiguous: Mapped[bool] = mapped_column(default=False)


class CommentVersion(Numbered):
    """What the blog sent for a comment. The hash is over canonical text, or the same comment by
    RSS, Atom, REST and page would read as edits."""

    __tablename__ = "comment_versions"
    __table_args__ = (UniqueConstraint("comment_id", "n"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    n: Mapped[int]
    source: Mapped[str] = mapped_column(String(8))
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    text: Mapped[str | None] = mapped_column(Text)
    """The body's HTML, unsanitised. None after a purge."""
    hash: Mapped[str] = mapped_column(String(64))
    is_cut: Mapped[bool] = mapped_column(default=False)
    raw: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The entry as delivered, for retracing; erased with the text."""
    purged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    words: Mapped[int | None]
    """How many words of the writer's own the text had, written down when it is purged."""
    counts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """By course, what else the text held (`queries.verdicts.text_counts`), written down when it is purged."""
