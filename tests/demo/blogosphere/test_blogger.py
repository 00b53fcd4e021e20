"""The invented Blogger against what the notes on feeds say of the real one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import feedparser
import pytest

from tracker.demo.blogosphere.addresses import answer, comment_url
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.events import BlogChange
from tracker.demo.blogosphere.http_texts import Request, Response

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
NOW = START + timedelta(days=20)
TOMBSTONE = "This comment has been removed by the author."


def make_blog(comments: int = 60) -> DemoBlog:
    """Two posts with half of the comments each, an hour apart."""
    blog = DemoBlog(
        "teachingoutloud.localhost",
        Serves.BLOGGER,
        "Teaching <Out> Loud",
        "Odd Ness",
        number=77,
        owner_profile="0123",
        port=8080,
    )
    blog.posts = [
        DemoPost(n, f"post-{n}", f"Post {n}", "<p>Words.</p>", START, ("reading",)) for n in (501, 502)
    ]
    blog.comments = [
        DemoComment(9000 + n, blog.posts[n % 2], f"Reader {n}", f"Remark {n}.", START + timedelta(hours=n))
        for n in range(comments)
    ]
    return blog


def ask(blog: DemoBlog, path: str, headers: dict[str, str] | None = None, **query: str) -> Response:
    asked = {name.replace("_", "-"): value for name, value in query.items()}
    return answer(blog, Request(path, asked, headers or {}), NOW)


def parse(response: Response) -> feedparser.FeedParserDict:
    return feedparser.parse(BytesIO(response.body), response_headers={"content-type": response.content_type})


def numbers(blog: DemoBlog, now: datetime = NOW, **query: str) -> list[int]:
    """The comments of the site's feed, in its order, without the 9000 that each begins with."""
    asked = {name.replace("_", "-"): value for name, value in query.items()}
    parsed = parse(answer(blog, Request("/feeds/comments/default", asked), now))
    return [int(entry.id.rpartition("-")[2]) - 9000 for entry in parsed.entries]


@pytest.mark.parametrize(
    ("path", "query", "entries"),
    [
        pytest.param("/feeds/comments/default", {}, 25, id="comments"),
        pytest.param("/feeds/comments/default", {"max_results": "500"}, 60, id="comments, all of them"),
        pytest.param("/feeds/comments/default", {"start_index": "51"}, 10, id="comments, last page"),
        pytest.param("/feeds/comments/default", {"start_index": "90"}, 0, id="comments, past the end"),
        pytest.param("/feeds/comments/full", {"alt": "rss"}, 25, id="comments rss"),
        pytest.param("/feeds/comments/summary", {}, 25, id="comments in short"),
        pytest.param("/feeds/501/comments/default", {"max_results": "100"}, 30, id="one post's comments"),
        pytest.param("/feeds/posts/default", {}, 2, id="posts"),
        pytest.param("/feeds/posts/default", {"alt": "rss"}, 2, id="posts rss"),
        pytest.param("/feeds/posts/default/-/reading", {}, 2, id="posts by label"),
        pytest.param("/feeds/posts/default/-/other", {}, 0, id="posts by a label nobody used"),
    ],
)
def test_every_feed_is_well_formed_and_shows_what_was_asked(
    path: str, query: dict[str, str], entries: int
) -> None:
    parsed = parse(ask(make_blog(), path, **query))
    assert (bool(parsed.bozo), len(parsed.entries)) == (False, entries)


def test_asking_for_too_much_is_cut_to_a_hundred() -> None:
    assert len(parse(ask(make_blog(130), "/feeds/comments/default", max_results="500")).entries) == 100


def test_following_next_reaches_every_comment_once() -> None:
    blog, query, seen = make_blog(), {"max_results": "25"}, []
    while True:
        parsed = parse(answer(blog, Request("/feeds/comments/default", query), NOW))
        seen += [entry.id for entry in parsed.entries]
        links = [link.href for link in parsed.feed.links if link.rel == "next"]
        if not links:
            break
        query = dict(part.split("=") for part in links[0].partition("?")[2].split("&"))
    assert len(seen) == len(set(seen)) == 60
    assert parsed.feed.opensearch_totalresults == "60"


def test_feed_begins_with_the_newest_and_posts_count_their_comments() -> None:
    blog = make_blog()
    assert numbers(blog, max_results="3") == [59, 58, 57]
    posts = ask(blog, "/feeds/posts/default").body.decode()
    assert re.findall(r"<thr:total>(\d+)</thr:total>", posts) == ["30", "30"]


def test_published_min_and_max_bound_the_listing() -> None:
    low, high = ((START + timedelta(hours=hours)).isoformat() for hours in (10, 20))
    found = numbers(make_blog(), published_min=low, published_max=high, max_results="100")
    assert found == list(range(19, 9, -1))


def test_comment_names_its_post_its_number_and_its_writers_profile() -> None:
    blog = make_blog(1)
    blog.comments[0].profile = "0042"
    entry = parse(ask(blog, "/feeds/comments/default")).entries[0]
    assert entry.id == "tag:blogger.com,1999:blog-77.post-9000"
    assert entry.link == comment_url(blog, blog.comments[0])
    assert entry.link.endswith("?showComment=1790856000000#c9000")
    assert entry["thr_in-reply-to"]["ref"] == "tag:blogger.com,1999:blog-77.post-501"
    assert entry.author_detail.href == "https://www.blogger.com/profile/0042"


def test_removed_comment_leaves_a_tombstone_with_author_and_date_or_vanishes() -> None:
    blog = make_blog(2)
    for comment, text in zip(blog.comments, (TOMBSTONE, ""), strict=True):
        comment.record(NOW, BlogChange.REMOVED, text)
    entries = parse(ask(blog, "/feeds/comments/default")).entries
    assert [(e.author_detail.name, e.content[0].value) for e in entries] == [("Reader 0", TOMBSTONE)]
    assert numbers(blog, NOW - timedelta(hours=1)) == [1, 0]


def test_comment_approved_late_comes_with_its_old_date() -> None:
    blog = make_blog(3)
    blog.comments[0].held = True
    blog.comments[0].record(NOW, BlogChange.APPROVED)
    assert numbers(blog, NOW - timedelta(hours=1)) == [2, 1]
    assert numbers(blog) == [2, 1, 0]


def test_held_comment_that_is_removed_leaves_nothing() -> None:
    blog = make_blog(1)
    blog.comments[0].held = True
    blog.comments[0].record(NOW, BlogChange.REMOVED, TOMBSTONE)
    assert numbers(blog) == []


def test_page_carries_the_comments_under_the_feeds_numbers() -> None:
    blog = make_blog(4)
    html = ask(blog, "/2026/10/post-501.html").body.decode()
    assert 'id="c9000"' in html
    assert 'id="c9001"' not in html
    assert "feeds/501/comments/default" in html
    assert "feeds/comments/default" not in html.replace("feeds/501/comments/default", "")


def test_unchanged_feed_is_not_sent_again() -> None:
    blog = make_blog()
    etag = ask(blog, "/feeds/comments/default").headers["ETag"]
    assert ask(blog, "/feeds/comments/default", {"if-none-match": etag}).status == 304
    blog.comments[3].html = "Edited."
    assert ask(blog, "/feeds/comments/default", {"if-none-match": etag}, max_results="100").status == 200


def test_mistyped_post_has_no_feed() -> None:
    assert ask(make_blog(), "/feeds/999/comments/default").status == 404
