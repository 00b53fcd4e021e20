"""The simulated blogs against what the notes on feeds say of the real, and the oracle against its rules."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import datetime, timedelta
from io import BytesIO

import feedparser
import pytest
import urllib3

from tests.simulation import scenarios
from tests.simulation.blogger import SimulatedBlogger
from tests.simulation.oracle import (
    Demand,
    LookAt,
    RecordedGap,
    Way,
    blogger_reach,
    compare,
    judge,
    wordpress_reach,
    wordpress_tells,
)
from tests.simulation.random_blog import OWNERS_SLIP, TERM_START, random_blog
from tests.simulation.scenarios import comments, local, spaced
from tests.simulation.server import Hands, SimulationServer
from tests.simulation.story import (
    Approved,
    Event,
    Moved,
    Published,
    Removed,
    Renamed,
    Restored,
    Reworded,
    Said,
    Secured,
    Story,
)
from tests.simulation.wordpress import SimulatedWordPress
from tests.simulation.wordpress_scene import Atom, Habits, Rest
from tracker.demo.blogosphere.http_texts import Request, Response

HOST = "chalk.example"
HOUR = timedelta(hours=1)
NOON = local(10, 20, 12)
PINGBACK = 560


def story(*more: Event) -> Story:
    """Three posts and a static page; 25 comments an hour apart until NOON, 14 of them on one post."""
    events: list[Event] = [
        Published(local(10, 1, 9), 10, "maps", "Maps & me"),
        Published(local(10, 8, 9), 20, "clay", "Clay"),
        Published(local(10, 15, 9), 30, "rain", "Rain"),
        Published(local(9, 1, 9), 7, "about", "About", is_page=True),
    ]
    times = spaced(NOON - 24 * HOUR, 25, HOUR)
    posts = [10] * 3 + [20] * 7 + [30] * 14 + [7]
    for n, (post, at) in enumerate(zip(posts, times, strict=True)):
        events += comments(post, 501 + n, [at])
    return Story(HOST, "Chalk", "Dara Quill", (*events, *more))


def ask(
    blog: SimulatedWordPress | SimulatedBlogger, address: str, host: str = HOST, **headers: str
) -> Response:
    """GET; header names are given with underscores."""
    path, _, query = address.partition("?")
    pairs = dict(pair.partition("=")[::2] for pair in query.split("&") if pair)
    return blog.answer(host, Request(path, pairs, {k.replace("_", "-"): v for k, v in headers.items()}))


def wordpress(*more: Event, at: datetime = NOON, **habits: object) -> SimulatedWordPress:
    return SimulatedWordPress(story(*more), Hands(at), Habits(**habits))  # type: ignore[arg-type]


def numbers(response: Response) -> list[int]:
    """The comments of a feed or page, in its order."""
    text = response.body.decode()
    if response.content_type.startswith("application/json"):
        return [one["id"] for one in json.loads(text)]
    if "<li id=" in text:
        return [int(n) for n in re.findall(r'<li id="comment-(\d+)"', text)]
    return [int(n) for n in re.findall(r"(?:<guid[^>]*>|<id>)[^<]*#comment-(\d+)<", text)]


def newest(first: int, last: int) -> list[int]:
    return list(range(first, last - 1, -1))


@pytest.mark.parametrize(
    ("address", "habits", "status", "shown"),
    [
        pytest.param("/comments/feed/", {}, 200, newest(525, 516), id="site feed has the newest ten"),
        pytest.param("/comments/feed/atom/", {}, 200, newest(525, 516), id="so it has as Atom"),
        pytest.param("/comments/feed/", {"window": 20}, 200, newest(525, 506), id="a site may raise it"),
        pytest.param("/comments/feed/?paged=2", {}, 404, [], id="it does not page"),
        pytest.param("/2026/10/rain/feed/", {}, 200, newest(524, 515), id="a post's feed has its newest ten"),
        pytest.param("/2026/10/rain/feed/?paged=2", {}, 200, newest(524, 515), id="and the same ten again"),
        pytest.param("/2026/10/rain/feed/atom/", {}, 200, newest(524, 515), id="a post's feed as Atom"),
        pytest.param("/about/feed/", {}, 200, [525], id="a static page has a feed of its own"),
        pytest.param("/nope/feed/", {}, 200, [], id="an unknown slug has an empty feed"),
        pytest.param("/nope/", {}, 404, [], id="but no page"),
        pytest.param("/comments/feed/atom/", {"atom": Atom.MISSING}, 404, [], id="Atom may be missing"),
        pytest.param(
            "/?feed=comments-rss2",
            {"default_permalinks": True},
            200,
            newest(525, 516),
            id="default permalinks",
        ),
        pytest.param(
            "/?feed=rss2&p=20",
            {"default_permalinks": True},
            200,
            newest(510, 504),
            id="a post's feed by number",
        ),
        pytest.param(
            "/comments/feed/", {"default_permalinks": True}, 200, [], id="the pretty form gives a page there"
        ),
        pytest.param("/2026/10/rain/", {}, 200, list(range(511, 525)), id="the page has all, oldest first"),
        pytest.param("/2026/10/rain/", {"page_size": 5}, 200, [521, 522, 523, 524], id="or its last page"),
        pytest.param(
            "/2026/10/rain/comment-page-1/", {"page_size": 5}, 200, [511, 512, 513, 514, 515], id="first page"
        ),
        pytest.param("/2026/10/rain/comment-page-4/", {"page_size": 5}, 404, [], id="no page past the last"),
        pytest.param(
            "/?p=30&cpage=2",
            {"page_size": 5, "default_permalinks": True},
            200,
            [516, 517, 518, 519, 520],
            id="pages by number",
        ),
        pytest.param("/2026/10/rain/", {"pages_show_comments": False}, 200, [], id="a script draws them"),
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
            "/?rest_route=/wp/v2/comments&per_page=3",
            {"default_permalinks": True},
            200,
            [525, 524, 523],
            id="REST with default permalinks",
        ),
    ],
)
def test_address_shows_these_comments(
    address: str, habits: dict[str, object], status: int, shown: list[int]
) -> None:
    response = ask(wordpress(**habits), address)
    assert (response.status, numbers(response) if shown else []) == (status, shown)


@pytest.mark.parametrize(
    ("address", "habits", "status", "word"),
    [
        pytest.param("/wp-json/wp/v2/comments?per_page=101", {}, 400, "rest_invalid_param", id="over 100"),
        pytest.param(
            "/wp-json/wp/v2/comments?type=pingback", {}, 401, "rest_forbidden_param", id="pingbacks"
        ),
        pytest.param("/wp-json/wp/v2/comments/999", {}, 404, "rest_comment_invalid_id", id="never was"),
        pytest.param("/wp-json/wp/v2/comments/540", {}, 401, "rest_cannot_read", id="held"),
        pytest.param("/wp-json/wp/v2/comments/501", {}, 200, '"id": 501', id="public"),
        pytest.param(
            "/wp-json/wp/v2/comments", {"rest": Rest.FORBIDDEN}, 401, "rest_not_logged", id="forbidden"
        ),
        pytest.param("/wp-json/wp/v2/comments", {"rest": Rest.NO_ROUTE}, 404, "rest_no_route", id="no route"),
        pytest.param("/comments/feed/?paged=2", {}, 404, "<rss", id="404 with an RSS body"),
        pytest.param("/feed/?paged=2", {}, 404, "<rss", id="posts past the end"),
        pytest.param("/nope/feed/", {}, 200, "<title>Comments on: </title>", id="unknown slug"),
        pytest.param("/feed/", {}, 200, "<slash:comments>14</slash:comments>", id="counts in the posts feed"),
        pytest.param(
            "/feed/", {}, 200, "<wfw:commentRss>http://chalk.example/2026/10/rain/feed/<", id="feeds"
        ),
        pytest.param("/feed/atom/", {}, 200, 'thr:count="14"', id="counts in Atom"),
        pytest.param(
            "/comments/feed/", {"page_size": 5}, 200, "rain/comment-page-3/#comment-524<", id="link"
        ),
        pytest.param(
            "/?feed=comments-rss2",
            {"page_size": 5, "default_permalinks": True},
            200,
            "?p=30&#038;cpage=3#comment-524<",
            id="link by number",
        ),
        pytest.param("/comments/feed/", {"page_size": 5}, 200, "example/?p=30#comment-524</guid>", id="guid"),
    ],
)
def test_address_answers_with_these_words(
    address: str, habits: dict[str, object], status: int, word: str
) -> None:
    held = Said(NOON - HOUR, 540, 10, "Wen Liu", "<p>Held.</p>", held=True)
    response = ask(wordpress(held, **habits), address)
    assert response.status == status
    assert word in response.body.decode()


def test_rest_counts_in_its_headers_what_it_may_show() -> None:
    pingback = Said(NOON, PINGBACK, 10, "Another page", "[&#8230;] see there [&#8230;]", kind="pingback")
    blog = wordpress(pingback)
    response = ask(blog, "/wp-json/wp/v2/comments?per_page=10")
    assert response.headers == {"X-WP-Total": "25", "X-WP-TotalPages": "3"}
    assert numbers(ask(blog, "/comments/feed/"))[0] == PINGBACK
    assert b'class="pingback' in ask(blog, "/2026/10/maps/").body


def test_late_approval_comes_in_the_middle_or_not_at_all() -> None:
    near = Said(NOON - 3 * HOUR - timedelta(minutes=1), 541, 10, "Wen Liu", "<p>Near.</p>", held=True)
    far = Said(NOON - 20 * HOUR, 542, 20, "Wen Liu", "<p>Far.</p>", held=True)
    late = (near, far, Approved(NOON + HOUR, 541), Approved(NOON + HOUR, 542))
    before, after = wordpress(*late), wordpress(*late, at=NOON + HOUR)
    assert numbers(ask(before, "/comments/feed/")) == newest(525, 516)
    assert numbers(ask(after, "/comments/feed/")) == [525, 524, 523, 522, 541, 521, 520, 519, 518, 517]
    assert 542 in numbers(ask(after, "/2026/10/clay/feed/"))


CHANGES = (
    pytest.param((Reworded(NOON + HOUR, 525, "<p>Reworded.</p>"),), id="edited"),
    pytest.param((Removed(NOON + HOUR, 520),), id="trashed"),
    pytest.param((Removed(NOON - HOUR, 520), Restored(NOON + HOUR, 520)), id="restored"),
    pytest.param(
        (Said(NOON - HOUR / 2, 541, 10, "Wen Liu", "<p>Late.</p>", held=True), Approved(NOON + HOUR, 541)),
        id="approved late",
    ),
)


@pytest.mark.parametrize("events", CHANGES)
def test_304_comes_although_the_feed_has_changed(events: tuple[Event, ...]) -> None:
    before = ask(wordpress(*events), "/comments/feed/")
    later = wordpress(*events, at=NOON + HOUR)
    sent = {
        "if_none_match": before.headers["ETag"],
        "if_modified_since": before.headers["Last-Modified"],
    }
    assert ask(later, "/comments/feed/", **sent).status == 304
    assert ask(later, "/comments/feed/").body != before.body


def test_validators_follow_the_whole_site_and_posts_feeds_keep_their_own() -> None:
    events = comments(10, 541, [NOON + HOUR])
    before, after = wordpress(*events), wordpress(*events, at=NOON + HOUR)

    def status(address: str) -> int:
        headers = ask(before, address).headers
        sent = {"if_none_match": headers["ETag"], "if_modified_since": headers["Last-Modified"]}
        return ask(after, address, **sent).status

    assert status("/comments/feed/") == 200
    assert status("/2026/10/clay/feed/") == 200, "nothing changed on this post"
    assert status("/feed/") == 304, "though it counts one more"
    assert ask(before, "/feed/").body != ask(after, "/feed/").body


def test_gzip_by_apache_marks_the_etag_and_never_matches_it_again() -> None:
    blog = wordpress(deflates=True)
    first = ask(blog, "/comments/feed/", accept_encoding="gzip")
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert etag.endswith('-gzip"')
    both = {"if_none_match": etag, "if_modified_since": modified, "accept_encoding": "gzip"}
    assert ask(blog, "/comments/feed/", **both).status == 200
    assert ask(blog, "/comments/feed/", if_modified_since=modified).status == 304


def test_blog_without_anything_says_it_changed_just_now() -> None:
    blog = SimulatedWordPress(Story(HOST, "Chalk", "Dara Quill", ()), Hands(NOON))
    response = ask(blog, "/comments/feed/")
    assert "17:00:00 GMT" in response.headers["Last-Modified"]
    assert b"<lastBuildDate></lastBuildDate>" in response.body


BREAKS = (
    pytest.param(
        (Said(NOON, 541, 10, "Dara Quill", f"<p>Look.</p>{OWNERS_SLIP}", by_owner=True),),
        "/comments/feed/",
        {},
        id="raw ]]> in RSS",
    ),
    pytest.param(
        (Said(NOON, 541, 10, "Dara Quill", f"<p>Look.</p>{OWNERS_SLIP}", by_owner=True),),
        "/comments/feed/atom/",
        {},
        id="raw ]]> in Atom",
    ),
    pytest.param(
        (Said(NOON, 541, 10, "Wen Liu", "<p>So it is.</p>", parent=501),),
        "/?feed=comments-atom",
        {"default_permalinks": True, "page_size": 2},
        id="bare & in an Atom reply",
    ),
)


@pytest.mark.parametrize(("events", "address", "habits"), BREAKS)
def test_feed_is_not_well_formed_and_a_lenient_parser_keeps_every_entry(
    events: tuple[Event, ...], address: str, habits: dict[str, object]
) -> None:
    whole, broken = ask(wordpress(**habits), address).body, ask(wordpress(*events, **habits), address).body
    ET.fromstring(whole)  # noqa: S314 - written by ourselves
    with pytest.raises(ET.ParseError):
        ET.fromstring(broken)  # noqa: S314
    assert len(feedparser.parse(BytesIO(broken)).entries) == 10


def test_bare_ampersand_needs_both_default_permalinks_and_pages() -> None:
    reply = Said(NOON, 541, 10, "Wen Liu", "<p>So it is.</p>", parent=501)
    for address, habits in (
        ("/?feed=comments-atom", {"default_permalinks": True}),
        ("/comments/feed/atom/", {"page_size": 2}),
        ("/?feed=comments-rss2", {"default_permalinks": True, "page_size": 2}),
    ):
        ET.fromstring(ask(wordpress(reply, **habits), address).body)  # noqa: S314


def test_renamed_post_keeps_its_guid_and_its_old_feed_falls_silent() -> None:
    blog = wordpress(Renamed(NOON, 30, "storm"))
    assert ask(blog, "/2026/10/rain/").headers == {"Location": "http://chalk.example/2026/10/storm/"}
    old = ask(blog, "/2026/10/rain/feed/")
    assert (old.status, numbers(old)) == (200, [])
    new = ask(blog, "/2026/10/storm/feed/").body.decode()
    assert "/2026/10/storm/#comment-524<" in new
    assert "chalk.example/?p=30#comment-524</guid>" in new


def test_moved_blog_redirects_for_good_and_keeps_its_old_guids() -> None:
    blog = wordpress(
        Moved(NOON, "slate.example"), Published(NOON + HOUR, 40, "new", "New"), at=NOON + 2 * HOUR
    )
    gone = ask(blog, "/comments/feed/?x=1")
    assert (gone.status, gone.headers["Location"]) == (301, "http://slate.example/comments/feed/?x=1")
    text = ask(blog, "/comments/feed/", host="slate.example").body.decode()
    assert "<link>http://slate.example/2026/10/rain/#comment-524</link>" in text
    assert ">http://chalk.example/?p=30#comment-524</guid>" in text
    assert ">http://slate.example/?p=40</guid>" in ask(blog, "/feed/", host="slate.example").body.decode()
    assert ask(wordpress(Moved(NOON + HOUR, "slate.example")), "/", host="slate.example").status == 404


def test_secured_blog_redirects_to_https() -> None:
    blog = wordpress(Secured(NOON))
    assert ask(blog, "/feed/").headers["Location"] == "https://chalk.example/feed/"
    text = ask(blog, "/comments/feed/", x_forwarded_proto="https").body.decode()
    assert "<link>https://chalk.example/2026/10/rain/#comment-524</link>" in text
    assert ">http://chalk.example/?p=30#comment-524</guid>" in text


def test_link_of_a_comment_moves_to_another_page_as_pages_shift() -> None:
    events = [Removed(NOON + HOUR, number) for number in range(511, 516)]
    before = ask(wordpress(*events, page_size=5), "/comments/feed/").body.decode()
    after = ask(wordpress(*events, page_size=5, at=NOON + HOUR), "/comments/feed/").body.decode()
    assert "/comment-page-3/#comment-524" in before
    assert "/comment-page-2/#comment-524" in after


def test_server_plays_many_blogs_by_their_host_names() -> None:
    other = SimulatedWordPress(scenarios.held_comment(), Hands(NOON))
    with SimulationServer(wordpress(), other) as server:
        address = server.resolve("chalk.example", 80)[0]
        pool = urllib3.PoolManager()
        titles = [
            pool.request("GET", f"http://{address}/comments/feed/", headers={"Host": host}).data.decode()
            for host in ("chalk.example", "moderated.example", "nobody.example")
        ]
        pool.clear()
    assert ["Comments for Chalk" in titles[0], "Comments for A moderated blog" in titles[1]] == [True, True]
    assert "No such blog" in titles[2]
    assert [status for _, _, status in server.asked] == [200, 200, 404]


def blogger_story(*more: Event) -> Story:
    events: list[Event] = [
        Published(local(10, 1, 9), 4001, "tide", "Tide"),
        Published(local(10, 8, 9), 4002, "pool", "Pool"),
    ]
    for n, at in enumerate(spaced(NOON - 60 * HOUR, 60, HOUR)):
        events += comments(4001 if n % 3 else 4002, 900_001 + n, [at])
    return Story("tide.example", "Tidepool", "Rui Sena", (*events, *more))


def blogger_numbers(blog: SimulatedBlogger, address: str) -> list[int]:
    parsed = feedparser.parse(BytesIO(ask(blog, address, host="tide.example").body))
    return [int(entry.id.rpartition("-")[2]) for entry in parsed.entries]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param("/feeds/comments/default", newest(900_060, 900_036), id="25 unless asked"),
        pytest.param("/feeds/comments/default?start-index=51", newest(900_010, 900_001), id="from an index"),
        pytest.param("/feeds/comments/default?max-results=500", newest(900_060, 900_001), id="at most 100"),
        pytest.param("/feeds/comments/default?start-index=90", [], id="past the end"),
        pytest.param(
            "/feeds/4002/comments/default?max-results=3", [900_058, 900_055, 900_052], id="a post's"
        ),
        pytest.param(
            "/feeds/comments/default?published-min=2026-10-20T15:00:00Z", [900_060, 900_059], id="from a date"
        ),
        pytest.param(
            "/feeds/comments/default?published-max=2026-10-18T07:00:00Z", [900_002, 900_001], id="to a date"
        ),
    ],
)
def test_blogger_pages_by_index_and_date(address: str, shown: list[int]) -> None:
    assert blogger_numbers(SimulatedBlogger(blogger_story(), Hands(NOON)), address) == shown


def test_blogger_counts_and_leads_to_the_next_page() -> None:
    blog = SimulatedBlogger(blogger_story(), Hands(NOON))
    text = ask(blog, "/feeds/comments/default", host="tide.example").body.decode()
    assert "<openSearch:totalResults>60</openSearch:totalResults>" in text
    assert "rel='next'" in text
    assert "start-index=26" in text
    posts = ask(blog, "/feeds/posts/default", host="tide.example").body.decode()
    assert re.findall(r"<thr:total>(\d+)</thr:total>", posts) == ["20", "40"]


def test_blogger_leaves_a_tombstone_or_nothing_and_lets_through_late() -> None:
    held = Said(NOON - 90 * HOUR, 900_100, 4001, "Wen Liu", "<p>Held.</p>", held=True)
    gone = Removed(NOON + HOUR, 900_060, "This comment has been removed by the author.")
    blog = SimulatedBlogger(
        blogger_story(held, Approved(NOON + HOUR, 900_100), gone, Removed(NOON + HOUR, 900_059)),
        clock := Hands(NOON),
    )
    assert blogger_numbers(blog, "/feeds/comments/default?start-index=58") == newest(900_003, 900_001)
    clock.at = NOON + HOUR
    assert blogger_numbers(blog, "/feeds/comments/default?max-results=3") == [900_060, 900_058, 900_057]
    assert blogger_numbers(blog, "/feeds/comments/default?start-index=59") == [900_001, 900_100]
    text = ask(blog, "/feeds/comments/default", host="tide.example").body.decode()
    assert text.count("removed by the author") == 1


def test_blogger_refuses_edits() -> None:
    with pytest.raises(ValueError, match="cannot be edited"):
        SimulatedBlogger(blogger_story(Reworded(NOON, 900_001, "<p>Other.</p>")), Hands(NOON))


# The oracle.

MORNING = local(10, 21, 2, 15)
LOOKS = (LookAt(local(10, 19, 2, 15)), LookAt(local(10, 20, 2, 15)), LookAt(MORNING))


def demands(blog: Story, habits: Habits, looks: tuple[LookAt, ...] = LOOKS) -> Counter[Demand]:
    return Counter(fate.demand for fate in judge(blog, looks, wordpress_reach(blog, habits)).values())


def test_oracle_demands_all_that_any_way_reaches_and_a_gap_for_the_rest() -> None:
    blind = Habits(rest=Rest.FORBIDDEN, pages_show_comments=False)
    assert demands(story(), Habits()) == {Demand.STORED: 25}
    fates = judge(story(), LOOKS[::2], wordpress_reach(story(), blind))
    unreached = {number for number, fate in fates.items() if fate.demand is Demand.IN_A_GAP}
    assert unreached == {511, 512, 513, 514}, "beyond the ten of their post and of the site"
    assert [fates[n].nearest() for n in (525, 504, 511)] == [Way.SITE_FEED, Way.POST_FEED, None]


def test_oracle_asks_nothing_for_what_was_never_shown_to_a_look() -> None:
    between = Said(NOON + HOUR, 541, 10, "Wen Liu", "<p>Oh.</p>")
    held = Said(NOON + HOUR, 542, 10, "Wen Liu", "<p>Hm.</p>", held=True)
    old = Said(local(10, 18, 9), 499, 10, "Wen Liu", "<p>Before.</p>")
    blog = story(between, Removed(NOON + 2 * HOUR, 541), held, old)
    fates = judge(blog, LOOKS, wordpress_reach(blog, Habits()))
    assert (fates[541].demand, fates[542].demand) == (Demand.PASSED_BY, Demand.NONE)
    assert fates[499].demand is Demand.FREE


def test_oracle_knows_that_a_304_hides_a_late_approval_from_an_extra_look() -> None:
    held = Said(NOON - HOUR, 541, 10, "Wen Liu", "<p>Held.</p>", held=True)
    blog = story(held, Approved(NOON + 2 * HOUR, 541), Removed(NOON + 4 * HOUR, 541))
    looks = (*LOOKS[:2], LookAt(NOON + HOUR, whole=False), LookAt(NOON + 3 * HOUR, whole=False), LOOKS[2])
    fates = judge(blog, looks, wordpress_reach(blog, Habits()))
    assert fates[541].demand is Demand.IN_A_GAP
    assert fates[525].reach[0][1] == {Way.SITE_FEED}


@pytest.mark.parametrize(
    ("counts", "demand"), [(True, Demand.IN_A_GAP), (False, Demand.UNTOLD)], ids=["counted", "not counted"]
)
def test_oracle_asks_for_a_gap_where_a_late_approval_is_told_of(counts: bool, demand: Demand) -> None:
    blind = Habits(rest=Rest.FORBIDDEN, pages_show_comments=False, counts_comments=counts)
    held = Said(NOON - 13 * HOUR - HOUR / 2, 541, 30, "Wen Liu", "<p>Held.</p>", held=True)
    blog = story(held, Approved(NOON + HOUR, 541))
    looks = (*LOOKS[:2], LookAt(NOON + HOUR / 2), LOOKS[2])
    fates = judge(blog, looks, wordpress_reach(blog, blind), wordpress_tells(blog, blind))
    assert fates[541].demand is demand


def test_oracle_finds_lost_doubled_and_unsaid_comments_and_false_gaps() -> None:
    blind = Habits(rest=Rest.FORBIDDEN, pages_show_comments=False)
    blog = story()
    fates = judge(blog, LOOKS[::2], wordpress_reach(blog, blind))
    reached = [n for n, fate in fates.items() if fate.demand is Demand.STORED]
    gap = RecordedGap(LOOKS[0].at, MORNING)
    assert not compare(fates, reached, [gap])
    found = compare(fates, [*reached[1:], 525, 525], [])
    assert [fate.life.number for fate in found.lost] == [reached[0]]
    assert found.twice == (525,)
    assert {fate.life.number for fate in found.unsaid} == {511, 512, 513, 514}
    assert compare(fates, fates, [gap]).false_gaps == (gap,)


def test_oracle_holds_that_blogger_shows_everything() -> None:
    blog = blogger_story()
    looks = (LookAt(local(10, 17, 2, 15)), LookAt(MORNING))
    fates = judge(blog, looks, blogger_reach(blog))
    assert {fate.demand for fate in fates.values()} == {Demand.STORED}


# The generator and the stories told by hand.


def test_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    made = [random_blog(seed, HOST, nights=30).events for seed in (5, 5, 6)]
    assert made[0] == made[1] != made[2]


def test_generated_terms_hold_every_kind_of_event() -> None:
    kinds: Counter[type] = Counter()
    for seed in range(20):
        kinds.update(type(event) for event in random_blog(seed, HOST, nights=60).events)
    assert {Published, Said, Approved, Reworded, Removed, Restored, Renamed, Moved} <= set(kinds)
    assert kinds[Said] > 20 * 60


def test_generated_comment_is_never_older_than_its_post() -> None:
    for seed in range(10):
        blog = random_blog(seed, HOST, nights=40, is_blogger=seed % 2 == 0)
        assert all(life.said.at >= blog.post(life.said.post).at for life in blog.lives.values())
        assert max(event.at for event in blog.events) <= TERM_START + timedelta(days=40)


def test_deadline_night_overflows_the_site_and_one_post() -> None:
    morning = local(10, 26, 2, 15)
    looks = (LookAt(local(10, 25, 2, 15)), LookAt(morning))
    blind = Habits(rest=Rest.NO_ROUTE, pages_show_comments=False)
    for posts, unreached in ((3, 0), (1, 9)):
        blog = scenarios.deadline_night(posts=posts)
        fates = judge(blog, looks, wordpress_reach(blog, blind))
        new = [fate for number, fate in fates.items() if number >= 601]
        assert len(new) == 19
        assert sum(fate.demand is Demand.IN_A_GAP for fate in new) == unreached
        shown = ask(SimulatedWordPress(blog, Hands(morning)), "/comments/feed/", host="popular.example")
        assert numbers(shown) == newest(619, 610)


def test_held_comment_never_comes_into_the_sites_feed() -> None:
    blog = SimulatedWordPress(scenarios.held_comment(), clock := Hands(local(10, 28, 14)))
    for _ in range(12):
        assert scenarios.HELD not in numbers(ask(blog, "/comments/feed/", host="moderated.example"))
        clock.at += 24 * HOUR
    assert scenarios.HELD in numbers(ask(blog, "/2026/10/first-thoughts/feed/", host="moderated.example"))


def test_cleared_blog_loses_twelve_comments() -> None:
    told = scenarios.cleared_blog()
    before, after = (len(told.comments(scenarios.CLEARED_AT + step)) for step in (-HOUR, HOUR))
    assert (before, after) == (14, 2)
