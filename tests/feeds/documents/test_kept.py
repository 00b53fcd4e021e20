"""Comments in the feeds of programs that keep them for blogs, as those programs write them."""

from __future__ import annotations

import pytest

from tests.support.kept_comments import disqus_feed, disqus_item, remark42_feed, remark42_item, waline_feed
from tracker.domain.feed import Document, EntryKind, FeedKind, TimeBasis
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.identity import document_identities

POST = "http://calder.example/2026/10/marble-runs/"
DISQUS = "https://calderroom.disqus.com/latest.rss"
REMARK42 = "https://r.example/api/v1/rss/site?site=stube"
WALINE = "https://w.example/api/comment/rss?count=50"
ISSO = "https://c.example/feed?uri=/murmelbahn/&limit=100"


def read(body: str, url: str) -> Document:
    document = parse_document(body.encode(), {}, url, FeedKind.COMMENTS)
    assert document.kind is FeedKind.COMMENTS
    assert {entry.kind for entry in document.entries} <= {EntryKind.COMMENT}
    return document


def test_a_comment_in_disqus_names_its_post_by_the_threads_address() -> None:
    document = read(
        disqus_feed("calderroom", disqus_item(f"{POST}#comment-6543", "Marble & more", "Bo O’Hara", "Fine.")),
        DISQUS,
    )
    (entry,) = document.entries
    assert (entry.author, entry.post_title, entry.reply_to) == ("Bo O’Hara", "Marble & more", (POST,))
    assert (entry.guid, entry.native_number, entry.html) == ("disqus:comment-6543", "", "<p>Fine.</p>")
    assert entry.posted.basis is TimeBasis.OFFSET


def test_a_thread_that_lies_with_disqus_names_its_post_by_title_alone() -> None:
    link = "https://disqus.com/home/discussion/calderroom/marble_runs/#comment-6544"
    (entry,) = read(
        disqus_feed("calderroom", disqus_item(link, "Marble runs", "Bo", "Fine.")), DISQUS
    ).entries
    assert (entry.reply_to, entry.post_title) == ((), "Marble runs")


def test_numbers_of_a_program_are_not_the_blogs_own() -> None:
    """The blog's own comment 7 and the program's are two."""
    document = read(disqus_feed("calderroom", disqus_item(f"{POST}#comment-7", "M", "Bo", "Fine.")), DISQUS)
    assert document_identities(document)[0].key == "guid:disqus:comment-7"


def test_a_reply_in_remark42_is_not_credited_with_the_words_it_answers() -> None:
    said = "<p>Ich <blockquote><p>zitiere</p></blockquote> selbst.</p>"
    feed = remark42_feed(
        "stube",
        remark42_item(POST, "a1", "Wiebke > Jost, Murmelbahn, dritter Teil", "Wiebke",
                      f"{said}<blockquote><p>Jost schrieb dies.</p></blockquote>"),
        remark42_item(POST, "a2", "Jost, Murmelbahn, dritter Teil", "Jost",
                      "<blockquote><p>Ein Wort von Kästner</p></blockquote>"),
    )  # fmt: skip
    reply, first = read(feed, REMARK42).entries
    assert reply.html == said
    assert "Kästner" in first.html, "a quotation of the writer's own"
    assert (reply.author, reply.post_title) == ("Wiebke", "Murmelbahn, dritter Teil")
    assert (reply.guid, reply.reply_to) == ("remark42:a1", (POST,))


def test_waline_names_its_writers_in_the_title() -> None:
    entries = read(waline_feed(("64f", "/murmelbahn/", "Jost Brandt", "<p>Schön.</p>")), WALINE).entries
    assert [(one.author, one.reply_to) for one in entries] == [
        ("Jost Brandt", ("http://haus.example/murmelbahn/",))
    ]


def test_isso_calls_its_servers_own_time_utc() -> None:
    feed = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:thr="http://purl.org/syndication/thread/1.0"><updated>2026-10-12T13:00:00Z</updated>'
        "<id>tag:stube.example,2018:/isso/thread/murmelbahn/</id><title>Comments for stube.example</title>"
        "<entry><id>tag:stube.example,2018:/isso/1/4</id><title>Comment #4</title>"
        "<updated>2026-10-12T13:00:00Z</updated><author><name>Jost</name></author>"
        '<link href="https://stube.example/murmelbahn/#isso-4"/><content type="html">&lt;p&gt;Gut&lt;/p&gt;'
        "</content></entry></feed>"
    )
    (entry,) = read(feed, ISSO).entries
    assert entry.posted.basis is TimeBasis.NAIVE
    assert (entry.guid, entry.reply_to) == (
        "tag:stube.example,2018:/isso/1/4",
        ("https://stube.example/murmelbahn/",),
    )


@pytest.mark.parametrize("url", [DISQUS, REMARK42, WALINE])
def test_an_empty_feed_of_a_program_is_one_of_comments(url: str) -> None:
    document = parse_document(disqus_feed("calderroom").encode(), {}, url, FeedKind.POSTS)
    assert document.kind is FeedKind.COMMENTS
