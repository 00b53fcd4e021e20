"""Rows become the plain facts that grading is a function of.

Tested in tests/jobs/verdicts/test_grading_scenarios.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms, Where
from tracker.domain.blog import OpenGap
from tracker.domain.checks import FeedNow, check_of, main_feeds
from tracker.domain.grade import (
    AllocationFact,
    BlogSight,
    CommentFact,
    ExceptionFact,
    PostFact,
    ReceiptFact,
    StudentFacts,
)
from tracker.domain.grouping import grouped
from tracker.models import Allocation, Blog, Receipt, RequirementException
from tracker.queries import coursework as queries
from tracker.queries.checks import load_feeds_now, load_open_gaps
from tracker.queries.verdicts.eligible_blogs import Places
from tracker.queries.verdicts.item_facts import author_key, load_comment_facts, load_post_facts
from tracker.text.addresses import post_key


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

    places: Places
    joined_on: dict[int, date]

    def of_student(self, assignment_id: int, terms: AssignmentTerms, enrollment_id: int) -> StudentFacts:
        key = (assignment_id, enrollment_id)
        blogs = self.class_blogs.get(enrollment_id, [])
        comments = self.comments.get(enrollment_id, ())
        hidden = {one.comment_id for one in comments if one.is_hidden}
        return StudentFacts(
            enrollment_id=enrollment_id,
            allocations=tuple(_allocation(row) for row in self.allocations.get(key, ())),
            comments=tuple(comments),
            posts=tuple(post for blog in blogs for post in self.posts.get(blog, ())),
            receipts=tuple(
                _receipt(row, hidden)
                for row in self.receipts.get(enrollment_id, ())
                if row.assignment_id in (None, assignment_id)
            ),
            exceptions=tuple(
                ExceptionFact(
                    row.kind, row.requirement, row.due_at, row.reason if row.kind == "substitute" else ""
                )
                for row in self.exceptions.get(key, ())
            ),
            class_blogs=tuple(blogs),
            places={
                part.key: self.places.of(part.target, enrollment_id)
                for part in terms.comment_parts
                if part.target.where is not Where.ALLOCATED
            },
            joined_on=self.joined_on.get(enrollment_id),
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
    class_blogs = grouped(queries.load_class_blogs(session, course_id))
    allocations = queries.load_allocations(session, assignment_ids)
    exceptions = queries.load_exceptions(session, assignment_ids)
    sights, class_sights = load_sights(session, course_id)
    blog_ids = {blog for who in wanted for blog in class_blogs.get(who, ())}
    return CourseFacts(
        student_ids=tuple(one for one in students if one in wanted),
        comments=load_comment_facts(session, course_id, None if enrollment_ids is None else wanted),
        posts=load_post_facts(session, course_id, blog_ids),
        receipts=grouped((row.enrollment_id, row) for row in queries.load_receipts(session, course_id)),
        class_blogs=class_blogs,
        sights=sights,
        class_sights=class_sights,
        allocations=grouped(((row.assignment_id, row.enrollment_id), row) for row in allocations),
        exceptions=grouped(((row.assignment_id, row.enrollment_id), row) for row in exceptions),
        places=Places(
            queries.load_followed_addresses(session, course_id),
            class_blogs,
            queries.load_section_ids(session, course_id),
        ),
        joined_on=queries.load_joined_days(session, course_id),
    )


def load_sights(session: Session, course_id: int) -> tuple[dict[int, BlogSight], dict[int, BlogSight]]:
    """How well the comments, and how well the posts, of each blog of the course are seen."""
    blogs = queries.load_blogs(session, course_id)
    feeds = load_feeds_now(session, queries.blogs_of(course_id))
    gaps = load_open_gaps(session, queries.blogs_of(course_id))
    comments, posts = {}, {}
    for blog in blogs:
        known = feeds.get(blog.id, ())
        comments[blog.id] = _sight(blog, main_feeds(known, of_posts=False), gaps.get(blog.id, ()))
        posts[blog.id] = _sight(blog, main_feeds(known, of_posts=True), ())
    return comments, posts


def _sight(blog: Blog, feeds: list[FeedNow], gaps: Sequence[OpenGap]) -> BlogSight:
    check = check_of(feeds)
    return BlogSight(
        blog_id=blog.id,
        can_be_seen=check is not None and blog.opted_out_at is None,
        is_opted_out=blog.opted_out_at is not None,
        kept_by=blog.comments_by,
        fully_checked_at=check.last_full_check if check else None,
        failing_since=check.failing_since if check else None,
        gaps=tuple(gaps),
    )


def _allocation(row: Allocation) -> AllocationFact:
    return AllocationFact(
        row.blog_id,
        row.opens_at,
        row.due_at,
        row.keeps_credit,
        author_key(row.author),
        post_key(row.post_url) if row.post_url else "",
    )


def _receipt(row: Receipt, hidden: Collection[int]) -> ReceiptFact:
    """A receipt stands for its comment until the blog shows that comment's text."""
    comment_id = None if row.comment_id in hidden else row.comment_id
    return ReceiptFact(row.id, row.blog_id, row.post_key, row.counts_from, comment_id)
