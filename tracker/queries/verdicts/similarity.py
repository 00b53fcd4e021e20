"""Texts of a course that are like others, found afresh whenever a page asks; nothing is stored.

Tested in tests/web/instructor/review/test_similar_text.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.text import Aside
from tracker.grading.similarity import RUN, Likeness, LikenessKind, SaidText, find_likenesses
from tracker.queries.texts import (
    CommentText,
    PostRow,
    load_comment_texts,
    load_comments_of,
    load_course_words,
    load_post_rows,
)
from tracker.queries.verdicts.shown_text import post_text
from tracker.text.cleaning import count_words, plain
from tracker.text.introductions import introductions_for
from tracker.text.own_words import OwnWords, own_words
from tracker.text.post_text import NO_POST, PostText
from tracker.text.runs import mark_shared

NEAR = timedelta(days=60)
"""For one assignment, texts are compared with those from so long before its first comment on."""

Stretches = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: its stretches with whether the other has them, too. `comment_id` and
    `enrollment_id` are None for a post; `at` is aware, in UTC."""

    stretches: Stretches
    post_title: str
    blog: str
    url: str
    comment_id: int | None = None
    enrollment_id: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Similar:
    """Two texts that are alike, the later one first, and by how much (whole percent)."""

    kind: LikenessKind
    percent: int
    later: Side
    earlier: Side


@dataclass(frozen=True, slots=True)
class _LoadedText:
    row: CommentText
    own: OwnWords
    post: PostRow | None
    post_words: int


def find_similar(session: Session, course_id: int, assignment_id: int | None = None) -> tuple[Similar, ...]:
    """Every flag (`grading.similarity`) of a course's linked comments, or of those that an assignment's
    verdicts name, compared with the comments of the weeks before, too."""
    rows = load_comment_texts(session, course_id)
    asked = load_comments_of(session, assignment_id) if assignment_id is not None else None
    if asked is not None:
        rows = _near(rows, asked)
    posts = load_post_rows(session, {row.post_id for row in rows if row.post_id is not None})

    read = _read(rows, posts, load_course_words(session, course_id))
    found = find_likenesses(_said(one) for one in read.values())
    return tuple(
        _side_by_side(one, read) for one in found if asked is None or {one.comment_id, one.other_id} & asked
    )


def find_copies(session: Session, course_id: int) -> dict[int, Likeness]:
    """By comment of a student, the earlier one of a classmate that it is like; of the whole course."""
    rows = load_comment_texts(session, course_id)
    posts = load_post_rows(session, {row.post_id for row in rows if row.post_id is not None})
    read = _read(rows, posts, load_course_words(session, course_id))
    found = find_likenesses(_said(one) for one in read.values())
    return {one.comment_id: one for one in found if one.kind is LikenessKind.CLASSMATE}


def _near(rows: Sequence[CommentText], asked: Iterable[int]) -> list[CommentText]:
    wanted = set(asked)
    times = [row.at for row in rows if row.comment_id in wanted]
    if not times:
        return []
    return [row for row in rows if min(times) - NEAR <= row.at <= max(times)]


def _read(
    rows: Iterable[CommentText], posts: Mapping[int, PostRow], words: tuple[str, ...]
) -> dict[int, _LoadedText]:
    introductions = introductions_for(words)
    texts: dict[int, PostText] = {}
    found = {}
    for row in rows:
        post = posts.get(row.post_id) if row.post_id is not None else None
        if row.post_id is not None and row.post_id not in texts:
            texts[row.post_id] = post_text(post)
        text = texts[row.post_id] if row.post_id is not None else NO_POST
        own = own_words(row.html, introductions, text)
        found[row.comment_id] = _LoadedText(row, own, post, _count_post_words(own, text))
    return found


def _count_post_words(own: OwnWords, post: PostText) -> int:
    """The words set aside that are the post's: pasted, or a quotation of it rather than of another text."""
    return sum(
        count_words(one.text)
        for one in own.pieces
        if one.aside is Aside.PASTED or (one.aside is Aside.QUOTE and post.holds(one.text, fewest_runs=1))
    )


def _said(one: _LoadedText) -> SaidText:
    row = one.row
    where = str(row.post_id) if row.post_id is not None else f"comment {row.comment_id}"
    return SaidText(row.comment_id, row.enrollment_id or 0, where, row.at, one.own.text, one.post_words)


def _side_by_side(one: Likeness, read: Mapping[int, _LoadedText]) -> Similar:
    later = read[one.comment_id]
    if one.other_id is not None:
        earlier = read[one.other_id]
        mine, other = later.own.text, earlier.own.text
        return Similar(
            one.kind,
            one.percent,
            _of_comment(later, mark_shared(mine, other, RUN)),
            _of_comment(earlier, mark_shared(other, mine, RUN)),
        )
    kept = {None, Aside.PASTED, Aside.QUOTE}
    mine = "".join(piece.text for piece in later.own.pieces if piece.aside in kept).strip()
    post = later.post or PostRow("", "", "")
    theirs = plain(post.html)
    side = Side(_marked_lines(mark_shared(theirs, mine, RUN)), post.title, later.row.blog, post.url)
    return Similar(one.kind, one.percent, _of_comment(later, mark_shared(mine, theirs, RUN)), side)


def _of_comment(one: _LoadedText, stretches: Stretches) -> Side:
    row = one.row
    title = one.post.title if one.post else ""
    return Side(stretches, title, row.blog, row.url, row.comment_id, row.enrollment_id, row.at)


def _marked_lines(stretches: Stretches) -> Stretches:
    """Of a long text the lines with something marked; "…" stands for the others."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, is_shared in stretches:
        first, *others = text.split("\n")
        lines[-1].append((first, is_shared))
        lines += [[(line, is_shared)] for line in others]
    found: list[tuple[str, bool]] = []
    for line in lines:
        if any(is_shared and text.strip() for text, is_shared in line):
            found += [*line, ("\n", False)]
        elif not found or found[-1] != ("…\n", False):
            found.append(("…\n", False))
    return tuple(one for one in found if one[0])
