"""Rows of the table that misbehave below the document: addresses, TLS, redirects, HTTP itself."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Mapping

from tests.support.blog_server import Misbehave, drip, reset, say
from tests.support.misbehavior_feed import feed_of
from tests.support.misbehavior_row import Act, Behaviour, Call, Ports, at_plain, host_of
from tracker.domain.errors import FetchErrorClass as Wrong

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
CANARY = "127.0.0.2:{canary}"


def plainly(misbehave: Misbehave) -> Act:
    """What `blog_server` can do wrong, as an act."""
    return lambda call: misbehave(call.sock)


def answer(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
    length: bool = True,
) -> Act:
    """An answer by the book but for what is asked; header values are templates over the ports."""

    def act(call: Call) -> None:
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name}: {value.format(**call.ports)}" for name, value in (headers or {}).items()]
        if length:
            lines.append(f"Content-Length: {len(body)}")
        call.sock.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)

    return act


def good(category: str, name: str) -> bytes:
    return feed_of(host_of(category, name)).encode()


# -- address


def _address(name: str, does: str, url: str = "", expected: Wrong | int = Wrong.BLOCKED) -> Behaviour:
    return Behaviour("address", name, does, expected, url=url)


def _named(name: str, does: str, *answers: str, expected: Wrong | int = Wrong.BLOCKED) -> Behaviour:
    def resolve(ports: Ports, asked: int) -> list[str]:
        return [text.format(**ports) for text in answers]

    act = answer(good("address", name))
    return Behaviour("address", name, does, expected, act=act, answers=resolve)


def _change_of_mind(ports: Ports, asked: int) -> list[str]:
    return at_plain(ports, asked) if asked == 0 else [f"127.0.0.2:{ports['canary']}"]


def _hanging_names(ports: Ports, asked: int) -> list[str]:
    time.sleep(6)
    return at_plain(ports, asked)


ADDRESS = (
    _address("loopback", "is an address of this very machine", "http://127.0.0.2:{canary}/"),
    _address("decimal host", "writes the address as one number", "http://2130706434:{canary}/"),
    _address("hexadecimal host", "writes it in hexadecimal", "http://0x7f000002:{canary}/"),
    _address("octal host", "writes it in octal", "http://0177.0.0.2:{canary}/"),
    _address("short host", "leaves the zeros out", "http://127.2:{canary}/"),
    _address("circled digits", "writes it in circled digits", "http://①②⑦.⓪.⓪.②:{canary}/"),
    _address("dot at the end", "ends the address with a dot", "http://127.0.0.2.:{canary}/"),
    _address("user name", "hides the host behind a user name", "http://blog.example@127.0.0.2:{canary}/"),
    _address("backslash", "hides the host behind a backslash", "http://blog.example\\@127.0.0.2:{canary}/"),
    _address("any address", "is 0.0.0.0", "http://0.0.0.0:{canary}/"),
    _address("IPv6 loopback", "is ::1", "http://[::1]:{canary}/"),
    _address("mapped IPv6", "is an IPv4 address inside IPv6", "http://[::ffff:127.0.0.2]:{canary}/"),
    _address("NAT64", "is an IPv4 address behind a translator", "http://[64:ff9b::7f00:2]:{canary}/"),
    _address("6to4", "is an IPv4 address behind a relay", "http://[2002:7f00:2::]:{canary}/"),
    _address("private network", "is 10.0.0.1", "http://10.0.0.1:{canary}/"),
    _address("carrier network", "is 100.64.0.1, a provider's own", "http://100.64.0.1:{canary}/"),
    _address("metadata", "is 169.254.169.254, a cloud's metadata", "http://169.254.169.254/latest/"),
    _address("other metadata", "is 100.100.100.200, another cloud's", "http://100.100.100.200/latest/"),
    _address("multicast", "is 224.0.0.1", "http://224.0.0.1:{canary}/"),
    _address("broadcast", "is 255.255.255.255", "http://255.255.255.255:{canary}/"),
    _address("mail port", "asks for port 25", "http://blog.example:25/"),
    _address("file", "is a file of this machine", "file:///etc/hostname"),
    _address("gopher", "is no web address", "gopher://127.0.0.2:{canary}/1"),
    _address("localhost", "is this machine's own name", "http://localhost:{canary}/"),
    _address("line break", "holds a line break and a header", "http://blog.example/\r\nX-Y:{canary}"),
    _named("private answer", "has a name that leads to this machine", CANARY),
    _named("mapped answer", "has a name that leads to a mapped address", "[::ffff:127.0.0.2]:{canary}"),
    _named("local answer", "has a name that leads to a link-local address", "fe80::1%eth0"),
    _named(
        "both answers",
        "has a name with a private and a public address",
        CANARY,
        "127.0.0.1:{plain}",
        expected=3,
    ),
    _named("no answer", "has a name that nobody knows", expected=Wrong.DNS),
    _named("nonsense answer", "has a name server that answers with words", "nowhere", expected=Wrong.DNS),
    Behaviour(
        "address",
        "change of mind",
        "has a name that leads to this machine when asked again",
        3,
        act=answer(good("address", "change of mind")),
        answers=_change_of_mind,
    ),
    _named(
        "nobody there", "has an address where nobody listens", "127.0.0.1:{closed}", expected=Wrong.CONNECT
    ),
)


# -- TLS


def _tls(
    name: str, does: str, certificate: str, expected: Wrong | int = Wrong.TLS, act: Act | None = None
) -> Behaviour:
    act = act or answer(good("TLS", name))
    return Behaviour("TLS", name, does, expected, act=act, certificate=certificate)


def _at_connect(category: str, name: str, does: str, expected: Wrong, misbehave: Misbehave) -> Behaviour:
    return Behaviour(category, name, does, expected, act=plainly(misbehave), at_connect=True)


def _cut_off(data: bytes) -> Act:
    """Send and drop the connection without TLS's own good-bye."""

    def act(call: Call) -> None:
        call.sock.sendall(data)
        call.sock.close()

    return act


