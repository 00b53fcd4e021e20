"""Rows of the table that misbehave in the document: XML, encoding, dates, identity."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from tests.support.misbehavior_feed import THREE, feed_of, item_of, rss_of
from tests.support.misbehavior_network import answer
from tests.support.misbehavior_row import Behaviour, Call, host_of
from tracker.domain.errors import FetchErrorClass as Wrong

CANARY = "http://127.0.0.2:{canary}/"
GOOD_HOST = "healthy-0.example"
"""The healthy blog whose comments others claim to be theirs."""


def _served(
    category: str, name: str, does: str, expected: Wrong | int, body: bytes | str, content_type: str = ""
) -> Behaviour:
    data = body.encode() if isinstance(body, str) else body

    def act(call: Call) -> None:
        filled = data.replace(b"{canary}", call.ports["canary"].encode())
        answer(filled, headers={"Content-Type": content_type} if content_type else {})(call)

    return Behaviour(category, name, does, expected, act=act)


# -- XML


def _xml(name: str, does: str, expected: Wrong | int, spoil: Callable[[str], str | bytes]) -> Behaviour:
    """The row's own feed of three comments, spoilt."""
    return _served("XML", name, does, expected, spoil(feed_of(host_of("XML", name))), "application/rss+xml")


def _put(old: str, new: str) -> Callable[[str], str]:
    return lambda feed: feed.replace(old, new, 1)


def _with_doctype(entities: str, use: str) -> Callable[[str], str]:
    def spoil(feed: str) -> str:
        head, _, rest = feed.partition("?>")
        return f"{head}?><!DOCTYPE rss {entities}>" + rest.replace(
            "Comment number 1", use + "Comment number 1"
        )

    return spoil


_BOMB = (
    '[<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]"
)
_PARAMETERS = f'[<!ENTITY % far SYSTEM "{CANARY}p"> %far;]'
_PAGE = (
    '<!DOCTYPE html><html><head><link rel="alternate" href="/feed"></head><body><p>Hello.</p></body></html>'
)

