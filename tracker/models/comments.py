"""Posts and comments: what blogs showed, under which ids and in which versions. Courses share these rows.

Tested in tests/models/test_migrations.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.feed import Entry, EntryKind, Source, StatedTime, TimeBasis
from tracker.models.columns import Numbered, UTCDateTime
from tracker.models.feeds import Blog


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
    placeholder: Mapped[str] = mapped_column(String(12), default="")
    """What its blog shows now in place of its text (`domain.feed.Placeholder`); "" while it shows the text.
    What we hold of it then is its last real text, or "" where there never was one."""

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
    """When its own feed, REST or page was last read for its comments, by a check of the whole blog."""
    comments_url: Mapped[str] = mapped_column(Text, default="")
    """Where its own comments are, as its blog gives it; empty when it gives none or they are closed."""
    is_stub: Mapped[bool] = mapped_column(default=False)
    first_seen_poll_id: Mapped[int | None] = mapped_column(ForeignKey("polls.id", use_alter=True))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)

    blog: Mapped[Blog] = relationship()


class PostVersion(Numbered):
    """What a post held before an edit. `shown_at` is the last check that showed it, `seen_at` the first that
    showed what came after it; `edited_at` when that came, as the blog says."""

    __tablename__ = "post_versions"
    __table_args__ = (UniqueConstraint("post_id", "n"),)

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    n: Mapped[int]
    title: Mapped[str] = mapped_column(String(500), default="")
    labels: Mapped[list[str]] = mapped_column(JSON, default=list)
    html: Mapped[str] = mapped_column(Text, default="")
    shown_at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)


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
    replaces_shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The last check that showed the text before an edit; None where this is no edit, but the first text
    or how another form shows it."""
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When it was edited, as the blog says."""
    text: Mapped[str | None] = mapped_column(Text)
    """The body's HTML, unsanitised. None after a purge, "" of a placeholder."""
    hash: Mapped[str] = mapped_column(String(64))
    is_cut: Mapped[bool] = mapped_column(default=False)
    placeholder: Mapped[str] = mapped_column(String(12), default="")
    """The blog sent this in place of the text, which it hid: nobody's words (`domain.feed.Placeholder`)."""
    raw: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The entry as delivered, for retracing; erased with the text."""
    purged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    words: Mapped[int | None]
    """How many words of the writer's own the text had, written down when it is purged."""
    counts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """By course, what else the text held (`queries.verdicts.text_counts`), written down when it is purged."""
