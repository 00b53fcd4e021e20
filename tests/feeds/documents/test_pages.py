"""Comments read off the pages of posts, theme by theme."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.feeds.sample_documents import POST, load
from tracker.domain.feed import Entry, EntryKind, FeedKind, Platform, TimeBasis
from tracker.feeds.documents.pages import read_page

HASH_32 = "0cc175b9c0f1b6a831c399e269772661"
HASH_64 = HASH_32 * 2


def read(body: str, url: str = POST) -> dict[str, Entry]:
    document = read_page(f"<html><head><title>T</title></head><body>{body}</body></html>".encode(), url)
    return {entry.native_number: entry for entry in document.entries}


def test_answers_are_told_from_what_they_answer() -> None:
    entries = {e.native_number: e for e in read_page(load("educator-post-page.html"), POST).entries}
    assert "never thought of my phone" in entries["7481"].html
    assert "Hello again" not in entries["7481"].html
    assert "Hello again" in entries["7483"].html
    assert all("Reply" not in entry.html for entry in entries.values())


def test_block_theme_is_read() -> None:
    entry = read(
        '<ol class="wp-block-comment-template"><li id="comment-5" class="comment byuser bypostauthor">'
        f'<div class="wp-block-avatar"><img src="https://secure.gravatar.com/avatar/{HASH_64}?s=40" /></div>'
        '<div class="wp-block-comment-author-name"><a rel="external nofollow ugc" href="http://ada.example/">Ada'
        ' Lund</a></div><div class="wp-block-comment-date"><time datetime="2026-10-05T10:00:00-05:00"><a'
        ' href="#comment-5">Oct 5</a></time></div>'
        '<div class="wp-block-comment-content"><p>Some words.</p></div>'
        '<div class="wp-block-comment-reply-link">'
        '<a rel="nofollow" class="comment-reply-link" href="?replytocom=5">Reply</a></div></li></ol>'
    )["5"]
    assert (entry.author, entry.author_url, entry.avatar_hash) == ("Ada Lund", "http://ada.example/", HASH_64)
    assert entry.html == "<p>Some words.</p>"
    assert entry.posted.at == datetime(2026, 10, 5, 15, tzinfo=UTC)
    assert entry.by_owner


@pytest.mark.parametrize("prefix", ["comment-", "li-comment-", "div-comment-"])
def test_comment_is_what_carries_its_id(prefix: str) -> None:
    entry = read(
        f'<li id="{prefix}9"><cite class="fn">Ada</cite><div class="comment-content"><p>x</p></div></li>'
    )["9"]
    assert (entry.author, entry.link) == ("Ada", POST + "#comment-9")


def test_broken_tag_of_a_theme_costs_nothing() -> None:
    entries = read(
        '<ol><liclass even depth-1 id="comment-7"><div id="div-comment-7"><b class="fn"><a href="http://a.example"'
        ' class="url">Ada</a></b><p>one</p></div><ol class="children"><liclass odd id="comment-8"><div'
        ' id="div-comment-8"><b class="fn">Bo</b><p>two</p></div></liclass></ol></liclass></ol>'
    )
    assert {number: (e.author, e.html) for number, e in entries.items()} == {
        "7": ("Ada", "<p>one</p>"),
        "8": ("Bo", "<p>two</p>"),
    }


def test_theme_without_a_place_for_the_text_still_gives_it() -> None:
    entry = read(
        '<li id="comment-3"><div class="comment-author vcard"><cite class="fn">Ada</cite> '
        '<span class="says">says:</span></div>'
        '<div class="comment-meta commentmetadata"><a href="#comment-3">July 11</a></div>'
        "<p>First.</p><blockquote><p>Quoted.</p></blockquote><p>Last.</p>"
        '<div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></li>'
    )["3"]
    assert entry.html == "<p>First.</p>\n<blockquote><p>Quoted.</p></blockquote>\n<p>Last.</p>"
    assert entry.posted.basis is TimeBasis.MISSING


def test_pingback_has_its_class() -> None:
    entry = read(
        '<li class="pingback even" id="comment-4"><p>Pingback: <a href="http://b.example/p" class="url"'
        " rel='external nofollow'>Their post</a></p></li>"
    )["4"]
    assert entry.kind is EntryKind.PINGBACK


def test_login_counts_on_wordpress_com_only() -> None:
    body = (
        '<li id="comment-6" class="comment byuser comment-author-adalund"><b class="fn">ada</b><p>x</p></li>'
    )
    assert read(body, "https://room.wordpress.com/p/")["6"].account == "https://adalund.wordpress.com/"
    assert read(body)["6"].account == ""


def test_wall_clock_labelled_utc_is_not_believed() -> None:
    body = '<li id="comment-6"><b class="fn">ada</b><time datetime="2026-10-05T10:00:00+00:00">x</time></li>'
    assert read(body)["6"].posted.basis is TimeBasis.NAIVE


def test_blogger_page_is_read() -> None:
    page = (
        "<html><head><meta content='blogger' name='generator'/></head><body><ol id='top-ra'>"
        '<li class="comment" id="c50002"><div class="comment-block"><div class="comment-header">'
        '<cite class="user"><a href="https://www.blogger.com/profile/9988776655" rel="nofollow">Lena Voss</a>'
        '</cite><span class="icon user "></span><span class="datetime secondary-text"><a rel="nofollow" href="http://t.example/x.html?'
        'showComment=1789952460000#c50002">20 September</a></span></div>'
        '<p class="comment-content">Halves.<br>Good.</p>'
        '<span class="comment-actions"><a class="comment-reply">Reply</a></span></div><div'
        ' class="comment-replies"><ol><li class="comment" id="c5000299"><div class="comment-header"><cite'
        ' class="user">Tom</cite></div><p class="comment-content">Thanks.</p></li></ol></div></li></ol>'
        '<a href="https://www.blogger.com/comment.g?blogID=440011&amp;postID=99001">x</a></body></html>'
    ).replace("c50002", "c5000222")
    document = read_page(page.encode(), "http://t.example/x.html")
    first, answer = document.entries
    assert (document.platform, document.kind) == (Platform.BLOGGER, FeedKind.COMMENTS)
    assert (first.author, first.account) == ("Lena Voss", "https://www.blogger.com/profile/9988776655")
    assert first.html == "Halves.<br>Good."
    assert first.posted.at == datetime(2026, 9, 21, 1, 1, tzinfo=UTC)
    assert first.reply_to[0] == "tag:blogger.com,1999:blog-440011.post-99001"
    assert (answer.author, answer.html) == ("Tom", "Thanks.")


def test_page_without_comments_is_an_ordinary_answer() -> None:
    assert read("<p>Nothing here.</p>") == {}
