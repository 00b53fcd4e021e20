"""Comments as rows: one row for each, however often and in whatever form it arrives (MODEL §4).

Tested in tests/jobs/polling/test_identity.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from tracker.domain.feed import (
    AliasKey,
    DispositionKind,
    Document,
    Entry,
    EntryKind,
    FeedKind,
    Identity,
    Placeholder,
    Source,
    StatedTime,
)
from tracker.feeds.documents.times import settle_time
from tracker.feeds.identity import document_identities, identify_all, identify_post, post_keys, text_hash
from tracker.feeds.sameness import are_surely_one, traits_of
from tracker.jobs.polling.erasing import count_erased
from tracker.jobs.polling.hidden_texts import hidden_as, hidden_from_first
from tracker.jobs.polling.known_comments import CommentBook, KnownComment
from tracker.jobs.polling.known_posts import PostBook
from tracker.jobs.polling.store_context import Keeping
from tracker.jobs.polling.store_posts import note_first_seen, post_of_comment
from tracker.jobs.rows import PendingRow
from tracker.matching.handles import avatar_key
from tracker.models import Comment, Disposition, Post


@dataclass(frozen=True, slots=True)
class Arrived:
    """An entry of a document with the names it goes by, those it gives its post, and its text's hash."""

    entry: Entry
    identity: Identity
    post_keys: tuple[AliasKey, ...]
    hash: str


class Books:
    """Everything that the documents of one poll may be about; written once they are all read."""

    def __init__(self, keeping: Keeping, documents: Sequence[Document], *, first: bool) -> None:
        """`first`: the feed was never read, so its blog may hold nothing that could be loaded."""
        self._keeping = keeping
        self.primary = documents[0]
        self.posts = PostBook(keeping.session, keeping.blog_id, self.write)
        self.comments = CommentBook(keeping.session, keeping.blog_id, self.write)
        self.arrived = [read_comments(document) for document in documents]
        holds_posts, holds_comments = _holdings(keeping) if first else (True, True)
        if holds_posts:
            self.posts.load(set(self._post_keys(documents)))
        if holds_comments:
            self.comments.load(
                {
                    key
                    for one in self.all_comments()
                    for key in (*one.identity.aliases, *one.identity.ambiguous)
                }
            )

    def write(self) -> None:
        self.posts.write()
        self.comments.write()
        self._keeping.touched_ids |= self.posts.settle_comments()

    def all_comments(self) -> Iterator[Arrived]:
        return (one for arrived in self.arrived for one in arrived)

    def _post_keys(self, documents: Sequence[Document]) -> Iterator[AliasKey]:
        for one in self.all_comments():
            yield from one.post_keys
        for document in documents:
            for entry in document.entries:
                if entry.kind is EntryKind.POST:
                    yield from identify_post(entry).aliases


def _holdings(keeping: Keeping) -> tuple[bool, bool]:
    """Whether any posts, and any comments, of the blog are held."""
    posts, comments = keeping.session.execute(
        select(
            exists().where(Post.blog_id == keeping.blog_id),
            exists().where(Comment.blog_id == keeping.blog_id),
        )
    ).one()
    return posts, comments


def read_comments(document: Document) -> list[Arrived]:
    """The comments of a document, identified beside each other."""
    entries = [entry for entry in document.entries if entry.kind is not EntryKind.POST]
    keys: dict[str, tuple[AliasKey, ...]] = {}  # many comments name one post
    for entry in entries:
        for ref in entry.reply_to:
            if ref not in keys:
                keys[ref] = post_keys(ref)
    return [
        Arrived(
            entry,
            identity,
            tuple(dict.fromkeys(key for ref in entry.reply_to for key in keys[ref])),
            text_hash(entry.html),
        )
        for entry, identity in zip(entries, _identities(document, entries), strict=True)
    ]


def _identities(document: Document, comments: Sequence[Entry]) -> Sequence[Identity]:
    if document.kind is FeedKind.POSTS or len(comments) != len(document.entries):
        return identify_all(comments)
    return document_identities(document)


def keep_comments(keeping: Keeping, books: Books, document: Document, arrived: Sequence[Arrived]) -> None:
    """Keep the comments of a document: new ones with their evidence, known ones brought up to
    date, edits as versions, pingbacks and removals as what they are."""
    book, is_primary = books.comments, document is books.primary
    for one in arrived:
        stated = settle_time(one.entry.posted, keeping.at)
        known = book.find(one.entry, one.identity, stated)
        if known is None:
            keeping.has_namesakes |= is_primary and book.has_namesake(one.identity)
            known = _add(keeping, books, one, stated)
        else:
            keeping.overlaps |= is_primary and _was_known(keeping, known)
            if known.row.id is not None and are_surely_one(
                known.traits(), traits_of(one.entry, stated, one.identity.aliases)
            ):
                keeping.recognized.add(known.row.id)
            _bring_up_to_date(keeping, books, known, one, stated, can_be_edit=not document.fault)
        book.remember(known, one.identity)
    _note_skipped(keeping, document)


