"""The addresses of Blogger."""

from __future__ import annotations

from tracker.feeds.platforms.base import Clues
from tracker.feeds.platforms.registry import platform_of

BLOGGER = platform_of("blogger")
HOME = "https://x.blogspot.com/"


def test_site_comments_are_asked_at_the_blog_then_by_its_number() -> None:
    clues = Clues(HOME, home_url=HOME, blog_number="11", feeds=(f"{HOME}feeds/5/comments/default",))
    assert list(BLOGGER.comment_feeds(clues)) == [
        f"{HOME}feeds/comments/default",
        "https://www.blogger.com/feeds/11/comments/default",
    ]


def test_named_feeds_of_posts_come_after_those_that_are_known() -> None:
    clues = Clues(HOME, home_url=HOME, feeds=(f"{HOME}feeds/posts/default?alt=rss",))
    assert list(BLOGGER.post_feeds(clues)) == [f"{HOME}feeds/posts/default", *clues.feeds]


def test_comments_of_a_post_are_asked_by_its_number_then_where_the_blog_says() -> None:
    given = "https://www.blogger.com/feeds/11/5/comments/default"
    found = BLOGGER.post_comment_feeds("", given=given, number="5", home_url=HOME)
    assert found == (f"{HOME}feeds/5/comments/default", given)
    assert BLOGGER.post_comment_feeds("", number="5") == ()


def test_further_page_begins_where_the_last_one_ended() -> None:
    url = BLOGGER.page_url(f"{HOME}feeds/comments/default?alt=atom&start-index=1&max-results=25", 26)
    assert url == f"{HOME}feeds/comments/default?alt=atom&start-index=26&max-results=100"


def test_feed_by_number_does_not_tell_the_blogs_address() -> None:
    assert BLOGGER.home_of_feed(f"{HOME}feeds/comments/default") == HOME
    assert BLOGGER.home_of_feed("https://www.blogger.com/feeds/11/comments/default") == ""
