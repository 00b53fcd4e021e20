"""Class blogs below a path: each path is one student's blog, from the roster to the summary."""

from __future__ import annotations

import pytest

from tests.support.blog_server import BlogServer
from tests.support.field import (
    HTML,
    NIGHTS,
    NOW,
    RSS,
    TWO,
    WORDS,
    comment,
    course,
    db,
    follow,
    give,
    item,
    load_unfollowed_class_blogs,
    look,
    rss,
    state,
    wordpress,
    world,
)
from tracker.models import Blog

SCHOOL = "ridge.example"
POST = f'<p>{WORDS} I wrote about <a href="http://{SCHOOL}/2026/10/marble-runs/">Marble runs</a>.</p>'
WHERE = [
    pytest.param("faculty.ucalder.example", "/~{}/", "/~{}/atom/rss.xml", id="folders of a college"),
    pytest.param("ed2026.github.io", "/{}/", "/{}/feed.xml", id="project pages of a class"),
    pytest.param("ucalder.example", "/ed/portfolios/{}/", "/ed/portfolios/{}/rss", id="deep folders"),
    pytest.param("ed2026.weebly.com", "/{}", "/{}/feed", id="pages of a site builder"),
]


def serve(server: BlogServer, host: str, path: str, feed: str, who: str, html: str) -> str:
    """A plain class blog; its address."""
    home = f"http://{host}{path.format(who)}"
    link = f'<link rel="alternate" type="application/rss+xml" href="{feed.format(who)}">'
    server.set(
        path.format(who), f"<html><head><title>{who}</title>{link}</head></html>", headers=HTML, host=host
    )
    post = item("C4T #1", f"{home.rstrip('/')}/c4t-1", who, f"{who}-1", html)
    server.set(feed.format(who), rss(f"Blog of {who}", home, post, gen=""), headers=RSS, host=host)
    return home


@pytest.mark.parametrize(("host", "path", "feed"), WHERE)
def test_two_class_blogs_on_one_host_are_followed_as_two(host: str, path: str, feed: str) -> None:
    with world() as (server, tools):
        wordpress(server, SCHOOL, comment(SCHOOL, 7, "Brielle Okafor", f"<p>{WORDS}</p>"))
        one = serve(server, host, path, feed, "okafor", POST)
        two = serve(server, host, path, feed, "dunmore", "<p>Something else.</p>")
        made = course(TWO.format(one=one, two=two), summary="2026-10-25 23:59")
        assert load_unfollowed_class_blogs(db.session(), made) == [one, two]
        ids = [follow(made, url, now=NOW, tools=tools, role="class-blog").blog_id for url in (one, two)]
        assert len(set(ids)) == 2
        assert load_unfollowed_class_blogs(db.session(), made) == []
        follow(made, f"http://{SCHOOL}/", now=NOW, tools=tools)
        give(made, SCHOOL, "J1", "J2")
        look(tools, *NIGHTS)
        assert state(made, "J1", "summary")[0] == "met"
        assert state(made, "J2", "summary")[0] != "met"


@pytest.mark.parametrize(("host", "path", "feed"), WHERE)
def test_a_class_blog_is_found_from_one_of_its_posts(host: str, path: str, feed: str) -> None:
    with world() as (server, tools):
        home = serve(server, host, path, feed, "okafor", POST)
        page = f"{path.format('okafor').rstrip('/')}/c4t-1"
        link = f'<link rel="alternate" type="application/rss+xml" href="{feed.format("okafor")}">'
        server.set(page, f"<html><head>{link}</head></html>", headers=HTML, host=host)
        made = course(TWO.format(one=home, two="http://dunmore.example/"))
        first = follow(made, f"http://{host}{page}", now=NOW, tools=tools, role="class-blog")
        again = follow(made, home, now=NOW, tools=tools, role="class-blog")
        assert (again.blog_id, again.already) == (first.blog_id, True)
        assert first.home_url.rstrip("/") == home.rstrip("/")
        assert load_unfollowed_class_blogs(db.session(), made) == ["http://dunmore.example/"]
        assert db.session.query(Blog).count() == 1
