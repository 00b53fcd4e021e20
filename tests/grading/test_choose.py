from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.grading.choose import Choice, choose

CHOICES = st.lists(
    st.builds(Choice, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=7
).map(lambda choices: sorted(choices, key=lambda choice: choice.standing))


def is_apart(choices: list[Choice]) -> bool:
    posts, texts = {choice.post for choice in choices}, {choice.text for choice in choices}
    return len(posts) == len(texts) == len(choices)


def worth(choices: list[Choice]) -> list[int]:
    """How many of each standing, the best first; worth more where it is greater."""
    return [sum(choice.standing == standing for choice in choices) for standing in range(4)]


@settings(deadline=None)
@given(CHOICES, st.integers(0, 4))
def test_no_other_set_is_worth_more(choices: list[Choice], count: int) -> None:
    chosen = [choices[place] for place in choose(choices, count)]
    assert is_apart(chosen)
    every = (
        list(some) for size in range(min(count, len(choices)) + 1) for some in combinations(choices, size)
    )
    assert worth(chosen) == max(worth(some) for some in every if is_apart(some))


def test_among_equals_the_first_are_taken() -> None:
    choices = [Choice(post, post, 0) for post in "abc"]
    assert choose(choices, 2) == [0, 1]


def test_nothing_is_chosen_from_nothing() -> None:
    assert choose([], 2) == []
    assert choose([Choice("a", "a", 0)], 0) == []