XML = (
    _xml("bare ampersand", "leaves an ampersand as it is", 3, _put("Comment number 1", "Salt & pepper")),
    _xml("unknown entity", "uses a name only HTML knows", 3, _put("Comment number 1", "Salt&nbsp;pepper")),
    _xml("stray end of CDATA", "ends a section that never began", 3, _put("Comment number 1", "a[b[0]]>c")),
    _xml(
        "open CDATA",
        "begins a section that never ends",
        3,
        _put("<description>Comment number 3", "<description><![CDATA[x"),
    ),
    _xml(
        "control characters",
        "holds characters that XML forbids",
        3,
        _put("Comment number 1", "a\x00b\x01c\x0b\x1fd\uffff"),
    ),
    _xml("no end", "leaves its last tags out", 3, lambda feed: feed.removesuffix("</channel></rss>")),
    _xml(
        "cut in an entry",
        "breaks off inside the last comment",
        3,
        lambda feed: feed[: feed.rindex("<description>") + 20],
    ),
    _xml(
        "cut in a tag", "breaks off inside a tag", 3, lambda feed: feed[: feed.rindex("</description>") + 5]
    ),
    _xml(
        "unknown prefix",
        "uses a prefix it never declared",
        3,
        _put("<item>", "<item><slash:comments>3</slash:comments>"),
    ),
    _xml(
        "wrong nesting",
        "closes tags in the wrong order",
        3,
        _put("<title>On a post", "<b><title>On</b> a post"),
    ),
    _xml("same attribute twice", "gives an attribute twice", 3, _put("<item>", '<item a="1" a="2">')),
    _xml(
        "junk first",
        "starts with a warning of its program",
        3,
        lambda feed: "Warning: mysql in line 3\n" + feed,
    ),
    _xml("blank lines first", "starts with blank lines", 3, lambda feed: "\n\n  \n" + feed),
    _xml("junk last", "adds a page after the feed", 3, lambda feed: feed + "<!-- cached --><p>Bye</p>"),
    _xml("no declaration", "has no XML declaration", 3, lambda feed: feed.partition("?>")[2]),
    _xml("capital letters", "writes its tags in capitals", 3, lambda feed: feed.replace("item>", "ITEM>")),
    _xml("plain doctype", "names the old document type", 3, _with_doctype('SYSTEM "{canary}"', "")),
    _xml("entity bomb", "defines an entity of a billion words", 3, _with_doctype(_BOMB, "&j;")),
    _xml(
        "long entity",
        "repeats an entity of 10 KB a thousand times",
        3,
        _with_doctype('[<!ENTITY a "' + "x" * 10_000 + '">]', "&a;" * 1000),
    ),
    _xml(
        "entity in a circle",
        "defines an entity by itself",
        3,
        _with_doctype('[<!ENTITY a "&b;"><!ENTITY b "&a;">]', "&a;"),
    ),
    _xml(
        "external entity",
        "asks us to fetch a text",
        3,
        _with_doctype(f'[<!ENTITY a SYSTEM "{CANARY}e">]', "&a;"),
    ),
    _xml(
        "entity from a file",
        "asks us to read a file",
        3,
        _with_doctype('[<!ENTITY a SYSTEM "file:///etc/hostname">]', "&a;"),
    ),
    _xml(
        "external document type",
        "asks us to fetch its document type",
        3,
        _with_doctype(f'SYSTEM "{CANARY}d"', ""),
    ),
    _xml("parameter entity", "asks us to fetch more of its document type", 3, _with_doctype(_PARAMETERS, "")),
    _xml(
        "style sheet",
        "asks us to fetch a style sheet",
        3,
        _put("?>", f'?><?xml-stylesheet href="{CANARY}s"?>'),
    ),
    _xml(
        "inclusion",
        "asks us to include another document",
        3,
        _put("<item>", f'<item><x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{CANARY}i"/>'),
    ),
    _xml("no comments yet", "is a feed without entries", 0, lambda feed: rss_of("empty.example", "")),
    _xml(
        "entries of nothing",
        "has entries that hold nothing",
        3,
        _put("<item>", "<item></item><item> </item><item>"),
    ),
    _xml("page", "is a page, not a feed", Wrong.NOT_A_FEED, lambda feed: _PAGE),
    _xml(
        "page of XML",
        "is a page that claims to be XML",
        Wrong.NOT_A_FEED,
        lambda feed: (
            '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'
        ),
    ),
    _xml(
        "other XML",
        "is XML of another kind",
        Wrong.NOT_A_FEED,
        lambda feed: "<?xml version='1.0'?><opml><body/></opml>",
    ),
    Behaviour(
        "XML",
        "posts",
        "shows the blog's posts",
        Wrong.NOT_A_FEED,
        act=answer(
            feed_of(host_of("XML", "posts"))
            .replace("#comment-", "?part=")
            .replace("</item>", "<comments>http://vale.example/a#respond</comments></item>")
            .encode()
        ),
        url=f"http://{host_of('XML', 'posts')}/blog.xml",
    ),
    _xml("path", "is the path of a file of this machine", Wrong.NOT_A_FEED, lambda feed: "/etc/hostname"),
    _xml("address", "is an address of this machine", Wrong.NOT_A_FEED, lambda feed: CANARY),
    _xml("file address", "is the address of a file", Wrong.NOT_A_FEED, lambda feed: "file:///etc/hostname"),
    _xml(
        "half of JSON",
        "is JSON that breaks off",
        Wrong.PARSE,
        lambda feed: '[{"id":1,"post":2,"content":{"rend',
    ),
    _xml("deep JSON", "is JSON of 100,000 levels", Wrong.PARSE, lambda feed: "[" * 100_000),
    _xml("random bytes", "is random", Wrong.NOT_A_FEED, lambda feed: bytes(n * 7 % 256 for n in range(4096))),
)


# -- encoding

_WORDS = "Grüße – schön"


def _encoded(
    name: str,
    does: str,
    codec: str,
    *,
    declared: str = "",
    http: str = "",
    bom: bytes = b"",
    expected: Wrong | int = 3,
) -> Behaviour:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    host = host_of("encoding", name)
    items = item_of(host, 1, text=_WORDS) + item_of(host, 2) + item_of(host, 3)
    body = bom + rss_of(host, items, declaration=declaration).encode(codec)
    return _served("encoding", name, does, expected, body, f"text/xml; charset={http}" if http else "")


