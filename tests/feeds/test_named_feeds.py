"""Which feeds a page names, wherever it names them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tracker.feeds.named_feeds import find_feeds, read_link_header

PAGE = "http://vale.example/journal/"


def feeds(body: str = "", *, head: str = "", link: str = "", base: str = PAGE) -> tuple[str, ...]:
    tree = LexborHTMLParser(f"<html><head>{head}</head><body>{body}</body></html>")
    return find_feeds(tree, {"link": link} if link else {}, PAGE, base)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        pytest.param(
            '</posts.atom>; rel="alternate"; type="application/atom+xml"', ("/posts.atom",), id="as written"
        ),
        pytest.param("<all.rss>;type=application/rss+xml;REL=alternate", ("/journal/all.rss",), id="order"),
        pytest.param(
            '</s,1.css>; rel=preload; title="x, y", </a.xml>; rel="home alternate"; type=text/xml',
            ("/a.xml",),
            id="several, with commas",
        ),
        pytest.param('</feed>; rel="alternate", </c.rdf>; rel=feed', ("/feed", "/c.rdf"), id="no type"),
        pytest.param(
            '</wp-json/>; rel="https://api.w.org/", </de/>; rel=alternate; hreflang=de', (), id="no feeds"
        ),
        pytest.param('<javascript:x>; rel=feed, <>; rel="feed"', (), id="no addresses"),
    ],
)
def test_header_names_feeds(link: str, found: tuple[str, ...]) -> None:
    assert feeds(link=link) == tuple(f"http://vale.example{path}" for path in found)


def test_header_is_relative_to_the_page_and_the_head_to_its_base() -> None:
    head = '<link rel=alternate type="application/atom+xml" href="a.xml">'
    found = feeds(head=head, link="<b.xml>; rel=alternate; type=text/xml", base="http://vale.example/x/")
    assert found == ("http://vale.example/x/a.xml", "http://vale.example/journal/b.xml")


def test_parameters_of_a_link_are_read_with_their_quotes() -> None:
    (link,) = read_link_header({"link": r'<x>; rel="next"; title="a \" ; b"; n=1'})
    assert link == ("x", {"rel": "next", "title": r"a \" ; b", "n": "1"})


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param('<a href="/journal/flux.rss">Flux du carnet</a>', ("/journal/flux.rss",), id="French"),
        pytest.param(
            '<a href="/rss.php?type=posts"><img alt="RSS"></a>', ("/rss.php?type=posts",), id="icon"
        ),
        pytest.param('<a href="/feed/atom"><svg></svg></a>', ("/feed/atom",), id="a picture without words"),
        pytest.param('<a href="/?tempskin=_rss2#top">RSS</a>', ("/?tempskin=_rss2",), id="in the query"),
        pytest.param('<a href="https://www.vale.example/rss">RSS</a>', None, id="the same host by www"),
        pytest.param('<a href="/journal/rssi-meter">RSS meter</a>', (), id="a word that begins so"),
        pytest.param('<a href="/feed/atom">Feeding our hens</a>', (), id="not called a feed"),
        pytest.param('<a href="http://other.example/feed">RSS</a>', (), id="another site"),
    ],
)
def test_text_links_feeds(body: str, found: tuple[str, ...] | None) -> None:
    wanted = ("https://www.vale.example/rss",) if found is None else found
    assert feeds(body) == tuple(x if "//" in x else f"http://vale.example{x}" for x in wanted)


def test_links_to_feeds_of_posts_count_only_where_no_other_is_named() -> None:
    body = '<a href="/tag/art/feed">RSS</a> <a href="/comments.rss">Comments (RSS)</a>'
    head = '<link rel=alternate type="application/rss+xml" href="/feed">'
    assert feeds(body) == ("http://vale.example/tag/art/feed", "http://vale.example/comments.rss")
    assert feeds(body, head=head) == ("http://vale.example/feed", "http://vale.example/comments.rss")


def test_document_that_is_no_feed_is_passed_over() -> None:
    kinds = ("application/json+oembed", "text/xml+oembed", "application/rsd+xml", "application/opensearch")
    head = "".join(f'<link rel=alternate type="{kind}" href="/x{n}">' for n, kind in enumerate(kinds))
    assert feeds(head=head + '<link rel=alternate hreflang=de href="/de/">') == ()
