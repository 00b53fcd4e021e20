"""The oracle against its own rules, and the scripts and random blogs against what they promise."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.simulation import scenarios
from tests.simulation.oracle import Demand, Fate, PollAt, RecordedGap, Way, compare, judge
from tests.simulation.random_blog import TERM_START, random_blog
from tests.simulation.scenarios import HOUR, local, make_blog, publish, say, spaced
from tests.simulation.test_scenarios import FEEDS_ONLY
from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, Serves
from tracker.demo.blogosphere.events import BlogChange

NOON, MORNING = local(10, 20, 12), local(10, 21, 2, 15)
POLLS = (PollAt(local(10, 19, 2, 15)), PollAt(local(10, 20, 2, 15)), PollAt(MORNING))


def chalk(**settings: Any) -> DemoBlog:
    """Three posts and a static page; 25 comments an hour apart until NOON, 14 of them on one post."""
    blog = make_blog("chalk.example", "Chalk", **settings)
    maps, clay, rain = (
        publish(blog, local(10, day, 9), number, title)
        for day, number, title in ((1, 10, "Maps"), (8, 20, "Clay"), (15, 30, "Rain"))
    )
    about = publish(blog, local(9, 1, 9), 7, "About", is_page=True)
    times = spaced(NOON - 24 * HOUR, 25, HOUR)
    for n, post in enumerate([maps] * 3 + [clay] * 7 + [rain] * 14 + [about]):
        say(blog, post, 501 + n, times[n : n + 1])
    return blog


def add(blog: DemoBlog, number: int, at: datetime, *, held: bool = False) -> DemoComment:
    return say(blog, blog.posts[0], number, [at], held=held)[0]


def in_gaps(fates: dict[int, Fate]) -> set[int]:
    return {number for number, fate in fates.items() if fate.demand is Demand.IN_A_GAP}


def test_oracle_demands_all_that_any_way_reaches_and_a_gap_for_the_rest() -> None:
    assert {fate.demand for fate in judge(chalk(), POLLS).values()} == {Demand.STORED}
    fates = judge(chalk(**FEEDS_ONLY), POLLS[::2])
    assert in_gaps(fates) == {511, 512, 513, 514}, "beyond the ten of their post and of the site"
    assert [fates[n].nearest() for n in (525, 504, 511)] == [Way.SITE_FEED, Way.POST_FEED, None]


def test_oracle_asks_nothing_for_what_was_never_shown_to_a_poll() -> None:
    blog = chalk()
    add(blog, 541, NOON + HOUR).record(NOON + 2 * HOUR, BlogChange.REMOVED)
    add(blog, 542, NOON + HOUR, held=True)
    add(blog, 499, local(10, 18, 9))
    fates = judge(blog, POLLS)
    demands = [fates[number].demand for number in (541, 542, 499)]
    assert demands == [Demand.PASSED_BY, Demand.NONE, Demand.FREE]


def test_oracle_knows_that_a_304_hides_a_late_approval_from_an_extra_poll() -> None:
    blog = chalk()
    late = add(blog, 541, NOON - HOUR, held=True)
    late.record(NOON + 2 * HOUR, BlogChange.APPROVED)
    late.record(NOON + 4 * HOUR, BlogChange.REMOVED)
    extra = [PollAt(NOON + hours * HOUR, whole=False) for hours in (1, 3)]
    fates = judge(blog, (*POLLS[:2], *extra, POLLS[2]))
    assert fates[541].demand is Demand.IN_A_GAP
    assert fates[525].reach[0][1] == {Way.SITE_FEED}


@pytest.mark.parametrize(
    ("counts", "demand"), [(True, Demand.IN_A_GAP), (False, Demand.UNTOLD)], ids=["counted", "not counted"]
)
def test_oracle_asks_for_a_gap_where_a_late_approval_is_told_of(counts: bool, demand: Demand) -> None:
    blog = chalk(counts_comments=counts, **FEEDS_ONLY)
    (late,) = say(blog, blog.posts[2], 541, [NOON - 13 * HOUR - HOUR / 2], held=True)
    late.record(NOON + HOUR, BlogChange.APPROVED)
    fates = judge(blog, (*POLLS[:2], PollAt(NOON + HOUR / 2), POLLS[2]))
    assert fates[541].demand is demand


def test_oracle_finds_lost_doubled_and_unsaid_comments_and_false_gaps() -> None:
    fates = judge(chalk(**FEEDS_ONLY), POLLS[::2])
    reached = [n for n, fate in fates.items() if fate.demand is Demand.STORED]
    gap = RecordedGap(POLLS[0].at, MORNING)
    assert not compare(fates, reached, [gap])
    found = compare(fates, [*reached[1:], 525, 525], [])
    assert [fate.comment.number for fate in found.lost] == [reached[0]]
    assert found.twice == (525,)
    assert {fate.comment.number for fate in found.unsaid} == {511, 512, 513, 514}
    assert compare(fates, fates, [gap]).false_gaps == (gap,)


def test_oracle_holds_that_blogger_shows_everything() -> None:
    fates = judge(chalk(serves=Serves.BLOGGER), POLLS[::2])
    assert {fate.demand for fate in fates.values()} == {Demand.STORED}


# The random blogs and the scripts.


def events_of(blog: DemoBlog) -> list[tuple[datetime, str, str]]:
    """All that happens on a blog, with what each comment says."""
    made = [(comment.posted_at, "said", comment.html) for comment in blog.comments]
    made += [(post.published, "published", post.slug) for post in blog.posts]
    changed = [event for what in (blog, *blog.posts, *blog.comments) for event in what.events]
    return sorted(made + [(event.at, event.change.value, event.text) for event in changed])


def test_same_seed_makes_the_same_blog_and_another_seed_another() -> None:
    made = [events_of(random_blog(seed, "chalk.example", nights=30)) for seed in (5, 5, 6)]
    assert made[0] == made[1] != made[2]


def test_random_terms_hold_every_kind_of_event() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(20):
        kinds.update(kind for _, kind, _ in events_of(random_blog(seed, "chalk.example", nights=60)))
    assert set(BlogChange) - {BlogChange.SECURED} <= set(kinds)
    assert kinds["said"] > 20 * 60


def test_random_comment_is_never_older_than_its_post() -> None:
    for seed in range(10):
        serves = Serves.BLOGGER if seed % 2 == 0 else Serves.WORDPRESS
        blog = random_blog(seed, "chalk.example", nights=40, serves=serves)
        assert all(comment.posted_at >= comment.post.published for comment in blog.comments)
        assert all(comment.post in blog.posts for comment in blog.comments)
        assert events_of(blog)[-1][0] <= TERM_START + timedelta(days=40)


@pytest.mark.parametrize(("posts", "unreached"), [(3, 0), (1, 9)])
def test_deadline_night_overflows_the_site_and_one_post(posts: int, unreached: int) -> None:
    blog = scenarios.deadline_night(posts=posts, **FEEDS_ONLY)
    fates = judge(blog, (PollAt(local(10, 25, 2, 15)), PollAt(local(10, 26, 2, 15))))
    new = {number: fate for number, fate in fates.items() if number >= 601}
    assert (len(new), len(in_gaps(new))) == (19, unreached)
    shown = [number for number, fate in new.items() if fate.nearest() is Way.SITE_FEED]
    assert shown == list(range(610, 620))


def test_held_comment_never_comes_into_the_sites_feed() -> None:
    polls = [PollAt(local(10, 25, 14) + 24 * HOUR * day) for day in range(15)]
    held = judge(scenarios.held_comment(), polls)[scenarios.HELD]
    assert held.reach[0][0] == local(10, 28, 14)
    assert not any(Way.SITE_FEED in ways for _, ways in held.reach)
    assert held.nearest() is Way.POST_FEED


def test_cleared_blog_loses_twelve_comments() -> None:
    blog = scenarios.cleared_blog()
    before, after = (len(blog.visible_comments(scenarios.CLEARED_AT + step)) for step in (-HOUR, HOUR))
    assert (before, after) == (14, 2)
