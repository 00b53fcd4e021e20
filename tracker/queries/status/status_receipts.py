"""Receipts as their owner, or staff, read them: where each stands, since when, and what to do.

Tested in tests/queries/status/test_student_status.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from tracker.domain.checks import LastCheck
from tracker.domain.locale import CourseLocale
from tracker.domain.states import HIDDEN, State
from tracker.models import Receipt
from tracker.queries.status.status_links import PageLink, link_to, shorten
from tracker.queries.status.status_rows import Asked, ReceiptRow
from tracker.wording.times import say_due, say_instant, say_when


@dataclass(frozen=True, slots=True)
class Filled:
    """The requirement that a receipt's comment fills."""

    assignment_key: str
    requirement: str
    words: str
    """ "Comment 1 of C4T #2"."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """`state` and `word` say where it stands, `says` since when and by whose clock, `todo` what the
    student can do (""), `looked` when it was last looked for."""

    receipt_id: int
    saved: str
    place: PageLink
    excerpt: str
    state: str
    word: str
    says: tuple[str, ...]
    todo: str
    looked: str
    filled: Filled | None
    comment_id: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """What receipts are told by: the student's assignments, how their blogs are seen, the instant."""

    asked: Sequence[Asked]
    checks: Mapping[int, LastCheck]
    now: datetime
    locale: CourseLocale
    to_staff: bool = False

    def tell(self, rows: Iterable[ReceiptRow]) -> tuple[ReceiptLine, ...]:
        filled = self._filled()
        return tuple(self._line(row, filled.get(row.receipt.comment_id or 0)) for row in rows)

    def _line(self, row: ReceiptRow, filled: Filled | None) -> ReceiptLine:
        receipt = row.receipt
        url = row.comment.permalink if row.comment is not None and row.comment.permalink else receipt.url
        state, word, todo = self._stand(row)
        waits = state in HIDDEN
        return ReceiptLine(
            receipt_id=receipt.id,
            saved=self._say_saved(receipt),
            place=link_to(row.post.title if row.post is not None else "", url),
            excerpt=shorten(receipt.text),
            state=state.value,
            word=word,
            says=tuple(self._say(row, state)),
            todo="" if self.to_staff else todo,
            looked=self._say_checked(receipt) if waits and not _is_home(row) else "",
            filled=filled,
            comment_id=receipt.comment_id,
        )

    def _stand(self, row: ReceiptRow) -> tuple[State, str, str]:
        """The state whose drawing it has, its word, and what to do."""
        receipt = row.receipt
        if receipt.comment_id is not None:
            return State.MET, "Found", ""
        if receipt.blog_id is None:
            checking = "" if self.to_staff else "; your instructor is checking"
            return State.IN_REVIEW, f"Not on a blog we follow{checking}", _AGAIN
        if _is_home(row):
            return State.NOT_FOUND_YET, "Links to the blog, not to a post", _AGAIN
        if receipt.state in _STANDS:
            return _STANDS[receipt.state]
        if self._checked_since(receipt):
            return State.IN_MODERATION, "Awaiting moderation", ""
        return State.PROVISIONAL, "Saved; not checked since", ""

    def _say(self, row: ReceiptRow, state: State) -> Iterable[str]:
        receipt = row.receipt
        if state is State.MET:
            return
        if state is State.CANNOT_SEE and receipt.trouble:
            yield receipt.trouble if receipt.trouble.endswith((".", "?", "!")) else f"{receipt.trouble}."
        if state is State.IN_MODERATION:
            since = say_instant(receipt.counts_from, self.locale)
            yield f"Awaiting moderation since {since}, as far as we can see."
        if timely := self._say_timely(receipt):
            yield timely

    def _say_timely(self, receipt: Receipt) -> str:
        """ "The receipt is on time for C4T #2, by our clock." """
        whose = "our clock" if receipt.made_at is None else "the time that staff noted"
        rounds = [
            (due_at, asked.terms.title)
            for asked in self.asked
            if _may_be_for(receipt, asked) and (due_at := asked.comments_due) is not None
        ]
        for due_at, title in rounds:
            if receipt.counts_from < due_at:
                return f"The receipt is on time for {title}, by {whose}."
        if not rounds:
            return ""
        due_at, title = max(rounds)
        return (
            f"{title} was due {say_due(due_at, self.locale)}, before this receipt. "
            "Once we see the comment, the blog’s own time counts."
        )

    def _say_saved(self, receipt: Receipt) -> str:
        by, made = "", ""
        if receipt.by_staff:
            by = " by staff" if self.to_staff else " by your instructor"
        if receipt.made_at is not None:
            made = f", for a comment posted {say_instant(receipt.made_at, self.locale)}"
        return f"Saved{by} {say_instant(receipt.saved_at, self.locale)}{made}"

    def _checked_since(self, receipt: Receipt) -> bool:
        checked_at = _checked_at(receipt)
        if checked_at is not None and checked_at > receipt.saved_at:
            return True
        check = self.checks.get(receipt.blog_id or 0)
        full_at = check.last_full_check if check is not None else None
        return full_at is not None and full_at > receipt.saved_at

    def _say_checked(self, receipt: Receipt) -> str:
        check = self.checks.get(receipt.blog_id or 0)
        checked_at = _checked_at(receipt)
        if checked_at is not None:
            return f"Last checked {say_when(checked_at, self.now, self.locale)}."
        if check is not None and check.next_at is not None and check.next_at > self.now:
            return f"Next check {say_when(check.next_at, self.now, self.locale)}."
        return "Next check soon."

    def _filled(self) -> dict[int, Filled]:
        """comment -> the requirement it fills."""
        return {
            row.comment_id: Filled(asked.row.key, part.key, f"{part.title} of {asked.terms.title}")
            for asked in self.asked
            for part in asked.requirements
            if (row := asked.rows.get(part.key)) is not None and row.comment_id is not None
        }


_AGAIN = "Save another receipt with the post’s link, so that we know where to check. We keep this one."
_UNREADABLE = (
    "Open the link yourself. If it asks you to sign in or shows another page, save another receipt with the "
    "post’s own link. Otherwise, you don’t have to do anything. We keep this one and try again every night."
)

_STANDS = {
    "expired": (
        State.EXCUSED,
        "Kept; no longer checked",
        "If your comment is public now, write to your instructor.",
    ),
    "unreadable": (State.CANNOT_SEE, "We can’t read this page", _UNREADABLE),
}


def _checked_at(receipt: Receipt) -> datetime | None:
    return receipt.check.checked_at if receipt.check is not None else None


def _may_be_for(receipt: Receipt, asked: Asked) -> bool:
    """Whether the assignment, its blogs and its opening fit the receipt."""
    return (
        receipt.assignment_id in (None, asked.row.id)
        and (receipt.blog_id is None or receipt.blog_id in {one.blog_id for one in asked.allocations})
        and (asked.opens_at is None or receipt.counts_from >= asked.opens_at)
    )


def _is_home(row: ReceiptRow) -> bool:
    """Whether the link leads to the blog as a whole."""
    if row.receipt.post_id is not None:
        return False
    try:
        parts = urlsplit(row.receipt.url)
    except ValueError:
        return False
    place = f"{parts.netloc}{parts.path}".rstrip("/")
    home = row.home_url.partition("://")[2].rstrip("/")
    return (not parts.path.strip("/") or place == home) and not parts.query
