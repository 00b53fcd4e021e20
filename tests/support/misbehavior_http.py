"""Rows of the table that misbehave in HTTP: framing, compression, time, size, status."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Mapping

from tests.support.blog_server import Misbehave, drip, flood, reset, say, stall
from tests.support.misbehavior_feed import feed_of, item_of, rss_of
from tests.support.misbehavior_network import BOMB, CHUNKED, OK, answer, good, plainly
from tests.support.misbehavior_row import Act, Behaviour, Call, host_of
from tracker.domain.errors import FetchErrorClass as Wrong

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def _raw(category: str, name: str, does: str, expected: Wrong | int, misbehave: Misbehave) -> Behaviour:
    return Behaviour(category, name, does, expected, act=plainly(misbehave))


def _head(
    category: str, name: str, does: str, expected: Wrong | int, head: bytes, tail: bytes = b""
) -> Behaviour:
    """These very bytes around the row's own feed; `%d` stands for its length."""
    body = good(category, name)
    return _raw(category, name, does, expected, say(head.replace(b"%d", b"%d" % len(body)) + body + tail))


# -- framing


def _framing(name: str, does: str, expected: Wrong | int, head: bytes, tail: bytes = b"") -> Behaviour:
    return _head("framing", name, does, expected, head, tail)


def _chunks(body: bytes, size: int = 100) -> bytes:
    parts = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


def _chunked(name: str, does: str, expected: Wrong | int, tail: bytes, head: bytes = CHUNKED) -> Behaviour:
    return _raw("framing", name, does, expected, say(head + _chunks(good("framing", name)) + tail))


FRAMING = (
    _framing(
        "too short", "announces more than it sends", Wrong.TRUNCATED, OK + b"Content-Length: 99999\r\n\r\n"
    ),
    _framing(
        "too long", "sends more than it announces", 3, OK + b"Content-Length: %d\r\n\r\n", b"<junk>" * 99
    ),
    _framing("negative length", "announces a negative length", 3, OK + b"Content-Length: -5\r\n\r\n"),
    _framing("length in words", "announces a length in words", 3, OK + b"Content-Length: many\r\n\r\n"),
    _framing(
        "two lengths",
        "announces two lengths",
        Wrong.PROTOCOL,
        OK + b"Content-Length: %d\r\nContent-Length: 7\r\n\r\n",
    ),
    _framing("no length", "announces nothing and closes at the end", 3, OK + b"\r\n"),
    _framing("old protocol", "speaks HTTP/1.0", 3, b"HTTP/1.0 200 OK\r\n\r\n"),
    _framing(
        "bare line feeds",
        "ends its lines with line feeds alone",
        3,
        b"HTTP/1.1 200 OK\nContent-Length: %d\n\n",
    ),
    _framing(
        "no reason", "gives a status without its words", 3, b"HTTP/1.1 200\r\nContent-Length: %d\r\n\r\n"
    ),
    _framing(
        "folded header", "folds a header over two lines", 3, OK + b"X: a\r\n  b\r\nContent-Length: %d\r\n\r\n"
    ),
    _framing(
        "early hints",
        "sends hints before its answer",
        Wrong.PROTOCOL,
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK + b"Content-Length: %d\r\n\r\n",
    ),
    _framing("no head", "sends the body without any head", Wrong.PROTOCOL, b""),
    _framing("other protocol", "claims to speak HTTP/9.9", Wrong.PROTOCOL, b"HTTP/9.9 200 OK\r\n\r\n"),
    _framing("radio", "speaks as a radio station does", Wrong.PROTOCOL, b"ICY 200 OK\r\n\r\n"),
    _framing("not HTTP", "greets like a login server", Wrong.PROTOCOL, b"SSH-2.0-OpenSSH_9.2\r\n"),
    _chunked("no last chunk", "leaves the last chunk out", Wrong.TRUNCATED, b""),
    _chunked("half a chunk", "breaks off inside a chunk", Wrong.TRUNCATED, b"fff\r\nabc"),
    _chunked(
        "chunk size in words", "gives a chunk's size in words", Wrong.TRUNCATED, b"many\r\nabc\r\n0\r\n\r\n"
    ),
    _chunked("negative chunk", "gives a chunk a negative size", Wrong.TRUNCATED, b"-5\r\nabc\r\n0\r\n\r\n"),
    _chunked("enormous chunk", "announces a chunk of petabytes", Wrong.TRUNCATED, b"fffffffffffff\r\nabc"),
    _chunked(
        "chunks and a length",
        "announces chunks and a wrong length",
        3,
        b"0\r\n\r\n",
        OK + b"Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n",
    ),
    _raw("framing", "flood of headers", "never stops sending headers", Wrong.PROTOCOL, flood(b"X: y\r\n")),
    _raw("framing", "endless header", "never ends one header", Wrong.PROTOCOL, flood(b"X" * 1000)),
    _raw("framing", "nothing", "closes without a word", Wrong.RESET, say(b"")),
    _raw("framing", "reset", "resets the connection at once", Wrong.RESET, reset()),
    _raw(
        "framing",
        "reset in the body",
        "resets it in the middle",
        Wrong.RESET,
        reset(OK + b"Content-Length: 99\r\n\r\nabc"),
    ),
)


