"""Stored comments and posts as the facts that grading weighs: whose, where, when, and what they hold.

Tested in tests/jobs/verdicts/test_grading_scenarios.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey, TimeBasis
from tracker.domain.grade import CommentFact, PostFact, SeenTimes
from tracker.feeds.identity import post_keys
from tracker.grading.split_comments import join_parts
from tracker.models import Comment, Post
from tracker.queries import coursework as queries
from tracker.queries.texts import load_post_rows, load_posts_in_order
from tracker.queries.verdicts.split_comments import find_joined
from tracker.queries.verdicts.text_counts import NO_POST_ROW, count_own, count_rows
from tracker.text.addresses import blog_keys, links_in, post_key


def author_key(name: str) -> str:
    """A writer's name as it is compared: without case and blanks at its ends."""
    return " ".join(name.casefold().split())


def load_comment_facts(
    session: Session, course_id: int, enrollment_ids: Collection[int] | None
) -> dict[int, list[CommentFact]]:
    """By student, the comments that are, or may be, theirs."""
    rows = queries.load_comments(session, course_id, enrollment_ids)
    posts = load_post_rows(session, {row.comment.post_id for row in rows if row.comment.post_id is not None})
    counted = count_rows(session, course_id, rows, posts)
    places = _places_on_blogs(session, {row.comment.blog_id for row in rows})
    holding = queries.load_holding_blogs(session, course_id)
    receipted = queries.load_receipted_comments(session, course_id)
    found: dict[int, list[CommentFact]] = defaultdict(list)
    for row in rows:
        comment = row.comment
        undecided = row.enrollment_id is None
        post = posts.get(comment.post_id or 0, NO_POST_ROW)
        own = counted[comment.id]
        fact = CommentFact(
            comment_id=comment.id,
            blog_id=comment.blog_id,
            post_id=comment.post_id,
            post_key=post_key(row.post_url or comment.permalink),
            permalink=comment.permalink,
            times=times_of(comment),
            counts=own.counts,
            undecided=undecided,
            text_hash=own.hash,
            # A receipt saved at the time vouches for the blog's own time as well (PRODUCT S2).
            held_on_blog=comment.blog_id in holding or comment.id in receipted,
            author=author_key(post.author),
            post_published_at=post.posted_at,
            post_place=places.get(comment.post_id or 0),
        )
        people = row.candidate_ids if row.enrollment_id is None else (row.enrollment_id,)
        for enrollment_id in people:
            found[enrollment_id].append(fact)
    joined = find_joined(session, course_id, rows, counted)
    return {who: join_parts(facts, joined) for who, facts in found.items()} if joined else found


def _places_on_blogs(session: Session, blog_ids: Collection[int]) -> dict[int, int]:
    """post -> its number in the order in which its blog published."""
    found: dict[int, int] = {}
    last: dict[int, int] = defaultdict(int)
    for blog_id, post_id in load_posts_in_order(session, blog_ids):
        last[blog_id] += 1
        found[post_id] = last[blog_id]
    return found


def times_of(item: Comment | Post) -> SeenTimes:
    return SeenTimes(item.posted_at, TimeBasis(item.posted_basis), item.first_seen_at, item.last_check_before)


@dataclass(frozen=True)
class _Link:
    """A link of a post to a blog that the course follows."""

    blog_id: int
    keys: tuple[AliasKey, ...]


def load_post_facts(session: Session, course_id: int, blog_ids: Collection[int]) -> dict[int, list[PostFact]]:
    """By class blog, its posts with what they link."""
    if not blog_ids:
        return {}
    blog_by_key = {key: blog_id for blog_id, key in queries.load_followed_addresses(session, course_id)}
    rows = queries.load_posts(session, blog_ids)
    counts = {post.id: count_own(post.html, None, "", "") for post in rows}
    urls = {post.id: _urls(post.html, post.url) for post in rows}
    links = {
        url: _Link(blog_id, post_keys(url))
        for url in {url for found in urls.values() for url in found}
        if (blog_id := next((blog_by_key[key] for key in blog_keys(url) if key in blog_by_key), None))
    }
    posts_by_alias = queries.load_post_aliases(
        session,
        {link.blog_id for link in links.values()},
        {key.key for link in links.values() for key in link.keys},
    )
    found: dict[int, list[PostFact]] = defaultdict(list)
    for post in rows:
        followed = [links[url] for url in urls[post.id] if url in links]
        linked = (
            posts_by_alias.get((link.blog_id, key.kind, key.key)) for link in followed for key in link.keys
        )
        found[post.blog_id].append(
            PostFact(
                post_id=post.id,
                blog_id=post.blog_id,
                url=post.url,
                title=post.title,
                labels=tuple(post.labels),
                times=times_of(post),
                linked_post_ids=frozenset(one for one in linked if one is not None),
                linked_post_keys=frozenset(post_key(url) for url in urls[post.id]),
                linked_blog_ids=frozenset(link.blog_id for link in followed),
                counts=counts[post.id].counts,
                text_hash=counts[post.id].hash,
            )
        )
    return found


@lru_cache(maxsize=20_000)
def _urls(html: str, base: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.url for link in links_in(html, base)))