ENCODING = (
    _encoded("UTF-16 with a mark", "writes two bytes a character", "utf-16-le", bom=codecs.BOM_UTF16_LE),
    _encoded("UTF-16 big end first", "writes them the other way round", "utf-16-be", bom=codecs.BOM_UTF16_BE),
    _encoded("UTF-16 without a mark", "does not say so", "utf-16-le", declared="utf-16"),
    _encoded("UTF-32", "writes four bytes a character", "utf-32-le", bom=codecs.BOM_UTF32_LE),
    _encoded("claims UTF-16", "claims two bytes a character and writes one", "utf-8", declared="utf-16"),
    _encoded("claims UTF-16 in HTTP", "claims it in the header alone", "utf-8", http="utf-16"),
    _encoded("claims UTF-32", "claims four bytes a character", "utf-8", declared="utf-32"),
    _encoded("claims EBCDIC", "claims an alphabet of old computers", "utf-8", declared="cp037"),
    _encoded("Windows", "writes as Windows does and says nothing", "cp1252"),
    _encoded("claims Latin", "claims Latin-1 and writes Windows", "cp1252", declared="iso-8859-1"),
    _encoded(
        "Latin in HTTP",
        "says UTF-8 in the document, Latin in the header",
        "utf-8",
        declared="utf-8",
        http="iso-8859-1",
    ),
    _encoded("claims UTF-8", "claims UTF-8 and writes Windows", "cp1252", declared="utf-8", http="utf-8"),
    _encoded("claims ASCII", "claims ASCII and writes UTF-8", "utf-8", declared="us-ascii"),
    _encoded("unknown name", "names an encoding nobody knows", "utf-8", declared="x-klingon"),
    _encoded("long name", "gives the encoding a name of 10 KB", "utf-8", http="x" * 10_000),
    _encoded("rot13", "names a codec of Python that is no text", "utf-8", http="rot13"),
    _encoded("hexadecimal", "names another", "utf-8", declared="hex"),
    _encoded("bz2", "names one that decompresses", "utf-8", declared="bz2", http="zlib"),
    _encoded("escapes", "names one that reads escapes", "utf-8", declared="unicode_escape"),
    _encoded("UTF-7", "names one that hides tags", "utf-8", http="utf-7"),
    _encoded("host names", "names one for host names", "utf-8", http="idna"),
    _encoded("two marks", "starts with two marks", "utf-8", bom=codecs.BOM_UTF8 * 2, declared="utf-8"),
    _encoded(
        "mark of another",
        "starts with a mark that its declaration denies",
        "utf-8",
        bom=codecs.BOM_UTF8,
        declared="koi8-r",
    ),
    _served(
        "encoding",
        "bad bytes",
        "holds bytes that are no UTF-8",
        3,
        feed_of(host_of("encoding", "bad bytes"))
        .encode()
        .replace(b"number 1", b"\xff\xfe\xc0\xaf\xed\xa0\x80 1"),
    ),
    _served(
        "encoding",
        "NUL between",
        "puts a NUL after every word",
        3,
        feed_of(host_of("encoding", "NUL between")).replace(" number ", "\0number\0"),
    ),
    _served(
        "encoding",
        "lone surrogates",
        "writes halves of characters as numbers",
        3,
        feed_of(host_of("encoding", "lone surrogates")).replace(" number ", "&#xD800;&#55357;&#0;"),
    ),
)


# -- dates


def _dated(name: str, does: str, *dates: str) -> Behaviour:
    """Three comments, dated so (the last date stands for the rest); all are kept."""
    host = host_of("dates", name)
    items = "".join(item_of(host, n, date=dates[min(n, len(dates)) - 1] or " ") for n in THREE)
    return _served("dates", name, does, 3, rss_of(host, items))


def _pub(text: str) -> str:
    return f"<pubDate>{text}</pubDate>"


