"""Comments that no feed of the blog shows any more, in the smallest stories that hide them."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.simulation import scenarios
from tests.simulation.nights import add_rounds, follow_blogs, stored_numbers
from tests.simulation.oracle import LookAt
from tests.simulation.scenarios import nights
from tests.simulation.test_scenarios import BY_PAGE, SUNDAY, live, wordpress
from tests.simulation.wordpress_scene import Habits, Rest

pytestmark = pytest.mark.one_database

UNCOUNTED = Habits(rest=Rest.NO_ROUTE, pages_show_comments=False, counts_comments=False)


def test_late_approval_of_a_blog_that_counts_nothing_is_in_its_posts_own_feed(context: Flask) -> None:
    """S2 where students may comment: neither REST nor counts tell of it, only the post's feed."""
    simulator, clock = wordpress(scenarios.held_comment(), UNCOUNTED)
    clock.at = SUNDAY
    with follow_blogs(context, clock, [simulator]) as term:
        add_rounds(term, 70)
        for at in nights(SUNDAY, 5):
            term.look(LookAt(at))
    assert scenarios.HELD in stored_numbers(next(iter(term.blogs)))


def test_overflow_reads_known_static_pages_that_no_feed_of_posts_counts(context: Flask) -> None:
    simulator, clock = wordpress(scenarios.page_among_posts(), BY_PAGE)
    _, blog_id = live(context, simulator, clock, nights(SUNDAY, 3))
    assert sum(number > scenarios.ON_PAGE for number in stored_numbers(blog_id)) == 11
    assert scenarios.ON_PAGE in stored_numbers(blog_id)
