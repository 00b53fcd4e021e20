"""What is stored of a blog whose comments another program keeps, and what its own feeds may not undo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import field
from tests.support.blog_server import BlogServer
from tests.support.field import AFTER, NIGHTS, NOW, WORDS
from tests.support.kept_comments import disqus_embed, disqus_item, serve_disqus, set_page
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow
from tracker.jobs.dependencies import Tools, make_tools
from tracker.models import Blog, Comment, CommentAlias, Feed, Gap, Post

HOST = "calder.example"
POST = f"http://{HOST}/2026/10/marble-runs/"
FORUM = "http://calderroom.disqus.com/latest.rss"
BLIND = '<div class="fb-comments" data-href="x"></div>'
LATER = tuple(AFTER + timedelta(days=days) for days in (3, 6, 9, 12))
Room = tuple[BlogServer, Tools]


@pytest.fixture
def room(context: Flask) -> Iterator[Room]:
    settings = {**context.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "FETCH_READ_TIMEOUT_S": 2.0}
    with BlogServer() as server, make_tools(settings, resolve=server.resolve) as tools:
        yield server, tools


def serve(server: BlogServer, body: str, *own: str) -> None:
    field.wordpress(server, HOST, *own, body=body)
    set_page(server, HOST, "/2026/10/marble-runs/", body)


def said(number: int, link: str = POST, thread: str = "Marble runs", writer: str = "Brielle Okafor") -> str:
    return disqus_item(f"{link}#comment-{number}", thread, writer, f"{number} {WORDS}")


def blog() -> Blog:
    db.session.rollback()
    return db.session.scalars(select(Blog).order_by(Blog.id)).first() or Blog()


def followed(tools: Tools, *students: str, host: str = HOST) -> int:
    course_id = field.course()
    follow(course_id, f"http://{host}/", now=NOW, tools=tools)
    field.give(course_id, host, *students)
    return course_id


def test_rest_that_shows_nothing_removes_no_comment_of_the_program(room: Room) -> None:
    server, tools = room
    serve(server, disqus_embed("calderroom"))
    rest = {"Content-Type": "application/json", "X-WP-Total": "0", "X-WP-TotalPages": "0"}
    since = "after=2026-09-12T07%3A15%3A00Z"
    for query in ("per_page=100&page=1", f"per_page=100&page=1&{since}"):
        server.set(f"/wp-json/wp/v2/comments?{query}", json.dumps([]), headers=rest, host=HOST)
    serve_disqus(server, "calderroom", said(6500))
    course_id = followed(tools, "J1")
    field.look(tools, *NIGHTS, *LATER)
    (comment,) = db.session.scalars(select(Comment)).all()
    assert (comment.missed_at, comment.gone_since) == (None, None)
    assert any("/wp-json/" in path for path in server.paths())
    assert field.state(course_id, "J1")[0] == "met"


def test_nothing_of_the_blog_itself_closes_a_gap_at_the_program(room: Room) -> None:
    server, tools = room
    serve(server, disqus_embed("calderroom"))
    serve_disqus(server, "calderroom", *(said(100 + n, writer=f"Guest {n}") for n in range(25)))
    course_id = followed(tools, "J1")
    field.look(tools, *NIGHTS[:2])
    serve_disqus(server, "calderroom", *(said(300 + n, writer=f"Guest {n}") for n in range(25)))
    field.look(tools, *NIGHTS[2:], *LATER)
    gaps = db.session.scalars(select(Gap)).all()
    assert [(gap.kind, gap.closed_at) for gap in gaps] == [("overflow", None)]
    assert field.state(course_id, "J1", at=LATER[-1])[0] == "cannot_see"


def test_two_blogs_with_one_account_stay_two(room: Room) -> None:
    """The first has its comments, the second cannot be seen; neither has the other's."""
    server, tools = room
    serve(server, disqus_embed("calderroom"))
    field.wordpress(server, "nadel.example", body=disqus_embed("calderroom"))
    set_page(server, "nadel.example", "/2026/10/marble-runs/", disqus_embed("calderroom"))
    other = said(6501, "http://nadel.example/2026/10/needles/", "Needles")
    serve_disqus(server, "calderroom", said(6500), other)
    course_id = followed(tools, "J1")
    second = follow(course_id, "http://nadel.example/", now=NOW, tools=tools)
    assert "where we can’t see them" in second.note
    field.give(course_id, "nadel.example", "J2")
    field.look(tools, *NIGHTS)
    assert db.session.scalars(select(Comment.permalink)).all() == [f"{POST}#comment-6500"]
    assert [row.home_url for row in db.session.scalars(select(Blog).order_by(Blog.id)).all()] == [
        f"http://{HOST}/", "http://nadel.example/",
    ]  # fmt: skip
    assert (field.state(course_id, "J1")[0], field.state(course_id, "J2")[0]) == ("met", "cannot_see")


