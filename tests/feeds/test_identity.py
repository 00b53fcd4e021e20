"""Which entries are one comment, and which names lead to one post."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.feeds.sample_documents import HOME, POST, comment, load, parse
from tracker.domain.feed import AliasKey, Entry, EntryKind, Identity, Source, StatedTime, TimeBasis
from tracker.feeds.identity import (
    canonical_text,
    clean_link,
    identify_all,
    identify_post,
    keys_of,
    post_keys,
    text_hash,
)


def alone(entry: Entry) -> Identity:
    return identify_all([entry])[0]


def test_comment_is_known_by_its_own_number() -> None:
    identity = alone(comment(native_number="7480", guid=HOME + "?p=882#comment-7480"))
    assert identity.key == "number:7480"
    assert AliasKey("guid", "/?p=882#comment-7480") in identity.aliases


def test_comment_without_a_number_is_known_by_its_guid_on_any_host() -> None:
    one = alone(comment(guid="http://a.example/c/9"))
    two = alone(comment(guid="https://www.b.example/c/9", html="<p>edited</p>"))
    assert one.key == two.key == "guid:/c/9"


def test_four_comments_with_one_guid_are_four() -> None:
    entries = [comment(guid="same", html=f"<p>text {n}</p>") for n in range(4)]
    identities = identify_all(entries)
    assert len({identity.key for identity in identities}) == 4
    assert all(identity.ambiguous == (AliasKey("guid", "same"),) for identity in identities)
    assert all("guid:same" not in keys_of(identity) for identity in identities)


def test_one_comment_shown_twice_is_one() -> None:
    one, two = identify_all([comment(guid="same"), comment(guid="same")])
    assert one == two
    assert one.ambiguous == ()


def test_comment_whose_guid_changes_keeps_an_alias() -> None:
    before, after = alone(comment(guid="a")), alone(comment(guid="b"))
    assert before.key != after.key
    assert set(keys_of(before)) & set(keys_of(after))


def test_number_learnt_later_shares_an_alias_with_the_comment_without_it() -> None:
    without = alone(comment(guid="x-1"))
    later = alone(comment(native_number="12", link=POST + "#comment-12"))
    assert set(keys_of(without)) & set(keys_of(later))


def test_same_words_on_two_posts_are_two_comments() -> None:
    one, two = identify_all([comment(link=POST), comment(link=HOME + "other/")])
    assert one.key != two.key


def test_number_borne_by_two_different_comments_identifies_neither() -> None:
    entries = [
        comment(native_number="1", guid="a", html="<p>one</p>"),
        comment(native_number="1", guid="b", html="<p>two</p>"),
    ]
    assert [identity.key for identity in identify_all(entries)] == ["guid:a", "guid:b"]


def test_order_and_split_of_documents_do_not_change_identities() -> None:
    entries = list(parse(load("educator-site-comments-atom.xml")).entries)
    keys = {entry.guid: identity.key for entry, identity in zip(entries, identify_all(entries), strict=True)}
    for part in (entries[::-1], entries[:1], entries[1:]):
        for entry, identity in zip(part, identify_all(part), strict=True):
            assert identity.key == keys[entry.guid]


@pytest.mark.parametrize(
    ("link", "key"),
    [
        pytest.param("https://a.example/2026/x/#comment-9", "/2026/x#comment-9", id="plain"),
        pytest.param(
            "http://www.a.example/2026/x/comment-page-2/#comment-9", "/2026/x#comment-9", id="comment page"
        ),
        pytest.param("/2026/x?cpage=2&utm_source=feed#comment-9", "/2026/x#comment-9", id="tracking"),
        pytest.param("http://a.example/?p=5&cpage=2#comment-9", "/?p=5#comment-9", id="default permalink"),
        pytest.param("http://a.example/2026/x.html?showComment=123#c9", "/2026/x.html#c9", id="Blogger"),
        pytest.param("http://a.example/x.html?m=1", "/x.html", id="Blogger on a phone"),
        pytest.param(
            "http://a.example/x/?unapproved=9&moderation-hash=abc#comment-9", "/x#comment-9", id="held"
        ),
        pytest.param("http://a.example", "/", id="home"),
        pytest.param("http://[broken", "", id="no address"),
    ],
)
def test_link_is_cleaned_of_what_changes(link: str, key: str) -> None:
    assert clean_link(link) == key


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("http://orlafinch.example/?p=882", id="guid"),
        pytest.param("?p=882", id="number from REST"),
        pytest.param("https://www.orlafinch.example/2026/09/social-media-and-us/", id="permalink"),
        pytest.param(
            "http://orlafinch.example/2026/09/social-media-and-us/comment-page-1/", id="comment page"
        ),
        pytest.param("http://orlafinch.example/2026/09/social-media-and-us", id="without slash"),
    ],
)
def test_every_name_of_a_post_finds_it(name: str) -> None:
    post = parse(load("educator-posts-atom.xml")).entries[0]
    assert set(post_keys(name)) & set(identify_post(post).aliases)
    assert identify_post(post).key == "number:882"


def test_blogger_post_is_found_by_its_id() -> None:
    post = Entry(
        EntryKind.POST, Source.ATOM, guid="tag:blogger.com,1999:blog-1.post-99001", native_number="99001"
    )
    assert AliasKey("number", "99001") in post_keys("tag:blogger.com,1999:blog-1.post-99001")
    assert set(post_keys("tag:blogger.com,1999:blog-1.post-99001")) <= set(identify_post(post).aliases)


def test_comments_name_their_post_in_every_form() -> None:
    known = set(identify_post(parse(load("educator-posts-atom.xml")).entries[0]).aliases)
    for name in ("educator-site-comments-atom.xml", "educator-post-comments-rss.xml", "educator-rest.json"):
        for entry in parse(load(name)).entries:
            assert any(set(post_keys(reply)) & known for reply in entry.reply_to)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("<p>It&#8217;s  a “test”</p>", 'It\'s a "test"', True, id="quotes and markup"),
        pytest.param("<p>a</p>\n<p>b</p>", "a<br/>b", True, id="paragraphs"),
        pytest.param('hi <img class="wp-smiley" alt="🙂" src="x"/>', "hi 🙂", True, id="emoji"),
        pytest.param(
            'words<span class="cluv">Ada recently posted..<a href="x">P</a></span>', "words", True, id="tail"
        ),
        pytest.param(
            "see http://a.example/x",
            'see <a href="http://a.example/x">http://a.example/x</a>',
            True,
            id="link",
        ),
        pytest.param("cafe\u0301", "café", True, id="accents"),
        pytest.param("I agree", "I disagree", False, id="other words"),
        pytest.param("👍", "👎", False, id="signs only"),
        pytest.param("10 words", "11 words", False, id="numbers"),
    ],
)
def test_texts_are_compared_by_what_they_say(one: str, other: str, same: bool) -> None:
    assert (text_hash(one) == text_hash(other)) == same


def test_canonical_text_has_no_markup() -> None:
    assert canonical_text("<p>Hello, <b>World</b>!</p><script>x()</script>") == "helloworld"


def test_missing_time_and_stated_time_are_told_apart() -> None:
    dated = comment(guid="")
    undated = replace(dated, posted=StatedTime())
    other = replace(dated, posted=StatedTime("y", datetime(2026, 10, 6, 10, tzinfo=UTC), TimeBasis.OFFSET))
    assert len({alone(entry).key for entry in (dated, undated, other)}) == 3
