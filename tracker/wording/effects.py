"""What something changes, in sentences: before it is done, or after."""

from __future__ import annotations

from tracker.domain.effects import Effects
from tracker.wording.numbers import say_count, say_plural

_MATCHES = {
    "accept": "matched automatically",
    "review": "waiting for a person",
    "ignore": "not by a student in this course",
}


def say_effects(effects: Effects, *, done: bool = False) -> str:
    """ "3 comments would be matched differently and 1 requirement would change."; `done`: they are."""
    comments, requirements = len(effects.answers), len(effects.verdicts)
    said = []
    if comments:
        verb = f"{say_plural(comments, 'is', 'are')} now" if done else "would be"
        said.append(f"{say_count(comments, 'comment')} {verb} matched differently")
    if requirements:
        said.append(f"{say_count(requirements, 'requirement')} {'changed' if done else 'would change'}")
    return f"{' and '.join(said) or ('Nothing changed' if done else 'Nothing would change')}."


def say_ways(effects: Effects) -> list[str]:
    """ "1 now matched automatically, then waiting for a person": a line for each way that comments go."""
    return [
        f"{number} now {_MATCHES[before]}, then "
        + ("matched to another student" if before == after == "accept" else _MATCHES[after])
        for before, after, number in effects.ways
    ]


def say_moved(moved: int, thing: str = "other comment") -> str:
    """ "2 other comments moved with it.": how many a decision took along."""
    return f"{say_count(moved, thing)} moved with it." if moved else f"No {thing} moved."
