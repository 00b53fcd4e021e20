"""The list "Unknown writers": comments that name the course and fit nobody, with the students who were
assigned their blogs then.

They are no open reviews: nothing in them points at a student, so no student's requirement waits for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import Session

from tracker.matching.candidates import index_roster
from tracker.matching.decide import COURSE_NAMED
from tracker.matching.reading import read_entry
from tracker.models import Comment, Enrollment, Linkage
from tracker.queries.assigned_then import AssignedThen, load_assigned_then
from tracker.queries.class_standing import in_sections
from tracker.queries.matching.decisions import Words, load_words
from tracker.queries.matching.match_inputs import load_signs
from tracker.queries.paging import Paged, choose_page, rows_of
from tracker.queries.review.review_queue import (
    ListedStudent,
    OpenRounds,
    group_key,
    load_open_rounds,
    load_students,
)
from tracker.queries.review.reviewed_comment import load_shown


@dataclass(frozen=True, slots=True)
class AssignedStudent:
    """A student who was assigned the blog when the comment was posted. `lacks` is the title of an
    assignment for which a comment of theirs there is still looked for, "" for none."""

    student: ListedStudent
    lacks: str


@dataclass(frozen=True, slots=True)
class UnknownWriter:
    """A comment of the list. `course_words` are those found in its text, `others` counts the other comments
    of its account in the list, `asked` the students who were asked about it and have not answered."""

    comment: Comment
    course_words: str
    assigned: tuple[AssignedStudent, ...]
    others: int
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownWriters:
    """A page of the list, newest comments first."""

    place: Paged
    lines: tuple[UnknownWriter, ...]


def count_unknown_writers(
    session: Session, course_id: int, section_ids: Collection[int] | None = None
) -> int:
    """Comments of the list. With `section_ids`, those only that a student of these sections could have
    written."""
    listed = select(func.count(Linkage.id)).join(Comment, Comment.id == Linkage.comment_id)
    if section_ids is None:
        return session.scalar(listed.where(_in_list(course_id))) or 0
    return len(_find(session, course_id, section_ids))


def load_unknown_writers(
    session: Session, course_id: int, section_ids: Collection[int] | None = None, page: int = 1
) -> UnknownWriters:
    """A page of the list, for these sections (None: the whole course); students of others are not named."""
    rows = _find(session, course_id, section_ids)
    place = choose_page(page, len(rows))
    ids = [row.id for row in rows[rows_of(place.page)]]
    if not ids:
        return UnknownWriters(place, ())
    comments = {one.id: one for one in load_shown(session, course_id, ids)}
    students = load_students(session, course_id)
    words = load_words(session, course_id, ids)
    named = _read_course_words(session, course_id, comments.values())
    assigned = load_assigned_then(session, course_id, section_ids, {one.blog_id for one in comments.values()})
    rounds = load_open_rounds(session, course_id)
    accounts = Counter(group_key(row) for row in rows)
    return UnknownWriters(
        place,
        tuple(
            UnknownWriter(
                comment=comments[number],
                course_words=named[number],
                assigned=_rank(comments[number], assigned, words.get(number), rounds, students),
                others=accounts[group_key(comments[number])] - 1,
                asked=_asked(words.get(number), students, section_ids),
            )
            for number in ids
        ),
    )


def _in_list(course_id: int) -> ColumnElement[bool]:
    """A condition on `Linkage` and its `Comment`. What a person decided has another reason."""
    return and_(
        Linkage.course_id == course_id,
        Linkage.verdict == "ignore",
        Linkage.reason == COURSE_NAMED,
        Comment.merged_into_id.is_(None),
    )


def _find(session: Session, course_id: int, section_ids: Collection[int] | None) -> Sequence[Row[Any]]:
    """The comments of the list, newest first, with what names their account. Sections have those that one
    of their students may have written: by something in it, or because the blog was assigned to them."""
    rows = session.execute(
        select(
            Comment.id,
            Comment.account,
            Comment.author_url,
            Comment.avatar_key,
            Comment.blog_id,
            Comment.posted_at,
            Linkage.candidates,
        )
        .join(Linkage, Linkage.comment_id == Comment.id)
        .where(_in_list(course_id))
        .order_by(func.coalesce(Comment.posted_at, Comment.first_seen_at).desc(), Comment.id.desc())
    ).all()
    if section_ids is None:
        return rows
    theirs = set(
        session.scalars(
            select(Enrollment.id).where(Enrollment.course_id == course_id, in_sections(section_ids))
        )
    )
    assigned = load_assigned_then(session, course_id, section_ids, {row.blog_id for row in rows})
    return [
        row
        for row in rows
        if assigned.at(row.blog_id, row.posted_at)
        or any(one["enrollment_id"] in theirs for one in row.candidates)
    ]


def _read_course_words(session: Session, course_id: int, comments: Collection[Comment]) -> dict[int, str]:
    """comment -> the words by which its text names the course; "" when the text is no longer kept."""
    signs = index_roster((), load_signs(session, course_id))
    return {one.id: read_entry(one.as_entry(one.html), signs).course_words for one in comments}


def _rank(
    comment: Comment,
    assigned: AssignedThen,
    said: Words | None,
    rounds: OpenRounds,
    students: Mapping[int, ListedStudent],
) -> tuple[AssignedStudent, ...]:
    """Who was assigned the blog then and is not known not to have written it: first those of whom a
    comment there is still looked for, by family name."""
    denied = (said.disclaimed.keys() | said.rejected.keys()) if said else frozenset()
    then = assigned.at(comment.blog_id, comment.posted_at) - denied
    lines = [
        AssignedStudent(student, _lacks(rounds, who, comment))
        for who, student in students.items()
        if who in then
    ]
    return tuple(sorted(lines, key=lambda line: not line.lacks))


def _lacks(rounds: OpenRounds, who: int, comment: Comment) -> str:
    open_then = (one.title for one in rounds.get((who, comment.blog_id), ()) if one.is_open_at(comment.at))
    return next(open_then, "")


def _asked(
    said: Words | None, students: Mapping[int, ListedStudent], section_ids: Collection[int] | None
) -> tuple[str, ...]:
    if said is None:
        return ()
    return tuple(
        students[who].name
        for who in said.unanswered
        if who in students and (section_ids is None or students[who].section_id in section_ids)
    )
