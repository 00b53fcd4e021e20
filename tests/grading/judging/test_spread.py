"""Primitives 5, 6 and 7: how different, how new, in which order, how far apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.grading.weeks import at, doer, judged, met, on, rule, weeks
from tracker.domain.assignment import AssignmentTerms, Different, Order, Quota, Spread, Where
from tracker.domain.grade import AllocationFact, CommentFact, ExceptionFact, ReceiptFact
from tracker.domain.text import TextCounts


@pytest.mark.parametrize(
    ("different", "counted"),
    [
        pytest.param(Different.NOTHING, 4, id="nothing"),
        pytest.param(Different.POSTS, 3, id="posts"),
        pytest.param(Different.AUTHORS, 3, id="authors"),
        pytest.param(Different.BLOGS, 2, id="blogs"),
    ],
)
def test_no_two_share_a_post_an_author_or_a_blog(different: Different, counted: int) -> None:
    one, two, three, four = at(on(0), on(1), on(2), on(3), blogs=(5, 5, 5, 6))
    mine = (
        replace(one, author="ada"),
        replace(two, author="ben", post_key=one.post_key),
        replace(three, author="ben"),
        four,
    )
    assert met(rule(Quota(4), spread=Spread(different)), doer(*mine)) == counted


def test_blogs_may_differ_only_within_a_week() -> None:
    mine = at(on(0), on(1), on(7), on(8), blogs=(5, 5, 5, 6))
    quota = Quota(4, period_least=2)
    apart = rule(quota, periods=weeks(2), spread=Spread(Different.BLOGS, each_period=True))
    ever = rule(quota, periods=weeks(2), spread=Spread(Different.BLOGS))
    assert met(apart, doer(*mine)) == 3
    assert met(ever, doer(*mine)) == 2
    assert [one.reason for one in judged(apart, doer(*mine)).not_counted] == ["same-blog"]


@pytest.mark.parametrize(("blogs", "counted"), [(10, 20), (9, 19), (1, 11)])
def test_twenty_comments_are_on_ten_blogs_or_fewer_count(blogs: int, counted: int) -> None:
    terms = rule(Quota(20), spread=Spread(blogs_least=10))
    mine = at(*(on(0, 0, n) for n in range(25)), blogs=[1 + n % blogs for n in range(25)])
    assert met(terms, doer(*mine)) == counted


def test_each_week_one_is_on_a_blog_where_none_counted_before() -> None:
    terms = rule(Quota(4, period_least=2), periods=weeks(2), spread=Spread(new_blogs=1))
    known = at(on(0), on(1), on(7), on(8), blogs=(5, 6, 5, 6))
    assert met(terms, doer(*known)) == 3
    with_new = at(on(0), on(1), on(7), on(8), blogs=(5, 6, 5, 7))
    assert met(terms, doer(*with_new)) == 4
    # Two on one new blog are one on a new blog and one on a known one.
    assert met(terms, doer(*at(on(0), on(1), on(7), on(8), blogs=(5, 5, 7, 7)))) == 4


@pytest.mark.parametrize(
    ("blogs", "counted"),
    [
        pytest.param((5, 5, 5), 2, id="one new, and one of the others"),
        pytest.param((5, 6, 5), 3, id="two new"),
        pytest.param((5, 5, 6), 3, id="two new, the known one between"),
    ],
)
def test_in_one_window_so_many_are_on_new_blogs(blogs: tuple[int, ...], counted: int) -> None:
    terms = rule(Quota(3), spread=Spread(new_blogs=2))
    assert met(terms, doer(*at(on(0), on(1), on(2), blogs=blogs))) == counted


def test_where_all_are_on_new_blogs_none_is_on_a_known_one() -> None:
    terms = rule(Quota(2), spread=Spread(new_blogs=2))
    assert met(terms, doer(*at(on(0), on(1), blogs=(5, 5)))) == 1


def test_what_is_asked_of_any_week_may_be_on_a_known_blog() -> None:
    terms = rule(Quota(3, period_least=1), periods=weeks(2), spread=Spread(new_blogs=1))
    assert met(terms, doer(*at(on(0), on(7), on(8), blogs=(5, 6, 5)))) == 3
    assert met(terms, doer(*at(on(0), on(1), on(7), blogs=(5, 5, 5)))) == 2, "the second week needs a new one"


def test_where_all_are_on_different_blogs_two_on_one_are_one() -> None:
    terms = rule(Quota(2), spread=Spread(Different.NOTHING, blogs_least=2))
    assert met(terms, doer(*at(on(0), on(1), blogs=(5, 5)))) == 1


def two_parts(first: Spread, second: Spread, **changes: object) -> AssignmentTerms:
    terms = rule(Quota(1), spread=first, **changes)  # type: ignore[arg-type]
    (part,) = terms.parts
    return replace(terms, parts=(replace(part, key="one"), replace(part, key="two", spread=second)))


BOTH_PLACES = {"one": frozenset({5}), "two": frozenset({5})}


def test_parts_ask_for_different_posts_each_for_itself() -> None:
    one, other = at(on(0), on(1), blogs=(5, 5))
    student = doer(one, replace(other, post_key=one.post_key), places=BOTH_PLACES)
    assert met(two_parts(Spread(), Spread()), student) == 2


def test_days_apart_in_one_part_hold_beside_another_that_asks_for_none() -> None:
    apart = Spread(days_apart=3)
    terms = two_parts(apart, Spread())
    of_two = replace(terms, parts=(replace(terms.parts[0], quota=Quota(2)), terms.parts[1]))
    student = doer(*at(on(0), on(1), on(2), blogs=(5, 5, 5)), places=BOTH_PLACES)
    assert met(of_two, student) == 2, "one of each"


def test_one_comment_counts_once_although_it_fits_two_parts_or_two_weeks() -> None:
    """Also where its text is not known, so that no other rule keeps it from counting twice."""
    (unknown,) = at(on(0), blogs=(5,), counts=TextCounts())
    student = doer(unknown, places=BOTH_PLACES)
    assert met(two_parts(Spread(), Spread()), student) == 1
    terms = rule(Quota(2, period_least=1), periods=weeks(2))
    last = terms.parts[0].periods[-1].window.due_at
    extended = ExceptionFact("extension", "comment-w1-1", last)
    (second_week,) = at(on(8), counts=TextCounts())
    assert met(terms, doer(second_week, exceptions=(extended,))) == 1


def test_two_on_one_post_are_not_on_two_that_follow_one_another() -> None:
    terms = rule(Quota(2), spread=Spread(Different.NOTHING, order=Order.SUCCESSIVE))
    mine = tuple(published(one, 3) for one in at(on(0), on(1), blogs=(5, 5)))
    assert met(terms, doer(*mine)) == 1


def published(comment: CommentFact, place: int) -> CommentFact:
    return replace(comment, post_place=place, post_published_at=datetime(2026, 8, place, tzinfo=UTC))


@pytest.mark.parametrize(
    ("order", "places", "counted"),
    [
        pytest.param(Order.ANY, (4, 2), 2, id="any, backwards"),
        pytest.param(Order.NEWER, (2, 4), 2, id="newer"),
        pytest.param(Order.NEWER, (4, 2), 1, id="older"),
        pytest.param(Order.SUCCESSIVE, (2, 3), 2, id="the next"),
        pytest.param(Order.SUCCESSIVE, (3, 2), 2, id="the one before"),
        pytest.param(Order.SUCCESSIVE, (2, 4), 1, id="one between"),
    ],
)
def test_posts_follow_one_another_as_asked(order: Order, places: tuple[int, int], counted: int) -> None:
    mine = tuple(map(published, at(on(0), on(1), blogs=(5, 5)), places))
    terms = rule(Quota(2), spread=Spread(order=order), where=Where.ALLOCATED)
    assert met(terms, replace(doer(*mine), allocations=(AllocationFact(5),))) == counted


def test_a_post_whose_time_nobody_knows_is_taken_as_newer() -> None:
    mine = at(on(0), on(1), blogs=(5, 5))
    assert met(rule(Quota(2), spread=Spread(order=Order.NEWER)), doer(*mine)) == 2


@pytest.mark.parametrize(
    ("second", "counted"),
    [
        pytest.param(on(7, 0, 1), 2, id="seven days of the calendar"),
        pytest.param(on(6, 23, 59), 1, id="a minute less"),
    ],
)
def test_comments_are_days_apart(second: datetime, counted: int) -> None:
    assert met(rule(Quota(2), spread=Spread(days_apart=7)), doer(*at(on(0, 23), second))) == counted


def test_days_apart_are_days_of_the_calendar_also_when_the_clocks_go_back() -> None:
    (period,) = weeks(1)
    long = (replace(period, window=replace(period.window, due_at=period.window.due_at + timedelta(days=90))),)
    terms = rule(Quota(2), periods=long, spread=Spread(days_apart=1))
    # Sat Oct 31, 23:30 and Sun Nov 1, 00:30, an hour later; Sun 00:30 and Sun 23:30, 24 hours later.
    assert met(terms, doer(*at(on(54, 23, 30), on(55, 0, 30)))) == 2
    assert met(terms, doer(*at(on(55, 0, 30), on(55, 23, 30)))) == 1


def test_the_same_text_on_two_posts_is_one_comment() -> None:
    one, two = at(on(0), on(1))
    judgment = judged(rule(Quota(2)), doer(one, replace(two, text_hash=one.text_hash)))
    assert [verdict.state for verdict in judgment.verdicts] == ["met", "not_found_yet"]
    assert [found.reason for found in judgment.not_counted] == ["same-text"]


def test_order_is_asked_only_of_what_is_known() -> None:
    one, two = at(on(0), on(1), blogs=(5, 5))
    newer = rule(Quota(2), spread=Spread(order=Order.NEWER))
    assert met(newer, doer(published(one, 4), two)) == 2
    assert met(newer, doer(one, published(two, 4))) == 2
    # Two posts of the same instant: neither is newer.
    assert met(newer, doer(published(one, 4), published(two, 4))) == 1
    saved = ReceiptFact(1, 5, "5/z", on(2))
    verdicts = judged(newer, replace(doer(published(one, 4)), receipts=(saved,))).verdicts
    assert [verdict.state.value for verdict in verdicts] == ["met", "in_moderation"]


def test_successive_posts_stand_on_one_blog_and_an_unknown_place_costs_nobody() -> None:
    terms = rule(Quota(2), spread=Spread(order=Order.SUCCESSIVE), where=Where.ALLOCATED)
    given = (AllocationFact(5), AllocationFact(6))
    one, two = at(on(0), on(1), blogs=(5, 5))
    for mine, counted in (
        ((one, two), 2),
        ((published(one, 3), two), 2),
        ((one, published(two, 3)), 2),
        ((published(one, 3), replace(published(two, 4), blog_id=6)), 1),
    ):
        assert met(terms, replace(doer(*mine), allocations=given)) == counted
