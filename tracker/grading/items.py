"""What could fill a comment slot: the student's comments, and receipts of comments not public yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from tracker.domain.assignment import AssignmentTerms, Requirement, RequirementKind, Window
from tracker.domain.grade import BlogSight, CommentFact, Lateness, ReceiptFact, StudentFacts, Timing
from tracker.grading.choose import Choice
from tracker.grading.conditions import Examined, current_allocations, examine
from tracker.grading.windows import allocated_window, extend, extended_to, is_excused


class Standing(IntEnum):
    """What an item could do for a slot, the best for the student first.

    An open question comes before a certain late comment: it may still turn out in time.
    """

    ON_TIME = 0
    UNDECIDED = 1
    QUESTIONABLE = 2
    RECEIPT = 3
    LATE = 4
    UNDECIDED_LATE = 5


@dataclass(frozen=True, slots=True)
class Item:
    """A comment, or the receipt of one that is not public. `number` is its row's id."""

    standing: Standing
    at: datetime
    number: int
    source: Examined | ReceiptFact


@dataclass(frozen=True, slots=True)
class Setting:
    """What every verdict of one student is judged by."""

    terms: AssignmentTerms
    facts: StudentFacts
    sights: Mapping[int, BlogSight]
    as_of: datetime
    zone: ZoneInfo

    @property
    def blog_ids(self) -> tuple[int, ...]:
        """The blogs that are the student's to comment on now."""
        return tuple(sorted({fact.blog_id for fact in current_allocations(self.facts)}))

    def comment_slots(self) -> list[Requirement]:
        return [part for part in self.terms.requirements() if part.kind is RequirementKind.COMMENT]

    def open_slots(self) -> list[Requirement]:
        """The comment requirements that are not excused."""
        return [slot for slot in self.comment_slots() if not is_excused(self.facts.exceptions, slot.key)]

    def slot_window(self, slot: Requirement) -> Window:
        """The window in which this student may fill a comment slot."""
        window = allocated_window(self.terms.comments.window, current_allocations(self.facts))
        return extend(window, extended_to(self.facts.exceptions, slot.key))


def examine_all(setting: Setting) -> list[Examined]:
    """Every comment, against the latest due instant that any open slot has for this student."""
    dues = [extended_to(setting.facts.exceptions, slot.key) for slot in setting.open_slots()]
    latest = max((due for due in dues if due is not None), default=None)
    comments = sorted(setting.facts.comments, key=lambda comment: comment.comment_id)
    return [examine(comment, setting.terms, setting.facts, latest, setting.zone) for comment in comments]


def gather(setting: Setting, examined: Sequence[Examined]) -> list[Item]:
    """All that could fill a slot, the best first, then the earliest."""
    items = [
        Item(
            _standing(found.comment, found.lateness), found.lateness.taken_at, found.comment.comment_id, found
        )
        for found in examined
        if not found.refusal
    ]
    windows = [setting.slot_window(slot) for slot in setting.open_slots()]
    items.extend(
        Item(Standing.RECEIPT, receipt.saved_at, receipt.receipt_id, receipt)
        for receipt in setting.facts.receipts
        if any(speaks_for(receipt, window, setting) for window in windows)
    )
    return sorted(items, key=lambda item: (item.standing, item.at, item.number))


def speaks_for(receipt: ReceiptFact, window: Window, setting: Setting) -> bool:
    """Whether a receipt, saved in time, is all we have of a comment that could count."""
    if receipt.comment_id is not None or not setting.blog_ids:
        return False
    placed = receipt.blog_id is None or receipt.blog_id in setting.blog_ids
    opened = window.opens_at is None or receipt.saved_at >= window.opens_at
    return placed and opened and receipt.saved_at < window.due_at


def use_up(item: Item, terms: AssignmentTerms) -> Choice:
    """What an item uses up: its post, where posts must differ, and its text, where we have it."""
    itself = (type(item.source).__name__, item.number)
    if isinstance(item.source, ReceiptFact):
        key, text_hash = item.source.post_key, ""
    else:
        comment = item.source.comment
        key, text_hash = comment.post_key, comment.text_hash if comment.words else ""
    post = ("post", key) if key and terms.comments.different_posts else itself
    return Choice(post, ("text", text_hash) if text_hash else itself, item.standing)


def _standing(comment: CommentFact, lateness: Lateness) -> Standing:
    if comment.undecided:
        return Standing.UNDECIDED_LATE if lateness.timing is Timing.LATE else Standing.UNDECIDED
    if lateness.timing is Timing.LATE:
        return Standing.LATE
    return Standing.QUESTIONABLE if lateness.timing is Timing.QUESTIONABLE else Standing.ON_TIME
