"""Stored comments and posts as the facts that grading weighs: whose, where, when, and what they hold.

Tested in tests/jobs/verdicts/test_grading_scenarios.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy.orm import Session

from tracker.domain.feed import TimeBasis
from tracker.domain.grade import CommentFact, PostFact, SeenTimes
from tracker.feeds.identity import post_keys
from tracker.grading.split_comments import join_parts
from tracker.models import Comment, Post
from tracker.queries import coursework as queries
from tracker.queries.texts import load_course_words, load_post_rows, load_posts_in_order
from tracker.queries.verdicts.former_texts import load_former_comments, load_former_posts
from tracker.queries.verdicts.split_comments import find_joined
from tracker.queries.verdicts.text_counts import NO_POST_ROW, count_own, count_rows
from tracker.text.addresses import blog_keys, links_in, post_key
from tracker.text.introductions import introductions_for


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
    edited = {row.comment.id for row in rows if row.comment.edited_at is not None}
    former = load_former_comments(session, edited) if edited else {}
    introductions = introductions_for(load_course_words(session, course_id)) if former else None
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
            copy_percent=row.copy_percent,
            is_hidden=row.is_hidden,
        )
        if comment.id in former:
            counts = [count_own(one.html, introductions, post.html, post.title) for one in former[comment.id]]
            fact = replace(
                fact,
                former=tuple(
                    (replace(fact, counts=count.counts, text_hash=count.hash), one.edit)
                    for one, count in zip(former[comment.id], counts, strict=True)
                ),
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
    """A link of a post to a blog that the course follows, and the posts there that it names."""

    blog_id: int
    post_ids: frozenset[int]


def load_post_facts(session: Session, course_id: int, blog_ids: Collection[int]) -> dict[int, list[PostFact]]:
    """By class blog, its posts with what they link."""
    if not blog_ids:
        return {}
    rows = queries.load_posts(session, blog_ids)
    former = load_former_posts(session, [post.id for post in rows if post.edited_at is not None])
    htmls = [(post.html, post.url) for post in rows]
    htmls += [(one.html, post.url) for post in rows for one in former.get(post.id, ())]
    links = _load_links(session, course_id, {url for html, base in htmls for url in _urls(html, base)})
    found: dict[int, list[PostFact]] = defaultdict(list)
    for post in rows:
        fact = PostFact(post.id, post.blog_id, post.url, post.title, tuple(post.labels), times_of(post))
        fact = replace(fact, is_hidden=bool(post.placeholder) and not post.hash)
        texts = [
            (_with_text(replace(fact, title=one.title, labels=one.labels), one.html, links), one.edit)
            for one in former.get(post.id, ())
        ]
        found[post.blog_id].append(replace(_with_text(fact, post.html, links), former=tuple(texts)))
    return found


def _load_links(session: Session, course_id: int, urls: Collection[str]) -> dict[str, _Link]:
    """By address, what is linked, for those that lead to a followed blog."""
    blog_by_key = {key: blog_id for blog_id, key in queries.load_followed_addresses(session, course_id)}
    named = {
        url: (blog_id, post_keys(url))
        for url in urls
        if (blog_id := next((blog_by_key[key] for key in blog_keys(url) if key in blog_by_key), None))
    }
    posts = queries.load_post_aliases(
        session,
        {blog_id for blog_id, _ in named.values()},
        {key.key for _, keys in named.values() for key in keys},
    )
    return {
        url: _Link(
            blog_id,
            frozenset(post for key in keys if (post := posts.get((blog_id, key.kind, key.key))) is not None),
        )
        for url, (blog_id, keys) in named.items()
    }


def _with_text(fact: PostFact, html: str, links: Mapping[str, _Link]) -> PostFact:
    """The post with what a text of it holds."""
    urls, own = _urls(html, fact.url), count_own(html, None, "", "")
    followed = [links[url] for url in urls if url in links]
    return replace(
        fact,
        linked_post_ids=frozenset(post for link in followed for post in link.post_ids),
        linked_post_keys=frozenset(post_key(url) for url in urls),
        linked_blog_ids=frozenset(link.blog_id for link in followed),
        counts=own.counts,
        text_hash=own.hash,
    )


@lru_cache(maxsize=20_000)
def _urls(html: str, base: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.url for link in links_in(html, base)))
