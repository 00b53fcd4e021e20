"""Primitive 18: rotation without repeats and fair load."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.rota import Method
from tracker.grading.rota import Allotment, allot

STUDENTS, BLOGS = range(1, 13), range(101, 105)
NOBODY: dict[int, frozenset[int]] = {}


@pytest.mark.parametrize("method", Method)
def test_loads_differ_by_no_more_than_one(method: Method) -> None:
    plan = allot(list(range(150)), list(range(500, 590)), had=NOBODY, loads={}, method=method, seed=3)
    assert len(plan.given) == 150
    assert set(plan.loads.values()) == {1, 2}


def test_each_round_begins_one_blog_further_and_goes_on_in_their_order() -> None:
    rounds = [allot([1, 2, 3, 4], [10, 20, 30], had=NOBODY, loads={}, round_number=n).given for n in range(2)]
    assert rounds == [{1: 10, 2: 20, 3: 30, 4: 10}, {1: 20, 2: 30, 3: 10, 4: 20}]


def test_over_four_rounds_nobody_gets_a_blog_twice() -> None:
    had: dict[int, set[int]] = {student: set() for student in STUDENTS}
    for number in range(4):
        before = {student: frozenset(blogs) for student, blogs in had.items()}
        plan = allot(list(STUDENTS), list(BLOGS), had=before, loads={}, round_number=number)
        assert Counter(plan.given.values()) == dict.fromkeys(BLOGS, 3)
        for student, blog in plan.given.items():
            assert blog not in had[student]
            had[student].add(blog)
    full = {student: frozenset(blogs) for student, blogs in had.items()}
    fifth = allot(list(STUDENTS), list(BLOGS), had=full, loads={})
    assert fifth.given == {}
    assert set(fifth.without.values()) == {"This student has already had each of these blogs."}


def test_a_cap_is_kept_exactly_and_who_is_one_too_many_is_named() -> None:
    plan = allot([1, 2, 3, 4, 5], [101, 102], had=NOBODY, loads={}, cap=2)
    assert set(plan.loads.values()) == {2}
    assert plan.without == {5: "Every blog this student hasn’t had before is full, with 2 students."}
    assert allot([1, 2, 3, 4], [101, 102], had=NOBODY, loads={}, cap=2).without == {}


def test_students_whom_a_blog_has_already_are_counted() -> None:
    assert allot([1, 2, 3], [101, 102], had=NOBODY, loads={101: 3}).given == {1: 102, 2: 102, 3: 102}


def test_one_who_may_take_only_one_blog_gets_it_from_another() -> None:
    had = {2: frozenset({102})}
    plan = allot([1, 2], [101, 102], had=had, loads={}, cap=1)
    assert plan.given == {1: 102, 2: 101}


def test_the_same_seed_draws_the_same() -> None:
    def draw(seed: int) -> Allotment:
        return allot(list(STUDENTS), list(BLOGS), had=NOBODY, loads={}, method=Method.RANDOM, seed=seed)

    assert draw(1) == draw(1)
    assert len({tuple(draw(seed).given.items()) for seed in range(9)}) > 1


def test_without_a_blog_nobody_gets_one() -> None:
    assert allot([1], [], had=NOBODY, loads={}).without == {1: "There is no blog to assign."}


@settings(deadline=None, max_examples=150)
@given(
    st.integers(1, 5),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(st.sets(st.integers(0, 2)), min_size=5, max_size=5),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
)
def test_as_many_are_served_as_can_be_and_the_highest_load_is_the_least(
    students: int, blogs: int, cap: int, past: list[set[int]], start: list[int]
) -> None:
    had = {n: frozenset(past[n]) for n in range(students)}
    loads = {blog: start[blog] for blog in range(blogs)}
    plan = allot(list(range(students)), list(range(blogs)), had=had, loads=loads, cap=cap)
    assert all(blog not in had[student] for student, blog in plan.given.items())
    served, highest = _best(students, blogs, cap, had, loads)
    assert len(plan.given) == served
    taken = set(plan.given.values())
    assert max((plan.loads[blog] for blog in taken), default=0) == highest


def _best(
    students: int, blogs: int, cap: int, had: dict[int, frozenset[int]], loads: dict[int, int]
) -> tuple[int, int]:
    """By trying everything: how many can be served, and with how high a load at least."""
    best = (0, 0)
    for choice in itertools.product([None, *range(blogs)], repeat=students):
        if any(blog in had[student] for student, blog in enumerate(choice)):
            continue
        counts = Counter(blog for blog in choice if blog is not None)
        heights = [loads[blog] + number for blog, number in counts.items()]
        if any(height > cap for height in heights):
            continue
        found = (sum(counts.values()), max(heights, default=0))
        best = max(best, found, key=lambda one: (one[0], -one[1]))
    return best