def _listens(sock: socket.socket) -> None:
    """Take whatever is said, and say nothing."""
    while sock.recv(4096):
        pass


_ALERT = b"\x15\x03\x03\x00\x02\x02\x28"

TLS = (
    _tls("in order", "shows a certificate that is valid", "good", 3),
    _tls("self-signed", "vouches for itself", "self-signed"),
    _tls("unknown authority", "is vouched for by somebody unknown", "unknown-authority"),
    _tls("other name", "shows another blog's certificate", "other-name"),
    _tls("no name", "shows a certificate without host names", "no-name"),
    _tls("wildcard too deep", "shows a wildcard one level up", "wildcard"),
    _tls("expired", "shows a certificate that ended", "expired"),
    _tls("not yet valid", "shows a certificate of next year", "not-yet"),
    _tls("missing link", "leaves out the certificate in between", "missing-link"),
    _tls("weak key", "shows a certificate with a short key", "weak-key"),
    _tls("asks for ours", "wants a certificate of ours", "asks-for-ours"),
    _tls("old protocol", "speaks nothing newer than TLS 1.1", "old-protocol"),
    _tls("drip inside", "sends a byte at a time, encrypted", "good", Wrong.TIMEOUT, plainly(drip())),
    _tls(
        "cut inside",
        "breaks off before the announced end",
        "good",
        Wrong.TRUNCATED,
        _cut_off(OK + b"Content-Length: 9999\r\n\r\n<rss>"),
    ),
    _at_connect(
        "TLS",
        "plain HTTP",
        "speaks plain HTTP on the secure port",
        Wrong.TLS,
        say(OK + b"Content-Length: 0\r\n\r\n"),
    ),
    _at_connect(
        "TLS", "garbage", "answers the greeting with random bytes", Wrong.TLS, say(b"\x17" + b"\xee" * 99)
    ),
    _at_connect("TLS", "alert", "answers the greeting with an alert", Wrong.TLS, say(_ALERT)),
    _at_connect("TLS", "stalled handshake", "never answers the greeting", Wrong.TIMEOUT, _listens),
    _at_connect(
        "TLS",
        "dripping handshake",
        "answers the greeting a byte at a time",
        Wrong.TIMEOUT,
        drip(b"\x00", every_s=0.2, head=b"\x16\x03\x03\x40\x00"),
    ),
    _at_connect("TLS", "reset handshake", "resets the connection at the greeting", Wrong.RESET, reset()),
)


# -- redirect


def _redirect(
    name: str, does: str, location: str, expected: Wrong | int = Wrong.BLOCKED, status: str = "302 Found"
) -> Behaviour:
    """Redirects to `location` unless the path says it was followed; then there is a feed."""
    target = good("redirect", name)

    def act(call: Call) -> None:
        if call.path.startswith("/there"):
            answer(target)(call)
        else:
            answer(status=status, headers={"Location": location})(call)

    return Behaviour("redirect", name, does, expected, act=act)


