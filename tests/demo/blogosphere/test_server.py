from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tracker.demo.blogosphere.blogs import Blog, Blogosphere, Outage, Post, Serves, Trouble
from tracker.demo.blogosphere.server import BlogServer

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[BlogServer]:
    sphere = Blogosphere(now=NOW)
    for host, path, serves in (
        ("roomfourteen.localhost", "", Serves.WORDPRESS),
        ("teachingoutloud.localhost", "", Serves.BLOGGER),
        ("blogs.harlan.localhost", "/jane", Serves.WORDPRESS),
        ("blogs.harlan.localhost", "/janet", Serves.WORDPRESS),
    ):
        blog = sphere.add(Blog(host, serves, f"Blog {host}{path}", "Owner", path=path))
        blog.posts.append(Post(1, "hello", "Hello", "<p>Hi.</p>", NOW - timedelta(days=1)))
    with BlogServer(sphere) as running:
        yield running


def get(server: BlogServer, host: str, path: str, **headers: str) -> tuple[int, str]:
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
def test_host_and_folder_choose_the_blog(server: BlogServer, host: str, path: str, expected: str) -> None:
    status, body = get(server, host, path)
    assert status == 200
    assert expected in body


def test_addresses_in_documents_carry_the_servers_port(server: BlogServer) -> None:
    assert (
        f"http://roomfourteen.localhost:{server.port}/2026/10/19/hello/"
        in get(server, "roomfourteen.localhost", "/feed/")[1]
    )


def test_unknown_host_is_not_found_and_unresolved_outside_localhost(server: BlogServer) -> None:
    assert get(server, "nobody.localhost", "/")[0] == 404
    assert server.resolve("roomfourteen.example", 80) == []


@pytest.mark.parametrize(
    ("since", "status"),
    [
        pytest.param(timedelta(0), 410, id="from the very instant"),
        pytest.param(timedelta(minutes=1), 200, id="not before"),
    ],
)
def test_gone_blog_answers_410(server: BlogServer, since: timedelta, status: int) -> None:
    assert server.blogosphere is not None
    server.blogosphere.blogs[0].gone_from = NOW + since
    assert get(server, "roomfourteen.localhost", "/feed/")[0] == status


def test_blog_is_down_for_its_outage_only(server: BlogServer) -> None:
    assert server.blogosphere is not None
    server.blogosphere.blogs[0].outages.append(Outage(NOW, NOW + timedelta(days=1)))
    assert get(server, "roomfourteen.localhost", "/feed/")[0] == 503
    server.blogosphere.now = NOW + timedelta(days=1)
    assert get(server, "roomfourteen.localhost", "/feed/")[0] == 200


def test_blog_can_drop_the_line(server: BlogServer) -> None:
    assert server.blogosphere is not None
    server.blogosphere.blogs[0].outages.append(Outage(NOW, trouble=Trouble.DROPPED))
    with pytest.raises(http.client.RemoteDisconnected):
        get(server, "roomfourteen.localhost", "/feed/")


def test_compressing_server_spoils_its_own_etag_and_not_the_date(server: BlogServer) -> None:
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
    with BlogServer() as server, pytest.raises(ValueError, match="Made for port 1,"):
        server.show(Blogosphere(now=NOW, port=1))


def test_requests_are_counted_by_host_with_what_was_asked(server: BlogServer) -> None:
    get(server, "roomfourteen.localhost", "/feed/", **{"User-Agent": "tester"})
    get(server, "roomfourteen.localhost", "/feed/?paged=9")
    assert server.counts() == {"roomfourteen.localhost": 2}
    assert [(seen.target, seen.status) for seen in server.requests] == [
        ("/feed/", 200),
        ("/feed/?paged=9", 404),
    ]
    assert server.requests[0].headers["user-agent"] == "tester"
    server.forget()
    assert not server.counts()


def test_port_is_known_before_there_is_anything_to_show() -> None:
    with BlogServer() as server:
        assert server.port > 0
        assert get(server, "roomfourteen.localhost", "/")[0] == 404
