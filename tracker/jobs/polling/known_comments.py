"""The comments of one blog that a poll may show: found again by their ids, one row for each (MODEL §4).

Tested in tests/jobs/polling/test_identity.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey, Entry, Identity, Placeholder, StatedTime, TimeBasis
from tracker.feeds.sameness import Traits, is_same_comment, own_guids, traits_of
from tracker.jobs.polling.merging import merge_comments
from tracker.jobs.polling.store_context import batches
from tracker.jobs.rows import PendingRow, any_of, insert_plain, insert_rows, table_of, update_rows
from tracker.models import Comment, CommentAlias, CommentVersion

_HELD = (
    Comment.id,
    Comment.identity,
    Comment.native_number,
    Comment.post_id,
    Comment.kind,
    Comment.author,
    Comment.author_url,
    Comment.account,
    Comment.avatar_key,
    Comment.by_owner,
    Comment.source,
    Comment.posted_at,
    Comment.posted_basis,
    Comment.missed_at,
    Comment.gone_since,
    Comment.placeholder,
    Comment.first_seen_at,
    Comment.last_check_before,
    Comment.first_seen_poll_id,
)


@dataclass(eq=False, slots=True)
class KnownComment:
    """A comment we hold, with its other ids and what each source last sent for it.

    `post` is the row of the post that this poll found it on. `hashes` are those of real texts, and
    `placeholders` those of what was shown in their place. `shows_text` and `shows_placeholder`: what this
    poll has seen of it.
    """

    row: PendingRow
    post: PendingRow | None = None
    aliases: set[AliasKey] = field(default_factory=set)
    hashes: dict[str, str] = field(default_factory=dict)
    placeholders: dict[str, Placeholder] = field(default_factory=dict)
    shows_text: bool = False
    shows_placeholder: Placeholder | None = None
    versions: int = 0
    text_seen_at: datetime | None = None
    """When the last of its texts was first seen."""
    is_purged: bool = False
    """Its text was erased because the blog's owner asked: nothing more is kept of it."""

    def traits(self) -> Traits:
        stated = StatedTime("", self.row["posted_at"], TimeBasis(self.row["posted_basis"]))
        hashes = frozenset(self.hashes.values())
        return Traits(self.row["author"], stated, hashes, own_guids(self.aliases))


