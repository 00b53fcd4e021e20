"""Small documents of our own for the tests of this room, and the way to the fixtures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tracker.domain.feed import Document, Entry, EntryKind, FeedKind, Source, StatedTime, TimeBasis
from tracker.feeds.documents.parse import parse_document

DATA = Path(__file__).parents[1] / "data" / "feeds"
HOME = "http://orlafinch.example/"
POST = HOME + "2026/09/social-media-and-us/"


def load(name: str) -> bytes:
    return (DATA / name).read_bytes()


def parse(
    text: str | bytes, url: str = HOME + "comments/feed/", expect: FeedKind = FeedKind.COMMENTS
) -> Document:
    return parse_document(text.encode() if isinstance(text, str) else text, {}, url, expect)


def item(number: int, text: str = "", *, author: str = "Ada Lund", date: str = "", guid: str = "") -> str:
    date = date or f"Mon, 05 Oct 2026 10:{number % 60:02d}:00 +0000"
    guid = guid or f"{HOME}?p=882#comment-{number}"
    return (
        f"<item><title>Comment on X by {author}</title><link>{POST}#comment-{number}</link>"
        f"<dc:creator><![CDATA[{author}]]></dc:creator><pubDate>{date}</pubDate>"
        f'<guid isPermaLink="false">{guid}</guid>'
        f"<content:encoded><![CDATA[<p>{text or f'words of {number}'}</p>]]></content:encoded></item>"
    )


def rss(items: Sequence[str], *, generator: str = "https://wordpress.org/?v=6.1.9", head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Comments for Orla Finch Teaches</title>'
        f"<link>{HOME}</link>{head}<generator>{generator}</generator>{''.join(items)}</channel></rss>"
    )


def atom(numbers: Sequence[int], *, extra: str = "") -> str:
    """A WordPress Atom comment feed whose writers all give their own site."""
    entries = "".join(
        f"<entry><title>Comment on X by Ada Lund</title><id>{HOME}?p=882#comment-{n}</id>"
        f'<link rel="alternate" href="{POST}#comment-{n}"/>'
        f"<author><name>Ada Lund</name><uri>http://adalund.example/</uri></author>"
        f"<published>2026-10-05T10:{n % 60:02d}:00Z</published>"
        f"<updated>2026-10-05T10:{n % 60:02d}:00Z</updated>"
        f'<content type="html"><![CDATA[<p>words of {n}</p>]]></content>'
        f'<thr:in-reply-to ref="{HOME}?p=882" href="{POST}"/></entry>'
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Comments for Orla Finch Teaches</title>'
        f'<id>{HOME}comments/feed/atom/</id><link rel="alternate" href="{HOME}"/>'
        f'<generator uri="https://wordpress.org/">WordPress</generator>{extra}{entries}</feed>'
    )


def comment(**changes: object) -> Entry:
    values: dict[str, object] = {
        "kind": EntryKind.COMMENT,
        "source": Source.RSS,
        "author": "Ada Lund",
        "html": "<p>Some words.</p>",
        "link": POST,
        "posted": StatedTime("x", datetime(2026, 10, 5, 10, tzinfo=UTC), TimeBasis.OFFSET),
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]
