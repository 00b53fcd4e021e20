"""Keys of courses and assignments as people type them: the short words by which addresses name them."""

from __future__ import annotations

from collections.abc import Collection

from tracker.domain.errors import TrackerError

MAX_LENGTH = 60
APART = "/?#&"
"""Characters that part an address."""


def read_key(text: str, *, whose: str, such_as: str, reserved: Collection[str] = ()) -> str:
    """The key as it is kept; TrackerError when it could not stand in an address.

    `whose` ("A course") and `such_as` ("edt320") are for the sentence that says so.
    """
    key = text.strip().casefold()
    parts = any(char.isspace() or char in APART for char in key)
    if not key or len(key) > MAX_LENGTH or key in reserved or parts:
        raise TrackerError(
            f"{whose}’s short name has 1 to {MAX_LENGTH} characters, without spaces or {APART}: "
            f"for example, {such_as}."
        )
    return key
