"""Comments as rows: one row for each, however often and in whatever form it arrives (MODEL §4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain.feed import (
    AliasKey,
    DispositionKind,
    Document,
    Entry,
    EntryKind,
    Identity,
    Source,
    StatedTime,
)
from tracker.feeds.identity import identify_all, text_hash
from tracker.feeds.parse import settle_time
from tracker.jobs.keep import Keeping, batches
from tracker.jobs.keep_posts import PostBook, comment_post_keys, post_of_comment
from tracker.jobs.merging import merge_comments
from tracker.matching.handles import avatar_key
from tracker.models import (
    Comment,
    CommentAlias,
    CommentVersion,
    Disposition,
)


@dataclass
class KnownComment:
    """A comment we hold, with its other ids and what each source last sent for it."""

    row: Comment
    aliases: set[AliasKey] = field(default_factory=set)
    hashes: dict[str, str] = field(default_factory=dict)
    versions: int = 0


class CommentBook:
    """The comments of one blog that a set of ids leads to, loaded in one go."""

    def __init__(self, session: Session, blog_id: int, keys: Iterable[AliasKey]) -> None:
        self._session = session
        self._blog_id = blog_id
        self._by_key: dict[AliasKey, list[KnownComment]] = {}
        self._ambiguous: set[AliasKey] = set()
        self._load({key.key for key in keys})

    def _load(self, keys: set[str]) -> None:
        by_id: dict[int, KnownComment] = {}
        for batch in batches(keys):
            ids = select(CommentAlias.comment_id).where(
                CommentAlias.blog_id == self._blog_id, CommentAlias.key.in_(batch)
            )
            rows = select(Comment).where(Comment.id.in_(ids), Comment.merged_into_id.is_(None))
            for row in self._session.scalars(rows):
                by_id.setdefault(row.id, KnownComment(row))
        for ids_batch in batches(by_id):
            aliases = select(CommentAlias).where(CommentAlias.comment_id.in_(ids_batch))
            for alias in self._session.scalars(aliases):
                self._index(
                    by_id[alias.comment_id], AliasKey(alias.kind, alias.key), ambiguous=alias.ambiguous
                )
            versions = (
                select(CommentVersion.comment_id, CommentVersion.source, CommentVersion.hash)
                .where(CommentVersion.comment_id.in_(ids_batch))
                .order_by(CommentVersion.n)
            )
            for comment_id, source, text_hash_ in self._session.execute(versions):
                by_id[comment_id].hashes[source] = text_hash_
                by_id[comment_id].versions += 1

    def _index(self, known: KnownComment, key: AliasKey, *, ambiguous: bool = False) -> None:
        known.aliases.add(key)
        if ambiguous:
            self._ambiguous.add(key)
        holders = self._by_key.setdefault(key, [])
        if known not in holders:
            holders.append(known)

    def find(self, entry: Entry, identity: Identity, stated: StatedTime) -> KnownComment | None:
        """The comment this entry is. The surest id decides; a guid or link that now turns up on a
        different comment is marked ambiguous and from then on identifies neither."""
        found: KnownComment | None = None
        for key in identity.aliases:
            if key in identity.ambiguous or key in self._ambiguous:
                continue
            for known in list(self._by_key.get(key, ())):
                if found is None and self._is_same(known, entry, key, stated):
                    found = known
                elif found is None:
                    self._mark_ambiguous(key)
                elif known is not found and self._is_same(known, entry, key, stated):
                    found = self._merge(found, known)
        return found

    @staticmethod
    def _is_same(known: KnownComment, entry: Entry, key: AliasKey, stated: StatedTime) -> bool:
        row = known.row
        if row.native_number and entry.native_number:
            return row.native_number == entry.native_number
        if key.kind in ("number", "text"):
            return True
        same_time = row.posted_at is None or stated.at is None or row.posted_at == stated.at
        return same_time and row.author == entry.author

    def _mark_ambiguous(self, key: AliasKey) -> None:
        self._ambiguous.add(key)
        for known in self._by_key.get(key, ()):
            self._session.execute(
                update(CommentAlias)
                .where(CommentAlias.comment_id == known.row.id, CommentAlias.key == key.key)
                .where(CommentAlias.kind == key.kind)
                .values(ambiguous=True)
            )
            if known.row.identity == f"{key.kind}:{key.key}"[:600]:
                own_text = next((alias for alias in known.aliases if alias.kind == "text"), None)
                if own_text is not None:
                    known.row.identity = f"text:{own_text.key}"[:600]

    def remember(self, known: KnownComment, identity: Identity) -> None:
        """Note further ids of a comment, and those that several comments share as ambiguous."""
        for key in identity.ambiguous:
            self._mark_ambiguous(key)
        for key in (*identity.aliases, *identity.ambiguous):
            if key in known.aliases:
                continue
            self._session.add(
                CommentAlias(
                    blog_id=self._blog_id,
                    comment_id=known.row.id,
                    kind=key.kind,
                    key=key.key[:600],
                    ambiguous=key in self._ambiguous,
                )
            )
            self._index(known, key)

    def _merge(self, one: KnownComment, other: KnownComment) -> KnownComment:
        """Two rows prove to be one comment: the one with a number stays, else the older."""
        keep, lose = sorted((one, other), key=lambda known: (not known.row.native_number, known.row.id))
        merge_comments(self._session, keep.row, lose.row)
        for key in lose.aliases - keep.aliases:
            self._index(keep, key)
        for holders in self._by_key.values():
            if lose in holders:
                holders.remove(lose)
        return keep

    def add(self, row: Comment, version: CommentVersion) -> KnownComment:
        known = KnownComment(row, hashes={version.source: version.hash}, versions=1)
        self._session.add_all((row, version))
        return known


def keep_comments(keeping: Keeping, document: Document) -> None:
    """Store the comments of a document: new ones with their evidence, known ones brought up to
    date, edits as versions, pingbacks and removals as what they are."""
    entries = [entry for entry in document.entries if entry.kind is not EntryKind.POST]
    identities = identify_all(entries)
    session = keeping.session
    book = CommentBook(session, keeping.blog_id, _all_keys(identities))
    posts = PostBook(session, keeping.blog_id, {key for entry in entries for key in comment_post_keys(entry)})
    for entry, identity in zip(entries, identities, strict=True):
        stated = settle_time(entry.posted, keeping.at)
        known = book.find(entry, identity, stated)
        if known is None:
            known = _add(keeping, book, posts, entry, identity, stated)
        else:
            _bring_up_to_date(keeping, posts, known, entry, identity, stated, can_be_edit=not document.fault)
        book.remember(known, identity)
    _note_skipped(keeping, document)


def _all_keys(identities: Sequence[Identity]) -> set[AliasKey]:
    return {key for identity in identities for key in (*identity.aliases, *identity.ambiguous)}


def _add(
    keeping: Keeping,
    book: CommentBook,
    posts: PostBook,
    entry: Entry,
    identity: Identity,
    stated: StatedTime,
) -> KnownComment:
    post = post_of_comment(keeping, posts, entry)
    row = Comment(
        blog_id=keeping.blog_id,
        identity=identity.key[:600],
        native_number=entry.native_number or None,
        post_id=post.id if post else None,
        kind=entry.kind.value,
        author=entry.author,
        author_url=entry.author_url,
        account=entry.account[:500],
        avatar_key=avatar_key(entry.avatar_hash, keeping.hash_key) if entry.avatar_hash else "",
        title=entry.title,
        permalink=entry.link,
        guid=entry.guid,
        by_owner=entry.by_owner,
        source=entry.source.value,
        posted_at=stated.at,
        posted_raw=stated.raw[:200],
        posted_basis=stated.basis.value,
        first_seen_at=keeping.at,
        last_look_before=keeping.last_look_before_item(stated.at),
        first_seen_poll_id=keeping.poll_id,
        gone_since=keeping.at if entry.kind is EntryKind.TOMBSTONE else None,
    )
    keeping.session.add(row)
    keeping.session.flush()
    known = book.add(row, _version(row.id, 1, entry, text_hash(entry.html), keeping.at))
    keeping.new.append(row.id)
    keeping.touched.add(row.id)
    if entry.kind is EntryKind.COMMENT:
        keeping.dispose(DispositionKind.NEW, identity.key, "", row.id)
    else:
        keeping.dispose(DispositionKind.NOT_A_COMMENT, identity.key, entry.kind.value, row.id)
    return known


def _bring_up_to_date(
    keeping: Keeping,
    posts: PostBook,
    known: KnownComment,
    entry: Entry,
    identity: Identity,
    stated: StatedTime,
    *,
    can_be_edit: bool,
) -> None:
    row = known.row
    changed = _enrich(keeping, posts, row, entry, identity, stated)
    if entry.kind is not EntryKind.TOMBSTONE and row.missed_at is not None:
        changed = _note_return(keeping, row, identity) or changed
    if entry.kind is EntryKind.TOMBSTONE:
        if row.gone_since is None:
            row.gone_since = keeping.at
            keeping.edited.append(row.id)
            keeping.dispose(DispositionKind.EDITED, identity.key, "removed", row.id)
    elif can_be_edit and _is_edit(keeping, known, entry):
        row.edited_at = keeping.at
        row.current_version = known.versions
        keeping.edited.append(row.id)
        keeping.dispose(DispositionKind.EDITED, identity.key, "text", row.id)
        changed = True
    else:
        keeping.known += 1
    if changed:
        keeping.touched.add(row.id)


def _note_return(keeping: Keeping, row: Comment, identity: Identity) -> bool:
    """A comment that was missing is shown again: it was never gone."""
    was_gone = row.gone_since is not None
    row.missed_at = row.gone_since = None
    if was_gone:
        keeping.dispose(DispositionKind.EDITED, identity.key, "back", row.id)
    return was_gone


def _is_edit(keeping: Keeping, known: KnownComment, entry: Entry) -> bool:
    """Whether the writer changed the text. Forms of one comment differ in markup, so a form is
    compared with what the same form sent before; its first rendering is kept, but is no edit."""
    new_hash, source = text_hash(entry.html), entry.source.value
    if new_hash in known.hashes.values():
        known.hashes[source] = new_hash
        return False
    before = known.hashes.get(source)
    known.versions += 1
    known.hashes[source] = new_hash
    keeping.session.add(_version(known.row.id, known.versions, entry, new_hash, keeping.at))
    return before is not None


def _enrich(
    keeping: Keeping, posts: PostBook, row: Comment, entry: Entry, identity: Identity, stated: StatedTime
) -> bool:
    """Fill in what this form tells and earlier ones did not. True if evidence was gained."""
    gained = False
    if entry.author_url and not row.author_url:
        row.author_url, gained = entry.author_url, True
    if entry.account and not row.account:
        row.account, gained = entry.account[:500], True
    if entry.avatar_hash and not row.avatar_key:
        row.avatar_key, gained = avatar_key(entry.avatar_hash, keeping.hash_key), True
    if entry.by_owner and not row.by_owner:
        row.by_owner, gained = True, True
    if entry.kind is EntryKind.PINGBACK and row.kind == EntryKind.COMMENT:
        row.kind, gained = EntryKind.PINGBACK.value, True
    if gained:
        row.source = entry.source.value
    if entry.native_number and not row.native_number:
        row.native_number, row.identity = entry.native_number, identity.key[:600]
    if row.post_id is None:
        post = post_of_comment(keeping, posts, entry)
        row.post_id, gained = (post.id, True) if post else (None, gained)
    if row.posted_at is None and stated.at is not None:
        row.posted_at, row.posted_raw, row.posted_basis = stated.at, stated.raw[:200], stated.basis.value
        gained = True
    return gained


def _version(comment_id: int, n: int, entry: Entry, hash_: str, at: datetime) -> CommentVersion:
    raw = {"source": Source(entry.source).value, "copy": entry.raw} if entry.raw else None
    return CommentVersion(
        comment_id=comment_id,
        n=n,
        source=entry.source.value,
        seen_at=at,
        text=entry.html,
        hash=hash_,
        is_cut=entry.cut,
        raw=raw,
    )


def _note_skipped(keeping: Keeping, document: Document) -> None:
    """An entry that could not be read is noted once, not every night."""
    keys = [skipped.key[:600] for skipped in document.skipped]
    noted = set(
        keeping.session.scalars(
            select(Disposition.entry_key).where(
                Disposition.feed_id == keeping.feed_id, Disposition.entry_key.in_(keys)
            )
        )
        if keys
        else ()
    )
    for skipped in document.skipped:
        if skipped.key[:600] not in noted:
            noted.add(skipped.key[:600])
            keeping.dispose(DispositionKind.SKIPPED, skipped.key, skipped.reason)
