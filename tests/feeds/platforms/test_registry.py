"""Which platform answers, and what is asked before it is known."""

from __future__ import annotations

import pytest

from tracker.domain.feed import Platform
from tracker.feeds.platforms.base import Clues
from tracker.feeds.platforms.registry import (
    ANY_BLOG,
    PLATFORMS,
    TOMBSTONES,
    blog_number_in,
    comment_number_in,
    guess_by_address,
    hosting_of,
    platform_of,
    post_number_in,
    recognize,
)

BLOGGER_ID = "tag:blogger.com,1999:blog-11.post-22"


def test_every_platform_is_answered_for_by_one_object() -> None:
    assert sorted(platform.kind for platform in PLATFORMS) == sorted(Platform)
    assert len({platform.name for platform in PLATFORMS}) == len(PLATFORMS)
    assert PLATFORMS[-1] is ANY_BLOG
    for kind in Platform:
        assert platform_of(kind.value).kind is kind


@pytest.mark.parametrize(
    ("clues", "kind"),
    [
        pytest.param(Clues("https://x.example/"), Platform.GENERIC, id="nothing"),
        pytest.param(Clues("https://x.example/", generator="wordpress 6.1"), Platform.WORDPRESS, id="word"),
        pytest.param(Clues("https://x.example/", generator="blogger"), Platform.BLOGGER, id="blogger"),
        pytest.param(Clues("https://x.blogspot.com.ar/"), Platform.BLOGGER, id="blogspot of a country"),
        pytest.param(Clues("https://x.example/", ids=(BLOGGER_ID,)), Platform.BLOGGER, id="blogger's id"),
        pytest.param(
            Clues("https://x.example/", feeds=("https://www.blogger.com/feeds/11/posts/default",)),
            Platform.BLOGGER,
            id="blogger's feed by number",
        ),
        pytest.param(Clues("https://x.edublogs.org/"), Platform.WORDPRESS, id="edublogs"),
        pytest.param(Clues("https://edublogs.example/"), Platform.GENERIC, id="only a name like it"),
        pytest.param(
            Clues("https://x.example/", ids=("https://x.example/?p=882#comment-7480",)),
            Platform.WORDPRESS,
            id="wordpress's id",
        ),
        pytest.param(
            Clues("https://x.example/", links=(("https://api.w.org/", "https://x.example/wp-json/"),)),
            Platform.WORDPRESS,
            id="wordpress's interface",
        ),
        pytest.param(
            Clues("https://x.example/", text='<img src="/wp-content/a.png">'), Platform.WORDPRESS, id="files"
        ),
    ],
)
def test_platform_is_recognized_by_what_a_document_shows(clues: Clues, kind: Platform) -> None:
    assert recognize(clues).kind is kind


@pytest.mark.parametrize(
    ("url", "kind", "home"),
    [
        ("https://x.edu/jane/comments/feed/", Platform.WORDPRESS, "https://x.edu/jane/"),
        ("https://x.edu/jane/wp-json/wp/v2/comments", Platform.WORDPRESS, "https://x.edu/jane/"),
        ("https://x.edu/jane/2026/a-post/feed/", Platform.WORDPRESS, "https://x.edu/"),
        ("https://jane.blogspot.com/atom.xml", Platform.BLOGGER, "https://jane.blogspot.com/"),
        ("https://jane.example/feeds/5/comments/default", Platform.BLOGGER, "https://jane.example/"),
        ("https://jane.example/rss.xml", Platform.GENERIC, "https://jane.example/"),
    ],
)
def test_address_alone_tells_a_likely_platform_and_home(url: str, kind: Platform, home: str) -> None:
    platform = guess_by_address(url)
    assert (platform.kind, platform.guess_home(url)) == (kind, home)


@pytest.mark.parametrize(
    ("host", "hosting"),
    [
        ("jane.blogspot.co.uk", "blogspot"),
        ("jane.wordpress.com", "wordpress.com"),
        ("public-api.wordpress.com", "wordpress.com"),
        ("edublogs.org", "edublogs.org"),
        ("mywordpress.com", ""),
        ("jane.example", ""),
    ],
)
def test_blogs_of_one_company_share_a_limit(host: str, hosting: str) -> None:
    assert hosting_of(host) == hosting


@pytest.mark.parametrize(
    ("text", "comment", "post", "blog"),
    [
        pytest.param(BLOGGER_ID, "22", "22", "11", id="blogger's id, which is that of a post or a comment"),
        pytest.param("https://x.example/?p=882#comment-7480", "7480", "882", "", id="wordpress's guid"),
        pytest.param("https://x.example/a/#comment-7480", "7480", "", "", id="wordpress's link"),
        pytest.param("https://x.example/a.html?showComment=1#c99", "99", "", "", id="blogger's link"),
        pytest.param("https://x.blogspot.com/a.html#c99", "99", "", "", id="blogger's host"),
        pytest.param("https://x.example/a.html#c99", "", "", "", id="an anchor of any program"),
        pytest.param("comment 104 at https://x.example", "104", "", "", id="drupal"),
    ],
)
def test_numbers_are_read_off_ids_and_addresses_of_any_platform(
    text: str, comment: str, post: str, blog: str
) -> None:
    assert (comment_number_in(text), post_number_in(text), blog_number_in(text)) == (comment, post, blog)


def test_tombstones_are_written_as_they_are_compared() -> None:
    assert "this comment has been removed by the author." in TOMBSTONES
    assert all(text == text.casefold() and "’" not in text for text in TOMBSTONES)
