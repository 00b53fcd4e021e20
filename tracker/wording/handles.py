"""What deciding about a comment can teach, in words."""

from __future__ import annotations

from tracker.domain.roster import HandleKind, KnownHandle

_WORDS = {
    HandleKind.AVATAR: "the picture, stored as a hash",
    HandleKind.BLOG: "the link behind the name",
    HandleKind.TWITTER: "the Twitter name",
}
_TAUGHT = {
    "account": "the account {}",
    "avatar": "the picture beside the name",
    "blog": "the address {}",
    "name": "the name “{}”",
    "twitter": "the Twitter name {}",
    "email": "the email address {}",
}
_ACCOUNTS = {
    "blogger": "the Blogger account",
    "google+": "the Google+ account",
    "wordpress": "the WordPress account",
}


def say_handle(handle: KnownHandle) -> str:
    """ "the Blogger account", "the name “sunny”, on this blog"."""
    if handle.kind is HandleKind.NAME:
        return f"the name “{handle.shown}”" + ("" if handle.blog_id is None else ", on this blog")
    service = handle.key.partition(":")[0]
    return _WORDS.get(handle.kind) or _ACCOUNTS.get(service, "the account")


def say_recognized(kind: str, shown: str) -> str:
    """What a decision taught or an undo forgets, in a sentence: an address as it is, "the name “sunny” on
    this blog", "the picture"."""
    if kind == HandleKind.NAME:
        return f"the name “{shown}” on this blog"
    return "the picture" if kind == HandleKind.AVATAR else shown


def say_taught(kind: str, key: str) -> str:
    """A handle of the log of decisions: "the account blogger.com/profile/1", "the name “sunny”"."""
    return _TAUGHT.get(kind, "{}").format(key)