def _was_known(keeping: Keeping, known: KnownComment) -> bool:
    """Whether the last complete poll of the same feed knew a comment."""
    last = keeping.last_check_before
    return known.row.id is not None and last is not None and known.row["first_seen_at"] <= last


def _add(keeping: Keeping, books: Books, one: Arrived, stated: StatedTime) -> KnownComment:
    entry = one.entry
    identity = books.comments.identity_of(one.identity)
    hidden = hidden_from_first(keeping, one.entry, one.hash)
    row = PendingRow(
        {
            "blog_id": keeping.blog_id,
            "identity": identity,
            "native_number": entry.native_number or None,
            "post_id": None,
            "kind": entry.kind.value,
            "author": entry.author,
            "author_url": entry.author_url,
            "account": entry.account[:500],
            "avatar_key": avatar_key(entry.avatar_hash, keeping.hash_key) if entry.avatar_hash else "",
            "title": entry.title,
            "permalink": entry.link,
            "guid": entry.guid,
            "by_owner": entry.by_owner,
            "source": entry.source.value,
            "posted_at": stated.at,
            "posted_raw": stated.raw[:200],
            "posted_basis": stated.basis.value,
            "first_seen_at": keeping.seen_at(stated),
            "last_check_before": keeping.last_poll_before_item(stated.at),
            "first_seen_poll_id": keeping.poll_id,
            "current_version": 1,
            "edited_at": None,
            "missed_at": None,
            "gone_since": keeping.at if entry.kind is EntryKind.TOMBSTONE else None,
            "placeholder": hidden or "",
        }
    )
    known = KnownComment(row, post_of_comment(keeping, books.posts, entry, one.post_keys, stated))
    books.comments.add(known)
    books.comments.add_version(known, _version(keeping, entry, one.hash, placeholder=hidden))
    known.shows_text, known.shows_placeholder = hidden is None, hidden
    keeping.new += 1
    keeping.touched_rows.append(row)
    if entry.kind is EntryKind.COMMENT:
        keeping.dispose(DispositionKind.NEW, identity, "hidden" if hidden else "", row)
    else:
        keeping.dispose(DispositionKind.NOT_A_COMMENT, identity, entry.kind.value, row)
    return known


def _bring_up_to_date(
    keeping: Keeping,
    books: Books,
    known: KnownComment,
    one: Arrived,
    stated: StatedTime,
    *,
    can_be_edit: bool,
) -> None:
    row, entry, key = known.row, one.entry, one.identity.key
    had_text = bool(known.hashes)
    changed = not known.is_purged and _enrich(keeping, books, known, one, stated)
    changed = note_first_seen(keeping, row, stated) or changed
    if entry.kind is not EntryKind.TOMBSTONE and row["missed_at"] is not None:
        changed = _note_return(keeping, row, key) or changed
    if entry.kind is EntryKind.TOMBSTONE:
        if row["gone_since"] is None:
            row.put(gone_since=keeping.at)
            keeping.edited.append(row)
            keeping.dispose(DispositionKind.EDITED, key, "removed", row)
    elif can_be_edit and (hidden := hidden_as(keeping, books.comments, known, entry, one.hash)):
        _note_hidden(keeping, books.comments, known, one, hidden)
        keeping.known += 1
    elif can_be_edit and _is_edit(keeping, books.comments, known, one):
        row.put(edited_at=keeping.at, current_version=known.versions)
        keeping.edited.append(row)
        keeping.dispose(DispositionKind.EDITED, key, "text", row)
        changed = changed or not known.is_purged  # no evidence is looked for in what was erased
    else:
        keeping.known += 1
        changed = changed or bool(known.hashes) > had_text
    if changed:
        keeping.touched_rows.append(row)


def _note_return(keeping: Keeping, row: PendingRow, key: str) -> bool:
    """A comment that was missing is shown again: it was never gone."""
    was_gone = row["gone_since"] is not None
    row.put(missed_at=None, gone_since=None)
    if was_gone:
        keeping.dispose(DispositionKind.EDITED, key, "back", row)
    return was_gone


