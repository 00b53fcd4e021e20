"""Which program keeps a page's comments, by what the page loads, and where that program's feed is."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tracker.domain.blog import KeptSight
from tracker.domain.feed import KeptComments
from tracker.feeds.comment_services import SERVICES, find_service, service_named, service_of_feed, sight_of

URL = "https://stube.example/2026/murmelbahn/"
DISQUS = KeptComments("Disqus", "calderroom", "https://calderroom.disqus.com/latest.rss")


def find(body: str) -> KeptComments | None:
    return find_service(LexborHTMLParser(f"<html><body>{body}</body></html>"), URL)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<script async src="https://calderroom.disqus.com/embed.js"></script>', id="script"),
        pytest.param('<script src="//CalderRoom.disqus.com/count.js"></script>', id="counts"),
        pytest.param(
            "<script>var d=document,s=d.createElement('script');"
            "s.src='https://calderroom.disqus.com/embed.js';</script>",
            id="made by a script",
        ),
        pytest.param(
            "<div id=disqus_thread></div><script>var disqus_shortname = 'calderroom'; (function() {"
            "dsq.src = '//' + disqus_shortname + '.disqus.com/embed.js'; })();</script>",
            id="old code",
        ),
        pytest.param(
            '<script>var embedVars = {"disqusConfig":{},"disqusShortname":"calderroom"};</script>'
            '<script src="/wp-content/plugins/disqus-comment-system/public/js/comment_embed.js"></script>',
            id="plugin of WordPress",
        ),
        pytest.param(
            '<script type="text/plain" data-src="https://calderroom.disqus.com/embed.js"></script>',
            id="held back until consent",
        ),
        pytest.param(
            '<link href="https://calderroom.disqus.com/latest.rss" rel="alternate">'
            "<div id=disqus_thread></div>",
            id="a feed is named",
        ),
    ],
)
def test_disqus_and_its_forum_are_known_by_what_the_page_loads(body: str) -> None:
    found = find(body)
    assert found is not None
    assert (found.service, found.feed_url) == ("Disqus", DISQUS.feed_url)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<a href="https://calderroom.disqus.com/embed.js">Disqus</a>', id="link"),
        pytest.param('<a href="#disqus_thread">0 comments</a>', id="link to where they would be"),
        pytest.param("<pre>&lt;script src=https://x.disqus.com/embed.js&gt;</pre>", id="code that is shown"),
        pytest.param("<p>Wir nehmen giscus.app/client.js und talk.hyvor.com/embed.</p>", id="text"),
        pytest.param(
            '<script type="application/ld+json">{"articleBody": "//x.disqus.com/embed.js"}</script>',
            id="data",
        ),
        pytest.param('<script src="https://connect.facebook.net/de_DE/sdk.js"></script>', id="like button"),
        pytest.param('<script>var vendors = ["disqus.com", "facebook.com"];</script>', id="consent list"),
        pytest.param('<script src="https://stats.example/embed.min.js"></script>', id="another embed.js"),
    ],
)
def test_a_mere_link_or_name_is_no_sign(body: str) -> None:
    assert find(body) is None


@pytest.mark.parametrize(
    ("body", "service"),
    [
        ('<div class="fb-comments" data-href="/x"></div>', "Facebook"),
        ('<iframe src="https://www.facebook.com/plugins/comments.php?href=x"></iframe>', "Facebook"),
        ("<hyvor-talk-comments website-id=7 page-id=x></hyvor-talk-comments>", "Hyvor Talk"),
        ('<script async src="https://talk.hyvor.com/embed/embed.js" type="module"></script>', "Hyvor Talk"),
        ('<script defer src="https://cdn.commento.io/js/commento.js"></script>', "Commento"),
        ('<div id="cusdis_thread" data-host="https://cusdis.com" data-app-id="1"></div>', "Cusdis"),
        ('<script src="https://giscus.app/client.js" data-repo="a/b" async></script>', "giscus"),
        ('<script src="https://utteranc.es/client.js" repo="a/b" async></script>', "utterances"),
        ("<script>Coral.createStreamEmbed({id: 'x'});</script>", "Coral"),
        ("<script>var idcomments_acct = 'f00';</script><span id=IDCommentsHead></span>", "IntenseDebate"),
        ('<script defer src="https://c.example/comentario.js"></script>', "Comentario"),
        ("<div id=remark42></div>", "Remark42"),
        ('<section id="isso-thread"></section>', "Isso"),
        ('<script>new Gitalk({clientID: "x"})</script>', "Gitalk"),
    ],
)
def test_each_program_is_named(body: str, service: str) -> None:
    found = find(body)
    assert found is not None
    assert (found.service, found.feed_url) == (service, "")


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        pytest.param(
            "<script>var remark_config = {\n  host: 'https://r.example',\n  site_id: 'stube',\n};</script>",
            KeptComments("Remark42", "https://r.example", "https://r.example/api/v1/rss/site?site=stube"),
            id="Remark42",
        ),
        pytest.param(
            "<script type=module>import { init } from '/js/waline.js'; init({ el: '#waline',"
            " serverURL: 'https://w.example' })</script><div id=waline></div>",
            KeptComments("Waline", "https://w.example", "https://w.example/api/comment/rss?count=50"),
            id="Waline",
        ),
        pytest.param(
            '<script data-isso="//c.example/isso/" src="//c.example/isso/js/embed.min.js"></script>',
            KeptComments("Isso", "https://c.example/isso"),
            id="Isso on a host of its own",
        ),
        pytest.param(
            '<script src="/isso/js/embed.min.js"></script><section id="isso-thread"></section>',
            KeptComments("Isso", "https://stube.example/isso"),
            id="Isso below the blog",
        ),
        pytest.param(
            "<comentario-comments></comentario-comments>"
            '<a href="https://c.example/api/rss/comments?domain=77">RSS</a>',
            KeptComments("Comentario", "", "https://c.example/api/rss/comments?domain=77"),
            id="Comentario",
        ),
        pytest.param(
            "<script>var idcomments_acct = 'f00';</script><span id=IDCommentsHead></span>"
            '<a href="https://www.intensedebate.com/postRSS/9">post</a>'
            '<a href="https://www.intensedebate.com/allBlogCommentsRSS/451">all</a>',
            KeptComments("IntenseDebate", "", "https://www.intensedebate.com/allBlogCommentsRSS/451"),
            id="IntenseDebate, not the feed of one post",
        ),
    ],
)
def test_where_its_feed_is_follows_from_the_page(body: str, kept: KeptComments) -> None:
    assert find(body) == kept


def test_of_two_programs_the_one_with_a_feed_is_taken() -> None:
    both = '<div class="fb-comments"></div><script src="https://calderroom.disqus.com/embed.js"></script>'
    assert find(both) == DISQUS


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("https://calderroom.disqus.com/latest.rss", "Disqus"),
        ("https://calderroom.disqus.com/marble_runs/latest.rss", "Disqus"),
        ("https://c.example/isso/feed?uri=/2026/murmelbahn/&limit=100", "Isso"),
        ("https://r.example/api/v1/rss/post?site=stube&url=x", "Remark42"),
        ("https://calder.example/comments/feed/", None),
        ("https://calder.example/feed?paged=2", None),
    ],
)
def test_a_programs_feed_is_known_by_its_address(url: str, service: str | None) -> None:
    found = service_of_feed(url)
    assert (found.name if found else None) == service


def test_the_feed_of_one_post_is_made_of_its_path() -> None:
    isso = service_named("Isso")
    assert isso is not None
    feed = isso.feed_of_post("https://c.example", "https://stube.example/2026/größe ab/?x=1")
    assert feed == "https://c.example/feed?uri=/2026/gr%C3%B6%C3%9Fe%20ab/&limit=100"
    assert service_of_feed(feed) is isso
    assert isso.feed_of_post("", "https://stube.example/a/") == ""


@pytest.mark.parametrize(
    ("name", "where", "urls", "sight"),
    [
        ("Disqus", "calderroom", [DISQUS.feed_url], KeptSight.FOLLOWED),
        ("Disqus", "calderroom", ["https://calder.example/comments/feed/"], KeptSight.UNSEEN),
        ("Isso", "https://c.example", [], KeptSight.NEWEST_POSTS),
        ("Isso", "", [], KeptSight.UNSEEN),
        ("Facebook", "", [], KeptSight.UNSEEN),
    ],
)
def test_how_they_are_seen(name: str, where: str, urls: list[str], sight: KeptSight) -> None:
    assert sight_of(name, where, urls) is sight


def test_names_are_told_apart() -> None:
    assert len({one.name for one in SERVICES}) == len(SERVICES)
    assert all(len(one.name) <= 40 for one in SERVICES)
