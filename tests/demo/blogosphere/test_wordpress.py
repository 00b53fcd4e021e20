from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from tests.support.s0 import make_s0_blog
from tracker.demo.blogosphere.addresses import answer, comment_url, post_url
from tracker.demo.blogosphere.blogs import Blog, Comment, Permalinks, Post, Serves, Theme
from tracker.demo.blogosphere.http_texts import Request, Response

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
NOW = START + timedelta(days=20)


def make_blog(comments: int = 14, **settings: object) -> Blog:
    blog = Blog("roomfourteen.localhost", Serves.WORDPRESS, "Room Fourteen", "Ana Quist", port=8080)
    for name, value in settings.items():
        setattr(blog, name, value)
    blog.posts = [
        Post(n, f"post-{n}", f"Post {n} & more", "<p>Words.</p>", START + timedelta(hours=n)) for n in (1, 2)
    ]
    blog.comments = [
        Comment(
            n, blog.posts[n % 2], f"Reader {n}", f"<p>Remark {n}.</p>", START + timedelta(days=1, hours=n)
        )
        for n in range(1, comments + 1)
    ]
    return blog


def ask(
    blog: Blog, path: str, now: datetime = NOW, headers: dict[str, str] | None = None, **query: str
) -> Response:
    return answer(blog, Request(path, query, headers or {}), now)


def parse(response: Response) -> feedparser.FeedParserDict:
    return feedparser.parse(
        io.BytesIO(response.body), response_headers={"content-type": response.content_type}
    )


@pytest.mark.parametrize(
    ("path", "query", "entries"),
    [
        pytest.param("/comments/feed/", {}, 10, id="site rss"),
        pytest.param("/comments/feed/atom/", {}, 10, id="site atom"),
        pytest.param("/", {"feed": "comments-rss2"}, 10, id="site rss by query"),
        pytest.param("/", {"feed": "comments-atom"}, 10, id="site atom by query"),
        pytest.param("/", {"feed": "rss2", "p": "1"}, 7, id="post rss by query"),
        pytest.param("/2026/10/01/post-1/feed/", {}, 7, id="post rss"),
        pytest.param("/2026/10/01/post-1/feed/atom/", {}, 7, id="post atom"),
        pytest.param("/feed/", {}, 2, id="posts rss"),
        pytest.param("/feed/atom/", {}, 2, id="posts atom"),
        pytest.param("/nope/feed/", {}, 0, id="a mistyped post looks like one without comments"),
    ],
)
def test_every_feed_is_well_formed_and_shows_its_window(
    path: str, query: dict[str, str], entries: int
) -> None:
    parsed = parse(ask(make_blog(), path, **query))
    assert (parsed.bozo, len(parsed.entries)) == (False, entries)


def test_site_feed_has_no_second_page() -> None:
    response = ask(make_blog(), "/comments/feed/", paged="2")
    assert (response.status, parse(response).entries) == (404, [])


def test_window_may_be_raised() -> None:
    assert len(parse(ask(make_blog(window=12), "/comments/feed/")).entries) == 12


def test_rss_hides_the_author_link_and_atom_tells_it() -> None:
    blog = make_blog(1)
    blog.comments[0].author_url = "http://reader.example/"
    rss = parse(ask(blog, "/comments/feed/")).entries[0]
    atom = parse(ask(blog, "/comments/feed/atom/")).entries[0]
    assert "href" not in rss.author_detail
    assert atom.author_detail.href == "http://reader.example/"
    assert rss.id == atom.id == "http://roomfourteen.localhost:8080/?p=2#comment-1"
    assert rss.link == comment_url(blog, blog.comments[0])


def test_comment_approved_late_comes_in_the_middle_with_its_old_date() -> None:
    blog = make_blog(5)
    blog.comments[2].held = True
    blog.comments[2].approved_at = NOW
    before = [e.author for e in parse(ask(blog, "/comments/feed/", NOW - timedelta(minutes=1))).entries]
    after = [e.author for e in parse(ask(blog, "/comments/feed/")).entries]
    assert before == ["Reader 5", "Reader 4", "Reader 2", "Reader 1"]
    assert after == ["Reader 5", "Reader 4", "Reader 3", "Reader 2", "Reader 1"]


def test_late_approval_hides_behind_a_304() -> None:
    blog = make_blog(5)
    blog.comments[2].held = True
    blog.comments[2].approved_at = NOW
    seen = ask(blog, "/comments/feed/", NOW - timedelta(minutes=1)).headers
    again = ask(blog, "/comments/feed/", headers={"if-none-match": seen["ETag"]})
    assert again.status == 304


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(("ETag", "Last-Modified"), 304, id="both fit"),
        pytest.param(("ETag",), 304, id="etag alone"),
        pytest.param(("Last-Modified",), 304, id="date alone"),
        pytest.param((), 200, id="nothing sent"),
    ],
)
def test_validators_answer_not_modified(sent: tuple[str, ...], status: int) -> None:
    blog = make_blog()
    names = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}
    first = ask(blog, "/comments/feed/")
    again = ask(blog, "/comments/feed/", headers={names[name]: first.headers[name] for name in sent})
    assert again.status == status


