"""Rows become the plain facts that grading is a function of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from tracker.domain.feed import AliasKey, FeedKind, TimeBasis
from tracker.domain.grade import (
    AllocationFact,
    BlogSight,
    CommentFact,
    ExceptionFact,
    GapFact,
    PostFact,
    ReceiptFact,
    SeenTimes,
    StudentFacts,
)
from tracker.domain.text import TextCounts
from tracker.feeds.identity import post_keys, text_hash
from tracker.grading.parts import join_parts
from tracker.jobs.parts import find_joined
from tracker.models import Allocation, Comment, Post, Receipt, RequirementException
from tracker.queries import coursework as queries
from tracker.text.addresses import blog_keys, links_in, post_key
from tracker.text.cleaning import clean, count_words


@dataclass(frozen=True)
class CourseFacts:
    """A course's facts, loaded once for all its assignments.

    `sights` tells how well the comments of a blog are seen, `class_sights` the posts of one.
    """

    student_ids: tuple[int, ...]
    comments: dict[int, list[CommentFact]]
    posts: dict[int, list[PostFact]]
    receipts: dict[int, list[Receipt]]
    class_blogs: dict[int, list[int]]
    sights: dict[int, BlogSight]
    class_sights: dict[int, BlogSight]
    allocations: dict[tuple[int, int], list[Allocation]]
    exceptions: dict[tuple[int, int], list[RequirementException]]

    def of_student(self, assignment_id: int, enrollment_id: int) -> StudentFacts:
        key = (assignment_id, enrollment_id)
        blogs = self.class_blogs.get(enrollment_id, [])
        return StudentFacts(
            enrollment_id=enrollment_id,
            allocations=tuple(_allocation(row) for row in self.allocations.get(key, ())),
            comments=tuple(self.comments.get(enrollment_id, ())),
            posts=tuple(post for blog in blogs for post in self.posts.get(blog, ())),
            receipts=tuple(
                _receipt(row)
                for row in self.receipts.get(enrollment_id, ())
                if row.assignment_id in (None, assignment_id)
            ),
            exceptions=tuple(
                ExceptionFact(row.kind, row.requirement, row.due_at) for row in self.exceptions.get(key, ())
            ),
            class_blogs=tuple(blogs),
        )


def load_course_facts(
    session: Session,
    course_id: int,
    assignment_ids: list[int],
    enrollment_ids: Collection[int] | None = None,
) -> CourseFacts:
    """Everything the verdicts of these assignments rest on, for all or for some students."""
    students = queries.load_student_ids(session, course_id)
    wanted = set(students) if enrollment_ids is None else set(students).intersection(enrollment_ids)
    class_blogs: dict[int, list[int]] = defaultdict(list)
    for enrollment_id, blog_id in queries.load_class_blogs(session, course_id):
        if enrollment_id in wanted:
            class_blogs[enrollment_id].append(blog_id)
    allocations: dict[tuple[int, int], list[Allocation]] = defaultdict(list)
    for row in queries.load_allocations(session, assignment_ids):
        allocations[row.assignment_id, row.enrollment_id].append(row)
    exceptions: dict[tuple[int, int], list[RequirementException]] = defaultdict(list)
    for exception in queries.load_exceptions(session, assignment_ids):
        exceptions[exception.assignment_id, exception.enrollment_id].append(exception)
    receipts: dict[int, list[Receipt]] = defaultdict(list)
    for receipt in queries.load_receipts(session, course_id):
        receipts[receipt.enrollment_id].append(receipt)
    sights, class_sights = _sights(session, course_id)
    blog_ids = {blog for blogs in class_blogs.values() for blog in blogs}
    return CourseFacts(
        student_ids=tuple(one for one in students if one in wanted),
        comments=_comments(session, course_id, None if enrollment_ids is None else wanted),
        posts=_posts(session, course_id, blog_ids),
        receipts=receipts,
        class_blogs=class_blogs,
        sights=sights,
        class_sights=class_sights,
        allocations=allocations,
        exceptions=exceptions,
    )


def _comments(
    session: Session, course_id: int, enrollment_ids: Collection[int] | None
) -> dict[int, list[CommentFact]]:
    rows = queries.load_comments(session, course_id, enrollment_ids)
    holding = queries.load_holding_blogs(session, course_id)
    receipted = queries.load_receipted_comments(session, course_id)
    found: dict[int, list[CommentFact]] = defaultdict(list)
    for row in rows:
        comment = row.comment
        undecided = row.enrollment_id is None
        counts, own_hash = _counts(row.html)
        if row.purged_words is not None:
            counts, own_hash = TextCounts(words=row.purged_words), f"purged:{comment.id}"
        fact = CommentFact(
            comment_id=comment.id,
            blog_id=comment.blog_id,
            post_id=comment.post_id,
            post_key=post_key(row.post_url or comment.permalink),
            permalink=comment.permalink,
            times=_times(comment),
            counts=counts,
            undecided=undecided,
            text_hash=own_hash,
            # A receipt saved at the time vouches for the blog's own time as well (PRODUCT S2).
            held_on_blog=comment.blog_id in holding or comment.id in receipted,
        )
        people = row.candidate_ids if row.enrollment_id is None else (row.enrollment_id,)
        for enrollment_id in people:
            found[enrollment_id].append(fact)
    joined = find_joined(session, course_id, rows)
    return {who: join_parts(facts, joined) for who, facts in found.items()} if joined else found


def _times(item: Comment | Post) -> SeenTimes:
    return SeenTimes(item.posted_at, TimeBasis(item.posted_basis), item.first_seen_at, item.last_look_before)


@lru_cache(maxsize=20_000)
def _counts(html: str) -> tuple[TextCounts, str]:
    """What a text holds of the writer's own, and a hash of it: what tails, quotations and
    signatures add makes no two copies different (PRODUCT S10)."""
    own = clean(html).words_text
    return TextCounts(words=count_words(own)), text_hash(own)


@dataclass(frozen=True)
class _Link:
    """A link of a post to a blog that the course follows."""

    blog_id: int
    keys: tuple[AliasKey, ...]


def _posts(session: Session, course_id: int, blog_ids: Collection[int]) -> dict[int, list[PostFact]]:
    if not blog_ids:
        return {}
    blog_by_key = {key: blog_id for blog_id, key in queries.load_followed_addresses(session, course_id)}
    rows = queries.load_posts(session, blog_ids)
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
                times=_times(post),
                linked_post_ids=frozenset(one for one in linked if one is not None),
                linked_post_keys=frozenset(post_key(url) for url in urls[post.id]),
                linked_blog_ids=frozenset(link.blog_id for link in followed),
            )
        )
    return found


@lru_cache(maxsize=20_000)
def _urls(html: str, base: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.url for link in links_in(html, base)))


def _sights(session: Session, course_id: int) -> tuple[dict[int, BlogSight], dict[int, BlogSight]]:
    gaps: dict[int, list[GapFact]] = defaultdict(list)
    for blog_id, gap in queries.load_open_gaps(session, course_id):
        gaps[blog_id].append(GapFact(gap.after_at, gap.before_at))
    by_blog: dict[int, list[queries.FeedSight]] = defaultdict(list)
    for sight in queries.load_feed_sights(session, course_id):
        by_blog[sight.blog_id].append(sight)
    comments, posts = {}, {}
    for blog_id, feeds in by_blog.items():
        # A blog's comments are read from its site feed; where there is none, from whatever
        # feed of comments was given to us.
        site = [feed for feed in feeds if feed.kind == FeedKind.COMMENTS]
        # A page that only a receipt names says nothing of the rest of its blog.
        other = [
            feed
            for feed in feeds
            if feed.kind in (FeedKind.POST_COMMENTS, FeedKind.REST, FeedKind.PAGE) and not feed.from_receipt
        ]
        comments[blog_id] = _sight(feeds[0], site or other, tuple(gaps[blog_id]))
        posts[blog_id] = _sight(feeds[0], [feed for feed in feeds if feed.kind == FeedKind.POSTS], ())
    return comments, posts


def _sight(
    any_feed: queries.FeedSight, feeds: list[queries.FeedSight], gaps: tuple[GapFact, ...]
) -> BlogSight:
    looked = [feed.looked_at for feed in feeds]
    failing = [feed.failing_since for feed in feeds if feed.failing_since is not None]
    return BlogSight(
        blog_id=any_feed.blog_id,
        title=any_feed.blog_title,
        can_be_seen=bool(feeds) and not any_feed.is_opted_out,
        is_opted_out=any_feed.is_opted_out,
        looked_at=None if not looked or None in looked else min(at for at in looked if at is not None),
        failing_since=min(failing) if failing else None,
        gaps=gaps,
    )


def _allocation(row: Allocation) -> AllocationFact:
    return AllocationFact(row.blog_id, row.opens_at, row.due_at, row.keeps_credit)


def _receipt(row: Receipt) -> ReceiptFact:
    return ReceiptFact(row.id, row.blog_id, row.post_key, row.counts_from, row.comment_id)
