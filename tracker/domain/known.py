"""What the database already holds of a blog, as plain values: what a poll compares with.

Tested in tests/feeds/test_poll_feed.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post of the blog. `keys` are its ids as "kind:key"; `comments_url` is where its own
    comments are, as the blog gave it.

    `held` counts its comments and pingbacks that the blog still shows as far as we know;
    `unread` is what its own count exceeded that by when we last knew all we wanted of it (its
    history before the course; None: never compared). `unsure`: one of its comments was missing
    at the last whole reading, so the next one decides. `is_stub`: no feed of posts showed it yet.
    `asked_at`: when a poll of the blog last read its own comments (UTC; None: never).
    """

    url: str
    keys: frozenset[str]
    comments_url: str = ""
    held: int = 0
    unread: int | None = None
    unsure: bool = False
    is_stub: bool = False
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """`keys` are all ids ("kind:key") of the blog's comments.

    `overlap` are those of comments seen by the feed's last complete poll: when a full window shares
    none of them, something may have been pushed out of it in between. `held` counts its comments
    as in KnownPost, `posts` are its posts, the newest first.
    """

    keys: frozenset[str] = frozenset()
    overlap: frozenset[str] = frozenset()
    posts: tuple[KnownPost, ...] = ()
    held: int = 0
    unsure: bool = False

    @property
    def post_keys(self) -> frozenset[str]:
        """The ids of the posts that feeds of posts showed."""
        return frozenset(key for post in self.posts if not post.is_stub for key in post.keys)

    def post(self, keys: frozenset[str]) -> KnownPost | None:
        return next((post for post in self.posts if not post.keys.isdisjoint(keys)), None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A place that was read whole: what we hold of it and is not among `keys` was not shown there.

    `post_keys` name the post; empty, it is the whole blog. Only comments stated after
    `since` count. `has_pingbacks`: pingbacks would have been shown, too (REST leaves them out).
    """

    keys: frozenset[str]
    post_keys: frozenset[str] = frozenset()
    since: datetime | None = None
    has_pingbacks: bool = True
