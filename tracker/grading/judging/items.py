"""What could fill a requirement: a student's comments and posts, and receipts of comments not public yet.

Tested in tests/grading/judging/test_competition.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from tracker.domain.assignment import HeldCredit, PartRule, Window
from tracker.domain.grade import CommentFact, PostFact, ReceiptFact, Timing
from tracker.grading.judging.companions import Companion
from tracker.grading.judging.conditions import Examined
from tracker.grading.judging.eligibility import is_receipt_placed
from tracker.grading.judging.terms_for_student import Setting


class ItemStanding(IntEnum):
    """What an item could do for a requirement, the best for the student first.

    An open question comes before a certain late comment: it may still turn out in time.
    """

    ON_TIME = 0
    UNDECIDED = 1
    QUESTIONABLE = 2
    RECEIPT = 3
    LATE = 4
    UNDECIDED_LATE = 5


@dataclass(frozen=True, slots=True)
class ItemCandidate:
    """An item in one of the periods in which it may count. `earns`: percent, if what is open turns out
    well. `group`: only for its requirements (`Setting.by_themselves`). `is_new`: counted as one on a blog
    where none of the credited was before."""

    part: PartRule
    period: int
    source: Examined | ReceiptFact | Companion
    standing: ItemStanding
    earns: int
    at: datetime
    group: str = ""
    is_new: bool = False

    @property
    def item(self) -> CommentFact | PostFact | ReceiptFact:
        return self.source if isinstance(self.source, ReceiptFact) else self.examined.item

    @property
    def number(self) -> int:
        """Its row's id."""
        item = self.item
        if isinstance(item, ReceiptFact):
            return item.receipt_id
        return item.comment_id if isinstance(item, CommentFact) else item.post_id

    @property
    def examined(self) -> Examined:
        """What was examined of it; a receipt has nothing to examine."""
        assert not isinstance(self.source, ReceiptFact)  # noqa: S101 - asked of public items only
        return self.source.examined if isinstance(self.source, Companion) else self.source

    @property
    def key(self) -> tuple[str, int]:
        """The same for every period and part in which the item may count."""
        return type(self.source).__name__, self.number

    @property
    def post_key(self) -> str:
        return "" if isinstance(self.item, PostFact) else self.item.post_key

    @property
    def blog_id(self) -> int | None:
        return self.item.blog_id

    @property
    def author(self) -> str:
        """Who wrote the post, or the blog as a whole where nobody is named."""
        return self.item.written_by if isinstance(self.item, CommentFact) else f"blog {self.blog_id}"

    @property
    def text_hash(self) -> str:
        item = self.item
        return "" if isinstance(item, ReceiptFact) or not item.counts.words else item.text_hash

    @property
    def rank(self) -> tuple[int, ...]:
        """How good it is for the student, the larger the better."""
        unnamed = isinstance(self.source, Companion) and not self.source.named
        return (int(self.earns > 0), self.earns, -int(self.standing), -int(unnamed))


def gather(setting: Setting, part: PartRule, examined: Sequence[Examined]) -> list[ItemCandidate]:
    """All that could fill a requirement of a part of comments, in no order."""
    found = [one for source in examined if not source.refusal for one in _candidates(part, source, source)]
    earns = 0 if setting.terms.held is HeldCredit.NONE else 100
    apart = ((key, slots[0]) for key, slots in setting.by_themselves(part).items())
    for group, slot in (("", None), *apart):
        found += [
            ItemCandidate(part, period.number, receipt, ItemStanding.RECEIPT, earns, receipt.saved_at, group)
            for receipt in setting.facts.receipts
            for period, window in setting.windows(part, slot)
            if speaks_for(setting, part, receipt, window)
        ]
    return found


def gather_companions(part: PartRule, companions: Sequence[Companion]) -> list[ItemCandidate]:
    """All posts that could fill a requirement of a part of posts, in no order."""
    return [one for source in companions for one in _candidates(part, source.examined, source)]


def speaks_for(setting: Setting, part: PartRule, receipt: ReceiptFact, window: Window) -> bool:
    """Whether a receipt, saved in time, is all we have of a comment that could count."""
    if receipt.comment_id is not None or not is_receipt_placed(part, receipt, setting.facts):
        return False
    opened = window.opens_at is None or receipt.saved_at >= window.opens_at
    return opened and receipt.saved_at < window.due_at


def _candidates(part: PartRule, examined: Examined, source: Examined | Companion) -> Iterator[ItemCandidate]:
    """An item wherever it may count."""
    for fit in examined.fits:
        if fit.lateness.timing not in {Timing.EARLY, Timing.CLOSED}:
            standing = _standing(source, fit.lateness.timing)
            earns = examined.earns * fit.lateness.earns // 100
            yield ItemCandidate(part, fit.period, source, standing, earns, fit.lateness.taken_at, fit.group)


def _standing(source: Examined | Companion, timing: Timing) -> ItemStanding:
    item = source.item if isinstance(source, Examined) else None
    undecided = bool(source.doubt) if isinstance(source, Companion) else getattr(item, "undecided", False)
    if undecided:
        in_time = timing is Timing.ON_TIME or (isinstance(source, Examined) and timing is not Timing.LATE)
        return ItemStanding.UNDECIDED if in_time else ItemStanding.UNDECIDED_LATE
    if timing is Timing.LATE:
        return ItemStanding.LATE
    return ItemStanding.QUESTIONABLE if timing is Timing.QUESTIONABLE else ItemStanding.ON_TIME
