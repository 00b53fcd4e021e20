"""Which of the texts that an item had is the one to judge: that of the due instant (MODEL §8).

Tested in tests/grading/test_edits.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from tracker.domain.grade import CommentFact, EditTimes, PostFact
from tracker.domain.reason import Reason, instant_param
from tracker.grading.lateness import CACHE_SLACK

R = TypeVar("R")
Rank = tuple[int, ...]
CHANGED_AFTER_DEADLINE = "changed-after-deadline"


class EditSpan(NamedTuple):
    """An edit was made after `after` and not later than `until`."""

    after: datetime
    until: datetime


def span_of(edit: EditTimes) -> EditSpan:
    """When an edit may have been made: as the blog says, where that lies between the checks that showed
    the two texts, else anywhere between them. A check shows what a cache kept as well."""
    after = edit.shown_at - CACHE_SLACK
    stated = edit.stated_at
    if stated is not None and after <= stated <= edit.seen_at:
        return EditSpan(stated, stated)
    return EditSpan(after, edit.seen_at)


def texts_at(edits: Sequence[EditTimes], at: datetime) -> range:
    """Which texts an item may have had just before an instant: numbers from 0, the text before the first
    edit, to `len(edits)`, the present one. `edits` in the order in which they were seen.

    Never empty. More than one: the instant lies within an edit's span, and the student is to have the
    better of them.
    """
    spans = [span_of(edit) for edit in edits]
    first = sum(1 for span in spans if span.until < at)
    last = max((n for n, span in enumerate(spans, 1) if span.after < at), default=0)
    return range(first, max(first, last) + 1)


class TextThen(NamedTuple):
    """What an item was worth by its text of the due instant. `clock`: which of several texts was taken, and
    why; `marks`: that the text of now would decide otherwise."""

    clock: tuple[Reason, ...] = ()
    marks: tuple[Reason, ...] = ()


def read_as_of(
    item: CommentFact | PostFact,
    at: datetime,
    judge: Callable[[CommentFact | PostFact], R],
    rank: Callable[[R], Rank],
) -> tuple[R, TextThen]:
    """Judge an item by the text that it had just before an instant; where that is in doubt, by the one that
    ranks highest for the student."""
    if not item.former:
        return judge(item), TextThen()
    texts = [*(text for text, _ in item.former), item]
    edits = [edit for _, edit in item.former]
    possible = texts_at(edits, at)
    readings = [judge(texts[n]) for n in possible]
    best = max(readings, key=rank)
    clock: tuple[Reason, ...] = ()
    if len({rank(one) for one in readings}) > 1:
        edit = edits[possible[0]]
        clock = (
            Reason(
                "edited-between", {"shown": instant_param(edit.shown_at), "seen": instant_param(edit.seen_at)}
            ),
        )
    if possible[-1] == len(edits) or rank(judge(item)) == rank(best):
        return best, TextThen(clock)
    return best, TextThen(clock, (_changed(edits[possible[-1]]),))


def _changed(edit: EditTimes) -> Reason:
    span = span_of(edit)
    stated = {"edited": instant_param(span.until)} if span.after == span.until else {}
    return Reason(CHANGED_AFTER_DEADLINE, {"seen": instant_param(edit.seen_at), **stated})
