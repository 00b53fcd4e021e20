"""What comes out of documents, whole and broken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.feeds.sample_documents import HOME, POST, atom, item, load, parse, rss
from tracker.domain.errors import FetchErrorClass, ParseError
from tracker.domain.feed import AliasKey, EntryKind, FeedKind, Platform, Source, TimeBasis
from tracker.feeds.documents.parse import MAX_ENTRIES, parse_document
from tracker.feeds.documents.times import settle_time
from tracker.feeds.identity import document_identities, post_keys, text_hash


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


FOUR_FORMS = [
    pytest.param("educator-site-comments-atom.xml", Source.ATOM, id="site feed, Atom"),
    pytest.param("educator-site-comments-rss.xml", Source.RSS, id="site feed, RSS"),
    pytest.param("educator-post-comments-rss.xml", Source.RSS, id="post feed"),
    pytest.param("educator-rest.json", Source.REST, id="REST"),
    pytest.param("educator-post-page.html", Source.PAGE, id="page"),
]


@pytest.mark.parametrize(("name", "source"), FOUR_FORMS)
def test_the_three_comments_of_the_first_post_are_the_same_in_every_form(name: str, source: Source) -> None:
    document = parse(load(name), POST, FeedKind.PAGE)
    reference = parse(load("educator-site-comments-atom.xml"))
    assert (document.kind, document.source, document.platform) == (
        FeedKind.COMMENTS,
        source,
        Platform.WORDPRESS,
    )
    assert {entry.native_number for entry in document.entries} == {"7480", "7481", "7483"}
    same = {entry.native_number: entry for entry in reference.entries}
    for entry in document.entries:
        twin = same[entry.native_number]
        assert entry.kind is EntryKind.COMMENT
        assert entry.author == twin.author
        assert entry.posted.at == twin.posted.at
        assert entry.posted.basis is TimeBasis.OFFSET
        assert text_hash(entry.html) == text_hash(twin.html)
        assert entry.author_url == ("" if source is Source.RSS else twin.author_url)
        assert bool(entry.avatar_hash) == (source in (Source.REST, Source.PAGE))
        assert any(name.endswith("?p=882") for name in entry.reply_to)
        assert POST in entry.reply_to
    assert {i.key for i in document_identities(document)} == {"number:7480", "number:7481", "number:7483"}


def test_answer_does_not_name_the_person_it_answers() -> None:
    for name in ("educator-site-comments-atom.xml", "educator-site-comments-rss.xml"):
        answer = next(e for e in parse(load(name)).entries if e.native_number == "7483")
        assert "In reply to" not in answer.html
        assert answer.html.lstrip().startswith("<p>Hello again!")


@pytest.mark.parametrize(
    ("first_line", "is_dropped"),
    [
        pytest.param(f'<p>In reply to <a href="{POST}#comment-1">Ada</a>.</p>', True, id="English"),
        pytest.param(f'<p>Als Antwort auf <a href="{POST}#comment-1">Ada</a>.</p>', True, id="German"),
        pytest.param(f'<p><a href="{POST}#comment-1">Ada</a> への返信。</p>', True, id="Japanese"),
        pytest.param(f'In reply to <a href="{POST}#comment-1">Ada</a>.\n\n', True, id="without paragraphs"),
        pytest.param(
            '<p>See <a href="http://adalund.example/">my blog</a>.</p>', False, id="the writer's link"
        ),
        pytest.param(
            f'<p>As <a href="{POST}#comment-1">Ada</a> said, ' + "yes " * 30 + "</p>", False, id="prose"
        ),
    ],
)
def test_only_the_line_of_wordpress_is_dropped(first_line: str, is_dropped: bool) -> None:
    entry = parse(rss([item(1, f"</p>{first_line}<p>My own words.")])).entries[0]
    assert "My own words." in entry.html
    body = (
        parse(rss([item(1).replace("<p>words of 1</p>", first_line + "<p>My own words.</p>")]))
        .entries[0]
        .html
    )
    assert (first_line.strip() not in body) == is_dropped
    assert "My own words." in body


def test_name_is_unescaped_once_more() -> None:
    names = {
        "Ada &#38; Bo": "Ada & Bo",
        "O&#039;Neil": "O'Neil",
        "A &#8211; B": "A – B",
        "Zoë": "Zoë",
        "Zoe\u0308": "Zoe\u0308",
    }
    for written, meant in names.items():
        assert parse(rss([item(1, author=written)])).entries[0].author == meant


@pytest.mark.parametrize(
    ("author", "text", "kind"),
    [
        pytest.param("Song Book &#124; Blog", "[...] some words [...]", EntryKind.PINGBACK, id="dots"),
        pytest.param("My Post – My Blog", "[&#8230;] some words [&#8230;]", EntryKind.PINGBACK, id="entity"),
        pytest.param("Links 3/1/2026: all the news", "[…] some words […]", EntryKind.PINGBACK, id="sign"),
        pytest.param("Ada Lund", "[…] as you say […] I agree", EntryKind.COMMENT, id="a person quoting"),
        pytest.param("Ada | Bo", "I agree with both", EntryKind.COMMENT, id="a title without the mark"),
    ],
)
def test_pingback_is_told_from_a_comment(author: str, text: str, kind: EntryKind) -> None:
    assert parse(rss([item(1, text, author=author)])).entries[0].kind is kind


def test_blogger_comments_carry_profile_tombstone_owner_and_post() -> None:
    document = parse(load("blogger-site-comments-atom.xml"))
    owner, gone, profile, nobody = document.entries
    assert (document.platform, document.platform_blog_id) == (Platform.BLOGGER, "4400112233445566778")
    assert (document.total, document.owner_names) == (4, ("Tom Abara",))
    assert document.home_url == "http://tomsroom.blogspot.example/"
    assert owner.by_owner
    assert not profile.by_owner
    assert gone.kind is EntryKind.TOMBSTONE
    assert (profile.account, profile.author_url) == ("https://www.blogger.com/profile/9988776655", "")
    assert nobody.native_number == "50001"
    assert nobody.reply_to[0] == "tag:blogger.com,1999:blog-4400112233445566778.post-99001"


def test_post_carries_labels_author_and_where_its_comments_are() -> None:
    document = parse(load("educator-posts-atom.xml"), HOME + "feed/atom/", FeedKind.COMMENTS)
    post = document.entries[0]
    assert (document.kind, post.kind, document.owner_names) == (
        FeedKind.POSTS,
        EntryKind.POST,
        ("Orla Finch",),
    )
    assert (post.title, post.labels) == ("Social media & us", ("Learning", "Q & A"))
    assert (post.native_number, post.comments_total) == ("882", 3)
    assert post.comments_url == POST + "feed/atom/"


def test_owner_is_known_by_the_blogs_own_address() -> None:
    text = atom([1]).replace("http://adalund.example/", "https://orlafinch.example")
    assert parse(text).entries[0].by_owner
    assert not parse(atom([1])).entries[0].by_owner


def test_wordpress_login_page_is_an_account_too() -> None:
    entry = parse(atom([1]).replace("http://adalund.example/", "http://adalund.wordpress.com/")).entries[0]
    assert (entry.author_url, entry.account) == (
        "http://adalund.wordpress.com/",
        "https://adalund.wordpress.com/",
    )


# -- broken documents


@pytest.mark.parametrize("name", ["broken-cdata-end-atom.xml", "broken-ampersand-atom.xml"])
def test_break_that_real_wordpress_feeds_have_loses_no_comment(name: str) -> None:
    document = parse(load(name))
    assert [entry.native_number for entry in document.entries] == ["7483", "7481", "7480"]
    assert [entry.author for entry in document.entries] == ["Marisol Quade", "Marisol Quade", "Ruth O&Hara"]
    assert all(entry.author_url for entry in document.entries)
    assert "not well-formed" in document.fault


def test_whole_document_has_no_fault() -> None:
    assert parse(load("educator-site-comments-atom.xml")).fault == ""


def test_document_that_breaks_off_says_so() -> None:
    whole = rss([item(n) for n in range(1, 6)])
    document = parse(whole[: int(len(whole) * 0.7)])
    assert len(document.entries) >= 3
    assert "ends too early" in document.fault


def test_comment_that_ends_before_its_writer_date_and_text_is_skipped() -> None:
    whole = load("educator-site-comments-atom.xml").decode()
    numbers = [entry.native_number for entry in parse(whole).entries]
    start = whole.rindex("<entry>")
    document = parse(whole[: whole.index("/>", start) + 2])
    assert [entry.native_number for entry in document.entries] == numbers[:-1]
    assert [skipped.reason for skipped in document.skipped] == ["the feed breaks off inside it"]


def test_one_bad_entry_does_not_cost_the_others() -> None:
    bad = "<item><pubDate>Mon, 32 Foo 0000 99:99:99 +9999</pubDate></item>"
    document = parse(rss([item(1), bad, item(2)]))
    assert [entry.native_number for entry in document.entries] == ["1", "2"]
    assert [skipped.key for skipped in document.skipped] == ["#2"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param("<!DOCTYPE html><html><body>no</body></html>", "web page", id="page"),
        pytest.param('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html/>', "web page", id="XHTML"),
        pytest.param("", "empty response", id="empty"),
        pytest.param("just words", "no feed", id="text"),
        pytest.param('{"code":"rest_disabled","message":"Not here"}', "Not here", id="REST error"),
        pytest.param('[{"id":1,"title":"a post"}]', "not with the comments", id="REST of something else"),
        pytest.param("/etc/hostname", "no feed", id="a path"),
        pytest.param("http://127.0.0.1:9/feed", "no feed", id="an address"),
    ],
)
def test_what_is_no_feed_is_not_a_feed(body: str, sentence: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(body)
    assert caught.value.error_class is FetchErrorClass.NOT_A_FEED
    assert sentence in str(caught.value)


def test_half_a_json_answer_is_not_read() -> None:
    with pytest.raises(ParseError) as caught:
        parse(load("educator-rest.json")[:-40])
    assert caught.value.error_class is FetchErrorClass.PARSE


@pytest.mark.parametrize(
    ("url", "expect", "kind"),
    [
        pytest.param(HOME + "comments/feed/", FeedKind.POSTS, FeedKind.COMMENTS, id="address says comments"),
        pytest.param(
            HOME + "?feed=comments-atom", FeedKind.POSTS, FeedKind.COMMENTS, id="query says comments"
        ),
        pytest.param(HOME + "feed/", FeedKind.POSTS, FeedKind.POSTS, id="as expected"),
        pytest.param(POST + "feed/", FeedKind.POST_COMMENTS, FeedKind.COMMENTS, id="a post's comments"),
    ],
)
def test_empty_feed_is_healthy_and_is_what_its_address_says(
    url: str, expect: FeedKind, kind: FeedKind
) -> None:
    document = parse(rss([]), url, expect)
    assert (document.entries, document.kind, document.fault) == ((), kind, "")


def test_localised_titles_do_not_decide_what_a_feed_holds() -> None:
    post = "<item><title>Comment on X by Y</title><link>http://orlafinch.example/a/</link><guid>http://orlafinch.example/?p=5</guid></item>"
    assert parse(rss([post]), expect=FeedKind.COMMENTS).kind is FeedKind.POSTS


# -- limits, encodings, times


def test_long_texts_are_cut_and_say_so() -> None:
    long = "ä" * 70_000
    entry = parse(rss([item(1, long, author="n" * 900, guid="g" * 900)])).entries[0]
    assert entry.cut
    assert len(entry.html.encode()) <= 64 * 1024
    assert not entry.html.endswith("\ufffd")
    assert len(entry.author) == 200
    assert entry.guid.startswith("sha256:")
    assert not parse(rss([item(1)])).entries[0].cut


def test_two_long_guids_stay_different() -> None:
    a, b = parse(rss([item(1, guid="g" * 600 + "a"), item(2, guid="g" * 600 + "b")])).entries
    assert a.guid != b.guid


def test_newest_entries_are_kept_when_there_are_too_many() -> None:
    items = [
        item(n, date=f"Mon, 05 Oct 2026 {n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d} +0000")
        for n in range(2003)
    ]
    document = parse(rss(items))
    assert len(document.entries) == MAX_ENTRIES
    assert document.cut_to_limit
    assert [entry.native_number for entry in document.entries[:2]] == ["3", "4"]


def test_control_characters_and_surrogates_do_not_reach_the_database() -> None:
    text = rss([item(1, "a\x00b\x08c &#xD800; \x0b", author="Ada\x00 Lund")])
    entry = parse(text).entries[0]
    assert entry.author == "Ada Lund"
    assert not set(entry.html) & set("\x00\x08\x0b")
    entry.html.encode()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(
            "<?xml version='1.0' encoding='iso-8859-2'?>{}".encode("iso-8859-2"), {}, id="declaration"
        ),
        pytest.param(b"{}", {"content-type": "text/xml"}, id="nothing said"),
        pytest.param(b"{}", {"content-type": "text/xml; charset=rot13"}, id="a codec that is no text"),
        pytest.param(b"<?xml version='1.0' encoding='unicode_escape'?>{}", {}, id="an escape codec"),
        pytest.param(b"{}", {"content-type": "text/xml; charset=iso-8859-2"}, id="HTTP"),
        pytest.param(
            b"<?xml version='1.0' encoding='utf-8'?>{}",
            {"content-type": "text/xml; charset=koi8-r"},
            id="both",
        ),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0' encoding='koi8-r'?>{}", {}, id="BOM"),
        pytest.param("{}".encode("utf-16-le"), {}, id="two bytes without a mark"),
        pytest.param("\ufeff{}".encode("utf-16"), {}, id="two bytes with a mark"),
    ],
)
def test_encoding_is_found(body: bytes, headers: dict[str, str], request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.id
    document = rss([item(1, "zażółć")]).partition("?>")[2]
    codec = "utf-8"
    if name in ("declaration", "HTTP"):
        codec = "iso-8859-2"
    elif name.startswith("two bytes"):
        codec = "utf-16-le"
    data = body.replace("{}".encode(codec), document.encode(codec))
    entry = parse_document(data, headers, HOME, FeedKind.COMMENTS).entries[0]
    assert "zażółć" in entry.html


def test_one_bad_byte_does_not_spoil_a_utf8_document() -> None:
    data = rss([item(1, "zażółć gęślą jaźń XX")]).encode().replace(b"XX", b"\xff")
    assert "zażółć gęślą jaźń \ufffd" in parse(data).entries[0].html


@pytest.mark.parametrize(
    ("date", "at", "basis"),
    [
        pytest.param("Mon, 05 Oct 2026 10:00:00 +0000", utc(2026, 10, 5, 10), TimeBasis.OFFSET, id="UTC"),
        pytest.param("Mon, 05 Oct 2026 10:00:00 -0500", utc(2026, 10, 5, 15), TimeBasis.OFFSET, id="offset"),
        pytest.param("Mon, 05 Oct 2026 10:00:00 EDT", utc(2026, 10, 5, 14), TimeBasis.OFFSET, id="name"),
        pytest.param(
            "Mon, 05 Oct 2026 10:00:00 -0000", utc(2026, 10, 5, 10), TimeBasis.OFFSET, id="minus zero"
        ),
        pytest.param(
            "2026-10-05T10:00:00.123Z", utc(2026, 10, 5, 10, 0, 0, 123000), TimeBasis.OFFSET, id="ISO"
        ),
        pytest.param("Mon, 05 Oct 2026 10:00:00", utc(2026, 10, 5, 10), TimeBasis.NAIVE, id="naive"),
        pytest.param("2026-10-05 10:00:00", utc(2026, 10, 5, 10), TimeBasis.NAIVE, id="naive ISO"),
        pytest.param("Mon, 05 Oct 0000 10:00:00 +0000", None, TimeBasis.IMPLAUSIBLE, id="year 0"),
        pytest.param("Thu, 01 Jan 1970 00:00:00 +0000", None, TimeBasis.IMPLAUSIBLE, id="1970"),
        pytest.param("yesterday", None, TimeBasis.IMPLAUSIBLE, id="words"),
    ],
)
def test_stated_time_is_read_with_its_basis(date: str, at: datetime | None, basis: TimeBasis) -> None:
    stated = parse(rss([item(1, date=date)])).entries[0].posted
    assert (stated.at, stated.basis, stated.raw) == (at, basis, date)


def test_time_without_an_offset_is_read_in_the_zone_the_feed_declares() -> None:
    head = "<lastBuildDate>Mon, 05 Oct 2026 12:00:00 -0500</lastBuildDate>"
    stated = parse(rss([item(1, date="Mon, 05 Oct 2026 10:00:00")], head=head)).entries[0].posted
    assert (stated.at, stated.basis) == (utc(2026, 10, 5, 15), TimeBasis.FEED_ZONE)


def test_entry_without_a_date_is_kept() -> None:
    text = rss([item(1).replace("<pubDate>Mon, 05 Oct 2026 10:01:00 +0000</pubDate>", "")])
    assert parse(text).entries[0].posted.basis is TimeBasis.MISSING


@pytest.mark.parametrize(
    ("now", "basis"),
    [
        pytest.param(utc(2026, 10, 5, 10), TimeBasis.OFFSET, id="now"),
        pytest.param(utc(2026, 10, 4, 10), TimeBasis.OFFSET, id="a day ahead"),
        pytest.param(utc(2026, 10, 4, 9), TimeBasis.IMPLAUSIBLE, id="more than a day ahead"),
    ],
)
def test_time_far_ahead_is_implausible(now: datetime, basis: TimeBasis) -> None:
    stated = parse(rss([item(1, date="Mon, 05 Oct 2026 10:00:00 +0000")])).entries[0].posted
    settled = settle_time(stated, now)
    assert (settled.basis, settled.raw) == (basis, stated.raw)


def test_entities_are_neither_fetched_nor_blown_up() -> None:
    doctype = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    )
    text = (
        rss([item(1)])
        .replace("?><rss", f"?>{doctype}<rss")
        .replace("<title>Comments", "<title>&c;&f;Comments")
    )
    document = parse(text)
    assert [entry.native_number for entry in document.entries] == ["1"]
    assert len(document.title) < 500


def test_relative_links_are_resolved_and_ids_are_not() -> None:
    text = rss(
        [item(1).replace(f"<link>{POST}", "<link>/2026/09/social-media-and-us/").replace(f"{HOME}?p", "/?p")]
    )
    entry = parse(text).entries[0]
    assert (entry.link, entry.guid) == (POST + "#comment-1", "/?p=882#comment-1")


def test_comment_whose_links_were_escaped_twice_lies_on_its_post() -> None:
    """As a Czech engine writes them: an ampersand's number inside an ampersand's name."""
    entry = (
        "<item><title>Pěkné</title><link>http://trida.example/?rok=2026&amp;amp;p=12#comment-4</link>"
        '<guid isPermaLink="false">http://trida.example/?rok=2026&amp;#038;p=12#comment-4</guid></item>'
    )
    (comment,) = parse(rss([entry], generator="own")).entries
    assert comment.link == "http://trida.example/?rok=2026&p=12#comment-4"
    assert comment.guid == comment.link
    assert post_keys(comment.reply_to[0])[0] == AliasKey("number", "12")
