from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tracker.demo.blogosphere.blogs import (
    Blogosphere,
    DemoBlog,
    DemoComment,
    DemoPost,
    Failure,
    Outage,
    Serves,
)
from tracker.demo.blogosphere.events import BlogChange
from tracker.demo.blogosphere.server import BlogosphereServer

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[BlogosphereServer]:
    sphere = Blogosphere(now=NOW)
    for host, path, serves in (
        ("roomfourteen.localhost", "", Serves.WORDPRESS),
        ("teachingoutloud.localhost", "", Serves.BLOGGER),
        ("blogs.harlan.localhost", "/jane", Serves.WORDPRESS),
        ("blogs.harlan.localhost", "/janet", Serves.WORDPRESS),
    ):
        blog = sphere.add(DemoBlog(host, serves, f"Blog {host}{path}", "Owner", path=path))
        blog.posts.append(DemoPost(1, "hello", "Hello", "<p>Hi.</p>", NOW - timedelta(days=1)))
    with BlogosphereServer(sphere) as running:
        yield running


def get(server: BlogosphereServer, host: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(server.resolve(host, server.port)[0], server.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{server.port}", **headers})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        pytest.param(
            "roomfourteen.localhost", "/", "<title>Blog roomfourteen.localhost</title>", id="by name"
        ),
        pytest.param(
            "RoomFourteen.localhost", "/", "<title>Blog roomfourteen.localhost</title>", id="any case"
        ),
        pytest.param(
            "blogs.harlan.localhost", "/jane/", "<title>Blog blogs.harlan.localhost/jane</title>", id="folder"
        ),
        pytest.param("blogs.harlan.localhost", "/janet/feed/", "/janet/?p=1</guid>", id="folder's feed"),
    ],
)
def test_host_and_folder_choose_the_blog(
    server: BlogosphereServer, host: str, path: str, expected: str
) -> None:
    status, body = get(server, host, path)
    assert status == 200
    assert expected in body


def test_addresses_in_documents_carry_the_servers_port(server: BlogosphereServer) -> None:
    assert (
        f"http://roomfourteen.localhost:{server.port}/2026/10/19/hello/"
        in get(server, "roomfourteen.localhost", "/feed/")[1]
    )


def test_unknown_host_is_not_found_and_unresolved_outside_localhost(server: BlogosphereServer) -> None:
    assert get(server, "nobody.localhost", "/")[0] == 404
    assert server.resolve("roomfourteen.example", 80) == []


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        pytest.param(Failure.UNAVAILABLE, 503, id="503"),
        pytest.param(Failure.SERVER_ERROR, 500, id="500"),
        pytest.param(Failure.GONE, 410, id="410"),
    ],
)
def test_blog_is_down_for_its_outage_only(server: BlogosphereServer, failure: Failure, status: int) -> None:
    assert server.blogosphere is not None
    server.blogosphere.blogs[0].outages.append(Outage(NOW, NOW + timedelta(days=1), failure))
    statuses = []
    for hours in (-1, 0, 23, 24):
        server.blogosphere.now = NOW + timedelta(hours=hours)
        statuses.append(get(server, "roomfourteen.localhost", "/feed/")[0])
    assert statuses == [200, status, status, 200]


def test_simulated_blog_can_close_the_connection(server: BlogosphereServer) -> None:
    assert server.blogosphere is not None
    server.blogosphere.blogs[0].outages.append(Outage(NOW, failure=Failure.DROPPED))
    with pytest.raises(http.client.RemoteDisconnected):
        get(server, "roomfourteen.localhost", "/feed/")


def test_compressing_server_spoils_its_own_etag_and_not_the_date(server: BlogosphereServer) -> None:
    assert server.blogosphere is not None
    server.blogosphere.blogs[0].deflates = True
    gzip_taken = {"accept-encoding": "gzip"}
    first = server.respond("roomfourteen.localhost", "/feed/", gzip_taken)
    assert first is not None
    assert first.headers["ETag"].endswith('-gzip"')
    assert gzip.decompress(first.body).startswith(b"<?xml")
    modified = first.headers["Last-Modified"]
    both = {"if-none-match": first.headers["ETag"], "if-modified-since": modified, **gzip_taken}
    again = server.respond("roomfourteen.localhost", "/feed/", both)
    by_date = server.respond(
        "roomfourteen.localhost", "/feed/", {"if-modified-since": modified, **gzip_taken}
    )
    assert again is not None
    assert by_date is not None
    assert (again.status, by_date.status) == (200, 304)


