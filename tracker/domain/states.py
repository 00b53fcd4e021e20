"""The states of a verdict (where a requirement stands, MODEL §7) and what is true of each of them.

Nothing else lists states: grading, queries and pages take one of the sets below. The words of a state
are in `wording.states`, its icon and color in templates/macros/states.html.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a requirement stands; in the order in which a page names them: what is there before
    what is not."""

    MET = "met"
    PROVISIONAL = "provisional"
    LATE = "late"
    EXCUSED = "excused"
    IN_MODERATION = "in_moderation"
    IN_REVIEW = "in_review"
    DATE_QUESTIONABLE = "date_questionable"
    DOES_NOT_COUNT = "does_not_count"
    CANNOT_SEE = "cannot_see"
    NOT_FOUND_YET = "not_found_yet"
    NOT_DUE = "not_due"


class Bucket(StrEnum):
    """Where a student stands in a part of an assignment, each student in exactly one. Every state belongs
    to one of them; a student with several states may be in `SOME_FOUND`. `grading.round_summary.place_of`
    decides which."""

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
    RECORDED = "recorded"  # a person graded it although something is open


@dataclass(frozen=True, slots=True)
class _Traits:
    """`urgency`: of several states, the one with the lowest number is shown first. `counts`: it earns
    its credit; `for_now`: it does as long as nothing else is found. `has_item`: something of the
    student's fills it. `can_be_filled`: a comment that is found now may still fill it."""

    bucket: Bucket
    urgency: int
    counts: bool = False
    for_now: bool = False
    has_item: bool = False
    can_be_filled: bool = False


_TABLE = {
    State.MET: _Traits(Bucket.ALL_MET, 10, counts=True, has_item=True),
    State.PROVISIONAL: _Traits(Bucket.IN_MODERATION, 5, for_now=True, can_be_filled=True),
    State.LATE: _Traits(Bucket.LATE, 7, counts=True, has_item=True),
    State.EXCUSED: _Traits(Bucket.EXCUSED, 11),
    State.IN_MODERATION: _Traits(Bucket.IN_MODERATION, 4, can_be_filled=True),
    State.IN_REVIEW: _Traits(Bucket.NEEDS_REVIEW, 1, can_be_filled=True),
    State.DATE_QUESTIONABLE: _Traits(Bucket.NEEDS_REVIEW, 2, has_item=True),
    State.DOES_NOT_COUNT: _Traits(Bucket.NOT_COUNTING, 6),
    State.CANNOT_SEE: _Traits(Bucket.CANNOT_SEE, 3, can_be_filled=True),
    State.NOT_FOUND_YET: _Traits(Bucket.NONE_FOUND, 8, can_be_filled=True),
    State.NOT_DUE: _Traits(Bucket.NOT_DUE, 9, can_be_filled=True),
}


def bucket_of(state: State) -> Bucket:
    return _TABLE[state].bucket


def urgency_of(state: State) -> int:
    """Of several states, the one with the lowest number is shown first."""
    return _TABLE[state].urgency


def _where(asked: Callable[[_Traits], bool]) -> frozenset[State]:
    """Fails where a state is not in the table yet, and with it the import of this module."""
    return frozenset(state for state in State if asked(_TABLE[state]))


def _in(*buckets: Bucket) -> frozenset[State]:
    return _where(lambda one: one.bucket in buckets)


COUNTED = _where(lambda one: one.counts)
"""It earns its credit."""
HAS_ITEM = _where(lambda one: one.has_item)
"""An item of the student's fills it, in time or not."""
CAN_BE_FILLED = _where(lambda one: one.can_be_filled)
"""A comment that is found now may still fill it."""
WAIVED = _in(Bucket.EXCUSED)
"""Nothing is asked any more."""
HELD = _in(Bucket.IN_MODERATION)
"""A receipt stands for it until the blog's owner publishes the comment."""
NEEDS_PERSON = _in(Bucket.NEEDS_REVIEW)
"""Staff have to answer a question."""
HIDDEN = _in(Bucket.CANNOT_SEE, Bucket.IN_MODERATION)
"""A blog hides something."""
UNDECIDED = _in(Bucket.NOT_DUE, Bucket.NEEDS_REVIEW, Bucket.CANNOT_SEE)
"""No grade is proposed while one of these is there."""
SETTLED = COUNTED | WAIVED
"""It rests on facts: neither a check that finds nothing nor the time changes it."""
MAY_CHANGE = frozenset(State) - SETTLED
NOTHING_TO_DO = SETTLED | HELD
"""The student has done what was asked."""
EMPTY = _in(Bucket.NOT_DUE, Bucket.NONE_FOUND, Bucket.CANNOT_SEE)
"""Nothing of the student's is there, as far as is known: a receipt can help."""
ASKS_STUDENT = EMPTY | _in(Bucket.NOT_COUNTING)
"""The student may still have something to do."""
MAY_HIDE_MORE = _in(Bucket.NOT_DUE, Bucket.CANNOT_SEE)
"""An optional requirement may still be filled, or be filled unseen."""
ON_COURSE = COUNTED | _where(lambda one: one.for_now) | _in(Bucket.NOT_DUE)
"""What was due so far is there."""
PLAIN = _in(Bucket.ALL_MET, Bucket.EXCUSED)
"""Nobody has to be told why."""
CAN_BE_MARKED_COMPLETE = frozenset(State) - PLAIN - HELD - _in(Bucket.NOT_DUE)
"""Staff may mark it complete by hand."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What several requirements show together. `number` of the `asked` ones were found or, where the
    state says so, do not count; both are 0 where all of them share the state."""

    state: State
    number: int = 0
    asked: int = 0

    @property
    def is_partial(self) -> bool:
        """Some were found, the others are still to come."""
        return self.number > 0 and self.state in EMPTY
