"""Blogs, their feeds, and when we checked them. All courses share these rows.

Tested in tests/models/test_migrations.py.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
    comments_by: Mapped[str] = mapped_column(String(40), default="")
    """The program that keeps its comments in its stead ("Disqus"); empty for the blog itself."""
    comments_at: Mapped[str] = mapped_column(String(1000), default="")
    """Where that program is, or the blog's name there; empty where its pages do not say."""
    comments_by_since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When we saw first that it does."""
    placeholders: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Texts (their hashes) that it has shown in place of several different ones: nobody's words."""
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
    """Normal form by `text.addresses.home_key`."""
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
    """Failed checks in a row."""
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
    comments_read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """Of a feed of posts: the last check that read the comments of every post, or found that we hold them."""
    page_read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The last check that read a page of the blog to see who keeps its comments."""
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
    """One check of one feed, with its outcome."""

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