def _hops(count: int, *, wait_s: float = 0.0) -> Act:
    def act(call: Call) -> None:
        time.sleep(wait_s)
        number = int("0" + "".join(char for char in call.path if char.isdigit()))
        if number < count:
            answer(status="302 Found", headers={"Location": f"/{number + 1}"})(call)
        else:
            answer(good("redirect", "five hops"))(call)

    return act


def _endless_redirect(call: Call) -> None:
    if call.path == "/there":
        answer(good("redirect", "endless body"))(call)
    else:
        drip(b"y" * 65536, every_s=0.0, head=b"HTTP/1.1 301 Moved\r\nLocation: /there\r\n\r\n")(call.sock)


def _bomb_redirect(call: Call) -> None:
    if call.path == "/there":
        answer(good("redirect", "compressed bomb as body"))(call)
    else:
        headers = {"Location": "/there", "Content-Encoding": "gzip"}
        answer(BOMB, status="301 Moved", headers=headers)(call)


BOMB = gzip.compress(bytes(20_000_000))

REDIRECT = (
    _redirect("relative", "says where by a path alone", "/there", 3),
    _redirect("with fragment", "says where with a fragment", "/there#top", 3, "301 Moved"),
    _redirect("loopback", "leads to this machine", "http://127.0.0.2:{canary}/"),
    _redirect("without a scheme", "leads to this machine without a scheme", "//127.0.0.2:{canary}/"),
    _redirect("decimal host", "leads to this machine as a number", "http://2130706434:{canary}/"),
    _redirect("hexadecimal host", "leads there in hexadecimal", "http://0x7f.0.0.2:{canary}/"),
    _redirect("octal host", "leads there in octal", "http://0177.0.0.2:{canary}/"),
    _redirect("IPv6 loopback", "leads to ::1", "http://[::1]:{canary}/"),
    _redirect("mapped IPv6", "leads to a mapped address", "http://[::ffff:7f00:2]:{canary}/"),
    _redirect("NAT64", "leads behind a translator", "http://[64:ff9b::7f00:2]:{canary}/"),
    _redirect("6to4", "leads behind a relay", "http://[2002:7f00:2::]:{canary}/"),
    _redirect("any address", "leads to 0.0.0.0", "http://0.0.0.0:{canary}/"),
    _redirect("carrier network", "leads to a provider's own network", "http://100.64.0.1:{canary}/"),
    _redirect("multicast", "leads to a multicast address", "http://224.0.0.1:{canary}/"),
    _redirect("metadata", "leads to a cloud's metadata", "http://169.254.169.254/latest/meta-data/"),
    _redirect("other metadata", "leads to another cloud's", "http://100.100.100.200/latest/meta-data/"),
    _redirect("private name", "leads to a name of this machine", "http://localhost:{canary}/"),
    _redirect("password", "leads to an address with a password", "http://me:secret@127.0.0.2:{canary}/"),
    _redirect(
        "backslash", "leads to an address with a backslash", "http://blog.example\\@127.0.0.2:{canary}/"
    ),
    _redirect("file", "leads to a file", "file:///etc/hostname"),
    _redirect("ftp", "leads to a file server", "ftp://127.0.0.2:{canary}/feed"),
    _redirect("script", "leads to a script", "javascript:alert(1)"),
    _redirect("data", "leads to a data address", "data:text/xml,<rss/>"),
    _redirect("mail port", "leads to port 25", "http://blog.example:25/"),
    _redirect("nonsense", "says where in nonsense", "http://[oops/"),
    _redirect("circle", "leads back to itself", "/comments.xml", Wrong.REDIRECT),
    Behaviour("redirect", "nowhere", "does not say where", Wrong.HTTP_3XX, act=answer(status="302 Found")),
    Behaviour("redirect", "five hops", "leads on five times", 3, act=_hops(5)),
    Behaviour("redirect", "six hops", "leads on six times", Wrong.REDIRECT, act=_hops(6)),
    Behaviour(
        "redirect",
        "slow hops",
        "leads on and on, each time just in time",
        Wrong.TIMEOUT,
        act=_hops(5, wait_s=0.9),
    ),
    Behaviour("redirect", "endless body", "adds an endless body to the redirect", 3, act=_endless_redirect),
    Behaviour(
        "redirect", "compressed bomb as body", "adds a gzip bomb to the redirect", 3, act=_bomb_redirect
    ),
    Behaviour(
        "redirect",
        "secure to insecure",
        "leads from https to http",
        Wrong.REDIRECT,
        url="https://" + host_of("redirect", "secure to insecure") + "/",
        certificate="good",
        act=answer(status="301 Moved", headers={"Location": "http://127.0.0.2:{canary}/"}),
    ),
)
