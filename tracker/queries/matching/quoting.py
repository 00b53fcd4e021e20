"""Comments are looked for in the class blogs' posts: only in those that may quote them, each read once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from sqlalchemy.orm import Session

from tracker.domain.roster import ClassBlogPost
from tracker.matching.candidates import RosterIndex
from tracker.matching.quotes import QUOTED_WITHIN, PostRuns, QuoteIndex, ReadPost, runs_of_post
from tracker.queries.matching.class_posts import load_comments_between, load_texts
from tracker.queries.matching.decisions import load_comment_ids
from tracker.queries.matching.known_handles import owners_by_blog
from tracker.queries.matching.match_inputs import CommentToMatch, CourseRoster

MOST_READ = 20_000
"""Posts that a process keeps read: some terms of some courses, in about a hundred megabytes."""

MOST_HELD = 8
"""Courses whose index a process keeps."""

_READ: dict[str, PostRuns] = {}
"""A post's hash -> what is compared of its text. Texts are big, and the same in every judging."""


@dataclass(slots=True)
class _Held:
    """A course's posts as they were, and an index of those that were asked for."""

    posts: dict[int, ClassBlogPost]
    index: QuoteIndex = field(default_factory=QuoteIndex)
    numbers: set[int] = field(default_factory=set)


_HELD: dict[int, _Held] = {}
"""course -> its index, for as long as the posts stay what they are."""
_LOCK = Lock()


def find_quotes(
    session: Session,
    roster: CourseRoster,
    indexes: Sequence[RosterIndex],
    comments: Collection[CommentToMatch],
) -> None:
    """Let the indexes (of one roster) look for these comments in the class blogs' posts. To be called
    for comments that are judged together: a check of the blogs brings few, and few posts are younger
    than they."""
    if not roster.posts or not comments:
        return
    posts = _posts_of(roster, indexes[0])
    wanted = _may_quote([one.row.posted_at for one in comments], posts)
    with _LOCK:
        held = _HELD.get(roster.course_id)
        if held is None or held.posts != posts or not all(post.hash for post in posts.values()):
            if len(_HELD) >= MOST_HELD:
                _HELD.clear()
            held = _HELD[roster.course_id] = _Held(posts)
        new = wanted - held.numbers
        for number, runs in _runs_of(session, {number: posts[number] for number in new}).items():
            held.index.add(ReadPost(posts[number], runs))
        held.numbers |= new
    for index in indexes:
        index.quotes = held.index


def comments_near(session: Session, before: CourseRoster, after: CourseRoster) -> Sequence[int]:
    """The comments on which it can bear that other posts stand on the class blogs than before."""
    changed = set(before.posts) ^ set(after.posts)
    if not changed:
        return []
    dated = [post.posted_at for post in changed if post.posted_at is not None]
    if len(dated) < len(changed):
        return load_comment_ids(session, after.course_id)
    return load_comments_between(session, after.course_id, min(dated) - QUOTED_WITHIN, max(dated))


def _posts_of(roster: CourseRoster, index: RosterIndex) -> dict[int, ClassBlogPost]:
    """The posts of blogs with one owner, by their ids, without their texts."""
    owners = owners_by_blog(roster.enrollees, roster.blogs)
    found = {
        post.post_id: ClassBlogPost(owners[post.blog_id][0], post.url, post.posted_at, post.hash)
        for post in roster.posts
        if len(owners.get(post.blog_id, ())) == 1
    }
    return {number: post for number, post in found.items() if index.may_search_in(post)}


def _may_quote(written_at: Sequence[datetime | None], posts: Mapping[int, ClassBlogPost]) -> set[int]:
    """The posts that may quote a comment written at one of these instants, and some more: which one may
    quote which is asked when they are compared."""
    dated = [at for at in written_at if at is not None]
    if len(dated) < len(written_at):
        return set(posts)
    first, last = min(dated), max(dated) + QUOTED_WITHIN
    return {n for n, post in posts.items() if post.posted_at is None or first <= post.posted_at <= last}


def _runs_of(session: Session, posts: Mapping[int, ClassBlogPost]) -> dict[int, PostRuns]:
    if len(_READ) > MOST_READ:
        _READ.clear()
    runs = {number: _READ[post.hash] for number, post in posts.items() if post.hash in _READ}
    for number, html in load_texts(session, posts.keys() - runs.keys()):
        runs[number] = runs_of_post(html)
        if posts[number].hash:
            _READ[posts[number].hash] = runs[number]
    return runs
