"""Stories of PRODUCT §6 lived through by the real job: an overflow, a late approval, a clearing out."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests.simulation import scenarios
from tests.simulation.blogger import SimulatedBlogger
from tests.simulation.nights import Simulator, Term, follow_blogs, open_gaps, stored_numbers
from tests.simulation.oracle import LookAt, RecordedGap
from tests.simulation.scenarios import local, nights
from tests.simulation.server import Hands
from tests.simulation.story import Story
from tests.simulation.wordpress import SimulatedWordPress
from tests.simulation.wordpress_scene import Habits, Rest
from tracker.extensions import db
from tracker.models import Comment

pytestmark = pytest.mark.one_database

SUNDAY, MONDAY = local(10, 25, 2, 15), local(10, 26, 2, 15)
SIGHTED = Habits()
BY_PAGE = Habits(rest=Rest.NO_ROUTE)
BLIND = Habits(rest=Rest.NO_ROUTE, pages_show_comments=False)


def live(app: Flask, simulator: Simulator, clock: Hands, instants: list[datetime]) -> tuple[Term, int]:
    """Follow the blog and look at each instant."""
    clock.at = instants[0]
    with follow_blogs(app, clock, [simulator]) as term:
        for at in instants:
            term.look(LookAt(at))
    return term, next(iter(term.blogs))


def wordpress(story: Story, habits: Habits = SIGHTED) -> tuple[SimulatedWordPress, Hands]:
    clock = Hands(SUNDAY)
    return SimulatedWordPress(story, clock, habits), clock


@pytest.mark.parametrize(
    ("posts", "habits"),
    [
        pytest.param(3, BLIND, id="three posts by their feeds"),
        pytest.param(1, SIGHTED, id="one post by REST"),
        pytest.param(1, BY_PAGE, id="one post by its page"),
    ],
)
def test_overflow_of_a_deadline_night_is_read_whole(context: Flask, posts: int, habits: Habits) -> None:
    """S16: one look after 19 comments; what the posts' own feeds lack is read elsewhere."""
    simulator, clock = wordpress(scenarios.deadline_night(posts=posts), habits)
    _, blog_id = live(context, simulator, clock, nights(SUNDAY, 2))
    assert sum(number >= 601 for number in stored_numbers(blog_id)) == 19
    assert open_gaps(blog_id) == []


def test_overflow_that_nothing_reaches_stays_an_open_gap(context: Flask) -> None:
    """S16: one post got 19, its own feed shows ten, nothing else is there."""
    simulator, clock = wordpress(scenarios.deadline_night(posts=1), BLIND)
    _, blog_id = live(context, simulator, clock, nights(SUNDAY, 2))
    assert sum(number >= 601 for number in stored_numbers(blog_id)) == 10
    assert set(open_gaps(blog_id)) == {RecordedGap(SUNDAY, MONDAY)}


def test_looks_on_deadline_evening_keep_the_window_from_overflowing(context: Flask) -> None:
    """S16: eight looks, half an hour apart, need no other way than the feed."""
    simulator, clock = wordpress(scenarios.deadline_night(posts=1), BLIND)
    evening = [local(10, 25, 20 + n // 2, 30 * (n % 2)) for n in range(8)]
    _, blog_id = live(context, simulator, clock, [SUNDAY, *evening, MONDAY])
    assert sum(number >= 601 for number in stored_numbers(blog_id)) == 19
    assert open_gaps(blog_id) == []


@pytest.mark.parametrize("habits", [SIGHTED, BLIND], ids=["rest", "feeds only"])
def test_comment_let_through_late_is_found_behind_the_window(context: Flask, habits: Habits) -> None:
    """S2: approved on Wednesday, found at Thursday's look with its date of Sunday evening."""
    simulator, clock = wordpress(scenarios.held_comment(), habits)
    _, blog_id = live(context, simulator, clock, nights(SUNDAY, 5))
    comment = db.session.scalars(
        select(Comment).where(Comment.blog_id == blog_id, Comment.native_number == str(scenarios.HELD))
    ).one()
    assert comment.posted_at == local(10, 25, 22, 10)
    assert comment.first_seen_at == local(10, 29, 2, 15)
    assert open_gaps(blog_id) == []


@pytest.mark.parametrize(
    ("simulate", "tombstone"),
    [
        pytest.param(SimulatedWordPress, "", id="wordpress"),
        pytest.param(SimulatedBlogger, "", id="blogger"),
        pytest.param(
            SimulatedBlogger, "This comment has been removed by the author.", id="blogger tombstones"
        ),
    ],
)
def test_comments_that_the_owner_removed_stay_and_are_marked_gone(
    context: Flask, simulate: type[Simulator], tombstone: str
) -> None:
    """S4: twelve of fourteen removed on the 29th; on the 31st two looks have lacked them."""
    clock = Hands(SUNDAY)
    simulator = simulate(scenarios.cleared_blog(tombstone=tombstone), clock)
    _, blog_id = live(context, simulator, clock, [local(10, 20, 2, 15), *nights(SUNDAY, 7)])
    rows = db.session.scalars(select(Comment).where(Comment.blog_id == blog_id)).all()
    assert len(rows) == 14
    gone = [row.native_number for row in rows if row.gone_since is not None]
    assert sorted(map(int, filter(None, gone))) == list(range(501, 513))
    assert open_gaps(blog_id) == []
