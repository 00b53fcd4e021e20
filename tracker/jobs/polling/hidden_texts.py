"""Texts that a blog hides: what it shows in their place is told from edits, and noted.

The last real text of a comment or post stands while it is hidden. One that was hidden from the first is kept
without a text; what is shown later is its first.

Tested in tests/jobs/polling/test_hidden_texts.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.domain.feed import DispositionKind, Document, Entry, EntryKind, Identity, Placeholder
from tracker.feeds.identity import identify_post, text_hash
from tracker.feeds.placeholders import Replaced, find_repeated, in_place_of, is_marked_title
from tracker.feeds.sameness import post_hash
from tracker.jobs.polling.known_comments import CommentBook, KnownComment
from tracker.jobs.polling.known_posts import PostBook
from tracker.jobs.polling.store_context import Keeping
from tracker.jobs.rows import PendingRow
from tracker.models import Blog

_MOST_REMEMBERED = 50
_NO_TEXT = text_hash("")


def learn_repeated(
    keeping: Keeping,
    blog: Blog,
    comments: Sequence[tuple[Entry, Identity, str]],
    documents: Sequence[Document],
    book: CommentBook,
    posts: PostBook,
) -> None:
    """Learn which texts this check shows in place of several different ones. `comments` are its comments,
    each with its names and the hash of its text. A blog's are remembered: they hide what comes later, too.
    """
    replaced = [
        Replaced(known, hash_, frozenset(known.hashes.values()))
        for entry, identity, hash_ in comments
        if _may_say(entry, hash_) and (known := book.peek(identity)) is not None
    ]
    replaced += _replaced_posts(posts, documents, {one.now for one in replaced})
    remembered = list(blog.placeholders)
    new = sorted(find_repeated(replaced).difference(remembered))
    if new:
        blog.placeholders = (remembered + new)[-_MOST_REMEMBERED:]
    keeping.placeholders = frozenset((*remembered, *new))


def _may_say(entry: Entry, hash_: str) -> bool:
    return entry.kind is not EntryKind.TOMBSTONE and entry.placeholder is None and hash_ != _NO_TEXT


def _replaced_posts(
    posts: PostBook, documents: Sequence[Document], of_comments: set[str]
) -> Iterator[Replaced]:
    """What changed posts show now and had before, where another item may show the same."""
    changed = [
        (post, text_hash(entry.html))
        for document in documents
        for entry in document.entries
        if entry.kind is EntryKind.POST and (post := posts.peek(identify_post(entry).aliases)) is not None
        if post["hash"] not in ("", post_hash(entry))
    ]
    shown = Counter(now for _, now in changed)
    for post, now in changed:
        if now != _NO_TEXT and (shown[now] > 1 or now in of_comments):
            yield Replaced(post, now, frozenset({text_hash(posts.text_of(post))}))


def hidden_from_first(keeping: Keeping, entry: Entry, hash_: str) -> Placeholder | None:
    """What stands in place of the text of a comment that was not known; None where that shows its text."""
    if entry.kind is not EntryKind.COMMENT:
        return None
    return entry.placeholder or (Placeholder.REPEATED if hash_ in keeping.placeholders else None)


def hidden_as(
    keeping: Keeping, book: CommentBook, known: KnownComment, entry: Entry, hash_: str
) -> Placeholder | None:
    """What stands in place of the text of a known comment; None where its text, or an edit, is shown."""
    if hash_ in known.hashes.values():
        return None
    found = hidden_from_first(keeping, entry, hash_) or known.placeholders.get(hash_)
    if found is None and entry.source.value in known.hashes and known.row.id is not None:
        return in_place_of(entry, book.text_of(known))
    return found


def settle_hidden(keeping: Keeping, book: CommentBook) -> None:
    """Note whose text is hidden from now on, and whose is shown again: one form that shows it is enough."""
    for known in book.in_hand():
        row = known.row
        if known.shows_text and row["placeholder"]:
            row.put(placeholder="")
            keeping.dispose(DispositionKind.EDITED, row["identity"], "shown", row)
        elif known.shows_placeholder and not known.shows_text:
            if not row["placeholder"]:
                keeping.dispose(DispositionKind.EDITED, row["identity"], "hidden", row)
            row.put(placeholder=known.shows_placeholder.value)
        known.shows_text, known.shows_placeholder = False, None


def post_hidden_from_first(keeping: Keeping, entry: Entry) -> Placeholder | None:
    """The same of a post that was not known."""
    if entry.placeholder or not keeping.placeholders:
        return entry.placeholder
    return Placeholder.REPEATED if text_hash(entry.html) in keeping.placeholders else None


def post_hidden_as(keeping: Keeping, book: PostBook, post: PendingRow, entry: Entry) -> Placeholder | None:
    """The same of a post that is known."""
    if post["hash"] == post_hash(entry):
        return None
    found = post_hidden_from_first(keeping, entry)
    if found is not None or post.id is None or not post["hash"]:
        return found
    before = book.text_of(post)
    if is_marked_title(post["title"], entry.title) and text_hash(before) != text_hash(entry.html):
        return Placeholder.PASSWORD
    return in_place_of(entry, before)
