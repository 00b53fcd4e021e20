"""The addresses of WordPress, with pretty and with default permalinks."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from tracker.feeds.platforms.base import Clues
from tracker.feeds.platforms.registry import platform_of

WORDPRESS = platform_of("wordpress")
HOME = "https://x.example/"


@pytest.mark.parametrize(
    ("url", "forms"),
    [
        ("comments/feed/", ("comments/feed/atom/", "comments/feed/")),
        ("comments/feed/atom/", ("comments/feed/atom/", "comments/feed/")),
        ("a-post/feed/rss2/", ("a-post/feed/atom/", "a-post/feed/rss2/")),
        ("atom-and-void/feed/", ("atom-and-void/feed/atom/", "atom-and-void/feed/")),
        ("?feed=comments-rss2", ("?feed=comments-atom", "?feed=comments-rss2")),
        ("?feed=comments-rss", ("?feed=comments-atom", "?feed=comments-rss")),
        ("?feed=atom&p=5", ("?feed=atom&p=5", "?feed=rss2&p=5")),
        ("comments/feed/rdf/", ("comments/feed/rdf/",)),
        ("?feed=rdf", ("?feed=rdf",)),
    ],
)
def test_the_form_with_links_of_writers_comes_first(url: str, forms: tuple[str, ...]) -> None:
    assert WORDPRESS.feed_forms(HOME + url) == tuple(HOME + form for form in forms)


@pytest.mark.parametrize(
    ("feed", "home"),
    [
        ("comments/feed/", ""),
        ("index.php/comments/feed/", ""),
        ("wp-commentsrss2.php", ""),
        ("?feed=comments-rss2", ""),
        ("jane/feed/atom/", "jane/"),
    ],
)
def test_home_is_what_stands_before_the_feed(feed: str, home: str) -> None:
    assert WORDPRESS.home_of_feed(HOME + feed) == HOME + home


@pytest.mark.parametrize(
    "clues",
    [
        pytest.param(Clues(HOME, home_url=HOME, feeds=(f"{HOME}?feed=rss2",)), id="a page names one"),
        pytest.param(Clues(HOME, home_url=HOME, given_feed=f"{HOME}?feed=comments-rss2"), id="one was given"),
        pytest.param(
            Clues(HOME, home_url=HOME, links=(("https://api.w.org/", f"{HOME}?rest_route=/"),)), id="REST"
        ),
    ],
)
def test_default_permalinks_are_asked_first_where_they_are_in_use(clues: Clues) -> None:
    assert next(WORDPRESS.comment_feeds(clues)) == f"{HOME}?feed=comments-atom"
    assert next(WORDPRESS.comment_feeds(Clues(HOME, home_url=HOME))) == f"{HOME}comments/feed/atom/"


def test_blogs_own_feed_is_asked_before_that_of_a_category() -> None:
    clues = Clues(HOME, home_url=HOME, feeds=(f"{HOME}category/art/feed/", f"{HOME}feed/"))
    found = list(WORDPRESS.post_feeds(clues))
    assert found[:2] == [f"{HOME}feed/atom/", f"{HOME}feed/"]
    assert found[-2:] == list(clues.feeds)


def test_comments_of_a_post_are_asked_by_its_address_or_number() -> None:
    assert WORDPRESS.post_comment_feeds(f"{HOME}a/comment-page-2/") == (
        f"{HOME}a/feed/atom/",
        f"{HOME}a/feed/",
    )
    assert WORDPRESS.post_comment_feeds(f"{HOME}?p=5", given=f"{HOME}?feed=rss2&p=5") == (
        f"{HOME}?feed=atom&p=5",
        f"{HOME}?feed=rss2&p=5",
        f"{HOME}?feed=atom&p=5&withcomments=1",
        f"{HOME}?feed=rss2&p=5&withcomments=1",
    )
    assert WORDPRESS.post_comment_feeds("") == ()


def test_rest_is_sought_in_the_form_in_use_and_at_the_company() -> None:
    default = "?rest_route=/wp/v2/comments"
    assert WORDPRESS.rest_bases("", f"{HOME}comments/feed/") == (
        f"{HOME}wp-json/wp/v2/comments",
        HOME + default,
    )
    assert WORDPRESS.rest_bases(HOME, f"{HOME}?feed=comments-rss2") == (HOME + default,)
    hosted = WORDPRESS.rest_bases("https://jane.wordpress.com", "https://jane.wordpress.com/comments/feed/")
    assert hosted[-1] == "https://public-api.wordpress.com/wp/v2/sites/jane.wordpress.com/comments"


def test_rest_is_asked_in_utc_and_says_so() -> None:
    after = datetime(2026, 10, 5, 20, 0, tzinfo=timezone(timedelta(hours=-5)))
    url = WORDPRESS.rest_page_url(f"{HOME}?rest_route=/wp/v2/comments", post="5", after=after)
    assert url.endswith("&per_page=100&page=1&post=5&after=2026-10-06T01%3A00%3A00Z")
