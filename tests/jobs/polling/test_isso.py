"""A blog of files whose comments a real Isso keeps: it has a feed for each post, and none of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import field
from tests.support.field import AFTER, NIGHTS, NOW, WORDS
from tests.support.isso import Isso, find_isso, running
from tests.support.kept_comments import set_page
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow
from tracker.models import Comment, Feed, Post

PROGRAM = find_isso()
HOST = "stube.example"
EMBED = '<script data-isso="http://isso.example/" src="http://isso.example/js/embed.min.js"></script>'
EMBED += '<section id="isso-thread"></section>'
LAST_MINUTE = datetime(2026, 10, 26, 4, 30, tzinfo=UTC)
"""29 minutes before the due instant in Chicago; in Berlin it is 5:30 in the morning."""

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Isso is not installed (CONTRIBUTING.md)")


@pytest.fixture
def isso(tmp_path: Path) -> Iterator[Isso]:
    assert PROGRAM is not None
    with running(PROGRAM, tmp_path, HOST, "Europe/Berlin") as one:
        yield one


def serve(server: field.BlogServer) -> None:
    posts = [
        field.item(title, f"http://{HOST}/{slug}/", "Frau Calder", f"http://{HOST}/{slug}/", "<p>So.</p>")
        for slug, title in (("murmelbahn", "Murmelbahn"), ("brücke", "Die Brücke"))
    ]
    feed = field.rss("Stube", f"http://{HOST}/", *posts, gen="Hugo")
    server.set("/index.xml", feed, headers=field.RSS, host=HOST)
    set_page(server, HOST, "/", '<link rel=alternate type="application/rss+xml" href="/index.xml">', "Stube")
    set_page(server, HOST, "/murmelbahn/", EMBED)
    set_page(server, HOST, "/br%C3%BCcke/", EMBED)


def test_comments_of_the_newest_posts_are_read_and_others_cannot_be_seen(isso: Isso) -> None:
    with field.world({"isso.example": isso.address}) as (server, tools):
        serve(server)
        isso.write("/brücke/", "Jost", f"Auch gut. {WORDS}", NOW)
        course_id = field.course()
        report = follow(course_id, f"http://{HOST}/", now=NOW, tools=tools)
        field.give(course_id, HOST, "J1", "J2")
        field.look(tools, *NIGHTS[:-1])
        isso.write("/murmelbahn/", "Brielle Okafor", f"Schön. {WORDS}", LAST_MINUTE)
        field.look(tools, AFTER)
        feeds = db.session.scalars(select(Feed.url).where(Feed.kind == "post-comments")).all()
        rows = db.session.execute(
            select(Comment.author, Post.title, Comment.posted_at).join(Post, Post.id == Comment.post_id)
        ).all()
        met, unseen = field.state(course_id, "J1"), field.state(course_id, "J2")
    assert report.note.startswith("Its comments are kept by Isso, which has feeds of single posts only.")
    assert set(feeds) == {
        "http://isso.example/feed?uri=/murmelbahn/&limit=100",
        "http://isso.example/feed?uri=/br%C3%BCcke/&limit=100",
    }
    assert {(author, title, at) for author, title, at in rows} == {
        ("Brielle Okafor", "Murmelbahn", LAST_MINUTE),
        ("Jost", "Die Brücke", NOW),
    }, "on the right post, at the true time"
    assert met[0] == "met"
    assert (unseen[0], "Isso" in unseen[1]) == ("cannot_see", True)
