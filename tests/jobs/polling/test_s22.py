"""PRODUCT S22: a WordPress blog whose comments Disqus keeps, with five students, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support import field
from tests.support.blog_server import BlogServer
from tests.support.field import AFTER, NIGHTS, NOW, WORDS, wordpress
from tests.support.kept_comments import disqus_embed, disqus_item, serve_disqus, set_page
from tests.support.term import add_course
from tracker.domain.act import Act
from tracker.domain.blog import Advice
from tracker.domain.rota import Method
from tracker.domain.states import State
from tracker.domain.typed_rule import TypedQuota, TypedRule
from tracker.exports.roster_file import read_roster
from tracker.extensions import db
from tracker.jobs.assignments.assign_blogs import AllotReport, allot_blogs
from tracker.jobs.blogs.follow import FollowReport, follow
from tracker.jobs.dependencies import Tools, make_tools
from tracker.models import Blog, Comment, Feed, Post
from tracker.queries.blogs.assignability import load_reports
from tracker.queries.blogs.blog_page import load_blog
from tracker.queries.status.course_status import course_status
from tracker.wording.verdicts import say_to_student

HOST = "calder.example"
NAMES = ("Brielle Okafor", "Thaddeus Dunmore", "Marisol Quandt", "Ingrid Vessel", "Percival Lomax")
STUDENTS = [f"J{number}" for number in range(1, 6)]
MERE_LINK = (
    '<p>I read about <a href="https://disqus.com/embed.js">Disqus</a>: '
    "<code>&lt;script src=&quot;https://calderroom.disqus.com/embed.js&quot;&gt;</code></p>"
    '<a href="https://calderroom.disqus.com/">Its forum</a> <a href="#disqus_thread">0 comments</a>'
)
Room = tuple[BlogServer, Tools]


@pytest.fixture
def room(context: Flask) -> Iterator[Room]:
    settings = {**context.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "FETCH_READ_TIMEOUT_S": 2.0}
    with BlogServer() as server, make_tools(settings, resolve=server.resolve) as tools:
        yield server, tools


def enroll() -> int:
    """Five students, two comments each, due on Sunday, October 25, 23:59."""
    began = NOW - timedelta(days=30)
    course_id = add_course(began)
    rows = "".join(
        f"{number},{name.replace(' ', ',')},{number}@harlan.example\n"
        for number, name in zip(STUDENTS, NAMES, strict=True)
    )
    roster = read_roster("student_id,given_name,family_name,email\n" + rows)
    field.apply(course_id, roster, by=None, now=began, hash_key=b"k" * 32)
    rule = TypedRule(
        title="C4T #1", quota=TypedQuota(2), opens="2026-10-05", comments_due="2026-10-25 23:59", points=""
    )
    field.create_assignment(course_id, "c4t-1", rule, by=None, now=began)
    return course_id


def start(room: Room, *, assign: bool = True) -> tuple[int, FollowReport]:
    _, tools = room
    course_id = enroll()
    report = follow(course_id, f"http://{HOST}/", now=NOW, tools=tools)
    if assign:
        field.give(course_id, HOST, *STUDENTS)
    return course_id, report


def states(course_id: int) -> dict[str, tuple[str, str]]:
    return {
        student: (
            field.state(course_id, student, "comment-1")[0],
            field.state(course_id, student, "comment-2")[0],
        )
        for student in STUDENTS
    }


THREADS = (("marble-runs", "Marble runs"), ("paper-bridges", "Paper bridges"))


def written(number: int, writer: str) -> str:
    """A comment on the first post for an even number, on the second for an odd one."""
    slug, thread = THREADS[number % 2]
    link = f"http://{HOST}/2026/10/{slug}/#comment-{6_500_000_000 + number}"
    return disqus_item(link, thread, writer, f"{writer} {number} {WORDS}")


def serve(server: BlogServer, body: str, *own: str) -> None:
    """A WordPress blog with two posts; `own` are the items of its own feed of comments."""
    wordpress(server, HOST, *own, body=body)
    posts = [field.post(HOST, slug, 41 + n, title) for n, (slug, title) in enumerate(THREADS)]
    server.set("/feed/", field.rss("Room 12", f"http://{HOST}", *posts), headers=field.RSS, host=HOST)
    for slug, title in THREADS:
        set_page(server, HOST, f"/2026/10/{slug}/", body, title)


def page_of(course_id: int) -> tuple[str, Advice, tuple[str, ...]]:
    """What the blog's page says of who keeps the comments, and of assigning it."""
    db.session.rollback()
    blog = db.session.scalars(select(Blog)).one()
    page = load_blog(db.session(), course_id, blog, AFTER)
    report = load_reports(db.session(), course_id, {blog.id}, AFTER)[blog.id]
    return page.kept, report.judged.advice, report.why


