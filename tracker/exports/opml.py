"""Lists of blogs as OPML, the form in which feed readers exchange them."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import listparser

from tracker.domain.errors import FileError

MAX_BYTES = 2_000_000
MAX_BLOGS = 5_000
# What a feed reader may have written; other codecs of Python's are not for files of strangers.
_ENCODINGS = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|shift_jis|euc-(jp|kr)|gbk?\d*|big5", re.I
)
# A tag that does not end, or not within reason: html.parser would take the square of its length.
_RUNAWAY_TAG = re.compile(r"<(?:[^<>]{10001}|[^<>]*(?:<|\Z))")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class OpmlBlog:
    """A blog on a list. One of `feed_url` and `home_url` may be ""; `tags` are its folders."""

    title: str
    feed_url: str = ""
    home_url: str = ""
    tags: tuple[str, ...] = ()


def write_opml(title: str, blogs: Sequence[OpmlBlog]) -> bytes:
    """An OPML 2.0 document in UTF-8, in the order given."""
    opml = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(opml, "head"), "title").text = _clean(title)
    body = ElementTree.SubElement(opml, "body")
    for blog in blogs:
        asked = {
            "type": "rss" if blog.feed_url else "",
            "text": blog.title or blog.home_url or blog.feed_url,
            "title": blog.title,
            "xmlUrl": blog.feed_url,
            "htmlUrl": blog.home_url,
            "category": ",".join(blog.tags),
        }
        ElementTree.SubElement(body, "outline", {key: _clean(text) for key, text in asked.items() if text})
    ElementTree.indent(opml)
    document: bytes = ElementTree.tostring(opml, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def read_opml(document: bytes) -> list[OpmlBlog]:
    """The blogs of an OPML file, each once, in its order; those with only a home page last.

    Raises FileError with a sentence for whoever chose the file. Nothing is fetched.
    """
    text = _drop_comments(_decode(document))
    if _RUNAWAY_TAG.search(text):
        raise FileError("This file is damaged: a tag in it is never closed. Export the list of blogs again.")
    try:
        found = listparser.parse(text.encode())
        homes = _Homes()
        homes.feed(text)
    except (AssertionError, ValueError) as exc:  # what html.parser raises for broken declarations
        raise FileError("This file is damaged. Export the list of blogs again.") from exc
    if not found.version.startswith("opml"):
        raise FileError("This is not an OPML file. Export the list of blogs from your feed reader as OPML.")
    blogs = [
        OpmlBlog(feed.title, feed.url, homes.by_feed.get(feed.url, ""), tuple(feed.tags))
        for feed in found.feeds
    ]
    blogs += [OpmlBlog(title, "", url) for url, title in homes.alone.items()]
    if not blogs:
        raise FileError("This OPML file lists no blogs.")
    if len(blogs) > MAX_BLOGS:
        raise FileError(f"This OPML file lists {len(blogs)} blogs. Import at most {MAX_BLOGS} at a time.")
    return blogs


class _Homes(html.parser.HTMLParser):
    """The home pages, beside a feed's address or alone, which listparser leaves out."""

    def __init__(self) -> None:
        super().__init__()
        self.by_feed: dict[str, str] = {}
        self.alone: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: (value or "").strip() for name, value in attrs}
        home = said.get("htmlurl", "")
        if tag != "outline" or not home:
            return
        if said.get("xmlurl"):
            self.by_feed.setdefault(said["xmlurl"], home)
        else:
            self.alone.setdefault(home, said.get("text") or said.get("title", ""))


def _drop_comments(text: str) -> str:
    """In one pass: the parser below takes time with the square of what is left open."""
    kept = []
    rest = 0
    while (start := text.find("<!--", rest)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[rest:start])
        rest = end + 3
    return "".join([*kept, text[rest:]])


def _decode(document: bytes) -> str:
    if len(document) > MAX_BYTES:
        raise FileError(f"This file is larger than {MAX_BYTES // 1_000_000} MB.")
    declared = re.search(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""", document[:200])
    names = ["utf-8-sig"]
    if declared is not None and _ENCODINGS.fullmatch(declared[1].decode("ascii")):
        names = ["utf-8-sig" if declared[1].lower() == b"utf-8" else declared[1].decode("ascii"), *names]
    if document.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    for name in names:
        try:
            return document.decode(name)
        except (LookupError, UnicodeError):
            continue
    raise FileError("We can’t read the text of this file. Save it as UTF-8.")


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
