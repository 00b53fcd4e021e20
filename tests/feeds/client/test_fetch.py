"""The client against a server that behaves, and one that does not."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.blog_server import BlogServer, Misbehave, drip, flood, reset, say, stall
from tracker.domain.errors import FetchError, FetchErrorClass
from tracker.domain.feed import Validators
from tracker.feeds.client.fetch import Fetcher, FetchLimits

NOTHING = Validators()


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


def limits(server: BlogServer, **changes: object) -> FetchLimits:
    values: dict[str, object] = {
        "allow_private": ("127.0.0.0/8",),
        "total_timeout_s": 3.0,
        "read_timeout_s": 1.0,
    }
    return FetchLimits(**(values | changes))  # type: ignore[arg-type]


def fetcher(server: BlogServer, **changes: object) -> Fetcher:
    return Fetcher(limits(server, **changes), server.resolve)


def trouble(fetch: Fetcher, url: str, validators: Validators = NOTHING) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch.fetch(url, validators)
    return caught.value


def test_answer_is_given_with_its_headers_and_body(server: BlogServer) -> None:
    server.set("/feed/", "hello", headers={"Content-Type": "text/xml", "ETag": '"1"'})
    result = fetcher(server).fetch(server.url("/feed/"))
    assert (result.status, result.body, result.final_url) == (200, b"hello", server.url("/feed/"))
    assert result.headers["content-type"] == "text/xml"
    assert result.validators == Validators('"1"', "")
    assert result.moved_to == ""
    assert "comment-tracker" in server.requests[0].headers["user-agent"]


def test_document_is_served_under_the_name_it_claims(server: BlogServer) -> None:
    server.set("/feed/", "teacher", host="teacher.example")
    server.set("/feed/", "other")
    result = fetcher(server).fetch("http://teacher.example/feed/")
    assert (result.body, result.final_url) == (b"teacher", "http://teacher.example/feed/")
    assert server.requests[0].host == "teacher.example"


def test_unchanged_document_is_not_sent_again(server: BlogServer) -> None:
    validators = Validators('W/"a"', "Mon, 05 Oct 2026 10:00:00 GMT")
    server.set("/feed/", "x", headers={"ETag": validators.etag, "Last-Modified": validators.last_modified})
    result = fetcher(server).fetch(server.url("/feed/"), validators)
    assert result.not_modified
    assert result.body == b""


def test_etag_marked_by_a_compressing_server_is_kept_back_so_that_the_date_can_match(
    server: BlogServer,
) -> None:
    date = "Mon, 05 Oct 2026 10:00:00 GMT"
    server.set("/feed/", "x", headers={"ETag": '"a"', "Last-Modified": date})
    assert fetcher(server).fetch(server.url("/feed/"), Validators('"a-gzip"', date)).not_modified


def test_304_that_nobody_asked_for_is_no_answer(server: BlogServer) -> None:
    server.set("/feed/", status=304)
    assert trouble(fetcher(server), server.url("/feed/")).error_class is FetchErrorClass.HTTP_3XX


@pytest.mark.parametrize(
    ("status", "headers", "expected", "retry_after_s"),
    [
        pytest.param(404, {}, FetchErrorClass.HTTP_4XX, None, id="not there"),
        pytest.param(410, {}, FetchErrorClass.HTTP_4XX, None, id="gone"),
        pytest.param(500, {}, FetchErrorClass.HTTP_5XX, None, id="broken"),
        pytest.param(503, {}, FetchErrorClass.HTTP_5XX, None, id="out of service"),
        pytest.param(503, {"Retry-After": "7200"}, FetchErrorClass.RATE_LIMITED, 7200, id="come back later"),
        pytest.param(429, {}, FetchErrorClass.RATE_LIMITED, None, id="too often"),
        pytest.param(429, {"Retry-After": "1"}, FetchErrorClass.RATE_LIMITED, 60, id="a second is a minute"),
        pytest.param(429, {"Retry-After": "9" * 40}, FetchErrorClass.RATE_LIMITED, 604800, id="overflow"),
        pytest.param(429, {"Retry-After": "nan"}, FetchErrorClass.RATE_LIMITED, None, id="not a number"),
        pytest.param(429, {"Retry-After": "soon"}, FetchErrorClass.RATE_LIMITED, None, id="garbage"),
        pytest.param(204, {}, FetchErrorClass.PROTOCOL, None, id="nothing"),
        pytest.param(302, {}, FetchErrorClass.HTTP_3XX, None, id="nowhere"),
    ],
)
def test_status_that_is_no_answer_has_its_class(
    server: BlogServer,
    status: int,
    headers: dict[str, str],
    expected: FetchErrorClass,
    retry_after_s: int | None,
) -> None:
    server.set("/feed/", b"<rss/>" if status != 204 else b"", status=status, headers=headers)
    error = trouble(fetcher(server), server.url("/feed/"))
    assert (error.error_class, error.http_status, error.retry_after_s) == (expected, status, retry_after_s)
    assert str(error).endswith(".")


def test_retry_after_date_is_read_by_the_servers_own_clock(server: BlogServer) -> None:
    server.set(
        "/feed/",
        misbehave=say(
            b"HTTP/1.1 429 Slow\r\nDate: Mon, 05 Oct 2026 10:00:00 GMT\r\n"
            b"Retry-After: Mon, 05 Oct 2026 11:00:00 GMT\r\nContent-Length: 0\r\n\r\n"
        ),
    )
    assert trouble(fetcher(server), server.url("/feed/")).retry_after_s == 3600


# -- redirects


def test_address_moved_when_every_hop_is_permanent(server: BlogServer) -> None:
    server.redirect("/a", "/b", status=301)
    server.redirect("/b", server.url("/c#top"), status=308)
    server.set("/c", "here")
    result = fetcher(server).fetch(server.url("/a"))
    assert (result.body, result.moved_to, result.url) == (b"here", server.url("/c"), server.url("/a"))


def test_address_did_not_move_when_one_hop_is_for_now(server: BlogServer) -> None:
    server.redirect("/a", "/b", status=301)
    server.redirect("/b", "/c", status=302)
    server.set("/c", "here")
    result = fetcher(server).fetch(server.url("/a"))
    assert (result.moved_to, result.final_url) == ("", server.url("/c"))


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param("/a", FetchErrorClass.REDIRECT, id="circle"),
        pytest.param("http://10.0.0.1/", FetchErrorClass.BLOCKED, id="private"),
        pytest.param("http://169.254.169.254/latest/", FetchErrorClass.BLOCKED, id="metadata"),
        pytest.param("file:///etc/hostname", FetchErrorClass.BLOCKED, id="file"),
        pytest.param("ftp://blog.example/feed", FetchErrorClass.BLOCKED, id="ftp"),
        pytest.param("http://me:secret@blog.example/", FetchErrorClass.BLOCKED, id="password"),
    ],
)
def test_redirect_is_not_followed(server: BlogServer, location: str, expected: FetchErrorClass) -> None:
    server.redirect("/a", location)
    assert trouble(fetcher(server), server.url("/a")).error_class is expected


@pytest.mark.parametrize(
    ("hops", "works"), [pytest.param(5, True, id="five"), pytest.param(6, False, id="six")]
)
def test_five_redirects_are_followed_and_no_more(server: BlogServer, hops: int, works: bool) -> None:
    for n in range(hops):
        server.redirect(f"/{n}", f"/{n + 1}")
    server.set(f"/{hops}", "here")
    if works:
        assert fetcher(server).fetch(server.url("/0")).body == b"here"
    else:
        assert trouble(fetcher(server), server.url("/0")).error_class is FetchErrorClass.REDIRECT


def test_body_of_a_redirect_is_never_read(server: BlogServer) -> None:
    head = f"HTTP/1.1 301 Moved\r\nLocation: {server.url('/b')}\r\n\r\n".encode()
    server.set("/a", misbehave=drip(b"y" * 65536, every_s=0.0, head=head))
    server.set("/b", "here")
    started = time.monotonic()
    assert fetcher(server).fetch(server.url("/a")).body == b"here"
    assert time.monotonic() - started < 1


# -- what servers do wrong


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("misbehave", "expected"),
    [
        pytest.param(stall(), FetchErrorClass.TIMEOUT, id="says nothing"),
        pytest.param(drip(), FetchErrorClass.TIMEOUT, id="a byte at a time"),
        pytest.param(drip(b"X: y\r\n", head=HEAD), FetchErrorClass.TIMEOUT, id="a header at a time"),
        pytest.param(flood(b"X: y\r\n"), FetchErrorClass.PROTOCOL, id="flood of headers"),
        pytest.param(flood(b"X" * 1000), FetchErrorClass.PROTOCOL, id="endless header"),
        pytest.param(
            drip(b"HTTP/1.1 100 Continue\r\n\r\n", head=b""), FetchErrorClass.TIMEOUT, id="drip of continue"
        ),
        pytest.param(
            flood(b"HTTP/1.1 100 Continue\r\n\r\n", head=b""), FetchErrorClass.TIMEOUT, id="flood of continue"
        ),
        pytest.param(
            drip(b"1\r\nx\r\n", head=HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
            FetchErrorClass.TIMEOUT,
            id="a chunk at a time",
        ),
        pytest.param(
            drip(b"X: y\r\n", head=HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"),
            FetchErrorClass.TIMEOUT,
            id="endless trailer",
        ),
    ],
)
def test_fetch_ends_by_its_limit(server: BlogServer, misbehave: Misbehave, expected: FetchErrorClass) -> None:
    server.set("/feed/", misbehave=misbehave)
    started = time.monotonic()
    error = trouble(fetcher(server, total_timeout_s=0.8, read_timeout_s=0.6), server.url("/feed/"))
    assert time.monotonic() - started < 2.0
    assert error.error_class is expected


@pytest.mark.parametrize(
    ("misbehave", "expected"),
    [
        pytest.param(reset(), FetchErrorClass.RESET, id="reset at once"),
        pytest.param(
            reset(HEAD + b"Content-Length: 99\r\n\r\nabc"), FetchErrorClass.RESET, id="reset in the body"
        ),
        pytest.param(say(b""), FetchErrorClass.RESET, id="closed without a word"),
        pytest.param(say(b"SSH-2.0-OpenSSH_9.2\r\n"), FetchErrorClass.PROTOCOL, id="not HTTP"),
        pytest.param(say(HEAD + b"Content-Length: 99\r\n\r\nabc"), FetchErrorClass.TRUNCATED, id="short"),
        pytest.param(
            say(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"),
            FetchErrorClass.TRUNCATED,
            id="no last chunk",
        ),
        pytest.param(
            say(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc"),
            FetchErrorClass.TRUNCATED,
            id="half a chunk",
        ),
        pytest.param(
            say(HEAD + b"Content-Encoding: gzip\r\n\r\nnot gzip at all"),
            FetchErrorClass.PROTOCOL,
            id="not gzip",
        ),
        pytest.param(
            say(HEAD + b"Content-Encoding: gzip, gzip\r\n\r\nx"), FetchErrorClass.PROTOCOL, id="two codings"
        ),
        pytest.param(
            say(HEAD + b"Content-Encoding: br\r\n\r\nx"), FetchErrorClass.PROTOCOL, id="unknown coding"
        ),
    ],
)
def test_broken_answer_has_its_class(
    server: BlogServer, misbehave: Misbehave, expected: FetchErrorClass
) -> None:
    server.set("/feed/", misbehave=misbehave)
    error = trouble(fetcher(server), server.url("/feed/"))
    assert error.error_class is expected
    assert str(error).endswith(".")


def test_gzip_is_asked_for_and_undone(server: BlogServer) -> None:
    server.set_gzip("/feed/", b"hello " * 1000)
    assert fetcher(server).fetch(server.url("/feed/")).body == b"hello " * 1000
    assert server.requests[0].headers["accept-encoding"] == "gzip"


def test_gzip_in_two_members_is_one_body(server: BlogServer) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two")
    server.set("/feed/", body, headers={"Content-Encoding": "gzip"})
    assert fetcher(server).fetch(server.url("/feed/")).body == b"one two"


def test_gzip_cut_in_half_is_truncated_although_its_length_fits(server: BlogServer) -> None:
    server.set_gzip("/feed/", bytes(range(256)) * 500, keep=200)
    assert trouble(fetcher(server), server.url("/feed/")).error_class is FetchErrorClass.TRUNCATED


def test_gzip_bomb_stops_at_the_limit(server: BlogServer) -> None:
    server.set_gzip("/feed/", b"\0" * 20_000_000)
    error = trouble(fetcher(server, max_bytes=100_000), server.url("/feed/"))
    assert error.error_class is FetchErrorClass.TOO_LARGE


@pytest.mark.parametrize(
    ("size", "works"),
    [pytest.param(1000, True, id="at the limit"), pytest.param(1001, False, id="a byte over")],
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_body_may_be_as_large_as_the_limit(server: BlogServer, size: int, works: bool, coding: str) -> None:
    if coding == "gzip":
        server.set_gzip("/feed/", b"x" * size)
    else:
        server.set("/feed/", b"x" * size)
    client = fetcher(server, max_bytes=1000)
    if works:
        assert len(client.fetch(server.url("/feed/")).body) == size
    else:
        assert trouble(client, server.url("/feed/")).error_class is FetchErrorClass.TOO_LARGE


def test_endless_body_stops_at_the_limit(server: BlogServer) -> None:
    server.set("/feed/", misbehave=drip(b"x" * 65536, every_s=0.0))
    error = trouble(fetcher(server, max_bytes=1_000_000), server.url("/feed/"))
    assert error.error_class is FetchErrorClass.TOO_LARGE


# -- nobody there


def test_host_that_nobody_knows_is_a_dns_error(server: BlogServer) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    error = trouble(Fetcher(limits(server), unknown), "http://nobody.example/")
    assert error.error_class is FetchErrorClass.DNS
    assert "nobody.example" in str(error)


def test_resolver_that_hangs_does_not_hang_the_fetch(server: BlogServer) -> None:
    release = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        release.wait(10)
        return []

    started = time.monotonic()
    error = trouble(Fetcher(limits(server, total_timeout_s=0.5), hang), "http://slow.example/")
    release.set()
    assert error.error_class in (FetchErrorClass.DNS, FetchErrorClass.TIMEOUT)
    assert time.monotonic() - started < 1.5


def test_port_where_nobody_listens_is_a_connect_error(server: BlogServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert trouble(fetcher(server), f"http://127.0.0.1:{port}/").error_class is FetchErrorClass.CONNECT


def test_next_address_of_a_host_is_tried_when_the_first_is_down(server: BlogServer) -> None:
    server.set("/", "here")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        down = free.getsockname()[1]
        client = Fetcher(limits(server), lambda host, port: [f"127.0.0.1:{down}", server.address])
        assert client.fetch("http://blog.example/").body == b"here"


def test_handshake_that_stalls_ends_by_the_limit(server: BlogServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        client = Fetcher(limits(server, total_timeout_s=0.5), lambda host, port: [address])
        started = time.monotonic()
        assert trouble(client, "https://blog.example/").error_class is FetchErrorClass.TIMEOUT
        assert time.monotonic() - started < 2


def test_server_without_tls_is_a_tls_error(server: BlogServer) -> None:
    assert trouble(fetcher(server), "https://blog.example/").error_class is FetchErrorClass.TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for blog.example that signs itself, with its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate and is not installed")
    path = tmp_path_factory.mktemp("tls") / "blog.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", "/CN=blog.example", "-addext", "subjectAltName=DNS:blog.example",
         "-keyout", str(path), "-out", str(path.with_suffix(".crt"))],
        check=True,
        capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BlogServer]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with BlogServer(certificate) as running:
        yield running


def test_secure_address_is_read_when_its_certificate_is_for_the_name(secure: BlogServer) -> None:
    secure.set("/", "hello", host="blog.example")
    assert fetcher(secure).fetch("https://blog.example/").body == b"hello"


def test_certificate_for_another_name_is_a_tls_error(secure: BlogServer) -> None:
    secure.set("/", "hello")
    assert trouble(fetcher(secure), "https://other.example/").error_class is FetchErrorClass.TLS
    assert secure.requests == []


def test_certificate_that_nobody_vouches_for_is_a_tls_error(certificate: Path) -> None:
    with BlogServer(certificate) as unknown:
        assert trouble(fetcher(unknown), "https://blog.example/").error_class is FetchErrorClass.TLS


def test_secure_address_does_not_lead_to_an_insecure_one(secure: BlogServer, server: BlogServer) -> None:
    server.set("/", "plain")
    secure.redirect("/", server.url("/"), status=302)
    error = trouble(fetcher(secure), "https://blog.example/")
    assert error.error_class is FetchErrorClass.REDIRECT
    assert server.requests == []


def test_secure_answer_that_drips_ends_by_the_limit(secure: BlogServer) -> None:
    secure.set("/", misbehave=drip())
    started = time.monotonic()
    error = trouble(fetcher(secure, total_timeout_s=0.6), "https://blog.example/")
    assert error.error_class is FetchErrorClass.TIMEOUT
    assert time.monotonic() - started < 2


# -- whom we may ask


@pytest.mark.parametrize(
    "answer",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "100.64.0.1", "100.100.100.200",
        "169.254.169.254", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1",
        "192.88.99.1", "0.0.0.0",  # noqa: S104 - to be refused
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001::1", "2001:db8::1", "fc00::1", "fe80::1", "fe80::1%eth0", "ff02::1", "64:ff9b:1::1", "3fff::1",
    ],
)  # fmt: skip
def test_address_that_is_not_public_is_never_dialled(answer: str) -> None:
    client = Fetcher(FetchLimits(total_timeout_s=1), lambda host, port: [answer])
    assert trouble(client, "http://blog.example/").error_class is FetchErrorClass.BLOCKED


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0/",
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/",
        "http://①②⑦.⓪.⓪.①/", "http://127.0.0.1.:80/", "http://me@blog.example/", "http://blog.example\\@127.0.0.1/",
        "http://blog.example:22/", "http://blog.example:0/", "http://blog.example:99999/", "http:///feed",
        "http://blog.example/a b", "http://blog.example/\r\nX: y", "http://a..b/", "gopher://blog.example/",
        "file:///etc/hostname", "javascript:alert(1)", "", "//blog.example/", "http://[fe80::1%25eth0]/",
        "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_address_with_a_trick_in_it_is_refused(url: str) -> None:
    assert trouble(Fetcher(FetchLimits(total_timeout_s=1)), url).error_class is FetchErrorClass.BLOCKED


@pytest.mark.parametrize(
    ("allowed", "works"),
    [
        pytest.param("127.0.0.0/8", True, id="network"),
        pytest.param("127.0.0.1/32", True, id="one address"),
        pytest.param("{address}", True, id="host and port"),
        pytest.param("127.0.0.1:1", False, id="other port"),
        pytest.param("10.0.0.0/8", False, id="other network"),
        pytest.param("localhost", False, id="a bare name is no permission"),
    ],
)
def test_operator_can_allow_a_private_place(server: BlogServer, allowed: str, works: bool) -> None:
    server.set("/", "here")
    client = Fetcher(FetchLimits(allow_private=(allowed.format(address=server.address),)))
    if works:
        assert client.fetch(server.url("/")).body == b"here"
    else:
        assert trouble(client, server.url("/")).error_class is FetchErrorClass.BLOCKED
        assert server.requests == []


def test_proxy_of_the_environment_is_not_used(server: BlogServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.set("/", "here")
    assert fetcher(server).fetch(server.url("/")).body == b"here"


# -- politeness


def test_at_most_two_connections_go_to_one_hosting_company(server: BlogServer) -> None:
    lock, open_now, most_open = threading.Lock(), 0, 0

    def slow(sock: socket.socket) -> None:
        nonlocal open_now, most_open
        with lock:
            open_now += 1
            most_open = max(most_open, open_now)
        time.sleep(0.1)
        with lock:  # before the answer is out, or the next request may be counted beside this one
            open_now -= 1
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    server.set("/", misbehave=slow)
    urls = [f"http://blog{n}.blogspot.{tld}/" for n in range(4) for tld in ("com", "co.uk")]
    with fetcher(server) as client, ThreadPoolExecutor(8) as pool:
        results = list(pool.map(client.fetch, urls))
    assert [result.body for result in results] == [b"ok"] * 8
    assert most_open == 2


def test_waiting_for_a_turn_does_not_use_up_a_feeds_own_time(server: BlogServer) -> None:
    def slow(sock: socket.socket) -> None:
        time.sleep(0.25)
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    server.set("/", misbehave=slow)
    with fetcher(server, per_upstream=1, total_timeout_s=0.6) as client, ThreadPoolExecutor(4) as pool:
        results = list(pool.map(client.fetch, [server.url("/")] * 4))
    assert all(result.body == b"ok" and result.seconds < 0.6 for result in results)


def test_trouble_of_one_blog_does_not_touch_another(server: BlogServer) -> None:
    server.set("/good", "ok")
    server.set("/bad", misbehave=stall())
    with fetcher(server, total_timeout_s=0.5) as client, ThreadPoolExecutor(2) as pool:
        bad = pool.submit(trouble, client, server.url("/bad"))
        assert pool.submit(client.fetch, server.url("/good")).result().body == b"ok"
        assert bad.result().error_class is FetchErrorClass.TIMEOUT
