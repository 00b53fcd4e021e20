"""How much of a path is a blog's own address."""

from __future__ import annotations

import pytest

from tracker.feeds.blog_home import find_home, may_be_home, told_home


@pytest.mark.parametrize(
    ("url", "home"),
    [
        pytest.param(
            "http://people.ucalder.example/~vale/a-post", "http://people.ucalder.example/~vale/", id="tilde"
        ),
        pytest.param("https://blogs.ucalder.edu/vale/2026/x", "https://blogs.ucalder.edu/vale/", id="campus"),
        pytest.param(
            "https://sites.google.com/view/vale/home", "https://sites.google.com/view/vale/", id="google"
        ),
        pytest.param("https://medium.com/@vale/x-1", "https://vale.medium.com/", id="named by the path"),
        pytest.param("http://vale.example/a/b", "http://vale.example/", id="the host does not tell"),
        pytest.param("http://vale.example:8080/a", "http://vale.example:8080/", id="port"),
    ],
)
def test_some_hosts_tell_whose_a_path_is(url: str, home: str) -> None:
    assert told_home(url) == home


@pytest.mark.parametrize(
    ("page", "feed", "named", "home"),
    [
        pytest.param("/", "/rss.xml", "/", "/", id="own host"),
        pytest.param("/a-post", "/rss.xml", "/", "/", id="a post of it"),
        pytest.param("/edt/", "/edt/feed.xml", "/", "/edt/", id="folder of page and feed"),
        pytest.param("/edt/a-post/", "/edt/feed.xml", "", "/edt/", id="post in a folder"),
        pytest.param("/edt/", "/feeds/7.xml", "/edt/", "/edt/", id="the feed names the page"),
        pytest.param("/about", "/edt/rss", "/edt/", "/edt/", id="the feed names its own folder"),
        pytest.param("/about", "/feeds/7.xml", "/news/", "/", id="the feed names another page"),
        pytest.param("/2026/10/a/", "/2026/10/a/feed/", "", "/", id="the folder of a post is none"),
        pytest.param("/~vale/x/", "http://feeds.example/vale", "", "/~vale/", id="feed elsewhere"),
        pytest.param("/edt/", "/edt/rss.xml", "http://other.example/edt/", "/edt/", id="names another host"),
        pytest.param("/edt/", "/edt/rss.xml", "https://www.vale.example/edt/", "/edt/", id="the same by www"),
    ],
)
def test_home_is_the_longest_that_page_and_feed_agree_on(page: str, feed: str, named: str, home: str) -> None:
    urls = [
        path if "//" in path or not path else f"http://vale.example{path}" for path in (page, feed, named)
    ]
    assert find_home(*urls) == f"http://vale.example{home}"


@pytest.mark.parametrize(
    ("home", "page", "may"),
    [
        pytest.param("/", "/2026/10/a/", True, id="root"),
        pytest.param("/~vale/", "/~vale/about/", True, id="above the page"),
        pytest.param("/welcome/", "/", False, id="below the page"),
        pytest.param("/2026/10/a/", "/2026/10/a/", False, id="a post"),
        pytest.param("/kategorie/category/kunst/", "/kategorie/category/kunst/", False, id="a category"),
        pytest.param("/va/", "/vale/", False, id="a part of a name"),
    ],
)
def test_home_holds_the_page_and_is_no_page_of_any_blog(home: str, page: str, may: bool) -> None:
    assert may_be_home(f"http://x.example{home}", f"http://x.example{page}") is may
