"""What we knew + what came -> was anything missed. Where it could still be is left to `poll_feed`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Missed:
    """Comments that the blog showed and no way led to. `kind` is "overflow" (a full window shared
    nothing with what was known) or "count" (the blog says it has more); `expected` is how many,
    None when the blog does not say."""

    kind: str
    expected: int | None = None


def find_overflow(known_keys: frozenset[str], document_keys: frozenset[str]) -> bool:
    """True when a full window shares nothing with what the last complete poll knew (reliability G1).

    A window that cannot be paged shows the newest few, so older new items may have been pushed
    out of it; on a blog that had nothing then, too.
    """
    return bool(document_keys) and known_keys.isdisjoint(document_keys)


def is_window_full(shown: int, *, window_size: int | None) -> bool:
    """True when a feed shows as many items as it ever does.

    `window_size` is the most this feed was ever seen to show; ten where that is unknown.
    """
    return shown > 0 and shown >= (window_size or 10)
