"""A blog's owner asks not to be read: nothing is asked there any more, and nobody is held to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.blog_server import BlogServer
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, DiscoveryError, FeedError, FetchError, NotFoundError
from tracker.extensions import db
from tracker.feeds.client.guard import is_opted_out
from tracker.jobs.blogs.follow import follow, follow_feed
from tracker.jobs.dependencies import Tools, make_tools
from tracker.jobs.polling.opt_out import opt_out
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import AuditEntry, Blog, Course, FeedState, RequirementVerdict
from tracker.queries.blogs.board import load_board

HOME = "http://room37.example/"
FEED = f"{HOME}comments/feed/"
NOW = make.NOW
EMPTY = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Comments for Room 37</title>
<link>http://room37.example</link></channel></rss>"""


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        running.set("/comments/feed/", EMPTY, headers={"Content-Type": "application/rss+xml"})
        yield running


@pytest.fixture
def tools(context: Flask, server: BlogServer) -> Iterator[Tools]:
    settings = {**context.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",)}
    with make_tools(settings, resolve=server.resolve) as made:
        yield made


@pytest.fixture
def course(context: Flask) -> Course:
    """A course that follows one blog, on which a student's two comments were due this morning."""
    made = make.add_course()
    student = make.add_enrollment(made)
    assignment = make.add_assignment(made)
    db.session.commit()
    follow_feed(made.id, FEED, now=NOW)
    make.allocate(assignment, student, db.session.scalars(select(Blog)).one())
    db.session.commit()
    return made


def poll(tools: Tools, at: datetime) -> list[str]:
    return [one.url for one in run_poll(tools, lambda: at, trigger="test", everything=True).polls]


def states(course: Course) -> dict[str, tuple[str, str]]:
    db.session.expire_all()
    rows = db.session.scalars(select(RequirementVerdict).order_by(RequirementVerdict.requirement))
    return {row.requirement: (row.state, row.reason) for row in rows}


def test_nothing_is_asked_of_a_blog_that_was_left_alone_until_it_is_undone(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    opt_out(HOME, Act(NOW))
    assert poll(tools, NOW) == []
    assert server.requests == []
    opt_out(FEED, Act(NOW), undo=True)
    assert poll(tools, NOW) == [FEED]


def test_no_redirect_leads_to_such_a_blog_and_its_neighbours_are_asked(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    other = "http://neighbour.example/room37/comments/feed/"
    follow_feed(course.id, other, now=NOW)
    follow_feed(course.id, "http://lane.example/comments/feed/", now=NOW)
    server.set("/room37/comments/feed/", EMPTY, headers={"Content-Type": "application/rss+xml"})
    server.redirect("/comments/feed/", FEED, host="lane.example")
    opt_out(HOME, Act(NOW))
    checks = run_poll(tools, lambda: NOW, trigger="test", everything=True).polls
    assert {check.url: check.error for check in checks} == {
        other: "",
        "http://lane.example/comments/feed/": "The owner of room37.example asked us not to read it.",
    }
    with pytest.raises(FeedError, match="asked us not to read it"):
        follow(course.id, "http://lane.example/comments/feed/", now=NOW, tools=tools)
    assert "room37.example" not in {request.host for request in server.requests}


def test_student_of_such_a_blog_is_never_not_found_yet(course: Course, tools: Tools) -> None:
    poll(tools, NOW)
    assert states(course)["comment-1"][0] == "not_found_yet"
    opt_out("room37.example", Act(NOW))
    assert states(course)["comment-1"] == ("cannot_see", "opted-out")
    store_verdicts(db.session(), course.id, NOW + timedelta(days=9))
    assert states(course)["comment-2"] == ("cannot_see", "opted-out")


def test_board_says_who_wanted_it(course: Course) -> None:
    opt_out(HOME, Act(NOW))
    board = load_board(db.session(), course.id, NOW)
    assert [(line.health.word, line.students) for line in board.lines] == [("Owner opted out", 1)]


def test_each_change_is_written_down_once(course: Course) -> None:
    first = opt_out(HOME, Act(NOW))
    again = opt_out(HOME, Act(NOW + timedelta(hours=1)))
    opt_out(HOME, Act(NOW, preview=True), undo=True)
    undone = opt_out(HOME, Act(NOW + timedelta(hours=2)), undo=True)
    assert (first.changed, first.courses, again.changed, undone.changed) == (True, 1, False, True)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "blog")).all()
    assert [(entry.action, (entry.after or {})["opted_out_at"]) for entry in entries] == [
        ("opt-out", NOW.isoformat()),
        ("opt-out-undone", None),
    ]
    db.session.expire_all()
    assert db.session.scalars(select(FeedState.next_poll_at)).all() == [None]


def test_such_a_blog_cannot_be_followed_by_another_course(
    course: Course, server: BlogServer, tools: Tools
) -> None:
    opt_out(HOME, Act(NOW))
    other = make.add_course("edt410")
    db.session.commit()
    with pytest.raises(DiscoveryError, match="asked us not to read it"):
        follow(other.id, HOME, now=NOW, tools=tools)
    with pytest.raises(DiscoveryError, match="asked us not to read it"):
        follow_feed(other.id, FEED, now=NOW)
    assert server.requests == []


def test_address_where_no_blog_is_known_is_said(course: Course) -> None:
    with pytest.raises(NotFoundError, match="TRACKER_OPT_OUT"):
        opt_out("http://nobody.example/", Act(NOW))


def test_operators_list_is_never_asked_and_its_blogs_are_marked(
    context: Flask, course: Course, server: BlogServer
) -> None:
    settings = {**context.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "OPT_OUT": ("room37.example",)}
    server.redirect("/elsewhere/feed/", FEED, host="moved.example")
    with make_tools(settings, resolve=server.resolve) as tools:
        assert poll(tools, NOW) == []
        with pytest.raises(FetchError, match=r"The owner of room37\.example asked us not to read it\."):
            tools.fetcher.fetch("http://moved.example/elsewhere/feed/")
        with pytest.raises(FeedError, match="asked us not to read it"):
            follow(course.id, "http://other.room37.example/", now=NOW, tools=tools)
    assert {request.host for request in server.requests} == {"moved.example"}
    assert db.session.scalars(select(Blog.opted_out_at)).all() == [NOW]
    with pytest.raises(ConflictError, match="Remove it from that list first"):
        opt_out(HOME, Act(NOW), undo=True, opted_out_hosts=("room37.example",))


@pytest.mark.parametrize(
    ("item", "url", "listed"),
    [
        pytest.param("room.example", "https://room.example/feed/", True, id="host"),
        pytest.param("www.room.example", "http://room.example/", True, id="without www"),
        pytest.param("room.example", "http://www.Room.example/", True, id="www and capitals"),
        pytest.param("room.example", "http://classroom.example/", False, id="another host"),
        pytest.param(
            "school.example/~vale", "http://school.example/~vale/feed/", True, id="below an address"
        ),
        pytest.param("school.example/~vale", "http://school.example/~valentine/", False, id="beside it"),
        pytest.param(
            "https://school.example/~vale/", "http://school.example/~vale", True, id="whole address"
        ),
        pytest.param("room.example:8080", "http://room.example/", False, id="another port"),
        pytest.param("/feed", "http://room.example/feed", False, id="no host"),
        pytest.param("room.example", "http://[::1/", False, id="no address"),
    ],
)
def test_list_names_hosts_and_addresses_with_all_below_them(item: str, url: str, *, listed: bool) -> None:
    assert is_opted_out(url, (item,)) == listed


def test_time_of_the_wish_is_aware(course: Course) -> None:
    opt_out(HOME, Act(datetime(2026, 10, 26, 8, tzinfo=ZoneInfo("America/Chicago"))))
    db.session.expire_all()
    assert db.session.scalars(select(Blog.opted_out_at)).all() == [datetime(2026, 10, 26, 13, tzinfo=UTC)]
