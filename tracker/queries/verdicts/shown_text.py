"""A comment's whole text with what does not count struck out, fit to be shown to staff."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.locale import CourseLocale
from tracker.models import Course
from tracker.queries.texts import PostRow, load_comment_texts, load_course_words, load_post_rows
from tracker.text.cleaning import plain
from tracker.text.introductions import introductions_for
from tracker.text.own_words import OwnWords, own_words
from tracker.text.post_text import NO_POST, PostText, read_post_text
from tracker.wording.texts import ASIDES, say_counts


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch of plain text; `aside` says in words what it is where it does not count, else ""."""

    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """The whole of a comment in pieces, and in one sentence what counts of it."""

    pieces: tuple[ShownPiece, ...]
    says: str


def load_shown_texts(session: Session, course_id: int, comment_ids: Collection[int]) -> dict[int, ShownText]:
    """By comment, its text as it is counted; those whose text is no longer kept are left out."""
    if not comment_ids:
        return {}
    rows = load_comment_texts(session, course_id, comment_ids)
    posts = load_post_rows(session, {row.post_id for row in rows if row.post_id is not None})
    introductions = introductions_for(load_course_words(session, course_id))
    locale = session.get_one(Course, course_id).locale
    return {
        row.comment_id: show(
            own_words(row.html, introductions, post_text(posts.get(row.post_id or 0))), locale
        )
        for row in rows
    }


def post_text(post: PostRow | None) -> PostText:
    """What comments on a post are compared with."""
    return NO_POST if post is None else read_post_text(plain(post.html), post.title)


def show(own: OwnWords, locale: CourseLocale) -> ShownText:
    pieces = tuple(ShownPiece(one.text, ASIDES[one.aside] if one.aside else "") for one in own.pieces)
    return ShownText(pieces, say_counts(own.counts, locale))
