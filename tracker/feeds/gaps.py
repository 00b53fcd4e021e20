"""What we knew + what came -> was anything missed. Where it could still be is left to `backfill`."""

from __future__ import annotations

from collections.abc import Sequence


def find_gap(
    known_keys: frozenset[str], document_keys: Sequence[str], *, window_full: bool, first: bool
) -> bool:
    """True when items were probably lost between the last look and this one.

    A window that cannot be paged shows the newest few. When it is full and shares nothing with
    what was known, older new items may have been pushed out of it. On the first look, and on a
    blog that had nothing yet, there is nothing to compare with.
    """
    if first or not window_full or not document_keys or not known_keys:
        return False
    return known_keys.isdisjoint(document_keys)


def is_window_full(shown: int, *, window_size: int | None, default: int = 10) -> bool:
    """True when a feed shows as many items as it ever does.

    `window_size` is the most this feed was ever seen to show; unknown, the platform's default counts.
    """
    return shown > 0 and shown >= (window_size or default)
