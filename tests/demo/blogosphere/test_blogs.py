"""What can be seen of a blog at an instant follows from its events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.events import BlogChange, Span

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
Happening = tuple[float, BlogChange]


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def make_comment(*events: Happening, held: bool = False) -> DemoComment:
    post = DemoPost(1, "rain", "Rain", "<p>Hi.</p>", at(-24))
    comment = DemoComment(7, post, "Ida", "<p>One.</p>", START, held=held)
    for hours, change in events:
        comment.record(at(hours), change, f"text of {hours}")
    return comment


@pytest.mark.parametrize(
    ("held", "events", "public"),
    [
        pytest.param(False, [], [(0, None)], id="from its date on"),
        pytest.param(True, [], [], id="held, and never approved"),
        pytest.param(True, [(5, BlogChange.APPROVED)], [(5, None)], id="approved late"),
        pytest.param(False, [(5, BlogChange.REMOVED)], [(0, 5)], id="removed"),
        pytest.param(
            False, [(9, BlogChange.RESTORED), (5, BlogChange.REMOVED)], [(0, 5), (9, None)], id="restored"
        ),
        pytest.param(
            True, [(2, BlogChange.REMOVED), (5, BlogChange.APPROVED)], [], id="removed while it was held"
        ),
        pytest.param(False, [(5, BlogChange.EDITED)], [(0, None)], id="edited"),
    ],
)
def test_comment_is_public_in_these_hours(
    held: bool, events: list[Happening], public: list[tuple[float, float | None]]
) -> None:
    comment = make_comment(*events, held=held)
    spans = [Span(at(start), at(end) if end is not None else None) for start, end in public]
    assert comment.public_spans() == spans
    for hours in (-1, 0, 4.9, 5, 9, 100):
        assert comment.is_visible(at(hours)) == any(span.covers(at(hours)) for span in spans)


def test_comment_is_not_shown_before_its_post() -> None:
    comment = make_comment()
    comment.post.appears_at = at(3)
    assert [comment.is_visible(at(hours)) for hours in (2, 3)] == [False, True]


def test_tombstone_stands_while_a_comment_that_was_public_is_removed() -> None:
    comment = make_comment((5, BlogChange.REMOVED), (9, BlogChange.RESTORED))
    assert [comment.tombstone_at(at(hours)) for hours in (4, 5, 9)] == ["", "text of 5", ""]
    never_public = make_comment((5, BlogChange.REMOVED), held=True)
    assert never_public.tombstone_at(at(6)) == ""


def test_text_and_slug_are_those_of_the_last_event_until_then() -> None:
    comment = make_comment((5, BlogChange.EDITED), (2, BlogChange.EDITED))
    assert [comment.html_at(at(hours)) for hours in (1, 2, 5)] == ["<p>One.</p>", "text of 2", "text of 5"]
    comment.post.record(at(3), BlogChange.RENAMED, "storm")
    assert comment.post.slugs(at(2)) == ["rain"]
    assert comment.post.slugs(at(3)) == ["rain", "storm"]
    assert comment.post.modified_at(at(3)) == at(3)


def test_blog_changes_with_its_posts_and_the_dates_of_public_comments() -> None:
    blog = DemoBlog("chalk.example", Serves.WORDPRESS, "Chalk", "Owner")
    assert blog.changed_at(at(0)) == at(0)
    comment = make_comment((8, BlogChange.APPROVED), held=True)
    blog.posts, blog.comments = [comment.post], [comment]
    assert [blog.changed_at(at(hours)) for hours in (7, 9)] == [at(-24), at(0)]


def test_moved_and_secured_blog_has_another_home() -> None:
    blog = DemoBlog("chalk.example", Serves.WORDPRESS, "Chalk", "Owner", path="/room")
    blog.record(at(1), BlogChange.MOVED, "slate.example")
    blog.record(at(2), BlogChange.SECURED)
    homes = [blog.home_at(at(hours)) for hours in (0, 1, 2)]
    assert homes == [
        "http://chalk.example/room/",
        "http://slate.example/room/",
        "https://slate.example/room/",
    ]
    assert blog.home_url == homes[0]
