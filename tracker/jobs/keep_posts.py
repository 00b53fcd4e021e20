"""Posts as rows: found again under any of their addresses, merged when two prove to be one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey, DispositionKind, Document, Entry, EntryKind
from tracker.feeds.identity import identify_post, post_keys
from tracker.feeds.parse import settle_time
from tracker.jobs.keep import Keeping, batches
from tracker.jobs.merging import merge_posts
from tracker.models import Post, PostAlias


class PostBook:
    """The posts of one blog that a set of keys leads to, loaded in one go."""

    def __init__(self, session: Session, blog_id: int, keys: Iterable[AliasKey]) -> None:
        self._session = session
        self._blog_id = blog_id
        self._by_key: dict[AliasKey, Post] = {}
        for batch in batches({key.key for key in keys}):
            rows = session.execute(
                select(PostAlias.kind, PostAlias.key, Post)
                .join(Post, Post.id == PostAlias.post_id)
                .where(PostAlias.blog_id == blog_id, PostAlias.key.in_(batch))
            )
            for kind, key, post in rows:
                self._by_key[AliasKey(kind, key)] = post

    def find(self, keys: Sequence[AliasKey]) -> Post | None:
        """The post these keys name; two rows that turn out to be one post are merged."""
        found: Post | None = None
        for key in keys:
            post = self._by_key.get(key)
            if post is None or post is found:
                continue
            found = post if found is None else self._merge(found, post)
        return found

    def remember(self, post: Post, keys: Iterable[AliasKey]) -> None:
        """Note further names of a post; a name that is taken stays with its post."""
        for key in keys:
            if key not in self._by_key:
                self._by_key[key] = post
                self._session.add(
                    PostAlias(blog_id=self._blog_id, post_id=post.id, kind=key.kind, key=key.key[:600])
                )

    def _merge(self, one: Post, other: Post) -> Post:
        """Keep the post that its own feed showed, else the older row; everything moves to it."""
        keep, lose = sorted((one, other), key=lambda post: (post.is_stub, post.id))
        merge_posts(self._session, keep, lose)
        for key, post in self._by_key.items():
            if post is lose:
                self._by_key[key] = keep
        return keep


def keep_posts(keeping: Keeping, document: Document) -> None:
    """Store the posts of a document. Known ones are brought up to date; nothing is ever removed."""
    entries = [entry for entry in document.entries if entry.kind is EntryKind.POST]
    identities = [identify_post(entry) for entry in entries]
    book = PostBook(keeping.session, keeping.blog_id, {alias for i in identities for alias in i.aliases})
    for entry, identity in zip(entries, identities, strict=True):
        post = book.find(identity.aliases)
        if post is None:
            post = _add(keeping, entry, identity.key)
            keeping.new.append(post.id)
            keeping.posts_touched.add(post.id)
            keeping.dispose(DispositionKind.NEW, identity.key, "post")
        elif _update(keeping, post, entry, identity.key):
            keeping.posts_touched.add(post.id)
        else:
            keeping.known += 1
        post.comments_total = (
            entry.comments_total if entry.comments_total is not None else post.comments_total
        )
        post.comments_url = entry.comments_url or post.comments_url
        book.remember(post, identity.aliases)


def post_of_comment(keeping: Keeping, book: PostBook, entry: Entry) -> Post | None:
    """The post a comment lies on; one we never saw becomes a stub. None if nothing names it."""
    keys = comment_post_keys(entry)
    if not keys:
        return None
    post = book.find(keys)
    if post is None:
        post = Post(
            blog_id=keeping.blog_id,
            identity=f"{keys[0].kind}:{keys[0].key}"[:600],
            url=next((ref for ref in (*entry.reply_to, entry.link) if ref.startswith("http")), "").split("#")[
                0
            ],
            title=entry.post_title[:500],
            first_seen_at=keeping.at,
            last_look_before=keeping.last_look_before,
            first_seen_poll_id=keeping.poll_id,
            is_stub=True,
            labels=[],
        )
        keeping.session.add(post)
        keeping.session.flush()
    book.remember(post, keys)
    return post


def comment_post_keys(entry: Entry) -> tuple[AliasKey, ...]:
    """Every name by which a comment's entry speaks of its post, without repeats."""
    return tuple(dict.fromkeys(key for ref in entry.reply_to for key in post_keys(ref)))


def _add(keeping: Keeping, entry: Entry, identity: str) -> Post:
    post = Post(
        blog_id=keeping.blog_id,
        identity=identity[:600],
        first_seen_at=keeping.at,
        last_look_before=keeping.last_look_before,
        first_seen_poll_id=keeping.poll_id,
    )
    _fill(keeping, post, entry)
    keeping.session.add(post)
    keeping.session.flush()
    return post


def _update(keeping: Keeping, post: Post, entry: Entry, identity: str) -> bool:
    """Bring a known post up to date; True if anything that grading reads has changed."""
    if post.is_stub:
        _fill(keeping, post, entry)
        post.is_stub = False
        keeping.known += 1
        return True
    if post.hash == _hash(entry):
        return False
    _fill(keeping, post, entry)
    post.edited_at = keeping.at
    keeping.edited.append(post.id)
    keeping.dispose(DispositionKind.EDITED, identity, "post")
    return True


def _fill(keeping: Keeping, post: Post, entry: Entry) -> None:
    # The first stated time is kept: an author who re-dates a post changes nothing (MODEL §8).
    if post.posted_at is None:
        stated = settle_time(entry.posted, keeping.at)
        post.posted_at, post.posted_raw, post.posted_basis = stated.at, stated.raw[:200], stated.basis.value
    post.native_number = entry.native_number or post.native_number
    post.url = entry.link or post.url or ""
    post.title = entry.title
    post.author = entry.author
    post.author_url = entry.author_url
    post.account = entry.account[:500]
    post.labels = list(entry.labels)
    post.html = entry.html
    post.hash = _hash(entry)


def _hash(entry: Entry) -> str:
    """Over what grading reads of a post, addresses of links included."""
    return hashlib.sha256("\n".join((entry.title, "|".join(entry.labels), entry.html)).encode()).hexdigest()
