"""One comment sent in two parts: when to suggest that two are one, and counting them as one.

Whether they are is for a person, or a course's own switch, to say (PRODUCT S9).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from tracker.domain.grade import CommentFact
from tracker.domain.text import TextCounts

APART = timedelta(minutes=10)
"""The longest time between two parts of one comment."""

_FINISHED = re.compile(r"[.!?…:;][\s\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class PartText:
    """A comment of one student: how many words of their own it has, `at` when it was posted, and
    whether it ends before its sentence does."""

    comment_id: int
    post_key: str
    at: datetime
    words: int
    is_broken_off: bool


@dataclass(frozen=True, slots=True)
class SplitComment:
    """Two comments that read as one; `words` of both together."""

    first: int
    second: int
    words: int


def find_parts(comments: Iterable[PartText]) -> tuple[SplitComment, ...]:
    """Comments of one student on one post, at most ten minutes apart, the first of which breaks off
    in the middle of a sentence."""
    ordered = sorted(comments, key=lambda one: (one.post_key, one.at, one.comment_id))
    return tuple(
        SplitComment(one.comment_id, after.comment_id, one.words + after.words)
        for one, after in itertools.pairwise(ordered)
        if one.post_key
        and one.post_key == after.post_key
        and after.at - one.at <= APART
        and one.is_broken_off
    )


def is_broken_off(text: str) -> bool:
    """Whether a text ends before its sentence does."""
    return bool(text.strip()) and not _FINISHED.search(text.strip())


def join_parts(comments: Sequence[CommentFact], joined: Iterable[tuple[int, int]]) -> list[CommentFact]:
    """The comments with those that count as one put together: the first, with the words of both.

    Pairs of which a comment is not among these are left alone.
    """
    found = {comment.comment_id: comment for comment in comments}
    root = {number: number for number in found}
    for first, second in sorted(joined):
        if first in root and second in root and root[first] != root[second]:
            one, other = root[first], root[second]
            hidden = found[one].is_hidden or found[other].is_hidden
            more = found.pop(other).counts
            former = [
                (replace(text, counts=_add(text.counts, more)), edit) for text, edit in found[one].former
            ]
            found[one] = replace(
                found[one],
                counts=_add(found[one].counts, more),
                is_hidden=hidden,
                former=tuple(former),
            )
            root = {number: one if held == other else held for number, held in root.items()}
    return [found[comment.comment_id] for comment in comments if comment.comment_id in found]


def _add(one: TextCounts, other: TextCounts) -> TextCounts:
    """What two parts hold together: numbers add up, and what one of them has is there; praise is all
    there is where it is all of both."""
    found: dict[str, Any] = {}
    for each in fields(TextCounts):
        mine, others = getattr(one, each.name), getattr(other, each.name)
        found[each.name] = mine or others if isinstance(mine, bool) else mine + others
    return TextCounts(**found | {"praise_only": one.praise_only and other.praise_only})
