"""PRODUCT S2 and S3 with receipts: what the student's page says each morning, by the real job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from tests.simulation import scenarios
from tests.simulation.scenarios import local
from tests.support import factories as make
from tests.support.evening import add_round
from tests.support.term import add_course, tools_for
from tracker.demo.blogosphere.blogs import Blogosphere, DemoBlog, Rest
from tracker.demo.blogosphere.server import BlogosphereServer
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow
from tracker.jobs.dependencies import Tools
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.receipts.receipts import save_receipt
from tracker.models import (
    Blog,
    BlogAddress,
    Course,
    Enrollment,
    Feed,
    Handle,
    Linkage,
    Receipt,
    RequirementVerdict,
)
from tracker.queries.status.student_status import Card, StudentStatus, load_status

pytestmark = pytest.mark.one_database

SUNDAY = local(10, 25, 2, 15)
DUE = local(10, 26, 0)
POST = "http://moderated.example/2026/10/12/first-thoughts/"
WORDS = "Held for a while."


@dataclass
class ReceiptClass:
    """Wen Liu is assigned a blog for C4T #2; a classmate is assigned the same and wrote nothing."""

    course: Course
    wen: Enrollment
    other: Enrollment
    blog: Blog
    sphere: Blogosphere
    tools: Tools

    def poll(self, day: int) -> None:
        """One run of the job over every feed, at 02:15 of a day in October 2026."""
        self.sphere.now = local(10, day, 2, 15)
        run_poll(self.tools, self.sphere.clock, trigger="test", everything=True)

    def page(self, student: Enrollment | None = None) -> StudentStatus:
        db.session.rollback()
        return load_status(db.session(), (student or self.wen).id, self.sphere.now + timedelta(hours=6))

    def card(self, student: Enrollment | None = None) -> Card:
        """The requirement of the comment."""
        top = self.page(student).round
        assert top is not None
        return top.cards[0]


@contextmanager
def in_class(app: Flask, demo_blog: DemoBlog, *, has_feeds: bool = True) -> Iterator[ReceiptClass]:
    """Without `has_feeds` the blog is followed, and no feed of it is known."""
    sphere = Blogosphere([demo_blog], now=SUNDAY)
    with BlogosphereServer(sphere) as server, tools_for(app, server, FETCH_READ_TIMEOUT_S=20.0) as tools:
        home = demo_blog.home_url
        course = db.session.get_one(Course, add_course(SUNDAY, course_blog=""))
        if has_feeds:
            blog = db.session.get_one(Blog, follow(course.id, home, now=SUNDAY, tools=tools).blog_id)
        else:
            blog = make.add_blog("A moderated blog", home_url=home, platform="generic", note="No feeds.")
            db.session.add(BlogAddress(blog_id=blog.id, key=demo_blog.host))
            make.follow(course, blog)
        wen, other = make.add_enrollment(course, name="Wen Liu"), make.add_enrollment(course, name="Ida Fenn")
        db.session.add(Handle(enrollment_id=wen.id, kind="name", key="wen liu", shown="Wen Liu"))
        assignment = add_round(course, "c4t-2", "C4T #2", DUE)
        for student in (wen, other):
            make.allocate(assignment, student, blog)
        db.session.commit()
        yield ReceiptClass(course, wen, other, blog, sphere, tools)


def tell(room: ReceiptClass) -> tuple[str, str]:
    """The word of the one receipt, and all it says."""
    (line,) = room.page().receipts
    return line.word, " ".join((*line.says, line.todo, line.looked))


def test_held_comment_waits_with_its_receipt_and_is_met_on_time_without_a_person(context: Flask) -> None:
    """S2: held on Sunday 22:10 with a receipt of 22:11; approved on Wednesday; found on Thursday."""
    blog = scenarios.held_comment(rest=Rest.NO_ROUTE)
    with in_class(context, blog) as room:
        room.poll(25)
        saved = local(10, 25, 22, 11)
        save_receipt(room.wen.id, f"{POST}?unapproved=520&moderation-hash=abc#comment-520", WORDS, Act(saved))
        room.poll(26)
        word, says = tell(room)
        assert word == "Awaiting moderation"
        assert "Awaiting moderation since Sun, Oct 25, 10:11 PM CDT" in says
        assert "on time for C4T #2, by our clock" in says
        assert "Last checked at 2:15 AM." in says
        assert room.card().state == "in_moderation"
        for day in (27, 28):
            room.poll(day)
        room.poll(29)
        assert tell(room)[0] == "Found"
        (line,) = room.page().receipts
        assert line.filled is not None
        assert line.filled.words == "Comment 1 of C4T #2"
        verdict = (
            db.session.query(RequirementVerdict)
            .filter_by(enrollment_id=room.wen.id, requirement="comment-1")
            .one()
        )
        assert (verdict.state, verdict.reason) == ("met", "on-time")
        linkage = db.session.query(Linkage).filter_by(comment_id=verdict.comment_id).one()
        assert linkage.decision_id is None


def test_receipt_on_a_blog_without_feeds_is_found_by_its_page(context: Flask) -> None:
    """S3: a student assigned such a blog is never "not found yet"; a receipt lets the page be read."""
    blog = scenarios.held_comment(newer=0, rest=Rest.NO_ROUTE)
    with in_class(context, blog, has_feeds=False) as room:
        room.poll(25)
        assert room.card().state == "not_due"
        save_receipt(room.wen.id, POST.removeprefix("http://"), WORDS, Act(local(10, 25, 22, 11)))
        room.poll(26)
        assert room.card(room.other).state == "cannot_see"
        assert room.card().state == "provisional"
        assert "Last checked at 2:15 AM." in tell(room)[1]
        for day in (27, 28, 29):
            room.poll(day)
        assert tell(room)[0] == "Found"
        assert room.card().state == "met"
        assert room.card(room.other).state == "cannot_see", "one page read is not the blog seen"
        room.poll(30)
        page = db.session.query(Feed).filter_by(blog_id=room.blog.id).one()
        assert page.ended_at is not None, "nobody waits there any more"


def test_page_that_cannot_be_read_says_so_and_is_tried_again(context: Flask) -> None:
    blog = scenarios.held_comment(newer=0, rest=Rest.NO_ROUTE)
    with in_class(context, blog, has_feeds=False) as room:
        room.poll(25)
        save_receipt(room.wen.id, f"{POST}no-such/page", WORDS, Act(local(10, 25, 22, 11)))
        room.poll(26)
        word, says = tell(room)
        assert word == "We can’t read this page"
        assert "Open the link yourself" in says
        assert db.session.query(Receipt).one().trouble in says
