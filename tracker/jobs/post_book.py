"""The posts of one blog that a look may name: found under any of their addresses, one row for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey
from tracker.jobs.keep import batches
from tracker.jobs.keep_rows import Row, any_of, insert_plain, insert_rows, update_rows
from tracker.jobs.merging import merge_posts
from tracker.models import Post, PostAlias

_HELD = (
    Post.id,
    Post.is_stub,
    Post.hash,
    Post.posted_at,
    Post.native_number,
    Post.url,
    Post.comments_total,
    Post.comments_url,
    Post.first_seen_at,
    Post.last_look_before,
    Post.first_seen_poll_id,
)


class PostBook:
    """Loaded in one go, changed in memory, written in one go.

    `write_all` writes everything that this look has decided so far, so that two posts can be merged
    as rows.
    """

    def __init__(self, session: Session, blog_id: int, write_all: Callable[[], None]) -> None:
        self._session = session
        self._blog_id = blog_id
        self._write_all = write_all
        self._by_key: dict[AliasKey, Row] = {}
        self._held: list[Row] = []
        self._new: list[Row] = []
        self._new_aliases: list[tuple[Row, AliasKey]] = []

    def load(self, keys: Iterable[AliasKey]) -> None:
        by_id: dict[int, Row] = {}
        for batch in batches(sorted(set(keys), key=lambda key: (key.kind, key.key))):
            rows = self._session.execute(
                select(PostAlias.kind, PostAlias.key, *_HELD)
                .join(Post, Post.id == PostAlias.post_id)
                .where(PostAlias.blog_id == self._blog_id, any_of(PostAlias, batch))
            )
            for kind, key, post_id, *values in rows:
                if post_id not in by_id:
                    held = zip(_HELD[1:], values, strict=True)
                    by_id[post_id] = Row({column.key: value for column, value in held}, post_id)
                self._by_key[AliasKey(kind, key)] = by_id[post_id]
        self._held = list(by_id.values())

    def find(self, keys: Sequence[AliasKey]) -> Row | None:
        """The post these keys name; two rows that turn out to be one post are merged."""
        found: Row | None = None
        for key in keys:
            post = self._by_key.get(key)
            if post is None or post is found:
                continue
            found = post if found is None else self._merge(found, post)
        return found

    def add(self, post: Row) -> None:
        self._new.append(post)

    def remember(self, post: Row, keys: Iterable[AliasKey]) -> None:
        """Note further names of a post; a name that is taken stays with its post."""
        for key in keys:
            if key not in self._by_key:
                self._by_key[key] = post
                self._new_aliases.append((post, key))

    def write(self) -> None:
        update_rows(self._session, Post, self._held)
        insert_rows(self._session, Post, self._new)
        insert_plain(
            self._session,
            PostAlias,
            [
                {"blog_id": self._blog_id, "post_id": post.id, "kind": key.kind, "key": key.key[:600]}
                for post, key in self._new_aliases
            ],
        )
        self._held += self._new
        self._new = []
        self._new_aliases = []

    def _merge(self, one: Row, other: Row) -> Row:
        """Keep the post that its own feed showed, else the older row; everything moves to it."""
        self._write_all()
        keep, lose = sorted((one, other), key=lambda post: (post["is_stub"], post.id))
        rows = [self._session.get_one(Post, post.id) for post in (keep, lose)]
        merge_posts(self._session, *rows)
        self._session.flush()
        for column in ("first_seen_at", "last_look_before", "first_seen_poll_id"):
            keep.values[column] = getattr(rows[0], column)
        for row in rows:  # what is written from now on goes past them
            self._session.expire(row)
        for key, post in self._by_key.items():
            if post is lose:
                self._by_key[key] = keep
        return keep
