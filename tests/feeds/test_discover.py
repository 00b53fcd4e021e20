"""From what someone pastes to a blog, over real HTTP."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.feeds.sample_documents import HOME, POST, atom, item, load, rss
from tests.support.blog_server import BlogServer
from tracker.domain.errors import DiscoveryError, FetchError, FetchErrorClass
from tracker.domain.feed import DiscoveredBlog, Document, FeedKind, FetchResult, KeptComments, Platform
from tracker.feeds.client.fetch import Fetcher, FetchLimits
from tracker.feeds.discover import discover
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.feed_search import NO_HTTPS

HTML = {"Content-Type": "text/html"}


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


def parse(result: FetchResult, expect: FeedKind) -> Document:
    return parse_document(result.body, result.headers, result.final_url, expect)


def find(server: BlogServer, pasted: str) -> DiscoveredBlog:
    limits = FetchLimits(allow_private=("127.0.0.0/8",), total_timeout_s=3)
    with Fetcher(limits, server.resolve) as fetcher:
        return discover(pasted, fetcher.fetch, parse)


def feed_of(blog: DiscoveredBlog, kind: FeedKind) -> str:
    return next((feed.url for feed in blog.feeds if feed.kind is kind), "")


def serve_wordpress(server: BlogServer, *, atom_works: bool = True) -> None:
    page = load("educator-post-page.html")
    server.set("/", page)
    server.set("/2026/09/social-media-and-us/", page)
    server.set("/feed/atom/", load("educator-posts-atom.xml"))
    server.set("/comments/feed/", load("educator-site-comments-rss.xml"))
    server.set("/2026/09/social-media-and-us/feed/", load("educator-post-comments-rss.xml"))
    if atom_works:
        server.set("/comments/feed/atom/", load("educator-site-comments-atom.xml"))


@pytest.mark.parametrize(
    "pasted",
    [
        pytest.param(HOME, id="home page"),
        pytest.param(POST, id="post"),
        pytest.param(POST + "#comment-7480", id="comment"),
        pytest.param("orlafinch.example", id="no scheme"),
        pytest.param("  orlafinch.example/2026/09/social-media-and-us/ ", id="blanks"),
        pytest.param(HOME + "comments/feed/", id="RSS comment feed"),
        pytest.param(HOME + "comments/feed/atom/", id="Atom comment feed"),
        pytest.param(HOME + "feed/atom/", id="post feed"),
        pytest.param(POST + "feed/", id="comment feed of a post"),
        pytest.param("feed://orlafinch.example/comments/feed/", id="feed scheme"),
    ],
)
def test_wordpress_blog_is_found_from_anything(server: BlogServer, pasted: str) -> None:
    serve_wordpress(server)
    blog = find(server, pasted)
    assert (blog.platform, blog.home_url, blog.title) == (Platform.WORDPRESS, HOME, "Orla Finch Teaches")
    assert feed_of(blog, FeedKind.COMMENTS) == HOME + "comments/feed/atom/"
    assert feed_of(blog, FeedKind.POSTS) == HOME + "feed/atom/"
    # The blog has no https, which whoever left the scheme out is told.
    assert (blog.owner_names, blog.note) == (("Orla Finch",), "" if "://" in pasted else NO_HTTPS)
    assert len(server.requests) < 8


def test_rss_is_taken_where_atom_does_not_parse(server: BlogServer) -> None:
    serve_wordpress(server, atom_works=False)
    assert feed_of(find(server, HOME), FeedKind.COMMENTS) == HOME + "comments/feed/"


def test_default_permalinks_are_noticed(server: BlogServer) -> None:
    page = (
        '<html><head><meta name="generator" content="WordPress 6.1">'
        '<link rel="https://api.w.org/" href="/index.php?rest_route=/"></head></html>'
    )
    for path in ("/", "/comments/feed/atom/", "/comments/feed/", "/feed/", "/feed/atom/"):
        server.set(path, page, headers=HTML)  # the pretty forms give 200 and a page
    server.set("/?feed=comments-atom", atom([1]))
    server.set("/?feed=atom", load("educator-posts-atom.xml"))
    blog = find(server, HOME)
    assert feed_of(blog, FeedKind.COMMENTS) == HOME + "?feed=comments-atom"
    assert feed_of(blog, FeedKind.POSTS) == HOME + "?feed=atom"
    assert len(server.requests) <= 4


def test_blog_in_a_subdirectory_keeps_to_it(server: BlogServer) -> None:
    page = '<html><head><link rel="https://api.w.org/" href="http://school.example/~finch/blog/wp-json/"></head></html>'
    server.set("/~finch/blog/", page)
    server.set("/~finch/blog/comments/feed/atom/", atom([1]))
    server.set("/~finch/blog/feed/atom/", load("educator-posts-atom.xml"))
    server.set("/comments/feed/atom/", atom([2]))
    blog = find(server, "http://school.example/~finch/blog/")
    assert blog.home_url == "http://school.example/~finch/blog/"
    assert feed_of(blog, FeedKind.COMMENTS) == "http://school.example/~finch/blog/comments/feed/atom/"


def test_wordpress_blog_copied_into_files_keeps_its_home(server: BlogServer) -> None:
    serve_wordpress(server)
    page = '<html><head><link rel="https://api.w.org/" href="../wp-json/index.html"></head></html>'
    server.set("/about/", page)
    found = find(server, HOME + "about/")
    assert (found.home_url, feed_of(found, FeedKind.COMMENTS)) == (HOME, HOME + "comments/feed/atom/")


def test_blogger_site_comments_are_built_since_no_page_names_them(server: BlogServer) -> None:
    base = "http://tomsroom.blogspot.com"
    page = (
        '<html><head><meta content="blogger" name="generator"/>'
        f'<link rel="alternate" type="application/atom+xml" href="{base}/feeds/posts/default"/>'
        f'<link rel="alternate" type="application/atom+xml" href="{base}/feeds/99001/comments/default"/>'
        '<link rel="service.post" type="application/atom+xml"'
        ' href="https://www.blogger.com/feeds/4400112233445566778/posts/default"/></head></html>'
    )
    posts = load("educator-posts-atom.xml").replace(b"WordPress", b"Blogger")
    server.set("/2026/09/fractions.html", page)
    server.set("/feeds/posts/default", posts)
    server.set("/feeds/comments/default", load("blogger-site-comments-atom.xml"))
    server.set("/feeds/99001/comments/default", load("blogger-site-comments-atom.xml"))
    blog = find(server, base + "/2026/09/fractions.html")
    assert (blog.platform, blog.platform_blog_id) == (Platform.BLOGGER, "4400112233445566778")
    assert feed_of(blog, FeedKind.COMMENTS) == base + "/feeds/comments/default"
    assert feed_of(blog, FeedKind.POSTS) == base + "/feeds/posts/default"


def test_blog_without_comment_feed_says_so(server: BlogServer) -> None:
    post = "<item><title>A</title><link>http://ghost.example/a/</link><guid>x1</guid></item>"
    server.set("/", '<html><head><link rel=alternate type=application/rss+xml href="/rss/"></head></html>')
    server.set("/rss/", rss([post], generator="Ghost"))
    blog = find(server, "http://ghost.example/")
    assert not blog.has_comment_feed
    assert "receipts" in blog.note
    assert feed_of(blog, FeedKind.POSTS) == "http://ghost.example/rss/"


def test_service_that_keeps_the_comments_is_named(server: BlogServer) -> None:
    post = "<item><title>A</title><link>http://d.example/a/</link><guid>x1</guid></item>"
    server.set(
        "/",
        '<html><head><link rel=alternate type=application/rss+xml href="/rss/"></head>'
        '<script src="https://room.disqus.com/embed.js"></script></html>',
    )
    server.set("/rss/", rss([post], generator="Hugo"))
    kept = find(server, "http://d.example/").kept
    assert kept == KeptComments("Disqus", "room"), "its feed does not answer"


def test_redirect_of_unknown_addresses_to_the_home_page_is_not_a_feed(server: BlogServer) -> None:
    page = '<html><head><meta name="generator" content="WordPress 6.1"></head></html>'
    server.set("/", page)
    server.set("/feed/", rss([], head=""))
    for path in ("/comments/feed/", "/comments/feed/atom/"):
        server.redirect(path, "/feed/", status=302)
    blog = find(server, HOME)
    assert not blog.has_comment_feed


def test_title_proves_nothing(server: BlogServer) -> None:
    post = "<item><title>A</title><link>http://a.example/a/</link><guid>x1</guid></item>"
    named = '<link rel=alternate type=application/rss+xml title="Comments Feed" href="/x">'
    server.set("/", f"<html><head>{named}</head></html>")
    server.set("/x", rss([post], generator="own"))
    blog = find(server, "http://a.example/")
    assert feed_of(blog, FeedKind.POSTS) == "http://a.example/x"
    assert not blog.has_comment_feed


ATOM_LINK = '<link rel="alternate" type="application/atom+xml" href="{}">'


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(ATOM_LINK.format("/blog/x.xml"), id="relative to host"),
        pytest.param(
            '<base href="http://a.example/blog/"><link rel=ALTERNATE type=APPLICATION/ATOM+XML href=x.xml>',
            id="base",
        ),
        pytest.param(
            ATOM_LINK.format("/blog/x.xml").replace('"alternate"', '"home alternate" title=""'), id="two rels"
        ),
        pytest.param(
            ATOM_LINK.replace('href="{}"', "")
            + ATOM_LINK.format("/404").replace("alternate", "alter nate")
            + ATOM_LINK.format("/blog/x.xml").replace("+xml", "+xml; charset=utf-8"),
            id="distractions",
        ),
        pytest.param(ATOM_LINK.format("/404") + ATOM_LINK.format("/blog/x.xml"), id="several"),
    ],
)
def test_feed_that_a_page_names_is_found(server: BlogServer, head: str) -> None:
    server.set("/some/page", f"<html><head><title>A</title>{head}</head><body></body></html>")
    server.set(
        "/blog/x.xml", load("educator-posts-atom.xml").replace(b"WordPress", b"own").replace(b"?p=", b"a")
    )
    assert (
        feed_of(find(server, "http://a.example/some/page"), FeedKind.POSTS) == "http://a.example/blog/x.xml"
    )


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        pytest.param("http://orlafinch.example/private", "password", id="private"),
        pytest.param("http://orlafinch.example/empty", "No feed was found", id="a page without a blog"),
        pytest.param("http://orlafinch.example/nowhere", "404", id="not there"),
        pytest.param("", "Paste the address", id="nothing"),
        pytest.param("ftp://orlafinch.example/", "http", id="other scheme"),
        pytest.param("http://10.0.0.1/", "private", id="private network"),
    ],
)
def test_what_leads_nowhere_is_said_in_a_sentence(server: BlogServer, pasted: str, sentence: str) -> None:
    server.set("/private", status=401)
    server.set("/empty", "<html><body>Hello</body></html>")
    with pytest.raises(DiscoveryError) as caught:
        find(server, pasted)
    assert sentence in str(caught.value)
    assert caught.value.url == pasted


def test_generic_comment_feed_is_followed_as_it_is(server: BlogServer) -> None:
    text = rss([item(1), item(2)], generator="own").replace("?p=882", "c")
    server.set("/my-comments.xml", text)
    server.set("/", "<html></html>")
    assert feed_of(find(server, HOME + "my-comments.xml"), FeedKind.COMMENTS) == HOME + "my-comments.xml"


def find_with(server: BlogServer, pasted: str, *hosts: str) -> DiscoveredBlog:
    """As `find`, in a world where only these hosts exist."""

    def resolve(host: str, port: int) -> list[str]:
        if host not in hosts:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return server.resolve(host, port)

    limits = FetchLimits(allow_private=("127.0.0.0/8",), total_timeout_s=3)
    with Fetcher(limits, resolve) as fetcher:
        return discover(pasted, fetcher.fetch, parse)


@pytest.mark.parametrize(
    "pasted",
    [
        pytest.param(f"“{POST}”.", id="quotes and a full stop"),
        pytest.param(POST + "?utm_source=mail&utm_medium=social", id="tracking"),
        pytest.param(f"<{POST[:30]}\n {POST[30:]}>", id="broken by a mail program"),
        pytest.param(POST + "?unapproved=7480&moderation-hash=0f3a#comment-7480", id="held comment"),
        pytest.param(f"Our room writes at {HOME} every week.", id="sentence"),
    ],
)
def test_blog_is_found_however_its_address_was_copied(server: BlogServer, pasted: str) -> None:
    serve_wordpress(server)
    blog = find(server, pasted)
    assert feed_of(blog, FeedKind.COMMENTS) == HOME + "comments/feed/atom/"
    assert not [path for path in server.paths() if "utm_" in path or "moderation-hash" in path]


@pytest.mark.parametrize(
    ("pasted", "exists"),
    [
        pytest.param("orlafinch.example", "www.orlafinch.example", id="only with www"),
        pytest.param("http://www.orlafinch.example/", "orlafinch.example", id="only without www"),
    ],
)
def test_host_is_tried_with_and_without_www(server: BlogServer, pasted: str, exists: str) -> None:
    serve_wordpress(server)
    page = f'<html><head><link rel="https://api.w.org/" href="http://{exists}/wp-json/"></head></html>'
    server.set("/", page)
    assert find_with(server, pasted, exists).home_url == f"http://{exists}/"


def test_https_is_tried_where_http_gives_nothing(server: BlogServer) -> None:
    serve_wordpress(server)
    server.set("/", load("educator-post-page.html").replace(b"http://", b"https://"))

    def fetch(url: str) -> FetchResult:
        """A server that has closed its port for plain HTTP."""
        if url.startswith("http://"):
            raise FetchError("Nothing answers.", url=url, error_class=FetchErrorClass.CONNECT)
        limits = FetchLimits(allow_private=("127.0.0.0/8",), total_timeout_s=3)
        with Fetcher(limits, server.resolve) as fetcher:
            return replace(fetcher.fetch(url.replace("https://", "http://")), url=url, final_url=url)

    assert discover("http://orlafinch.example/", fetch, parse).title == "Orla Finch Teaches"


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        pytest.param(
            "htpp://orlafinch.example", "Did you mean this address? http://orlafinch.example", id="scheme"
        ),
        pytest.param(
            "tomsroom.blogspot.con", "Did you mean this address? https://tomsroom.blogspot.com", id="ending"
        ),
        pytest.param(
            "tomsroom.wordpres.com", "Did you mean this address? https://tomsroom.wordpress.com", id="host"
        ),
        pytest.param("orlafinch,example", "Did you mean this address? https://orlafinch.example", id="comma"),
        pytest.param(
            "tomsroomblogspot.com", "Did you mean this address? https://tomsroom.blogspot.com", id="dot"
        ),
        pytest.param("orlafinhc.example", "Check the spelling", id="nothing obvious"),
        pytest.param("Room Nine", "This is not a web address", id="a title"),
        pytest.param("roomnine", "This is not a web address", id="a word"),
    ],
)
def test_mistyped_address_is_explained(server: BlogServer, pasted: str, says: str) -> None:
    serve_wordpress(server)
    with pytest.raises(DiscoveryError) as caught:
        find_with(server, pasted, "orlafinch.example")
    assert says in str(caught.value)
    assert server.requests == []


@pytest.mark.parametrize(
    "pasted",
    [
        pytest.param("http://tomsroom.blogspot.com/2026/09/fractions.html?m=1", id="mobile"),
        pytest.param("http://tomsroom.blogspot.co.uk/2026/09/fractions.html", id="country"),
        pytest.param(
            "http://tomsroom.blogspot.com.au/2026/09/fractions.html?showComment=17#c8", id="comment"
        ),
    ],
)
def test_blogger_blog_is_one_blog_by_all_its_addresses(server: BlogServer, pasted: str) -> None:
    base = "http://tomsroom.blogspot.com"
    page = '<html><head><meta content="blogger" name="generator"/></head></html>'
    posts = load("educator-posts-atom.xml").replace(b"WordPress", b"Blogger")
    server.set("/2026/09/fractions.html", page)
    server.set("/feeds/posts/default", posts)
    server.set("/feeds/comments/default", load("blogger-site-comments-atom.xml"))
    blog = find_with(server, pasted, "tomsroom.blogspot.com")
    assert (blog.home_url, feed_of(blog, FeedKind.COMMENTS)) == (
        base + "/",
        base + "/feeds/comments/default",
    )


def test_pages_for_unknown_addresses_at_home_are_no_feeds(server: BlogServer) -> None:
    """A site that sends every unknown address to its home page, whose own feed it names."""
    post = "<item><title>A</title><link>http://a.example/a/</link><guid>x1</guid></item>"
    link = '<link rel=alternate type=application/rss+xml href="/rss/">'
    server.set("/", f'<html><head>{link}<meta name="generator" content="WordPress 6.1"></head></html>')
    server.set("/rss/", rss([post], generator="own"))
    for path in (
        *("/comments/feed/", "/comments/feed/atom/", "/feed/", "/feed/atom/", "/?feed=atom"),
        *("/?feed=comments-atom", "/?feed=comments-rss2", "/index.php/comments/feed/"),
    ):
        server.redirect(path, "/", status=302)
    blog = find(server, "http://a.example/")
    assert not blog.has_comment_feed
    assert feed_of(blog, FeedKind.POSTS) == "http://a.example/rss/"


PAGES = Path(__file__).parents[3] / "shared" / "feeds" / "html-pages"


@pytest.mark.real_input
@pytest.mark.parametrize("path", sorted(PAGES.glob("discovery-*.html")), ids=lambda path: path.stem)
def test_feed_is_found_on_every_page_made_to_test_discovery(server: BlogServer, path: Path) -> None:
    """One feed of posts is right on each of them; what other feeds they name leads nowhere."""
    right = "/atom.xml" if "feedsearch" in path.stem else path.stem.removeprefix("discovery-") + ".xml"
    feed = load("educator-posts-atom.xml").replace(b"WordPress", b"own").replace(b"?p=", b"a")

    def fetch(url: str) -> FetchResult:
        if url.endswith(right):
            return FetchResult(url, url, 200, {"content-type": "application/atom+xml"}, feed, 0.0)
        if url == "http://a.example/page.html":
            return FetchResult(url, url, 200, {"content-type": "text/html"}, path.read_bytes(), 0.0)
        raise FetchError("not there", url=url, error_class=FetchErrorClass.HTTP_4XX, http_status=404)

    assert feed_of(discover("http://a.example/page.html", fetch, parse), FeedKind.POSTS).endswith(right)


def post_feed(page: str) -> str:
    """A feed with one post."""
    entry = f"<item><title>Blog Post 1</title><link>{page}/post/blog-post-1</link><guid>1</guid></item>"
    return f'<rss version="2.0"><channel><title>Room 9</title><link>{page}</link>{entry}</channel></rss>'


def test_site_builder_that_names_no_feed_has_one_at_a_usual_address(server: BlogServer) -> None:
    server.set("/", "<html><head><title>Room 9</title></head></html>", headers=HTML)
    server.set("/blog-feed.xml", post_feed("http://ninth.example/"))
    blog = find(server, "http://ninth.example/")
    assert feed_of(blog, FeedKind.POSTS) == "http://ninth.example/blog-feed.xml"
    assert blog.home_url == "http://ninth.example/"


@pytest.mark.parametrize(
    ("link", "is_found"),
    [
        pytest.param('<a href="/7/feed">RSS Feed</a>', True, id="called a feed"),
        pytest.param('<a href="/7/feed" title="Subscribe by RSS"><img></a>', True, id="in its title"),
        pytest.param('<a href="/7/feed">How we feed the birds</a>', True, id="a word of the page"),
        pytest.param('<a href="/7/feed">More</a>', False, id="not called one"),
        pytest.param('<a href="http://other.example/7/feed">RSS Feed</a>', False, id="of another site"),
        pytest.param('<a href="/the-feed-store">Feed</a>', False, id="no address of a feed"),
    ],
)
def test_feed_that_a_page_only_links_is_tried(server: BlogServer, link: str, is_found: bool) -> None:
    server.set("/journal", f"<html><body>{link}</body></html>", headers=HTML)
    server.set("/7/feed", post_feed("http://ninth.example/journal"))
    if not is_found:
        with pytest.raises(DiscoveryError):
            find(server, "http://ninth.example/journal")
        return
    blog = find(server, "http://ninth.example/journal")
    assert feed_of(blog, FeedKind.POSTS) == "http://ninth.example/7/feed"
    assert blog.home_url == "http://ninth.example/journal/"


def small_feed(*links: str, title: str = "Vale", home: str = "http://vale.example/") -> str:
    """A feed of a small program: no guid, no generator, nothing that says what its entries are."""
    items = "".join(
        f"<item><title>Ana</title><link>{link}</link><description>Hi {n}</description></item>"
        for n, link in enumerate(links)
    )
    return f'<rss version="2.0"><channel><title>{title}</title><link>{home}</link>{items}</channel></rss>'


WP_SCRIPT = '<script src="/wp-includes/js/x.js"></script>'


@pytest.mark.parametrize(
    ("page", "named"),
    [
        pytest.param("/", "/welcome/feed/", id="static front page"),
        pytest.param("/2026/10/un-paseo/", "/2026/10/un-paseo/feed/", id="Spanish post"),
        pytest.param("/klasse/ueber-uns/", "/klasse/ueber-uns/feed/", id="German page below a page"),
        pytest.param("/category/art/", "/category/art/feed/", id="category"),
        pytest.param("/about/", "", id="no feed at all"),
    ],
)
def test_page_that_names_its_own_feed_only_leads_to_the_blogs(
    server: BlogServer, page: str, named: str
) -> None:
    link = f'<link rel=alternate type="application/rss+xml" href="{named}">' if named else ""
    server.set(page, f"<html><head>{link}</head><body>{WP_SCRIPT}</body></html>", headers=HTML)
    own = rss([], head="") if "art" not in named else load("educator-posts-atom.xml")
    if named:
        server.set(named, own)
        server.set(named + "atom/", own)
    server.set("/feed/atom/", load("educator-posts-atom.xml"))
    server.set("/comments/feed/atom/", atom([1]))
    blog = find(server, HOME + page[1:])
    assert (feed_of(blog, FeedKind.POSTS), feed_of(blog, FeedKind.COMMENTS)) == (
        HOME + "feed/atom/",
        HOME + "comments/feed/atom/",
    )
    assert blog.home_url == HOME
    assert len(server.requests) <= 14


def test_blog_in_a_folder_is_found_from_a_page_that_names_its_own_feed_only(server: BlogServer) -> None:
    home = "http://school.example/~finch/blog/"
    link = f'<link rel=alternate type="application/rss+xml" href="{home}about/feed/">'
    server.set("/~finch/blog/about/", f"<html><head>{link}</head>{WP_SCRIPT}</html>", headers=HTML)
    server.set("/~finch/blog/about/feed/", rss([], head=""))
    posts = load("educator-posts-atom.xml").replace(HOME.encode(), home.encode())
    server.set("/~finch/blog/feed/", posts)
    server.set("/~finch/blog/comments/feed/", atom([1]))
    server.set("/feed/", load("educator-posts-atom.xml"))
    server.set("/comments/feed/", atom([2]))
    blog = find(server, f"{home}about/")
    assert (blog.home_url, feed_of(blog, FeedKind.POSTS)) == (home, f"{home}feed/")
    assert feed_of(blog, FeedKind.COMMENTS) == f"{home}comments/feed/"


def test_feed_of_one_post_is_not_taken_for_the_blogs(server: BlogServer) -> None:
    """A page names the comments of its own post; the blog's are at a usual address, or nowhere."""
    page = "http://vale.example/paseo"
    link = '<link rel=alternate type="application/rss+xml" href="/paseo/comments.rss">'
    server.set("/paseo", f"<html><head>{link}</head></html>", headers=HTML)
    server.set("/paseo/comments.rss", small_feed(f"{page}#c1", f"{page}#c2", home=page))
    server.set("/rss.xml", post_feed("http://vale.example"))
    assert not find(server, page).has_comment_feed
    server.set("/comments.xml", small_feed(f"{page}#c1", "http://vale.example/b#c2"))
    assert feed_of(find(server, page), FeedKind.COMMENTS) == "http://vale.example/comments.xml"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("/kommentare.xml", small_feed("http://vale.example/a"), id="German address"),
        pytest.param("/x.xml", small_feed(*["http://vale.example/a"] * 2), id="two on one page"),
        pytest.param("/x.xml", small_feed("http://vale.example/a", title="Komentáře"), id="Czech title"),
        pytest.param(
            "/c.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            '<channel rdf:about="x"><title>V</title><link>http://vale.example/</link></channel>'
            '<item rdf:about="http://vale.example/a#r12"><title>A</title><link>http://vale.example/a#r12</link>'
            "</item></rdf:RDF>",
            id="RDF",
        ),
    ],
)
def test_comment_feed_of_a_small_program_is_taken_at_its_word(
    server: BlogServer, path: str, text: str
) -> None:
    link = '<link rel=alternate type="application/rss+xml" href="/all.xml">'
    server.set("/", f"<html><head>{link}</head></html>", headers=HTML)
    server.set("/all.xml", small_feed("http://vale.example/a", "http://vale.example/b"))
    server.set(path, text)
    blog = find(server, f"http://vale.example{path}")
    assert feed_of(blog, FeedKind.COMMENTS) == f"http://vale.example{path}"
    assert feed_of(blog, FeedKind.POSTS) == "http://vale.example/all.xml"
    assert blog.note == ""
    blog = find(server, "http://vale.example/all.xml")
    assert (feed_of(blog, FeedKind.POSTS), blog.has_comment_feed) == ("http://vale.example/all.xml", False)


