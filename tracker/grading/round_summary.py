"""Where a student stands in a part of an assignment, and the counts of it that add up to the class.

`place_of` is the only definition of *decided*, *needs you* and *can't be seen*: the badge, the lead sentence,
the grid, the round, the walk and what is accepted in bulk all ask it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    Bucket.RECORDED,
)
UNSEEN = (Bucket.CANNOT_SEE, Bucket.IN_MODERATION)
"""A blog hides something; no person in the course can decide it now."""
IN = (Bucket.ALL_MET, Bucket.LATE, Bucket.EXCUSED, Bucket.RECORDED)
"""Nothing more is expected of these students."""
LEFT = (Bucket.NOT_DUE, *(place for place in DECIDED if place not in IN))
"""Before the due instant these students still have time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that counts for where a student stands in a part: the states of its requirements; `has_marks`:
    one of them bears a mark that a person should see; `needs_levels`: it is the last part of an assignment
    whose rubric alone is open; `is_recorded`: a person graded it."""

    states: tuple[State, ...] = ()
    has_marks: bool = False
    needs_levels: bool = False
    is_recorded: bool = False

    @property
    def place(self) -> Bucket:
        return place_of(self)

    @property
    def needs_you(self) -> bool:
        return self.place is Bucket.NEEDS_REVIEW

    @property
    def is_decided(self) -> bool:
        return self.place in DECIDED

    @property
    def cannot_be_seen(self) -> bool:
        return self.place in UNSEEN


def place_of(standing: Standing) -> Bucket:
    """The one bucket of a student. What a person recorded is decided, whatever is open; a mark or a rubric
    asks for a person before anything else is said."""
    place = bucket(standing.states)
    if standing.is_recorded:
        return place if place in DECIDED else Bucket.RECORDED
    return Bucket.NEEDS_REVIEW if standing.has_marks or standing.needs_levels else place


def lacks_levels_only(states: Sequence[State]) -> bool:
    """Whether all of an assignment with a rubric is decided but the levels, which a person chooses."""
    place = bucket(states)
    return place in DECIDED and place is not Bucket.EXCUSED


def is_done(place: Bucket, phase: Phase) -> bool:
    """Whether a student is counted as done: in, while the round runs, and decided once it is past."""
    return place in (DECIDED if phase is Phase.PAST else IN)


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """How many students stand where. Every bucket is there, and all add up to `students`."""

    students: int
    buckets: Mapping[Bucket, int]

    def done(self, phase: Phase) -> int:
        return sum(number for place, number in self.buckets.items() if is_done(place, phase))

    @property
    def need_you(self) -> int:
        return self.buckets[Bucket.NEEDS_REVIEW]

    @property
    def cannot_be_seen(self) -> int:
        return sum(self.buckets[bucket] for bucket in UNSEEN)


def round_counts(standings: Sequence[Standing]) -> RoundCounts:
    """Count a class; a student without any state counts as not due."""
    return RoundCounts(len(standings), count_buckets(one.place for one in standings))


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
    """The one bucket of these states; of nothing known it is not due."""
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
