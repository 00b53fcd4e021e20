"""Handles that a decision can teach, in words."""

from __future__ import annotations

import pytest

from tracker.domain.roster import HandleKind, KnownHandle
from tracker.wording.handles import say_handle


@pytest.mark.parametrize(
    ("handle", "says"),
    [
        (KnownHandle(HandleKind.ACCOUNT, "blogger:1"), "the Blogger account"),
        (KnownHandle(HandleKind.ACCOUNT, "google+:1"), "the Google+ account"),
        (KnownHandle(HandleKind.ACCOUNT, "disqus:1"), "the account"),
        (KnownHandle(HandleKind.TWITTER, "sunny"), "the Twitter name"),
        (KnownHandle(HandleKind.AVATAR, "ab12"), "the picture, stored as a hash"),
        (KnownHandle(HandleKind.BLOG, "a.example"), "the link behind the name"),
        (KnownHandle(HandleKind.NAME, "sunny", "Sunny", blog_id=3), "the name “Sunny”, on this blog"),
        (KnownHandle(HandleKind.NAME, "noor haddad", "Noor Haddad"), "the name “Noor Haddad”"),
    ],
)
def test_every_kind_of_handle_has_words(handle: KnownHandle, says: str) -> None:
    assert say_handle(handle) == says
