"""What the passing of time makes of a round, and of a verdict that was stored before it passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from tracker.domain.grade import Verdict
from tracker.domain.states import State
from tracker.grading.judging.coverage import not_checked

OPEN = "open"
"""Reason of a comment that is not due yet and could be left now: not seen so far, as we show it."""


class Phase(StrEnum):
    COMING = "coming"
    """It has not opened yet."""
    OPEN = "open"
    PAST = "past"
    """It is due no more."""


def phase_of(opens_at: datetime | None, due_at: datetime, now: datetime) -> Phase:
    """Where a round stands; `due_at` is exclusive, `opens_at` None: it was open from the beginning."""
    if opens_at is not None and now < opens_at:
        return Phase.COMING
    return Phase.OPEN if now < due_at else Phase.PAST


def as_shown(
    verdict: Verdict, opens_at: datetime | None, now: datetime, *, is_comment: bool, is_seen: bool
) -> Verdict:
    """The verdict as it stands for whoever reads it now: rows are written when a blog is polled.

    A due instant that passed since leaves nothing decided. A comment that could be left already,
    on a blog that we see (`is_seen`), is "not seen yet" rather than only "due" (PRODUCT S19).
    """
    if verdict.state is not State.NOT_DUE:
        return verdict
    if verdict.due_at <= now:
        reason = not_checked(is_class_blog=not is_comment)
        return replace(verdict, state=State.CANNOT_SEE, reason=reason, hints=())
    is_open = phase_of(opens_at, verdict.due_at, now) is Phase.OPEN
    if is_comment and is_seen and is_open and verdict.reason in {"not-due", "not-open"}:
        return replace(verdict, state=State.NOT_FOUND_YET, reason=OPEN)
    return verdict
