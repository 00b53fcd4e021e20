"""The sentence that a page about a part begins with, and the bar under it: both add up to the class.

Tested in tests/queries/course/test_dashboard.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.states import Bucket
from tracker.grading.phase import Phase
from tracker.grading.round_summary import RoundCounts
from tracker.wording.assignments import say_need_you
from tracker.wording.states import say_bucket


@dataclass(frozen=True, slots=True)
class LeadPart:
    """A clause of the lead sentence, and the filter of the grid that shows the students of it."""

    text: str
    state: str
    is_yours: bool = False


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One segment of the round's bar: how many stand there, and where the segment lies, in
    hundredths of the bar."""

    bucket: Bucket
    count: int
    words: str
    x: float
    width: float


def say_lead(counts: RoundCounts, phase: Phase) -> tuple[LeadPart, ...]:
    """The clauses of the lead sentence; their counts add up to the class. Each leads to its students by a
    filter of the grid (`queries.grades.grid.CHOICES`)."""
    is_past = phase is Phase.PAST
    done = counts.done(phase)
    said = f"All {counts.students}" if done == counts.students else f"{done} of {counts.students}"
    lead = [LeadPart(f"{said} decided", "decided") if is_past else LeadPart(f"{said} in already", "in")]
    if counts.need_you:
        lead.append(LeadPart(say_need_you(counts.need_you), Bucket.NEEDS_REVIEW, is_yours=True))
    if counts.cannot_be_seen:
        lead.append(LeadPart(f"{counts.cannot_be_seen} can’t be seen yet", "unseen"))
    left = counts.students - done - counts.need_you - counts.cannot_be_seen
    if left:
        state = Bucket.NOT_DUE.value if is_past else "left"
        lead.append(LeadPart(f"{left} {'has' if left == 1 else 'have'} time left", state))
    return tuple(lead)


def draw_key(counts: RoundCounts, asked: int) -> tuple[KeyPart, ...]:
    """The bar's segments, left to right, with a hairline between two."""
    shown = [one for one in Bucket if counts.buckets[one]]
    found: list[KeyPart] = []
    x, gap = 0.0, 0.25
    for one in shown:
        count = counts.buckets[one]
        share = 100 * count / counts.students
        width = max(share - (gap if one is not shown[-1] else 0), 0.2)
        found.append(KeyPart(one, count, say_bucket(one, count, asked), round(x, 2), round(width, 2)))
        x += share
    return tuple(found)
