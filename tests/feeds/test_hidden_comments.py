"""REST counts comments that it does not show: they are looked for elsewhere, and the rest is read whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.feeds.sample_documents import HOME, atom
from tests.feeds.test_poll_feed import ATOM, REST, check
from tests.support.blog_server import BlogServer
from tracker.domain.known import Known, KnownPost
from tracker.feeds.hidden_comments import MAX_POSTS
from tracker.feeds.poll_target import PollResult

SINCE = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[BlogServer]:
    with BlogServer() as running:
        yield running


def rest(*wanted: tuple[int, int]) -> str:
    """The comments with these numbers on the posts with these."""
    return json.dumps(
        [
            {
                "id": n,
                "post": on,
                "author_name": "Ada Lund",
                "date_gmt": f"2026-10-05T10:{n % 60:02d}:00",
                "content": {"rendered": f"<p>words of {n}</p>"},
                "link": f"{HOME}post-{on}/#comment-{n}",
            }
            for n, on in wanted
        ]
    )


def post(number: int, *, held: int = 1) -> KnownPost:
    return KnownPost(f"{HOME}post-{number}/", frozenset({f"number:{number}"}), held=held)


def feed_of(number: int, shown: Sequence[int]) -> str:
    """The comment feed of one post, as WordPress gives it for a protected one: each body is a form."""
    form = '<form method="post"><input type="password" name="post_password"></form>'
    text = (
        atom(shown).replace("?p=882", f"?p={number}").replace("2026/09/social-media-and-us", f"post-{number}")
    )
    return text.replace("words of", form)


def poll(server: BlogServer, total: int, *posts: KnownPost, shown: str, **changes: Any) -> PollResult:
    path = REST.format(page=1) + "&after=2026-09-01T00%3A00%3A00Z"
    server.set(path, shown, headers={"X-WP-Total": str(total), "X-WP-TotalPages": "1"})
    changes = {"rest_url": None, "since": SINCE, "pages": False} | changes
    return check(server, recall=lambda: Known(posts=posts, held=sum(one.held for one in posts)), **changes)


def covered(seen: PollResult) -> set[str]:
    keys = (key for coverage in seen.coverages for key in coverage.post_keys)
    return {key for key in keys if key.startswith("number:")}


def test_posts_that_are_shown_are_covered_beside_a_protected_one(server: BlogServer) -> None:
    server.set(ATOM, atom([4]))
    server.set("/post-7/feed/atom/", feed_of(7, [1, 2]))
    seen = poll(server, 4, post(7), post(882), post(9), shown=rest((4, 882), (3, 9)))
    assert covered(seen) == {"number:882", "number:9", "number:7"}
    assert all(one.post_keys for one in seen.coverages)
    assert (seen.rest_complete, seen.caught_up, seen.missed) == (True, "REST", None)
    found = {entry.native_number for document in seen.documents for entry in document.entries}
    assert found == {"1", "2", "3", "4"}


def test_blog_without_anything_hidden_is_covered_as_a_whole_and_asked_no_more(server: BlogServer) -> None:
    server.set(ATOM, atom([4]))
    seen = poll(server, 1, post(7), post(882), shown=rest((4, 882)))
    assert [(one.post_keys, one.since) for one in seen.coverages] == [(frozenset(), SINCE)]
    assert len(server.requests) == 2


def test_hidden_comments_that_the_blogs_feed_shows_are_not_missing(server: BlogServer) -> None:
    server.set(ATOM, atom([5, 4]))
    seen = poll(server, 4, post(882, held=0), shown=rest((3, 9)))
    assert (seen.rest_complete, seen.caught_up) == (False, "")
    seen = poll(server, 3, post(882, held=0), shown=rest((3, 9)))
    assert seen.rest_complete
    assert seen.rest_url, "what the feed shows and REST hides is no other blog"


def test_hidden_comments_found_nowhere_are_not_caught_up_with(server: BlogServer) -> None:
    server.set(ATOM, atom([4]))
    seen = poll(server, 3, post(7, held=0), shown=rest((4, 882)))
    assert (seen.rest_complete, seen.caught_up, seen.missed) == (False, "", None)
    assert covered(seen) == {"number:882"}


def test_post_whose_last_comment_was_removed_is_told_from_a_protected_one(server: BlogServer) -> None:
    """REST answers for the one with an empty list, for the other with a refusal."""
    server.set(ATOM, atom([4]))
    of_post = "/wp-json/wp/v2/comments?per_page=100&page=1&post={}"
    server.set(of_post.format(7), "[]", headers={"X-WP-Total": "0", "X-WP-TotalPages": "0"})
    server.set(of_post.format(8), '{"code":"rest_cannot_read_post"}', status=401)
    seen = poll(server, 2, post(7), post(8), shown=rest((4, 882)))
    assert covered(seen) == {"number:882", "number:7"}


def test_total_that_changes_between_two_pages_covers_nothing(server: BlogServer) -> None:
    server.set(ATOM, atom([4]))
    path = REST.format(page=2) + "&after=2026-09-01T00%3A00%3A00Z"
    server.set(path, rest((3, 9)), headers={"X-WP-Total": "4", "X-WP-TotalPages": "2"})
    first = REST.format(page=1) + "&after=2026-09-01T00%3A00%3A00Z"
    server.set(first, rest((4, 882)), headers={"X-WP-Total": "5", "X-WP-TotalPages": "2"})
    seen = check(server, rest_url=None, since=SINCE, pages=False, recall=Known)
    assert len(seen.documents) == 3
    assert seen.coverages == ()


def test_only_so_many_posts_are_asked_in_one_poll(server: BlogServer) -> None:
    server.set(ATOM, atom([4]))
    posts = [post(number) for number in range(100, 100 + 3 * MAX_POSTS)]
    seen = poll(server, 9, *posts, shown=rest((4, 882)))
    assert len(seen.asked_posts) == MAX_POSTS
