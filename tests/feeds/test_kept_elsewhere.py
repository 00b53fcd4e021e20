"""A blog whose comments another program keeps: noticed when it is discovered and when a page is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import field
from tests.support.blog_server import BlogServer
from tests.support.kept_comments import (
    disqus_embed,
    disqus_feed,
    disqus_item,
    remark42_feed,
    remark42_item,
    serve_disqus,
    set_page,
)
from tracker.domain.feed import FeedKind, FetchResult, KeptComments, PollOutcome, Validators
from tracker.domain.known import Known, KnownPost
from tracker.feeds.client.fetch import BeforeHop, Fetcher, FetchLimits
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.poll_feed import poll_feed
from tracker.feeds.poll_target import PollResult, PollTarget

HOST = "calder.example"
HOME = f"http://{HOST}/"
DISQUS = "http://calderroom.disqus.com/latest.rss"


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


def serve(server: BlogServer, *, home: str = "", post: str = "", head: str | None = None) -> None:
    field.wordpress(server, HOST, body=home, head=head)
    set_page(server, HOST, "/2026/10/marble-runs/", post)


def test_the_newest_post_tells_where_the_home_page_does_not(server: BlogServer) -> None:
    serve(server, post='<script src="https://giscus.app/client.js" data-repo="c/r"></script>')
    found = field.find(server, HOME)
    assert found.kept == KeptComments("giscus")
    assert field.feeds_of(found) == {
        "posts": f"{HOME}feed/", "comments": f"{HOME}comments/feed/",
    }, "its own feed is followed as well: what it showed so far is there"  # fmt: skip
    assert server.paths().count("/2026/10/marble-runs/") == 1


def test_a_feed_that_answers_is_followed_beside_the_blogs_own(server: BlogServer) -> None:
    serve(server, home=disqus_embed("calderroom"))
    serve_disqus(server, "calderroom")
    found = field.find(server, HOME)
    assert found.kept == KeptComments("Disqus", "calderroom", DISQUS)
    assert [feed.url for feed in found.feeds if feed.kind is FeedKind.COMMENTS] == [
        f"{HOME}comments/feed/", DISQUS,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("<html><title>Private forum</title></html>", id="page"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_feed_is_not_followed(server: BlogServer, answer: str) -> None:
    serve(server, home=disqus_embed("calderroom"))
    server.set("/latest.rss", answer, host="calderroom.disqus.com")
    found = field.find(server, HOME)
    assert found.kept is not None
    assert found.kept.feed_url == ""
    assert all("disqus" not in feed.url for feed in found.feeds)


def test_a_feed_of_remark42_named_by_its_settings_is_followed(server: BlogServer) -> None:
    serve(server, post="<script>var remark_config = {host: 'http://r.example', site_id: 'calder'}</script>")
    item = remark42_item(f"{HOME}2026/10/marble-runs/", "a1", "Jost, Marble runs", "Jost", "<p>Ja.</p>")
    server.set("/api/v1/rss/site?site=calder", remark42_feed("calder", item), host="r.example")
    found = field.find(server, HOME)
    assert found.kept == KeptComments(
        "Remark42", "http://r.example", "http://r.example/api/v1/rss/site?site=calder"
    )


def poll(server: BlogServer, target: PollTarget) -> PollResult:
    def fetch(url: str, validators: Validators, *, before_hop: BeforeHop | None = None) -> FetchResult:
        return fetcher.fetch(url, validators, before_hop=before_hop)

    limits = FetchLimits(allow_private=("127.0.0.0/8",), total_timeout_s=4)
    with Fetcher(limits, server.resolve) as fetcher:
        return poll_feed(
            target,
            fetch,
            lambda got, expect: parse_document(got.body, got.headers, got.final_url, expect),
        )


def target(**more: object) -> PollTarget:
    return PollTarget(1, FeedKind.POSTS, f"{HOME}feed/", home_url=HOME, **more)  # type: ignore[arg-type]


def test_a_check_reads_a_page_when_it_is_time(server: BlogServer) -> None:
    serve(server, home=disqus_embed("calderroom"))
    serve_disqus(server, "calderroom")
    assert poll(server, target()).kept is None
    result = poll(server, target(page_to_read=HOME))
    assert (result.outcome, result.kept) == (
        PollOutcome.OK, KeptComments("Disqus", "calderroom", DISQUS),
    )  # fmt: skip


def test_a_feed_that_is_followed_already_is_not_asked_again_for_the_page(server: BlogServer) -> None:
    serve(server, home=disqus_embed("calderroom"))
    result = poll(server, target(page_to_read=HOME, kept_feed_url=DISQUS))
    assert result.kept == KeptComments("Disqus", "calderroom", DISQUS)
    assert "/latest.rss" not in server.paths()


def test_a_page_without_a_program_says_so_and_one_that_is_missing_says_nothing(server: BlogServer) -> None:
    serve(server)
    assert poll(server, target(page_to_read=HOME)).kept == KeptComments("")
    missing = poll(server, target(page_to_read=f"{HOME}gone/"))
    assert (missing.outcome, missing.kept) == (PollOutcome.OK, None)


def test_trouble_at_the_program_is_not_the_polls(server: BlogServer) -> None:
    serve(server, home=disqus_embed("calderroom"))
    server.set("/latest.rss", "busy", status=429, headers={"Retry-After": "60"}, host="calderroom.disqus.com")
    result = poll(server, target(page_to_read=HOME))
    assert (result.outcome, result.kept) == (PollOutcome.OK, KeptComments("Disqus", "calderroom"))


OWN = disqus_item(f"{HOME}2026/10/marble-runs/#comment-1", "Marble runs", "Jost", "Ours.")
WWW = disqus_item(f"https://www.{HOST}/2026/10/marble-runs/#comment-2", "Marble runs", "Jost", "Ours, too.")
OTHER = disqus_item("http://nadel.example/about/#comment-3", "About", "Jost", "On another site.")
MOVED = disqus_item("http://old.example/2026/09/ramps/#comment-4", "Ramps", "Jost", "Where it was before.")
THREAD = disqus_item("https://disqus.com/home/discussion/c/x/#comment-5", "Marble runs", "Jost", "By title.")


def test_comments_on_other_sites_of_the_account_are_left_out(server: BlogServer) -> None:
    body = disqus_feed("calderroom", OWN, WWW, OTHER, MOVED, THREAD)
    server.set("/latest.rss", body, host="calderroom.disqus.com")
    ramps = KnownPost(url=f"{HOME}2026/09/ramps/", keys=frozenset({"link:/2026/09/ramps"}))
    about = KnownPost(url=f"{HOME}?page_id=3", keys=frozenset({"number:3"}))
    result = poll(
        server,
        PollTarget(2, FeedKind.COMMENTS, DISQUS, home_url=HOME, recall=lambda: Known(posts=(ramps, about))),
    )
    assert result.primary is not None
    assert [entry.guid for entry in result.primary.entries] == [f"disqus:comment-{n}" for n in (1, 2, 4, 5)]
    (skipped,) = result.primary.skipped
    assert "nadel.example" in skipped.reason


def test_what_a_full_feed_passed_by_is_a_gap_that_the_blog_itself_cannot_close(server: BlogServer) -> None:
    items = [
        disqus_item(f"{HOME}2026/10/marble-runs/#comment-{n}", "Marble runs", "Jost", f"Number {n}.")
        for n in range(25)
    ]
    server.set("/latest.rss", disqus_feed("calderroom", *items), host="calderroom.disqus.com")
    serve(server)
    known = Known(keys=frozenset({"guid:disqus:comment-999"}), overlap=frozenset({"guid:disqus:comment-999"}))
    result = poll(
        server,
        PollTarget(
            2, FeedKind.COMMENTS, DISQUS, home_url=HOME, recall=lambda: known, first=False, window_size=25,
            posts_url=f"{HOME}feed/", fully_checked_at=field.NOW,
        ),
    )  # fmt: skip
    assert result.missed is not None
    assert (result.missed.kind, result.caught_up) == ("overflow", "")
    assert server.paths() == ["/latest.rss"]
