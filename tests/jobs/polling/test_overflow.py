"""A blog whose feed counts nothing still shows that comments may have passed unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.field import (
    AFTER,
    NOW,
    RSS,
    WORDS,
    BlogServer,
    course,
    db,
    follow,
    give,
    item,
    look,
    rss,
    state,
    world,
)
from tracker.models import Gap

pytestmark = pytest.mark.one_database

HOST = "vale.example"
BLOG = f"http://{HOST}/"
WINDOW = 10
BEFORE = AFTER - timedelta(days=3)
PROGRAMS = ["", "https://www.serendipity.example/", "TYPO3 weblog"]


def shown(number: int) -> str:
    author = "Brielle Okafor" if number == 1 else f"Reader {number}"
    at = f"Mon, 12 Oct 2026 18:{number:02d}:00 +0000"
    return item(author, f"{BLOG}post#comment-{number}", author, f"c{number}", f"<p>{WORDS} {number}</p>", at)


def serve(server: BlogServer, first: int, last: int, program: str) -> None:
    """A home page that names both feeds; the feed of comments holds these, the newest first."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml">'
        for name in ("posts", "comments")
    )
    server.set("/", f"<html><head><title>Vale</title>{links}</head></html>", host=HOST)
    post = item("Marble runs", f"{BLOG}post", "Vale", "p1", "<p>We built.</p>")
    server.set("/posts.xml", rss("Vale", BLOG, post, gen=program), headers=RSS, host=HOST)
    comments = [shown(number) for number in range(last, first - 1, -1)]
    server.set("/comments.xml", rss("Comments", BLOG, *comments, gen=program), headers=RSS, host=HOST)


@pytest.mark.parametrize("program", PROGRAMS, ids=["no generator", "serendipity", "typo3"])
@pytest.mark.parametrize(("first", "expected"), [(12, "cannot_see"), (10, "not_found_yet")])
def test_whole_window_of_new_comments_leaves_a_gap(program: str, first: int, expected: str) -> None:
    """Of 1 to 10 seen, the next check shows 12 to 21, or 10 to 19: then nothing can have passed unseen."""
    with world() as (server, tools):
        serve(server, 1, WINDOW, program)
        made = course()
        follow(made, BLOG, now=NOW, tools=tools)
        give(made, HOST, "J1", "J2")
        look(tools, BEFORE)
        serve(server, first, first + WINDOW - 1, program)
        look(tools, AFTER)
        assert state(made, "J1")[0] == "met"
        assert state(made, "J2")[0] == expected
        assert db.session.query(Gap).count() == (1 if expected == "cannot_see" else 0)
