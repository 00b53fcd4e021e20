"""Posts or comments: by the entries, and for what they do not say by whoever names the feed."""

from __future__ import annotations

import pytest

from tests.feeds.sample_documents import parse
from tracker.domain.feed import FeedKind, Source
from tracker.feeds.documents.kinds import seem_comments
from tracker.feeds.identity import document_identities

BLOG = "http://vale.example/"


def feed(*items: str, title: str = "Vale", link: str = BLOG) -> str:
    return (
        '<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>'
        f"<title>{title}</title><link>{link}</link>{''.join(items)}</channel></rss>"
    )


def item(link: str = f"{BLOG}2026/marble", guid: str = "", more: str = "") -> str:
    given = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><title>Ana</title><link>{link}</link>{given}<description>Hi</description>{more}</item>"


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        pytest.param([item(f"{BLOG}a#kommentar-7")], FeedKind.COMMENTS, id="German anchor"),
        pytest.param([item(f"{BLOG}a#IDComment3f0a1")], FeedKind.COMMENTS, id="a network's anchor"),
        pytest.param([item(f"{BLOG}komentarze/18")], FeedKind.COMMENTS, id="a Polish page for each"),
        pytest.param([item(f"{BLOG}comments/18")], FeedKind.COMMENTS, id="a page for each"),
        pytest.param([item(guid="tag:vale.example,2026:comment-18")], FeedKind.COMMENTS, id="tag"),
        pytest.param([item(f"{BLOG}2026/comment-2/")], FeedKind.POSTS, id="a post called so"),
        pytest.param([item(f"{BLOG}a#top")], FeedKind.POSTS, id="an anchor without a number"),
        pytest.param([item(f"{BLOG}a#c7"), item(f"{BLOG}b"), item(f"{BLOG}c")], FeedKind.POSTS, id="1 of 3"),
    ],
)
def test_entries_say_that_they_are_comments(items: list[str], kind: FeedKind) -> None:
    assert parse(feed(*items), f"{BLOG}x.xml", FeedKind.POSTS).kind is kind


def test_entries_that_say_nothing_are_what_was_asked_for() -> None:
    """As a small program writes comments: the writer as title, and the post's address."""
    text = feed(item(), item())
    asked = parse(text, f"{BLOG}x.xml", FeedKind.COMMENTS)
    assert (asked.kind, asked.is_unsure) == (FeedKind.COMMENTS, True)
    assert asked.entries[0].reply_to == (f"{BLOG}2026/marble",)
    assert parse(text, f"{BLOG}x.xml", FeedKind.POSTS).kind is FeedKind.POSTS


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("<slash:comments>3</slash:comments>", id="count"),
        pytest.param(f"<comments>{BLOG}2026/marble#comments</comments>", id="page of comments"),
        pytest.param(
            f'<link xmlns="http://www.w3.org/2005/Atom" rel="replies" href="{BLOG}a.atom"/>', id="replies"
        ),
    ],
)
def test_posts_stay_posts_whatever_was_asked_for(more: str) -> None:
    asked = parse(feed(item(more=more)), f"{BLOG}x.xml", FeedKind.COMMENTS)
    assert (asked.kind, asked.is_unsure) == (FeedKind.POSTS, False)


@pytest.mark.parametrize(
    ("text", "url", "is_one"),
    [
        pytest.param(feed(item()), f"{BLOG}kommentare.xml", True, id="German address"),
        pytest.param(feed(item()), f"{BLOG}rss.php?type=comentarios", True, id="Spanish address"),
        pytest.param(feed(item(), title="Commentaires sur Vale"), f"{BLOG}x.xml", True, id="French title"),
        pytest.param(feed(item(), item()), f"{BLOG}x.xml", True, id="several on one page"),
        pytest.param(feed(item(f"{BLOG}a#r1"), item(f"{BLOG}b#r9")), f"{BLOG}x.xml", True, id="anchors"),
        pytest.param(feed(item(BLOG), item(BLOG)), f"{BLOG}x.xml", False, id="all on the home page"),
        pytest.param(feed(item(f"{BLOG}a"), item(f"{BLOG}b")), f"{BLOG}x.xml", False, id="posts"),
        pytest.param(feed(item(f"{BLOG}a")), "http://comment.example/x.xml", False, id="the host's name"),
        pytest.param(
            feed(item(f"{BLOG}a", more="<slash:comments>0</slash:comments>")),
            f"{BLOG}kommentare.xml",
            False,
            id="posts by their counts",
        ),
    ],
)
def test_feed_that_a_person_names_is_taken_as_it_seems(text: str, url: str, is_one: bool) -> None:
    assert seem_comments(parse(text, url, FeedKind.POSTS), url) is is_one


def test_rdf_of_comments_is_read_with_its_own_ids() -> None:
    """RSS 1.0 as a Japanese program writes it: an id in `about`, the post as link."""
    about = [f"{BLOG}2026/marble#m{n}" for n in (1, 2)]
    items = "".join(
        f'<item rdf:about="{one}"><title>Re: ビー玉</title><link>{BLOG}2026/marble</link>'
        f"<description>すごい {one[-1]}</description><dc:creator>あき</dc:creator>"
        "<dc:date>2026-10-12T10:00:00+09:00</dc:date></item>"
        for one in about
    )
    text = (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{BLOG}c.rdf"><title>V</title><link>{BLOG}</link></channel>{items}</rdf:RDF>'
    )
    document = parse(text, f"{BLOG}c.rdf", FeedKind.COMMENTS)
    assert (document.kind, document.source) == (FeedKind.COMMENTS, Source.RSS)
    assert [entry.author for entry in document.entries] == ["あき", "あき"]
    assert document.entries[0].posted.at is not None
    assert document.entries[0].posted.at.hour == 1
    assert [one.key for one in document_identities(document)] == [f"guid:/2026/marble#m{n}" for n in (1, 2)]
