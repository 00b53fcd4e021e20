"""What a decision came to, in a sentence."""

from __future__ import annotations


def say_moved(moved: int, what: str = "other comment") -> str:
    """How many comments have another answer now."""
    if not moved:
        return f"No {what} moved."
    return f"{moved} {what}{'s' if moved > 1 else ''} moved with it."
