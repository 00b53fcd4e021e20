"""The invented WordPress against what the notes on feeds say of the real one."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import feedparser
import pytest

from tests.support.s0 import make_s0_blog
from tracker.demo.blogosphere.addresses import answer, comment_url, post_url
from tracker.demo.blogosphere.blogs import (
    Atom,
    DemoBlog,
    DemoComment,
    DemoPost,
    Permalinks,
    Rest,
    Serves,
    Theme,
)
from tracker.demo.blogosphere.events import BlogChange
from tracker.demo.blogosphere.http_texts import Request, Response
from tracker.demo.blogosphere.wordpress_feeds import OWNERS_SLIP

HOUR = timedelta(hours=1)
NOON = datetime(2026, 10, 20, 17, tzinfo=UTC)
"""The instant of the newest comment, in Chicago."""
BY_NUMBER = {"permalinks": Permalinks.DEFAULT}
MAPS, CLAY, RAIN, ABOUT = range(4)


def make_blog(**settings: object) -> DemoBlog:
    """Three posts and a static page; 25 comments an hour apart until NOON, 14 of them on one post."""
    blog = DemoBlog("chalk.example", Serves.WORDPRESS, "Chalk", "Dara Quill")
    for name, value in settings.items():
        setattr(blog, name, value)
    for number, day, title in ((10, 1, "Maps & me"), (20, 8, "Clay"), (30, 15, "Rain"), (7, 2, "About")):
        at = datetime(2026, 10, day, 14, tzinfo=UTC)
        slug = title.split()[0].lower()
        blog.posts.append(DemoPost(number, slug, title, "<p>Words.</p>", at, is_page=title == "About"))
    for n, place in enumerate([MAPS] * 3 + [CLAY] * 7 + [RAIN] * 14 + [ABOUT]):
        say(blog, 501 + n, NOON - (24 - n) * HOUR, place)
    return blog


def say(
    blog: DemoBlog, number: int, at: datetime, place: int = MAPS, html: str = "", **values: object
) -> DemoComment:
    """Put a comment on one of the posts."""
    html = html or f"<p>Remark {number}.</p>"
    comment = DemoComment(number, blog.posts[place], f"Reader {number}", html, at)
    for name, value in values.items():
        setattr(comment, name, value)
    blog.comments.append(comment)
    return comment


def comment_of(blog: DemoBlog, number: int) -> DemoComment:
    return next(comment for comment in blog.comments if comment.number == number)


def ask(blog: DemoBlog, address: str, now: datetime = NOON, **headers: str) -> Response:
    """GET; header names are given with underscores."""
    path, _, query = address.partition("?")
    pairs = dict(pair.partition("=")[::2] for pair in query.split("&") if pair)
    return answer(blog, Request(path, pairs, {k.replace("_", "-"): v for k, v in headers.items()}), now)


def numbers(response: Response) -> list[int]:
    """The comments of a feed or page, in its order."""
    text = response.body.decode()
    if response.content_type.startswith("application/json"):
        return [row["id"] for row in json.loads(text)]
    if "<li id=" in text:
        return [int(n) for n in re.findall(r'<li id="comment-(\d+)"', text)]
    return [int(n) for n in re.findall(r"(?:<guid[^>]*>|<id>)[^<]*#comment-(\d+)<", text)]


def newest(first: int, last: int) -> list[int]:
    return list(range(first, last - 1, -1))


PAGED = {"page_size": 5}


@pytest.mark.parametrize(
    ("address", "settings", "status", "shown"),
    [
        pytest.param("/comments/feed/", {}, 200, newest(525, 516), id="site feed has the newest ten"),
        pytest.param("/comments/feed/atom/", {}, 200, newest(525, 516), id="so it has as Atom"),
        pytest.param("/?feed=comments-atom", {}, 200, newest(525, 516), id="and by a query"),
        pytest.param("/comments/feed/", {"window": 20}, 200, newest(525, 506), id="a site may raise it"),
        pytest.param("/comments/feed/?paged=2", {}, 404, [], id="it does not page"),
        pytest.param("/2026/10/15/rain/feed/", {}, 200, newest(524, 515), id="a post's feed, its newest ten"),
        pytest.param("/2026/10/15/rain/feed/?paged=2", {}, 200, newest(524, 515), id="the same ten again"),
        pytest.param("/2026/10/15/rain/feed/atom/", {}, 200, newest(524, 515), id="a post's feed as Atom"),
        pytest.param("/about/feed/", {}, 200, [525], id="a static page has a feed of its own"),
        pytest.param("/nope/feed/", {}, 200, [], id="an unknown slug has an empty feed"),
        pytest.param("/nope/", {}, 404, [], id="but no page"),
        pytest.param("/comments/feed/atom/", {"atom": Atom.MISSING}, 404, [], id="Atom may be missing"),
        pytest.param("/?feed=comments-rss2", BY_NUMBER, 200, newest(525, 516), id="default permalinks"),
        pytest.param("/?feed=rss2&p=20", BY_NUMBER, 200, newest(510, 504), id="a post's feed by number"),
        pytest.param("/comments/feed/", BY_NUMBER, 200, [], id="the pretty form gives a page there"),
        pytest.param("/2026/10/15/rain/", {}, 200, list(range(511, 525)), id="the page has all"),
        pytest.param(
            "/2026/10/15/rain/", {"theme": Theme.BLOCK}, 200, list(range(511, 525)), id="of a block theme too"
        ),
        pytest.param("/2026/10/15/rain/", PAGED, 200, [521, 522, 523, 524], id="or its last page"),
        pytest.param(
            "/2026/10/15/rain/comment-page-1/", PAGED, 200, [511, 512, 513, 514, 515], id="the first page"
        ),
        pytest.param("/2026/10/15/rain/comment-page-4/", PAGED, 404, [], id="no page past the last"),
        pytest.param(
            "/?p=30&cpage=2", {**PAGED, **BY_NUMBER}, 200, [516, 517, 518, 519, 520], id="pages by number"
        ),
        pytest.param("/2026/10/15/rain/", {"pages_show_comments": False}, 200, [], id="a script draws them"),
        pytest.param("/wp-json/wp/v2/comments", {}, 200, newest(525, 516), id="REST gives ten unless asked"),
        pytest.param("/wp-json/wp/v2/comments?per_page=100", {}, 200, newest(525, 501), id="or up to 100"),
        pytest.param("/wp-json/wp/v2/comments?per_page=10&page=3", {}, 200, newest(505, 501), id="in pages"),
        pytest.param("/wp-json/wp/v2/comments?page=9", {}, 200, [], id="past the end an empty list"),
        pytest.param("/wp-json/wp/v2/comments?post=10&order=asc", {}, 200, [501, 502, 503], id="of a post"),
        pytest.param(
            "/wp-json/wp/v2/comments?after=2026-10-20T15:00:00Z", {}, 200, [525, 524], id="after, in UTC"
        ),
        pytest.param(
            "/wp-json/wp/v2/comments?after=2026-10-20T10:00:00", {}, 200, [525, 524], id="after, blog's clock"
        ),
        pytest.param(
            "/wp-json/wp/v2/comments?before=2026-10-19T19:00:00Z", {}, 200, [502, 501], id="before, in UTC"
        ),
        pytest.param(
            "/?rest_route=/wp/v2/comments&per_page=3", BY_NUMBER, 200, newest(525, 523), id="REST by number"
        ),
        pytest.param("/wp-json/wp/v2/posts", {}, 200, [30, 20, 10], id="posts by REST, without static pages"),
    ],
)
def test_address_shows_these_comments(
    address: str, settings: dict[str, object], status: int, shown: list[int]
) -> None:
    response = ask(make_blog(**settings), address)
    assert (response.status, numbers(response) if shown else []) == (status, shown)


@pytest.mark.parametrize(
    ("address", "settings", "status", "word"),
    [
        pytest.param("/wp-json/wp/v2/comments?per_page=101", {}, 400, "rest_invalid_param", id="over 100"),
        pytest.param(
            "/wp-json/wp/v2/comments?type=pingback", {}, 401, "rest_forbidden_param", id="pingbacks"
        ),
        pytest.param("/wp-json/wp/v2/comments/999", {}, 404, "rest_comment_invalid_id", id="never was"),
        pytest.param("/wp-json/wp/v2/comments/540", {}, 401, "rest_cannot_read", id="held"),
        pytest.param("/wp-json/wp/v2/comments/501", {}, 200, '"id": 501', id="public"),
        pytest.param("/wp-json/wp/v2/nothing", {}, 404, "rest_no_route", id="no such route"),
        pytest.param(
            "/wp-json/wp/v2/comments", {"rest": Rest.FORBIDDEN}, 401, "rest_not_logged", id="forbidden"
        ),
        pytest.param("/wp-json/wp/v2/comments", {"rest": Rest.NO_ROUTE}, 404, "rest_no_route", id="no route"),
        pytest.param("/comments/feed/?paged=2", {}, 404, "<rss", id="404 with an RSS body"),
        pytest.param("/feed/?paged=2", {}, 404, "<rss", id="posts past the end"),
        pytest.param("/nope/feed/", {}, 200, "<title>Comments on: </title>", id="unknown slug"),
        pytest.param("/feed/", {}, 200, "<slash:comments>14</slash:comments>", id="counts in the posts feed"),
        pytest.param(
            "/feed/", {}, 200, "<wfw:commentRss>http://chalk.example/2026/10/15/rain/feed/<", id="feeds"
        ),
        pytest.param("/feed/atom/", {}, 200, 'thr:count="14"', id="counts in Atom"),
        pytest.param("/comments/feed/", PAGED, 200, "rain/comment-page-3/#comment-524<", id="link"),
        pytest.param(
            "/?feed=comments-rss2",
            {**PAGED, **BY_NUMBER},
            200,
            "?p=30&#038;cpage=3#comment-524<",
            id="link by number",
        ),
        pytest.param("/comments/feed/", PAGED, 200, "example/?p=30#comment-524</guid>", id="guid"),
        pytest.param("/2026/10/15/rain/", {}, 200, 'rel="https://api.w.org/"', id="page names REST"),
        pytest.param("/2026/10/15/rain/", {}, 200, "/2026/10/15/rain/feed/", id="page names its feed"),
    ],
)
def test_address_answers_with_these_words(
    address: str, settings: dict[str, object], status: int, word: str
) -> None:
    blog = make_blog(**settings)
    say(blog, 540, NOON - HOUR, held=True)
    response = ask(blog, address)
    assert response.status == status
    assert word in response.body.decode()


@pytest.mark.parametrize("address", ["/2026/10/15/rain?x=1", "/?p=30", "/rain/"])
def test_other_addresses_of_a_post_redirect_to_it(address: str) -> None:
    blog = make_blog()
    response = ask(blog, address)
    assert response.status == 301
    assert response.headers["Location"].partition("?")[0] == post_url(blog, blog.posts[RAIN])


@pytest.mark.parametrize("path", ["/comments/feed/", "/comments/feed/atom/", "/feed/", "/feed/atom/"])
def test_every_feed_is_well_formed(path: str) -> None:
    assert not feedparser.parse(BytesIO(ask(make_blog(), path).body)).bozo


def test_rest_counts_in_its_headers_what_it_may_show() -> None:
    blog = make_blog()
    say(blog, 560, NOON, html="[&#8230;] see there [&#8230;]", kind="pingback")
    response = ask(blog, "/wp-json/wp/v2/comments?per_page=10")
    assert response.headers == {"X-WP-Total": "25", "X-WP-TotalPages": "3"}
    assert numbers(ask(blog, "/comments/feed/"))[0] == 560
    assert b'class="pingback' in ask(blog, "/2026/10/01/maps/").body


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("kind", ["comment", "pingback"])
def test_page_shows_replies_below_what_they_answer(theme: Theme, kind: str) -> None:
    blog = make_blog(theme=theme)
    parent = say(blog, 541, NOON - 30 * HOUR, kind=kind)
    say(blog, 542, NOON, parent=parent)
    assert numbers(ask(blog, "/2026/10/01/maps/")) == [541, 542, 501, 502, 503]


def test_rss_hides_the_author_link_and_atom_tells_it() -> None:
    blog = make_blog()
    newest_one = say(blog, 541, NOON, author_url="http://reader.example/")
    rss, atom = (
        feedparser.parse(BytesIO(ask(blog, path).body)).entries[0]
        for path in ("/comments/feed/", "/comments/feed/atom/")
    )
    assert "href" not in rss.author_detail
    assert atom.author_detail.href == "http://reader.example/"
    assert rss.id == atom.id == "http://chalk.example/?p=10#comment-541"
    assert rss.link == comment_url(blog, newest_one)


def test_late_approval_comes_in_the_middle_or_not_at_all() -> None:
    blog = make_blog()
    near = say(blog, 541, NOON - 3 * HOUR - timedelta(minutes=1), held=True)
    far = say(blog, 542, NOON - 20 * HOUR, CLAY, held=True)
    for comment in (near, far):
        comment.record(NOON + HOUR, BlogChange.APPROVED)
    assert numbers(ask(blog, "/comments/feed/")) == newest(525, 516)
    later = [525, 524, 523, 522, 541, 521, 520, 519, 518, 517]
    assert numbers(ask(blog, "/comments/feed/", NOON + HOUR)) == later
    assert 542 in numbers(ask(blog, "/2026/10/08/clay/feed/", NOON + HOUR))


def _edit(blog: DemoBlog) -> None:
    comment_of(blog, 525).record(NOON + HOUR, BlogChange.EDITED, "<p>Other words.</p>")


def _trash(blog: DemoBlog) -> None:
    comment_of(blog, 520).record(NOON + HOUR, BlogChange.REMOVED)


def _restore(blog: DemoBlog) -> None:
    comment_of(blog, 520).record(NOON - HOUR, BlogChange.REMOVED)
    comment_of(blog, 520).record(NOON + HOUR, BlogChange.RESTORED)


def _approve(blog: DemoBlog) -> None:
    say(blog, 541, NOON - HOUR / 2, held=True).record(NOON + HOUR, BlogChange.APPROVED)


@pytest.mark.parametrize("change", [_edit, _trash, _restore, _approve])
def test_304_comes_although_the_feed_has_changed(change: Callable[[DemoBlog], None]) -> None:
    blog = make_blog()
    change(blog)
    before = ask(blog, "/comments/feed/")
    sent = {"if_none_match": before.headers["ETag"], "if_modified_since": before.headers["Last-Modified"]}
    assert ask(blog, "/comments/feed/", NOON + HOUR, **sent).status == 304
    assert ask(blog, "/comments/feed/", NOON + HOUR).body != before.body


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
    names = {"ETag": "if_none_match", "Last-Modified": "if_modified_since"}
    first = ask(make_blog(), "/comments/feed/")
    again = ask(make_blog(), "/comments/feed/", **{names[name]: first.headers[name] for name in sent})
    assert again.status == status


def test_with_both_validators_both_must_fit() -> None:
    modified = ask(make_blog(), "/comments/feed/").headers["Last-Modified"]
    sent = {"if_none_match": 'W/"other"', "if_modified_since": modified}
    assert ask(make_blog(), "/comments/feed/", **sent).status == 200


def test_validators_follow_the_whole_site_and_posts_feeds_keep_their_own() -> None:
    blog = make_blog()
    say(blog, 541, NOON + HOUR)

    def status(address: str) -> int:
        headers = ask(blog, address).headers
        sent = {"if_none_match": headers["ETag"], "if_modified_since": headers["Last-Modified"]}
        return ask(blog, address, NOON + HOUR, **sent).status

    assert status("/comments/feed/") == 200
    assert status("/2026/10/08/clay/feed/") == 200, "nothing changed on this post"
    assert status("/feed/") == 304, "though it counts one more"
    assert ask(blog, "/feed/").body != ask(blog, "/feed/", NOON + HOUR).body


def test_blog_without_anything_says_it_changed_just_now() -> None:
    response = ask(DemoBlog("chalk.example", Serves.WORDPRESS, "Chalk", "Dara Quill"), "/comments/feed/")
    assert "17:00:00 GMT" in response.headers["Last-Modified"]
    assert b"<lastBuildDate></lastBuildDate>" in response.body


def _slip(blog: DemoBlog) -> None:
    say(blog, 541, NOON, html=f"<p>See there.</p>{OWNERS_SLIP}", by_owner=True)


def _reply(blog: DemoBlog) -> None:
    say(blog, 541, NOON, parent=comment_of(blog, 501))


NUMBERED_PAGES = {**BY_NUMBER, "page_size": 2}


@pytest.mark.parametrize(
    ("change", "address", "settings"),
    [
        pytest.param(_slip, "/comments/feed/", {}, id="raw ]]> in RSS"),
        pytest.param(_slip, "/comments/feed/atom/", {}, id="raw ]]> in Atom"),
        pytest.param(_reply, "/?feed=comments-atom", NUMBERED_PAGES, id="bare & in an Atom reply"),
    ],
)
def test_feed_is_not_well_formed_and_a_lenient_parser_keeps_every_entry(
    change: Callable[[DemoBlog], None], address: str, settings: dict[str, object]
) -> None:
    blog = make_blog(**settings)
    ET.fromstring(ask(blog, address).body)  # noqa: S314 - written by ourselves
    change(blog)
    broken = ask(blog, address).body
    with pytest.raises(ET.ParseError):
        ET.fromstring(broken)  # noqa: S314
    assert len(feedparser.parse(BytesIO(broken)).entries) == 10


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        pytest.param("/?feed=comments-atom", BY_NUMBER, id="not paged"),
        pytest.param("/comments/feed/atom/", {"page_size": 2}, id="pretty"),
        pytest.param("/?feed=comments-rss2", NUMBERED_PAGES, id="RSS"),
    ],
)
def test_bare_ampersand_needs_atom_default_permalinks_and_pages(
    address: str, settings: dict[str, object]
) -> None:
    blog = make_blog(**settings)
    _reply(blog)
    ET.fromstring(ask(blog, address).body)  # noqa: S314


def test_atom_may_stand_behind_a_plugins_warning_and_break_off() -> None:
    body = ask(make_blog(atom=Atom.BROKEN), "/comments/feed/atom/").body
    assert body.startswith(b"<br />")
    assert not body.rstrip().endswith(b"</feed>")


def test_renamed_post_keeps_its_guid_and_its_old_feed_falls_silent() -> None:
    blog = make_blog()
    blog.posts[RAIN].record(NOON, BlogChange.RENAMED, "storm")
    renamed = {"Location": "http://chalk.example/2026/10/15/storm/"}
    assert ask(blog, "/2026/10/15/rain/").headers == renamed
    old = ask(blog, "/2026/10/15/rain/feed/")
    assert (old.status, numbers(old)) == (200, [])
    new = ask(blog, "/2026/10/15/storm/feed/").body.decode()
    assert "/2026/10/15/storm/#comment-524<" in new
    assert "chalk.example/?p=30#comment-524</guid>" in new


def test_link_of_a_comment_moves_to_another_page_as_pages_shift() -> None:
    blog = make_blog(page_size=5)
    for number in range(511, 516):
        comment_of(blog, number).record(NOON + HOUR, BlogChange.REMOVED)
    assert "/comment-page-3/#comment-524" in ask(blog, "/comments/feed/").body.decode()
    assert "/comment-page-2/#comment-524" in ask(blog, "/comments/feed/", NOON + HOUR).body.decode()


def test_edit_changes_the_text_and_nothing_else() -> None:
    s0 = make_s0_blog()
    s0.comments[2].record(NOON, BlogChange.EDITED, "<p>Shorter now.</p>")
    before, after = (
        feedparser.parse(BytesIO(ask(s0.blog, "/comments/feed/", now).body)).entries[0]
        for now in (NOON - HOUR, NOON)
    )
    assert (before.id, before.published) == (after.id, after.published)
    assert before.summary != after.summary
