"""By which scheme a blog is read, over real HTTP; the secure server stands behind a stand-in for TLS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from tests.feeds.sample_documents import atom, load
from tests.support.blog_server import BlogServer
from tracker.domain.errors import DiscoveryError, FetchError, FetchErrorClass
from tracker.domain.feed import DiscoveredBlog, Document, FeedKind, FetchResult
from tracker.feeds.client.fetch import Fetcher, FetchLimits
from tracker.feeds.discover import discover
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.feed_search import LED_TO_HTTP, NO_HTTPS

HOME = "orlafinch.example/"
PAGE = '<html><head><meta name="generator" content="WordPress 6.1"></head></html>'


@dataclass
class Schemes:
    """One server for each scheme; `broken` is what https fails with before it is reached."""

    plain: BlogServer
    secure: BlogServer
    broken: FetchErrorClass | None = None
    is_plain_closed: bool = False

    def fetch(self, url: str) -> FetchResult:
        scheme, _, rest = url.partition("://")
        is_secure = scheme == "https"
        if is_secure and self.broken is not None:
            raise FetchError("The certificate is not valid.", url=url, error_class=self.broken)
        if not is_secure and self.is_plain_closed:
            raise FetchError("Nothing answers.", url=url, error_class=FetchErrorClass.CONNECT)
        server = self.secure if is_secure else self.plain
        limits = FetchLimits(allow_private=("127.0.0.0/8",), total_timeout_s=3, max_redirects=0)
        with Fetcher(limits, server.resolve) as fetcher:
            try:
                result = fetcher.fetch(f"http://{rest}")
            except FetchError as error:
                raise FetchError(
                    str(error), url=url, error_class=error.error_class, http_status=error.http_status
                ) from None
        final = f"{scheme}://{result.final_url.partition('://')[2]}"
        return replace(result, url=url, final_url=final)

    def find(self, pasted: str) -> DiscoveredBlog:
        return discover(pasted, self.fetch, parse)


def parse(result: FetchResult, expect: FeedKind) -> Document:
    return parse_document(result.body, result.headers, result.final_url, expect)


@pytest.fixture
def schemes() -> Iterator[Schemes]:
    with BlogServer() as plain, BlogServer() as secure:
        yield Schemes(plain, secure)


def serve(server: BlogServer, *, page: bool = True) -> None:
    if page:
        server.set("/", PAGE, headers={"Content-Type": "text/html"})
    server.set("/feed/atom/", load("educator-posts-atom.xml"))
    server.set("/comments/feed/atom/", atom([1]))


def lead_away(server: BlogServer, *paths: str) -> None:
    for path in paths:
        server.redirect(path, f"http://{HOME}{path[1:]}")


FEEDS = {f"http://{HOME}feed/atom/", f"http://{HOME}comments/feed/atom/"}


@pytest.mark.parametrize(
    ("pasted", "note"),
    [
        pytest.param("http://orlafinch.example/", "", id="http"),
        pytest.param("orlafinch.example", LED_TO_HTTP, id="no scheme"),
        pytest.param("https://orlafinch.example/", LED_TO_HTTP, id="https"),
    ],
)
def test_blog_whose_server_leads_to_http_is_read_there(schemes: Schemes, pasted: str, note: str) -> None:
    serve(schemes.plain)
    lead_away(schemes.secure, "/", "/feed/atom/", "/comments/feed/atom/")
    blog = schemes.find(pasted)
    assert {feed.url for feed in blog.feeds} == FEEDS
    assert blog.note == note


@pytest.mark.parametrize(
    ("pasted", "is_found"),
    [
        pytest.param("http://orlafinch.example/", True, id="http"),
        pytest.param("orlafinch.example", True, id="no scheme"),
        pytest.param("https://orlafinch.example/", False, id="https"),
    ],
)
@pytest.mark.parametrize("trouble", [FetchErrorClass.TLS, FetchErrorClass.CONNECT], ids=["TLS", "closed"])
def test_https_that_fails_is_no_reason_for_http_where_it_was_asked_for(
    schemes: Schemes, pasted: str, is_found: bool, trouble: FetchErrorClass
) -> None:
    schemes.broken = trouble
    serve(schemes.plain)
    if not is_found:
        with pytest.raises(DiscoveryError, match=r"certificate.*http://"):
            schemes.find(pasted)
        assert schemes.plain.requests == []
        return
    blog = schemes.find(pasted)
    assert {feed.url for feed in blog.feeds} == FEEDS
    assert blog.note == ("" if "://" in pasted else NO_HTTPS)


def test_feeds_alone_that_lead_to_http_are_read_there(schemes: Schemes) -> None:
    serve(schemes.secure)
    serve(schemes.plain, page=False)
    lead_away(schemes.secure, "/feed/atom/", "/comments/feed/atom/")
    blog = schemes.find("https://orlafinch.example/")
    assert {feed.url for feed in blog.feeds} == FEEDS
    assert (blog.home_url, blog.note) == ("https://orlafinch.example/", LED_TO_HTTP)


def test_feed_that_the_page_names_over_http_is_read_over_https_where_http_is_closed(schemes: Schemes) -> None:
    schemes.is_plain_closed = True
    link = '<link rel=alternate type="application/atom+xml" href="http://orlafinch.example/all.xml">'
    schemes.secure.set("/", f"<html><head>{link}</head></html>")
    feed = load("educator-posts-atom.xml").replace(b"WordPress", b"own").replace(b"?p=", b"a")
    schemes.secure.set("/all.xml", feed)
    blog = schemes.find("http://orlafinch.example/")
    assert [feed.url for feed in blog.feeds] == ["https://orlafinch.example/all.xml"]
    assert LED_TO_HTTP not in blog.note
    assert NO_HTTPS not in blog.note


def test_circle_between_the_schemes_ends(schemes: Schemes) -> None:
    schemes.is_plain_closed = True
    lead_away(schemes.secure, "/")
    with pytest.raises(DiscoveryError):
        schemes.find("https://orlafinch.example/")
    assert len(schemes.secure.requests) == 1
