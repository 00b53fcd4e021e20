"""Verdicts summed up: one cell of the grid, and the counts of a round that add up to the class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.grade import State

WORDS: Mapping[State, str] = {
    State.MET: "Met",
    State.PROVISIONAL: "Met for now",
    State.LATE: "Late",
    State.NOT_DUE: "Not due",
    State.NOT_FOUND_YET: "Not found yet",
    State.CANNOT_SEE: "Cannot see",
    State.IN_MODERATION: "In moderation",
    State.IN_REVIEW: "Needs you",
    State.DATE_QUESTIONABLE: "Date?",
    State.DOES_NOT_COUNT: "Does not count",
    State.EXCUSED: "Excused",
}

# What a bundle shows when its parts differ: what asks for a person first, then what is unseen.
_FIRST = (
    State.IN_REVIEW,
    State.DATE_QUESTIONABLE,
    State.CANNOT_SEE,
    State.IN_MODERATION,
    State.PROVISIONAL,
)
_FOUND = frozenset({State.MET, State.LATE, State.PROVISIONAL, State.EXCUSED})


@dataclass(frozen=True, slots=True)
class Cell:
    """A state as it is shown: always an icon and a word. `icon` is the state's value, or half."""

    state: State
    word: str
    icon: str


class Bucket(StrEnum):
    """Where a student's comments of a round stand, each student in exactly one."""

    ALL_MET = "all-met"
    LATE = "late"
    SOME_FOUND = "some-found"
    NONE_FOUND = "none-found"
    NOT_COUNTING = "not-counting"
    EXCUSED = "excused"
    NEEDS_REVIEW = "needs-review"
    CANNOT_SEE = "cannot-see"
    IN_MODERATION = "in-moderation"
    NOT_DUE = "not-due"


DECIDED = (
    Bucket.ALL_MET,
    Bucket.LATE,
    Bucket.SOME_FOUND,
    Bucket.NONE_FOUND,
    Bucket.NOT_COUNTING,
    Bucket.EXCUSED,
)


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
        """Seen in part or held by a blog's owner; nobody in the course can settle it now."""
        return self.buckets[Bucket.CANNOT_SEE] + self.buckets[Bucket.IN_MODERATION]

    @property
    def not_due(self) -> int:
        return self.buckets[Bucket.NOT_DUE]


def round_counts(judgements: Mapping[int, Sequence[tuple[str, State]]], keys: Collection[str]) -> RoundCounts:
    """Count a class by the requirements named in `keys`. `judgements` has, for each student, the
    requirement's key and its state; a student without any counts as not due."""
    wanted = set(keys)
    found = Counter(
        bucket([state for key, state in verdicts if key in wanted]) for verdicts in judgements.values()
    )
    return RoundCounts(len(judgements), {one: found[one] for one in Bucket})


def bucket(states: Sequence[State]) -> Bucket:  # noqa: PLR0911 - a ladder, read from the top
    """The one bucket of a student, by what a person has to know first."""
    there = set(states)
    if there & {State.IN_REVIEW, State.DATE_QUESTIONABLE}:
        return Bucket.NEEDS_REVIEW
    if State.CANNOT_SEE in there:
        return Bucket.CANNOT_SEE
    if there & {State.IN_MODERATION, State.PROVISIONAL}:
        return Bucket.IN_MODERATION
    if not there or State.NOT_DUE in there:
        return Bucket.NOT_DUE
    if there == {State.EXCUSED}:
        return Bucket.EXCUSED
    if there <= _FOUND:
        return Bucket.LATE if State.LATE in there else Bucket.ALL_MET
    if State.DOES_NOT_COUNT in there:
        return Bucket.NOT_COUNTING
    return Bucket.SOME_FOUND if there & {State.MET, State.LATE} else Bucket.NONE_FOUND


def cell(states: Sequence[State]) -> Cell:
    """What one cell of the grid shows for the states of one bundle.

    One state everywhere is shown as itself; else the first that asks for a person or hides
    something; else how many of the parts were found.
    """
    asked = [state for state in states if state is not State.EXCUSED]
    if not asked:
        return _plain(State.EXCUSED if states else State.NOT_DUE)
    for state in _FIRST:
        if state in asked:
            return _plain(state)
    if len(set(asked)) == 1:
        return _plain(asked[0])
    if set(asked) <= _FOUND:
        return _plain(State.LATE)
    return _part(asked)


def _part(asked: Sequence[State]) -> Cell:
    found = sum(state in _FOUND for state in asked)
    refused = asked.count(State.DOES_NOT_COUNT)
    if refused:
        word = f"{refused} does not" if refused == 1 else f"{refused} do not"
        return Cell(State.DOES_NOT_COUNT, word, State.DOES_NOT_COUNT.value)
    open_state = State.NOT_FOUND_YET if State.NOT_FOUND_YET in asked else State.NOT_DUE
    return Cell(open_state, f"{found} of {len(asked)}", "half") if found else _plain(open_state)


def _plain(state: State) -> Cell:
    return Cell(state, WORDS[state], state.value)
