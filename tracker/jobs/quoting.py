"""Comments are looked for in the class blogs' posts: only in those that may quote them, each read once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.roster import ClassBlogPost
from tracker.jobs.knowledge import owners_by_blog
from tracker.matching.candidates import RosterIndex
from tracker.matching.quotes import QUOTED_WITHIN, PostRuns, ReadPost, runs_of_post
from tracker.queries.class_posts import ClassPost, load_comments_between, load_texts
from tracker.queries.decisions import load_comment_ids
from tracker.queries.matching import CommentToMatch, CourseRoster

MOST_READ = 20_000
"""Posts that a process keeps read: some terms of some courses, in about a hundred megabytes."""

_READ: dict[str, PostRuns] = {}
"""A post's hash -> what is compared of its text. Texts are big, and the same in every judging."""


def look_for_quotes(
    session: Session,
    roster: CourseRoster,
    indexes: Iterable[RosterIndex],
    comments: Collection[CommentToMatch],
) -> None:
    """Let the indexes look for these comments in the class blogs' posts. To be called for comments that
    are judged together: a look at the blogs brings few, and few posts are younger than they."""
    posts = _read_posts(session, roster, [one.row.posted_at for one in comments])
    for index in indexes:
        index.look_in(posts)


def comments_near(session: Session, before: CourseRoster, after: CourseRoster) -> list[int]:
    """The comments on which it can bear that other posts stand on the class blogs than before."""
    changed = set(before.posts) ^ set(after.posts)
    if not changed:
        return []
    dated = [post.posted_at for post in changed if post.posted_at is not None]
    if len(dated) < len(changed):
        return load_comment_ids(session, after.course_id)
    return load_comments_between(session, after.course_id, min(dated) - QUOTED_WITHIN, max(dated))


def _read_posts(
    session: Session, roster: CourseRoster, written_at: Collection[datetime | None]
) -> list[ReadPost]:
    """The posts of blogs with one owner that may quote a comment written at one of these instants, and
    some more: which one may quote which is asked when they are compared."""
    if not roster.posts or not written_at:
        return []
    dated = [at for at in written_at if at is not None]
    first, last = (min(dated), max(dated)) if len(dated) == len(written_at) else (None, None)
    owners = owners_by_blog(roster.enrollees, roster.blogs)
    wanted = {
        post.post_id: post
        for post in roster.posts
        if len(owners.get(post.blog_id, ())) == 1 and _is_between(post, first, last)
    }
    runs = _runs_of(session, wanted)
    return [
        ReadPost(ClassBlogPost(owners[post.blog_id][0], post.url, post.posted_at, post.hash), runs[number])
        for number, post in wanted.items()
    ]


def _is_between(post: ClassPost, first: datetime | None, last: datetime | None) -> bool:
    if post.posted_at is None or first is None or last is None:
        return True
    return first <= post.posted_at <= last + QUOTED_WITHIN


def _runs_of(session: Session, posts: dict[int, ClassPost]) -> dict[int, PostRuns]:
    if len(_READ) > MOST_READ:
        _READ.clear()
    runs = {number: _READ[post.hash] for number, post in posts.items() if post.hash in _READ}
    for number, html in load_texts(session, posts.keys() - runs.keys()):
        runs[number] = runs_of_post(html)
        if posts[number].hash:
            _READ[posts[number].hash] = runs[number]
    return runs
