"""What a comment's text holds of its writer's own: counted in one way for facts, parts and erased texts.

Tested in tests/jobs/verdicts/test_grading_scenarios.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.text import Aside, TextCounts
from tracker.feeds.identity import text_hash
from tracker.grading.split_comments import is_broken_off
from tracker.queries.coursework import CommentRow
from tracker.queries.texts import PostRow, load_course_words, load_post_rows
from tracker.text.cleaning import plain
from tracker.text.introductions import Introductions, introductions_for
from tracker.text.own_words import own_words
from tracker.text.post_text import NO_POST, read_post_text

NO_POST_ROW = PostRow("", "", "")


@dataclass(frozen=True, slots=True)
class OwnCount:
    """`hash` stands for the own words: what tails, quotations, introductions and signatures add makes
    no two copies different (PRODUCT S10). `is_broken_off`: they end before their sentence does."""

    counts: TextCounts
    hash: str
    is_broken_off: bool


@lru_cache(maxsize=20_000)
def count_own(html: str, introductions: Introductions | None, post: str, title: str) -> OwnCount:
    """Count a text on a post of this HTML and title; both "" where we do not know it."""
    own = own_words(html, introductions, read_post_text(plain(post), title) if post or title else NO_POST)
    return OwnCount(own.counts, text_hash(own.text), is_broken_off(own.text))


def to_document(counted: OwnCount) -> dict[str, Any]:
    """As it is written down beside a text that is erased; it holds no word of the text."""
    return asdict(counted)


def from_document(document: Mapping[str, Any]) -> OwnCount:
    counts = {**document["counts"]}
    aside = tuple((Aside(kind), words) for kind, words in counts.pop("aside"))
    return OwnCount(TextCounts(**counts, aside=aside), document["hash"], document["is_broken_off"])


def count_rows(
    session: Session, course_id: int, rows: Sequence[CommentRow], posts: Mapping[int, PostRow] | None = None
) -> dict[int, OwnCount]:
    """By comment, what it holds; of a text that was erased, what was written down. `posts` are those
    that the comments are on, where they are loaded already."""
    if posts is None:
        posts = load_post_rows(session, {one.comment.post_id for one in rows if one.comment.post_id})
    introductions = introductions_for(load_course_words(session, course_id))
    return {row.comment.id: _count_row(row, course_id, posts, introductions) for row in rows}


def _count_row(
    row: CommentRow, course_id: int, posts: Mapping[int, PostRow], introductions: Introductions
) -> OwnCount:
    if row.purged_words is not None:
        kept = (row.purged_counts or {}).get(str(course_id))
        if kept is not None:
            return from_document(kept)
        return OwnCount(TextCounts(words=row.purged_words), f"purged:{row.comment.id}", is_broken_off=False)
    post = posts.get(row.comment.post_id or 0, NO_POST_ROW)
    return count_own(row.html, introductions, post.html, post.title)
