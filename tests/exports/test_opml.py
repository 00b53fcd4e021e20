from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.errors import FileError
from tracker.exports.opml import MAX_BYTES, OpmlBlog, read_opml, write_opml

BLOGS = [
    OpmlBlog(
        "Kia Ora, Room Nine", "https://room-nine.example/feed/", "https://room-nine.example/", ("C4T", "NZ")
    ),
    OpmlBlog(
        "Fractions & <Friends>", "https://fractions.example/?feed=rss2&tag=a", "https://fractions.example/"
    ),
    OpmlBlog("Half Past “Recess”", "", "https://recess.example/"),
]


def test_a_list_of_blogs_comes_back_as_it_went_out() -> None:
    document = write_opml("EDT 320, Fall 2026", BLOGS)
    assert document.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<opml version=\"2.0\">")
    assert read_opml(document) == BLOGS


@settings(deadline=None)
@given(st.lists(st.text(min_size=1), unique=True, min_size=1, max_size=5))
def test_any_title_can_be_written_and_read(titles: list[str]) -> None:
    blogs = [OpmlBlog(title, f"https://blog-{n}.example/feed") for n, title in enumerate(titles)]
    assert [blog.feed_url for blog in read_opml(write_opml("", blogs))] == [blog.feed_url for blog in blogs]


def test_folders_become_tags_and_a_blog_listed_twice_is_one() -> None:
    document = b"""<opml version="1.0"><body>
        <outline text="Teachers">
          <outline text="Room Nine" type="rss" xmlUrl="https://room-nine.example/feed/"/>
        </outline>
        <outline title="Again" xmlUrl="https://room-nine.example/feed/"/></body></opml>"""
    assert read_opml(document) == [
        OpmlBlog("Room Nine", "https://room-nine.example/feed/", "", ("Teachers",))
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("iso-8859-1", "ISO-8859-1"),
        ("windows-1252", "windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
def test_the_declared_encoding_is_read(encoding: str, declared: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><opml version="2.0"><body>'
        '<outline text="Élan" xmlUrl="https://elan.example/feed"/></body></opml>'
    )
    assert read_opml(text.encode(encoding))[0].title == "Élan"


@pytest.mark.parametrize(
    ("document", "says"),
    [
        pytest.param(b"", "not an OPML", id="nothing"),
        pytest.param(b"name,url\nRoom Nine,https://room-nine.example/", "not an OPML", id="CSV"),
        pytest.param(b"<html><body>hello</body></html>", "not an OPML", id="a page"),
        pytest.param(b'<opml version="2.0"><body></body></opml>', "lists no blogs", id="an empty list"),
        pytest.param(b"\xff\xfe\x00", "can’t read", id="half a character"),
        pytest.param(b"\x80\x81" * 9, "can’t read", id="no text"),
        pytest.param(b"x" * (MAX_BYTES + 1), "larger than", id="too large"),
    ],
)
def test_a_file_that_is_no_list_of_blogs_is_refused_in_a_sentence(document: bytes, says: str) -> None:
    with pytest.raises(FileError, match=says):
        read_opml(document)


def test_too_many_blogs_are_refused() -> None:
    many = [OpmlBlog(str(n), f"https://b{n}.example/feed") for n in range(5_001)]
    with pytest.raises(FileError, match="5001"):
        read_opml(write_opml("", many))


def test_an_address_in_place_of_a_file_is_not_fetched() -> None:
    with pytest.raises(FileError):
        read_opml(b"http://127.0.0.1:9/list.opml")


def test_a_document_that_declares_entities_is_refused() -> None:
    bomb = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml version="2.0"><body>
        <outline text="&a;" xmlUrl="https://room-nine.example/feed/"/></body></opml>"""
    with pytest.raises(FileError, match="damaged"):
        read_opml(bomb)


def test_comments_in_the_file_are_passed_over() -> None:
    document = b"""<opml version="2.0"><body><!-- <outline xmlUrl="https://old.example/feed"/> -->
        <outline text="Room Nine" xmlUrl="https://room-nine.example/feed/"/></body></opml>"""
    assert [blog.title for blog in read_opml(document)] == ["Room Nine"]


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<!--" * 100_000, id="comments without end"),
        pytest.param("<a " * 100_000, id="tags without end"),
        pytest.param("<a b='" * 100_000, id="attributes without end"),
        pytest.param("</a " * 100_000, id="end tags without end"),
        pytest.param("<a " + "b='" * 100_000 + ">", id="one tag of many quotes"),
        pytest.param("<a " + "b " * 100_000 + ">", id="one tag of many attributes"),
        pytest.param("<?" * 100_000, id="instructions without end"),
        pytest.param("<![" * 100_000, id="sections without end"),
        pytest.param("<![x>", id="a broken section"),
    ],
)
def test_a_hostile_file_is_refused_at_once(hostile: str) -> None:
    before = time.process_time()
    with pytest.raises(FileError):
        read_opml(f'<opml version="2.0"><body>{hostile}'.encode())
    assert time.process_time() - before < 2