DATES = (
    _dated("missing", "gives no dates", ""),
    _dated("empty", "gives empty dates", "<pubDate/>"),
    _dated("year 0000", "was written in the year 0000", _pub("Mon, 05 Oct 0000 10:00:00 +0000")),
    _dated(
        "year 0000 in ISO",
        "was written then, in the other notation",
        "<dc:date>0000-00-00T00:00:00Z</dc:date>",
    ),
    _dated("1970", "was written when computers began", _pub("Thu, 01 Jan 1970 00:00:00 +0000")),
    _dated("far future", "will be written in 2087", _pub("Mon, 05 Oct 2087 10:00:00 +0000")),
    _dated("year 99999", "will be written in the year 99999", _pub("Mon, 05 Oct 99999 10:00:00 +0000")),
    _dated("end of time", "ends with the calendar, west of it", _pub("Fri, 31 Dec 9999 23:59:59 -1200")),
    _dated("naive", "leaves the offset out", _pub("Mon, 05 Oct 2026 10:00:00")),
    _dated("unknown zone", "names a zone nobody knows", _pub("Mon, 05 Oct 2026 10:00:00 XQT")),
    _dated("impossible offset", "lies 99 hours east", _pub("Mon, 05 Oct 2026 10:00:00 +9999")),
    _dated("13th month", "was written in the 13th month", "<dc:date>2026-13-45T25:61:61Z</dc:date>"),
    _dated("30 February", "was written on 30 February", _pub("Mon, 30 Feb 2026 10:00:00 +0000")),
    _dated("leap second", "was written in a leap second", _pub("Wed, 31 Dec 2025 23:59:60 +0000")),
    _dated("words", "was written the day before yesterday", _pub("the day before yesterday")),
    _dated("digits", "gives the date as a number of 30 digits", _pub("9" * 30)),
    _dated("long date", "gives a date of 100 KB", _pub("Mon, " * 20_000)),
    _dated("two dates", "gives two dates", _pub("Mon, 05 Oct 2026 10:00:00 +0000") + _pub("never")),
    _dated(
        "one of them",
        "spoils the date of one comment only",
        _pub("0000"),
        _pub("Mon, 05 Oct 2026 10:00:00 +0000"),
    ),
)


# -- identity


def _identified(
    name: str, does: str, guid: Callable[[int], str], expected: int = 3, link: str = ""
) -> Behaviour:
    """Three comments whose ids are spoilt; `link` replaces their permalinks."""
    host = host_of("identity", name)
    items = "".join(
        item_of(host, n, guid=guid(n)).replace(
            f"<link>http://{host}/a-post/#comment-{n}</link>",
            link or f"<link>http://{host}/a-post/#comment-{n}</link>",
        )
        for n in THREE
    )
    return _served("identity", name, does, expected, rss_of(host, items))


def _changing(call: Call) -> None:
    """Another id at every answer."""
    host = host_of("identity", "changing id")
    items = "".join(item_of(host, n, guid=f"<guid>{id(call)}-{n}</guid>") for n in THREE)
    answer(rss_of(host, items).encode())(call)


_POST_LINK = "<link>http://blog.example/a-post/#comments</link>"

IDENTITY = (
    _identified("one id for all", "gives every comment the same id", lambda n: "<guid>the-same</guid>"),
    _identified(
        "one id and link for all",
        "gives every comment the same id and link",
        lambda n: "<guid>the-same</guid>",
        link=_POST_LINK,
    ),
    _identified("no id", "gives no ids", lambda n: ""),
    _identified("no id and no link", "gives neither ids nor links", lambda n: "", link=" "),
    _identified("empty id", "gives empty ids", lambda n: "<guid/>"),
    Behaviour("identity", "changing id", "gives another id each time", 3, act=_changing),
    _identified(
        "id of 300 KB", "gives an id of 100 KB to each", lambda n: f"<guid>{'x' * 100_000}{n}</guid>"
    ),
    _identified("id with NUL", "puts a NUL into its ids", lambda n: f"<guid>a\0b{n}</guid>"),
    _identified("id of blanks", "gives ids of blanks", lambda n: f"<guid>{' ' * n}</guid>"),
    _identified(
        "id with tags", "puts tags into its ids", lambda n: f"<guid>&lt;script&gt;{n}&lt;/script&gt;</guid>"
    ),
    _identified(
        "id of SQL", "puts a query into its ids", lambda n: f"<guid>'; DROP TABLE comments; -- {n}</guid>"
    ),
    _identified(
        "id in capitals",
        "tells its ids apart by case alone",
        lambda n: f"<guid>{'abc'[:n].upper() + 'abc'[n:]}</guid>",
    ),
    _identified(
        "numbers beyond counting",
        "numbers its comments with 40 digits",
        lambda n: f"<guid>#comment-{'9' * 40}{n}</guid>",
    ),
    _identified(
        "our address as id", "gives addresses of this machine as ids", lambda n: f"<guid>{CANARY}{n}</guid>"
    ),
    _identified(
        "another's ids",
        "gives the ids of a healthy blog's comments",
        lambda n: f"<guid>http://{GOOD_HOST}/a-post/#comment-{n}</guid>",
        link=f"<link>http://{GOOD_HOST}/a-post/#comment-1</link>",
    ),
    _served(
        "identity",
        "everything twice",
        "shows every comment twice",
        3,
        rss_of(
            host_of("identity", "everything twice"),
            "".join(item_of(host_of("identity", "everything twice"), n) for n in THREE * 2),
        ),
    ),
)