def test_texts_made_for_another_port_are_refused() -> None:
    with BlogosphereServer() as server, pytest.raises(ValueError, match="Made for port 1,"):
        server.show(Blogosphere(now=NOW, port=1))


def test_requests_are_kept_with_what_was_asked_and_answered(server: BlogosphereServer) -> None:
    get(server, "roomfourteen.localhost", "/feed/", **{"User-Agent": "tester"})
    get(server, "roomfourteen.localhost", "/feed/?paged=9")
    assert [(seen.host, seen.target, seen.status) for seen in server.requests] == [
        ("roomfourteen.localhost", "/feed/", 200),
        ("roomfourteen.localhost", "/feed/?paged=9", 404),
    ]
    assert server.requests[0].headers["user-agent"] == "tester"


def test_port_is_known_before_there_is_anything_to_show() -> None:
    with BlogosphereServer() as server:
        assert server.port > 0
        assert get(server, "roomfourteen.localhost", "/")[0] == 404


def outside(*blogs: DemoBlog) -> BlogosphereServer:
    """A server, not started, of blogs whose names are not below .localhost."""
    return BlogosphereServer(Blogosphere(blogs, now=NOW))


def chalk() -> DemoBlog:
    blog = DemoBlog("chalk.example", Serves.WORDPRESS, "Chalk", "Owner")
    blog.posts.append(DemoPost(30, "rain", "Rain", "<p>Hi.</p>", NOW - timedelta(days=5)))
    blog.comments.append(DemoComment(524, blog.posts[0], "Ida", "<p>So.</p>", NOW - timedelta(days=1)))
    return blog


def respond(server: BlogosphereServer, host: str, target: str, scheme: str = "http") -> tuple[int, str, str]:
    """Status, where it redirects to, and the text of an answer."""
    response = server.respond(host, target, {}, scheme)
    assert response is not None
    return response.status, response.headers.get("Location", ""), response.body.decode()


def test_other_host_names_have_no_port_and_lead_to_the_server_by_its_resolver() -> None:
    server = outside(chalk())
    assert server.resolve("chalk.example", 80) == [f"127.0.0.1:{server.port}"]
    assert server.resolve("nobody.example", 80) == []
    assert (
        "<link>http://chalk.example/2026/10/15/rain/</link>" in respond(server, "chalk.example", "/feed/")[2]
    )
    server.stop()


def test_moved_blog_redirects_for_good_and_keeps_its_old_guids() -> None:
    blog = chalk()
    blog.record(NOW - timedelta(hours=2), BlogChange.MOVED, "slate.example")
    blog.posts.append(DemoPost(40, "new", "New", "<p>Hi.</p>", NOW - timedelta(hours=1)))
    server = outside(blog)
    moved = (301, "http://slate.example/comments/feed/?x=1")
    assert respond(server, "chalk.example", "/comments/feed/?x=1")[:2] == moved
    text = respond(server, "slate.example", "/comments/feed/")[2]
    assert "<link>http://slate.example/2026/10/15/rain/#comment-524</link>" in text
    assert ">http://chalk.example/?p=30#comment-524</guid>" in text
    assert ">http://slate.example/?p=40</guid>" in respond(server, "slate.example", "/feed/")[2]
    blog.events.clear()
    blog.record(NOW + timedelta(hours=1), BlogChange.MOVED, "slate.example")
    assert respond(server, "slate.example", "/")[0] == 404
    server.stop()


def test_secured_blog_redirects_to_https() -> None:
    blog = chalk()
    blog.record(NOW, BlogChange.SECURED)
    server = outside(blog)
    assert respond(server, "chalk.example", "/feed/")[:2] == (301, "https://chalk.example/feed/")
    text = respond(server, "chalk.example", "/comments/feed/", "https")[2]
    assert "<link>https://chalk.example/2026/10/15/rain/#comment-524</link>" in text
    assert ">http://chalk.example/?p=30#comment-524</guid>" in text
    server.stop()
