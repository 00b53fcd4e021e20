"""Verdicts summed up: one cell of the grid, and the counts of a round that add up to the class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.states import (
    COUNTED,
    EMPTY,
    HIDDEN,
    NEEDS_PERSON,
    WAIVED,
    Bucket,
    State,
    Summary,
    bucket_of,
    urgency_of,
)
from tracker.grading.phase import Phase

DECIDED = (
    Bucket.ALL_MET,
    Bucket.LATE,
    Bucket.SOME_FOUND,
    Bucket.NONE_FOUND,
    Bucket.NOT_COUNTING,
    Bucket.EXCUSED,
)
IN = (Bucket.ALL_MET, Bucket.LATE, Bucket.EXCUSED)
"""Nothing more is expected of these students."""


def is_done(place: Bucket, phase: Phase) -> bool:
    """Whether a student is counted as done: in, while the round runs, and decided once it is past."""
    return place in (DECIDED if phase is Phase.PAST else IN)


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """How many students stand where. Every bucket is there, and all add up to `students`."""

    students: int
    buckets: Mapping[Bucket, int]

    @property
    def decided(self) -> int:
        return sum(self.buckets[bucket] for bucket in DECIDED)

    @property
    def need_you(self) -> int:
        return self.buckets[Bucket.NEEDS_REVIEW]

    @property
    def cannot_be_seen(self) -> int:
        """Seen in part or held by a blog's owner; no person in the course can settle it now."""
        return self.buckets[Bucket.CANNOT_SEE] + self.buckets[Bucket.IN_MODERATION]

    @property
    def not_due(self) -> int:
        return self.buckets[Bucket.NOT_DUE]


def round_counts(judgments: Mapping[int, Sequence[tuple[str, State]]], keys: Collection[str]) -> RoundCounts:
    """Count a class by the requirements named in `keys`. `judgments` has, for each student, the
    requirement's key and its state; a student without any counts as not due."""
    wanted = set(keys)
    found = (bucket([state for key, state in verdicts if key in wanted]) for verdicts in judgments.values())
    return RoundCounts(len(judgments), count_buckets(found))


def count_buckets(found: Iterable[Bucket]) -> dict[Bucket, int]:
    """How many students are in each bucket; every bucket is there."""
    counts = Counter(found)
    return {one: counts[one] for one in Bucket}


_FIRST = (
    Bucket.NEEDS_REVIEW,
    Bucket.CANNOT_SEE,
    Bucket.IN_MODERATION,
    Bucket.NOT_DUE,
    Bucket.NOT_COUNTING,
)
"""One of these anywhere decides for the whole, what a person has to know first before the rest."""


def bucket(states: Sequence[State]) -> Bucket:
    """The one bucket of a student; one of whom nothing is known is not due."""
    there = {bucket_of(state) for state in states}
    for one in _FIRST:
        if one in there:
            return one
    if len(there) < 2:
        return next(iter(there), Bucket.NOT_DUE)
    if Bucket.NONE_FOUND in there:
        return Bucket.SOME_FOUND if there & {Bucket.ALL_MET, Bucket.LATE} else Bucket.NONE_FOUND
    return Bucket.LATE if Bucket.LATE in there else Bucket.ALL_MET


def summarize(states: Sequence[State]) -> Summary:
    """What one cell of the grid shows for the states of one bundle.

    One state everywhere is shown as itself; else the first that asks for a person or hides
    something; else how many of the parts were found.
    """
    asked = [state for state in states if state not in WAIVED]
    if not asked:
        return Summary(states[0] if states else State.NOT_DUE)
    first = min(asked, key=urgency_of)
    if first in NEEDS_PERSON | HIDDEN or set(asked) <= COUNTED or len(set(asked)) == 1:
        return Summary(first)
    lacking = min((state for state in asked if state not in COUNTED), key=urgency_of)
    number = sum(state in COUNTED for state in asked) if lacking in EMPTY else asked.count(lacking)
    return Summary(lacking, number, len(asked))
