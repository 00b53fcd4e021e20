"""Every real document: no comment of WordPress or Blogger may be missing from what is read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tracker.domain.errors import ParseError
from tracker.domain.feed import EntryKind, FeedKind, Platform, TimeBasis
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.identity import document_identities

FEEDS = Path(__file__).parents[4] / "shared" / "feeds"
FILES = sorted(path for path in FEEDS.glob("*/*") if path.is_file()) if FEEDS.is_dir() else []
WELL_KNOWN = ("wordpress-comments", "wordpress-posts", "blogger-comments", "blogger-posts")

pytestmark = [
    pytest.mark.real_input,
    pytest.mark.skipif(not FILES, reason="the folder of real documents is not beside the project"),
]


def of(*folders: str) -> list[object]:
    return [
        pytest.param(path, id=f"{path.parent.name}/{path.name}")
        for path in FILES
        if path.parent.name in folders
    ]


def count_in_raw(body: bytes) -> int:
    """Entries by their bytes alone, without any parser."""
    if body.lstrip().startswith(b"["):
        return len(json.loads(body))
    return len(re.findall(rb"<(?:item|entry)[\s>]", body))


def ids_in_raw(body: bytes) -> set[bytes]:
    wordpress = re.findall(rb"""\bid=["'](?:li-|div-)?comment-(\d+)["']""", body)
    blogger = re.findall(rb"""<(?:li|dt)\b[^>]*\bid=["']c(\d{6,})["']""", body)
    return set(wordpress) | set(blogger)


@pytest.mark.parametrize("path", of(*WELL_KNOWN))
def test_no_entry_of_wordpress_or_blogger_is_missing(path: Path) -> None:
    body = path.read_bytes()
    document = parse_document(body, {}, "https://blog.example/", FeedKind.POSTS)
    assert len(document.entries) == count_in_raw(body)
    assert document.skipped == ()
    assert document.fault == ""
    assert (document.kind is FeedKind.COMMENTS) == path.parent.name.endswith("comments")
    identities = document_identities(document)
    assert len({identity.key for identity in identities}) == len(identities)
    assert all(entry.posted.basis is TimeBasis.OFFSET for entry in document.entries)
    if path.parent.name.endswith("comments"):
        assert all(identity.key.startswith("number:") for identity in identities)
        assert all(
            entry.reply_to and (entry.author or entry.kind is not EntryKind.COMMENT)
            for entry in document.entries
        )


@pytest.mark.parametrize("path", of("html-pages"))
def test_no_comment_of_a_page_is_missing(path: Path) -> None:
    body = path.read_bytes()
    document = parse_document(body, {}, "https://blog.example/2020/post/", FeedKind.PAGE)
    assert {entry.native_number.encode() for entry in document.entries} == ids_in_raw(body)
    for entry in document.entries:
        assert entry.author
        assert entry.html.strip() or entry.kind is EntryKind.PINGBACK


@pytest.mark.parametrize("path", of("malformed", "other"))
def test_any_document_is_read_or_refused_with_a_sentence(path: Path) -> None:
    body = path.read_bytes()
    shown, said = -1, ""
    try:
        document = parse_document(body, {}, "https://blog.example/feed/", FeedKind.POSTS)
        shown = len(document.entries) + len(document.skipped)
    except ParseError as error:
        said = str(error)
    assert said.endswith(".") or 0 <= shown <= max(count_in_raw(body), 1)


def test_all_pingbacks_are_told_from_comments() -> None:
    """Counted by listing writers and the ends of bodies, not by reading each one."""
    kinds = [
        entry.kind
        for path in FILES
        if path.parent.name == "wordpress-comments" and path.suffix == ".xml"
        for entry in parse_document(path.read_bytes(), {}, "https://blog.example/", FeedKind.COMMENTS).entries
    ]
    assert kinds.count(EntryKind.PINGBACK) == 67


def test_same_comments_are_the_same_by_rss_and_atom() -> None:
    folder = FEEDS / "wordpress-comments"
    texts = []
    for form in ("rss", "atom"):
        body = (folder / f"infokueche-de-site-comments-{form}.xml").read_bytes()
        document = parse_document(body, {}, "https://blog.example/", FeedKind.COMMENTS)
        texts.append([(i.key, i.aliases) for i in document_identities(document)])
    assert texts[0] == texts[1]


def test_same_comments_are_the_same_by_blogger_feed_and_page() -> None:
    for number in ("1483524393455590231", "2596860151829802027", "7650032714737716782"):
        feed = (FEEDS / "blogger-comments" / f"lafuite-fr-post-{number}.xml").read_bytes()
        page = (FEEDS / "html-pages" / f"blogger-lafuite-{number}.html").read_bytes()
        by_feed = parse_document(feed, {}, "https://blog.example/", FeedKind.COMMENTS)
        by_page = parse_document(page, {}, "https://blog.example/", FeedKind.PAGE)
        assert by_page.platform is Platform.BLOGGER
        names = {e.native_number: e.author for e in by_feed.entries}
        assert names.keys() == {e.native_number for e in by_page.entries}
        # Blogger translates "Anonymous" on the page.
        named = [e for e in by_page.entries if not e.author.startswith("Anonym")]
        assert all(e.author == names[e.native_number] for e in named)
