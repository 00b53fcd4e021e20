"""Posts of a document as rows: new ones, changed ones, and those that only a comment names.

Tested in tests/jobs/polling/test_poll.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.feed import (
    AliasKey,
    DispositionKind,
    Document,
    Entry,
    EntryKind,
    Identity,
    Placeholder,
    StatedTime,
)
from tracker.feeds.documents.times import settle_time
from tracker.feeds.identity import identify_post
from tracker.feeds.sameness import post_hash, traits_of_entry
from tracker.jobs.polling.hidden_texts import post_hidden_as, post_hidden_from_first
from tracker.jobs.polling.known_posts import PostBook
from tracker.jobs.polling.store_context import Keeping
from tracker.jobs.rows import PendingRow


def keep_posts(keeping: Keeping, book: PostBook, document: Document) -> None:
    """Store the posts of a document. Known ones are brought up to date; nothing is ever removed."""
    for entry in document.entries:
        if entry.kind is not EntryKind.POST:
            continue
        identity = identify_post(entry)
        post = book.find(identity.aliases, traits_of_entry(entry, keeping.at))
        if post is not None and post.id is not None and post["posted_at"] == entry.posted.at is not None:
            keeping.recognized.add(post.id)  # numbers and paths alone may be another blog's
        if post is None:
            post = _add(keeping, book, entry, identity)
            keeping.new += 1
            keeping.has_changed_posts = True
            keeping.dispose(DispositionKind.NEW, identity.key, "post")
        else:
            is_earlier = note_first_seen(keeping, post, settle_time(entry.posted, keeping.at))
            if _update(keeping, book, post, entry, identity.key):
                keeping.has_changed_posts = True
            else:
                keeping.known += 1
                keeping.has_changed_posts |= is_earlier
        if entry.comments_total is not None:
            post.put(comments_total=entry.comments_total)
        if entry.comments_url:
            post.put(comments_url=entry.comments_url)
        book.give_names(post, identity.aliases)


def post_of_comment(
    keeping: Keeping, book: PostBook, entry: Entry, keys: Sequence[AliasKey], stated: StatedTime
) -> PendingRow | None:
    """The post a comment lies on, which it names by these keys; one we never saw becomes a stub.
    None if nothing names it. A comment without any names its post by the title."""
    if not keys:
        titled = book.find_titled(entry.post_title)
        # The post may come with the next poll of the blog's posts; then its comment is read again.
        keeping.unsure |= titled is None and entry.post_title != ""
        return titled
    post = book.find_commented(keys, entry, stated)
    if post is None:
        url = next((ref for ref in (*entry.reply_to, entry.link) if ref.startswith("http")), "")
        post = _blank(keeping, book.identity_of(keys, keeping.at))
        post.put(url=url.split("#")[0], title=entry.post_title[:500], is_stub=True)
        book.add(post)
        book.give_names(post, keys)
    else:
        book.remember(post, keys)
    return post


def _blank(keeping: Keeping, identity: str) -> PendingRow:
    """A post of which nothing is known yet; every column that a post may fill, since the rows of
    one statement must be alike."""
    return PendingRow(
        {
            "blog_id": keeping.blog_id,
            "identity": identity[:600],
            "native_number": None,
            "url": "",
            "title": "",
            "author": "",
            "author_url": "",
            "account": "",
            "labels": [],
            "html": "",
            "hash": "",
            "posted_at": None,
            "posted_raw": "",
            "posted_basis": "missing",
            "comments_total": None,
            "comments_url": "",
            "is_stub": False,
            "first_seen_at": keeping.at,
            "last_check_before": keeping.last_check_before,
            "first_seen_poll_id": keeping.poll_id,
            "edited_at": None,
            "placeholder": "",
        }
    )


def note_first_seen(keeping: Keeping, row: PendingRow, stated: StatedTime) -> bool:
    """Take over an earlier sight of a comment or post by a poll that is stored later; True if it is."""
    seen_at = keeping.seen_at(stated)
    if row.id is None or not keeping.saw_before(row["first_seen_at"], seen_at):
        return False
    before = row["last_check_before"]
    if before is not None and before >= seen_at:
        before = keeping.last_poll_before_item(stated.at)
    row.put(first_seen_at=seen_at, last_check_before=before, first_seen_poll_id=keeping.poll_id)
    return True


def _add(keeping: Keeping, book: PostBook, entry: Entry, identity: Identity) -> PendingRow:
    stated = settle_time(entry.posted, keeping.at)
    post = _blank(keeping, book.identity_of(identity.aliases, stated.at or keeping.at))
    post.put(first_seen_at=keeping.seen_at(stated))
    _fill(keeping, post, entry, post_hidden_from_first(keeping, entry))
    book.add(post)
    return post


def _update(keeping: Keeping, book: PostBook, post: PendingRow, entry: Entry, identity: str) -> bool:
    """Bring a known post up to date; True if anything that grading reads has changed."""
    if post["is_stub"]:
        _fill(keeping, post, entry, post_hidden_from_first(keeping, entry))
        post.put(is_stub=False)
        keeping.known += 1
        return True
    was, has_text = post["placeholder"], bool(post["hash"])
    hidden = post_hidden_as(keeping, book, post, entry)
    post.put(placeholder=hidden or "")
    if bool(was) != bool(hidden):
        keeping.dispose(DispositionKind.EDITED, identity, "post-hidden" if hidden else "post-shown")
    if hidden or post["hash"] == post_hash(entry):
        return False
    if not has_text:
        _fill(keeping, post, entry)
        return True
    shown_at = post["edited_at"] or post["first_seen_at"]
    # Checks in which it was hidden showed neither the one text nor the other.
    book.keep_former(post, shown_at if was else keeping.shown_at(shown_at), entry.edited_at, keeping.at)
    _fill(keeping, post, entry)
    post.put(edited_at=keeping.at)
    keeping.edited.append(post)
    keeping.dispose(DispositionKind.EDITED, identity, "post")
    return True


def _fill(keeping: Keeping, post: PendingRow, entry: Entry, hidden: Placeholder | None = None) -> None:
    """Take over what a post shows; its text only where it is not `hidden`."""
    # The first stated time is kept: an author who re-dates a post changes nothing (MODEL §8).
    if post["posted_at"] is None:
        stated = settle_time(entry.posted, keeping.at)
        post.put(posted_at=stated.at, posted_raw=stated.raw[:200], posted_basis=stated.basis.value)
    post.put(
        native_number=entry.native_number or post["native_number"],
        url=entry.link or post["url"] or "",
        title=entry.title,
        author=entry.author,
        author_url=entry.author_url,
        account=entry.account[:500],
        labels=list(entry.labels),
        html="" if hidden else entry.html,
        hash="" if hidden else post_hash(entry),
        placeholder=hidden or "",
    )
