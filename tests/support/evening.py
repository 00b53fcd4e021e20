"""A student's Sunday evening (PRODUCT S19): one comment seen, one not yet, and both due within the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.support import factories as make
from tests.support.cast import Cast
from tracker.domain.assignment import Window
from tracker.extensions import db
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Assignment, Blog, BlogAddress, Comment, Course, Enrollment, Feed, FeedState, Post
from tracker.text.addresses import home_key

SUNDAY = datetime(2026, 10, 26, 4, 20, tzinfo=UTC)
"""Sunday, October 25, 23:20 in Chicago."""
WORDS = "<p>" + " ".join(["we"] * 71) + "</p>"


@dataclass(frozen=True)
class Evening:
    """What is there at `now`; the round's comments are due forty minutes later."""

    now: datetime
    due_at: datetime
    course: Course
    noor: Enrollment
    bart: Enrollment
    assignment: Assignment
    blog: Blog
    feed: Feed
    posts: tuple[Post, ...]
    """On the blog, the newest first; Noor's comment is on the last."""
    comment: Comment

    def judge(self, at: datetime | None = None) -> None:
        """Store the verdicts as of `at`, as the poll does."""
        store_verdicts(db.session(), self.course.id, at or self.now)
        db.session.commit()

    def state(self) -> FeedState:
        return db.session.get_one(FeedState, self.feed.id)


def live_through(cast: Cast, now: datetime = SUNDAY) -> Evening:
    """Put the evening into the database; everything lies relative to `now`."""
    course = db.session.get_one(Course, cast.course_id)
    noor = db.session.get_one(Enrollment, cast.student_id)
    bart = db.session.get_one(Enrollment, cast.other_student_id)
    due_at = now + timedelta(minutes=40)
    blog, feed = add_blog(course, now)
    assignment = add_round(course, "c4t-2", "C4T #2", due_at)
    for student in (noor, bart):
        make.allocate(assignment, student, blog)
    posts = tuple(
        make.add_post(blog, title, posted_at=now - timedelta(days=days))
        for title, days in (
            ("The mural nobody planned", 5),
            ("What the caretaker knows", 8),
            ("Twenty-two ways to say sorry", 12),
        )
    )
    at = now - timedelta(days=9, hours=3, minutes=38)
    comment = make.add_comment(
        posts[-1], "Noor", WORDS, posted_at=at, first_seen_at=at + timedelta(minutes=30)
    )
    make.add_linkage(course, comment, noor)
    evening = Evening(now, due_at, course, noor, bart, assignment, blog, feed, posts, comment)
    evening.judge(now - timedelta(minutes=20))
    return evening


def add_blog(course: Course, now: datetime, title: str = "Kia Ora, Room Nine") -> tuple[Blog, Feed]:
    """A followed blog, checked twenty minutes before `now` and again ten minutes after it."""
    blog = make.add_blog(title)
    db.session.add(BlogAddress(blog_id=blog.id, key=home_key(blog.home_url)))
    make.follow(course, blog)
    feed = make.add_feed(
        blog, fully_checked_at=now - timedelta(minutes=20), next_poll_at=now + timedelta(minutes=10)
    )
    return blog, feed


def add_round(course: Course, key: str, title: str, due_at: datetime) -> Assignment:
    """Two comments within fourteen days, and a summary a week later."""
    opens_at = due_at - timedelta(days=14)
    rule = make.terms(title, Window(due_at, opens_at), Window(due_at + timedelta(days=7), opens_at))
    return make.add_assignment(course, key, rule)
