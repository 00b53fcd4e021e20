"""Where a requirement stands, in sentences: for staff, and in other words for the student."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.grade import NotCounted, Verdict
from tracker.domain.states import HIDDEN, NEEDS_PERSON, WAIVED, State
from tracker.wording.sentences import Phrasing
from tracker.wording.states import STATES
from tracker.wording.verdict_sentences import (
    CLOCKS,
    MARKS,
    MET,
    REMARKS,
    SHORT,
    STUDENT,
)

BLOG_TIME = "The blog’s own time."
_OF_BLOG_TIME = {"owner-holds", "grace"}
"""What is said of the blog's own time, unless another clock was named before."""

_WITHOUT_REMARKS = WAIVED | NEEDS_PERSON | HIDDEN


def say_verdict(verdict: Verdict, phrasing: Phrasing) -> str:
    """The sentence that staff read, without its remarks; the state's word where the reason says no more."""
    if verdict.state is State.DATE_QUESTIONABLE:
        return say_clock(verdict, phrasing)
    if verdict.reason in MET:
        return f"Met. {say_found(verdict, phrasing)}."
    if verdict.reason == verdict.state and verdict.reason not in REMARKS:
        return f"{STATES[verdict.state].grid}."
    return _say(verdict.reason, {**verdict.params, "due_at": verdict.due_at}, phrasing)


def say_found(verdict: Verdict, phrasing: Phrasing) -> str:
    """What was found in time, for student and staff, without a full stop: "65 words, Fri, Oct 16, 12:00 PM
    CDT"; "" of anything else."""
    return phrasing.say(MET, verdict.reason, verdict.params) if verdict.reason in MET else ""


def say_remarks(verdict: Verdict, phrasing: Phrasing) -> tuple[str, ...]:
    return phrasing.say_all(REMARKS, verdict.hints)


def say_marks(verdict: Verdict, phrasing: Phrasing) -> tuple[str, ...]:
    """What a person should see before accepting it."""
    return phrasing.say_all(MARKS, verdict.marks)


def say_clock(verdict: Verdict, phrasing: Phrasing) -> str:
    """By whose clock it was judged; "" where nothing was found."""
    said = phrasing.say_all(CLOCKS, verdict.clock)
    if verdict.clock:
        return " ".join((BLOG_TIME, *said) if verdict.clock[0].code in _OF_BLOG_TIME else said)
    return "" if verdict.comment_id is None and verdict.post_id is None else BLOG_TIME


def say_not_counted(one: NotCounted, phrasing: Phrasing) -> str:
    return _say(one.reason, one.params, phrasing)


def say_to_student(verdict: Verdict, phrasing: Phrasing) -> str:
    """What the student is told beside the word for the state."""
    template = STUDENT.get(verdict.reason, STATES[verdict.state].tells)
    params: dict[str, Any] = {"due_at": verdict.due_at}
    if "service" in verdict.params:
        params["service"] = verdict.params["service"]
    if verdict.reason == "too-short":
        params["says"] = say_verdict(verdict, phrasing)
    if verdict.state is State.NOT_DUE:
        params["open_until"] = verdict.due_at
    said = phrasing.say({verdict.reason: template}, verdict.reason, params)
    remarks = say_remarks(verdict, phrasing) if verdict.state not in _WITHOUT_REMARKS else ()
    return " ".join((said, *remarks)).strip()


def _say(code: str, params: Mapping[str, Any], phrasing: Phrasing) -> str:
    if "short" not in params:
        return phrasing.say(REMARKS, code, params)
    short = (phrasing.say(SHORT, code, {"has": has, "asked": asked}) for code, has, asked in params["short"])
    return f"Found, {' '.join(short)}"
