"""What people wrote, made fit to be shown; pages may not read texts themselves.

Tested in tests/web/instructor/grades/test_whole_text.py.
"""

from __future__ import annotations

from tracker.domain.roster import HandleKind
from tracker.matching.handles import account_handle_from
from tracker.models import Comment
from tracker.text.cleaning import plain, sanitize

PICTURE = "the picture beside the name"
"""How an account is called that is known by its gravatar only: a hash says nothing to people."""


def shown_html(html: str) -> str:
    """A body safe to show: a few text tags and links, nothing that runs or loads."""
    return sanitize(html)


def opening(html: str, most: int = 140) -> str:
    """How a text begins, in one line without markup."""
    line = " ".join(plain(html[: most * 20]).split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def account_shown(comment: Comment) -> str:
    """The account that a decision about this comment would teach, in words; "" when it tells none."""
    handle = account_handle_from(comment.as_entry(""))
    if handle is None:
        return ""
    return PICTURE if handle.kind is HandleKind.AVATAR else handle.shown or handle.key
