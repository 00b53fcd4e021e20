"""Stories of PRODUCT §6 lived through by the real job: an overflow, a late approval, a clearing out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.simulation import scenarios
from tests.simulation.nights import add_rounds, follow_blogs, open_gaps, poll_blog, stored_numbers
from tests.simulation.oracle import PollAt, RecordedGap
from tests.simulation.scenarios import local, nights
from tracker.demo.blogosphere.blogs import Rest, Serves
from tracker.extensions import db
from tracker.models import Comment

pytestmark = pytest.mark.one_database

SUNDAY, MONDAY = local(10, 25, 2, 15), local(10, 26, 2, 15)
Settings = Mapping[str, Any]
ORDINARY: Settings = {}
BY_PAGE: Settings = {"rest": Rest.NO_ROUTE}
FEEDS_ONLY: Settings = {"rest": Rest.NO_ROUTE, "pages_show_comments": False}


@pytest.mark.parametrize(
    ("posts", "settings"),
    [
        pytest.param(3, FEEDS_ONLY, id="three posts by their feeds"),
        pytest.param(1, ORDINARY, id="one post by REST"),
        pytest.param(1, BY_PAGE, id="one post by its page"),
    ],
)
def test_overflow_of_a_deadline_night_is_read_whole(context: Flask, posts: int, settings: Settings) -> None:
    """S16: one poll after 19 comments; what the posts' own feeds lack is read elsewhere."""
    blog_id = poll_blog(context, scenarios.deadline_night(posts=posts, **settings), nights(SUNDAY, 2))
    assert sum(number >= 601 for number in stored_numbers(blog_id)) == 19
    assert open_gaps(blog_id) == []


def test_overflow_that_nothing_reaches_stays_an_open_gap(context: Flask) -> None:
    """S16: one post got 19, its own feed shows ten, nothing else is there."""
    blog_id = poll_blog(context, scenarios.deadline_night(posts=1, **FEEDS_ONLY), nights(SUNDAY, 2))
    assert sum(number >= 601 for number in stored_numbers(blog_id)) == 10
    assert set(open_gaps(blog_id)) == {RecordedGap(SUNDAY, MONDAY)}


def test_polls_on_deadline_evening_keep_the_window_from_overflowing(context: Flask) -> None:
    """S16: eight polls, half an hour apart, need no other way than the feed."""
    evening = [local(10, 25, 20 + n // 2, 30 * (n % 2)) for n in range(8)]
    blog = scenarios.deadline_night(posts=1, **FEEDS_ONLY)
    blog_id = poll_blog(context, blog, [SUNDAY, *evening, MONDAY])
    assert sum(number >= 601 for number in stored_numbers(blog_id)) == 19
    assert open_gaps(blog_id) == []


@pytest.mark.parametrize("settings", [ORDINARY, FEEDS_ONLY], ids=["rest", "feeds only"])
def test_comment_approved_late_is_found_behind_the_window(context: Flask, settings: Settings) -> None:
    """S2: approved on Wednesday, found by Thursday's poll with its date of Sunday evening."""
    blog_id = poll_blog(context, scenarios.held_comment(**settings), nights(SUNDAY, 5))
    comment = db.session.scalars(
        select(Comment).where(Comment.blog_id == blog_id, Comment.native_number == str(scenarios.HELD))
    ).one()
    assert comment.posted_at == local(10, 25, 22, 10)
    assert comment.first_seen_at == local(10, 29, 2, 15)
    assert open_gaps(blog_id) == []


@pytest.mark.parametrize(
    ("serves", "tombstone"),
    [
        pytest.param(Serves.WORDPRESS, "", id="wordpress"),
        pytest.param(Serves.BLOGGER, "", id="blogger"),
        pytest.param(Serves.BLOGGER, "This comment has been removed by the author.", id="blogger tombstones"),
    ],
)
def test_comments_that_the_owner_removed_stay_and_are_marked_gone(
    context: Flask, serves: Serves, tombstone: str
) -> None:
    """S4: twelve of fourteen removed on the 29th; on the 31st two polls have lacked them."""
    blog = scenarios.cleared_blog(tombstone=tombstone, serves=serves)
    blog_id = poll_blog(context, blog, [local(10, 20, 2, 15), *nights(SUNDAY, 7)])
    rows = db.session.scalars(select(Comment).where(Comment.blog_id == blog_id)).all()
    assert len(rows) == 14
    gone = [row.native_number for row in rows if row.gone_since is not None]
    assert sorted(map(int, filter(None, gone))) == list(range(501, 513))
    assert open_gaps(blog_id) == []


def test_late_approval_of_a_blog_that_counts_nothing_is_in_its_posts_own_feed(context: Flask) -> None:
    """S2 where students may comment: neither REST nor counts tell of it, only the post's feed."""
    blog = scenarios.held_comment(counts_comments=False, **FEEDS_ONLY)
    with follow_blogs(context, SUNDAY, [blog]) as term:
        add_rounds(term, 70)
        for at in nights(SUNDAY, 5):
            term.poll(PollAt(at))
    assert scenarios.HELD in stored_numbers(next(iter(term.blogs)))


def test_overflow_reads_known_static_pages_that_no_feed_of_posts_counts(context: Flask) -> None:
    blog_id = poll_blog(context, scenarios.page_among_posts(**BY_PAGE), nights(SUNDAY, 3))
    assert sum(number > scenarios.ON_PAGE for number in stored_numbers(blog_id)) == 11
    assert scenarios.ON_PAGE in stored_numbers(blog_id)