# -- compression


def _coded(name: str, does: str, expected: Wrong | int, coding: str, body: bytes) -> Behaviour:
    act = answer(body, headers={"Content-Encoding": coding} if coding else {})
    return Behaviour("compression", name, does, expected, act=act)


def _zipped(name: str) -> bytes:
    return gzip.compress(good("compression", name))


def _wrong_checksum(name: str) -> bytes:
    data = bytearray(_zipped(name))
    data[-6] ^= 0xFF
    return bytes(data)


def _length_of_the_text(name: str) -> Act:
    text = good("compression", name)
    headers = {"Content-Encoding": "gzip", "Content-Length": str(len(text))}
    return answer(gzip.compress(text), headers=headers, length=False)


COMPRESSION = (
    _coded("in order", "compresses as asked", 3, "gzip", _zipped("in order")),
    _coded("capital letters", "writes the coding's name in capitals", 3, "GZIP", _zipped("capital letters")),
    _coded(
        "two members",
        "sends two compressed parts in a row",
        3,
        "x-gzip",
        gzip.compress(good("compression", "two members")[:200])
        + gzip.compress(good("compression", "two members")[200:]),
    ),
    _coded(
        "junk after the end",
        "sends junk after the compressed text",
        3,
        "gzip",
        _zipped("junk after the end") + b"\0" * 512 + b"junk",
    ),
    _coded(
        "cut in half",
        "cuts the compressed text, with a length that fits",
        Wrong.TRUNCATED,
        "gzip",
        _zipped("cut in half")[:200],
    ),
    _coded(
        "no checksum", "leaves out the last eight bytes", Wrong.TRUNCATED, "gzip", _zipped("no checksum")[:-8]
    ),
    _coded(
        "wrong checksum",
        "gives a checksum that is wrong",
        Wrong.PROTOCOL,
        "gzip",
        _wrong_checksum("wrong checksum"),
    ),
    _coded("bomb", "sends 20 MB as 20 KB", Wrong.TOO_LARGE, "gzip", BOMB),
    _coded(
        "bomb of bombs",
        "sends 20 GB as 20 KB, twice compressed",
        Wrong.PROTOCOL,
        "gzip, gzip",
        gzip.compress(BOMB),
    ),
    _coded(
        "compressed twice",
        "compresses twice and says so once",
        Wrong.NOT_A_FEED,
        "gzip",
        gzip.compress(_zipped("compressed twice")),
    ),
    _coded(
        "very many members",
        "sends 80,000 compressed parts of nothing",
        Wrong.NOT_A_FEED,
        "gzip",
        gzip.compress(b"", mtime=0) * 80_000,
    ),
    _coded(
        "plain text",
        "says gzip and sends plain text",
        Wrong.PROTOCOL,
        "gzip",
        good("compression", "plain text"),
    ),
    _coded("unannounced", "compresses without saying so", Wrong.NOT_A_FEED, "", _zipped("unannounced")),
    _coded("Brotli", "uses a coding we did not ask for", Wrong.PROTOCOL, "br", b"\x0b\x02\x80hello\x03"),
    _coded(
        "deflate",
        "uses another coding we did not ask for",
        Wrong.PROTOCOL,
        "deflate",
        zlib.compress(good("compression", "deflate")),
    ),
    _coded("unknown coding", "uses a coding nobody knows", Wrong.PROTOCOL, "x-secret", b"..."),
    Behaviour(
        "compression",
        "length of the text",
        "announces the length before compressing",
        Wrong.TRUNCATED,
        act=_length_of_the_text("length of the text"),
    ),
)


# -- time


def _slowly(name: str, *, pieces: int, pause_s: float) -> Act:
    """The whole feed, in time but in pieces."""
    body = good("time", name)

    def act(call: Call) -> None:
        call.sock.sendall(OK + b"Content-Length: %d\r\n\r\n" % len(body))
        size = len(body) // pieces + 1
        for start in range(0, len(body), size):
            time.sleep(pause_s)
            call.sock.sendall(body[start : start + size])

    return act


def _says_and_stalls(head: bytes) -> Misbehave:
    return drip(b"", every_s=0.5, head=head)