def test_a_thread_without_an_address_is_placed_by_its_title(room: Room) -> None:
    server, tools = room
    serve(server, disqus_embed("calderroom"))
    lost = said(6500, "https://disqus.com/home/discussion/calderroom/x/", "Marble Runs")
    unknown = said(6501, "https://disqus.com/home/discussion/calderroom/y/", "Needles", "Jost Brandt")
    serve_disqus(server, "calderroom", lost, unknown)
    followed(tools, "J1")
    field.look(tools, *NIGHTS)
    rows = db.session.execute(
        select(Comment.author, Post.title).outerjoin(Post, Post.id == Comment.post_id).order_by(Comment.id)
    ).all()
    assert [tuple(row) for row in rows] == [("Brielle Okafor", "Marble runs"), ("Jost Brandt", None)]


def test_a_comment_that_the_plugin_copies_into_the_blog_is_one_comment(room: Room) -> None:
    server, tools = room
    text = f"6500 {WORDS}"
    serve(server, disqus_embed("calderroom"), field.comment(HOST, 12, "Brielle Okafor", f"<p>{text}</p>"))
    serve_disqus(server, "calderroom", said(6500))
    followed(tools, "J1")
    field.look(tools, *NIGHTS)
    (comment,) = db.session.scalars(select(Comment)).all()
    names = db.session.scalars(select(CommentAlias.key).where(CommentAlias.comment_id == comment.id)).all()
    assert {"disqus:comment-6500", "12"} <= set(names)


def test_a_page_without_the_program_changes_nothing_until_the_blog_shows_a_comment(room: Room) -> None:
    server, tools = room
    serve(server, BLIND)
    course_id = followed(tools, "J1", "J2")
    field.look(tools, *NIGHTS)
    assert (blog().comments_by, blog().comments_by_since) == ("Facebook", NOW)
    serve(server, "")
    field.look(tools, *LATER[:2])
    assert blog().comments_by == "Facebook", "it may be a page that asks for consent"
    assert field.state(course_id, "J2", at=LATER[1])[0] == "cannot_see"
    late = "Fri, 30 Oct 2026 18:00:00 +0000"
    serve(server, "", field.comment(HOST, 80, "Brielle Okafor", f"<p>{WORDS}</p>", when=late))
    field.look(tools, *LATER[2:])
    assert (blog().comments_by, blog().comments_by_since) == ("", None)
    assert field.state(course_id, "J2", at=LATER[3])[0] == "not_found_yet"


def test_following_again_says_the_same_and_adds_nothing(room: Room) -> None:
    server, tools = room
    serve(server, disqus_embed("calderroom"))
    serve_disqus(server, "calderroom")
    course_id = field.course()
    first = follow(course_id, f"http://{HOST}/", now=NOW, tools=tools)
    again = follow(course_id, POST, now=AFTER, tools=tools)
    assert (again.note, again.feeds, again.already) == (first.note, first.feeds, True)
    assert db.session.scalars(select(Feed.url).where(Feed.url == FORUM)).all() == [FORUM]
    assert blog().comments_by_since == NOW


def test_a_page_is_read_every_second_night(room: Room) -> None:
    server, tools = room
    serve(server, "")
    followed(tools)
    before = server.paths().count("/2026/10/marble-runs/")
    field.look(tools, *(NOW + timedelta(days=days) for days in range(9)))
    assert server.paths().count("/2026/10/marble-runs/") - before == 4


def test_an_owner_who_keeps_programs_from_pages_is_heeded(room: Room) -> None:
    server, tools = room
    serve(server, "")
    server.set("/robots.txt", "User-agent: *\nDisallow: /2026/\n", host=HOST)
    followed(tools)
    before = server.paths().count("/2026/10/marble-runs/")
    field.look(tools, *NIGHTS)
    assert server.paths().count("/2026/10/marble-runs/") == before
