"""What people paste, as it is copied from mails, phones and slides."""

from __future__ import annotations

import pytest

from tracker.feeds.pasted import read_pasted, suggest, with_other_host

POST = "http://roomnine.example/2026/09/a-quiet-week/"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        pytest.param(POST, POST, id="as it is"),
        pytest.param(f"  {POST}\n", POST, id="blanks around"),
        pytest.param(f"{POST}.", POST, id="full stop behind"),
        pytest.param(f"({POST})", POST, id="in brackets"),
        pytest.param(f"({POST}).", POST, id="in brackets with a full stop"),
        pytest.param(f"“{POST}”", POST, id="curly quotes"),
        pytest.param(f'"{POST}",', POST, id="quotes and a comma"),
        pytest.param(f"<{POST}>", POST, id="as mail programs write it"),
        pytest.param(f"[our room]({POST})", POST, id="markdown"),
        pytest.param(f'<a href="{POST}">our room</a>', POST, id="html"),
        pytest.param(f"Please read {POST} until Friday!", POST, id="in a sentence"),
        pytest.param("<http://roomnine.example/2026/09/\n  a-quiet-week/>", POST, id="broken over two lines"),
        pytest.param("> http://roomnine.example/2026/09/\n> a-quiet-week/", POST, id="quoted and broken"),
        pytest.param(POST + "?utm_source=news&utm_medium=email", POST, id="utm"),
        pytest.param(POST + "?fbclid=IwAR0", POST, id="shared"),
        pytest.param(POST + "?p=3&utm_source=news", POST + "?p=3", id="only tracking goes"),
        pytest.param(POST + "?unapproved=12&moderation-hash=ab12#comment-12", POST, id="held comment"),
        pytest.param(POST + "#comment-12", POST, id="comment"),
        pytest.param(POST + "x_(draft)", POST + "x_(draft)", id="bracket that belongs to it"),
        pytest.param("feed://roomnine.example/feed/", "http://roomnine.example/feed/", id="feed scheme"),
        pytest.param(
            "feed:https://roomnine.example/feed/", "https://roomnine.example/feed/", id="feed colon"
        ),
        pytest.param(
            "https://tom.blogspot.com/2026/09/x.html?m=1",
            "https://tom.blogspot.com/2026/09/x.html",
            id="mobile",
        ),
        pytest.param(
            "https://tom.blogspot.co.nz/2026/09/x.html?showComment=9#c8",
            "https://tom.blogspot.com/2026/09/x.html",
            id="country and comment",
        ),
        pytest.param(
            "https://nam02.safelinks.protection.outlook.com/?url=http%3A%2F%2Froomnine.example%2F&data=05",
            "http://roomnine.example/",
            id="safelinks",
        ),
        pytest.param(
            "https://www.google.com/url?q=http://roomnine.example/&sa=D",
            "http://roomnine.example/",
            id="google",
        ),
        pytest.param(
            "https://urldefense.com/v3/__http://roomnine.example/__;!!ab$",
            "http://roomnine.example/",
            id="urldefense 3",
        ),
        pytest.param(
            "https://urldefense.proofpoint.com/v2/url?u=http-3A__roomnine.example_&d=Dw",
            "http://roomnine.example/",
            id="urldefense 2",
        ),
    ],
)
def test_address_is_found_in_what_was_pasted(text: str, address: str) -> None:
    assert read_pasted(text)[0] == address


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        pytest.param("roomnine.example", ("https://roomnine.example", "http://roomnine.example"), id="none"),
        pytest.param("http://a.example/", ("http://a.example/", "https://a.example/"), id="http"),
        pytest.param("https://a.example/", ("https://a.example/", "http://a.example/"), id="https"),
        pytest.param("ftp://a.example/", ("ftp://a.example/",), id="neither"),
        pytest.param("localhost:8080/x", ("https://localhost:8080/x", "http://localhost:8080/x"), id="port"),
        pytest.param(" ", (), id="nothing"),
        pytest.param("“”", (), id="quotes around nothing"),
    ],
)
def test_the_other_scheme_is_tried_next(text: str, addresses: tuple[str, ...]) -> None:
    assert read_pasted(text) == addresses


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("htpp://roomnine.example/", "http://roomnine.example/", id="htpp"),
        pytest.param("htps://roomnine.example/", "https://roomnine.example/", id="htps"),
        pytest.param("htttp://roomnine.example/", "http://roomnine.example/", id="htttp"),
        pytest.param("ttp://roomnine.example/", "http://roomnine.example/", id="ttp"),
        pytest.param("http//roomnine.example/", "http://roomnine.example/", id="no colon"),
        pytest.param("https;//roomnine.example/", "https://roomnine.example/", id="semicolon"),
        pytest.param("http:/roomnine.example/", "http://roomnine.example/", id="one slash"),
        pytest.param("http:\\\\roomnine.example\\a", "http://roomnine.example/a", id="backslashes"),
        pytest.param("tom.blogspot.con", "https://tom.blogspot.com", id="con"),
        pytest.param("http://tom.blogspot.con/x", "http://tom.blogspot.com/x", id="con with a path"),
        pytest.param("tom.blogpsot.com", "https://tom.blogspot.com", id="blogpsot"),
        pytest.param("tom.wordpres.com", "https://tom.wordpress.com", id="wordpres"),
        pytest.param("tom.blogspotcom", "https://tom.blogspot.com", id="missing dot"),
        pytest.param("tom.edublog.org", "https://tom.edublogs.org", id="edublog"),
        pytest.param("tom,wordpress.com", "https://tom.wordpress.com", id="comma"),
        pytest.param("roomnine,example", "https://roomnine.example", id="comma before the ending"),
        pytest.param("www.harlan.eud", "https://www.harlan.edu", id="edu"),
        pytest.param("roomnine..example", "https://roomnine.example", id="two dots"),
        pytest.param("http://roomnine.example/", "", id="nothing wrong"),
        pytest.param("roomnine.example", "", id="nothing wrong without a scheme"),
        pytest.param("tomwordpress.com", "", id="may be somebody's"),
        pytest.param("Room Nine", "", id="no address"),
        pytest.param("feed://roomnine.example/", "", id="feed"),
        pytest.param("ftp://roomnine.example/", "", id="ftp"),
        pytest.param("hosts.example/x", "", id="a host that begins like a scheme"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_was_obviously_meant_is_suggested(written: str, meant: str) -> None:
    assert suggest(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("tomblogspot.com", "https://tom.blogspot.com", id="blogspot"),
        pytest.param("http://tomwordpress.com/about", "http://tom.wordpress.com/about", id="wordpress"),
        pytest.param("wwwroomnine.example", "https://www.roomnine.example", id="www"),
        pytest.param("roomnine.example", "", id="nothing obvious"),
    ],
)
def test_a_forgotten_dot_is_thought_of_where_no_such_host_exists(written: str, meant: str) -> None:
    assert suggest(written, not_found=True) == meant


@pytest.mark.parametrize(
    ("address", "other"),
    [
        pytest.param("http://roomnine.example/x", "http://www.roomnine.example/x", id="added"),
        pytest.param("https://www.roomnine.example/x", "https://roomnine.example/x", id="taken away"),
        pytest.param("http://127.0.0.1:80/", "", id="number"),
        pytest.param("http://[::1]/", "", id="IPv6"),
    ],
)
def test_the_host_has_a_twin_with_or_without_www(address: str, other: str) -> None:
    assert with_other_host(address) == other
