"""Whole checks of feeds, over real HTTP, under the addresses the documents claim."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.feeds.sample_documents import HOME, POST, atom, item, load, rss
from tests.support.blog_server import BlogServer
from tracker.domain.errors import FetchErrorClass
from tracker.domain.feed import Document, FeedKind, FetchResult, Platform, PollOutcome, Source, Validators
from tracker.domain.known import Known, KnownPost
from tracker.feeds.allowed_hosts import Home
from tracker.feeds.client.fetch import Fetcher, FetchLimits
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.identity import keys_in
from tracker.feeds.poll_feed import poll_feed
from tracker.feeds.poll_target import Missed, PollResult, PollTarget

ATOM, RSS = "/comments/feed/atom/", "/comments/feed/"
REST = "/wp-json/wp/v2/comments?per_page=100&page={page}"
BLOGGER = "http://tomsroom.blogspot.example/"
DATED = {"ETag": '"1"', "Last-Modified": "Mon, 05 Oct 2026 10:00:00 GMT"}


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


def parse(result: FetchResult, expect: FeedKind) -> Document:
    return parse_document(result.body, result.headers, result.final_url, expect)


def check(server: BlogServer, **changes: Any) -> PollResult:
    values: dict[str, Any] = {
        "feed_id": 1,
        "kind": FeedKind.COMMENTS,
        "url": HOME + ATOM[1:],
        "platform": Platform.WORDPRESS,
        "home_url": HOME,
        "rest_url": "",
    }
    keys = changes.pop("known_keys", None)
    if keys is not None:
        held = changes.pop("held", len(keys))
        changes["recall"] = lambda: Known(keys=keys, overlap=keys, held=held)
    limits = FetchLimits(allow_private=("127.0.0.0/8",), total_timeout_s=3)
    with Fetcher(limits, server.resolve) as fetcher:
        return poll_feed(PollTarget(**(values | changes)), fetcher.fetch, parse)


def numbers(documents: Sequence[Document]) -> set[int]:
    return {int(entry.native_number) for document in documents for entry in document.entries}


def known(*wanted: int) -> frozenset[str]:
    return frozenset(f"number:{number}" for number in wanted)


def rest(wanted: Sequence[int]) -> str:
    return json.dumps(
        [
            {
                "id": n,
                "post": 882,
                "author_name": "Ada Lund",
                "author_url": "http://adalund.example/",
                "date_gmt": f"2026-10-05T10:{n % 60:02d}:00",
                "content": {"rendered": f"<p>words of {n}</p>"},
                "link": f"{POST}#comment-{n}",
            }
            for n in wanted
        ]
    )


def test_first_check_brings_the_comments_and_what_to_ask_with_next_time(server: BlogServer) -> None:
    server.set(ATOM, atom([2, 1]), headers=DATED)
    seen = check(server)
    assert (seen.outcome, numbers(seen.documents), seen.missed) == (PollOutcome.OK, {1, 2}, None)
    assert seen.validators == Validators(DATED["ETag"], DATED["Last-Modified"])
    assert len(seen.body_hash) == 64
    assert not seen.window_full
    assert server.paths() == [ATOM]


def test_unchanged_feed_is_healthy_and_keeps_what_it_is_known_by(server: BlogServer) -> None:
    server.set(ATOM, atom([2, 1]), headers=DATED)
    before = check(server)
    after = check(
        server, conditional=True, validators=before.validators, body_hash=before.body_hash, first=False
    )
    assert (after.outcome, after.documents, after.conditional) == (PollOutcome.NOT_MODIFIED, (), True)
    assert (after.validators, after.body_hash) == (before.validators, before.body_hash)


def test_same_body_is_not_parsed_again(server: BlogServer) -> None:
    server.set(ATOM, atom([2, 1]))
    before = check(server)
    after = check(server, body_hash=before.body_hash, first=False)
    assert (after.outcome, after.documents, after.conditional) == (PollOutcome.OK, (), False)


def test_whole_check_asks_without_validators(server: BlogServer) -> None:
    server.set(ATOM, atom([2, 1]), headers=DATED)
    assert check(server, validators=Validators('"1"'), conditional=False).documents
    assert "if-none-match" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        pytest.param(410, PollOutcome.GONE, id="gone"),
        pytest.param(403, PollOutcome.ERROR, id="refused"),
        pytest.param(500, PollOutcome.ERROR, id="broken"),
    ],
)
def test_trouble_is_an_outcome(server: BlogServer, status: int, outcome: PollOutcome) -> None:
    server.set(ATOM, status=status)
    seen = check(server)
    assert (seen.outcome, seen.http_status, seen.documents) == (outcome, status, ())
    assert seen.error is not None
    assert str(seen.error).endswith(".")


def test_rss_is_read_where_atom_is_not_there(server: BlogServer) -> None:
    server.set(RSS, rss([item(2), item(1)]), headers=DATED)
    server.set(REST.format(page=1), rest([2, 1]))
    seen = check(server, rest_url=None)
    assert (seen.outcome, [d.source for d in seen.documents]) == (PollOutcome.OK, [Source.RSS, Source.REST])
    assert seen.rest_url == HOME + "wp-json/wp/v2/comments"
    assert seen.validators == Validators()
    assert all(entry.author_url for entry in seen.documents[1].entries)


def test_page_instead_of_a_feed_is_not_no_comments(server: BlogServer) -> None:
    server.set(ATOM, "<!DOCTYPE html><html><body>Welcome</body></html>")
    seen = check(server)
    assert seen.outcome is PollOutcome.ERROR
    assert seen.error is not None
    assert seen.error.error_class is FetchErrorClass.NOT_A_FEED


def test_posts_where_comments_were_are_refused(server: BlogServer) -> None:
    server.set(ATOM, load("educator-posts-atom.xml"))
    seen = check(server)
    assert seen.outcome is PollOutcome.ERROR
    assert "posts" in str(seen.error)


def test_broken_feed_is_mended_from_its_other_forms_and_not_believed_unchanged(server: BlogServer) -> None:
    server.set(ATOM, load("broken-cdata-end-atom.xml"), headers=DATED)
    server.set(RSS, load("educator-site-comments-rss.xml"))
    server.set(REST.format(page=1), load("educator-rest.json"))
    seen = check(server, rest_url=None)
    assert {d.source for d in seen.documents} == {Source.ATOM, Source.RSS, Source.REST}
    assert seen.documents[0].fault
    assert (seen.validators, seen.body_hash) == (Validators(), "")


def test_gap_is_closed_from_rest(server: BlogServer) -> None:
    server.set(ATOM, atom(range(40, 30, -1)))
    after = "&after=2026-09-10T02%3A15%3A00Z"
    server.set(REST.format(page=1) + after, rest(range(40, 24, -1)), headers={"X-WP-TotalPages": "2"})
    server.set(REST.format(page=2) + after, rest(range(24, 0, -1)), headers={"X-WP-TotalPages": "2"})
    seen = check(
        server,
        first=False,
        known_keys=known(19, 20),
        fully_checked_at=datetime(2026, 10, 1, 2, 15, tzinfo=UTC),
        rest_url=None,
    )
    assert (seen.window_full, seen.missed, seen.caught_up) == (True, None, "REST")
    assert numbers(seen.documents) == set(range(1, 41))


def test_gap_stays_where_nothing_reaches_back(server: BlogServer) -> None:
    server.set(ATOM, atom(range(40, 30, -1)))
    seen = check(server, first=False, known_keys=known(19, 20))
    assert (seen.outcome, seen.missed) == (PollOutcome.OK, Missed("overflow"))
    assert numbers(seen.documents) == set(range(31, 41))


def test_gap_stays_when_rest_breaks_off_on_the_way(server: BlogServer) -> None:
    server.set(ATOM, atom(range(40, 30, -1)))
    server.set(REST.format(page=1), rest(range(40, 24, -1)), headers={"X-WP-TotalPages": "2"})
    seen = check(server, first=False, known_keys=known(19, 20))
    assert seen.missed == Missed("overflow")
    assert numbers(seen.documents) == set(range(25, 41))


def test_rest_of_default_permalinks_is_found(server: BlogServer) -> None:
    server.set("/?feed=comments-atom", atom(range(40, 30, -1)))
    server.set("/?rest_route=/wp/v2/comments&per_page=100&page=1", rest(range(40, 0, -1)))
    seen = check(server, url=HOME + "?feed=comments-atom", first=False, known_keys=known(20))
    assert seen.missed is None
    assert numbers(seen.documents) == set(range(1, 41))


@pytest.mark.parametrize(
    ("shown", "first"),
    [
        pytest.param(range(40, 30, -1), True, id="first look"),
        pytest.param(range(29, 19, -1), False, id="something in common"),
        pytest.param(range(40, 36, -1), False, id="room to spare"),
    ],
)
def test_there_is_no_gap_without_reason(server: BlogServer, shown: range, first: bool) -> None:
    server.set(ATOM, atom(shown))
    assert check(server, first=first, known_keys=known(19, 20)).missed is None
    assert server.paths() == [ATOM]


def test_first_check_reads_back_to_the_start_of_the_term_when_asked(server: BlogServer) -> None:
    server.set(ATOM, atom(range(40, 30, -1)))
    server.set(REST.format(page=1) + "&after=2026-08-24T00%3A00%3A00Z", rest(range(40, 10, -1)))
    seen = check(server, since=datetime(2026, 8, 24, tzinfo=UTC), rest_url=None)
    assert numbers(seen.documents) == set(range(11, 41))


def test_pages_give_links_of_writers_where_only_rss_is_left(server: BlogServer) -> None:
    server.set(RSS, load("educator-site-comments-rss.xml"))
    server.set("/2026/09/social-media-and-us/", load("educator-post-page.html"))
    seen = check(server, url=HOME + RSS[1:])
    assert [d.source for d in seen.documents] == [Source.RSS, Source.PAGE]
    assert {entry.author_url for entry in seen.documents[1].entries} == {
        "http://marisolquade.example/",
        "https://ruthteaches.example",
    }


def test_known_comments_cost_no_page(server: BlogServer) -> None:
    server.set(RSS, load("educator-site-comments-rss.xml"))
    server.set("/2026/09/social-media-and-us/", load("educator-post-page.html"))
    seen = check(server, url=HOME + RSS[1:], first=False, known_keys=known(7480, 7481, 7483))
    assert (len(seen.documents), server.paths()) == (1, [RSS])


def test_page_that_a_receipt_names_is_read_even_when_nothing_changed(server: BlogServer) -> None:
    server.set(ATOM, atom([2, 1]))
    server.set("/2026/09/social-media-and-us/", load("educator-post-page.html"))
    before = check(server)
    after = check(server, body_hash=before.body_hash, first=False, posts_to_find=(at_post(),))
    assert [d.source for d in after.documents] == [Source.PAGE]
    assert [(one.url, one.trouble) for one in after.checked] == [(POST, "")]


def test_post_that_a_receipt_names_and_nothing_shows_says_why(server: BlogServer) -> None:
    server.set(ATOM, atom([2, 1]))
    server.set("/2026/09/social-media-and-us/", status=403)
    seen = check(server, posts_to_find=(at_post(),))
    assert seen.outcome is PollOutcome.OK
    assert "403" in seen.checked[0].trouble


@pytest.mark.parametrize(
    ("status", "says"),
    [
        pytest.param(404, "404", id="a post that does not exist"),
        pytest.param(200, "", id="a post that shows no comment yet"),
        pytest.param(403, "", id="a page that is closed to us"),
    ],
)
def test_empty_feed_of_a_post_is_trouble_only_where_there_is_no_post(
    server: BlogServer, status: int, says: str
) -> None:
    server.set(ATOM, atom([2, 1]))
    server.set("/2026/09/social-media-and-us/feed/atom/", atom([]))
    server.set("/2026/09/social-media-and-us/", "<!DOCTYPE html><p>A post.</p>", status=status)
    seen = check(server, posts_to_find=(at_post(),))
    trouble = seen.checked[0].trouble
    assert (says in trouble) if says else trouble == ""


def at_post(**changes: Any) -> KnownPost:
    values: dict[str, Any] = {"url": POST, "keys": frozenset({"number:882"})}
    return KnownPost(**(values | changes))


def test_moved_address_is_reported(server: BlogServer) -> None:
    server.redirect(ATOM, "http://new.example/comments/feed/atom/")
    server.set(ATOM, atom([1]), host="new.example")
    assert check(server).moved_to == "http://new.example/comments/feed/atom/"


# -- Blogger


def blogger_page(shown: Sequence[int], total: int) -> str:
    head, _, rest_of = load("blogger-site-comments-atom.xml").decode().partition("<entry>")
    model = "<entry>" + rest_of.partition("</entry>")[0] + "</entry>"
    entries = "".join(model.replace("50004", str(n)) for n in shown)
    return head.replace("totalResults>4<", f"totalResults>{total}<") + entries + "</feed>"


def blogger_look(server: BlogServer, **changes: object) -> PollResult:
    values = {"url": BLOGGER + "feeds/comments/default", "platform": Platform.BLOGGER, "home_url": BLOGGER}
    return check(server, **(values | changes))


def serve_blogger(server: BlogServer, *, total: int, page: int) -> None:
    """As many as asked for is not what one gets: pages come shorter."""
    for start in range(1, total + 1, page):
        shown = range(total - start + 1, max(total - start + 1 - page, 0), -1)
        path = "/feeds/comments/default"
        path += f"?start-index={start}&max-results=100" if start > 1 else ""
        server.set(path, blogger_page(shown, total))


def test_first_check_at_blogger_reads_all_there_is(server: BlogServer) -> None:
    serve_blogger(server, total=12, page=5)
    seen = blogger_look(server)
    assert numbers(seen.documents) == set(range(1, 13))
    assert seen.missed is None
    assert seen.body_hash


def test_look_at_blogger_pages_until_something_is_known(server: BlogServer) -> None:
    serve_blogger(server, total=40, page=5)
    seen = blogger_look(server, first=False, known_keys=known(*range(1, 31)))
    assert numbers(seen.documents) == set(range(26, 41))
    assert (seen.missed, len(server.paths())) == (None, 3)


def test_page_of_blogger_that_fails_leaves_a_gap_and_nothing_to_call_unchanged(server: BlogServer) -> None:
    serve_blogger(server, total=40, page=5)
    server.set("/feeds/comments/default?start-index=6&max-results=100", status=500)
    seen = blogger_look(server, first=False, known_keys=known(30))
    assert (seen.outcome, seen.missed is None, seen.body_hash) == (PollOutcome.OK, False, "")


def test_endless_blog_ends_at_twenty_pages(server: BlogServer) -> None:
    serve_blogger(server, total=500, page=5)
    seen = blogger_look(server, first=False, known_keys=known(1))
    assert (len(server.paths()), seen.missed is None) == (20, False)


def test_keys_of_documents_are_those_of_their_entries(server: BlogServer) -> None:
    server.set(ATOM, atom([2, 1]))
    assert known(1, 2) <= keys_in(check(server).documents)


# -- what must not be believed


def test_smaller_window_than_before_can_overflow_too(server: BlogServer) -> None:
    server.set(ATOM, atom(range(40, 30, -1)))
    assert check(server, first=False, known_keys=known(19, 20), window_size=50).missed == Missed("overflow")


def test_rest_that_shows_nothing_of_what_the_feed_shows_has_read_nothing(server: BlogServer) -> None:
    server.set(ATOM, atom(range(40, 30, -1)))
    server.set(REST.format(page=1), "[]", headers={"X-WP-Total": "0"})
    seen = check(server, first=False, known_keys=known(19, 20), rest_url=None)
    assert (seen.missed, seen.caught_up, seen.rest_url) == (Missed("overflow"), "", "")


def test_blog_that_asks_us_to_wait_is_asked_for_nothing_else(server: BlogServer) -> None:
    server.set(ATOM, status=429, headers={"Retry-After": "600"})
    assert check(server, posts_to_find=(at_post(),)).outcome is PollOutcome.ERROR
    assert server.paths() == [ATOM]


def test_blog_that_counts_more_than_it_shows_to_its_end_leaves_no_gap(server: BlogServer) -> None:
    serve_blogger(server, total=12, page=5)
    for start in (1, 6, 11):
        path = "/feeds/comments/default" + (f"?start-index={start}&max-results=100" if start > 1 else "")
        shown = range(12 - start + 1, max(12 - start - 4, 0), -1)
        server.set(path, blogger_page(shown, 15))
    server.set("/feeds/comments/default?start-index=13&max-results=100", blogger_page([], 15))
    seen = blogger_look(server, first=False, known_keys=known(*range(1, 13)))
    assert (seen.missed, len(seen.coverages)) == (None, 1)


# -- what lies elsewhere

OTHER = "http://victim.example/"
POSTS = "/feed/atom/"


def posts(*entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Orla Finch Teaches</title>'
        f'<id>{HOME}feed/atom/</id><link rel="alternate" href="{HOME}"/>'
        f'<generator uri="https://wordpress.org/">WordPress</generator>{"".join(entries)}</feed>'
    )


def post(number: int, *, total: int, url: str = "", replies: str = "") -> str:
    url = url or f"{HOME}2026/09/post-{number}/"
    return (
        f"<entry><title>Post {number}</title><id>{HOME}?p={number}</id>"
        f'<link rel="alternate" href="{url}"/><published>2026-09-20T10:00:00Z</published>'
        f'<link rel="replies" type="application/atom+xml" href="{replies or url + "feed/atom/"}"/>'
        f"<updated>2026-09-20T10:00:00Z</updated><thr:total>{total}</thr:total></entry>"
    )


def posts_look(server: BlogServer, **changes: Any) -> PollResult:
    values = {"kind": FeedKind.POSTS, "url": HOME + POSTS[1:], "counts": True, "first": False}
    return check(server, **(values | changes))


@pytest.mark.parametrize(
    ("url", "replies"),
    [
        pytest.param("", OTHER + "feed/atom/", id="feed of a post"),
        pytest.param(OTHER + "a-post/", "", id="post"),
    ],
)
def test_address_on_a_foreign_host_is_not_asked_and_said(server: BlogServer, url: str, replies: str) -> None:
    server.set(POSTS, posts(post(882, total=2, url=url, replies=replies)))
    server.set("/feed/atom/", atom([2, 1]), host="victim.example")
    seen = posts_look(server)
    assert seen.missed == Missed("count", 2)
    assert "not known to be its own (victim.example)" in seen.warning
    assert {request.host for request in server.requests} == {"orlafinch.example"}


def test_post_that_redirects_to_a_foreign_host_is_not_followed(server: BlogServer) -> None:
    server.set(POSTS, posts(post(882, total=2)))
    server.redirect("/2026/09/post-882/feed/atom/", OTHER + "feed/atom/")
    server.redirect("/2026/09/post-882/", OTHER)
    server.set("/feed/atom/", atom([2, 1]), host="victim.example")
    seen = posts_look(server)
    assert numbers(seen.others) == set()
    assert "victim.example" in seen.warning
    assert {request.host for request in server.requests} == {"orlafinch.example"}


def test_blog_that_moved_is_read_where_it_is_now(server: BlogServer) -> None:
    new = "http://new.example/"
    server.redirect(POSTS, new + "feed/atom/")
    server.set(POSTS, posts(post(882, total=2, replies=new + "882/feed/atom/")), host="new.example")
    server.set("/882/feed/atom/", atom([2, 1]), host="new.example")
    seen = posts_look(server)
    assert (numbers(seen.others[-1:]), seen.warning, seen.missed) == ({1, 2}, "", None)


def test_hosts_of_the_platform_belong_to_its_blogs_only() -> None:
    hosted = "http://tomsroom.blogspot.co.nz/feeds/1/comments/default"
    api = "https://public-api.wordpress.com/wp/v2/sites/orlafinch.example/comments"
    for platform, owned in (
        (Platform.BLOGGER, {hosted}),
        (Platform.WORDPRESS, {api}),
        (Platform.GENERIC, set()),
    ):
        home = Home((HOME,), platform)
        assert {url for url in (hosted, api, OTHER) if home.owns(url)} == owned
        assert home.owns("https://www.orlafinch.example/feed/")
        assert not home.owns("https://orlafinch.example.victim.example/")


def page_among(n: int, asked_at: datetime | None) -> KnownPost:
    return at_post(
        url=f"{HOME}page-{n}/", keys=frozenset({"number:882", f"path:page-{n}"}), asked_at=asked_at
    )


def test_posts_that_one_check_has_no_time_for_are_the_next_ones(server: BlogServer) -> None:
    """No feed of posts counts static pages: those not read for longest come first, and what is
    left out holds back what the check is said to have caught up with."""
    start = datetime(2026, 9, 20, 7, 15, tzinfo=UTC)
    pages = [page_among(n, start + timedelta(hours=n) if n < 33 else None) for n in range(35)]
    server.set(POSTS, posts(post(999, total=0)))
    for n in range(35):
        server.set(f"/page-{n}/feed/atom/", atom([n + 1]))
    seen = posts_look(server, recall=lambda: Known(posts=tuple(pages)))
    assert list(seen.asked_posts) == [page.keys for page in (*pages[33:], *pages[:28])]
    assert (seen.missed, seen.caught_up) == (None, "the blog's own counts")
    assert seen.all_asked_since == start + timedelta(hours=28)


def test_look_that_never_read_some_posts_has_caught_up_with_nothing(server: BlogServer) -> None:
    server.set(POSTS, posts(post(999, total=0)))
    for n in range(35):
        server.set(f"/page-{n}/feed/atom/", atom([n + 1]))
    seen = posts_look(server, recall=lambda: Known(posts=tuple(page_among(n, None) for n in range(35))))
    assert (seen.missed, seen.caught_up, len(seen.asked_posts)) == (None, "", 30)
