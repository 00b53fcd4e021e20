from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import feedparser

from tracker.demo.blogosphere.addresses import answer
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.http_texts import Request

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
NOW = START + timedelta(days=9)


def make_blog(serves: Serves) -> DemoBlog:
    blog = DemoBlog("compostandchalk.localhost", serves, "Compost & Chalk", "Ulla Vik", window=20, port=8080)
    blog.posts = [DemoPost(1, "worms", "Worms", "<p>Words.</p>", START)]
    blog.comments = [
        DemoComment(n, blog.posts[0], f"Reader {n}", "<p>A & B</p>", START + timedelta(hours=n))
        for n in range(1, 31)
    ]
    return blog


def test_plain_site_has_one_feed_of_comments_with_names_only() -> None:
    parsed = feedparser.parse(
        io.BytesIO(answer(make_blog(Serves.GENERIC), Request("/comments.xml"), NOW).body)
    )
    assert (bool(parsed.bozo), len(parsed.entries)) == (False, 20)
    assert parsed.entries[0].author == "Reader 30"
    assert parsed.entries[0].link.endswith("/articles/worms.html#comment-30")


def test_site_without_a_comment_feed_shows_comments_nowhere() -> None:
    blog = make_blog(Serves.NONE)
    posts = feedparser.parse(io.BytesIO(answer(blog, Request("/index.xml"), NOW).body))
    page = answer(blog, Request("/articles/worms.html"), NOW).body.decode()
    assert answer(blog, Request("/comments.xml"), NOW).status == 404
    assert len(posts.entries) == 1
    assert "Reader" not in page
    assert "comments.xml" not in page