def test_feed_of_one_post_that_a_person_names_is_followed_and_said(server: BlogServer) -> None:
    page = "http://vale.example/paseo"
    server.set("/paseo", "<html></html>", headers=HTML)
    server.set("/x.xml", small_feed(f"{page}#c1", home=page))
    blog = find(server, "http://vale.example/x.xml")
    assert feed_of(blog, FeedKind.COMMENTS) == "http://vale.example/x.xml"
    assert "one post only" in blog.note


REST = load("educator-rest.json")
REST_PAGE = "wp/v2/comments?per_page=100&page=1"


@pytest.mark.parametrize(
    ("api", "url"),
    [
        pytest.param("", f"wp-json/{REST_PAGE}", id="as usual"),
        pytest.param("/api/", f"api/{REST_PAGE}", id="where the page says"),
        pytest.param(
            "/index.php?rest_route=/",
            "index.php?rest_route=/wp/v2/comments&per_page=100&page=1",
            id="in a query",
        ),
    ],
)
def test_rest_stands_in_where_there_is_no_comment_feed(server: BlogServer, api: str, url: str) -> None:
    link = f'<link rel="https://api.w.org/" href="{api}">' if api else ""
    server.set("/", f"<html><head>{link}</head>{WP_SCRIPT}</html>", headers=HTML)
    server.set("/feed/", load("educator-posts-atom.xml"))
    server.set("/?feed=rss2", load("educator-posts-atom.xml"))
    server.set(f"/{url}", REST, headers={"X-WP-Total": "3", "X-WP-TotalPages": "1"})
    blog = find(server, HOME)
    assert feed_of(blog, FeedKind.REST) == HOME + url
    assert not feed_of(blog, FeedKind.COMMENTS)
    assert (blog.has_comment_feed, blog.note) == (True, "")
