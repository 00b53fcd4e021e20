"""Links as a student's page offers them: something to read, and an address only where it is safe.

Tested in tests/queries/status/test_student_status.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

EXCERPT = 160


@dataclass(frozen=True, slots=True)
class PageLink:
    """Something to open. `url` "" where we know no address that is safe to offer."""

    text: str
    url: str


def link_to(text: str, url: str) -> PageLink:
    """A link with something to read: the title, else where it leads. Blogs write anything into an
    address, so only web addresses are offered."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    safe = url if parts.scheme in {"http", "https"} and parts.netloc else ""
    place = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" if safe else ""
    return PageLink(text.strip() or shorten(place, 60) or "a page", safe)


def shorten(text: str, most: int = EXCERPT) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
