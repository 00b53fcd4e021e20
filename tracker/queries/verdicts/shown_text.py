"""A comment's whole text with what does not count struck out, fit to be shown to staff."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.text import Aside, TextCounts
from tracker.queries.texts import PostRow, load_comment_texts, load_course_words, load_post_rows
from tracker.text.cleaning import plain
from tracker.text.introductions import introductions_for
from tracker.text.own_words import OwnWords, own_words
from tracker.text.post_text import NO_POST, PostText, read_post_text
from tracker.wording.numbers import say_count

KINDS = {
    Aside.QUOTE: "a quotation",
    Aside.TAIL: "a line that a plugin added",
    Aside.PLUGIN: "a line that a plugin added",
    Aside.REPLY: "a line that says to whom it replies",
    Aside.SIGNATURE: "a signature",
    Aside.INTRODUCTION: "an introduction",
    Aside.PASTED: "the post’s own text",
}
"""What is set aside, in words."""


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
    return {
        row.comment_id: show(own_words(row.html, introductions, post_text(posts.get(row.post_id or 0))))
        for row in rows
    }


def post_text(post: PostRow | None) -> PostText:
    """What comments on a post are compared with."""
    return NO_POST if post is None else read_post_text(plain(post.html), post.title)


def show(own: OwnWords) -> ShownText:
    pieces = tuple(ShownPiece(one.text, KINDS[one.aside] if one.aside else "") for one in own.pieces)
    return ShownText(pieces, say_counts(own.counts))


def say_counts(counts: TextCounts) -> str:
    """ "48 words of their own; 11 of a signature set aside." """
    words: dict[str, int] = {}
    for aside, number in counts.aside:
        words[KINDS[aside]] = words.get(KINDS[aside], 0) + number
    kinds = [f"{number} of {kind}" for kind, number in words.items()]
    listed = f"{', '.join(kinds[:-1])} and {kinds[-1]}" if len(kinds) > 1 else "".join(kinds)
    return f"{say_count(counts.words, 'word')} of their own{f'; {listed} set aside' if listed else ''}."
