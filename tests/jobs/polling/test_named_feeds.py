"""From a feed that a person names, or posts that have feeds of their own, to the verdict, over real HTTP."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.support.field import (
    AFTER,
    HTML,
    NIGHTS,
    NOW,
    RSS,
    WORDS,
    BlogServer,
    Comment,
    Tools,
    course,
    db,
    follow,
    give,
    item,
    look,
    post,
    rss,
    select,
    state,
    world,
)  # fmt: skip
from tracker.jobs.blogs.follow import follow_feed

pytestmark = pytest.mark.one_database

HOST = "vale.example"
BLOG = f"http://{HOST}/"
ON_POST = f"{BLOG}2026/10/marble-runs/"


def states(course_id: int) -> list[str]:
    return [state(course_id, student)[0] for student in ("J1", "J2")]


def comment_of(author: str, link: str, guid: str = "") -> str:
    text = item(author, link, author, guid, f"<p>{WORDS} {author}</p>")
    return text if guid else text.replace('<guid isPermaLink="false"></guid>', "")


def rdf(author: str) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><link>{BLOG}</link></channel>'
        f'<item rdf:about="{ON_POST}#7"><title>Re</title><link>{ON_POST}</link>'
        f"<dc:creator>{author}</dc:creator>"
        f"<description>{WORDS}</description><dc:date>2026-10-12T18:00:00Z</dc:date></item></rdf:RDF>"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(rss("Vale", BLOG, comment_of("Brielle Okafor", ON_POST), gen=""), id="no ids"),
        pytest.param(rss("V", BLOG, comment_of("Brielle Okafor", ON_POST, "r7"), gen="Kram"), id="own ids"),
        pytest.param(rdf("Brielle Okafor"), id="RDF"),
    ],
)
def test_comment_in_a_feed_that_a_person_names_is_met(text: str) -> None:
    with world() as (server, tools):
        server.set("/kommentar-liste", text, headers=RSS, host=HOST)
        made = course(words=50)
        follow_feed(made, f"{BLOG}kommentar-liste", now=NOW)
        give(made, HOST, "J1", "J2")
        look(tools, *NIGHTS)
        assert states(made) == ["met", "not_found_yet"]


def test_named_feed_that_leads_to_the_blogs_posts_is_none_of_comments() -> None:
    with world() as (server, tools):
        posts = rss("V", BLOG, item("A", f"{BLOG}a", "Vale", "1", "<p>x</p>"), gen="")
        server.set("/all.xml", posts, headers=RSS, host=HOST)
        server.set("/", '<link rel=alternate type="text/xml" href="/all.xml">', headers=HTML, host=HOST)
        server.redirect("/kommentar-liste", f"{BLOG}all.xml", host=HOST)
        made = course()
        follow(made, BLOG, now=NOW, tools=tools)
        follow_feed(made, f"{BLOG}kommentar-liste", now=NOW)
        give(made, HOST, "J1", "J2")
        look(tools, *NIGHTS)
        assert states(made) == ["cannot_see", "cannot_see"]
        assert db.session.scalars(select(Comment)).all() == []


def serve_posts(server: BlogServer, counts: bool) -> None:
    """A small program: two posts, each with a feed of its own, counted or not."""
    entries = ""
    for slug in ("marble-runs", "empty"):
        count = f"<slash:comments>{int(slug != 'empty')}</slash:comments>" if counts else ""
        feed = f"<wfw:commentRss>{BLOG}{slug}.xml</wfw:commentRss>{count}</item>"
        entries += item(slug, f"{BLOG}{slug}", "Vale", slug, "<p>x</p>").replace("</item>", feed)
    names = 'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    posts = rss("Vale", BLOG, entries, gen="").replace('version="2.0"', f'version="2.0" {names}')
    server.set("/", '<link rel=alternate type="text/xml" href="/all.xml">', headers=HTML, host=HOST)
    server.set("/all.xml", posts, headers=RSS, host=HOST)
    mine = comment_of("Brielle Okafor", f"{BLOG}marble-runs#k7", "k7")
    server.set("/marble-runs.xml", rss("Marble", f"{BLOG}marble-runs", mine, gen=""), headers=RSS, host=HOST)
    server.set("/empty.xml", rss("Empty", f"{BLOG}empty", gen=""), headers=RSS, host=HOST)


def follow_and_look(tools: Tools) -> tuple[int, str]:
    made = course(words=50)
    note = follow(made, BLOG, now=NOW, tools=tools).note
    give(made, HOST, "J1", "J2")
    look(tools, *NIGHTS)
    return made, note


@pytest.mark.parametrize("counts", [True, False], ids=["counted", "not counted"])
def test_blog_whose_every_posts_feed_is_read_is_seen(counts: bool) -> None:
    with world() as (server, tools):
        serve_posts(server, counts)
        made, note = follow_and_look(tools)
        assert "comments of each post" in note
        assert states(made) == ["met", "not_found_yet"]


@pytest.mark.parametrize("counts", [True, False], ids=["counted", "not counted"])
def test_blog_of_which_one_posts_feed_cannot_be_read_is_not_seen(counts: bool) -> None:
    with world() as (server, tools):
        serve_posts(server, counts)
        server.set("/marble-runs.xml", status=500, host=HOST)
        made, _note = follow_and_look(tools)
        assert states(made) == ["cannot_see", "cannot_see"]


def test_pages_are_not_read_where_posts_have_no_feeds() -> None:
    with world() as (server, tools):
        serve_posts(server, counts=False)
        posts = rss("Vale", BLOG, item("A", f"{BLOG}a", "Vale", "1", "<p>x</p>"), gen="")
        server.set("/all.xml", posts, headers=RSS, host=HOST)
        made, note = follow_and_look(tools)
        assert "no comment feed" in note
        assert states(made) == ["cannot_see", "cannot_see"]
        nights = server.paths().count("/all.xml") - 1
        assert server.paths().count("/a") <= nights  # to see who keeps the comments, once a night at most


def rest_comment(number: int, author: str, on: int = 41) -> dict[str, object]:
    return {
        "id": number,
        "post": on,
        "author_name": author,
        "date_gmt": "2026-10-12T18:00:00",
        "content": {"rendered": f"<p>{WORDS}</p>"},
        "link": f"{BLOG}2026/10/post-{on}/#comment-{number}",
    }


def serve_rest(server: BlogServer, *shown: dict[str, object], total: int) -> None:
    """The same with and without the start of the term."""
    headers = {"X-WP-Total": str(total), "X-WP-TotalPages": "1"}
    base = "/wp-json/wp/v2/comments?per_page=100&page=1"
    for path in (base, f"{base}&after=2026-09-13T07%3A15%3A00Z"):
        server.set(path, json.dumps(shown), headers=headers, host=HOST)


def test_blog_that_is_read_by_rest_alone_is_seen() -> None:
    with world() as (server, tools):
        page = f'<link rel="https://api.w.org/" href="{BLOG}wp-json/">'
        server.set("/", page, headers=HTML, host=HOST)
        server.set("/feed/", rss("Vale", BLOG, post(HOST)), headers=RSS, host=HOST)
        serve_rest(server, rest_comment(7, "Brielle Okafor"), total=1)
        made, note = follow_and_look(tools)
        assert note == ""
        assert states(made) == ["met", "not_found_yet"]


def test_protected_post_hides_no_removal_elsewhere_and_keeps_its_comments() -> None:
    """S23: REST counts the comments of the post and shows them no more; its own feed shows forms."""
    form = '<form action="/wp-login.php?action=postpass"><input type="password" name="post_password"></form>'
    mine, kept, removed = (
        rest_comment(7, "Brielle Okafor"),
        rest_comment(8, "Ann Vale", 42),
        rest_comment(9, "Thaddeus Dunmore", 42),
    )
    with world() as (server, tools):
        page = f'<link rel="https://api.w.org/" href="{BLOG}wp-json/">'
        server.set("/", page, headers=HTML, host=HOST)
        server.set("/feed/", rss("Vale", BLOG, post(HOST)), headers=RSS, host=HOST)
        server.set("/comments/feed/", rss("Comments", BLOG), headers=RSS, host=HOST)
        serve_rest(server, mine, kept, removed, total=3)
        made, _note = follow_and_look(tools)
        assert states(made) == ["met", "met"]
        serve_rest(server, kept, total=2)
        own = item("x", f"{ON_POST}#comment-7", "Brielle Okafor", f"{BLOG}?p=41#comment-7", form)
        server.set("/2026/10/marble-runs/feed/", rss("Marble", BLOG, own), headers=RSS, host=HOST)
        look(tools, *(AFTER + timedelta(days=days) for days in (1, 2, 3)))
        gone = {row.native_number: row.gone_since is not None for row in db.session.scalars(select(Comment))}
        assert gone == {"7": False, "8": False, "9": True}
        assert states(made)[0] == "met"
