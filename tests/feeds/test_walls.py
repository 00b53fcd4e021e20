"""What stands in front of a blog, met over real HTTP: said in a sentence, and not asked for long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.feeds.sample_documents import atom, load
from tests.feeds.test_discover import HTML, feed_of, find
from tests.support.blog_server import BlogServer
from tracker.domain.errors import DiscoveryError
from tracker.domain.feed import FeedKind
from tracker.feeds.feed_search import MAX_AT_WALL

BLOG = "http://vale.example/"
LOGIN_FORM = '<form action="/auf"><input name="username"><input type="password" name="pw"></form>'
PASSWORD_FORM = '<form method="post"><label>Passwort</label><input type="password" name="kw"></form>'


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


def refusal(server: BlogServer, pasted: str = BLOG) -> str:
    with pytest.raises(DiscoveryError) as caught:
        find(server, pasted)
    assert 0 < len(server.requests) <= MAX_AT_WALL
    return str(caught.value)


@pytest.mark.parametrize(
    ("location", "says"),
    [
        pytest.param("http://www.blogger.com/blogin.g?blogspotURL=x", "invited", id="Blogger's invited"),
        pytest.param("/wp-login.php?redirect_to=%2F&reauth=1", "sign in at vale.example", id="WordPress"),
        pytest.param("/wp-login.php?privacy=4", "invited", id="a school's WordPress"),
        pytest.param("http://sso.ucalder.example/cas/login?service=x", "sign in at sso.", id="college"),
        pytest.param("http://accounts.google.example/ServiceLogin?x", "sign in at acc", id="a company's"),
        pytest.param("/users/sign_in", "sign in at vale.example", id="a small program"),
        pytest.param("/?password-protected=login&redirect_to=x", "a password", id="one password for all"),
        pytest.param("http://consent.yahuu.example/v2/collectConsent?x", "consent at consent", id="consent"),
        pytest.param("/cookie-consent?next=/", "consent at vale.example", id="consent on its own host"),
    ],
)
def test_wall_that_an_address_leads_to_is_named(server: BlogServer, location: str, says: str) -> None:
    server.redirect("/", location, status=302)
    path = "/" + location.removeprefix("http://").partition("/")[2] if "//" in location else location
    server.set(path, "<html><title>Bitte</title><body>Weiter</body></html>", headers=HTML)
    assert says in refusal(server)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(PASSWORD_FORM, "a password", id="German, a password alone"),
        pytest.param(LOGIN_FORM, "sign in", id="a name and a password"),
        pytest.param('<meta http-equiv="Refresh" content="0; URL=/login/">', "sign in", id="goes on"),
        pytest.param('<form action="/consent/save"><button>Aceptar</button></form>', "consent", id="Spanish"),
    ],
)
def test_wall_that_a_page_is_itself_is_named(server: BlogServer, body: str, says: str) -> None:
    server.set("/", f"<html><head></head><body>{body}</body></html>", headers=HTML)
    assert says in refusal(server)


def test_blog_with_a_place_to_sign_in_is_followed(server: BlogServer) -> None:
    """Both with its feeds named and without, a form at the edge hides nothing."""
    post = b'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><item><title>B</title>'
    post += b"<link>http://vale.example/b</link><slash:comments>0</slash:comments></item></channel></rss>"
    server.set("/feed/", post)
    for head in ("", '<link rel=alternate type="application/rss+xml" href="/feed/">'):
        server.set("/", f"<html><head>{head}</head><body>{LOGIN_FORM}</body></html>", headers=HTML)
        assert feed_of(find(server, BLOG), FeedKind.POSTS) == f"{BLOG}feed/"


def test_feeds_behind_a_question_for_consent_are_found(server: BlogServer) -> None:
    """Blogger's warning about a blog's content stands before its pages, not before its feeds."""
    host = "tomsroom.blogspot.com"
    server.redirect("/", "http://www.blogger.com/post-interstitial?u=x", status=302, host=host)
    server.set("/post-interstitial?u=x", "<html>Content warning</html>", headers=HTML)
    posts = load("educator-posts-atom.xml").replace(b"WordPress", b"Blogger")
    server.set("/feeds/posts/default", posts, host=host)
    server.set("/feeds/comments/default", load("blogger-site-comments-atom.xml"), host=host)
    blog = find(server, f"http://{host}/")
    assert feed_of(blog, FeedKind.COMMENTS) == f"http://{host}/feeds/comments/default"


def test_wall_in_front_of_the_feeds_alone_is_named(server: BlogServer) -> None:
    page = '<html><head><meta name="generator" content="WordPress 6.1"></head></html>'
    server.set("/", page, headers=HTML)
    for path in ("/feed/atom/", "/feed/", "/comments/feed/atom/", "/comments/feed/"):
        server.redirect(path, "/wp-login.php?redirect_to=x", status=302)
    server.set("/wp-login.php?redirect_to=x", LOGIN_FORM, headers=HTML)
    assert "sign in" in refusal(server)


def test_feeds_that_ask_for_a_password_say_so(server: BlogServer) -> None:
    link = '<link rel=alternate type="application/rss+xml" href="/all.rss">'
    server.set("/", f"<html><head>{link}</head></html>", headers=HTML)
    server.set("/all.rss", status=401)
    assert "a password" in refusal(server)


def test_address_that_leads_to_another_site_says_where(server: BlogServer) -> None:
    server.redirect("/", "http://parked.example/", status=302, host="vale.example")
    server.set("/", "<html>For sale</html>", headers=HTML, host="parked.example")
    with pytest.raises(DiscoveryError, match=r"leads to parked\.example"):
        find(server, BLOG)


def test_address_of_a_feed_that_looks_like_a_wall_is_a_feed(server: BlogServer) -> None:
    server.redirect("/feed", "/sso/feed", status=302)
    server.set("/sso/feed", atom([1]))
    server.set("/", "<html></html>", headers=HTML)
    assert find(server, f"{BLOG}feed").has_comment_feed