TIME = (
    _raw("time", "silence", "takes the question and says nothing", Wrong.TIMEOUT, stall()),
    _raw(
        "time",
        "silence after the head",
        "says nothing after the head",
        Wrong.TIMEOUT,
        _says_and_stalls(OK + b"\r\n"),
    ),
    _raw(
        "time",
        "silence in the body",
        "stops in the middle",
        Wrong.TIMEOUT,
        _says_and_stalls(OK + b"Content-Length: 99\r\n\r\n<rss"),
    ),
    _raw("time", "drip", "sends a byte at a time, for ever", Wrong.TIMEOUT, drip()),
    _raw(
        "time",
        "drip of the status",
        "sends its first line a byte at a time",
        Wrong.TIMEOUT,
        drip(head=b"HTTP/1.1 "),
    ),
    _raw("time", "drip of headers", "sends a header at a time", Wrong.TIMEOUT, drip(b"X: y\r\n", head=OK)),
    _raw(
        "time",
        "drip of chunks",
        "sends a chunk of one byte at a time",
        Wrong.TIMEOUT,
        drip(b"1\r\nx\r\n", head=CHUNKED),
    ),
    _raw(
        "time",
        "endless trailer",
        "never ends what follows the last chunk",
        Wrong.TIMEOUT,
        drip(b"X: y\r\n", head=CHUNKED + b"0\r\n"),
    ),
    _raw(
        "time",
        "drip of continue",
        "says 100 Continue again and again",
        Wrong.TIMEOUT,
        drip(CONTINUE, head=b""),
    ),
    _raw(
        "time",
        "flood of continue",
        "says 100 Continue without a pause",
        Wrong.TIMEOUT,
        flood(CONTINUE, head=b""),
    ),
    _raw(
        "time",
        "never closes",
        "announces no length and never closes",
        Wrong.TIMEOUT,
        _says_and_stalls(OK + b"\r\n" + good("time", "never closes")),
    ),
    _raw(
        "time",
        "keeps the line",
        "announces its length and never closes",
        3,
        _says_and_stalls(
            OK
            + b"Content-Length: %d\r\n\r\n" % len(good("time", "keeps the line"))
            + good("time", "keeps the line")
        ),
    ),
    Behaviour(
        "time",
        "slow but whole",
        "sends everything in time, in pieces",
        3,
        act=_slowly("slow but whole", pieces=10, pause_s=0.08),
    ),
    Behaviour(
        "time", "thinks first", "answers after a while", 3, act=_slowly("thinks first", pieces=1, pause_s=0.6)
    ),
)


# -- size


def _sized(name: str, does: str, expected: Wrong | int, text: str) -> Behaviour:
    """The feed compressed, so that hundreds of rows stay small."""
    body = gzip.compress(text.encode())
    return Behaviour("size", name, does, expected, act=answer(body, headers={"Content-Encoding": "gzip"}))


def _sized_item(name: str, does: str, expected: Wrong | int, **values: str) -> Behaviour:
    host = host_of("size", name)
    items = item_of(host, 1, **values) + item_of(host, 2) + item_of(host, 3)
    return _sized(name, does, expected, rss_of(host, items))


def _sized_feed(name: str, does: str, expected: Wrong | int, old: str, new: str) -> Behaviour:
    return _sized(name, does, expected, feed_of(host_of("size", name)).replace(old, new, 1))


def _many(name: str, count: int) -> str:
    host = host_of("size", name)
    return rss_of(host, "".join(item_of(host, number) for number in range(1, count + 1)))


SIZE = (
    _raw("size", "endless body", "never stops sending", Wrong.TOO_LARGE, drip(b"x" * 65536, every_s=0.0)),
    _raw(
        "size",
        "endless chunks",
        "never stops sending chunks",
        Wrong.TOO_LARGE,
        drip(b"10000\r\n" + b"x" * 65536 + b"\r\n", every_s=0.0, head=CHUNKED),
    ),
    _raw(
        "size",
        "announced terabyte",
        "announces a terabyte",
        Wrong.TOO_LARGE,
        say(OK + b"Content-Length: 1099511627776\r\n\r\n<rss>"),
    ),
    _sized(
        "over the limit",
        "is a feed of 9 MB",
        Wrong.TOO_LARGE,
        feed_of(host_of("size", "over the limit")) + " " * 9_000_000,
    ),
    _sized("white space", "is a million blanks", Wrong.NOT_A_FEED, " " * 1_000_000),
    Behaviour("size", "empty", "is empty", Wrong.NOT_A_FEED, act=answer(b"")),
    Behaviour("size", "one byte", "is one byte long", Wrong.NOT_A_FEED, act=answer(b"<")),
    _sized(
        "5,000 entries",
        "shows 5,000 comments at once; the newest 2,000 are kept",
        2000,
        _many("5,000 entries", 5000),
    ),
    _sized_feed(
        "title of a megabyte", "has a title of a megabyte", 3, "<title>On", "<title>" + "On" * 500_000
    ),
    _sized_item("body of two megabytes", "has a comment of two megabytes", 3, text="word " * 400_000),
    _sized_item("author of 160 KB", "has a writer's name of 160 KB", 3, author="a" * 160_000),
    _sized_feed(
        "50,000 attributes",
        "has 50,000 attributes on one element",
        Wrong.PARSE,
        "<item>",
        "<item " + " ".join(f'a{n}="x"' for n in range(50_000)) + ">",
    ),
    _sized_feed(
        "20,000 levels", "nests 20,000 elements", 3, "<item>", "<item>" + "<b>" * 20_000 + "</b>" * 20_000
    ),
    _sized_feed("long address", "gives a link of 100 KB", 3, "/a-post/", "/a-post/" + "x" * 100_000),
)


