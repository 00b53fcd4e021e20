"""PRODUCT S2 and S3 with receipts: what the student's page says each morning, by the real job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from tests.simulation import scenarios
from tests.simulation.nights import tools_for_server
from tests.simulation.scenarios import local
from tests.simulation.server import Hands, SimulationServer
from tests.simulation.wordpress import SimulatedWordPress
from tests.simulation.wordpress_scene import Habits, Rest
from tests.support import factories as make
from tests.support.evening import add_round
from tests.support.term import add_course
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

DUE = local(10, 26, 0)
POST = "http://moderated.example/2026/10/first-thoughts/"
WORDS = "Held for a while."


@dataclass
class Class:
    """Wen Liu is given a blog for C4T #2; a classmate was given the same and left nothing."""

    course: Course
    wen: Enrollment
    other: Enrollment
    blog: Blog
    clock: Hands
    tools: Tools
    server: SimulationServer

    def look(self, *at: int) -> None:
        """One run of the job over what is due, at 02:15 of a day in October 2026."""
        self.clock.at = local(10, *(at if len(at) > 1 else (*at, 2, 15)))
        run_poll(self.tools, self.clock, trigger="test", everything=len(at) == 1)

    def page(self, student: Enrollment | None = None) -> StudentStatus:
        db.session.rollback()
        return load_status(db.session(), (student or self.wen).id, self.clock.at + timedelta(hours=6))

    def card(self, student: Enrollment | None = None) -> Card:
        """The requirement of the comment."""
        top = self.page(student).round
        assert top is not None
        return top.cards[0]


@contextmanager
def in_class(app: Flask, simulator: SimulatedWordPress, clock: Hands, *, blind: bool) -> Iterator[Class]:
    """`blind`: the blog gives no feed of comments, and none of posts either."""
    with SimulationServer(simulator) as server, tools_for_server(app, server) as tools:
        home = f"http://{simulator.story.host}/"
        course = db.session.get_one(Course, add_course(clock(), course_blog=""))
        if blind:
            blog = make.add_blog("A moderated blog", home_url=home, platform="generic", note="No feeds.")
            db.session.add(BlogAddress(blog_id=blog.id, key=simulator.story.host))
            make.follow(course, blog)
        else:
            blog = db.session.get_one(Blog, follow(course.id, home, now=clock(), tools=tools).blog_id)
        wen, other = make.add_enrollment(course, name="Wen Liu"), make.add_enrollment(course, name="Ida Fenn")
        db.session.add(Handle(enrollment_id=wen.id, kind="name", key="wen liu", shown="Wen Liu"))
        assignment = add_round(course, "c4t-2", "C4T #2", DUE)
        for student in (wen, other):
            make.allocate(assignment, student, blog)
        db.session.commit()
        yield Class(course, wen, other, blog, clock, tools, server)


def tell(scene: Class) -> tuple[str, str]:
    """The word of the one receipt, and all it says."""
    (line,) = scene.page().receipts
    return line.word, " ".join((*line.says, line.todo, line.looked))


def test_held_comment_waits_with_its_receipt_and_is_met_on_time_without_a_person(context: Flask) -> None:
    """S2: held on Sunday 22:10 with a receipt of 22:11; let through on Wednesday; found on Thursday."""
    clock = Hands(local(10, 25, 2, 15))
    simulator = SimulatedWordPress(scenarios.held_comment(), clock, Habits(rest=Rest.NO_ROUTE))
    with in_class(context, simulator, clock, blind=False) as scene:
        scene.look(25)
        saved = local(10, 25, 22, 11)
        save_receipt(
            scene.wen.id, f"{POST}?unapproved=520&moderation-hash=abc#comment-520", WORDS, Act(saved)
        )
        scene.look(26)
        word, says = tell(scene)
        assert word == "Waiting for the blog’s owner"
        assert "In moderation since Sun, Oct 25, 10:11 PM CDT" in says
        assert "on time for C4T #2, by our clock" in says
        assert "We last looked for it at 2:15 AM." in says
        assert scene.card().state == "in_moderation"
        for day in (27, 28):
            scene.look(day)
        scene.look(29)
        assert tell(scene)[0] == "Found"
        (line,) = scene.page().receipts
        assert line.filled is not None
        assert line.filled.words == "Comment 1 of C4T #2"
        verdict = (
            db.session.query(RequirementVerdict)
            .filter_by(enrollment_id=scene.wen.id, requirement="comment-1")
            .one()
        )
        assert (verdict.state, verdict.reason) == ("met", "on-time")
        linkage = db.session.query(Linkage).filter_by(comment_id=verdict.comment_id).one()
        assert linkage.decision_id is None


def test_receipt_on_a_blog_without_feeds_is_found_by_its_page(context: Flask) -> None:
    """S3: who is given such a blog is never "not found yet"; a receipt lets the page be read."""
    clock = Hands(local(10, 25, 2, 15))
    simulator = SimulatedWordPress(scenarios.held_comment(newer=0), clock, Habits(rest=Rest.NO_ROUTE))
    with in_class(context, simulator, clock, blind=True) as scene:
        scene.look(25)
        assert scene.card().state == "not_due"
        save_receipt(
            scene.wen.id, "moderated.example/2026/10/first-thoughts/", WORDS, Act(local(10, 25, 22, 11))
        )
        scene.look(26)
        assert scene.card(scene.other).state == "cannot_see"
        assert scene.card().state == "provisional"
        assert "We last looked for it at 2:15 AM." in tell(scene)[1]
        for day in (27, 28, 29):
            scene.look(day)
        assert tell(scene)[0] == "Found"
        assert scene.card().state == "met"
        assert scene.card(scene.other).state == "cannot_see", "one page read is not the blog seen"
        scene.look(30)
        page = db.session.query(Feed).filter_by(blog_id=scene.blog.id).one()
        assert page.ended_at is not None, "nobody waits there any more"


def test_page_that_cannot_be_read_says_so_and_is_tried_again(context: Flask) -> None:
    clock = Hands(local(10, 25, 2, 15))
    simulator = SimulatedWordPress(scenarios.held_comment(newer=0), clock, Habits(rest=Rest.NO_ROUTE))
    with in_class(context, simulator, clock, blind=True) as scene:
        scene.look(25)
        save_receipt(scene.wen.id, f"{POST}no-such/page", WORDS, Act(local(10, 25, 22, 11)))
        scene.look(26)
        word, says = tell(scene)
        assert word == "We cannot read this page"
        assert "Open the link yourself" in says
        assert db.session.query(Receipt).one().trouble in says
