"""Stored comments that read as one, and which of them count as one.

Tested in tests/web/instructor/review/test_split_comments.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.grading.split_comments import PartText, SplitComment, find_parts
from tracker.queries.coursework import CommentRow, load_comments
from tracker.queries.matching.join_decisions import joins_by_itself, load_said_of_pairs
from tracker.queries.verdicts.text_counts import OwnCount, count_rows
from tracker.text.addresses import post_key


def find_course_parts(session: Session, course_id: int) -> dict[int, tuple[SplitComment, ...]]:
    """enrollment -> pairs of their comments that read as one."""
    rows = load_comments(session, course_id)
    return parts_of(rows, count_rows(session, course_id, rows))


def parts_of(
    rows: Iterable[CommentRow], counted: Mapping[int, OwnCount]
) -> dict[int, tuple[SplitComment, ...]]:
    texts = grouped(
        (row.enrollment_id, _part_text(row, counted[row.comment.id]))
        for row in rows
        if row.enrollment_id is not None
    )
    found = {who: find_parts(comments) for who, comments in texts.items()}
    return {who: parts for who, parts in found.items() if parts}


def _part_text(row: CommentRow, own: OwnCount) -> PartText:
    comment = row.comment
    return PartText(
        comment.id,
        post_key(row.post_url or comment.permalink),
        comment.at,
        own.counts.words,
        own.is_broken_off,
    )


def find_joined(
    session: Session, course_id: int, rows: Sequence[CommentRow], counted: Mapping[int, OwnCount]
) -> set[tuple[int, int]]:
    """The pairs that count as one: those people joined, and where the course wants it those that read
    as one and no person parted."""
    said = load_said_of_pairs(session, course_id)
    joined = {pair for pair, word in said.items() if word.is_joined}
    if joins_by_itself(session, course_id):
        pairs = {(part.first, part.second) for parts in parts_of(rows, counted).values() for part in parts}
        joined |= pairs - said.keys()
    return joined