class CommentBook:
    """Loaded in one go, changed in memory, written in one go.

    `write_all` writes everything that this poll has decided so far, so that two comments can be
    merged as rows.
    """

    def __init__(self, session: Session, blog_id: int, write_all: Callable[[], None]) -> None:
        self._session = session
        self._blog_id = blog_id
        self._write_all = write_all
        self._by_key: dict[AliasKey, list[KnownComment]] = {}
        self._ambiguous: set[AliasKey] = set()
        self._held: list[KnownComment] = []
        self._new: list[KnownComment] = []
        self._new_aliases: list[tuple[KnownComment, AliasKey]] = []
        self._new_versions: list[tuple[KnownComment, Mapping[str, Any]]] = []
        self._to_mark: list[tuple[AliasKey, KnownComment]] = []

    def load(self, keys: Iterable[AliasKey]) -> None:
        by_id: dict[int, KnownComment] = {}
        for batch in batches(sorted(set(keys), key=lambda key: (key.kind, key.key))):
            rows = self._session.execute(
                select(*_HELD)
                .join(CommentAlias, CommentAlias.comment_id == Comment.id)
                .where(
                    CommentAlias.blog_id == self._blog_id,
                    any_of(CommentAlias, batch),
                    Comment.merged_into_id.is_(None),
                )
            )
            for comment_id, *values in rows:
                if comment_id not in by_id:
                    held = zip(_HELD[1:], values, strict=True)
                    row = PendingRow({column.key: value for column, value in held}, comment_id)
                    by_id[comment_id] = KnownComment(row)
        for ids in batches(sorted(by_id)):
            aliases = (
                select(CommentAlias.comment_id, CommentAlias.kind, CommentAlias.key, CommentAlias.ambiguous)
                .where(CommentAlias.comment_id.in_(ids))
                .order_by(CommentAlias.id)
            )
            for comment_id, kind, key, ambiguous in self._session.execute(aliases):
                self._index(by_id[comment_id], AliasKey(kind, key), ambiguous=ambiguous)
            versions = (
                select(
                    CommentVersion.comment_id,
                    CommentVersion.source,
                    CommentVersion.hash,
                    CommentVersion.purged_at,
                    CommentVersion.seen_at,
                    CommentVersion.placeholder,
                )
                .where(CommentVersion.comment_id.in_(ids))
                .order_by(CommentVersion.comment_id, CommentVersion.n)
            )
            for comment_id, source, text_hash, purged_at, seen_at, placeholder in self._session.execute(
                versions
            ):
                known = by_id[comment_id]
                known.versions += 1
                known.is_purged |= purged_at is not None
                if placeholder:
                    known.placeholders[text_hash] = Placeholder(placeholder)
                else:
                    known.hashes[source], known.text_seen_at = text_hash, seen_at
        self._held += by_id.values()

    def find(self, entry: Entry, identity: Identity, stated: StatedTime) -> KnownComment | None:
        """The comment this entry is. The surest id decides; one that now turns up on a different
        comment is marked ambiguous. A guid or link identifies neither from then on, a number the
        one that agrees in what it says."""
        found: KnownComment | None = None
        for key in identity.aliases:
            if key in identity.ambiguous or (key in self._ambiguous and key.kind != "number"):
                continue
            for known in list(self._by_key.get(key, ())):
                if known is found:
                    continue
                if not _is_same(known, entry, identity, key, stated):
                    if key not in self._ambiguous:
                        self._mark_ambiguous(key)
                elif found is None:
                    found = known
                else:
                    found = self._merge(found, known)
        return found or self._find_by_identity(identity)

    def has_namesake(self, identity: Identity) -> bool:
        """Whether another comment goes by the number of this one, which is not held."""
        return any(key.kind == "number" and key in self._by_key for key in identity.aliases)

    def peek(self, identity: Identity) -> KnownComment | None:
        """The comment that has an id of these which no other has; nothing is marked or merged."""
        for key in identity.aliases:
            holders = self._by_key.get(key, ())
            if len(holders) == 1 and key not in self._ambiguous and key not in identity.ambiguous:
                return holders[0]
        return None

    def in_hand(self) -> Sequence[KnownComment]:
        """All that are held in memory."""
        return (*self._held, *self._new)

    def text_of(self, known: KnownComment) -> str:
        """The real text that we hold of a comment; "" where there is none or it was erased."""
        current = (
            select(CommentVersion.text)
            .join(Comment, Comment.id == CommentVersion.comment_id)
            .where(Comment.id == known.row.id, CommentVersion.n == Comment.current_version)
        )
        return self._session.scalar(current) or ""

    def identity_of(self, identity: Identity) -> str:
        """The surest id that no other comment has, as far as we know by now; else what it says."""
        taken = self._ambiguous.union(identity.ambiguous)
        own = [alias for alias in identity.aliases if alias not in taken and alias.kind != "link"]
        key = own[0] if own else identity.aliases[-1]
        return f"{key.kind}:{key.key}"[:600]

    def add(self, known: KnownComment) -> None:
        self._new.append(known)

    def add_version(self, known: KnownComment, values: Mapping[str, Any]) -> None:
        """Note what a source sent; `values` lack the comment's id and the version's number."""
        known.versions += 1
        if values["placeholder"]:
            known.placeholders[values["hash"]] = Placeholder(values["placeholder"])
        else:
            known.hashes[values["source"]], known.text_seen_at = values["hash"], values["seen_at"]
        self._new_versions.append((known, {"n": known.versions, **values}))

    def remember(self, known: KnownComment, identity: Identity) -> None:
        """Note further ids of a comment, and those that several comments share as ambiguous."""
        for key in identity.ambiguous:
            self._mark_ambiguous(key)
        for key in (*identity.aliases, *identity.ambiguous):
            if key not in known.aliases:
                self._new_aliases.append((known, key))
                self._index(known, key)

    def write(self) -> None:
        """Posts are written first, since new comments name theirs by id."""
        session = self._session
        for known in (*self._held, *self._new):
            if known.post is not None:
                known.row.put(post_id=known.post.id)
        update_rows(session, Comment, [known.row for known in self._held])
        insert_rows(session, Comment, [known.row for known in self._new])
        insert_plain(
            session,
            CommentVersion,
            [{"comment_id": known.row.id, **values} for known, values in self._new_versions],
        )
        insert_plain(
            session,
            CommentAlias,
            [
                {
                    "blog_id": self._blog_id,
                    "comment_id": known.row.id,
                    "kind": key.kind,
                    "key": key.key[:600],
                    "ambiguous": key in self._ambiguous,
                }
                for known, key in self._new_aliases
            ],
        )
        self._write_marks()
        self._held += self._new
        for known in self._held:
            known.post = None
        for done in (self._new, self._new_aliases, self._new_versions, self._to_mark):
            done.clear()

    def _write_marks(self) -> None:
        aliases = table_of(CommentAlias)
        for key, known in self._to_mark:
            self._session.connection().execute(
                update(aliases)
                .where(aliases.c.comment_id == known.row.id, aliases.c.kind == key.kind)
                .where(aliases.c.key == key.key[:600])
                .values(ambiguous=True)
            )

    def _index(self, known: KnownComment, key: AliasKey, *, ambiguous: bool = False) -> None:
        known.aliases.add(key)
        if ambiguous:
            self._ambiguous.add(key)
        holders = self._by_key.setdefault(key, [])
        if known not in holders:
            holders.append(known)

    def _mark_ambiguous(self, key: AliasKey) -> None:
        self._ambiguous.add(key)
        for known in self._by_key.get(key, ()):
            if known.row.id is not None:
                self._to_mark.append((key, known))
            if known.row["identity"] == f"{key.kind}:{key.key}"[:600]:
                texts = sorted(alias.key for alias in known.aliases if alias.kind == "text")
                if texts:
                    known.row.put(identity=f"text:{texts[0]}"[:600])

    def _find_by_identity(self, identity: Identity) -> KnownComment | None:
        """Where several comments have every id of an entry, the one whose identity is the same all
        the same: nothing tells the two apart."""
        if not self._ambiguous.union(identity.ambiguous).issuperset(identity.aliases):
            return None
        key = self.identity_of(identity)
        return next((known for known in (*self._held, *self._new) if known.row["identity"] == key), None)

    def _merge(self, one: KnownComment, other: KnownComment) -> KnownComment:
        """Two rows prove to be one comment: the one with a number stays, else the older."""
        self._write_all()
        keep, lose = sorted((one, other), key=lambda known: (not known.row["native_number"], known.row.id))
        rows = [self._session.get_one(Comment, known.row.id) for known in (keep, lose)]
        merge_comments(self._session, *rows)
        for column in ("post_id", "first_seen_at", "last_check_before", "first_seen_poll_id"):
            keep.row.values[column] = getattr(rows[0], column)
        keep.is_purged |= lose.is_purged
        for row in rows:  # what is written from now on goes past them
            self._session.expire(row)
        for key in lose.aliases - keep.aliases:
            self._index(keep, key)
        for holders in self._by_key.values():
            if lose in holders:
                holders.remove(lose)
        return keep


def _is_same(
    known: KnownComment, entry: Entry, identity: Identity, key: AliasKey, stated: StatedTime
) -> bool:
    row = known.row
    if row["native_number"] and entry.native_number and row["native_number"] != entry.native_number:
        return False
    if key.kind == "text":
        return True
    if row["native_number"] and entry.native_number:
        return is_same_comment(known.traits(), traits_of(entry, stated, identity.aliases))
    same_time = row["posted_at"] is None or stated.at is None or row["posted_at"] == stated.at
    return same_time and bool(row["author"] == entry.author)
