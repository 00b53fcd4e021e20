"""The words of a verdict's state: in the grid, and on a student's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from tracker.domain.states import State, Summary


@dataclass(frozen=True, slots=True)
class StateWords:
    """`grid` is the word for staff, `student` that on the student's own page; `claim` says it of one
    comment and of several ("counts", "count")."""

    grid: str
    student: str
    claim: tuple[str, str]


def words_of(state: State) -> StateWords:  # noqa: PLR0911 - the table itself
    match state:
        case State.MET:
            return StateWords("Met", "Counts", ("counts", "count"))
        case State.PROVISIONAL:
            return StateWords("Met for now", "Counts for now", ("counts for now", "count for now"))
        case State.LATE:
            return StateWords("Late", "Found, late", ("came late", "came late"))
        case State.EXCUSED:
            return StateWords("Excused", "Excused", ("is excused", "are excused"))
        case State.IN_MODERATION:
            return StateWords(
                "In moderation",
                "Awaiting moderation",
                ("is awaiting moderation", "are awaiting moderation"),
            )
        case State.IN_REVIEW:
            return StateWords(
                "Needs you",
                "Your instructor is checking",
                ("is with your instructor", "are with your instructor"),
            )
        case State.DATE_QUESTIONABLE:
            return StateWords(
                "Date?",
                "Your instructor is checking",
                (
                    "is with your instructor, because of its date",
                    "are with your instructor, because of their dates",
                ),
            )
        case State.DOES_NOT_COUNT:
            return StateWords(
                "Does not count",
                "Found; does not count",
                ("does not count", "do not count"),
            )
        case State.CANNOT_SEE:
            return StateWords(
                "Can’t see", "We can’t see this blog", ("is not decided yet", "are not decided yet")
            )
        case State.NOT_FOUND_YET:
            return StateWords(
                "Not found yet", "Not seen yet", ("has not been seen yet", "have not been seen yet")
            )
        case State.NOT_DUE:
            return StateWords("Not due", "Not due yet", ("is not due yet", "are not due yet"))
        case _:
            assert_never(state)


def tell_student(state: State) -> str:  # noqa: PLR0911 - the table itself
    """The sentence beside the student's word for a state, where the reason has none of its own
    (`verdict_sentences.STUDENT`)."""
    match state:
        case State.MET | State.NOT_DUE:
            return ""
        case State.PROVISIONAL:
            return "Your receipt is on time. We keep checking until the comment is public."
        case State.LATE:
            return "It was posted after {due_at:due} and is late."
        case State.EXCUSED:
            return "You don’t have to do anything."
        case State.IN_MODERATION:
            return "Your receipt is on time."
        case State.IN_REVIEW:
            return "We can’t tell yet whether a comment is yours. You don’t have to do anything."
        case State.DATE_QUESTIONABLE:
            return "The blog’s date of your comment differs from our checks. You don’t have to do anything."
        case State.DOES_NOT_COUNT:
            return "We found it, but it does not count."
        case State.CANNOT_SEE:
            return "Nothing is decided yet. A receipt helps."
        case State.NOT_FOUND_YET:
            return "Left it already? Save a receipt."
        case _:
            assert_never(state)


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
    word = "In" if is_post and state is State.MET else words_of(state).grid
    return Cell(state, word, state.value)


LEGEND = (Cell(State.NOT_FOUND_YET, "1 of 2", PARTIAL), *(show(Summary(state)) for state in State))
"""Every cell there is; templates/macros/states.html says what each means."""
