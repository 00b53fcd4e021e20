"""The posts of one blog that a poll may name: found under any of their addresses, one row for each.

A blog that was set up again gives the numbers and addresses of its old posts to new ones. A name belongs
to the post that has it now; the one before keeps it as an old name, by which only this book knows it.

Tested in tests/jobs/polling/test_post_identity.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey, Entry, StatedTime, TimeBasis
from tracker.feeds.identity import clean_link
from tracker.feeds.sameness import PostTraits, is_before, is_same_post, is_telling
from tracker.jobs.polling.merging import merge_posts
from tracker.jobs.polling.store_context import batches
from tracker.jobs.rows import PendingRow, any_of, insert_plain, insert_rows, table_of, update_rows
from tracker.models import Comment, Post, PostAlias, PostVersion

OLD = "old-"
"""Before the kind of a name that has been given to another post; its key then begins with the id of
the post, so that it stays unique and is not found by that name."""

_OLD_KINDS = tuple(f"{OLD}{kind}" for kind in ("number", "guid", "link", "text"))

_HELD = (
    Post.id,
    Post.is_stub,
    Post.hash,
    Post.title,
    Post.posted_at,
    Post.posted_basis,
    Post.native_number,
    Post.url,
    Post.comments_total,
    Post.comments_url,
    Post.first_seen_at,
    Post.edited_at,
    Post.placeholder,
    Post.last_check_before,
    Post.first_seen_poll_id,
)


class PostBook:
    """Loaded in one go, changed in memory, written in one go.

    `write_all` writes everything that this poll has decided so far, so that two posts can be merged
    as rows.
    """

    def __init__(self, session: Session, blog_id: int, write_all: Callable[[], None]) -> None:
        self._session = session
        self._blog_id = blog_id
        self._write_all = write_all
        # Who has a name now comes first, then who had it before.
        self._holders: dict[AliasKey, list[PendingRow]] = {}
        self._held: list[PendingRow] = []
        self._new: list[PendingRow] = []
        self._new_names: list[tuple[PendingRow, AliasKey]] = []
        self._renamed: list[tuple[AliasKey, PendingRow]] = []
        self._replaced: dict[PendingRow, dict[str, datetime | None]] = {}
        self._siblings: list[tuple[PendingRow, PendingRow]] = []
        self._titled: dict[str, PendingRow | None] = {}

    def load(self, keys: Iterable[AliasKey]) -> None:
        by_id: dict[int, PendingRow] = {}
        for batch in batches(sorted(set(keys), key=lambda key: (key.kind, key.key))):
            rows = self._session.execute(
                select(PostAlias.kind, PostAlias.key, *_HELD)
                .join(Post, Post.id == PostAlias.post_id)
                .where(
                    PostAlias.blog_id == self._blog_id,
                    or_(any_of(PostAlias, batch), PostAlias.kind.in_(_OLD_KINDS)),
                )
                .order_by(PostAlias.id)
            )
            for kind, key, post_id, *values in rows:
                if post_id not in by_id:
                    held = zip(_HELD[1:], values, strict=True)
                    by_id[post_id] = PendingRow({column.key: value for column, value in held}, post_id)
                self._index(by_id[post_id], kind, key)
        self._held = list(by_id.values())

    def _index(self, post: PendingRow, kind: str, key: str) -> None:
        is_old = kind.startswith(OLD)
        name = AliasKey(kind.removeprefix(OLD), key.partition(":")[2] if is_old else key)
        holders = self._holders.setdefault(name, [])
        if post not in holders:
            holders.insert(len(holders) if is_old else 0, post)

    def find(self, keys: Sequence[AliasKey], shown: PostTraits) -> PendingRow | None:
        """The post that goes by one of these names and agrees in what it says; two rows that turn
        out to be one post are merged."""
        found: PendingRow | None = None
        for key in keys:
            for post in list(self._holders.get(key, ())):
                if post is not found and _is_one(post, shown):
                    found = post if found is None else self._merge(found, post)
        return found

    def peek(self, keys: Sequence[AliasKey]) -> PendingRow | None:
        """The post that one of these names leads to now; nothing is merged."""
        return next((self._holders[key][0] for key in keys if self._holders.get(key)), None)

    def text_of(self, post: PendingRow) -> str:
        """The HTML that we hold of a post."""
        return self._session.scalar(select(Post.html).where(Post.id == post.id)) or ""

    def find_commented(self, keys: Sequence[AliasKey], entry: Entry, stated: StatedTime) -> PendingRow | None:
        """The post that a comment names by these keys. Of several that had one name: the one whose
        title or address the comment gives, else the last one published before it."""
        rows = list(dict.fromkeys(post for key in keys for post in self._holders.get(key, ())))
        links = {key.key for key in keys if key.kind == "link" and is_telling(key.key)}
        rows = [post for post in rows if not _lies_elsewhere(post, stated, links)]
        if not rows:
            return None
        if len(rows) == 1:
            return rows[0]
        says = f"{entry.post_title}\n{entry.title}".casefold()
        best = max(rows, key=lambda post: _fit(post, says, stated, links))
        for key in keys:
            post = self._holders[key][0] if key in self._holders else best
            if post is not best and post in rows and is_same_post(traits_of_row(best), traits_of_row(post)):
                best = self._merge(best, post)
        return best

    def find_titled(self, title: str) -> PendingRow | None:
        """The one post with this title, for a comment that names its post in no other way; None where
        several or none have it."""
        name = _plain(title)
        if not name or name in self._titled:
            return self._titled.get(name)
        rows = self._session.execute(
            select(Post.id, *_HELD[1:]).where(
                Post.blog_id == self._blog_id, Post.merged_into_id.is_(None), Post.is_stub.is_(False)
            )
        ).all()
        fitting = [row for row in rows if _plain(row.title) == name]
        self._titled[name] = self._held_as(fitting[0]) if len(fitting) == 1 else None
        return self._titled[name]

    def _held_as(self, row: Row[Any]) -> PendingRow:
        held = next((post for post in self._held if post.id == row.id), None)
        if held is None:
            held = PendingRow({column.key: getattr(row, column.key) for column in _HELD[1:]}, row.id)
            self._held.append(held)
        return held

    def identity_of(self, keys: Sequence[AliasKey], since: datetime) -> str:
        """The surest name; where posts had these names before, with an instant that tells them apart."""
        surest = f"{keys[0].kind}:{keys[0].key}"
        is_taken = any(key in self._holders for key in keys)
        return f"{surest[:570]}@{since:%Y%m%dT%H%M%S.%f}" if is_taken else surest[:600]

    def add(self, post: PendingRow) -> None:
        self._new.append(post)

    def remember(self, post: PendingRow, keys: Iterable[AliasKey]) -> None:
        """Note further names of a post; a name that is taken stays with its post."""
        for key in keys:
            if key not in self._holders:
                self._holders[key] = [post]
                self._new_names.append((post, key))

    def give_names(self, post: PendingRow, keys: Iterable[AliasKey]) -> None:
        """The same, but a name that another post has goes to the one published later."""
        for key in keys:
            holders = self._holders.setdefault(key, [])
            if post in holders:
                continue
            if not holders or _is_later(post, holders[0]):
                if holders:
                    self._siblings.append((holders[0], post))
                    self._renamed.append((key, holders[0]))
                holders.insert(0, post)
            else:
                self._siblings.append((post, holders[0]))
                holders.append(post)
            self._new_names.append((post, key))

    def keep_former(
        self, post: PendingRow, shown_at: datetime, edited_at: datetime | None, seen_at: datetime
    ) -> None:
        """Keep what a held post said until now, which an edit replaces."""
        if post.id is not None and post not in self._replaced:
            self._replaced[post] = {"shown_at": shown_at, "edited_at": edited_at, "seen_at": seen_at}

    def write(self) -> None:
        self._write_former()
        update_rows(self._session, Post, self._held)
        insert_rows(self._session, Post, self._new)
        self._write_renamed()
        insert_plain(self._session, PostAlias, [self._alias(post, key) for post, key in self._new_names])
        self._held += self._new
        for done in (self._new, self._new_names, self._renamed):
            done.clear()

    def _write_former(self) -> None:
        for batch in batches(self._replaced):
            by_id = {post.id: clocks for post, clocks in self._replaced.items() if post in batch}
            held = select(Post.id, Post.title, Post.labels, Post.html).where(Post.id.in_(by_id))
            former = dict(
                self._session.execute(
                    select(PostVersion.post_id, func.count())
                    .where(PostVersion.post_id.in_(by_id))
                    .group_by(PostVersion.post_id)
                ).all()
            )
            rows = [
                {
                    "post_id": number,
                    "n": former.get(number, 0) + 1,
                    "title": title,
                    "labels": labels,
                    "html": html,
                }
                | by_id[number]
                for number, title, labels, html in self._session.execute(held)
            ]
            insert_plain(self._session, PostVersion, rows)
        self._replaced.clear()

    def _alias(self, post: PendingRow, key: AliasKey) -> dict[str, object]:
        is_now = self._holders[key][0] is post
        kind, name = (key.kind, key.key) if is_now else _old_name(post, key)
        return {"blog_id": self._blog_id, "post_id": post.id, "kind": kind, "key": name[:600]}

    def _write_renamed(self) -> None:
        table = table_of(PostAlias)
        for key, post in self._renamed:
            kind, name = _old_name(post, key)
            self._session.connection().execute(
                update(table)
                .where(table.c.blog_id == self._blog_id, table.c.post_id == post.id)
                .where(table.c.kind == key.kind, table.c.key == key.key[:600])
                .values(kind=kind, key=name)
            )

    def settle_comments(self) -> set[int]:
        """Hang the comments of posts that had one name where their times say; the ids of those that
        were moved. The later post had the name from its publication on."""
        moved: set[int] = set()
        for earlier, later in dict.fromkeys(self._siblings):
            cut = later["posted_at"]
            if cut is None:
                continue
            for on, to, belongs in (
                (earlier, later, Comment.posted_at >= cut),
                (later, earlier, Comment.posted_at < cut),
            ):
                bases = (TimeBasis.OFFSET.value, TimeBasis.FEED_ZONE.value)
                wrong = select(Comment.id).where(
                    Comment.post_id == on.id, belongs, Comment.posted_basis.in_(bases)
                )
                ids = list(self._session.scalars(wrong))
                for batch in batches(ids):
                    self._session.execute(update(Comment).where(Comment.id.in_(batch)).values(post_id=to.id))
                moved.update(ids)
        self._siblings.clear()
        return moved

    def _merge(self, one: PendingRow, other: PendingRow) -> PendingRow:
        """Keep the post that its own feed showed, else the older row; everything moves to it."""
        self._write_all()
        keep, lose = sorted((one, other), key=lambda post: (post["is_stub"], post.id))
        rows = [self._session.get_one(Post, post.id) for post in (keep, lose)]
        merge_posts(self._session, *rows)
        self._session.flush()
        for column in ("first_seen_at", "last_check_before", "first_seen_poll_id"):
            keep.values[column] = getattr(rows[0], column)
        for row in rows:  # what is written from now on goes past them
            self._session.expire(row)
        for holders in self._holders.values():
            if lose in holders:
                holders[:] = dict.fromkeys(keep if post is lose else post for post in holders)
        return keep


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _is_one(post: PendingRow, shown: PostTraits) -> bool:
    is_unchanged = post["hash"] == shown.hash != ""  # most are, and addresses need not be read then
    return is_unchanged or is_same_post(traits_of_row(post), shown)


def _old_name(post: PendingRow, key: AliasKey) -> tuple[str, str]:
    return f"{OLD}{key.kind}", f"{post.id}:{key.key}"[:600]


def _is_later(post: PendingRow, holder: PendingRow) -> bool:
    """Whether a post is what a name leads to now. One that only comments named says nothing of when."""
    if post["posted_at"] is None or holder["posted_at"] is None:
        return bool(holder["is_stub"] and not post["is_stub"])
    return bool(post["posted_at"] > holder["posted_at"])


def _lies_elsewhere(post: PendingRow, stated: StatedTime, links: set[str]) -> bool:
    """Whether a comment is older than the post, and names another address: it lies on the one that
    had this number before. A post that was re-dated keeps its address."""
    published = post["posted_at"]
    if published is None or stated.at is None or not links:
        return False
    return is_before(stated.at, published) and clean_link(post["url"]) not in links


def _fit(post: PendingRow, says: str, stated: StatedTime, links: set[str]) -> tuple[bool, bool, bool, float]:
    title, published = post["title"].casefold(), post["posted_at"]
    is_old_enough = published is None or stated.at is None or published <= stated.at
    return (
        bool(title) and title in says,
        clean_link(post["url"]) in links,
        is_old_enough,
        published.timestamp() if published else 0.0,
    )


def traits_of_row(post: PendingRow) -> PostTraits:
    return PostTraits(
        title=post["title"],
        stated=StatedTime("", post["posted_at"], TimeBasis(post["posted_basis"])),
        hash=post["hash"],
        link=clean_link(post["url"]),
        number=post["native_number"] or "",
        seen_at=post["first_seen_at"],
    )
