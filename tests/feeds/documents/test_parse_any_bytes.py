"""Whatever bytes come, reading them ends in a document that can be stored, or in a ParseError."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.errors import ParseError
from tracker.domain.feed import Document, Entry, FeedKind
from tracker.feeds.documents.clean import MAX_AUTHOR, MAX_BODY_BYTES, MAX_GUID, MAX_TITLE, MAX_URL
from tracker.feeds.documents.parse import parse_document

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "feeds").glob("*.*"))
BODIES = [path.read_bytes() for path in SAMPLES if path.suffix in (".xml", ".json", ".html")]
URL = "http://blog.example/comments/feed/"

SPLINTERS = (
    b"<item>", b"</item>", b"<entry>", b"<guid>", b"<author>", b"<id>", b"]]>", b"<![CDATA[", b"<!--",
    b"-->", b"<?", b"&", b"&a;", b"&nbsp;", b"&#0;", b"&#xD800;", b"&#55357;&#56832;", b"&#99999999999;",
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\\ud800", b"\\u0000", b'"id":1e999,',
    b"#comment-", b"http://[oops/", b"<link>http://[::/", b'href="http://[::1"', b"<uri>http://[/</uri>", b"xml:base='http://['",
    b"<thr:in-reply-to ref='http://[x' href='http://[y'/>", b"<!DOCTYPE rss [<!ENTITY a 'b'>]>",
    b"<pubDate>0000-00-00</pubDate>", b"<updated>9999-12-31T23:59:59-12:00</updated>",
    b"<slash:comments>" + b"9" * 5000 + b"</slash:comments>", b"<?xml version='1.0' encoding='utf-16'?>",
)  # fmt: skip
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "content-type": st.sampled_from(
            ["text/xml", "text/xml; charset=utf-16", "text/xml; charset=rot13", "text/html; charset=idna",
             "application/json", "; charset=", "text/xml; charset=utf-7", "x; charset*=''%ff"]
        ) | st.text(max_size=40),
        "x-wp-total": st.sampled_from(["3", "-1", "9" * 5000, "many", "²"]),
        "x-wp-totalpages": st.sampled_from(["3", "9" * 5000, "", "٣"]),
        "content-location": st.sampled_from(["http://[", "/feed"]),
    },
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A sample of ours, cut, spliced with another, and with splinters driven in."""
    body = draw(st.sampled_from(BODIES))
    if draw(st.booleans()):
        body = body[: draw(st.integers(0, len(body)))]
    if draw(st.booleans()):
        other = draw(st.sampled_from(BODIES))
        body += other[draw(st.integers(0, len(other))) :]
    for splinter in draw(st.lists(st.sampled_from(SPLINTERS) | st.binary(max_size=8), max_size=6)):
        place = draw(st.integers(0, len(body)))
        body = body[:place] + splinter + body[place + draw(st.sampled_from([0, 0, 1, 7, 300])) :]
    return body


def read(body: bytes, headers: dict[str, str], expect: FeedKind, url: str = URL) -> Document | None:
    try:
        return parse_document(body, headers, url, expect)
    except ParseError:
        return None


def assert_storable(document: Document | None) -> None:
    for text in texts_of(document) if document else ():
        assert "\0" not in text
        text.encode()  # a lone surrogate cannot be written
    for entry in document.entries if document else ():
        assert len(entry.title) <= MAX_TITLE
        assert len(entry.author) <= MAX_AUTHOR
        assert len(entry.guid) <= MAX_GUID
        assert len(entry.html.encode()) <= MAX_BODY_BYTES
        addresses = (entry.link, entry.author_url, entry.account, entry.comments_url)
        assert max(map(len, addresses)) <= MAX_URL
        assert entry.posted.at is None or entry.posted.at.tzinfo is not None


def texts_of(document: Document) -> list[str]:
    own = [document.title, document.home_url, document.next_url, document.fault, document.platform_blog_id]
    skipped = [text for entry in document.skipped for text in (entry.key, entry.reason)]
    return [*own, *document.owner_names, *skipped, *(text for e in document.entries for text in texts_in(e))]


def texts_in(entry: Entry) -> tuple[str, ...]:
    return (
        entry.guid, entry.link, entry.title, entry.author, entry.author_url, entry.account, entry.html,
        entry.avatar_hash, entry.posted.raw, entry.native_number, *entry.reply_to,
        entry.post_title, *entry.labels, entry.comments_url, entry.raw,
    )  # fmt: skip


@pytest.fixture(scope="module")
def examples(full: bool) -> int:
    return 3000 if full else 100


def each(count: int) -> settings:
    return settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def test_tag_that_feedparser_stumbles_over_is_a_broken_feed() -> None:
    with pytest.raises(ParseError, match="damaged"):
        parse_document(b"<channel<item<link</item></link>", {}, URL, FeedKind.COMMENTS)


def test_any_bytes_are_a_document_or_a_parse_error(examples: int) -> None:
    @each(examples)
    @given(st.binary(max_size=2000), HEADERS, st.sampled_from(FeedKind))
    def check(body: bytes, headers: dict[str, str], expect: FeedKind) -> None:
        assert_storable(read(body, headers, expect))

    check()


def test_spoilt_feeds_are_a_document_or_a_parse_error(examples: int) -> None:
    @each(examples * 2)
    @given(spoilt(), HEADERS, st.sampled_from(FeedKind))
    def check(body: bytes, headers: dict[str, str], expect: FeedKind) -> None:
        assert_storable(read(body, headers, expect))

    check()


@pytest.mark.parametrize(
    ("splinter", "kept"),
    [
        pytest.param("&#55357;&#56832;", "\U0001f600", id="two halves are one"),
        pytest.param("&#xD83D;&#xde00;", "\U0001f600", id="two halves in hexadecimal"),
        pytest.param("&#55357;", "\ufffd", id="a lone half"),
        pytest.param("&#99999999999;", "\ufffd", id="beyond Unicode"),
        pytest.param("&#128512;", "\U0001f600", id="a whole one"),
        pytest.param("&#0000060;b", "<b", id="a tag stays a reference"),
    ],
)
def test_number_of_no_character_costs_no_feed(splinter: str, kept: str) -> None:
    body = (
        "<rss version='2.0'><channel><item><link>http://blog.example/a/#comment-1</link>"
        f"<title>I {splinter}</title></item></channel></rss>"
    )
    document = read(body.encode(), {}, FeedKind.COMMENTS)
    assert document is not None
    assert document.entries[0].title == f"I {kept}"


def test_half_an_address_costs_neither_its_entry_nor_its_feed() -> None:
    body = (
        "<rss version='2.0'><channel><link>http://[oops/</link><item>"
        "<guid>http://blog.example/a/#comment-1</guid><link>http://[oops/</link><description>Kept.</description></item></channel></rss>"
    )
    document = read(body.encode(), {}, FeedKind.COMMENTS)
    assert document is not None
    assert [(entry.link, entry.html) for entry in document.entries] == [("", "Kept.")]