def test_with_the_name_of_the_forum_the_five_stand_as_in_s1(room: Room) -> None:
    server, tools = room
    serve(server, disqus_embed("CalderRoom"))
    first, second, third, fourth, _fifth = NAMES
    pairs = [(first, 2), (second, 2), (third, 2), (fourth, 1)]
    comments = [written(n * 10 + m, who) for n, (who, many) in enumerate(pairs) for m in range(many)]
    serve_disqus(server, "calderroom", *comments)
    course_id, report = start(room)
    assert report.note == "Its comments are kept by Disqus. We check their public feed there."
    assert ("comments", "http://calderroom.disqus.com/latest.rss") in report.feeds
    field.look(tools, *NIGHTS)
    assert states(course_id) == {
        "J1": ("met", "met"), "J2": ("met", "met"), "J3": ("met", "met"),
        "J4": ("met", "not_found_yet"), "J5": ("not_found_yet", "not_found_yet"),
    }  # fmt: skip
    kept, advice, why = page_of(course_id)
    assert kept == report.note
    assert not any("Disqus" in reason for reason in why)
    assert advice is not Advice.NO
    on = db.session.execute(
        select(Post.title, func.count()).join(Comment, Comment.post_id == Post.id).group_by(Post.title)
    )
    assert dict(on.all()) == {"Marble runs": 4, "Paper bridges": 3}


def test_without_a_name_nobody_is_called_not_found(room: Room) -> None:
    server, tools = room
    serve(server, '<div id="disqus_thread"></div><script src="/assets/comments.js"></script>')
    course_id, report = start(room)
    assert report.note == (
        "Its comments are kept by Disqus, where we can’t see them. Ask students to save receipts, or assign "
        "another blog."
    )
    field.look(tools, *NIGHTS)
    assert set(states(course_id).values()) == {("cannot_see", "cannot_see")}
    says = field.state(course_id, "J1")[1]
    assert "Disqus" in says
    kept, advice, why = page_of(course_id)
    assert (kept, advice) == (report.note, Advice.CARE)
    assert why[0] == (
        "Its comments are kept by Disqus, where we can’t see all of them. Students need to save receipts."
    )


def test_a_forum_whose_feed_is_closed_is_not_followed(room: Room) -> None:
    server, tools = room
    serve(server, disqus_embed("calderroom"))  # its address answers 404
    course_id, report = start(room)
    assert "where we can’t see them" in report.note
    assert all("disqus" not in url for _, url in report.feeds)
    field.look(tools, *NIGHTS)
    assert set(states(course_id).values()) == {("cannot_see", "cannot_see")}


def test_a_post_that_only_links_to_disqus_changes_nothing(room: Room) -> None:
    server, tools = room
    serve(server, MERE_LINK)
    course_id, report = start(room)
    assert report.note == ""
    field.look(tools, *NIGHTS)
    assert set(states(course_id).values()) == {("not_found_yet", "not_found_yet")}
    assert page_of(course_id)[0] == ""


def test_a_blog_that_moves_to_disqus_in_the_term_is_noticed(room: Room) -> None:
    server, tools = room
    own = [field.comment(HOST, 71, NAMES[0], f"<p>{WORDS}</p>")]
    serve(server, "", *own)
    course_id, report = start(room)
    assert report.note == ""
    field.look(tools, *NIGHTS[:2])
    serve(server, '<div id="disqus_thread"></div><script src="/assets/comments.js"></script>', *own)
    field.look(tools, *NIGHTS[2:])
    found = states(course_id)
    assert found.pop("J1") == ("met", "cannot_see"), "what was seen stays"
    assert set(found.values()) == {("cannot_see", "cannot_see")}
    assert "kept by Disqus" in page_of(course_id)[0]


def test_the_feed_of_a_forum_that_comes_in_the_term_is_followed(room: Room) -> None:
    server, tools = room
    serve(server, "")
    course_id, _ = start(room)
    field.look(tools, *NIGHTS[:2])
    serve(server, disqus_embed("calderroom"))
    serve_disqus(server, "calderroom", written(0, NAMES[1]), written(1, NAMES[1]))
    field.look(tools, *NIGHTS[2:])
    found = states(course_id)
    assert found.pop("J2") == ("met", "met")
    assert set(found.values()) == {("not_found_yet", "not_found_yet")}
    assert db.session.scalars(select(Feed.url).where(Feed.url.contains("disqus"))).all() == [
        "http://calderroom.disqus.com/latest.rss"
    ]


def test_before_it_is_assigned_the_page_warns_and_before_it_is_due_students_are_told(room: Room) -> None:
    server, tools = room
    serve(server, '<div id="disqus_thread"></div><script src="/assets/comments.js"></script>')
    course_id, _ = start(room, assign=False)
    field.look(tools, NOW)
    db.session.commit()

    def plan(*, with_blind: bool) -> AllotReport:
        act = Act(NOW, preview=True)
        return allot_blogs(
            course_id, "c4t-1", act, method=Method.ROTATION, cap=None, seed=0, with_blind=with_blind
        )

    assert (len(plan(with_blind=False).given), len(plan(with_blind=True).given)) == (0, 5)
    (warned,) = plan(with_blind=True).warned
    assert "kept by Disqus" in warned.report.why[0]
    assert "save receipts" in warned.report.why[0]
    field.give(course_id, HOST, "J1")
    db.session.commit()
    (status,) = [one for one in course_status(course_id, NOW) if one.student_id == "J1"]
    verdict = status.requirements[0]
    assert (verdict.state, [hint.code for hint in verdict.hints]) == (State.NOT_DUE, ["kept-elsewhere"])
    unseen = replace(
        verdict, state=State.CANNOT_SEE, reason="kept-elsewhere", params=verdict.hints[0].params, hints=()
    )
    told = say_to_student(unseen, status.phrasing)
    assert told == (
        "This blog’s comments are kept by Disqus, where we can’t see all of them. Nothing is decided yet. "
        "A receipt helps."
    )
