"""Which items to count when no post and no text may count twice: the best set, whatever the order.

Each item joins a post and a text, so a set that uses neither twice is a matching, and the best
set is a maximum weight matching. Taking them one after the other instead would let an additional
comment cost a student credit: a text copied to a second post can stand in the way of two others.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """An item by what it uses up. `standing` 0 is the best."""

    post: Hashable
    text: Hashable
    standing: int


def choose(choices: Sequence[Choice], count: int) -> list[int]:
    """The places, in order, of at most `count` items that share neither post nor text.

    As many of standing 0 as possible; of those sets, as many of standing 1, and so on; among
    equals those that come first. The answer for a longer list is never worse.
    """
    weights = _weigh(choices, count)
    chosen: set[int] = set()
    while len(chosen) < count:
        path = _best_exchange(choices, weights, chosen)
        if not path:
            break
        chosen ^= path
    return sorted(chosen)


def _weigh(choices: Sequence[Choice], count: int) -> list[int]:
    """Weights in which one item of a standing outweighs all that could be had of the next."""
    worst = max((choice.standing for choice in choices), default=0)
    scale = (len(choices) + 1) ** 2
    return [
        scale * (count + 1) ** (worst - choice.standing + 1) - place for place, choice in enumerate(choices)
    ]


def _best_exchange(choices: Sequence[Choice], weights: Sequence[int], chosen: set[int]) -> set[int]:
    """The items to take in and to give up that make the set one larger and gain most; empty when
    nothing gains. A longest augmenting path, found as Bellman and Ford do."""
    taken = {choices[place].post for place in chosen}
    used = {choices[place].text for place in chosen}
    to_post: dict[Hashable, tuple[int, frozenset[int]]] = {
        choice.post: (0, frozenset()) for choice in choices if choice.post not in taken
    }
    to_text: dict[Hashable, tuple[int, frozenset[int]]] = {}
    for _ in range(len(chosen) + 1):
        for place, choice in enumerate(choices):
            if place not in chosen and choice.post in to_post:
                gain, path = to_post[choice.post]
                if choice.text not in to_text or gain + weights[place] > to_text[choice.text][0]:
                    to_text[choice.text] = (gain + weights[place], path | {place})
        for place in chosen:
            choice = choices[place]
            if choice.text in to_text:
                gain, path = to_text[choice.text]
                if choice.post not in to_post or gain - weights[place] > to_post[choice.post][0]:
                    to_post[choice.post] = (gain - weights[place], path | {place})
    ends = [found for text, found in to_text.items() if text not in used]
    gain, path = max(ends, key=lambda found: found[0], default=(0, frozenset()))
    return set(path) if gain > 0 else set()
