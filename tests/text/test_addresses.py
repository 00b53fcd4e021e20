"""Addresses as people write them, and the blog, post or profile they mean."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text import hosts
from tracker.text.addresses import (
    BodyLink,
    account_key,
    blog_key,
    blog_keys,
    home_key,
    host_of,
    is_repaired,
    is_shortener,
    links_in,
    mend_escapes,
    post_key,
)

JANE = "jane.blogspot.com"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://jane.blogspot.com/", id="plain"),
        pytest.param("https://jane.blogspot.com", id="https without slash"),
        pytest.param("HTTP://Jane.Blogspot.Com:80/", id="capitals and default port"),
        pytest.param("  http://www.jane.blogspot.com/  ", id="www and blanks"),
        pytest.param("jane.blogspot.com", id="no scheme"),
        pytest.param("//jane.blogspot.com/", id="no scheme but slashes"),
        pytest.param("http://jane.blogspot.com/?m=1", id="mobile"),
        pytest.param(
            "http://jane.blogspot.com/2026/09/c4t-1.html?showComment=12#c12", id="post with comment"
        ),
        pytest.param("http://jane.blogspot.com/feeds/posts/default?alt=rss", id="feed"),
        pytest.param("http://jane.blogspot.com/p/about.html", id="page"),
        pytest.param("http://jane.blogspot.co.uk/2026/09/x.html", id="country of two parts"),
        pytest.param("http://jane.blogspot.com.au/", id="country after com"),
        pytest.param("http://jane.blogspot.ca/ncr/", id="country, no redirect"),
        pytest.param("http://jane.blogspot.com/&amp;utm_source=x", id="escaped"),
        pytest.param("http://http://jane.blogspot.com/", id="scheme twice"),
        pytest.param("http//jane.blogspot.com", id="no colon"),
        pytest.param("http:/jane.blogspot.com", id="one slash"),
        pytest.param("http;//jane.blogspot.com", id="semicolon"),
        pytest.param("htp://jane.blogspot.com", id="letter lost"),
        pytest.param("http://jane.blogspot.con", id="con"),
        pytest.param("http://jane.blogpsot.com", id="letters swapped"),
        pytest.param("http://jane.blogpost.com", id="another word"),
        pytest.param("http://jane.blogspot.ocm", id="ocm"),
        pytest.param("http://jane.blogspot.cmo/x", id="cmo"),
        pytest.param("http://jane.blogspot.com.com", id="com twice"),
        pytest.param("http://jane.blogspotcom", id="dot lost"),
        pytest.param("http://jane..blogspot.com", id="doubled dot"),
        pytest.param("http://jane,blogspot.com", id="comma"),
        pytest.param("ww.jane.blogspot.com", id="ww"),
        pytest.param("http://wwww.jane.blogspot.com/", id="wwww"),
        pytest.param("https//jane.blogspot.com/", id="https without colon"),
        pytest.param("hptt://jane.blogspot.com/", id="letters of http swapped"),
        pytest.param("http:\\\\jane.blogspot.com", id="backslashes"),
        pytest.param("http://https://jane.blogspot.com", id="scheme twice"),
        pytest.param("http://jane.blogspt.com/", id="letter lost in host"),
        pytest.param("http://jane.blogspot", id="no com"),
        pytest.param("http://jane.blogspot.com.", id="dot at the end"),
        pytest.param("<http://jane.blogspot.com>", id="in brackets"),
    ],
)
def test_every_way_of_writing_a_blogger_address_is_one_key(url: str) -> None:
    assert blog_key(url) == JANE


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("https://www.jane.example/2026/09/post/", "jane.example", id="own domain"),
        pytest.param("http://m.jane.example/", "jane.example", id="mobile subdomain"),
        pytest.param("http://m.blogspot.com/", "m.blogspot.com", id="a blog called m is no mobile page"),
        pytest.param("http://user:word@jane.example/x", "jane.example", id="user part"),
        pytest.param("http://jane.example:8080/x", "jane.example:8080", id="unusual port"),
        pytest.param("http://127.0.0.1:8000/blog/", "127.0.0.1:8000", id="loopback"),
        pytest.param("http://[::1]:8000/blog/", "[::1]:8000", id="loopback six"),
        pytest.param("http://localhost:8000/", "localhost:8000", id="localhost"),
        pytest.param("http://bücher.example/", "xn--bcher-kva.example", id="IDNA"),
        pytest.param("http://blogs.harlan.edu/Jane/2026/09/x/", "blogs.harlan.edu/jane", id="campus"),
        pytest.param("http://blogs.harlan.edu/2026/09/x/", "blogs.harlan.edu", id="campus front page's post"),
        pytest.param("http://sites.harlan.ac.uk/jane/feed/", "sites.harlan.ac.uk/jane", id="campus abroad"),
        pytest.param("http://harlan.example/~jane/blog/", "harlan.example/~jane", id="tilde"),
        pytest.param(
            "http://sites.google.com/site/jane/home", "sites.google.com/site/jane", id="google site"
        ),
        pytest.param("https://sites.google.com/view/jane/x", "sites.google.com/view/jane", id="google view"),
        pytest.param("https://medium.com/@Jane/story-1", "jane.medium.com", id="medium"),
        pytest.param("https://medium.com/@jane.d/story-1", "medium.com/@jane.d", id="medium without a host"),
        pytest.param("https://medium.com/EdNotes/story-1", "medium.com/ednotes", id="medium publication"),
        pytest.param("https://open.substack.com/pub/Jane/p/x", "jane.substack.com", id="substack app"),
        pytest.param("https://substack.com/@jane/note/1", "substack.com/@jane", id="substack writer"),
        pytest.param("https://jane.github.io/edt320/x", "jane.github.io/edt320", id="project pages"),
        pytest.param(
            "https://sites.google.com/a/harlan.edu/jane/home",
            "sites.google.com/a/harlan.edu/jane",
            id="google site of a college",
        ),
        pytest.param("https://jane.medium.com/story-1", "jane.medium.com", id="medium host"),
        pytest.param("https://jane.wixsite.com/Class/post/x", "jane.wixsite.com/class", id="wix"),
        pytest.param(
            "http://feeds.feedburner.com/JaneBlog", "feeds.feedburner.com/janeblog", id="feedburner"
        ),
        pytest.param("http://users.livejournal.com/jane_d/", "jane-d.livejournal.com", id="livejournal"),
        pytest.param(
            "http://www.blogger.com/feeds/123/posts/default", "blogger.com/feeds/123", id="by number"
        ),
        pytest.param(
            "https://www.blogger.com/comment.g?blogID=123&postID=4",
            "blogger.com/feeds/123",
            id="comment form",
        ),
    ],
)
def test_blog_address_keeps_what_tells_blogs_apart(url: str, key: str) -> None:
    assert blog_key(url) == key


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="empty"),
        pytest.param("http://", id="scheme only"),
        pytest.param("http://jane@harlan.example", id="mail"),
        pytest.param("jane@harlan.example", id="bare mail"),
        pytest.param("http://JANEnoreply@blogger.com", id="noreply"),
        pytest.param("http://jane", id="no dot"),
        pytest.param("mailto:jane@harlan.example", id="mailto"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("none", id="a word"),
        pytest.param("my blog", id="words"),
        pytest.param("http://[bad", id="broken"),
        pytest.param("http://jane.example:99999/", id="impossible port"),
        pytest.param("http://www.blogger.com/profile/12", id="profile"),
        pytest.param("https://draft.blogger.com/profile/12", id="profile on draft"),
        pytest.param("https://beta.blogger.com/profile/12", id="profile on beta"),
        pytest.param("https://secure.gravatar.com/avatar/" + "ab" * 16, id="picture"),
        pytest.param("http://blogspot.com/", id="the platform itself"),
        pytest.param("https://www.facebook.com/jane", id="facebook"),
        pytest.param("http://bit.ly/x1", id="shortener"),
        pytest.param("x" * 3000, id="endless"),
    ],
)
def test_what_is_no_blogs_address_has_no_key(url: str) -> None:
    assert blog_key(url) == ""


@pytest.mark.parametrize("platform", hosts.HOST_PER_BLOG)
def test_every_platform_gives_each_blog_its_own_key(platform: str) -> None:
    jane, ann = blog_key(f"http://jane.{platform}/2026/x"), blog_key(f"http://ann.{platform}/")
    assert jane.startswith(f"jane.{platform}")
    assert ann == f"ann.{platform}"


@pytest.mark.parametrize(("host", "parts"), hosts.PATH_PER_BLOG.items())
def test_every_host_of_many_blogs_keeps_the_part_that_names_the_blog(host: str, parts: int) -> None:
    path = "/".join(["view", "jane", "x"][:parts])
    assert blog_key(f"http://{host}/{path}/rest/of/it") == f"{host}/{path}"


@pytest.mark.parametrize("host", sorted(hosts.SHORTENERS))
def test_every_shortener_is_known_and_says_nothing(host: str) -> None:
    assert is_shortener(f"https://{host}/abc")
    assert blog_key(f"https://{host}/abc") == ""


@pytest.mark.parametrize("host", sorted(hosts.NO_BLOG_HOSTS))
def test_hosts_nobody_blogs_on_have_no_blog_key(host: str) -> None:
    assert blog_key(f"https://{host}/jane") == ""


@pytest.mark.parametrize("label", sorted(hosts.SHARED_FIRST_LABELS))
def test_campus_hosts_keep_the_first_part_of_the_path(label: str) -> None:
    assert blog_key(f"http://{label}.harlan.edu/jane/about/") == f"{label}.harlan.edu/jane"


@pytest.mark.parametrize("label", sorted(hosts.SHARED_ANYWHERE))
def test_hosts_of_blogs_keep_the_first_part_of_the_path_whatever_their_ending(label: str) -> None:
    assert blog_key(f"http://{label}.calder.example/jane/about/") == f"{label}.calder.example/jane"


@pytest.mark.parametrize(
    ("url", "keys"),
    [
        pytest.param("http://jane.blogspot.com/2026/x", ["jane.blogspot.com"], id="a host of its own"),
        pytest.param(
            "http://ucalder.example/fac/~jane/edt/2026/x",
            ["ucalder.example/fac/~jane/edt", "ucalder.example/fac/~jane"],
            id="never above the tilde",
        ),
        pytest.param(
            "http://jane.example/a/b/feed/",
            ["jane.example/a/b", "jane.example/a", "jane.example"],
            id="every part of an unknown host",
        ),
        pytest.param(
            "https://edt.weebly.com/jane", ["edt.weebly.com/jane", "edt.weebly.com"], id="site builder"
        ),
        pytest.param("https://sites.google.com/view/jane/home", ["sites.google.com/view/jane"], id="google"),
        pytest.param("http://blogs.harlan.edu/jane/", ["blogs.harlan.edu/jane"], id="campus"),
        pytest.param("https://www.facebook.com/jane", [], id="no blog"),
    ],
)
def test_an_address_may_lie_on_blogs_whose_paths_it_begins_with(url: str, keys: list[str]) -> None:
    assert list(blog_keys(url)) == keys
    assert home_key(url) == next(iter(keys), "")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("https://www.ann.example/2026/09/x/", "ann.example/2026/09/x", id="plain"),
        pytest.param("http://ann.example/2026/09/x#comment-7", "ann.example/2026/09/x", id="fragment"),
        pytest.param("http://ann.example/x/comment-page-2/#comment-9", "ann.example/x", id="comment page"),
        pytest.param("http://ann.example/?p=7&cpage=2", "ann.example?p=7", id="default permalink"),
        pytest.param(
            "http://ann.example/x/?replytocom=3&utm_source=y&fbclid=1", "ann.example/x", id="tracking"
        ),
        pytest.param(
            "http://ann.example/x?unapproved=3&moderation-hash=ab", "ann.example/x", id="moderation"
        ),
        pytest.param(
            "http://ann.blogspot.ca/2026/09/x.html?showComment=1&m=1",
            "ann.blogspot.com/2026/09/x.html",
            id="blogger",
        ),
        pytest.param("http://ann.example/a%7Eb/", "ann.example/a~b", id="escaped tilde"),
        pytest.param("http://ann.example/%C3%A9t%C3%A9/", "ann.example/%C3%A9t%C3%A9", id="accent escaped"),
        pytest.param("http://ann.example/été/", "ann.example/%C3%A9t%C3%A9", id="accent written"),
        pytest.param("http://ann.example/x/feed/atom/", "ann.example/x", id="the post's feed"),
        pytest.param("not an address", "", id="none"),
    ],
)
def test_post_addresses_compare_without_what_changes(url: str, key: str) -> None:
    assert post_key(url) == key


def test_two_posts_of_one_blog_stay_two() -> None:
    assert post_key("http://ann.example/?p=7") != post_key("http://ann.example/?p=8")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("http://www.blogger.com/profile/0123", "blogger:0123", id="blogger"),
        pytest.param("https://draft.blogger.com/profile/0123", "blogger:0123", id="blogger draft"),
        pytest.param("http//beta.blogger.com/profile/0123/", "blogger:0123", id="blogger beta"),
        pytest.param("ww.blogger.com/profile/0123", "blogger:0123", id="blogger ww"),
        pytest.param("https://www.blogger.com/u/1/profile/0123", "blogger:0123", id="second account"),
        pytest.param("https://plus.google.com/1234567890", "google+:1234567890", id="google plus number"),
        pytest.param("https://plus.google.com/+JaneDoe/posts", "google+:+janedoe", id="google plus name"),
        pytest.param("https://profiles.google.com/1234567890", "google+:1234567890", id="google profile"),
        pytest.param("http://gravatar.com/jane", "gravatar:jane", id="gravatar"),
        pytest.param(
            "https://secure.gravatar.com/avatar/" + "ab" * 16 + "?s=96&d=mm",
            "avatar:" + "ab" * 16,
            id="picture",
        ),
        pytest.param(
            "https://secure.gravatar.com/avatar/" + "ab" * 32, "avatar:" + "ab" * 32, id="longer picture"
        ),
        pytest.param("http://twitter.com/JaneD", "twitter:janed", id="twitter"),
        pytest.param("http://twitter.com/#!/JaneD", "twitter:janed", id="old twitter"),
        pytest.param("https://x.com/@JaneD", "twitter:janed", id="x"),
        pytest.param("http://jane.wordpress.com/", "wordpress:jane", id="wordpress login"),
        pytest.param("https://profiles.wordpress.org/jane/", "wordpress:jane", id="wordpress profile"),
        pytest.param("https://www.facebook.com/profile.php?id=42", "facebook:42", id="facebook number"),
        pytest.param("https://m.facebook.com/jane.doe", "facebook:jane.doe", id="facebook name"),
        pytest.param("https://facebook.com/people/Jane/42", "facebook:42", id="facebook people"),
        pytest.param("https://www.linkedin.com/in/jane-doe/", "linkedin:jane-doe", id="linkedin"),
        pytest.param("https://instagram.com/jane/", "instagram:jane", id="instagram"),
        pytest.param("https://disqus.com/by/jane/", "disqus:jane", id="disqus"),
        pytest.param("https://www.youtube.com/user/jane", "youtube:jane", id="youtube"),
        pytest.param("http://about.me/jane", "about.me:jane", id="about me"),
        pytest.param("https://www.flickr.com/people/jane/", "flickr:jane", id="flickr"),
        pytest.param("http://www.myspace.com/jane", "myspace:jane", id="myspace"),
        pytest.param("http://openid.aol.com/jane", "openid:jane", id="openid"),
        pytest.param("http://jane.wordpress.com/2026/09/x/", "", id="a post is no login"),
        pytest.param("http://jane.blogspot.com/", "", id="a blog is no account"),
        pytest.param("http://www.blogger.com/", "", id="blogger itself"),
        pytest.param("http://twitter.com/share?url=x", "", id="a share button"),
        pytest.param("", "", id="empty"),
    ],
)
def test_profile_addresses_have_account_keys(url: str, key: str) -> None:
    assert account_key(url) == key


def test_links_are_found_with_what_stands_before_them() -> None:
    html = '<p>Visit my blog at <a href="http://jane.example/x">here</a> or jane.blogspot.com.</p>'
    assert links_in(html) == (
        BodyLink("http://jane.example/x", "here", before="Visit my blog at"),
        BodyLink("jane.blogspot.com", "jane.blogspot.com", before="Visit my blog at here or"),
    )


def test_links_in_quotations_are_marked_and_relative_ones_resolved() -> None:
    html = '<blockquote><a href="/about">About <b>me</b></a></blockquote><p>At www.ann.example/a, thanks</p>'
    quoted, bare = links_in(html, base="http://ann.example/post/")
    assert quoted == BodyLink("http://ann.example/about", "About me", in_quote=True, alone=True)
    assert bare.url == "www.ann.example/a"
    assert not bare.in_quote


@pytest.mark.parametrize(
    "address",
    [
        "jane.github.io/edt320/", "people.harlan.edu/~jane/x", "blogs.ucalder.edu.au/jane/",
        "ww.jane.blogspot.com", "jane.blogspot.con", "http//jane.blogspot.com/2026", "jane.blog",
        "jane.substack.com", "medium.com/@jane/x-1", "sites.google.com/view/jane", "www.jane.example",
    ],
)  # fmt: skip
def test_addresses_written_out_are_links(address: str) -> None:
    (link,) = links_in(f"<p>Visit my blog at {address} some time.</p>")
    assert link.url == address


def test_mail_addresses_and_abbreviations_are_no_links() -> None:
    assert links_in("Write to jane@harlan.example, e.g. on Monday. See p.12 too.") == ()


@pytest.mark.parametrize(
    ("url", "repaired"),
    [
        pytest.param("http://jane.blogspot.com/", False, id="right"),
        pytest.param("www.jane.blogspot.com", False, id="no scheme"),
        pytest.param("http//jane.blogspot.com", False, id="scheme"),
        pytest.param("http://jane.blogspot.con", True, id="host"),
        pytest.param("http://janedoe.cmo/blog", True, id="ending"),
        pytest.param("http://ww.janedoe.com", False, id="nothing but ww"),
        pytest.param("http://janedoe..com", False, id="nothing but dots"),
        pytest.param("http://jane.blogspot.co.uk", False, id="country"),
        pytest.param("http://make.wordpress.org", False, id="another host of the platform"),
        pytest.param("http://", False, id="nothing"),
    ],
)
def test_misspelled_hosts_are_recognized(url: str, repaired: bool) -> None:
    assert is_repaired(url) is repaired


@given(st.text(max_size=60))
def test_any_text_has_keys_and_blog_keys_are_stable(text: str) -> None:
    key = blog_key(text)
    assert blog_key(key) == key
    home = home_key(text)
    assert home_key(home) == home
    assert blog_keys(home) == blog_keys(text)
    assert account_key(home) in (account_key(text), "") or home.endswith(".wordpress.com")
    assert isinstance(post_key(text), str)
    assert isinstance(account_key(text), str)
    assert isinstance(host_of(text), str)


@given(st.text(alphabet="<>abp/\"'= &;.:", max_size=80))
def test_any_markup_is_read(html: str) -> None:
    assert isinstance(links_in(html), tuple)


@pytest.mark.parametrize(
    ("escaped", "meant"),
    [
        pytest.param("http://jane.example/?p=5&amp;page=2", "http://jane.example/?p=5&page=2", id="by name"),
        pytest.param("http://jane.example/?a=1&#038;p=5", "http://jane.example/?a=1&p=5", id="by number"),
        pytest.param("/rss.php?v=2&amp;amp;#x26;t=c", "/rss.php?v=2&t=c", id="several times"),
        pytest.param("https%3A%2F%2Fjane.example%2Ffeed", "https://jane.example/feed", id="in percents"),
        pytest.param("https:\\/\\/jane.example\\/feed", "https://jane.example/feed", id="as in a script"),
        pytest.param("http://jane.example/a%2Fb?q=x%26y", "http://jane.example/a%2Fb?q=x%26y", id="once"),
        pytest.param("http://jane.example/?a=1&ample=2", "http://jane.example/?a=1&ample=2", id="a name"),
    ],
)
def test_address_that_was_escaped_twice_is_mended(escaped: str, meant: str) -> None:
    assert mend_escapes(escaped) == meant
    (link,) = links_in(f'<p>See <a href="{escape(escaped)}">it</a>.</p>')
    assert link.url == meant