def test_with_both_validators_both_must_fit() -> None:
    blog = make_blog()
    modified = ask(blog, "/comments/feed/").headers["Last-Modified"]
    headers = {"if-none-match": 'W/"other"', "if-modified-since": modified}
    assert ask(blog, "/comments/feed/", headers=headers).status == 200


def test_new_comment_changes_the_validators_of_every_comment_feed() -> None:
    blog = make_blog(5)
    early = blog.comments[4].posted_at - timedelta(minutes=1)
    path = "/2026/10/01/post-1/feed/"
    etag = ask(blog, path, early).headers["ETag"]
    blog.comments[4].post = blog.posts[1]
    assert ask(blog, path, headers={"if-none-match": etag}).status == 200


def test_default_permalinks_answer_the_pretty_feed_with_a_page() -> None:
    response = ask(make_blog(permalinks=Permalinks.DEFAULT), "/comments/feed/")
    assert response.status == 200
    assert response.content_type.startswith("text/html")


def test_pretty_permalinks_redirect_the_numbered_address() -> None:
    blog = make_blog()
    response = ask(blog, "/", p="1")
    assert (response.status, response.headers["Location"]) == (301, post_url(blog, blog.posts[0]))


def test_owners_slip_ends_the_cdata_early_and_keeps_every_entry() -> None:
    blog = make_blog(4, breaks_cdata=True)
    blog.comments[1].by_owner = True
    parsed = parse(ask(blog, "/comments/feed/atom/"))
    assert (bool(parsed.bozo), len(parsed.entries)) == (True, 4)


def test_bare_ampersand_breaks_atom_and_not_rss() -> None:
    blog = make_blog(4, bare_ampersand=True, permalinks=Permalinks.DEFAULT)
    blog.comments[2].parent = blog.comments[0]
    assert parse(ask(blog, "/", feed="comments-atom")).bozo
    assert not parse(ask(blog, "/", feed="comments-rss2")).bozo


def test_rest_pages_through_everything() -> None:
    blog = make_blog()
    blog.comments[3].kind = "pingback"
    pages = [
        ask(blog, "/wp-json/wp/v2/comments", per_page="5", page=str(n), order="asc") for n in (1, 2, 3, 4)
    ]
    ids = [item["id"] for response in pages for item in json.loads(response.body)]
    assert ids == [n for n in range(1, 15) if n != 4]
    assert (pages[0].headers["X-WP-Total"], pages[0].headers["X-WP-TotalPages"]) == ("13", "3")
    assert (pages[3].status, json.loads(pages[3].body)) == (200, [])


def test_rest_filters_by_post_and_by_instant() -> None:
    blog = make_blog()
    after = (START + timedelta(days=1, hours=10)).isoformat().replace("+00:00", "Z")
    response = ask(blog, "/", rest_route="/wp/v2/comments", post="1", after=after, per_page="100")
    assert [item["id"] for item in json.loads(response.body)] == [14, 12]


def test_rest_reads_an_instant_without_a_zone_as_the_blogs_own() -> None:
    blog = make_blog(3)  # posted at 13, 14, 15 UTC, which is 8, 9, 10 in Chicago
    response = ask(blog, "/wp-json/wp/v2/comments", after="2026-10-02T09:00:00")
    assert [item["id"] for item in json.loads(response.body)] == [3]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        pytest.param("/wp-json/wp/v2/comments", {"per_page": "101"}, 400, id="too many per page"),
        pytest.param("/wp-json/wp/v2/comments", {"type": "pingback"}, 401, id="pingbacks"),
        pytest.param("/wp-json/wp/v2/comments/99", {}, 404, id="never was"),
        pytest.param("/wp-json/wp/v2/comments/3", {}, 401, id="held"),
        pytest.param("/wp-json/wp/v2/comments/2", {}, 200, id="there"),
        pytest.param("/wp-json/wp/v2/nothing", {}, 404, id="no such route"),
    ],
)
def test_rest_refuses_what_strangers_may_not_ask(path: str, query: dict[str, str], status: int) -> None:
    blog = make_blog(5)
    blog.comments[2].held = True
    assert ask(blog, path, **query).status == status


@pytest.mark.parametrize("theme", list(Theme))
def test_post_page_shows_all_comments_that_the_feed_no_longer_does(theme: Theme) -> None:
    blog = make_blog(40, theme=theme)
    html = ask(blog, "/2026/10/01/post-1/").body.decode()
    assert html.count('<li id="comment-') == 20
    assert 'rel="https://api.w.org/"' in html
    assert "2026/10/01/post-1/feed/" in html


def test_edit_changes_the_text_and_nothing_else() -> None:
    s0 = make_s0_blog()
    before = parse(ask(s0.blog, "/comments/feed/")).entries[0]
    s0.comments[2].html = "<p>Shorter now.</p>"
    after = parse(ask(s0.blog, "/comments/feed/")).entries[0]
    assert (before.id, before.published) == (after.id, after.published)
    assert before.summary != after.summary
