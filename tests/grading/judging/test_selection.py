from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.grading.judging.constraints import Limit, Limits
from tracker.grading.judging.selection import Value, choose

VALUES = st.tuples(st.integers(0, 1), st.sampled_from([0, 50, 80, 100]), st.integers(0, 1), st.just(1))


@st.composite
def limits_of(draw: st.DrawFn, count: int) -> Limits:
    """Up to four limits over `count` items, each of which puts every item into one of three groups."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        groups: list[list[int]] = [[], [], []]
        for place in range(count):
            groups[draw(st.integers(0, 2))].append(place)
        own = draw(st.tuples(*[st.integers(0, 2)] * 3))
        found.append(Limit(tuple(map(tuple, groups)), own, draw(st.integers(0, 2))))
    pairs = list(itertools.combinations(range(count), 2))
    apart = draw(st.sets(st.sampled_from(pairs), max_size=2)) if pairs else set()
    return Limits(tuple(found), frozenset(map(frozenset, apart)))


def fits(places: tuple[int, ...], limits: Limits) -> bool:
    taken = set(places)
    if any(pair <= taken for pair in limits.conflicts):
        return False
    return all(
        sum(max(0, len(taken & set(group)) - own) for group, own in zip(one.groups, one.own, strict=True))
        <= one.shared
        for one in limits.limits
    )


def total(values: list[Value], places: tuple[int, ...] | list[int]) -> Value:
    return tuple(sum(values[place][part] for place in places) for part in range(4))


@settings(deadline=None, max_examples=150)
@given(st.data(), st.lists(VALUES, max_size=6))
def test_the_set_is_the_best_of_all_that_the_limits_allow(data: st.DataObject, values: list[Value]) -> None:
    limits = data.draw(limits_of(len(values)))
    allowed = [
        places
        for size in range(len(values) + 1)
        for places in itertools.combinations(range(len(values)), size)
        if fits(places, limits)
    ]
    chosen = choose(values, limits)
    assert fits(tuple(chosen), limits)
    assert total(values, chosen) == max(total(values, places) for places in allowed)


@pytest.mark.parametrize("count", [2, 30])
def test_among_equals_the_first_are_chosen(count: int) -> None:
    everything = tuple(range(count))
    assert choose([(1, 100)] * count, Limits((Limit((everything,), (2,)),))) == [0, 1]


def test_two_that_share_a_place_with_a_third_are_worth_more_than_it_alone() -> None:
    # The first is on the post of the second and has the text of the third.
    limits = Limits((Limit(((0, 1), (2,)), (1, 1)), Limit(((0, 2), (1,)), (1, 1))))
    assert choose([(1, 100)] * 3, limits) == [1, 2]


def test_a_group_with_places_of_its_own_shares_the_rest_with_the_others() -> None:
    # Four comments on at least three blogs: one on each, and one more on any.
    limits = Limits((Limit(((0, 1, 2), (3, 4), (5,)), (1, 1, 1), shared=1), Limit((tuple(range(6)),), (4,))))
    assert choose([(1, 100)] * 6, limits) == [0, 1, 3, 5]


def test_among_sets_that_are_worth_the_same_the_earliest_is_taken_also_where_it_takes_a_solver() -> None:
    # Each of four excludes its two neighbors.
    ring = frozenset(frozenset((n, (n + 1) % 4)) for n in range(4))
    assert choose([(1, 100)] * 4, Limits((), ring)) == [0, 2]


def test_the_best_set_is_found_where_the_solver_would_call_the_program_infeasible() -> None:
    """Comments on several blogs of which each needs days between, as random rules drew them once."""
    limits = (
        Limit(((0, 4, 6), (2, 7, 8), (9,)), (1, 1, 1)),
        Limit(((0, 1, 4, 8, 9), (2, 3, 5, 6, 7)), (0, 0), shared=5),
        Limit(((0, 2, 5, 9), (1,), (3, 6), (4, 7, 8)), (1, 1, 1, 1)),
    )
    apart = ("1256789", "67", "456789", "4567", "56789", "6789", "789", "89", "9")
    conflicts = frozenset(
        frozenset((one, int(other))) for one, others in enumerate(apart) for other in others
    )
    values = [
        *[(100, 100, 0, 0, 1, 0, 0, 0, 0, 0, 1)] * 4,
        *[(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1)] * 4,
        *[(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1)] * 2,
    ]
    assert choose(values, Limits(limits, conflicts)) == [1, 2, 3]