def _note_hidden(
    keeping: Keeping, book: CommentBook, known: KnownComment, one: Arrived, hidden: Placeholder
) -> None:
    """The blog shows something in place of the text: kept beside it, once, and no edit."""
    if not known.row["placeholder"] and one.hash not in known.placeholders:
        purged_id = known.row.id if known.is_purged else None
        version = _version(keeping, one.entry, one.hash, purged_id=purged_id, placeholder=hidden)
        book.add_version(known, version)
    known.shows_placeholder = hidden


def _is_edit(keeping: Keeping, book: CommentBook, known: KnownComment, one: Arrived) -> bool:
    """Whether the writer changed the text. Forms of one comment differ in markup, so a form is
    compared with what the same form sent before; its first rendering is kept, but is no edit. Nor is
    the first real text of a comment that was hidden until now."""
    entry, new_hash, source = one.entry, one.hash, one.entry.source.value
    known.shows_text = True
    if new_hash in known.hashes.values():
        known.hashes[source] = new_hash
        return False
    is_edit, is_first = source in known.hashes, not known.hashes
    version = _version(keeping, entry, new_hash, purged_id=known.row.id if known.is_purged else None)
    if is_edit:
        # Checks in which it was hidden showed neither the one text nor the other.
        before = known.text_seen_at if known.row["placeholder"] else keeping.shown_at(known.text_seen_at)
        version |= {"replaces_shown_at": before, "edited_at": entry.edited_at}
    book.add_version(known, version)
    if is_first:
        known.row.put(current_version=known.versions)
    return is_edit


def _enrich(keeping: Keeping, books: Books, known: KnownComment, one: Arrived, stated: StatedTime) -> bool:
    """Fill in what this form tells and earlier ones did not. True if evidence was gained."""
    row, entry = known.row, one.entry
    told: dict[str, Any] = {}
    if entry.author_url and not row["author_url"]:
        told["author_url"] = entry.author_url
    if entry.account and not row["account"]:
        told["account"] = entry.account[:500]
    if entry.avatar_hash and not row["avatar_key"]:
        told["avatar_key"] = avatar_key(entry.avatar_hash, keeping.hash_key)
    if entry.by_owner and not row["by_owner"]:
        told["by_owner"] = True
    if entry.kind is EntryKind.PINGBACK and row["kind"] == EntryKind.COMMENT:
        told["kind"] = EntryKind.PINGBACK.value
    if told:
        row.put(**told, source=entry.source.value)
    gained = bool(told)
    if entry.native_number and not row["native_number"]:
        row.put(native_number=entry.native_number, identity=books.comments.identity_of(one.identity))
    if row["post_id"] is None and known.post is None:
        known.post = post_of_comment(keeping, books.posts, entry, one.post_keys, stated)
        gained = gained or known.post is not None
    if row["posted_at"] is None and stated.at is not None:
        row.put(posted_at=stated.at, posted_raw=stated.raw[:200], posted_basis=stated.basis.value)
        gained = True
    return gained


def _version(
    keeping: Keeping,
    entry: Entry,
    hash_: str,
    *,
    purged_id: int | None = None,
    placeholder: Placeholder | None = None,
) -> dict[str, Any]:
    """`purged_id`: the comment whose text was erased for its blog's owner, so this one is only counted.
    A `placeholder` is nobody's words, so none of it is kept as text."""
    is_purged = purged_id is not None
    words, counts = (
        (None, None)
        if purged_id is None or placeholder
        else count_erased(keeping.session, purged_id, entry.html)
    )
    raw = {"source": Source(entry.source).value, "copy": entry.raw} if entry.raw else None
    return {
        "source": entry.source.value,
        "seen_at": keeping.at,
        "replaces_shown_at": None,
        "edited_at": None,
        "text": None if is_purged else "" if placeholder else entry.html,
        "hash": hash_,
        "is_cut": entry.cut,
        "placeholder": placeholder or "",
        "raw": None if is_purged else raw,
        "purged_at": keeping.at if is_purged else None,
        "words": words,
        "counts": counts,
    }


def _note_skipped(keeping: Keeping, document: Document) -> None:
    """An entry that could not be read is noted once, not every night."""
    if not document.skipped:
        return
    keys = [skipped.key[:600] for skipped in document.skipped]
    noted = {one.entry_key for one in keeping.disposed}
    noted.update(
        keeping.session.scalars(
            select(Disposition.entry_key).where(
                Disposition.feed_id == keeping.feed_id, Disposition.entry_key.in_(keys)
            )
        )
    )
    for skipped in document.skipped:
        if skipped.key[:600] not in noted:
            noted.add(skipped.key[:600])
            keeping.dispose(DispositionKind.SKIPPED, skipped.key, skipped.reason)
