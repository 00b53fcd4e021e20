"""The words of a verdict's state: in the grid, and on a student's own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.states import Bucket, State, Summary
from tracker.wording.numbers import say_number


@dataclass(frozen=True, slots=True)
class StateWords:
    """`grid` is the word for staff, `student` that on the student's own page; `claim` says it of one
    comment and of several ("counts", "count"). `tells` is the sentence beside the student's word where the
    reason has none of its own (`verdict_sentences.STUDENT`)."""

    grid: str
    student: str
    claim: tuple[str, str]
    tells: str = ""


STATES: Mapping[State, StateWords] = {
    State.MET: StateWords("Met", "Counts", ("counts", "count")),
    State.PROVISIONAL: StateWords(
        "Met for now",
        "Counts for now",
        ("counts for now", "count for now"),
        "Your receipt is on time. We keep checking until the comment is public.",
    ),
    State.LATE: StateWords(
        "Late", "Found, late", ("came late", "came late"), "It was posted after {due_at:due} and is late."
    ),
    State.EXCUSED: StateWords(
        "Excused", "Excused", ("is excused", "are excused"), "You don’t have to do anything."
    ),
    State.IN_MODERATION: StateWords(
        "In moderation",
        "Awaiting moderation",
        ("is awaiting moderation", "are awaiting moderation"),
        "Your receipt is on time.",
    ),
    State.IN_REVIEW: StateWords(
        "Needs you",
        "Your instructor is checking",
        ("is with your instructor", "are with your instructor"),
        "We can’t tell yet whether a comment is yours. You don’t have to do anything.",
    ),
    State.DATE_QUESTIONABLE: StateWords(
        "Date?",
        "Your instructor is checking",
        ("is with your instructor, because of its date", "are with your instructor, because of their dates"),
        "The blog’s date of your comment differs from our checks. You don’t have to do anything.",
    ),
    State.DOES_NOT_COUNT: StateWords(
        "Does not count",
        "Found; does not count",
        ("does not count", "do not count"),
        "We found it, but it does not count.",
    ),
    State.CANNOT_SEE: StateWords(
        "Can’t see",
        "We can’t see this blog",
        ("is not decided yet", "are not decided yet"),
        "Nothing is decided yet. A receipt helps.",
    ),
    State.NOT_FOUND_YET: StateWords(
        "Not found yet",
        "Not seen yet",
        ("has not been seen yet", "have not been seen yet"),
        "Left it already? Save a receipt.",
    ),
    State.NOT_DUE: StateWords("Not due", "Not due yet", ("is not due yet", "are not due yet")),
}


PARTIAL = "half"
"""The icon of a bundle of which some is found."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A state as it is shown: always an icon and a word. `icon` is the state's value, or `PARTIAL`."""

    state: State
    word: str
    icon: str


def show(summary: Summary, *, is_post: bool = False) -> Cell:
    """A bundle in the grid: "Met", "1 of 2", "2 do not". A post that is there is said to be in."""
    state, number = summary.state, summary.number
    if summary.is_partial:
        return Cell(state, f"{number} of {summary.asked}", PARTIAL)
    if number:
        return Cell(state, f"{number} does not" if number == 1 else f"{number} do not", state.value)
    word = "In" if is_post and state is State.MET else STATES[state].grid
    return Cell(state, word, state.value)


NEEDS_YOU = show(Summary(State.IN_REVIEW))
GRADED = Cell(State.MET, "Graded", "graded")
"""What a person graded although something is open."""

LEGEND = (
    Cell(State.NOT_FOUND_YET, "1 of 2", PARTIAL),
    *(show(Summary(state)) for state in State),
    GRADED,
)
"""Every cell there is; templates/macros/states.html says what each means."""


def say_bucket(place: Bucket, count: int, asked: int) -> str:
    """Where `count` students stand, for a part that asks for this many items."""
    every = {1: "met", 2: "both met"}.get(asked, f"all {say_number(asked)} met")
    some = "one of two found" if asked == 2 else "found in part"
    return {
        Bucket.ALL_MET: every,
        Bucket.LATE: "met, late",
        Bucket.SOME_FOUND: some,
        Bucket.NONE_FOUND: "not found yet" if asked == 1 else "none found yet",
        Bucket.NOT_COUNTING: "found, not counting",
        Bucket.EXCUSED: "excused",
        Bucket.NEEDS_REVIEW: "needs you" if count == 1 else "need you",
        Bucket.CANNOT_SEE: "can’t see",
        Bucket.IN_MODERATION: "in moderation",
        Bucket.NOT_DUE: "not due yet",
        Bucket.RECORDED: "graded with something open",
    }[place]