# -- status


def _status(
    name: str, does: str, expected: Wrong, status: str, headers: Mapping[str, str] | None = None
) -> Behaviour:
    body = b"" if status[:3] in ("204", "205", "304") else good("status", name)
    return Behaviour("status", name, does, expected, act=answer(body, status=status, headers=headers))


_SLOW = "429 Too Many Requests"
_PAGE = b"<!DOCTYPE html><html><head><title>Room</title></head><body><p>Hello.</p></body></html>"

STATUS = (
    _status("204", "says there is nothing", Wrong.PROTOCOL, "204 No Content"),
    _status("205", "says to start over", Wrong.PROTOCOL, "205 Reset Content"),
    _status(
        "206",
        "sends a part nobody asked for",
        Wrong.PROTOCOL,
        "206 Partial Content",
        {"Content-Range": "bytes 0-99/1000"},
    ),
    _status("300", "offers a choice without saying which", Wrong.HTTP_3XX, "300 Multiple Choices"),
    _status("304", "says nothing changed, unasked", Wrong.HTTP_3XX, "304 Not Modified"),
    _status("401", "asks for a password", Wrong.HTTP_4XX, "401 Unauthorized", {"WWW-Authenticate": "Basic"}),
    _status("403", "refuses", Wrong.HTTP_4XX, "403 Forbidden"),
    _status("404 with a feed", "is not there, and sends a feed", Wrong.HTTP_4XX, "404 Not Found"),
    _status("410", "is gone for good", Wrong.HTTP_4XX, "410 Gone"),
    _status("418", "is a teapot", Wrong.HTTP_4XX, "418 I'm a teapot"),
    _status("429", "asks to be asked less", Wrong.RATE_LIMITED, _SLOW),
    _status("429 in seconds", "says when, in seconds", Wrong.RATE_LIMITED, _SLOW, {"Retry-After": "3600"}),
    _status(
        "429 as a date",
        "says when, as a date",
        Wrong.RATE_LIMITED,
        _SLOW,
        {"Retry-After": "Tue, 13 Oct 2026 10:00:00 GMT", "Date": "Tue, 13 Oct 2026 09:00:00 GMT"},
    ),
    _status("429 in words", "says when, in words", Wrong.RATE_LIMITED, _SLOW, {"Retry-After": "some day"}),
    _status(
        "429 for ever",
        "says when, in more seconds than there are",
        Wrong.RATE_LIMITED,
        _SLOW,
        {"Retry-After": "9" * 40},
    ),
    _status("429 yesterday", "says when, in the past", Wrong.RATE_LIMITED, _SLOW, {"Retry-After": "-86400"}),
    _status("500", "has broken down", Wrong.HTTP_5XX, "500 Internal Server Error"),
    _status("503", "is out of service", Wrong.HTTP_5XX, "503 Service Unavailable"),
    _status(
        "503 with a time",
        "is out of service until then",
        Wrong.RATE_LIMITED,
        "503 Service Unavailable",
        {"Retry-After": "120"},
    ),
    _status("599", "has broken down in its own way", Wrong.HTTP_5XX, "599 Oh"),
    _status("999", "refuses robots in its own way", Wrong.PROTOCOL, "999 Request denied"),
    _status("status in words", "gives its status in words", Wrong.PROTOCOL, "fine OK"),
    Behaviour(
        "status",
        "200 with a page",
        "says all is well and shows a page",
        Wrong.NOT_A_FEED,
        act=answer(_PAGE, headers={"Content-Type": "application/rss+xml"}),
    ),
    Behaviour(
        "status",
        "200 with JSON",
        "says all is well and sends an error as JSON",
        Wrong.NOT_A_FEED,
        act=answer(b'{"code":"rest_no_route","message":"No route was found."}'),
    ),
)
