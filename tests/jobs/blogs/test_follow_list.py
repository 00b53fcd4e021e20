"""Following a whole list of addresses against real servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.blog_server import BlogServer
from tests.support.term import add_course
from tracker.domain.errors import FileError
from tracker.extensions import db
from tracker.jobs.blogs.follow_list import MOST, follow_list, read_addresses
from tracker.jobs.dependencies import Tools, make_tools
from tracker.models import Blog, Subscription

RSS = {"Content-Type": "application/rss+xml"}
HTML = {"Content-Type": "text/html"}
OPML = b"""<opml version="2.0"><head/><body>
<outline type="rss" text="Attic" xmlUrl="http://attic.example/feed/" htmlUrl="http://attic.example/"/>
<outline type="rss" text="Barn" xmlUrl="http://barn.example/feed/"/></body></opml>"""


def channel(title: str, item: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>http://{title.lower()}.example/</link>"
        f"<generator>https://wordpress.org/?v=6.1</generator>{item}</channel></rss>"
    )


def serve(server: BlogServer, name: str, *, comments: bool = True) -> None:
    """A WordPress blog at NAME.example; without `comments`, one that has no feed of them."""
    host = f"{name.lower()}.example"
    links = f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/feed/">'
    server.set("/", f"<html><head><title>{name}</title>{links}</head></html>", headers=HTML, host=host)
    post = f"<item><title>A post</title><link>http://{host}/a/</link><guid>http://{host}/?p=1</guid></item>"
    server.set("/feed/", channel(name, post), headers=RSS, host=host)
    if comments:
        comment = (
            f"<item><title>By: Ida</title><link>http://{host}/a/#comment-7</link>"
            f"<guid>http://{host}/?p=1#comment-7</guid></item>"
        )
        server.set("/comments/feed/", channel(f"Comments for {name}", comment), headers=RSS, host=host)


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


@contextmanager
def tools_of(app: Flask, server: BlogServer) -> Iterator[Tools]:
    settings = {**app.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "FETCH_READ_TIMEOUT_S": 2.0}
    with make_tools(settings, resolve=server.resolve) as tools:
        yield tools


def test_each_address_is_followed_or_given_back_with_its_reason(
    context: Flask, server: BlogServer, now: datetime
) -> None:
    course_id = add_course(now)
    serve(server, "Attic")
    serve(server, "Barn", comments=False)
    urls = ["http://attic.example/", "http://nowhere.example/", "http://barn.example/"]
    with tools_of(context, server) as tools:
        report = follow_list(course_id, urls, now=now, tools=tools)
    assert [one.url for one in report.followed] == ["http://attic.example/", "http://barn.example/"]
    assert [one.url for one in report.refused] == ["http://nowhere.example/"]
    assert report.refused[0].says
    assert [one.title for one in report.blind] == ["Barn"]
    assert "no comment feed" in report.blind[0].note
    assert report.new == 2


def test_following_the_same_list_again_changes_nothing(
    context: Flask, server: BlogServer, now: datetime
) -> None:
    course_id = add_course(now)
    serve(server, "Attic")
    with tools_of(context, server) as tools:
        for new in (1, 0):
            report = follow_list(course_id, ["http://attic.example/"], now=now, tools=tools)
            assert report.new == new
    assert db.session.scalar(select(func.count()).select_from(Blog)) == 1


def test_class_blogs_are_followed_in_their_own_role(
    context: Flask, server: BlogServer, now: datetime
) -> None:
    course_id = add_course(now)
    serve(server, "Attic")
    with tools_of(context, server) as tools:
        follow_list(course_id, ["http://attic.example/"], now=now, tools=tools, role="class-blog")
    assert db.session.scalars(select(Subscription.role)).all() == ["class-blog"]


def test_addresses_are_taken_from_lines_and_from_a_readers_list_once_each() -> None:
    text = " http://attic.example/ \n\nroom.example\nroom.example\n"
    assert read_addresses(text, OPML) == [
        "http://attic.example/",
        "room.example",
        "http://barn.example/feed/",
    ]


@pytest.mark.parametrize(
    ("text", "opml", "says"),
    [
        pytest.param(" \n ", b"", "at least one address", id="nothing"),
        pytest.param(
            "\n".join(f"b{n}.example" for n in range(MOST + 1)), b"", "201 addresses", id="too-many"
        ),
        pytest.param("http://a.example/" + "x" * 3000, b"", "too long", id="too-long"),
        pytest.param("", b"<html></html>", "OPML", id="no-opml"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_in_a_sentence(text: str, opml: bytes, says: str) -> None:
    with pytest.raises(FileError, match=says):
        read_addresses(text, opml)
