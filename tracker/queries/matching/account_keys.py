"""The accounts a comment stands under, by which its writer may be known.

Tested in tests/jobs/matching/test_shared_accounts.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.roster import AccountKey, HandleKind
from tracker.text.addresses import account_key

TWITTER = "twitter:"
CAN_BE_CONTESTED = frozenset({HandleKind.ACCOUNT, HandleKind.AVATAR, HandleKind.TWITTER})
"""Names are shared by chance, and addresses change hands with dates; these belong to one person."""


def account_keys(account: str, author_url: str, avatar: str) -> tuple[AccountKey, ...]:
    """Kind and key of every account, Twitter name and picture that a comment gives, each once."""
    return tuple(dict.fromkeys(_keys(account, author_url, avatar)))


def _keys(account: str, author_url: str, avatar: str) -> Iterable[AccountKey]:
    for key in filter(None, map(account_key, (account, author_url))):
        if key.startswith(TWITTER):
            yield HandleKind.TWITTER, key.removeprefix(TWITTER)
        else:
            yield HandleKind.ACCOUNT, key
    if avatar:
        yield HandleKind.AVATAR, avatar
