"""Handles that a decision can teach, in words."""

from __future__ import annotations

import pytest

from tracker.domain.roster import Handle, HandleKind
from tracker.wording.handles import say_handle


@pytest.mark.parametrize(
    ("handle", "says"),
    [
        (Handle(HandleKind.ACCOUNT, "blogger:1"), "the Blogger account"),
        (Handle(HandleKind.ACCOUNT, "google+:1"), "the Google+ account"),
        (Handle(HandleKind.ACCOUNT, "disqus:1"), "the account"),
        (Handle(HandleKind.TWITTER, "sunny"), "the Twitter name"),
        (Handle(HandleKind.AVATAR, "ab12"), "the picture, kept as a hash"),
        (Handle(HandleKind.BLOG, "a.example"), "the address given as link"),
        (Handle(HandleKind.NAME, "sunny", "Sunny", blog_id=3), "the name “Sunny”, on this blog"),
        (Handle(HandleKind.NAME, "noor haddad", "Noor Haddad"), "the name “Noor Haddad”"),
    ],
)
def test_every_kind_of_handle_has_words(handle: Handle, says: str) -> None:
    assert say_handle(handle) == says
